package catalog

import (
	"math"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// accessor gets a row's value of one field. One of text, place and number is set.
type accessor struct {
	text   func(Row) *query.Text // returns nil if the row has none
	place  func(Row) known.Place
	number func(Row) api.Optional[float64]
	most   func(Row) api.Optional[float64] // the upper bound, if number is the lower bound of a range
}

// accessors has one accessor per field of the language.
var accessors = [query.FieldCount]accessor{
	query.ID:     {text: func(r Row) *query.Text { return query.NewText(r.p.ID) }},
	query.GPU:    {text: func(r Row) *query.Text { return r.p.gpuText }},
	query.Region: {text: func(r Row) *query.Text { return r.p.regionText }},
	query.Area:   {place: func(r Row) known.Place { return *r.p.Place }},
	query.Type:   {text: func(r Row) *query.Text { return r.p.typeText }},
	query.Count:  {number: func(r Row) api.Optional[float64] { return whole(r.p.GPUCount) }},
	query.Price:  {number: func(r Row) api.Optional[float64] { return r.p.HourlyRate }},
	query.PerGPU: {number: func(r Row) api.Optional[float64] { return r.p.PerGPU }},
	query.CPU:    {number: func(r Row) api.Optional[float64] { return whole(r.p.CPUCores) }},
	query.Mem:    {number: func(r Row) api.Optional[float64] { return whole(r.p.MemoryGB) }},
	query.Disk:   {number: func(r Row) api.Optional[float64] { return whole(r.p.StorageGB) }},
	query.VRAM: {
		number: func(r Row) api.Optional[float64] { return optional(r.VRAM().Least, r.VRAM()) },
		most:   func(r Row) api.Optional[float64] { return optional(r.VRAM().Most, r.VRAM()) },
	},
	query.TotalVRAM: {
		number: func(r Row) api.Optional[float64] { return optional(r.TotalVRAM().Least, r.TotalVRAM()) },
		most:   func(r Row) api.Optional[float64] { return optional(r.TotalVRAM().Most, r.TotalVRAM()) },
	},
	query.Form:       {text: func(r Row) *query.Text { return r.p.derived[0] }},
	query.Generation: {text: func(r Row) *query.Text { return r.p.derived[1] }},
	query.Arch:       {text: func(r Row) *query.Text { return r.p.derived[2] }},
	query.Maker:      {text: func(r Row) *query.Text { return r.p.derived[3] }},
	query.Link:       {text: func(r Row) *query.Text { return r.p.derived[4] }},
	query.Bandwidth: {
		number: func(r Row) api.Optional[float64] { return least(r.Bandwidth()) },
		most:   func(r Row) api.Optional[float64] { return most(r.Bandwidth()) },
	},
	query.TFLOPS: {
		number: func(r Row) api.Optional[float64] { return least(r.TFLOPS16()) },
		most:   func(r Row) api.Optional[float64] { return most(r.TFLOPS16()) },
	},
	query.PerVRAM:      {number: Row.PerVRAM},
	query.PerBandwidth: {number: Row.PerBandwidth},
	query.PerFLOP:      {number: Row.PerFLOP},
	query.Fits:         {text: func(Row) *query.Text { return nil }}, // a question about an offer, no value of it
	query.Is:           {text: func(r Row) *query.Text { return changeTexts[r.p.Change] }},
}

func least(f known.Figure) api.Optional[float64] {
	return api.Optional[float64]{Value: f.Least, Known: f.Known()}
}

func most(f known.Figure) api.Optional[float64] {
	return api.Optional[float64]{Value: f.Most, Known: f.Known()}
}

func whole(v api.Optional[int64]) api.Optional[float64] {
	return api.Optional[float64]{Value: float64(v.Value), Known: v.Known}
}

// Value is the row's value of a field.
func (r Row) Value(f query.Field) query.Value {
	v, a := query.Value{Field: f}, &accessors[f]
	switch {
	case a.number != nil:
		n := a.number(r)
		v.Missing, v.Lo, v.Hi = !n.Known, n.Value, n.Value
		if a.most != nil {
			v.Hi = a.most(r).Value
		}
	case a.place != nil:
		v.Missing, v.Text = !r.p.Place.Known(), known.AreaOf(*r.p.Place)
	default:
		if t := a.text(r); t != nil {
			v.Text = t.Raw
		} else {
			v.Missing = true
		}
	}
	return v
}

// holds reports whether a condition holds for a row. A condition without a field checks all searchable values.
func holds(c *query.Condition, r Row) query.Truth {
	f, ok := c.Field()
	if !ok {
		result := max(c.Text(r.p.gpuText), c.Text(r.p.regionText), c.Text(r.p.typeText), c.Place(*r.p.Place))
		if c.InIDs() {
			result = max(result, c.Text(query.NewText(r.p.ID)))
		}
		return result
	}
	switch a := &accessors[f]; {
	case f == query.Fits:
		return c.Holds(leastOrNaN(r.VRAM()), needed(c, orNaN(r.p.GPUCount)))
	case c.AboutPlace():
		return c.Place(*r.p.Place)
	case a.number != nil:
		least := orNaN(a.number(r))
		if a.most != nil {
			return c.Number(least, orNaN(a.most(r)))
		}
		return c.Number(least, least)
	default:
		return c.Text(a.text(r))
	}
}

// needed returns the memory in GB that each of so many GPUs needs for a condition about what has to fit.
func needed(c *query.Condition, gpus float64) float64 {
	ask, ok := c.Fit()
	if !ok || math.IsNaN(gpus) {
		return math.NaN()
	}
	return ask.PerGPU(int64(gpus))
}

// termHolds reports whether a term holds for a row. One alternative that holds is enough; otherwise, one
// unknown alternative makes the term unknown.
func termHolds(t query.Term, r Row) query.Truth {
	result := no
	for i := range t.Any() {
		if result = max(result, holds(&t.Any()[i], r)); result == yes {
			break
		}
	}
	if t.Negated {
		return yes - result
	}
	return result
}

const (
	no      = known.No
	unknown = known.Unknown
	yes     = known.Yes
)

// judge returns the terms that do not hold for a row as bits: failing has all of them, unsure those that are
// unknown because the row lacks the value.
func judge(q query.Query, r Row) (failing, unsure uint64) {
	for i := range q.Terms {
		switch termHolds(q.Terms[i], r) {
		case no:
			failing |= 1 << i
		case unknown:
			failing |= 1 << i
			unsure |= 1 << i
		}
	}
	return failing, unsure
}
