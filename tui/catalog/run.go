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
	Rows    Rows      // the matching rows, in order
	Listed  Rows      // the same, and at their places the matching rows that are no longer listed
	Gone    int       // number of the latter; they are in no other count and no price
	LeftOut []LeftOut // rows hidden only because a value is unknown
	Drops   []Drop    // what removing each term would add, in the order of the terms
	Facets  map[query.Field]Facet
	NoGPU   int // number of Rows without a GPU

	best      map[string]float64 // by GPUKey: the cheapest price per GPU in Rows
	measure   Measure
	bestOfAll api.Optional[float64] // the cheapest price in Rows, if they are not compared per GPU
}

// OnlyWithoutGPU reports whether there are rows and none of them has a GPU, so that they cannot be compared by
// GPU.
func (r Result) OnlyWithoutGPU() bool { return r.Rows.Len() > 0 && r.NoGPU == r.Rows.Len() }

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
func (c *Catalog) Run(q query.Query) Result { return c.RunAmong(q, nil) }

// RunAmong answers a query about the rows for which among returns true; nil means all rows. The other rows are
// in no count, price or comparison.
func (c *Catalog) RunAmong(q query.Query, among func(Row) bool) Result {
	var res Result
	ready := c.ready(q)
	counters, spared := c.newCounters(q), newSpared(len(q.Terms))
	var leftOut leftOutRows
	matched := make([]bool, c.offers.Len())
	found := 0
	ready.each(func(n int32, failing, unsure uint64) bool {
		if among != nil && !among(Row{c, n}) {
			return true
		}
		if failing == 0 {
			matched[n] = true
			found++
		}
		if c.change(n) == Gone {
			if failing == 0 {
				res.Gone++
			}
			return true
		}
		if failing != 0 {
			if failing&(failing-1) == 0 { // one bit
				spared.note(c, mathbits.TrailingZeros64(failing), n)
			}
			if failing == unsure {
				leftOut.note(q.Terms[mathbits.TrailingZeros64(failing)])
			}
		}
		for k := range counters {
			if failing&^counters[k].mask == 0 {
				counters[k].add(n)
			}
		}
		return true
	})
	res.Listed = Rows{c, c.inOrder(q.Sort)}
	if found < c.Len()+c.changes.Gone {
		res.Listed.numbers = pick(res.Listed.numbers, matched, found)
	}
	if res.Rows = res.Listed; res.Gone > 0 {
		res.Rows.numbers = c.listed(res.Listed.numbers)
	}
	res.best, res.NoGPU = c.cheapest(counters)
	res.LeftOut, res.Drops = leftOut.list(), spared.drops(c, q)
	res.Facets = c.facets(q, ready, counters)
	return res
}

// pick returns the numbers that were matched; there are so many of them.
func pick(numbers []int32, matched []bool, found int) []int32 {
	picked := make([]int32, 0, found)
	for _, n := range numbers {
		if matched[n] {
			picked = append(picked, n)
		}
	}
	return picked
}

// spared counts, for each term, the rows that fail this term only.
type spared struct {
	rows  []int
	best  []int32 // the row with the cheapest price per GPU; -1 if no price is known
	price []float64
}

func newSpared(terms int) spared {
	s := spared{rows: make([]int, terms), best: make([]int32, terms), price: make([]float64, terms)}
	for i := range s.best {
		s.best[i], s.price[i] = -1, math.Inf(1)
	}
	return s
}

// note counts a row. Of equally cheap rows, the first in the default order is the best.
func (s *spared) note(c *Catalog, term int, n int32) {
	s.rows[term]++
	if v := c.perGPU[n]; v < s.price[term] || v == s.price[term] && c.compareDefault(n, s.best[term]) < 0 {
		s.price[term], s.best[term] = v, n
	}
}

// drops returns the counts as Drops, in the order of the query's terms.
func (s *spared) drops(c *Catalog, q query.Query) []Drop {
	list := make([]Drop, len(s.rows))
	for i, n := range s.rows {
		if list[i] = (Drop{Term: q.Terms[i], Rows: n}); s.best[i] >= 0 {
			list[i].Best = Row{c, s.best[i]}
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

// counter counts rows and their lowest price per GPU by number of a dictionary.
type counter struct {
	dictionary int
	mask       uint64 // bits of the terms that a row may fail
	column     []int32
	perGPU     []float64
	rows       []int
	from       []float64 // +Inf without a price
}

// newCounters returns the counters of the facets. Facets of the same dictionary whose values the query does not
// choose share one. The first one counts the matching rows by GPU.
func (c *Catalog) newCounters(q query.Query) []counter {
	list := []counter{c.newCounter(ofGPU, 0)}
	for _, f := range facetFields {
		if at := slices.IndexFunc(list, counterOf(f, q)); at < 0 {
			_, own := ownTerms(f, q)
			list = append(list, c.newCounter(accessors[f].of, own))
		}
	}
	return list
}

// counterOf returns a function that recognizes the counter of a facet.
func counterOf(f query.Field, q query.Query) func(counter) bool {
	dictionary := accessors[f].of
	_, mask := ownTerms(f, q)
	return func(k counter) bool { return k.dictionary == dictionary && k.mask == mask }
}

func (c *Catalog) newCounter(dictionary int, mask uint64) counter {
	n := c.entries(dictionary)
	k := counter{dictionary: dictionary, mask: mask, column: c.numbers(dictionary), perGPU: c.perGPU,
		rows: make([]int, n), from: make([]float64, n)}
	for i := range k.from {
		k.from[i] = math.Inf(1)
	}
	return k
}

func (k *counter) add(n int32) {
	at := k.column[n]
	k.rows[at]++
	if v := k.perGPU[n]; v < k.from[at] { // false for NaN, which means no price
		k.from[at] = v
	}
}

// cheapest returns the lowest price per GPU of the matching rows by the GPU's key, and how many of them have no GPU.
func (c *Catalog) cheapest(counters []counter) (best map[string]float64, noGPU int) {
	best = map[string]float64{}
	for n, rows := range counters[0].rows {
		g := &c.gpus[n]
		if g.none {
			noGPU += rows
		}
		from := counters[0].from[n]
		if least, seen := best[g.key]; g.key != "" && !math.IsInf(from, 1) && (!seen || from < least) {
			best[g.key] = from
		}
	}
	return best, noGPU
}

// cheaper returns the lower of two prices; an unknown price never wins over a known one.
func cheaper(a, b api.Optional[float64]) api.Optional[float64] {
	if !a.Known || b.Known && b.Value < a.Value {
		return b
	}
	return a
}

// By returns the result with its prices compared by a measure.
func (res Result) By(m Measure) Result {
	if res.measure = m; m == ByGPU {
		return res
	}
	res.bestOfAll = api.Optional[float64]{}
	for _, r := range res.Rows.All() {
		res.bestOfAll = cheaper(res.bestOfAll, m.Of(r))
	}
	return res
}

// VsBest returns a row's price divided by the cheapest one in the result: 1 is the cheapest itself. Prices per GPU are
// compared among rows of the same GPU. It is unknown without a price or a name, for a row that is no longer listed,
// and if the best price is 0.
func (res Result) VsBest(r Row) api.Optional[float64] {
	best, price := res.bestOfAll, res.measure.Of(r)
	if res.measure == ByGPU {
		best.Value, best.Known = res.best[r.GPUKey()]
	}
	switch {
	case !best.Known || !price.Known || r.Change() == Gone:
		return api.Optional[float64]{}
	case price.Value == best.Value:
		return api.Some(1.0)
	case best.Value == 0:
		return api.Optional[float64]{}
	}
	return api.Some(price.Value / best.Value)
}
