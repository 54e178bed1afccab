package catalog

import (
	"math"
	mathbits "math/bits"
	"slices"

	"gpupick/api"
	"gpupick/tui/query"
)

// Result is the answer to a query: the matching rows, and everything that the screen says about them.
type Result struct {
	Rows    []Row     // the matching rows, in order; must not be changed
	LeftOut []LeftOut // rows hidden only because a value is unknown
	Drops   []Drop    // what removing each term would add, in the order of the terms
	Facets  map[query.Field]Facet
	Gone    []Row // matching rows that are no longer listed; not in any count or price
	NoGPU   int   // number of Rows without a GPU

	order query.Sort
	best  map[string]float64 // by GPUKey: the cheapest price per GPU in Rows
}

// OnlyWithoutGPU reports whether there are rows and none of them has a GPU, so that they cannot be compared by
// GPU.
func (r Result) OnlyWithoutGPU() bool { return len(r.Rows) > 0 && r.NoGPU == len(r.Rows) }

// LeftOut counts the rows that are hidden only because their value of a field is unknown.
type LeftOut struct {
	Field query.Field
	Rows  int
}

// Drop is what removing one term of the query would add.
type Drop struct {
	Term query.Term
	Rows int // number of rows it would add
	Best Row // the added row with the cheapest price per GPU; the zero Row if no price is known
}

// Run answers a query. It looks at each row once; see the package comment.
func (c *Catalog) Run(q query.Query) Result {
	return c.RunAmong(q, nil)
}

// RunAmong answers a query about the rows for which among returns true; nil means all rows. The other rows are
// in no count, price or comparison.
func (c *Catalog) RunAmong(q query.Query, among func(Row) bool) Result {
	res := Result{Facets: map[query.Field]Facet{}, best: map[string]float64{}}
	if c.shared == nil {
		c = New(nil)
	}
	ready := c.ready(q) // must come first: it settles the rows
	counters, best, spared := c.newCounters(q), c.noBest(), newSpared(len(q.Terms))
	var leftOut leftOutRows
	places := c.inOrder(q.Sort)
	found, all := c.found[:0], len(q.Terms) == 0 && among == nil && places == nil // all: the result is c.rows
	for i := range c.rows {
		if places != nil {
			i = int(places[i])
		}
		bits, r := c.packed.at(i), c.rows[i]
		if among != nil && !among(r) {
			continue
		}
		failing, unsure := ready.judge(i, bits, r)
		switch {
		case failing == 0:
			if !all {
				found = append(found, r)
			}
			best.note(bits)
			if r.p.NoGPU {
				res.NoGPU++
			}
		case failing&(failing-1) == 0: // one bit
			spared.note(mathbits.TrailingZeros64(failing), i, bits)
		}
		if failing != 0 && failing == unsure {
			leftOut.note(q.Terms[mathbits.TrailingZeros64(failing)])
		}
		for k := range counters {
			if failing&^counters[k].mask == 0 {
				counters[k].add(bits)
			}
		}
	}
	if c.found = found; all {
		res.Rows = slices.Clip(c.rows)
	} else {
		res.Rows = slices.Clone(found)
	}
	best.tell(c, res.best)
	res.LeftOut, res.Drops = leftOut.list(), spared.drops(c, q)
	for i := range counters {
		res.Facets[counters[i].field] = counters[i].facet(c)
	}
	res.Gone, res.order = c.goneRows(q, among), q.Sort
	return res
}

// bestOf has the cheapest price per GPU, by number of the GPU.
type bestOf struct {
	keys  []int32 // by spelling: number of its GPU
	price []float64
}

func (c *Catalog) noBest() bestOf {
	d := c.shared.dictionaries[gpuCode]
	b := bestOf{keys: d.keys, price: make([]float64, len(d.names))}
	for i := range b.price {
		b.price[i] = math.Inf(1)
	}
	return b
}

func (b bestOf) note(p *packed) {
	if n, v := b.keys[p.codes[gpuCode]], p.num[packedPerGPU]; v < b.price[n] {
		b.price[n] = v
	}
}

// tell copies the prices to best, by the GPU's key.
func (b bestOf) tell(c *Catalog, best map[string]float64) {
	for n, key := range c.shared.dictionaries[gpuCode].names {
		if key != "" && !math.IsInf(b.price[n], 1) {
			best[key] = b.price[n]
		}
	}
}

// spared counts, for each term, the rows that fail this term only.
type spared struct {
	rows  []int
	best  []int // index of the row with the cheapest price per GPU; -1 if no price is known
	price []float64
}

func newSpared(terms int) spared {
	s := spared{rows: make([]int, terms), best: make([]int, terms), price: make([]float64, terms)}
	for i := range s.best {
		s.best[i], s.price[i] = -1, math.Inf(1)
	}
	return s
}

// note counts the row at an index. Of equally cheap rows, the first in the default order is the best.
func (s *spared) note(term, place int, p *packed) {
	s.rows[term]++
	if v := p.num[packedPerGPU]; v < s.price[term] || v == s.price[term] && place < s.best[term] {
		s.price[term], s.best[term] = v, place
	}
}

// drops returns the counts as Drops, in the order of the query's terms.
func (s *spared) drops(c *Catalog, q query.Query) []Drop {
	list := make([]Drop, len(s.rows))
	for i, n := range s.rows {
		if list[i] = (Drop{Term: q.Terms[i], Rows: n}); s.best[i] >= 0 {
			list[i].Best = c.rows[s.best[i]]
		}
	}
	return list
}

// leftOutRows counts, for each field, the rows that are hidden only because the value is unknown. If several
// terms are unknown for a row, it counts for the field of the first one.
type leftOutRows [query.FieldCount]int

// note counts a row for the field of a term that is unknown for it. A term about several fields counts for
// none.
func (n *leftOutRows) note(t query.Term) {
	if f, ok := t.Field(); ok {
		n[f]++
	}
}

func (n *leftOutRows) list() (list []LeftOut) {
	for _, f := range query.Fields() {
		if n[f] > 0 {
			list = append(list, LeftOut{Field: f, Rows: n[f]})
		}
	}
	return list
}

// cheaper returns the lower of two prices; an unknown price never wins over a known one.
func cheaper(a, b api.Optional[float64]) api.Optional[float64] {
	if !a.Known || b.Known && b.Value < a.Value {
		return b
	}
	return a
}

// VsBest returns a row's price per GPU divided by the cheapest one of the same GPU in the result: 1 is the
// cheapest itself. It is unknown without a price or a name, for a row that is no longer listed, and if the best
// price is 0.
func (res Result) VsBest(r Row) api.Optional[float64] {
	best, seen := res.best[r.p.GPUKey]
	switch {
	case !seen || !r.p.PerGPU.Known || r.p.Change == Gone:
		return api.Optional[float64]{}
	case r.p.PerGPU.Value == best:
		return api.Some(1.0)
	case best == 0:
		return api.Optional[float64]{}
	}
	return api.Some(r.p.PerGPU.Value / best)
}
