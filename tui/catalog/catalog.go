package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Row is a handle to one instance type of a Catalog and the values derived from it. The zero Row means no row.
// Code that outlives the Catalog keeps the id instead. Two Rows are the same row if they are equal.
type Row struct{ p *record }

// record is the data of a Row. Values that many rows have in common are shared, as there may be a million rows.
type record struct {
	*api.InstanceType
	*gpuName
	*regionName
	typeText *query.Text           // nil if the row has no type
	NoGPU    bool                  // the service says that there is no GPU; false if it just does not name one
	PerGPU   api.Optional[float64] // price per GPU, USD per hour: the rate divided by the count
	Was      api.Optional[float64] // USD per hour: the rate before the price went up or down
	Change   Change                // since an earlier list

	seen   int8         // number of lists that have shown the change
	codes  [coded]int32 // numbers of the row's spellings in the dictionaries
	step   int32        // number of the Add that added the row
	number int32        // index of the row among all rows of the lineage
}

// gpuName holds the values derived from one spelling of a GPU name.
type gpuName struct {
	Card    known.Card     // what the name says, from our table, not from the service
	GPUKey  string         // equal for rows with the same GPU; empty if the GPU has no name
	gpuText *query.Text    // nil if the GPU has no name
	derived [5]*query.Text // form, generation, architecture, maker and link; nil where unknown
}

// regionName holds the values derived from one spelling of a region.
type regionName struct {
	Place      *known.Place // from our table, not from the service
	regionText *query.Text  // nil if the row has no region
}

// Catalog holds all rows of a list. It is immutable, but it computes some answers on demand, in data that it
// shares with Catalogs made from it by Add. Two goroutines must not use any of these at the same time. The zero
// Catalog is empty.
type Catalog struct {
	ordered
	shared    *lineage
	steps     []step         // the Adds that made this catalog, the newest last
	sinceRows map[string]Row // by id: copies of rows, made by Since, that replace those of a step
	sinceID   int32          // number of the latest Since in its history; 0 for none
	tally     tally

	gone    []Row // rows that are no longer listed, in the default order
	changes Changes

	orders map[string][]int32 // by sort: indexes into rows
	found  []Row              // scratch space for the rows that a query finds
	asked  asked
	beaten []query.Truth // see unbeaten
}

// Len returns the number of rows.
func (c *Catalog) Len() int { return c.ordered.n }

// Rows returns all rows, ordered by price, region and id. The slice must not be changed.
func (c *Catalog) Rows() []Row {
	c.settle()
	return c.rows
}

// Grown returns the rows that c has beyond those of before. ok is false if c is not before with rows added, if
// an added row replaced another one, or if either has rows that are no longer listed.
func (c *Catalog) Grown(before *Catalog) (rows []Row, ok bool) {
	n := 0
	if before != nil {
		n = len(before.steps)
	}
	if n == 0 || n > len(c.steps) || c.shared != before.shared || c.sinceID != before.sinceID ||
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
	if r, there := c.sinceRows[id]; there {
		return r, true
	}
	if c.shared == nil {
		return Row{}, false
	}
	for r := c.shared.ids.newest(id); r.p != nil; r = c.shared.ids.previous(r) {
		if c.has(r.p.step) {
			return r, true
		}
	}
	return Row{}, false
}

// VRAM is the memory of one GPU in GB, a range if the name leaves it open. For a part of a card it is known
// only if the name says so.
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

// Bandwidth is the memory bandwidth of one GPU in GB/s, a range if the name leaves it open. For a fraction of a GPU it
// is unknown.
func (r Row) Bandwidth() known.Figure { return r.figure(r.p.Card.Bandwidth) }

// TFLOPS16 is the dense 16-bit arithmetic of one GPU in TFLOPS, a range if the name leaves it open. For a fraction of
// a GPU it is unknown.
func (r Row) TFLOPS16() known.Figure { return r.figure(r.p.Card.TFLOPS16) }

func (r Row) figure(f known.Figure) known.Figure {
	if r.p.GPUShare.Known {
		return known.Figure{}
	}
	return f
}

// Name returns the name of the GPU with that key: our name for it, or its commonest spelling.
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

// Spellings returns the different texts that rows have in a field (GPU, region or type), as the service spells
// them.
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

// valueKey returns a key that is equal for values of a field that share one facet value.
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
