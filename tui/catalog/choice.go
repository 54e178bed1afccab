package catalog

import (
	"cmp"
	"slices"
	"strings"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Choice is a filter in place of one that is asked about, not understood, or matches nothing.
type Choice struct {
	Term   string // what it has instead, or what it leaves out
	Remove bool   // it only leaves something out
	Filter string
	Rows   int // that match it
	Best   Row // the one of these with the cheapest price per GPU; the zero Row if none is known
}

// Choices are the filters that may be meant by a text, the likeliest first: for the first piece of
// it that is not settled what may have been meant by it, and for a result without a row what would
// match. The last ones leave something out.
func (c *Catalog) Choices(text string, t Typed, res Result) []Choice {
	if t.Err != nil {
		return c.choicesFor(text, t.Err)
	}
	if len(res.Rows)+len(res.Gone) > 0 {
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
			break // one is help, several are a riddle
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

// choicesFor are what may be meant by one piece of a text. Where none of it is listed, that is to
// be seen.
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

// choice tries a filter; what else of it is not understood is left aside.
func (c *Catalog) choice(term, filter string) Choice {
	o := Choice{Term: term, Filter: filter}
	res := c.Run(c.Read(filter).Query)
	o.Rows = len(res.Rows)
	for _, r := range res.Rows {
		if r.p.PerGPU.Known && (o.Best.p == nil || r.p.PerGPU.Value < o.Best.p.PerGPU.Value) {
			o.Best = r
		}
	}
	return o
}

// alsoMost is how many longer names are told beside a whole one.
const alsoMost = 2

// Also is a longer name beside a whole one, with the rows that it would leave.
type Also struct {
	Name string
	Rows int
}

// Also are the cards that a word may still become, beside those that it means as a whole: of "a10"
// the A100 and the A10G, those with the most rows first. Sizes and forms of a card are one.
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
