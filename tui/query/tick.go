package query

import (
	"math"
	"slices"
)

// Ticking is the other way to write a filter: the ticks of a facet and the filter
// line are two views of one Query. The ticks of a field are one term of exact
// values; ticking does not change negated terms about the field.

// Value is one value of a field, of an offer or of a line of a facet.
type Value struct {
	Field   Field
	Missing bool    // the offer has no value
	Text    string  // of a field that is not a number; an area's name
	Lo, Hi  float64 // of a number; they differ for a range
}

// Is returns the term that offers with the value meet.
func (v Value) Is() Term { return exactly(v.Field, []Value{v}) }

// Named returns the term that a person would write for the value, with quotes only if needed: type:vm
// for "vm".
func (v Value) Named() string {
	if v.Missing || v.Field.IsNumber() {
		return v.Is().String()
	}
	return v.Field.String() + ":" + quoted(v.Text)
}

func (v Value) condition() Condition {
	switch f := v.Field; {
	case v.Missing:
		return Condition{rel: isMissing, field: f}
	case f.IsNumber():
		return Condition{rel: isBetween, field: f, lo: v.Lo, hi: v.Hi}
	case f.IsPlace():
		return areaCondition(f, v.Text)
	default:
		return exactCondition(f, v.Text)
	}
}

// same reports whether two conditions of exact values are the same.
func (c Condition) same(o Condition) bool {
	return c.rel == o.rel && c.key == o.key && c.lo == o.lo && c.hi == o.hi
}

func exactly(f Field, values []Value) Term {
	t := Term{}
	for _, v := range values {
		v.Field = f
		t.any = append(t.any, v.condition())
	}
	return t
}

// exact reports whether a term consists of exact values only.
func (t Term) exact() bool {
	for _, c := range t.any {
		if c.rel != isExactly && c.rel != isMissing && (c.rel != isBetween || c.lo != c.hi || math.IsInf(c.lo, 0)) {
			return false
		}
	}
	return true
}

// ticks returns the term of exact values that chooses among the values of f; ok is false if there
// are other such terms or none.
func (q Query) ticks(f Field) (t Term, ok bool) {
	own := q.Choosing(f)
	if len(own) != 1 || !own[0].exact() {
		return t, false
	}
	return own[0], true
}

// ChoosesExactly reports whether all terms that choose among the values of f consist of exact values
// only.
func (q Query) ChoosesExactly(f Field) bool {
	return !slices.ContainsFunc(q.Choosing(f), func(t Term) bool { return !t.exact() })
}

// Toggle ticks or unticks a value. If a pattern or several terms choose among the
// values, ticked replaces them first: the exact values that they match now.
func (q Query) Toggle(v Value, ticked []Value) Query {
	if own, ok := q.ticks(v.Field); ok {
		return q.edit(own, v, true)
	}
	chosen := slices.DeleteFunc(slices.Clone(ticked), func(c Value) bool { return c == v })
	if len(chosen) == len(ticked) {
		chosen = append(chosen, v)
	}
	return q.Choose(v.Field, chosen)
}

// Untick removes all ticks of f.
func (q Query) Untick(f Field) Query { return q.Choose(f, nil) }

// TickAll ticks more values of f in addition to the ticked ones.
func (q Query) TickAll(f Field, more, ticked []Value) Query {
	if own, ok := q.ticks(f); ok {
		for _, v := range more {
			q = q.edit(own, v, false)
			own, _ = q.ticks(f)
		}
		return q
	}
	for _, v := range more {
		if !slices.Contains(ticked, v) {
			ticked = append(slices.Clip(ticked), v)
		}
	}
	return q.Choose(f, ticked)
}

// edit adds a value to a term of exact values. If the term already has the value,
// toggle removes it. The term's other values stay, even if no offer has them now.
func (q Query) edit(t Term, v Value, toggle bool) Query {
	value := v.condition()
	is := func(c Condition) bool { return c.same(value) }
	switch {
	case !slices.ContainsFunc(t.any, is):
		t.any = append(slices.Clip(t.any), value)
	case toggle:
		t.any = slices.DeleteFunc(slices.Clone(t.any), is) // the term may have it twice
	}
	if len(t.any) == 0 {
		return q.replace(v.Field, nil)
	}
	return q.replace(v.Field, []Term{t})
}

// Choose replaces the terms that choose among the values of f with one term for
// the given values, in the place of the first such term or at the end.
func (q Query) Choose(f Field, values []Value) Query {
	if len(values) == 0 {
		return q.replace(f, nil)
	}
	return q.replace(f, []Term{exactly(f, values)})
}

// replace replaces the terms that choose among the values of f.
func (q Query) replace(f Field, by []Term) Query {
	var terms []Term
	at := -1
	for _, t := range q.Terms {
		if t.chooses(f) {
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

// OneOf returns the query limited to offers that have one of the values of f.
func (q Query) OneOf(f Field, values []Value) Query {
	if len(values) > 0 {
		q.Terms = append(slices.Clip(q.Terms), exactly(f, values))
	}
	return q
}

// OnlyLike returns the query for offers with a value. The value replaces the terms that
// choose among the field's values.
func (q Query) OnlyLike(v Value) Query { return q.replace(v.Field, []Term{v.Is()}) }

// Unlike returns the query without the offers that have a value.
func (q Query) Unlike(v Value) Query {
	t := v.Is()
	t.Negated = true
	q.Terms = append(slices.Clip(q.Terms), t)
	return q
}
