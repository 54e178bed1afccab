package catalog

import (
	"math"
	"slices"

	"gpupick/api"
)

// plan is a query made ready for many rows: what a term says of a spelling is
// worked out once for each spelling, and looked up for each row.
type plan struct{ terms []readyTerm }

type readyTerm struct {
	negated bool
	any     []readyCondition
}

// readyCondition is a condition as tables over the dictionaries, of which the best
// counts; or a comparison of one number of a packed row; or it is asked about each
// row.
type readyCondition struct {
	tables [coded][]truth // by number of the spelling; nil: it is not about that field

	number int       // of a packed row; -1: it compares none
	most   int       // of a packed row, where the number is a range; number where it is none
	counts []float64 // it compares the GPU count: by number
	kind   kind
	lo, hi float64

	slow    *condition
	ids     rowSet  // those in whose id the word is; nil: ids do not count
	numbers []int32 // of the rows in it, by place
}

// ready makes a query ready for the rows of c.
func (c *Catalog) ready(q Query) plan {
	c.settle()
	p := plan{terms: make([]readyTerm, len(q.Terms))}
	for i, t := range q.Terms {
		p.terms[i].negated = t.Negated
		for j := range t.any {
			p.terms[i].any = append(p.terms[i].any, c.readyCondition(&t.any[j]))
		}
	}
	return p
}

func (c *Catalog) readyCondition(cond *condition) readyCondition {
	ready := readyCondition{number: -1, kind: cond.kind, lo: cond.lo, hi: cond.hi}
	holds := func(r *Row) truth { return cond.holds(r) }
	at, has := codeOf(cond.field)
	switch {
	case cond.kind == hasWord:
		if cond.inID {
			ready.ids, ready.numbers = c.shared.ids.having(cond.word), c.rowNumbers()
		}
		for i := range coded {
			ready.tables[i] = c.shared.table(i, holds)
		}
	case cond.kind == inArea:
		ready.tables[regionCode] = c.shared.table(regionCode, holds)
	case cond.kind == isBetween || cond.kind == isAbove || cond.kind == isBelow:
		if cond.field == Count {
			ready.counts = c.shared.counts
		} else {
			ready.number = slices.Index(packedFields[:], cond.field)
			if ready.most = ready.number; fields[cond.field].most != nil {
				ready.most++
			}
		}
	case cond.field == ID && cond.kind != isMissing:
		ready.ids, ready.numbers = c.shared.ids.meeting(cond), c.rowNumbers()
	case fields[cond.field].card:
		ready.tables[gpuCode] = c.shared.table(gpuCode, holds)
	case has:
		ready.tables[at] = c.shared.table(at, holds)
	default:
		ready.slow = cond
	}
	return ready
}

// table is what holds says of each spelling of a dictionary, and of none.
func (l *lineage) table(at int, holds func(*Row) truth) []truth {
	table := make([]truth, len(l.dictionaries[at].texts))
	for n := range table {
		l.withSpelling(at, n, func(r *Row) { table[n] = holds(r) })
	}
	return table
}

// bare is a row of which nothing is known.
func (l *lineage) bare() Row {
	return Row{InstanceType: &api.InstanceType{}, gpuName: l.gpus[0], regionName: l.regions[0]}
}

// withSpelling asks about a row that has nothing but one spelling of one dictionary.
func (l *lineage) withSpelling(at, n int, ask func(*Row)) {
	r := l.bare()
	switch at {
	case gpuCode:
		r.gpuName = l.gpus[n]
	case regionCode:
		r.regionName = l.regions[n]
	case typeCode:
		r.typeText = l.dictionaries[at].texts[n]
	}
	ask(&r)
}

func (t *readyTerm) holds(i int, p *packed, r *Row) truth {
	result := no
	for k := range t.any {
		if result = max(result, t.any[k].holds(i, p, r)); result == yes {
			break
		}
	}
	if t.negated {
		return yes - result
	}
	return result
}

func (c *readyCondition) holds(i int, p *packed, r *Row) truth {
	switch {
	case c.slow != nil:
		return c.slow.holds(r)
	case c.number >= 0:
		if least, most := p.num[c.number], p.num[c.most]; least != most { // NaN, too
			return (&condition{kind: c.kind, lo: c.lo, hi: c.hi}).comparesRange(least, most)
		}
		return c.compares(p.num[c.number])
	case c.counts != nil:
		return c.compares(c.counts[p.count])
	}
	result := no
	for k := range c.tables { // by its place: the tables themselves would be copied for each row
		if table := c.tables[k]; table != nil {
			result = max(result, table[p.codes[k]])
		}
	}
	if c.ids != nil && result != yes {
		return truthOf(c.ids.has(c.numbers[i]))
	}
	return result
}

// compares is condition.compares for a number of a packed row.
func (c *readyCondition) compares(v float64) truth {
	switch {
	case math.IsNaN(v):
		return unknown
	case c.kind == isAbove:
		return truthOf(v > c.lo)
	case c.kind == isBelow:
		return truthOf(v < c.hi)
	}
	return truthOf(c.lo <= v && v <= c.hi)
}

// judge tells the terms that do not hold for the row at place i, one bit each, and
// those among them that cannot be told.
func (p plan) judge(i int, bits *packed, r *Row) (failing, unsure uint64) {
	for k := range p.terms {
		switch p.terms[k].holds(i, bits, r) {
		case no:
			failing |= 1 << k
		case unknown:
			failing |= 1 << k
			unsure |= 1 << k
		}
	}
	return failing, unsure
}
