package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui"
	"gpupick/tui/catalog"
	"gpupick/tui/query"
)

// words returns the arguments into which a shell splits each command line.
func words(t *testing.T, lines []string) [][]string {
	t.Helper()
	needs(t, "sh")
	script := "gpupick() { printf '%s\\0' \"$@\"; printf '\\n\\0'; }\n" + strings.Join(lines, "\n")
	cmd := exec.Command("sh")
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for _, line := range bytes.Split(bytes.TrimSuffix(out, []byte("\n\x00")), []byte("\n\x00")) {
		all = append(all, strings.Split(strings.TrimSuffix(string(line), "\x00"), "\x00"))
	}
	return all
}

// parsed parses and checks the arguments of a command line.
func parsed(t *testing.T, args []string) (wanted, flags) {
	t.Helper()
	r := &run{environ: []string{"HOME=" + t.TempDir()}}
	cmd := r.command()
	var w wanted
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		r.flags.given = cmd.Flags().Changed
		w, err = r.check(args)
		return err
	}
	cmd.SetArgs(args)
	if err := cmd.Execute(); err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	return w, r.flags
}

var commandTerms = []string{"h100", "8xh100", "-spot", "!spot", "europe", "us,canada", "price<20", "<5", "mem>=1tb",
	"count:2..8", "vram:none", `gpu="H100 SXM"`, `gpu="O'Neill's $HOME \"x\" \\"`,
	"region:us*", "-region:us*", "h100|h200", `gpu:"h100 sxm"`, "türkiye", "`date`", "$(date)", "is:new,cheaper",
	"price != 3", "'quoted'", "a\\b", "#", "~", "id:stoic*", "-- -x", "*"}

// The command shown for a view, run by a shell, asks for the same filter, sort and rows.
func TestShownCommandGivesTheSameRows(t *testing.T) {
	rnd := rand.New(rand.NewPCG(8, 8))
	rows := demoCatalog(t)
	page, err := api.Decode(rows)
	if err != nil {
		t.Fatal(err)
	}
	c := catalog.New(page.Rows)
	var lines []string
	var views []wanted
	fields := slices.DeleteFunc(query.Fields(), func(f query.Field) bool { return !f.IsValue() })
	for range 500 {
		var terms []string
		for range rnd.IntN(5) {
			terms = append(terms, commandTerms[rnd.IntN(len(commandTerms))])
		}
		v := wanted{filter: strings.Join(terms, " ")}
		q, err := query.Parse(v.filter)
		if err != nil {
			continue
		}
		var order query.Sort
		for range rnd.IntN(4) {
			order = append(order, query.SortKey{Field: fields[rnd.IntN(len(fields))], Desc: rnd.IntN(2) == 0})
		}
		v.query = q.WithSort(order)
		if rnd.IntN(2) == 0 {
			v.ask = api.Ask{GPUType: []string{"", "H100", "it's"}[rnd.IntN(3)],
				Region: []string{"", ", US", "a b"}[rnd.IntN(3)], GPUCount: rnd.IntN(2) * 8}
		}
		m := tui.New(tui.Options{Keys: keymap.Default(), Styles: styles.Styles{}, Now: time.Now, Filter: v.filter,
			Sort: order, Ask: v.ask, IsDemo: len(terms) == 2})
		lines, views = append(lines, m.Command()), append(views, v)
	}
	for i, args := range words(t, lines) {
		w, f := parsed(t, args)
		v := views[i]
		if w.query.String() != v.query.String() || w.query.Sort.String() != v.query.Sort.String() || w.ask != v.ask ||
			f.demo != strings.HasPrefix(lines[i], "gpupick --demo") {
			t.Fatalf("%s\nasks for %q by %s of %v, want %q by %s of %v", lines[i], w.query, w.query.Sort, w.ask,
				v.query, v.query.Sort, v.ask)
		}
		if have, want := c.Run(w.query).Rows, c.Run(v.query).Rows; fmt.Sprint(have) != fmt.Sprint(want) {
			t.Fatalf("%s gives other rows", lines[i])
		}
	}
	if len(lines) < 300 {
		t.Errorf("only %d commands", len(lines))
	}
}

// The filter help has every example of the guide, in lines of at most 80 columns.
func TestHelpOnTheFilter(t *testing.T) {
	r := runs(t, nil, "", "help", "filter")
	spoken, exact := query.Guide()
	for _, rule := range append(spoken, exact...) {
		for _, e := range rule.Examples {
			if !strings.Contains(r.out, "      "+e.Typed) || !strings.Contains(r.out, rule.Means) {
				t.Errorf("%q is not in the help", e.Typed)
			}
		}
	}
	for line := range strings.Lines(r.out) {
		if len([]rune(line)) > 80 {
			t.Errorf("too wide: %s", line)
		}
	}
	if r.status != 0 || r.errOut != "" || !strings.Contains(runs(t, nil, "", "help").out, "gpupick filter") {
		t.Errorf("status %d, %q", r.status, r.errOut)
	}
}
