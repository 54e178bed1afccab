package keymap

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestRebind(t *testing.T) {
	for _, c := range []struct {
		place, action string
		keys          []string
		shown         string
		wrong         string // what the error begins with
	}{
		{place: "table", action: "copy", keys: []string{"o"}, shown: "o"},
		{place: "table", action: "copy-as", keys: []string{"space", "Enter", "ctrl+x", "pgdn", "↑", "é"},
			shown: "space enter ctrl+x pgdn ↑ é"},
		{place: "sort-menu", action: "close", keys: []string{"f5", "ctrl+shift+left"}, shown: "f5 ctrl+shift+left"},
		{place: "anywhere", action: "suspend", keys: []string{"ctrl+o"}, shown: "ctrl+o"},
		{place: "tabel", action: "copy", keys: []string{"o"}, wrong: "no such place"},
		{place: "table", action: "steal", keys: []string{"o"}, wrong: "no such action"},
		{place: "anywhere", action: "interrupt", keys: []string{"o"}, wrong: "ctrl+c quits"},
		{place: "table", action: "copy", wrong: "it names no key"},
		{place: "table", action: "copy", keys: []string{"o", "o"}, wrong: "o is set twice"},
		{place: "table", action: "copy", keys: []string{"pgdown", "pgdn"}, wrong: "pgdn is set twice"},
		{place: "table", action: "copy", keys: []string{"ctrl+i"},
			wrong: "terminals send the same for ctrl+i as for tab"},
		{place: "table", action: "copy", keys: []string{"Ctrl+M"},
			wrong: "terminals send the same for ctrl+m as for enter"},
		{place: "table", action: "copy", keys: []string{"ctrl+["},
			wrong: "terminals send the same for ctrl+[ as for esc"},
		{place: "table", action: "copy", keys: []string{"shift+enter"},
			wrong: "terminals send the same for shift+enter as for enter"},
		{place: "table", action: "copy", keys: []string{"alt+x"}, wrong: "terminals send the same for alt and a key"},
		{place: "table", action: "copy", keys: []string{"shift+g"}, wrong: "no such key; a capital letter"},
		{place: "table", action: "copy", keys: []string{"rc_live_secret"}, wrong: "no such key; a key is a character"},
		{place: "table", action: "copy", keys: []string{""},
			wrong: "it names no key; a sign such as ! stands in quotes"},
		{place: "table", action: "copy", keys: []string{"\u0301"}, wrong: "a character that cannot be typed alone"},
		{place: "table", action: "copy", keys: []string{"\u3000"}, wrong: "a character that cannot be typed alone"},
		{place: "table", action: "copy", keys: []string{"\u3164"}, wrong: "a character that cannot be typed alone"},
		{place: "anywhere", action: "suspend", keys: []string{"9"}, wrong: "9 is typed there"},
		{place: "table", action: "copy", keys: []string{"\x1b"}, wrong: "a character that cannot be typed alone"},
		{place: "line", action: "earlier", keys: []string{"x"}, wrong: "x is typed there"},
		{place: "find", action: "leave", keys: []string{"space"}, wrong: "space is typed there"},
	} {
		k := Default()
		err := k.Rebind(c.place, c.action, c.keys)
		switch {
		case c.wrong != "":
			if err == nil || !strings.HasPrefix(err.Error(), c.wrong) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s.%s %q: %v, want %s …", c.place, c.action, c.keys, err, c.wrong)
			}
		case err != nil:
			t.Errorf("%s.%s %q: %v", c.place, c.action, c.keys, err)
		default:
			found := false
			for _, g := range k.Groups() {
				for _, b := range g.Keys {
					found = found || b.Help().Key == c.shown
				}
			}
			if !found {
				t.Errorf("%s.%s %q: the help shows none of it", c.place, c.action, c.keys)
			}
		}
	}
}

func TestClash(t *testing.T) {
	for _, c := range []struct{ place, action, key, want string }{
		{"table", "copy", "q", "table: q is both copy and quit"},
		{"table", "up", "ctrl+c", "table: ctrl+c is both anywhere.interrupt and up"},
		{"anywhere", "suspend", "ctrl+u", "anywhere: ctrl+u is both editing and suspend"},
		{"table", "reload", "n", "matrix: n is both table.reload and next"},
		{"compare", "hours", "R", "compare: R is both table.refresh and hours"},
		{"sort-menu", "close", "g", "sort-menu: g is both a field and close"},
		{"copy-as", "copy", "j", "copy-as: j is both a form and copy"},
		{"line", "earlier", "ctrl+a", "line: ctrl+a is both editing and earlier"},
		{"line", "row-up", "home", "line: home is both editing and row-up"},
		{"matrix", "go", "y", "matrix: y is both go and copy"},
		{"table", "copy", "o", ""},
		{"facets", "only", "y", ""}, // y is free in the facets
	} {
		k := Default()
		if err := k.Rebind(c.place, c.action, []string{c.key}); err != nil {
			t.Fatal(err)
		}
		clash, found := k.Clash()
		have := ""
		if found {
			have = clash.Place + ": " + clash.String()
		}
		if have != c.want {
			t.Errorf("%s.%s on %s: %q, want %q", c.place, c.action, c.key, have, c.want)
		}
	}
}

func TestNoClashByDefault(t *testing.T) {
	if c, found := Default().Clash(); found {
		t.Errorf("%s: %s", c.Place, c)
	}
}

// TestNamesOfActionsAndKeys checks that every action can be rebound by its name, and that Bubble Tea knows the name of
// every special key.
func TestNamesOfActionsAndKeys(t *testing.T) {
	for _, p := range Places() {
		for _, a := range Actions(p) {
			k := Default()
			if err := k.Rebind(p, a, []string{"f9"}); (err != nil) != (p == "anywhere" && a == "interrupt") {
				t.Errorf("%s.%s: %v", p, a, err)
			}
		}
	}
	for _, g := range Default().Groups() {
		for _, b := range g.Keys {
			letters := b.Help() == SortLetters.Help() || b.Help() == CopyLetters.Help() || b.Help() == Editing.Help()
			if (Default().ActionOf(g.Place, b) == "") != letters {
				t.Errorf("%s: %q has no name", g.Title, b.Help().Key)
			}
		}
	}
	var given []string
	for k := tea.KeyType(-200); k < 200; k++ {
		given = append(given, tea.KeyMsg{Type: k}.String())
	}
	for _, name := range special {
		if _, same := sameAs[name]; !same && !slices.Contains(given, name) {
			t.Errorf("Bubble Tea calls no key %q", name)
		}
	}
	for _, b := range []string{"table.tick-and-go", "facets.tick-and-go", "table.gpu", "table.copy-as"} {
		place, action, _ := strings.Cut(b, ".")
		if slices.Contains(Actions(place), action) == (b == "table.tick-and-go") {
			t.Errorf("%s: %v", b, Actions(place))
		}
	}
}

// Settings may use a name that an action had before.
func TestFormerNames(t *testing.T) {
	for former, now := range formerNames {
		place, action, _ := strings.Cut(former, ".")
		k := Default()
		if slices.Contains(Actions(place), action) || !slices.Contains(Actions(place), now) ||
			!HasAction(place, action) {
			t.Errorf("%s is now %s of %v", former, now, Actions(place))
		}
		if err := k.Rebind(place, action, []string{"f19"}); err != nil {
			t.Error(err)
		}
	}
	if HasAction("table", "nonsense") || HasAction("nonsense", "undo") {
		t.Error("it has every action")
	}
}
