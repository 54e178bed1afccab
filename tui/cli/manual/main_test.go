package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"gpupick/keymap"
	"gpupick/tui/cli"
)

// The manual has every flag of --help, and the sections that --help leaves out.
func TestTheManualHasEveryFlag(t *testing.T) {
	var page bytes.Buffer
	if err := write(&page, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(page.String(), `\-`, "-")
	cli.Command().Flags().VisitAll(func(f *pflag.Flag) {
		if !strings.Contains(text, "--"+f.Name) {
			t.Errorf("--%s is not in the manual", f.Name)
		}
	})
	for _, want := range []string{`.TH "GPUPICK" "1" "Jan 2026"`, "EXIT STATUS", "FILTERS", ".SH KEYS", ".SH FILES",
		".SH ENVIRONMENT", ".SH EXAMPLES", "In the filter line", "id=$(gpupick", "between $1 and $2",
		"price<3", "mi2*", "RUNCRATE_API_KEY", "pergpu"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the manual", want)
		}
	}
	if strings.Contains(text, "[=") || strings.Contains(text, `=""`) {
		t.Error("a flag is written with the library's form of its value")
	}
	for _, g := range keymap.Default().Groups() {
		for _, k := range g.Keys {
			if !strings.Contains(strings.ReplaceAll(text, `\\`, `\`), k.Help().Desc) {
				t.Errorf("%q is not in the manual", k.Help().Desc)
			}
		}
	}
	if strings.Contains(text, "/root") || strings.Contains(text, "/home/") {
		t.Error("the manual has a path of this machine")
	}
}
