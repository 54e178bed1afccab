package keymap

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the README's table of keys anew")

// TestREADMEShowsTheKeys keeps the README's table what the keys are:
//
//	go test ./keymap -update
func TestREADMEShowsTheKeys(t *testing.T) {
	const path, begin, end = "../README.md", "<!-- keys -->\n", "<!-- /keys -->"
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(body), begin)
	have, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("the README has no %s … %s", strings.TrimSpace(begin), end)
	}
	want := table()
	if *update {
		if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Error("the README's keys are not the program's: go test ./keymap -update")
	}
}

// table is the keys as Markdown, with their names in the settings.
func table() string {
	var b strings.Builder
	for _, g := range Default().Groups() {
		b.WriteString("\n| " + g.Title + " | | `" + g.Place + "` |\n| --- | --- | --- |\n")
		for _, k := range g.Keys {
			name := Default().ActionOf(g.Place, k)
			if name != "" {
				name = "`" + name + "`"
			}
			shown := "`" + strings.ReplaceAll(k.Help().Key, " ", "` `") + "`"
			if name == "" { // letters, or keys with one ctrl for all of them
				shown = k.Help().Key
			}
			b.WriteString("| " + shown + " | " + k.Help().Desc + " | " + name + " |\n")
		}
	}
	return b.String() + "\n"
}
