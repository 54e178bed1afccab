package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Row is a handle on an instance type of one Catalog and on what follows from it; the zero Row is none.
// What lives longer than the Catalog keeps the id. Rows are the same if they are equal.
type Row struct{ p *record }

// record is what a row is made of. What many rows share is shared: there may be a million of them.
type record struct {
	*api.InstanceType
	*gpuName
	*regionName
	typeText *query.Text           // nil where there is none
	NoGPU    bool                  // the service says that there is no GPU; one that it does not name is unknown
	PerGPU   api.Optional[float64] // USD per hour and GPU: the rate over the count
	Was      api.Optional[float64] // USD per hour: the rate before it became dearer or cheaper
	Change   Change                // against an earlier list

	seen   int8         // how many lists have shown the change
	codes  [coded]int32 // numbers of its spellings in the dictionaries
	step   int32        // the Add that brought it
	number int32        // of its id in the lineage
}

// gpuName is what follows from the spelling of a GPU.
type gpuName struct {
	Card    known.Card     // what the name tells; from our table, not the service's
	GPUKey  string         // equal for rows of the same GPU; empty if there is no name
	gpuText *query.Text    // nil where there is none
	derived [4]*query.Text // form, generation, architecture and maker; nil where unknown
}

// regionName is what follows from the spelling of a region.
type regionName struct {
	Place      *known.Place // from our table, not the service's
	regionText *query.Text  // nil where there is none
}

// Catalog is all rows there are. It is immutable; but what it works out when it is
// asked is not to be asked by two goroutines at once, and no other one that has come
// from the same by Add meanwhile. The zero Catalog is empty.
type Catalog struct {
	ordered
	shared *lineage
	steps  []step         // the Adds that it was made by, the newest last
	over   map[string]Row // by id: rows that Since has made of those of a step
	noted  int32          // the Since behind which it is; 0: none
	tally  tally

	gone    []Row // no longer in the list; in the order of last resort
	changes Changes

	orders map[string][]int32 // places in rows
	found  []Row              // room for what a query finds
	asked  asked
}

// Len is how many rows there are.
func (c *Catalog) Len() int { return c.ordered.n }

// Rows are all rows, by price, region and id. The slice is not to be changed.
func (c *Catalog) Rows() []Row {
	c.settle()
	return c.rows
}

// Grown are the rows by which c is larger than before; ok is false if it is not
// before with rows added, or if any of them took the place of another.
func (c *Catalog) Grown(before *Catalog) (rows []Row, ok bool) {
	n := 0
	if before != nil {
		n = len(before.steps)
	}
	if n == 0 || n > len(c.steps) || c.shared != before.shared || c.noted != before.noted ||
		c.steps[n-1].number != before.steps[n-1].number || len(c.gone)+len(before.gone) > 0 {
		return nil, false
	}
	parts := make([][]Row, 0, len(c.steps)-n)
	for _, s := range c.steps[n:] {
		if !s.only {
			return nil, false
		}
		parts = append(parts, s.rows)
	}
	return slices.Concat(parts...), true
}

// At is the row with that id.
func (c *Catalog) At(id string) (Row, bool) {
	if r, there := c.over[id]; there {
		return r, true
	}
	if c.shared == nil {
		return Row{}, false
	}
	for r := c.shared.ids.newest(id); r.p != nil; r = c.shared.ids.before(r) {
		if c.has(r.p.step) {
			return r, true
		}
	}
	return Row{}, false
}

// VRAM is the memory of one GPU, GB: a range where the name leaves it open. Of a part of
// a card it is known only if the name says it.
func (r Row) VRAM() known.Size {
	if r.p.GPUShare.Known && !r.p.Card.Part {
		return known.Size{}
	}
	return r.p.Card.Memory
}

// TotalVRAM is the memory of all GPUs together, GB.
func (r Row) TotalVRAM() known.Size {
	switch {
	case r.p.GPUShare.Known:
		return r.VRAM()
	case !r.p.GPUCount.Known || r.p.GPUCount.Value <= 0:
		return known.Size{}
	}
	return r.VRAM().Times(r.p.GPUCount.Value)
}

// Name is the name of the GPU with that key: ours, or its commonest spelling.
func (c *Catalog) Name(gpuKey string) string {
	if c.shared == nil {
		return ""
	}
	value, known := c.shared.dictionaries[gpuCode].value[gpuKey]
	if !known {
		return ""
	}
	return c.shared.label(&c.tally, gpuCode, value)
}

// Spellings are the different texts that rows have in a field: GPU, region or type, as
// the service spells them.
func (c *Catalog) Spellings(f query.Field) []string {
	at, ok := codeOf(f)
	if !ok || c.shared == nil {
		return nil
	}
	var list []string
	for n, rows := range c.tally[at] {
		if n > 0 && rows > 0 {
			list = append(list, c.shared.dictionaries[at].texts[n].Raw)
		}
	}
	return list
}

// valueKey is equal for values of a field that one facet line stands for.
func valueKey(f query.Field, r Row) (key string, known bool) {
	switch a := &accessors[f]; {
	case f == query.GPU:
		return r.p.GPUKey, r.p.gpuText != nil
	case f == query.ID:
		return strings.ToLower(r.p.ID), r.p.ID != ""
	case a.place != nil:
		return strings.ToLower(r.p.Place.String()), r.p.Place.Known()
	case a.text != nil:
		if t := a.text(r); t != nil {
			return t.Key, true
		}
		return "", false
	case !a.number(r).Known:
		return "", false
	case a.most != nil && a.most(r) != a.number(r):
		return formatNumber(a.number(r).Value) + "/" + formatNumber(a.most(r).Value), true
	default:
		return formatNumber(a.number(r).Value), true
	}
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
