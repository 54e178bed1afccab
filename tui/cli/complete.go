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

// What the shell completes comes from the last good answer on this machine: pressing
// tab asks nobody, and fails silently.

// kept are the rows of the last good answer, or the demo's; none if there is none.
func (r *run) kept() *catalog.Catalog {
	if r.flags.demo {
		page, _ := api.DecodeFile(r.Demo)
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

// completeNames completes the value of a flag that takes the name of a GPU or region. It
// goes to the service, so it is completed as the service spells it.
func (r *run) completeNames(f query.Field) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion, _ cobra.ShellCompDirective) {
		for _, name := range slices.Sorted(slices.Values(r.kept().Spellings(f))) {
			if goesOn(name, typed) {
				list = append(list, typed+name[len(typed):])
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeTerm completes the last term of a filter: fields, parts of the world, values,
// with the rows that they would leave. Values with a space in them are left to the
// filter line, where they need no two quotings.
func (r *run) completeTerm(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion,
	_ cobra.ShellCompDirective) {
	c, space := r.kept(), strings.LastIndexByte(typed, ' ')
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
	for _, k := range c.Complete(term) { // fields and parts of the world begin with what was typed
		switch {
		case k.Rows < 0:
			list = append(list, before+k.Text)
		case goesOn(k.Word, term):
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

// values are the values of a field that begin with what was typed. They go on as they
// were begun: a shell compares letter by letter.
func values(c *catalog.Catalog, f query.Field, typed string) (list []catalog.FacetValue) {
	for _, v := range c.Run(query.Query{}).Facets[f].Values {
		if v.Label != "" && v.Rows > 0 && goesOn(v.Label, typed) {
			v.Label = typed + v.Label[len(typed):]
			list = append(list, v)
		}
	}
	return list
}

func goesOn(text, typed string) bool {
	return len(text) >= len(typed) && strings.EqualFold(text[:len(typed)], typed)
}
