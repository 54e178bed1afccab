package catalog

import (
	"fmt"
	"slices"
	"strings"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Typed is a filter as this list understands it.
type Typed struct {
	Query query.Query        // the part that is understood and applied
	Spans []query.Span       // the pieces of the text, with how each was read
	Held  string             // text at the end that is not applied yet, while it is being typed
	More  bool               // Held is not finished
	Err   *query.SyntaxError // error of the first piece that is ambiguous or not understood
}

// Read reads a filter that is finished. A word that only a list can explain must occur in this one.
func (c *Catalog) Read(text string) Typed {
	r := c.explained(query.Read(text))
	t := Typed{Query: r.Query, Spans: r.Spans, Err: r.Err()}
	for i := range t.Spans {
		if s := &t.Spans[i]; s.Look == query.Held {
			s.Look = query.NotUnderstood
			if s.Err.Asked {
				s.Look = query.Asked
			}
		}
	}
	return t
}

// Finish is Read for a script. An unfinished last word may stand for all listed GPUs, regions and types that
// start with it, or for the one area that does. If it may mean several of these, that is an error. said has a
// sentence for each word whose reading is not obvious.
func (c *Catalog) Finish(text string) (t Typed, said []string) {
	t = c.Read(text)
	said = query.Notes(t.Spans)
	last, ok := query.Reading{Spans: t.Spans}.Last()
	if !ok || !last.Begins || last.Err != nil {
		return t, said
	}
	term := t.Query.Terms[last.Term]
	begun := term.Any()[0]
	word := strings.TrimSuffix(begun.Value(), "*")
	areas := query.AreasThatBegin(word)
	if len(areas) == 0 {
		return t, said
	}
	if c.spells(ofGPU, &begun) || c.spells(ofType, &begun) || len(areas) > 1 {
		rows := map[string]int{}
		for _, area := range areas {
			q, _ := query.Parse(area) // AreasThatBegin returns valid terms
			rows[area] = c.Run(q).Rows.Len()
		}
		slices.SortStableFunc(areas, func(a, b string) int { return rows[b] - rows[a] })
		e := &query.SyntaxError{At: last.From, From: last.From, To: last.To, Asked: true,
			Choices: append(areas, word+"*")}
		e.Choices = e.Choices[:min(len(e.Choices), nearMost)]
		e.Reason = fmt.Sprintf("%q may be %s", word, query.OneOf(e.Choices))
		t.Err = e
		return t, said
	}
	exact, err := query.Parse(areas[0])
	if err != nil {
		return t, said
	}
	exact.Terms[0].Negated = term.Negated
	t.Query.Terms[last.Term] = exact.Terms[0]
	return t, append(said, fmt.Sprintf("%q read as %s", word, exact.Terms[0]))
}

// Type reads a filter while it is being typed. Its last term is held back while it is unfinished, and while it
// would match nothing although the terms before it match something. So the table is never empty between two
// letters of a good filter. A space ends a term, unless the term is a field's name, whose operator may still
// follow, or ends in a comma.
func (c *Catalog) Type(text string) Typed {
	r := query.Read(text)
	last, any := r.Last()
	if any && last.Err != nil && last.Err.Unfinished {
		t := c.holding(text, last.Err.From) // the text before it may end in a field's name, as in "count !="
		t.More = true
		if last.Err.Asked {
			t.Spans[len(t.Spans)-1].Err = last.Err
		}
		return t
	}
	whole := c.explained(r)
	end, _ := whole.Last()
	switch {
	case !any || done(text[last.From:]):
	case end.Open && end.Err != nil: // the last word may still become a known one
		return c.holding(text, last.From)
	case last.Term >= 0 && !c.Matches(whole.Query):
		head := c.holding(text, last.From)
		if alternative := strings.HasSuffix(strings.TrimRight(text[:last.From], " \t"), ","); alternative ||
			c.Matches(head.Query) {
			return head // an alternative is held with the ones before it
		}
	}
	return Typed{Query: whole.Query, Spans: whole.Spans, Err: whole.Err()}
}

// holding reads a text whose end, starting at a byte, is not applied yet.
func (c *Catalog) holding(text string, from int) Typed {
	t := c.Type(text[:from])
	rest := strings.TrimRight(text[from:], " \t")
	t.Spans = append(slices.Clip(t.Spans), query.Span{From: from, To: from + len(rest), Look: query.Held, Term: -1})
	t.Held = strings.TrimSpace(t.Held + " " + strings.TrimSpace(rest))
	return t
}

// done reports whether a term is finished: a space follows it, and it neither ends in a comma nor is a field's
// name.
func done(term string) bool {
	bare := strings.TrimRight(term, " \t")
	_, isField := query.FieldNamed(strings.TrimLeft(bare, "-!"))
	return bare != term && !isField && !strings.HasSuffix(bare, ",") && !strings.HasSuffix(bare, "|")
}

// explained returns a reading without the words that only a list can explain and that this list lacks.
func (c *Catalog) explained(r query.Reading) query.Reading {
	if c.Len() == 0 {
		return r
	}
	r.Spans = slices.Clone(r.Spans)
	terms, moved := []query.Term(nil), make([]int, len(r.Query.Terms))
	unknown := map[int]bool{}
	for i := range r.Spans {
		s := &r.Spans[i]
		if !s.Open || s.Err != nil || c.hasWord(&r.Query.Terms[s.Term].Any()[0]) {
			continue
		}
		unknown[s.Term] = true
		t := r.Query.Terms[s.Term]
		near := c.near(t.Any()[0].Word())
		if t.Negated {
			near = query.Negated(near)
		}
		s.Look, s.Err = query.NotUnderstood, query.NotKnown(s.From, s.To, t.Any()[0].Value(), near)
	}
	for i, t := range r.Query.Terms {
		if moved[i] = len(terms); !unknown[i] {
			terms = append(terms, t)
		}
	}
	for i := range r.Spans {
		switch s := &r.Spans[i]; {
		case s.Term < 0:
		case unknown[s.Term]:
			s.Term, s.Terms = -1, 0
		default:
			s.Term = moved[s.Term]
		}
	}
	r.Query.Terms = terms
	return r
}

// hasWord reports whether any row has a word, including rows that are no longer listed.
func (c *Catalog) hasWord(w *query.Condition) bool {
	if c.spells(ofGPU, w) || c.spells(ofRegion, w) || c.spells(ofType, w) {
		return true
	}
	if w.InIDs() && c.Matches(query.For(w)) {
		return true
	}
	for _, r := range c.goneRows().All() {
		for d := range dictionaries {
			if c.says(w, d, c.numbers(d)[r.n]) == yes {
				return true
			}
		}
	}
	return false
}

// spells reports whether any row has a word in its value of one dictionary.
func (c *Catalog) spells(dictionary int, w *query.Condition) bool {
	for n, rows := range c.tally().rows[dictionary] {
		if rows > 0 && c.says(w, dictionary, int32(n)) == yes {
			return true
		}
	}
	return false
}

// nearMost is the maximum number of choices in an error.
const nearMost = 3

// near returns terms that a misspelled word probably means, in exact form, the likeliest first.
func (c *Catalog) near(word string) []string {
	names := map[string]string{}
	for _, name := range c.Spellings(query.GPU) {
		names[known.Fold(name)] = query.Value{Field: query.GPU, Text: name}.Named()
	}
	return query.Near(word, names)
}
