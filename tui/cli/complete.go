package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gpupick/api"
	"gpupick/api/snapshot"
	"gpupick/api/yamlfile"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
)

// The shell completes from the last good answer on this machine: pressing tab sends no
// request, and failures are silent.

// lastAnswer returns a catalog of the last good answer, or of the demo; it is empty if there is none.
func (r *run) lastAnswer() *catalog.Catalog {
	if r.flags.demo {
		page, _ := api.Decode(r.Demo)
		return catalog.New(page.Rows)
	}
	cfg, err := api.LoadConfig(api.Surroundings{Env: r.environ.Getenv, Home: r.environ.Home(), ReadFile: yamlfile.Read})
	if err != nil {
		return catalog.New(nil)
	}
	list, _ := snapshot.Store{Dir: r.environ.State(),
		Now: time.Now}.Load(api.NewClient(cfg, api.Options{}).Fingerprint(api.Ask{}))
	return catalog.New(list.Rows)
}

// completeNames completes a flag that takes the name of a GPU or a region. The name is sent
// to the service, so it is completed in the service's spelling.
func (r *run) completeNames(f query.Field) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion, _ cobra.ShellCompDirective) {
		for _, name := range slices.Sorted(slices.Values(r.lastAnswer().Spellings(f))) {
			if hasPrefixFold(name, typed) {
				list = append(list, typed+name[len(typed):])
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeTerm completes the last term of a filter with fields, parts of the world and
// values, each with its number of matching rows. Values with a space are skipped: they
// would need quotes for the shell and for the filter.
func (r *run) completeTerm(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion,
	_ cobra.ShellCompDirective) {
	c, space := r.lastAnswer(), strings.LastIndexByte(typed, ' ')
	term := strings.TrimLeft(typed[space+1:], "-!")
	before := typed[:len(typed)-len(term)]
	add := func(text string) {
		if slices.ContainsFunc(list, func(c cobra.Completion) bool {
			word, _,
				_ := strings.Cut(c, "\t")
			return word == before+text
		}) {
			return
		}
		if q, err := query.Parse(before + text); err == nil && !strings.ContainsAny(text, `" `) {
			if n := len(c.Run(q).Rows); n > 0 {
				list = append(list, cobra.CompletionWithDesc(before+text, cell.Rows(n)))
			}
		}
	}
	if at := strings.LastIndexAny(term, ":=,"); at >= 0 {
		if f, known := query.FieldNamed(term[:strings.IndexAny(term, ":=,")]); known {
			for _, v := range values(c, f, term[at+1:]) {
				add(term[:at+1] + v.Label)
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
	for _, k := range c.Complete(term) { // fields and parts of the world
		switch {
		case k.Rows < 0:
			list = append(list, before+k.Text)
		case hasPrefixFold(k.Word, term):
			add(term + k.Word[len(term):])
		}
	}
	for _, f := range []query.Field{query.GPU, query.Region} {
		for _, v := range values(c, f, term) {
			add(v.Label)
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace // a field's value comes next
}

// values returns the values of a field that begin with typed in either case. The typed letters
// stay as they are: a shell compares letter by letter.
func values(c *catalog.Catalog, f query.Field, typed string) (list []catalog.FacetValue) {
	for _, v := range c.Run(query.Query{}).Facets[f].Values {
		if v.Label != "" && v.Rows > 0 && hasPrefixFold(v.Label, typed) {
			v.Label = typed + v.Label[len(typed):]
			list = append(list, v)
		}
	}
	return list
}

func hasPrefixFold(text, typed string) bool {
	return len(text) >= len(typed) && strings.EqualFold(text[:len(typed)], typed)
}
