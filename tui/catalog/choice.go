package catalog

import (
	"cmp"
	"slices"
	"strings"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Choice is a filter to replace one that is ambiguous, not understood, or matches nothing.
type Choice struct {
	Term   string // the term it has instead, or the one it removes
	Remove bool   // it only removes a term
	Filter string
	Rows   int // number of rows that match the filter
	Best   Row // the matching row with the cheapest price per GPU; the zero Row if no price is known
}

// Choices returns filters that the text may mean, the likeliest first. If a piece of it is ambiguous or not
// understood, they replace the first such piece. If the result has no row, the filters match some. The last
// ones only remove a term.
func (c *Catalog) Choices(text string, t Typed, res Result) []Choice {
	if t.Err != nil {
		return c.choicesFor(text, t.Err)
	}
	if res.Listed.Len() > 0 {
		return nil
	}
	var list []Choice
	for _, s := range t.Query.Suggestions() {
		alone := func(t query.Term) bool { return c.Matches(query.Query{Terms: []query.Term{t}}) }
		if slices.ContainsFunc(s.Of, func(t query.Term) bool { return !alone(t) }) {
			continue
		}
		if choice := c.choice(s.Term.String(), s.Query.String()); choice.Rows > 0 {
			list = append(list, choice)
			break // one suggestion helps, several confuse
		}
	}
	for i, d := range res.Drops {
		if d.Rows > 0 {
			list = append(list, Choice{Term: d.Term.String(), Remove: true, Filter: t.Query.Without(i).String(),
				Rows: d.Rows, Best: d.Best})
		}
	}
	return list
}

// choicesFor returns what one piece of a text may mean. Choices without rows are dropped, unless none has any.
func (c *Catalog) choicesFor(text string, e *query.SyntaxError) []Choice {
	piece := strings.TrimSpace(text[e.From:e.To])
	before, behind := strings.TrimRight(text[:e.From], " "), strings.TrimLeft(text[e.To:], " ")
	with := func(term string) string { return strings.TrimSpace(strings.TrimSpace(before+" "+term) + " " + behind) }
	var list []Choice
	for _, term := range e.Choices {
		list = append(list, c.choice(term, with(term)))
	}
	if some := slices.DeleteFunc(slices.Clone(list), func(o Choice) bool { return o.Rows == 0 }); len(some) > 0 {
		list = some
	}
	without := c.choice(piece, with(""))
	without.Remove = true
	return append(list, without)
}

// choice counts the rows of a filter. Pieces of it that are not understood are ignored.
func (c *Catalog) choice(term, filter string) Choice {
	o := Choice{Term: term, Filter: filter}
	res := c.Run(c.Read(filter).Query)
	o.Rows = res.Rows.Len()
	for _, r := range res.Rows.All() {
		if r.PerGPU().Known && (o.Best.None() || r.PerGPU().Value < o.Best.PerGPU().Value) {
			o.Best = r
		}
	}
	return o
}

// alsoMost is the maximum number of longer names to show.
const alsoMost = 2

// Also is a longer name that starts with a complete one, with the number of its rows.
type Also struct {
	Name string
	Rows int
}

// Also returns names that a complete word may still become: the A100 and the A10G for "a10". Those with the
// most rows are first. Sizes and forms of a card count as one.
func (f Facet) Also(word string) []Also {
	longer := query.Beginning(word)
	var list []Also
	for _, v := range f.Values {
		text := v.text(f.Field)
		if v.Ticked || v.Rows == 0 || text == nil || longer.Text(text) != yes {
			continue
		}
		name := cmp.Or(known.CardOf(v.Label).FamilyName(), v.Label)
		if i := slices.IndexFunc(list, func(a Also) bool { return a.Name == name }); i >= 0 {
			list[i].Rows += v.Rows
		} else {
			list = append(list, Also{name, v.Rows})
		}
	}
	slices.SortStableFunc(list, func(a, b Also) int { return b.Rows - a.Rows })
	return list[:min(len(list), alsoMost)]
}
