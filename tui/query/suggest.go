package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gpupick/tui/known"
)

// What may have been meant by a filter that is not understood, or that matches nothing. Whether a
// list has any of it is for the list to try.

// nearMost is how many names are offered for a word that is not understood.
const nearMost = 3

// NotKnown is the error of a word that means nothing, with what may have been meant.
func NotKnown(from, to int, word string, near []string) *SyntaxError {
	e := &SyntaxError{At: from, From: from, To: to, Choices: near}
	e.Reason = fmt.Sprintf("%q is not understood", strings.TrimSuffix(word, "*"))
	if len(near) > 0 {
		e.Reason += "; did you mean " + OneOf(near) + "?"
	}
	return e
}

// OneOf lists choices: "a, b or c".
func OneOf(choices []string) string {
	last := len(choices) - 1
	if last < 1 {
		return strings.Join(choices, "")
	}
	return strings.Join(choices[:last], ", ") + " or " + choices[last]
}

// Closest are what was probably meant by a folded word, in the exact form, the likeliest first: of
// what the language knows, and of other names, folded, with their exact form.
func Near(word string, others map[string]string) []string {
	type near struct {
		exact string
		far   int
	}
	var list []near
	note := func(name, exact string) {
		if word == "" || name == "" || name[0] != word[0] || len(word) > 32 { // slips spare the first letter
			return
		}
		if far := slip(word, name); far >= 0 {
			list = append(list, near{exact, far})
		}
	}
	for phrase, e := range vocabulary() {
		switch e.is {
		case term:
			note(phrase, e.what)
		case order:
			note(phrase, phrase)
		}
	}
	for _, name := range known.AreaNames() {
		if a, ok := known.AreaNamed(name); ok {
			note(name, areaTerm(a, name))
		}
	}
	for name, exact := range others {
		note(name, exact)
	}
	slices.SortFunc(list, func(a, b near) int { return cmp.Or(a.far-b.far, strings.Compare(a.exact, b.exact)) })
	var choices []string
	for _, n := range list {
		if n.far <= list[0].far && !slices.Contains(choices, n.exact) && len(choices) < nearMost {
			choices = append(choices, n.exact)
		}
	}
	return choices
}

// AreasThatBegin are the countries and parts of the world whose English name begins with a word, in
// the exact form. A state or a city does not count.
func AreasThatBegin(word string) []string {
	w := known.Fold(word)
	var list []string
	for _, name := range known.AreaNames() {
		a, ok := known.AreaNamed(name)
		if term := areaTerm(a, name); ok && strings.HasPrefix(name, w) && !a.InCountry() &&
			!slices.Contains(list, term) {
			list = append(list, term)
		}
	}
	return list
}

// areaTerm is the term of an area in the exact form, by our name for it or else that one.
func areaTerm(a known.Area, name string) string { return "area:" + quoted(cmp.Or(a.Name(), known.Written(name))) }

// For is the query of one condition.
func For(c *Condition) Query { return Query{Terms: []Term{{any: []Condition{*c}}}} }

// Suggestion is another filter that may have been meant: with one term in place of others.
type Suggestion struct {
	Term  Term
	Of    []Term // in place of which; each of them alone should match something
	Query Query
}

// pairedTerms is up to how many terms are tried in pairs.
const pairedTerms = 8

// Suggestions are what may have been meant by a query that matches nothing, the likeliest first:
// a value that is wider than the one spelling, and one of two values where no offer has both.
func (q Query) Suggestions() []Suggestion {
	var list []Suggestion
	for i, t := range q.Terms {
		if c := t.any[0]; c.rel == isExactly && !t.Negated && fields[c.field].values == nil {
			wide, err := Parse(c.field.String() + ":" + quoted(c.value))
			if err == nil && len(wide.Terms) == 1 {
				list = append(list, Suggestion{Term: wide.Terms[0], Query: q.Without(i).And(wide)})
			}
		}
	}
	if len(q.Terms) > pairedTerms {
		return list
	}
	for i, a := range q.Terms {
		for j := i + 1; j < len(q.Terms); j++ {
			if joined, ok := joinTerms(a, q.Terms[j]); ok {
				rest := q.Without(j)
				rest.Terms[i] = joined
				list = append(list, Suggestion{Term: joined, Of: []Term{a, q.Terms[j]}, Query: rest})
			}
		}
	}
	return list
}

// joinTerms makes alternatives of two terms, if they can be.
func joinTerms(a, b Term) (Term, bool) {
	fa, okA := a.Field()
	fb, okB := b.Field()
	first, second := a.any[0], b.any[0]
	switch {
	case a.Negated || b.Negated || okA != okB || fa != fb || first.rel != second.rel:
		return Term{}, false
	case first.rel == isAbove || first.rel == isBelow || first.rel == isBetween && first.lo != first.hi:
		return Term{}, false
	case first.rel == hasWord && min(len(first.word), len(second.word)) < 2:
		return Term{}, false
	}
	return Term{any: append(slices.Clone(a.any), b.any...)}, true
}
