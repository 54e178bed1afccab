package catalog

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gpupick/tui/known"
)

// Ticking is the other way to write a filter: a facet's ticks and the line are
// two views of one Query. The ticks of a field are one term of exact values;
// negative terms about the field are left alone.

// choosing are the positive terms about a field.
func (q Query) choosing(f Field) []Term {
	var own []Term
	for _, t := range q.Terms {
		if g, ok := t.Field(); ok && g == f && !t.Negated {
			own = append(own, t)
		}
	}
	return own
}

// exact reports whether a term names values and nothing wider.
func (t Term) exact() bool {
	for _, c := range t.any {
		if c.kind != isExactly && c.kind != isMissing && (c.kind != isBetween || c.lo != c.hi || math.IsInf(c.lo, 0)) {
			return false
		}
	}
	return true
}

// Toggle ticks or unticks a value of f. Where a pattern or several terms choose
// among the values, they are first replaced by the exact values that they admit
// today.
func (q Query) Toggle(f Field, facet Facet, v FacetValue) Query {
	if own := q.choosing(f); len(own) == 1 && own[0].exact() {
		return q.edit(f, own[0], v, true)
	}
	chosen := facet.ticked()
	if i := slices.IndexFunc(chosen, func(c FacetValue) bool { return c.key == v.key && c.known == v.known }); i >= 0 {
		chosen = slices.Delete(chosen, i, i+1)
	} else {
		chosen = append(chosen, v)
	}
	return q.choose(f, chosen)
}

// Only ticks a value of f and no other.
func (q Query) Only(f Field, v FacetValue) Query { return q.choose(f, []FacetValue{v}) }

// Untick takes all ticks of f away.
func (q Query) Untick(f Field) Query { return q.choose(f, nil) }

// TickAll ticks values of f beside those that are ticked.
func (q Query) TickAll(f Field, facet Facet, more []FacetValue) Query {
	for _, v := range more {
		if own := q.choosing(f); len(own) == 1 && own[0].exact() {
			q = q.edit(f, own[0], v, false)
		}
	}
	if own := q.choosing(f); len(own) == 1 && own[0].exact() {
		return q
	}
	chosen := facet.ticked()
	for _, v := range more {
		if !v.Ticked {
			chosen = append(chosen, v)
		}
	}
	return q.choose(f, chosen)
}

// edit adds a value to a term of exact values, or takes it out if it is there
// and toggled. What else the term names stays, though no row has it today.
func (q Query) edit(f Field, t Term, v FacetValue, toggle bool) Query {
	value := exactValues(f, []FacetValue{v}).any[0]
	at := slices.IndexFunc(t.any, func(c condition) bool { return c.kind == value.kind && c.key == value.key && c.lo == value.lo })
	switch {
	case at < 0:
		t.any = append(slices.Clip(t.any), value)
	case toggle:
		t.any = slices.Delete(slices.Clone(t.any), at, at+1)
	}
	if len(t.any) == 0 {
		return q.replace(f, nil)
	}
	return q.replace(f, []Term{t})
}

func (f Facet) ticked() []FacetValue {
	var list []FacetValue
	for _, v := range f.Values {
		if v.Ticked {
			list = append(list, v)
		}
	}
	return list
}

// choose makes the values the one term that chooses among those of f. It stands
// where the first such term stood, or at the end.
func (q Query) choose(f Field, values []FacetValue) Query {
	if len(values) == 0 {
		return q.replace(f, nil)
	}
	return q.replace(f, []Term{exactValues(f, values)})
}

// replace puts terms in the place of those that choose among the values of f.
func (q Query) replace(f Field, by []Term) Query {
	var terms []Term
	at := -1
	for _, t := range q.Terms {
		if g, ok := t.Field(); ok && g == f && !t.Negated {
			if at < 0 {
				at = len(terms)
			}
			continue
		}
		terms = append(terms, t)
	}
	if at < 0 {
		at = len(terms)
	}
	q.Terms = slices.Insert(terms, at, by...)
	return q
}

func exactValues(f Field, values []FacetValue) Term {
	t := Term{}
	for _, v := range values {
		c := condition{kind: isExactly, field: f, value: v.Label, key: v.key}
		if fields[f].number != nil {
			n, _ := strconv.ParseFloat(v.key, 64) // made by formatNumber
			c = condition{kind: isBetween, field: f, lo: n, hi: n}
		}
		if !v.known {
			c = condition{kind: isMissing, field: f}
		}
		t.any = append(t.any, c)
	}
	return t
}

// WithIDs is the query for the rows with those ids among its own.
func (q Query) WithIDs(ids []string) Query {
	var values []FacetValue
	for _, id := range ids {
		values = append(values, FacetValue{Label: id, key: strings.ToLower(id), known: true})
	}
	if len(values) > 0 {
		q.Terms = append(slices.Clip(q.Terms), exactValues(ID, values))
	}
	return q
}

// OnlyLike is the query for rows that have r's value of f: it takes the place of
// the terms that choose among f's values.
func (q Query) OnlyLike(f Field, r *Row) Query {
	return q.replace(f, []Term{valueTerm(f, r)})
}

// Unlike is the query without the rows that have r's value of f.
func (q Query) Unlike(f Field, r *Row) Query {
	t := valueTerm(f, r)
	t.Negated = true
	q.Terms = append(slices.Clip(q.Terms), t)
	return q
}

// valueTerm is the term for r's value of f.
func valueTerm(f Field, r *Row) Term {
	key, there := valueKey(f, r)
	s := &fields[f]
	c := condition{kind: isMissing, field: f}
	switch {
	case !there:
	case s.text != nil:
		c = condition{kind: isExactly, field: f, value: s.text(r).raw, key: key}
	case s.number != nil:
		n := s.number(r).Value
		c = condition{kind: isBetween, field: f, lo: n, hi: n}
		if s.most != nil {
			c.hi = s.most(r).Value
		}
	default:
		name := known.AreaOf(*r.Place)
		a, _ := known.AreaNamed(name) // it is in the tables that the place came from
		c = condition{kind: inArea, field: f, value: name, area: a}
	}
	return Term{any: []condition{c}}
}

// Finds reports whether a value of f is found by what was typed: its name
// contains the word as the line's words are found, or it lies in the area of
// that name.
func (v FacetValue) Finds(f Field, typed string) bool {
	w := known.Fold(typed)
	if w == "" {
		return true
	}
	if !v.known {
		return false
	}
	if f == Region {
		if a, ok := known.AreaWord(typed); ok && a.Holds(known.PlaceOf(v.Label)) == known.Yes {
			return true
		}
	}
	return newText(v.Label, f == GPU).contains(w)
}
