package catalog

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gpupick/tui/known"
)

// Query is a question: terms that must all hold, and an order. It is a value;
// the zero Query is everything by price.
type Query struct {
	Terms []Term
	Sort  Sort
}

// Term is a condition that a row meets if one of its alternatives holds, or
// none if the term is negated.
type Term struct {
	Negated bool
	any     []condition
	from    int // where it begins in the text that it was parsed from
}

// kind is how a condition holds a value.
type kind int

const (
	hasWord   kind = iota // GPU, region or type contains it
	hasRuns               // field:value
	isExactly             // field="value"
	isLike                // field:pat*tern
	isMissing             // field:none
	inArea                // area:name
	isBetween             // lo <= number <= hi, either of them may be infinite
	isAbove               // number > lo
	isBelow               // number < hi
)

// condition is one alternative of a term.
type condition struct {
	kind   kind
	field  Field // not for hasWord
	value  string
	word   string // folded, for hasWord
	inID   bool   // for hasWord: looks into the id too
	whole  bool   // for hasWord: nothing may follow the word but another
	begins bool   // for hasWord: it may go on, and become one of areas too
	areas  []known.Area
	model  *known.Model // for hasRuns of a GPU: the table has it
	runs   []run
	parts  []string // for isLike: what is between its stars, in lower case
	key    string   // for isExactly: as valueKey gives it
	area   known.Area
	lo, hi float64
}

// WithSort is the query in another order.
func (q Query) WithSort(s Sort) Query {
	q.Sort = s
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
		if c.kind == hasWord || i > 0 && c.field != f {
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

// WantsGone reports whether only rows can match that are gone.
func (q Query) WantsGone() bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool {
		return !t.Negated && !slices.ContainsFunc(t.any, func(c condition) bool { return c.field != Is || c.key != Gone.String() })
	})
}

// String is the filter in its language; parsing it gives the same terms.
func (q Query) String() string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

// String is the term in the filter language.
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
		if c.kind == isExactly && fields[f].values == nil {
			return f.String() + "="
		}
	}
	return f.String() + ":"
}

// compared is a condition as a comparison; op is empty if it is none.
func (c condition) compared() (op, number string) {
	switch {
	case c.kind == isAbove:
		return ">", formatNumber(c.lo)
	case c.kind == isBelow:
		return "<", formatNumber(c.hi)
	case c.kind == isBetween && math.IsInf(c.hi, 1):
		return ">=", formatNumber(c.lo)
	case c.kind == isBetween && math.IsInf(c.lo, -1):
		return "<=", formatNumber(c.hi)
	}
	return "", ""
}

// listed is a condition as it stands in a list of alternatives.
func (c condition) listed() string {
	switch c.kind {
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
func needsQuotes(c condition) bool {
	text := c.value
	if (&parser{text: text}).headHere() != "" {
		return true // behind a comma it would be a field
	}
	if c.kind == hasWord && !c.begins && !c.whole {
		return true // without quotes it would be what people mean by it
	}
	if c.kind == hasWord {
		return false
	}
	text = c.field.String() + ":" + text
	q, err := Parse(text)
	if err != nil || len(q.Terms) != 1 || q.Terms[0].Negated || len(q.Terms[0].any) != 1 {
		return true
	}
	read := q.Terms[0].any[0]
	return read.kind != c.kind || read.value != c.value
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
