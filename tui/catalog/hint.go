package catalog

import (
	"strings"
)

// Hint is what was probably meant by a filter that matches nothing, in words
// for the line under it; empty if nothing comes to mind. Each guess is tried:
// one that would match nothing either is not made.
func (c *Catalog) Hint(text string) string {
	for _, guess := range []func(string) []hint{exactly, c.twoOfOneField} {
		for _, h := range guess(text) {
			if q, err := Parse(h.filter); err == nil && c.Matches(q) {
				return h.say
			}
		}
	}
	return ""
}

// hint is a guess; filter is the whole filter as it was probably meant.
type hint struct{ say, filter string }

// pairedTerms is up to how many terms are tried in pairs.
const pairedTerms = 8

// twoOfOneField: two terms that no row can meet together, such as gpu:h100
// gpu:h200, were meant as alternatives.
func (c *Catalog) twoOfOneField(text string) []hint {
	q, err := Parse(text)
	if err != nil || len(q.Terms) > pairedTerms {
		return nil
	}
	var out []hint
	for i, a := range q.Terms {
		for _, b := range q.Terms[i+1:] {
			if joined, ok := c.joinTerms(a, b); ok {
				rest := Query{}
				for j, t := range q.Terms {
					if j == i {
						t = joined
					}
					if t.from != b.from {
						rest.Terms = append(rest.Terms, t)
					}
				}
				out = append(out, hint{"both must hold; " + joined.String() + "?", rest.String()})
			}
		}
	}
	return out
}

// joinTerms makes alternatives of two terms that each match something alone.
func (c *Catalog) joinTerms(a, b Term) (Term, bool) {
	fa, okA := a.Field()
	fb, okB := b.Field()
	if a.Negated || b.Negated || okA != okB || fa != fb || a.any[0].kind != b.any[0].kind {
		return Term{}, false
	}
	if k := a.any[0].kind; k == isAbove || k == isBelow || k == isBetween && a.any[0].lo != a.any[0].hi {
		return Term{}, false
	}
	if k := a.any[0].kind; k == hasWord && min(len(a.any[0].word), len(b.any[0].word)) < 2 || !c.Matches(Query{Terms: []Term{a}}) || !c.Matches(Query{Terms: []Term{b}}) {
		return Term{}, false
	}
	a.any = append(append([]condition{}, a.any...), b.any...)
	return a, true
}

// exactly: gpu="h100" names one spelling, gpu:h100 whatever has it in its name.
func exactly(text string) []hint {
	q, err := Parse(text)
	if err != nil {
		return nil
	}
	for i, t := range q.Terms {
		if c := t.any[0]; c.kind == isExactly && !t.Negated {
			wide := c.field.String() + ":" + quote(c.value)
			if !strings.Contains(c.value, " ") {
				wide = c.field.String() + ":" + c.value
			}
			rest := q.Without(i).String()
			return []hint{{wide + "?", strings.TrimSpace(rest + " " + wide)}}
		}
	}
	return nil
}
