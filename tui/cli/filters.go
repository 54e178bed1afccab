package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gpupick/tui/query"
)

// The help on the filter language, for gpupick help filter and for the manual.

const (
	aboutSpoken = "Say it the way you would say it to a colleague; each word is read as a term of the exact form."
	aboutExact  = "The exact form reads the same whatever the list holds. The two mix."
	aboutRest   = "Any other word must stand as a whole in a GPU, a region or a type of the list, or with a hyphen " +
		"in an id. " +
		"What is not understood, or may mean several things, is never guessed at: the line asks, a command ends " +
		"with status 2."
)

// aboutFields lists the fields.
func aboutFields() string {
	var names []string
	for _, f := range query.Fields() {
		names = append(names, f.String())
	}
	return "Fields: " + strings.Join(names, " ") + ". Prices are US dollars per hour, sizes GB; 1 TB is 1000 GB."
}

// filterTopic is the help on the filter language: gpupick help filter.
func filterTopic() *cobra.Command {
	topic := &cobra.Command{Use: "filter", Short: "What you can type to find an offer"}
	topic.SetHelpFunc(func(topic *cobra.Command, args []string) {
		topic.Long = FilterHelp() // not before, because every start would write it
		topic.Parent().HelpFunc()(topic, args)
	})
	return topic
}

// FilterHelp is the filter language as a page of text.
func FilterHelp() string {
	var b strings.Builder
	spoken, exact := query.Guide()
	part := func(about string, rules []query.Rule) {
		fmt.Fprintf(&b, "%s\n", wrapped(about))
		for _, rule := range rules {
			fmt.Fprintf(&b, "\n  %s\n", rule.Means)
			for _, e := range rule.Examples {
				fmt.Fprintf(&b, "      %-20s %s\n", e.Typed, readAs(e))
			}
		}
		b.WriteByte('\n')
	}
	part(aboutSpoken, spoken)
	part(aboutExact, exact)
	fmt.Fprintf(&b, "%s\n\n%s", wrapped(aboutRest), wrapped(aboutFields()))
	return b.String()
}

// readAs returns how an example is read: its exact form, its sort order, or that it is ignored.
func readAs(e query.Example) string {
	term, order, sorts := strings.Cut(e.Exact, " | ")
	switch {
	case sorts:
		return strings.TrimSpace(term + " sorts by " + order)
	case term == "":
		return "is ignored"
	}
	return term
}

// wrapped breaks a paragraph at 78 columns.
func wrapped(text string) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > 78 {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return strings.Join(append(lines, line), "\n")
}

// markdown escapes characters of the filter language that Markdown would interpret.
var markdown = strings.NewReplacer("*", `\*`, "<", `\<`, "_", `\_`)

// FilterManual is the filter language as a section of the manual.
func FilterManual() string {
	var b strings.Builder
	spoken, exact := query.Guide()
	b.WriteString("\n\n# FILTERS\n")
	part := func(about string, rules []query.Rule) {
		fmt.Fprintf(&b, "\n%s\n", about)
		for _, rule := range rules {
			var examples []string
			for _, e := range rule.Examples {
				examples = append(examples, fmt.Sprintf("**%s** (%s)", markdown.Replace(e.Typed),
					markdown.Replace(readAs(e))))
			}
			fmt.Fprintf(&b, "\n%s: %s\n", rule.Means, strings.Join(examples, ", "))
		}
	}
	part(aboutSpoken, spoken)
	part(aboutExact, exact)
	fmt.Fprintf(&b, "\n%s\n\n%s\n", aboutRest, aboutFields())
	return b.String()
}
