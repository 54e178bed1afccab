package catalog

import (
	"cmp"
	"slices"

	"gpupick/tui/query"
)

// Completion is one way to complete the filter that is being typed.
type Completion struct {
	Text string // the whole filter with the completion
	Word string // the added text, as a person would type it
	Show string // the added text, as the list shows it
	Rows int    // number of matching rows; -1 for a field name, which has no value yet
}

// completionsMost is the maximum number of completions.
const completionsMost = 20

// Complete returns the completions of the last word of a filter, with the rows that each would leave.
// Completions without rows are dropped, unless they name a change since an earlier list.
func (c *Catalog) Complete(text string) []Completion {
	typing := query.Complete(text)
	head := c.Read(typing.Head)
	if head.Err != nil {
		return nil
	}
	res := c.Run(head.Query)
	var list []Completion
	for _, k := range typing.Candidates(func(f query.Field) []string { return c.valuesIn(res, f) }) {
		o := Completion{Text: typing.Head + k.Term, Word: k.Word, Show: k.Show, Rows: -1}
		if k.Open {
			list = append(list, o)
		} else if t := c.Read(o.Text); t.Err == nil {
			found := c.Run(t.Query)
			if o.Rows = cmp.Or(found.Rows.Len(), found.Gone); o.Rows > 0 || k.Idle {
				list = append(list, o)
			}
		}
		if len(list) == completionsMost {
			break
		}
	}
	return list
}

// valuesIn returns the values of a field in a result, those with the most rows first.
func (c *Catalog) valuesIn(res Result, f query.Field) []string {
	rows := map[string]int{}
	if f.HasFacet() {
		for _, v := range res.Facets[f].Values {
			if v.Rows > 0 && v.known {
				rows[v.Label] = v.Rows
			}
		}
	} else if a := &accessors[f]; a.text != nil || f == query.Is {
		for _, r := range res.Rows.All() {
			if t := r.text(f); t != nil {
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
