package catalog

import (
	"math"
	"slices"

	"gpupick/tui/query"
)

// plan is a query prepared for the rows of a catalog: what a term says about an entry of a dictionary is worked out
// once and looked up for each row.
type plan struct {
	c     *Catalog
	terms []readyTerm
}

type readyTerm struct {
	negated bool
	any     []readyCondition
}

type readyCondition struct {
	*query.Condition
	tables  []table                 // what the condition says about dictionaries; the best result counts
	numbers []float64               // a column of numbers that it is about
	row     func(n int) query.Truth // what it says about a row
	ids     finder                  // rows whose id meets it, whatever the dictionaries say
}

// table is what a condition says about the entries of a dictionary.
type table struct {
	column []int32       // by row: number of the entry
	says   []query.Truth // by number
}

// ready prepares a query.
func (c *Catalog) ready(q query.Query) plan {
	p := plan{c: c, terms: make([]readyTerm, len(q.Terms))}
	for i, t := range q.Terms {
		p.terms[i].negated = t.Negated
		for j := range t.Any() {
			p.terms[i].any = append(p.terms[i].any, c.readyCondition(&t.Any()[j]))
		}
	}
	return p
}

func (c *Catalog) readyCondition(cond *query.Condition) readyCondition {
	ready := readyCondition{Condition: cond}
	f, ok := cond.Field()
	switch a := &accessors[f]; {
	case !ok:
		for d := range dictionaries {
			ready.tables = append(ready.tables, c.table(d, cond))
		}
		if cond.InIDs() {
			ready.ids = c.wordFinder(cond)
		}
	case cond.AboutPlace():
		ready.tables = []table{c.table(ofRegion, cond)}
	case f == query.Is && cond.Value() == query.Unbeaten:
		unbeaten := c.unbeaten()
		ready.row = func(n int) query.Truth { return unbeaten[n] }
	case f == query.ID && cond.Text(nil) != yes: // not id:none, which no row meets
		ready.ids = c.idFinder(cond)
	case a.of != none:
		ready.tables = []table{c.table(a.of, cond)}
	case a.column != nil:
		ready.numbers = a.column(c)
	case a.computed != nil:
		ready.row = func(n int) query.Truth { return cond.Number(Row{c, int32(n)}.number(f)) }
	default:
		ready.row = func(n int) query.Truth { return cond.Text(a.row(Row{c, int32(n)})) }
	}
	return ready
}

// table returns what a condition says about the entries of a dictionary.
func (c *Catalog) table(dictionary int, cond *query.Condition) table {
	t := table{c.numbers(dictionary), make([]query.Truth, c.entries(dictionary))}
	for n := range t.says {
		t.says[n] = c.says(cond, dictionary, int32(n))
	}
	return t
}

// says returns what a condition says about one entry of a dictionary. A word is searched in its text, and in the
// names of the places that a region is in.
func (c *Catalog) says(cond *query.Condition, dictionary int, n int32) query.Truth {
	f, ok := cond.Field()
	switch a := &accessors[f]; {
	case !ok && dictionary == ofGPU:
		return cond.Text(c.gpus[n].text)
	case !ok && dictionary == ofRegion:
		return max(cond.Text(c.regions[n].text), cond.Place(c.regions[n].place))
	case !ok:
		return cond.Text(c.types[n])
	case cond.AboutPlace():
		return cond.Place(c.regions[n].place)
	case f == query.Fits:
		return cond.Holds(leastOf(c.gpus[n].vram), needed(cond, wholeOrNaN(c.gpus[n].Count)))
	case a.most != nil:
		return cond.Number(a.least(&c.gpus[n]), a.most(&c.gpus[n]))
	case a.least != nil:
		return cond.Number(a.least(&c.gpus[n]), a.least(&c.gpus[n]))
	default:
		return cond.Text(a.text(c, n))
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

// blockRows is how many rows are read together: few enough that what is known about them stays in the fast memory of
// the processor.
const blockRows = 1024

// each calls use for every row, from the first to the last, with the terms that do not hold for it as bits: failing
// has all of them, unsure those that are unknown. It ends early if use returns false. Rows that are no longer listed
// are among them, those that are out are not.
func (p plan) each(use func(n int32, failing, unsure uint64) bool) {
	b, out := new(block), p.c.out
	for from := 0; from < p.c.offers.Len(); from += blockRows {
		to := min(from+blockRows, p.c.offers.Len())
		b.judge(p, from, to)
		for n := from; n < to; n++ {
			if len(out) > 0 && out[0] == int32(n) {
				out = out[1:]
				continue
			}
			if !use(int32(n), b.failing[n-from], b.unsure[n-from]) {
				return
			}
		}
	}
}

// block is what the terms of a query say about the rows of a block.
type block struct {
	truths          [blockRows]query.Truth // of one term
	failing, unsure [blockRows]uint64      // of all terms
}

// bitOf returns the bit of a term. A filter that is read has one for each; should there be more terms, the last ones
// share a bit.
func bitOf(term int) int { return min(term, 63) }

// judge sets the bits of rows.
func (b *block) judge(p plan, from, to int) {
	truths, failing, unsure := b.truths[:to-from], b.failing[:to-from], b.unsure[:to-from]
	clear(failing)
	clear(unsure)
	for k, t := range p.terms {
		clear(truths) // no
		for i := range t.any {
			t.any[i].improve(from, truths)
		}
		for i, truth := range truths {
			if t.negated {
				truth = yes - truth
			}
			// yes is 2 and unknown 1, so these are the bits that say "not yes" and "unknown"
			failing[i] |= uint64(truth>>1^1) << bitOf(k)
			unsure[i] |= uint64(truth&1) << bitOf(k)
		}
	}
}

// improve raises the truths of some rows, of which the first one is from, to what the condition says of them: one
// alternative of a term that holds is enough.
func (c *readyCondition) improve(from int, truths []query.Truth) {
	to := from + len(truths)
	for _, t := range c.tables {
		for i, n := range t.column[from:to] {
			truths[i] = max(truths[i], t.says[n])
		}
	}
	if c.numbers != nil {
		for i, v := range c.numbers[from:to] {
			truths[i] = max(truths[i], c.Number(v, v))
		}
	}
	if c.row != nil {
		for i := range truths {
			truths[i] = max(truths[i], c.row(from+i))
		}
	}
	if c.ids != nil {
		c.ids(from, truths)
	}
}

// Matches reports whether any row matches the query, including rows that are no longer listed.
func (c *Catalog) Matches(q query.Query) (any bool) {
	c.ready(q).each(func(_ int32, failing, _ uint64) bool {
		any = failing == 0
		return !any
	})
	return any
}

// chosen reports whether some terms, which are about one dictionary, choose an entry of it: all of them hold, and there
// is one.
func (p plan) chosen(terms []int, n int32) bool {
	holds := func(c readyCondition) bool { return c.tables[0].says[n] == yes }
	for _, k := range terms {
		if !slices.ContainsFunc(p.terms[k].any, holds) {
			return false
		}
	}
	return len(terms) > 0
}
