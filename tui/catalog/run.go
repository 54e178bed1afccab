package catalog

import (
	"math/bits"

	"gpupick/api"
)

// Result is the answer to a Query, and what the screen says about it.
type Result struct {
	Rows    []*Row    // those that match, in order
	LeftOut []LeftOut // rows that only an unknown value keeps out
	Drops   []Drop    // what each term costs, in the order of the terms
	Facets  map[Field]Facet
	Gone    []*Row // that match and are no longer there; in no count and no price

	order Sort
	best  map[string]float64 // cheapest price per GPU in Rows, by GPUKey
}

// LeftOut counts rows that would match if a value of theirs were known.
type LeftOut struct {
	Field Field
	Rows  int
}

// Drop is what the query would give without one of its terms.
type Drop struct {
	Term Term
	Rows int  // more than with it
	Best *Row // the one of these with the cheapest price per GPU; nil if none is known
}

// Run answers a query. It looks at each row once; see the package comment.
func (c *Catalog) Run(q Query) Result {
	return c.RunAmong(q, func(*Row) bool { return true })
}

// RunAmong answers a query about the rows that among admits; the others are in
// no count, no price and no comparison.
func (c *Catalog) RunAmong(q Query, among func(*Row) bool) Result {
	res := Result{Facets: map[Field]Facet{}, best: map[string]float64{}}
	drops := make([]Drop, len(q.Terms))
	for i, t := range q.Terms {
		drops[i].Term = t
	}
	if c.shared == nil {
		c = New(nil)
	}
	var counters []*counter
	var own []uint64
	masks := ownTerms(q)
	for _, k := range c.newCounters(q) {
		counters, own = append(counters, k), append(own, masks[k.field])
	}
	leftOut := map[Field]int{}
	ready := c.ready(q)
	best := c.noBest()
	for _, r := range c.inOrder(q.Sort) {
		if !among(r) {
			for _, k := range counters {
				k.add(c, r, false)
			}
			continue
		}
		failing, unsure := ready.judge(r)
		switch {
		case failing == 0:
			res.Rows = append(res.Rows, r)
			best.note(c, r)
		case bits.OnesCount64(failing) == 1:
			drops[bits.TrailingZeros64(failing)].add(r)
		}
		if failing != 0 && failing == unsure {
			if f, ok := q.Terms[bits.TrailingZeros64(failing)].Field(); ok {
				leftOut[f]++
			}
		}
		for i, k := range counters {
			k.add(c, r, failing&^own[i] == 0)
		}
	}
	best.tell(c, res.best)
	for _, f := range Fields() {
		if leftOut[f] > 0 {
			res.LeftOut = append(res.LeftOut, LeftOut{Field: f, Rows: leftOut[f]})
		}
	}
	res.Drops = drops
	for _, k := range counters {
		res.Facets[k.field] = k.facet(c)
	}
	res.Gone, res.order = c.goneRows(q, among), q.Sort
	return res
}

// bestOf is the cheapest price per GPU, by number of the GPU.
type bestOf []api.Optional[float64]

func (c *Catalog) noBest() bestOf {
	return make(bestOf, len(c.shared.dictionaries[gpuCode].names))
}

func (b bestOf) note(c *Catalog, r *Row) {
	n := c.shared.dictionaries[gpuCode].keys[r.codes[gpuCode]]
	b[n] = cheaper(b[n], r.PerGPU)
}

// tell writes them by the GPU's key.
func (b bestOf) tell(c *Catalog, best map[string]float64) {
	for n, key := range c.shared.dictionaries[gpuCode].names {
		if b[n].Known && key != "" {
			best[key] = b[n].Value
		}
	}
}

// judge tells the terms that do not hold for a row, one bit each, and those
// among them that cannot be told.
func (q Query) judge(r *Row) (failing, unsure uint64) {
	for i := range q.Terms {
		switch q.Terms[i].holds(r) {
		case no:
			failing |= 1 << i
		case unknown:
			failing |= 1 << i
			unsure |= 1 << i
		}
	}
	return failing, unsure
}

func (d *Drop) add(r *Row) {
	d.Rows++
	if r.PerGPU.Known && (d.Best == nil || r.PerGPU.Value < d.Best.PerGPU.Value) {
		d.Best = r
	}
}

// cheaper is the lesser of two prices, as far as they are known.
func cheaper(a, b api.Optional[float64]) api.Optional[float64] {
	if !a.Known || b.Known && b.Value < a.Value {
		return b
	}
	return a
}

// VsBest is a row's price per GPU over the cheapest of the same GPU in the
// result: 1 is the cheapest itself. It is unknown without a price or a name, for
// a row that is gone, and against a best price of 0.
func (res Result) VsBest(r *Row) api.Optional[float64] {
	best, seen := res.best[r.GPUKey]
	switch {
	case !seen || !r.PerGPU.Known || r.Change == Gone:
		return api.Optional[float64]{}
	case r.PerGPU.Value == best:
		return api.Some(1.0)
	case best == 0:
		return api.Optional[float64]{}
	}
	return api.Some(r.PerGPU.Value / best)
}
