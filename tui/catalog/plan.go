package catalog

import (
	"slices"

	"gpupick/api"
	"gpupick/tui/query"
)

// plan is a query prepared for many rows: what a term says about a spelling is computed once and looked up for
// each row.
type plan struct{ terms []readyTerm }

type readyTerm struct {
	negated bool
	any     []readyCondition
}

// readyCondition is a condition prepared for many rows. It looks up tables over the dictionaries (the best
// result counts), checks one number of a packed row, or is evaluated for each row.
type readyCondition struct {
	*query.Condition
	tables  []truths      // one for each dictionary that the condition is about
	number  int           // index of the number in a packed row; -1 if the condition is not about a number
	most    int           // index of the upper bound of a range; equal to number if there is none
	slow    bool          // evaluate the condition for each row
	needed  []float64     // for what has to fit: by number of the GPU count, the memory that each GPU needs, GB
	ofRow   []query.Truth // by index of the row, for what depends on the whole list
	ids     rowSet        // rows whose id meets the condition; nil if ids do not count
	numbers []int32       // by index of the row: its number in ids
}

// truths has what a condition says about the entries of one dictionary, or about the GPU counts.
type truths struct {
	code int           // index in a row's codes
	of   []query.Truth // by number of the entry
}

// ready prepares a query for the rows of c.
func (c *Catalog) ready(q query.Query) plan {
	c.settle()
	p := plan{terms: make([]readyTerm, len(q.Terms))}
	for i, t := range q.Terms {
		p.terms[i].negated = t.Negated
		for j := range t.Any() {
			p.terms[i].any = append(p.terms[i].any, c.readyCondition(&t.Any()[j]))
		}
	}
	return p
}

func (c *Catalog) readyCondition(cond *query.Condition) readyCondition {
	ready := readyCondition{Condition: cond, number: -1}
	f, ok := cond.Field()
	at, has := codeOf(f)
	switch {
	case !ok:
		if cond.InIDs() {
			ready.ids, ready.numbers = c.shared.ids.withWord(cond.Word()), c.rowNumbers()
		}
		for i := range coded {
			ready.tables = append(ready.tables, truths{i, c.shared.table(i, cond)})
		}
	case cond.AboutPlace():
		ready.tables = []truths{{regionCode, c.shared.table(regionCode, cond)}}
	case f == query.Is && cond.Value() == query.Unbeaten:
		ready.ofRow = c.unbeaten()
	case f == query.Fits:
		for _, count := range c.shared.counts {
			ready.needed = append(ready.needed, needed(cond, count))
		}
	case f == query.Count:
		of := make([]query.Truth, len(c.shared.counts))
		for n, count := range c.shared.counts {
			of[n] = cond.Number(count, count)
		}
		ready.tables = []truths{{coded, of}}
	case f.IsNumber():
		if ready.number = slices.Index(packedFields[:], f); ready.number < 0 {
			ready.slow = true
			break
		}
		if ready.most = ready.number; accessors[f].most != nil {
			ready.most++
		}
	case f == query.ID && cond.Text(nil) != yes:
		ready.ids, ready.numbers = c.shared.ids.meeting(cond), c.rowNumbers()
	case f.OfCard():
		ready.tables = []truths{{gpuCode, c.shared.table(gpuCode, cond)}}
	case has:
		ready.tables = []truths{{at, c.shared.table(at, cond)}}
	default:
		ready.slow = true
	}
	return ready
}

// table returns what a condition says about each spelling of a dictionary, and about a row without one (entry
// 0).
func (l *lineage) table(at int, c *query.Condition) []query.Truth {
	table := make([]query.Truth, len(l.dictionaries[at].texts))
	for n := range table {
		r := l.withSpelling(at, n)
		table[n] = holds(c, r)
	}
	return table
}

// bare returns a row without any value.
func (l *lineage) bare() Row {
	return Row{&record{InstanceType: &api.InstanceType{}, gpuName: l.gpus[0], regionName: l.regions[0]}}
}

// withSpelling returns a row whose only value is one spelling of one dictionary.
func (l *lineage) withSpelling(at, n int) Row {
	r := l.bare()
	switch at {
	case gpuCode:
		r.p.gpuName = l.gpus[n]
	case regionCode:
		r.p.regionName = l.regions[n]
	case typeCode:
		r.p.typeText = l.dictionaries[at].texts[n]
	}
	return r
}

func (t *readyTerm) holds(i int, p *packed, r Row) query.Truth {
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

func (c *readyCondition) holds(i int, p *packed, r Row) query.Truth {
	switch {
	case c.slow:
		return holds(c.Condition, r)
	case c.ofRow != nil:
		return c.ofRow[i]
	case c.needed != nil:
		return c.Holds(p.num[packedVRAM], c.needed[p.codes[coded]])
	case c.number >= 0:
		return c.Number(p.num[c.number], p.num[c.most])
	}
	result := no
	for k := range c.tables { // by index, to avoid a copy for each row
		t := &c.tables[k]
		result = max(result, t.of[p.codes[t.code]])
	}
	if c.ids != nil && result != yes && c.ids.has(c.numbers[i]) {
		return yes
	}
	return result
}

// judge returns the terms that do not hold for the row at index i as bits: failing has all of them, unsure
// those that are unknown.
func (p plan) judge(i int, bits *packed, r Row) (failing, unsure uint64) {
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
