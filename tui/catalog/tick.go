package catalog

import (
	"math"
	"slices"
	"strconv"
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
	chosen := facet.ticked()
	for _, v := range more {
		if !v.Ticked {
			chosen = append(chosen, v)
		}
	}
	return q.choose(f, chosen)
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
	if len(values) > 0 {
		if at < 0 {
			at = len(terms)
		}
		terms = slices.Insert(terms, at, exactValues(f, values))
	}
	q.Terms = terms
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

// Finds reports whether a value of f is found by what was typed: its name
// contains the word as the line's words are found, or it lies in the area of
// that name.
func (v FacetValue) Finds(f Field, typed string) bool {
	w := Fold(typed)
	if w == "" {
		return true
	}
	if !v.known {
		return false
	}
	if f == Region {
		if a, ok := areas[w]; ok && a.holds(placeOf(v.Label)) {
			return true
		}
	}
	return newText(v.Label, f == GPU).contains(w)
}
