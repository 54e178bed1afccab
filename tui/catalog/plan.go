package catalog

// plan is a query made ready for many rows: what a term says of a spelling is
// worked out once for each spelling, and looked up for each row.
type plan struct{ terms []readyTerm }

type readyTerm struct {
	negated bool
	any     []readyCondition
}

// readyCondition is a condition as tables over the dictionaries: it holds what the
// best of its tables says. Without a table it is asked about each row.
type readyCondition struct {
	tables [coded][]truth // by number of the spelling; nil: it is not about that field
	slow   *condition
}

// ready makes a query ready for the rows of c.
func (c *Catalog) ready(q Query) plan {
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
	ready := readyCondition{}
	if c.shared == nil {
		return readyCondition{slow: cond}
	}
	switch cond.kind {
	case hasWord:
		if cond.inID {
			return readyCondition{slow: cond}
		}
		for i := range coded {
			ready.tables[i] = c.shared.table(i, func(r *Row) truth { return cond.holds(r) })
		}
		return ready
	case inArea:
		ready.tables[regionCode] = c.shared.table(regionCode, func(r *Row) truth { return cond.holds(r) })
		return ready
	case isBetween, isAbove, isBelow:
		return readyCondition{slow: cond}
	}
	at, has := codeOf(cond.field)
	if !has {
		return readyCondition{slow: cond}
	}
	ready.tables[at] = c.shared.table(at, func(r *Row) truth { return cond.holds(r) })
	return ready
}

// table is what holds says of each spelling of a dictionary, and of none.
func (l *lineage) table(at int, holds func(*Row) truth) []truth {
	table := make([]truth, len(l.dictionaries[at].texts))
	for n := range table {
		l.table1(at, n, func(r *Row) { table[n] = holds(r) })
	}
	return table
}

// table1 asks about a row that has nothing but one spelling of one dictionary.
func (l *lineage) table1(at, n int, ask func(*Row)) {
	d, r := l.dictionaries[at], Row{}
	switch at {
	case gpuCode:
		r.gpuText = d.texts[n]
		if n > 0 {
			r.GPUKey = d.names[d.keys[n]]
		}
	case regionCode:
		r.regionText, r.Place = d.texts[n], l.places[n]
	case typeCode:
		r.typeText = d.texts[n]
	}
	ask(&r)
}

func (t *readyTerm) holds(r *Row) truth {
	result := no
	for i := range t.any {
		if result = max(result, t.any[i].holds(r)); result == yes {
			break
		}
	}
	if t.negated {
		return yes - result
	}
	return result
}

func (c *readyCondition) holds(r *Row) truth {
	if c.slow != nil {
		return c.slow.holds(r)
	}
	result := no
	for i, table := range c.tables {
		if table != nil {
			result = max(result, table[r.codes[i]])
		}
	}
	return result
}

// judge tells the terms that do not hold for a row, one bit each, and those
// among them that cannot be told.
func (p plan) judge(r *Row) (failing, unsure uint64) {
	for i := range p.terms {
		switch p.terms[i].holds(r) {
		case no:
			failing |= 1 << i
		case unknown:
			failing |= 1 << i
			unsure |= 1 << i
		}
	}
	return failing, unsure
}
