package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gpupick/tui/known"
)

// Suggestions for a filter that is not understood or that matches nothing. The list checks whether a
// suggestion matches any offer.

// nearMost is the largest number of names suggested for a word that is not understood.
const nearMost = 3

// NotKnown returns the error for a word that is not understood, with suggestions.
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

// Near returns the most likely meanings of a misspelled, folded word, in the exact form. It searches
// the vocabulary, the areas and others, which maps folded names to their exact form.
func Near(word string, others map[string]string) []string {
	type near struct {
		exact string
		far   int
	}
	var list []near
	note := func(name, exact string) {
		if word == "" || name == "" || name[0] != word[0] || len(word) > 32 { // typing errors keep the first letter
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

// AreasThatBegin returns the countries and parts of the world whose English names begin with a word,
// in the exact form. States and cities are left out.
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

// areaTerm returns the exact term for an area, by the area's own name or else by the given one.
func areaTerm(a known.Area, name string) string {
	return "area:" + quoted(cmp.Or(a.Name(), known.Written(name)))
}

// For returns the query with one condition.
func For(c *Condition) Query { return Query{Terms: []Term{{any: []Condition{*c}}}} }

// Suggestion is another query that may have been meant, with one term in place of others.
type Suggestion struct {
	Term  Term
	Of    []Term // terms that were joined; each alone should match something
	Query Query
}

// pairedTerms is the largest number of terms in a query whose terms are tried in pairs.
const pairedTerms = 8

// Suggestions returns what may have been meant by a query that matches nothing, the likeliest first:
// a wider value instead of an exact one, then two terms as alternatives.
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

// joinTerms joins two terms as alternatives of one, and reports whether that is possible.
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
