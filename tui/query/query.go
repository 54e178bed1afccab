package query

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gpupick/tui/fits"
)

// Query is a list of terms that must all hold, and an order. Its methods return
// changed copies. The zero Query matches every offer, sorted by price.
type Query struct {
	Terms []Term
	Sort  Sort
}

// Term is a list of alternatives. An offer meets the term if one of them holds or,
// for a negated term, if none does.
type Term struct {
	Negated bool
	any     []Condition
}

// Any returns the term's alternatives. The caller must not change them.
func (t Term) Any() []Condition { return t.any }

// WithSort returns the query in another order.
func (q Query) WithSort(s Sort) Query {
	q.Sort = s
	return q
}

// Ordered returns the query in its own order, or in the usual order if it has none.
func (q Query) Ordered(usual Sort) Query {
	if len(q.Sort) == 0 {
		q.Sort = usual
	}
	return q
}

// Without is the query without its term i.
func (q Query) Without(i int) Query {
	q.Terms = slices.Delete(slices.Clone(q.Terms), i, i+1)
	return q
}

// And is the query with other's terms added.
func (q Query) And(other Query) Query {
	q.Terms = append(slices.Clip(q.Terms), other.Terms...)
	return q
}

// Field returns the field that the term is about; ok is false for a word, which is
// searched in several fields.
func (t Term) Field() (f Field, ok bool) {
	for i, c := range t.any {
		if c.rel == hasWord || i > 0 && c.field != f {
			return 0, false
		}
		f = c.field
	}
	return f, true
}

// Fit returns what the query asks to fit; ok is false if it does not.
func (q Query) Fit() (ask fits.Ask, ok bool) {
	for _, t := range q.Terms {
		if ask, ok := t.any[0].Fit(); ok && !t.Negated {
			return ask, true
		}
	}
	return fits.Ask{}, false
}

// Fitting returns the query with an ask in place of what it asked to fit before.
func (q Query) Fitting(ask fits.Ask) Query {
	return q.replace(Fits, []Term{{any: []Condition{fitting(ask)}}})
}

// Unbeaten is the value of is: for offers that no other offer of the list beats. The other values compare with an
// earlier list.
const Unbeaten = "unbeaten"

// AsksChanges reports whether any term is about a change since an earlier list.
func (q Query) AsksChanges() bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool {
		return slices.ContainsFunc(t.any, func(c Condition) bool {
			return c.field == Is && c.rel != hasWord &&
				c.value != Unbeaten
		})
	})
}

// ToggleUnbeaten returns the query limited to unbeaten offers, or no longer limited to them; on says which.
func (q Query) ToggleUnbeaten() (_ Query, on bool) {
	if q.WantsOnly(Is, Unbeaten) {
		return q.replace(Is, nil), false
	}
	c := Condition{rel: isExactly, field: Is, value: Unbeaten, key: Unbeaten}
	return q.replace(Is, []Term{{any: []Condition{c}}}), true
}

// Asks reports whether any term is about f.
func (q Query) Asks(f Field) bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool {
		g, ok := t.Field()
		return ok && g == f
	})
}

// WantsOnly reports whether a term admits only offers with that value of a field.
func (q Query) WantsOnly(f Field, value string) bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool {
		return !t.Negated && !slices.ContainsFunc(t.any, func(c Condition) bool {
			return c.field != f || c.rel != isExactly || c.key != value
		})
	})
}

// Choosing returns the terms that choose among a field's values: those about it that are not negated.
func (q Query) Choosing(f Field) []Term {
	var own []Term
	for _, t := range q.Terms {
		if t.chooses(f) {
			own = append(own, t)
		}
	}
	return own
}

func (t Term) chooses(f Field) bool {
	g, ok := t.Field()
	return ok && g == f && !t.Negated
}

// String returns the filter in the exact form; parsing it with a space behind it, which ends the last
// word, gives the same terms.
func (q Query) String() string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

// String is the term in the exact form.
func (t Term) String() string {
	parts := make([]string, len(t.any))
	for i, c := range t.any {
		parts[i] = c.listed()
	}
	head := t.head()
	if len(t.any) == 1 {
		if op, number := t.any[0].compared(); op != "" {
			head, parts[0] = t.any[0].field.String()+op, number
		}
	}
	if t.Negated {
		head = "-" + head
	}
	return head + strings.Join(parts, ",")
}

// head returns the field and operator that the alternatives share, empty for a word.
func (t Term) head() string {
	f, ok := t.Field()
	if !ok {
		return ""
	}
	for _, c := range t.any {
		if c.rel == isExactly && fields[f].values == nil {
			return f.String() + "="
		}
	}
	return f.String() + ":"
}

// compared returns a condition as an operator and a number; op is empty if it is not a comparison.
func (c Condition) compared() (op, number string) {
	switch {
	case c.rel == isAbove:
		return ">", formatNumber(c.lo)
	case c.rel == isBelow:
		return "<", formatNumber(c.hi)
	case c.rel == isBetween && math.IsInf(c.hi, 1):
		return ">=", formatNumber(c.lo)
	case c.rel == isBetween && math.IsInf(c.lo, -1):
		return "<=", formatNumber(c.hi)
	}
	return "", ""
}

// listed returns a condition as it is written in a list of alternatives.
func (c Condition) listed() string {
	switch c.rel {
	case isMissing:
		return "none"
	case isFit:
		return c.value
	case isExactly:
		if fields[c.field].values != nil {
			return c.value // is:new
		}
		return quote(c.value)
	case isBetween:
		if c.lo == c.hi {
			return formatNumber(c.lo)
		}
		return formatBound(c.lo) + ".." + formatBound(c.hi)
	}
	if needsQuotes(c) {
		return quote(c.value)
	}
	return c.value
}

func formatBound(v float64) string {
	if math.IsInf(v, 0) {
		return ""
	}
	return formatNumber(v)
}

// needsQuotes reports whether the value would be read as something else
// without quotes.
func needsQuotes(c Condition) bool {
	text := c.value
	if (&scanner{text: text}).headHere() != "" {
		return true // after a comma it would be read as a field
	}
	if c.rel == hasWord {
		return !c.begins && !c.whole // without quotes it would be read as a spoken word
	}
	q, err := Parse(c.field.String() + ":" + text)
	if err != nil || len(q.Terms) != 1 || q.Terms[0].Negated || len(q.Terms[0].any) != 1 {
		return true
	}
	read := q.Terms[0].any[0]
	return read.rel != c.rel || read.value != c.value
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
