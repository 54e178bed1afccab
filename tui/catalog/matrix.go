package catalog

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"gpupick/api"
	"gpupick/tui/query"
)

// Matrix is which GPU is offered in which region: how many rows there are for each
// pair, and the cheapest of them. Spellings of one GPU are one, and so are regions that
// differ only in case; offers without a GPU are not in it. GPUs and regions are in the
// order of their cheapest price per GPU.
type Matrix struct {
	GPUs, Regions []MatrixHead

	cells map[[2]int]MatrixCell
}

// MatrixHead is a GPU or a region.
type MatrixHead struct {
	Label string // as most rows spell it; empty for rows that do not say
	Rows  int
	From  api.Optional[float64] // USD per hour and GPU: the cheapest

	key    string
	values []query.Value // all spellings of it
}

// Key is equal for the same GPU or region, whatever its label is.
func (h MatrixHead) Key() string { return h.key }

// MatrixCell is the rows of one GPU in one region.
type MatrixCell struct {
	Rows int
	Best Row // the cheapest per GPU; nil if no price is known
}

// At is the cell of a GPU and a region, by their places.
func (m Matrix) At(gpu, region int) MatrixCell { return m.cells[[2]int{gpu, region}] }

// Matrix is the matrix of rows of this catalogue.
func (c *Catalog) Matrix(rows []Row) Matrix {
	gpus, regions := newHeads(query.GPU), newHeads(query.Region)
	cells := map[[2]string]MatrixCell{}
	for _, r := range rows {
		if r.p.NoGPU {
			continue
		}
		g, a := gpus.note(gpuHead(r), r), regions.note(regionHead(r), r)
		cell := cells[[2]string{g, a}]
		cell.Rows++
		if r.p.PerGPU.Known && (cell.Best.p == nil || r.p.PerGPU.Value < cell.Best.p.PerGPU.Value) {
			cell.Best = r
		}
		cells[[2]string{g, a}] = cell
	}
	m := Matrix{cells: make(map[[2]int]MatrixCell, len(cells))}
	var gpuAt, regionAt map[string]int
	m.GPUs, gpuAt = gpus.inOrder()
	m.Regions, regionAt = regions.inOrder()
	for i := range m.GPUs {
		c.nameGPU(&m.GPUs[i])
	}
	for pair, cell := range cells {
		m.cells[[2]int{gpuAt[pair[0]], regionAt[pair[1]]}] = cell
	}
	return m
}

// Keys of what has no name, and of GPUs whose name has no letter or digit; no name
// folds to them.
const (
	noName    = "\x00"
	signsOnly = "\x01"
)

func gpuHead(r Row) string {
	switch {
	case r.p.gpuText == nil:
		return noName
	case r.p.GPUKey == "":
		return signsOnly
	}
	return r.p.GPUKey
}

// nameGPU gives a GPU its commonest spelling, which stands for all of them in a
// filter.
func (c *Catalog) nameGPU(h *MatrixHead) {
	switch h.key {
	case noName:
	case signsOnly:
		h.values = []query.Value{{Field: query.GPU, Text: h.Label}}
	default:
		h.Label = c.Name(h.key)
		h.values = []query.Value{{Field: query.GPU, Text: h.Label}}
	}
}

// regionHead is equal for regions that differ only in case: us-west-1 and us-west1 are
// two.
func regionHead(r Row) string {
	if r.p.regionText == nil {
		return noName
	}
	return r.p.regionText.Key
}

// heads adds up the heads of one side.
type heads struct {
	field query.Field
	byKey map[string]*MatrixHead
	shown map[string]map[string]int // by key: how often each spelling is there
}

func newHeads(f query.Field) heads {
	return heads{field: f, byKey: map[string]*MatrixHead{}, shown: map[string]map[string]int{}}
}

// note counts a row for its head.
func (h heads) note(key string, r Row) string {
	head := h.byKey[key]
	if head == nil {
		head = &MatrixHead{key: key}
		h.byKey[key], h.shown[key] = head, map[string]int{}
	}
	head.Rows++
	head.From = cheaper(head.From, r.p.PerGPU)
	v := r.Value(h.field)
	switch {
	case !v.Missing:
		if h.shown[key][v.Text] == 0 && !slices.ContainsFunc(head.values,
			func(o query.Value) bool { return strings.EqualFold(o.Text, v.Text) }) {
			head.values = append(head.values, v)
		}
		h.shown[key][v.Text]++
	case len(head.values) == 0:
		head.values = []query.Value{v}
	}
	return key
}

// inOrder are the heads by price, those without one last, then by name; and the
// place of each.
func (h heads) inOrder() (list []MatrixHead, at map[string]int) {
	for key, head := range h.byKey {
		for raw, n := range h.shown[key] {
			if best := h.shown[key][head.Label]; head.Label == "" || n > best || n == best && raw < head.Label {
				head.Label = raw
			}
		}
		slices.SortFunc(head.values, func(a, b query.Value) int { return strings.Compare(a.Text, b.Text) })
		list = append(list, *head)
	}
	slices.SortFunc(list, func(a, b MatrixHead) int {
		switch {
		case a.From.Known != b.From.Known && a.From.Known:
			return -1
		case a.From.Known != b.From.Known:
			return 1
		}
		return cmp.Or(cmp.Compare(a.From.Value, b.From.Value), naturalCompare(a.Label, b.Label),
			strings.Compare(a.key, b.key))
	})
	at = make(map[string]int, len(list))
	for i, head := range list {
		at[head.key] = i
	}
	return list, at
}

// Values are the values of the field that the head stands for.
func (h MatrixHead) Values() []query.Value { return h.values }

// Holds reports whether a row is in a cell.
func (m Matrix) Holds(gpu, region int, r Row) bool {
	return gpuHead(r) == m.GPUs[gpu].key && regionHead(r) == m.Regions[region].key
}

// Cells are all cells with a row, in no order.
func (m Matrix) Cells() iter.Seq[MatrixCell] { return maps.Values(m.cells) }
