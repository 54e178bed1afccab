package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
		return catalog.New(api.Rows{})
	}
	list, _ := snapshot.Store{Dir: r.environ.State(),
		Now: time.Now}.Load(api.NewClient(cfg, api.Options{}).Fingerprint(api.Ask{}))
	return catalog.New(list.Rows)
}

// completeNames completes a flag that takes the name of a GPU or a region. The name is sent to the service, so it is
// offered in the service's spelling, whatever the case of the typed letters.
func (r *run) completeNames(f query.Field) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion, _ cobra.ShellCompDirective) {
		for _, name := range slices.Sorted(slices.Values(r.lastAnswer().Spellings(f))) {
			if hasPrefixFold(name, typed) {
				list = append(list, name)
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// describePlainly removes the signs around the value's name from the descriptions of flags, which the library removes
// in its help and not in its completions.
func describePlainly(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { _, f.Usage = pflag.UnquoteUsage(f) })
}

// zshScript is the library's script for zsh, which evaluates the line, and also tries it with an open quote closed.
func zshScript(cmd *cobra.Command) string {
	var script strings.Builder
	_ = cmd.Root().GenZshCompletion(&script) // a strings.Builder takes everything
	return strings.Replace(script.String(), zshEvaluates, zshEvaluates[:len(zshEvaluates)-1]+
		` || eval "${requestComp}\"" 2>/dev/null || eval "${requestComp}'" 2>/dev/null)`, 1)
}

const zshEvaluates = "out=$(eval ${requestComp} 2>/dev/null)"

// fishScript is the library's script for fish, without an open quote or backslashes in the word to complete.
func fishScript(cmd *cobra.Command) string {
	const plain = ` | string replace -r '^["\']' '' | string replace -a '\\ ' ' '`
	var script strings.Builder
	_ = cmd.Root().GenFishCompletion(&script, true) // a strings.Builder takes everything
	return strings.NewReplacer(fishWord, strings.TrimSuffix(fishWord, "))")+plain+"))", fishPrefix,
		strings.Replace(fishPrefix, " |", plain+" |", 1)).Replace(script.String())
}

const (
	fishWord   = "(string escape -- (commandline -ct))"
	fishPrefix = "(commandline -t | string escape --style=regex)"
)

// completeSort completes the last field of an order: those before its last comma stay.
func completeSort(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion, _ cobra.ShellCompDirective) {
	before := typed[:strings.LastIndexByte(typed, ',')+1]
	for _, f := range query.Fields() {
		if !f.IsValue() {
			continue
		}
		list = append(list, before+query.SortKey{Field: f, Desc: f.Falls()}.String())
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeTerm completes the last term of a filter with fields, parts of the world and values, each with its number
// of matching offers. Values with a space are skipped: they would need quotes for the shell and for the filter.
func (r *run) completeTerm(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion,
	_ cobra.ShellCompDirective) {
	c, completing := r.lastAnswer(), query.Complete(typed)
	word := completing.Word()
	before := typed[:len(typed)-len(word)]
	offered := map[string]bool{}
	// The typed letters stay as they are: a shell compares letter by letter.
	offer := func(text string, rows int) {
		if !hasPrefixFold(text, word) || strings.ContainsAny(text, `" `) || offered[strings.ToLower(text)] {
			return
		}
		offered[strings.ToLower(text)] = true
		whole := before + word + text[len(word):]
		if rows > 0 {
			whole = cobra.CompletionWithDesc(whole, cell.Offers(rows))
		}
		list = append(list, whole)
	}
	count := func(text string) {
		if q, err := query.Parse(before + text + " "); err == nil {
			if n := c.Run(q).Rows.Len(); n > 0 {
				offer(text, n)
			}
		}
	}
	for _, k := range c.Complete(typed) {
		if hasPrefixFold(k.Word, word) {
			offer(k.Word, k.Rows)
		} else {
			offer(strings.TrimPrefix(k.Text, before), k.Rows)
		}
	}
	for _, f := range []query.Field{query.GPU, query.Region} {
		for _, v := range values(c, f, word) {
			count(v.Label)
		}
	}
	if at := strings.LastIndexAny(word, ":=,"); at >= 0 {
		if f, known := query.FieldNamed(word[:strings.IndexAny(word, ":=,")]); known {
			for _, v := range values(c, f, word[at+1:]) {
				count(word[:at+1] + v.Label)
			}
		}
	}
	if len(list) == 0 { // what does not depend on the list, such as is:new
		for _, k := range completing.Candidates(func(query.Field) []string { return nil }) {
			offer(strings.TrimPrefix(k.Term, typed[len(completing.Head):len(before)]), 0)
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace // a field's value comes next
}

// values returns the values of a field that begin with typed in either case.
func values(c *catalog.Catalog, f query.Field, typed string) (list []catalog.FacetValue) {
	for _, v := range c.Run(query.Query{}).Facets[f].Values {
		if v.Label != "" && v.Rows > 0 && hasPrefixFold(v.Label, typed) {
			list = append(list, v)
		}
	}
	return list
}

func hasPrefixFold(text, typed string) bool {
	return len(text) >= len(typed) && strings.EqualFold(text[:len(typed)], typed)
}
