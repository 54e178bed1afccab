package catalog

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// accessor gets the values of one field. They follow from an entry of a dictionary (text, place or range), are a
// column of numbers, or are worked out for each row (computed, row).
type accessor struct {
	of       int                                   // the dictionary that the value follows from
	text     func(c *Catalog, n int32) *query.Text // of an entry, nil if it has none
	least    func(g *gpu) float64                  // a number of the GPUs, NaN if it is unknown
	most     func(g *gpu) float64                  // the upper bound, if least is the lower bound of a range
	column   func(c *Catalog) []float64            // NaN where unknown
	computed func(r Row) api.Optional[float64]     // a number
	row      func(r Row) *query.Text               // a text
}

// none is the dictionary of a field whose value does not follow from one.
const none = -1

// accessors has one accessor per field of the language.
var accessors = [query.FieldCount]accessor{
	query.ID:     {of: none, row: func(r Row) *query.Text { return query.NewText(r.ID()) }},
	query.GPU:    ofCard(func(g *gpu) *query.Text { return g.text }),
	query.Region: {of: ofRegion, text: func(c *Catalog, n int32) *query.Text { return c.regions[n].text }},
	query.Area:   {of: ofRegion},
	query.Type:   {of: ofType, text: func(c *Catalog, n int32) *query.Text { return c.types[n] }},
	query.Count:  {of: ofGPU, least: func(g *gpu) float64 { return wholeOrNaN(g.Count) }},
	query.Price:  numberColumn(func(c *Catalog) []float64 { return c.offers.HourlyRate }),
	query.PerGPU: numberColumn(func(c *Catalog) []float64 { return c.perGPU }),
	query.CPU:    numberColumn(func(c *Catalog) []float64 { return c.offers.CPUCores }),
	query.Mem:    numberColumn(func(c *Catalog) []float64 { return c.offers.MemoryGB }),
	query.Disk:   numberColumn(func(c *Catalog) []float64 { return c.offers.StorageGB }),
	query.VRAM: {of: ofGPU, least: func(g *gpu) float64 { return leastOf(g.vram) },
		most: func(g *gpu) float64 { return mostOf(g.vram) }},
	query.TotalVRAM: {of: ofGPU, least: func(g *gpu) float64 { return leastOf(g.total) },
		most: func(g *gpu) float64 { return mostOf(g.total) }},
	query.Form:       ofCard(func(g *gpu) *query.Text { return g.form }),
	query.Generation: ofCard(func(g *gpu) *query.Text { return g.generation }),
	query.Arch:       ofCard(func(g *gpu) *query.Text { return g.arch }),
	query.Maker:      ofCard(func(g *gpu) *query.Text { return g.maker }),
	query.Link:       ofCard(func(g *gpu) *query.Text { return g.link }),
	query.Bandwidth: {of: ofGPU, least: func(g *gpu) float64 { return orNaN(g.bandwidth.Least, g.bandwidth.Known()) },
		most: func(g *gpu) float64 { return orNaN(g.bandwidth.Most, g.bandwidth.Known()) }},
	query.TFLOPS: {of: ofGPU, least: func(g *gpu) float64 { return orNaN(g.tflops.Least, g.tflops.Known()) },
		most: func(g *gpu) float64 { return orNaN(g.tflops.Most, g.tflops.Known()) }},
	query.PerVRAM:      {of: none, computed: Row.PerVRAM},
	query.PerBandwidth: {of: none, computed: Row.PerBandwidth},
	query.PerFLOP:      {of: none, computed: Row.PerFLOP},
	query.Fits:         {of: ofGPU}, // a question about an offer, no value of it
	query.Is:           {of: none, row: func(r Row) *query.Text { return changeTexts[r.Change()] }},
}

// ofCard is the accessor of a text that follows from the GPUs.
func ofCard(text func(g *gpu) *query.Text) accessor {
	return accessor{of: ofGPU, text: func(c *Catalog, n int32) *query.Text { return text(&c.gpus[n]) }}
}

func numberColumn(column func(c *Catalog) []float64) accessor {
	return accessor{of: none, column: column}
}

// leastOf and mostOf return the bounds of a size in GB, NaN if it is unknown.
func leastOf(s known.Size) float64 { return orNaN(float64(s.Least), s.Known()) }
func mostOf(s known.Size) float64  { return orNaN(float64(s.Most), s.Known()) }

func wholeOrNaN(v api.Optional[int64]) float64 { return orNaN(float64(v.Value), v.Known) }

func orNaN(v float64, known bool) float64 {
	if !known {
		return math.NaN()
	}
	return v
}

// value returns a key that is equal for values of an entry that share one facet value, and a label for it.
func (a *accessor) value(c *Catalog, n int32) (key, label string, known bool) {
	switch {
	case a == &accessors[query.GPU]:
		g := &c.gpus[n]
		if g.text == nil {
			return "", "", false
		}
		return g.key, cmp.Or(g.card.Name, g.text.Raw), true
	case a == &accessors[query.Area]:
		place := &c.regions[n].place
		return strings.ToLower(place.String()), place.String(), place.Known()
	case a.least != nil:
		v := a.least(&c.gpus[n])
		key = formatNumber(v)
		return key, key, !math.IsNaN(v)
	case a.text == nil:
		return "", "", false
	}
	t := a.text(c, n)
	if t == nil {
		return "", "", false
	}
	return t.Key, t.Raw, true
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// number returns the row's number of a field, a range where least and most differ, NaN where it is unknown.
func (r Row) number(f query.Field) (least, most float64) {
	switch a := &accessors[f]; {
	case a.column != nil:
		least = a.column(r.c)[r.n]
	case a.computed != nil:
		v := a.computed(r)
		if least = v.Value; !v.Known {
			least = math.NaN()
		}
	default:
		if least = a.least(r.gpu()); a.most != nil {
			return least, a.most(r.gpu())
		}
	}
	return least, least
}

// text returns the row's text of a field, nil if it has none.
func (r Row) text(f query.Field) *query.Text {
	switch a := &accessors[f]; {
	case a.row != nil:
		return a.row(r)
	case a.text != nil:
		return a.text(r.c, r.c.numbers(a.of)[r.n])
	}
	return nil
}

// Value is the row's value of a field.
func (r Row) Value(f query.Field) query.Value {
	v := query.Value{Field: f}
	switch {
	case f.IsNumber():
		if v.Lo, v.Hi = r.number(f); math.IsNaN(v.Lo) {
			v.Missing, v.Lo, v.Hi = true, 0, 0
		}
	case f.IsPlace():
		v.Missing, v.Text = !r.Place().Known(), known.AreaOf(*r.Place())
	default:
		if t := r.text(f); t != nil {
			v.Text = t.Raw
		} else {
			v.Missing = true
		}
	}
	return v
}
