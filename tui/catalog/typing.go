package catalog

import (
	"slices"
	"strings"
)

// Typed is what the table shows while a filter is being typed.
type Typed struct {
	Query Query        // what is applied
	Held  string       // the last term, if it is held back: it is not applied yet
	Why   string       // what is held back may mean several things: which
	More  bool         // what is held back is not finished
	Err   *SyntaxError // if the text cannot be understood: keep the last good result
}

// Type reads a filter whose end is being typed. Its last term is held back
// while it is unfinished, and while it would leave nothing where the terms
// before it leave something: between two letters of a good filter the table is
// never emptied. A term with a space behind it is done, unless it is the name
// of a field, whose operator may still come, or ends in a comma.
func (c *Catalog) Type(text string, order Sort) Typed {
	whole, tail, err := read(text)
	if err != nil {
		e := err.(*SyntaxError)
		if !e.Unfinished {
			return Typed{Err: e}
		}
		head := c.Type(text[:e.term], order) // may end in a field's name, as in "count !="
		head.Held, head.More = strings.TrimSpace(head.Held+" "+strings.TrimSpace(text[e.term:])), true
		if e.asks {
			head.Why = e.Reason
		}
		return head
	}
	whole = whole.Ordered(order)
	if len(whole.Terms) == 0 {
		return Typed{Query: whole}
	}
	last := text[tail:]
	if e := c.notUnderstood(whole); e != nil && (done(last) || e.At < tail) {
		return Typed{Err: e}
	}
	if done(last) {
		return Typed{Query: whole}
	}
	if before := strings.TrimRight(text[:tail], " \t"); strings.HasSuffix(before, ",") && !c.Matches(whole) {
		head := c.Type(before, order) // an alternative to what matches nothing is held with it
		head.Held = strings.TrimSpace(head.Held + " " + strings.TrimSpace(last))
		return head
	}
	head, _, err := read(strings.TrimRight(text[:tail], ", \t") + " ")
	if head = head.Ordered(order); err == nil && c.Matches(head) && !c.Matches(whole) {
		return Typed{Query: head, Held: strings.TrimSpace(last)}
	}
	return Typed{Query: whole}
}

// Ordered is the query in the order that it asks for, else in this one.
func (q Query) Ordered(usual Sort) Query {
	if len(q.Sort) == 0 {
		q.Sort = usual
	}
	return q
}

// done reports whether nothing more can belong to a term: there is a space
// behind it, and it neither ends in a comma nor is a field's name.
func done(term string) bool {
	bare := strings.TrimRight(term, " \t")
	_, isField := FieldNamed(strings.TrimLeft(bare, "-!"))
	return bare != term && !isField && !strings.HasSuffix(bare, ",") && !strings.HasSuffix(bare, "|")
}

// Matches reports whether any row matches the query, or did until it was gone.
func (c *Catalog) Matches(q Query) bool {
	if c.shared != nil {
		ready := c.ready(q)
		for i, r := range c.Rows() {
			if failing, _ := ready.judge(i, c.packed.at(i), r); failing == 0 {
				return true
			}
		}
	}
	return slices.ContainsFunc(c.gone, func(r *Row) bool {
		failing, _ := q.judge(r)
		return failing == 0
	})
}
