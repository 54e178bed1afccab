package keymap

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

var update = flag.Bool("update", false, "write the tables of keys anew")

// starters are the table's actions that new users need, for the README of the program.
var starters = []string{"pick", "copy", "copy-as", "filter", "facets", "details", "sort", "mark", "compare", "matrix",
	"picture", "clear", "undo", "chips", "only-like", "columns", "reload", "refresh", "help", "quit"}

// TestKeyTablesInTheREADMEs compares the tables of keys with the key map: all keys in the README of this
// package, and the starters in the README of the program. To update the tables:
//
//	go test ./keymap -update
func TestKeyTablesInTheREADMEs(t *testing.T) {
	t.Run("all", func(t *testing.T) { holdsTable(t, "README.md", table()) })
	t.Run("starters", func(t *testing.T) {
		var b strings.Builder
		b.WriteString("| | |\n| --- | --- |\n")
		for _, g := range Default().Groups() {
			for _, k := range g.Keys {
				if g.Place == "table" && slices.Contains(starters, Default().ActionOf("table", k)) {
					b.WriteString("| " + shown(k) + " | " + k.Help().Desc + " |\n")
				}
			}
		}
		if n := strings.Count(b.String(), "\n") - 2; n != len(starters) {
			t.Errorf("%d of %d keys", n, len(starters))
		}
		holdsTable(t, "../README.md", b.String())
	})
}

// holdsTable compares the text between two marks of a file with want, or with -update writes want there.
func holdsTable(t *testing.T, path, want string) {
	t.Helper()
	const begin, end = "<!-- keys -->\n", "<!-- /keys -->"
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(body), begin)
	have, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no %s … %s", path, strings.TrimSpace(begin), end)
	}
	if *update {
		if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Errorf("the keys of %s are not the program's: go test ./keymap -update", path)
	}
}

// shown writes a key as Markdown.
func shown(k key.Binding) string {
	return "`" + strings.ReplaceAll(k.Help().Key, " ", "` `") + "`"
}

// table writes the keys as Markdown, with their names in the settings.
func table() string {
	var b strings.Builder
	for _, g := range Default().Groups() {
		b.WriteString("\n| " + g.Title + " | | `" + g.Place + "` |\n| --- | --- | --- |\n")
		for _, k := range g.Keys {
			name := Default().ActionOf(g.Place, k)
			if name != "" {
				name = "`" + name + "`"
			}
			keys := shown(k)
			if name == "" { // a group of letters, or of keys that share one ctrl
				keys = k.Help().Key
			}
			b.WriteString("| " + keys + " | " + k.Help().Desc + " | " + name + " |\n")
		}
	}
	return b.String() + "\n"
}
