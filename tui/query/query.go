package query

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Query is a question: terms that must all hold, and an order. It is a value;
// the zero Query is everything by price.
type Query struct {
	Terms []Term
	Sort  Sort
}

// Term is a condition that an offer meets if one of its alternatives holds, or
// none if the term is negated.
type Term struct {
	Negated bool
	any     []Condition
}

// Any are the term's alternatives. They are not to be changed.
func (t Term) Any() []Condition { return t.any }

// WithSort is the query in another order.
func (q Query) WithSort(s Sort) Query {
	q.Sort = s
	return q
}

// Ordered is the query in the order that it asks for, else in this one.
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

// Field is the field that the term is about; ok is false if it is a word that
// is looked for in several.
func (t Term) Field() (f Field, ok bool) {
	for i, c := range t.any {
		if c.rel == hasWord || i > 0 && c.field != f {
			return 0, false
		}
		f = c.field
	}
	return f, true
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

// Choosing are the positive terms about a field: they choose among its values.
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

// String is the filter in its exact form; parsing it gives the same terms.
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

// head is the field and the operator, which the alternatives share.
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

// compared is a condition as a comparison; op is empty if it is none.
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

// listed is a condition as it stands in a list of alternatives.
func (c Condition) listed() string {
	switch c.rel {
	case isMissing:
		return "none"
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

// needsQuotes reports whether the value, as it stands, would be read as
// something else.
func needsQuotes(c Condition) bool {
	text := c.value
	if (&scanner{text: text}).headHere() != "" {
		return true // behind a comma it would be a field
	}
	if c.rel == hasWord {
		return !c.begins && !c.whole // without quotes it would be what people mean by it
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
