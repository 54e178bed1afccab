package catalog

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Level is how fine the locations of a matrix are.
type Level int

// The levels, from coarse to fine.
const (
	Continents Level = iota
	Countries
	Regions
)

// Matrix is the price matrix: the number of rows for each pair of GPU and location, and the cheapest of them.
// Spellings of the same GPU count as one, and so do regions that differ only in case. Offers without a GPU are
// left out. GPUs and locations are sorted by their cheapest price per GPU.
type Matrix struct {
	GPUs, Regions []MatrixHead

	level Level
	cells map[[2]int]MatrixCell
}

// MatrixHead is a GPU or a location.
type MatrixHead struct {
	Label string // our name, or the commonest spelling; empty for rows without a value
	Rows  int
	From  api.Optional[float64] // the cheapest price per GPU, USD per hour

	key    string
	values []query.Value // the values to filter by
}

// Key returns a key that identifies the GPU or region, whatever its label is.
func (h MatrixHead) Key() string { return h.key }

// MatrixCell is the rows of one GPU in one region.
type MatrixCell struct {
	Rows int
	Best Row // the row with the cheapest price per GPU; the zero Row if no price is known
}

// At returns the cell of a GPU and a region, by their indexes.
func (m Matrix) At(gpu, region int) MatrixCell { return m.cells[[2]int{gpu, region}] }

// Matrix returns the price matrix of rows of this catalog, by locations of a level.
func (c *Catalog) Matrix(rows Rows, level Level) Matrix {
	gpus, regions := newHeads(query.GPU), newHeads(query.Region)
	cells := map[[2]string]MatrixCell{}
	for _, r := range rows.All() {
		if r.NoGPU() {
			continue
		}
		g, a := gpus.note(gpuHead(r), r), regions.note(locationHead(r, level), r)
		cell := cells[[2]string{g, a}]
		cell.Rows++
		if r.PerGPU().Known && (cell.Best.None() || r.PerGPU().Value < cell.Best.PerGPU().Value) {
			cell.Best = r
		}
		cells[[2]string{g, a}] = cell
	}
	m := Matrix{level: level, cells: make(map[[2]int]MatrixCell, len(cells))}
	var gpuAt, regionAt map[string]int
	m.GPUs, gpuAt = gpus.inOrder()
	m.Regions, regionAt = regions.inOrder()
	for i := range m.GPUs {
		c.nameGPU(&m.GPUs[i])
	}
	for i := range m.Regions {
		m.Regions[i].nameArea(level)
	}
	for pair, cell := range cells {
		m.cells[[2]int{gpuAt[pair[0]], regionAt[pair[1]]}] = cell
	}
	return m
}

// Keys of GPUs and regions without a name, and of GPUs whose name has no letter or digit. No real name has
// these keys.
const (
	noName    = "\x00"
	signsOnly = "\x01"
)

func gpuHead(r Row) string {
	switch {
	case r.gpu().text == nil:
		return noName
	case r.GPUKey() == "":
		return signsOnly
	}
	return r.GPUKey()
}

// nameGPU sets a GPU's label and the value that stands for all its spellings in a filter.
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

// locationHead returns a key that is equal for rows of the same location.
func locationHead(r Row, level Level) string {
	switch place := r.Place(); {
	case level == Regions:
		return regionHead(r)
	case !place.Known():
		return noName
	case level == Continents:
		return known.AreaOf(known.Place{Continent: place.Continent})
	default:
		return known.AreaOf(*place)
	}
}

// nameArea sets the label of a continent or a country and the value that stands for it in a filter. Where only the
// continent of some offers is known, the values of their regions stand for them.
func (h *MatrixHead) nameArea(level Level) {
	switch {
	case level == Regions:
		return
	case h.key == noName:
		h.Label = "unknown"
		return
	}
	area, _ := known.AreaNamed(h.key)
	h.Label = area.Title()
	switch {
	case level == Countries && area.IsContinent():
		h.Label += " (country unknown)"
	default:
		h.values = []query.Value{{Field: query.Area, Text: h.key}}
	}
}

// regionHead returns a key that is equal for regions that differ only in case; us-west-1 and us-west1 are two
// regions.
func regionHead(r Row) string {
	if r.region().text == nil {
		return noName
	}
	return r.region().text.Key
}

// heads counts the rows of one side of the matrix: its GPUs or its regions.
type heads struct {
	field query.Field
	byKey map[string]*MatrixHead
	shown map[string]map[string]int // by key: number of rows with each spelling
}

func newHeads(f query.Field) heads {
	return heads{field: f, byKey: map[string]*MatrixHead{}, shown: map[string]map[string]int{}}
}

// note counts a row for its head and returns key.
func (h heads) note(key string, r Row) string {
	head := h.byKey[key]
	if head == nil {
		head = &MatrixHead{key: key}
		h.byKey[key], h.shown[key] = head, map[string]int{}
	}
	head.Rows++
	head.From = cheaper(head.From, r.PerGPU())
	v := r.Value(h.field)
	switch {
	case !v.Missing:
		if h.shown[key][v.Text] == 0 && !slices.ContainsFunc(head.values,
			func(o query.Value) bool { return strings.EqualFold(o.Text, v.Text) }) {
			head.values = append(head.values, v)
		}
		h.shown[key][v.Text]++
	case !slices.ContainsFunc(head.values, func(o query.Value) bool { return o.Missing }):
		head.values = append(head.values, v)
	}
	return key
}

// inOrder returns the heads by price, those without a price last, then by name; and the index of each by key.
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

// Values returns the values of the field that the head stands for.
func (h MatrixHead) Values() []query.Value { return h.values }

// Holds reports whether a row is in a cell.
func (m Matrix) Holds(gpu, region int, r Row) bool {
	return gpuHead(r) == m.GPUs[gpu].key && locationHead(r, m.level) == m.Regions[region].key
}

// Cells iterates over the cells that have rows, in no particular order.
func (m Matrix) Cells() iter.Seq[MatrixCell] { return maps.Values(m.cells) }
