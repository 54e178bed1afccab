package catalog

import (
	"cmp"
	"slices"

	"gpupick/tui/query"
)

// Completion is a way to go on with what is being typed.
type Completion struct {
	Text string // the whole filter, if it is taken
	Word string // what it adds, as somebody would say it
	Show string // what it adds, for the list
	Rows int    // that it would leave; -1 for a field, which leaves nothing yet
}

// completionsMost is how many are offered.
const completionsMost = 20

// Complete lists the ways to go on with the last word of a filter, as the language knows them,
// with the rows that each would leave under the terms before it. What would leave none is not
// offered, but for what is different from an earlier list.
func (c *Catalog) Complete(text string) []Completion {
	typing := query.Complete(text)
	head := c.Read(typing.Head)
	if head.Err != nil {
		return nil
	}
	res := c.Run(head.Query)
	var list []Completion
	for _, k := range typing.Candidates(func(f query.Field) []string { return c.values(res, f) }) {
		o := Completion{Text: typing.Head + k.Term, Word: k.Word, Show: k.Show, Rows: -1}
		if k.Open {
			list = append(list, o)
		} else if t := c.Read(o.Text); t.Err == nil {
			found := c.Run(t.Query)
			if o.Rows = cmp.Or(len(found.Rows), len(found.Gone)); o.Rows > 0 || k.Idle {
				list = append(list, o)
			}
		}
		if len(list) == completionsMost {
			break
		}
	}
	return list
}

// values are those of a field that rows of a result have, those of most rows first.
func (c *Catalog) values(res Result, f query.Field) []string {
	rows := map[string]int{}
	if f.HasFacet() {
		for _, v := range res.Facets[f].Values {
			if v.Rows > 0 && v.known {
				rows[v.Label] = v.Rows
			}
		}
	} else if a := &accessors[f]; a.text != nil && f != query.ID {
		for _, r := range res.Rows {
			if t := a.text(r); t != nil {
				rows[t.Raw]++
			}
		}
	}
	names := make([]string, 0, len(rows))
	for name := range rows {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(rows[b]-rows[a], naturalCompare(a, b)) })
	return names
}
