package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"
)

var choices = Choices{
	Themes:     []string{"auto", "dark", "light", "plain"},
	Clipboards: []string{"auto", "native", "osc52", "off"},
	Columns:    []string{"gpu", "count", "price", "pergpu", "region", "mem", "disk"},
}

const canary = "rc_live_canary_0123456789"

func TestParse(t *testing.T) {
	s, err := Parse([]byte(`# mine
theme: dark
columns: [gpu, price, disk, id]
sort: -mem,pergpu
refresh: 30s
clipboard: osc52
mouse: true
history: false
`), "config.yaml", choices)
	if err != nil || fmt.Sprintf("%+v", s) != "{Theme:dark Columns:[gpu price disk] Sort:-mem,pergpu Refresh:30s "+
		"Clipboard:osc52 Mouse:true NoHistory:true Keys:<nil>}" {
		t.Errorf("%+v, %v", s, err)
	}
	for _, empty := range []string{"", "\n", "# nothing\n", "---\n", "null\n", "{}\n", "refresh: off\n", "\ufeff"} {
		if s, err := Parse([]byte(empty), "config.yaml", choices); err != nil || !equal(s, Settings{}) {
			t.Errorf("%q: %+v, %v", empty, s, err)
		}
	}
}

func TestKeys(t *testing.T) {
	s, err := Parse([]byte("keys:\n  table:\n    copy: o\n    quit: [Q, ctrl+q]\n    hide-facets: 9\n    unlike: "+
		"\"~\"\n  matrix: {go: [enter, space]}\n"), "config.yaml", choices)
	if err != nil || s.Keys == nil {
		t.Fatal(err)
	}
	for want, have := range map[string]key.Binding{
		"[o] o": s.Keys.Table.Copy, "[Q ctrl+q] Q ctrl+q": s.Keys.Table.Quit, "[9] 9": s.Keys.Table.HideFacets,
		"[~] ~":                 s.Keys.Table.Unlike,
		"[enter  ] enter space": s.Keys.Matrix.Go, "[p] p": s.Keys.Table.Details,
	} {
		if got := fmt.Sprint(have.Keys(), " ", have.Help().Key); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFaultAnUnusableSettingsFile(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"an unknown setting", "theme: dark\nthem: dark\n", "line 2: no such setting; did you mean theme?"},
		{"a setting that is like no other", "api_key: " + canary + "\n",
			"line 1: no such setting; the settings are theme, columns, sort, refresh, clipboard, mouse, history, keys"},
		{"an API key as a setting", canary + ": 1\n",
			"line 1: no such setting; the settings are theme, columns, sort, refresh, clipboard, mouse, history, keys"},
		{"an unknown theme", "theme: " + canary + "\n",
			"line 1, theme: use one of auto, dark, light, plain"},
		{"a misspelled theme", "\ntheme: drak\n", "line 2, theme: did you mean dark?"},
		{"a list for a word", "theme: [dark]\n", "line 1, theme: use one of auto, dark, light, plain"},
		{"a theme without a value", "theme:\n", "line 1, theme: use one of auto, dark, light, plain"},
		{"a setting twice", "mouse: true\nmouse: false\n", "line 2, mouse: it is set twice"},
		{"a word for true or false", "mouse: " + canary + "\n", "line 1, mouse: use true or false"},
		{"a misspelled order", "sort: pirce\n", "line 1, sort: did you mean price?"},
		{"an unknown order", "sort: " + canary + "\n", "line 1, sort: write an order such as price or -mem,pergpu"},
		{"an order without a value", "sort:\n", "line 1, sort: write an order such as price or -mem,pergpu"},
		{"a time without a unit", "refresh: 30\n", "line 1, refresh: write a time such as 30s or 5m, or off"},
		{"a refresh below the least", "refresh: 1s\n", "line 1, refresh: the minimum is 10s"},
		{"a word for a list", "columns: gpu\n", "line 1, columns: write a list: [gpu, count, price, …]"},
		{"a misspelled column", "columns:\n  - gpu\n  - pirce\n", "line 3, columns: did you mean price?"},
		{"an unknown column", "columns: [" + canary + "]\n",
			"line 1, columns: no such column; the columns are gpu, count, price, pergpu, region, mem, disk"},
		{"a column twice", "columns: [gpu, gpu]\n", "line 1, columns: gpu is set twice"},
		{"a word for keys", "keys: vim\n",
			"line 1, keys: write places with their actions and keys: {table: {copy: o}}"},
		{"a misspelled place", "keys:\n  tabel: {copy: o}\n", "line 2, keys: no such place; did you mean table?"},
		{"an unknown place", "keys:\n  " + canary + ": {copy: o}\n",
			"line 2, keys: no such place; there are anywhere, " +
				"table, line, completion, facets, find, details, chips, sort-menu, like, planner, columns, near, " +
				"copy-as, command, matrix, compare, compare-edit, picture, help"},
		{"a place twice", "keys:\n  chips: {drop: o}\n  chips: {drop: o}\n", "line 3, keys: chips is set twice"},
		{"a key in place of actions", "keys:\n  chips: o\n",
			"line 2, keys: of chips write actions with their keys: {table: f2}"},
		{"a misspelled action", "keys:\n  table:\n    coppy: o\n",
			"line 3, keys: no such action of table; did you mean copy?"},
		{"an unknown action", "keys:\n  chips:\n    " + canary + ": o\n",
			"line 3, keys: no such action of chips; there are left, right, drop, table"},
		{"an action twice", "keys:\n  chips:\n    drop: o\n    drop: p\n", "line 4, keys: chips.drop is set twice"},
		{"an unknown key", "keys:\n  chips:\n    drop: " + canary + "\n",
			"line 3, keys: chips.drop: no such key; a key is " +
				"a character, or space, enter, tab, esc, backspace, up, pgdn, home, f1, ctrl+a …"},
		{"an empty list of keys", "keys: {chips: {drop: []}}\n", "line 1, keys: chips.drop: it names no key"},
		{"a mapping in place of a key", "keys: {chips: {drop: {}}}\n",
			"line 1, keys: chips.drop is a key or a list of keys"},
		{"a key that terminals send as another one", "keys: {chips: {drop: ctrl+m}}\n",
			"line 1, keys: chips.drop: terminals send the same for ctrl+m as for enter"},
		{"a key for two things", "theme: dark\nkeys:\n  table:\n    copy: q\n",
			"line 4, keys: table: q is both copy and quit"},
		{"ctrl+c for something else", "keys:\n  table:\n    copy: ctrl+c\n",
			"line 3, keys: table: ctrl+c is both anywhere.interrupt and copy"},
		{"the id first", "columns: [id, gpu]\n", "line 1, columns: the id is always the last column"},
		{"the id alone", "columns: [id]\n", "line 1, columns: it names no column besides the id"},
		{"no columns", "columns: []\n", "line 1, columns: it names no column besides the id"},
		{"a list of settings", "- " + canary + "\n", "line 1: not a list of names and values"},
		{"plain text", canary, "line 1: not a list of names and values"},
		{"no YAML", "theme: dark\nmouse: " + canary + ": [\n", "line 2: not valid YAML"},
		{"a second document", "theme: dark\n---\ntheme: " + canary + "\n", "line 2: a second document begins here"},
		{"an alias bomb", "theme: &a [x, x]\nsort: &b [*a, *a, *a, *a]\ncolumns: [*b, *b, *b]\n",
			"line 1, theme: use one of auto, dark, light, plain"},
		{"an alias", "sort: &a price\ntheme: *a\n", "line 2, theme: use one of auto, dark, light, plain"},
		{"an alias for a column", "columns: [&a gpu, *a]\n",
			"line 1, columns: no such column; the columns are gpu, count, price, pergpu, region, mem, disk"},
		{"no UTF-8", "theme: \xff\xfe\n", "not valid YAML"},
		{"a tab", "columns:\n\t- gpu\n", "line 2: not valid YAML"},
		{"huge", strings.Repeat("#", 1<<20+1), "is too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.body), "~/config.yaml", choices)
			var wrong *Error
			if !errors.As(err, &wrong) {
				t.Fatalf("%v", err)
			}
			have := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "~/config.yaml, "), "~/config.yaml: ")
			if have != c.want || strings.Contains(have, "canary") {
				t.Errorf("%s\nwant %s", have, c.want)
			}
		})
	}
}

func TestFaultASettingsPathThatIsNotAFile(t *testing.T) {
	dir := t.TempDir()
	if s, err := Load(filepath.Join(dir, "none.yaml"), "x", choices); err != nil || !equal(s, Settings{}) {
		t.Errorf("no file: %+v, %v", s, err)
	}
	if _, err := Load(dir, "x", choices); err == nil || err.Error() != "x: is a directory" {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Load("/dev/null", "x", choices); err == nil || err.Error() != "x: is not a file" {
		t.Errorf("a device: %v", err)
	}
	if s, err := Load(filepath.Join("/dev/null", "x"), "x", choices); err != nil || !equal(s, Settings{}) {
		t.Errorf("under a device, where there can be none: %v", err)
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink(loop, loop); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(loop, "x", choices); err == nil ||
		!strings.HasPrefix(err.Error(), "x: cannot be read: too many") {
		t.Errorf("a link to itself: %v", err)
	}
}

func TestSavingColumnsKeepsTheOtherLines(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"no file", "", "columns: [disk, gpu]\n"},
		{"at the end", "# mine\n\ntheme:    dark   # at night\n",
			"# mine\n\ntheme:    dark   # at night\ncolumns: [disk, gpu]\n"},
		{"without a last line break", "theme: dark", "theme: dark\ncolumns: [disk, gpu]\n"},
		{"in one line", "theme: dark\n# which\ncolumns: [gpu, count] # for now\n\n# the order\nsort:   price\n",
			"theme: dark\n# which\ncolumns: [disk, gpu] # for now\n\n# the order\nsort:   price\n"},
		{"in several lines", "columns:\n    - gpu\n    - count\n\n\nsort: price\n",
			"columns:\n  - disk\n  - gpu\n\n\nsort: price\n"},
		{"several lines in brackets", "columns: [gpu,\n  count,\n  mem]\nmouse: true\n", ""},
		{"with comments", "columns:\n  # first\n  - gpu # the card\n  - disk\n# about the rest\nmouse: true\n",
			"columns:\n  - disk\n  # first\n  - gpu # the card\n# about the rest\nmouse: true\n"},
		{"a comment of a removed item", "columns:\n  - count # how many\n  - gpu\nmouse: true\n",
			"columns:\n  - disk\n  # how many\n  - gpu\nmouse: true\n"},
		{"a comment behind the name", "columns: # mine\n  - gpu\nmouse: true\n",
			"columns: # mine\n  - disk\n  - gpu\nmouse: true\n"},
		{"a comment at the end", "columns:\n  - gpu\n  # no more\n\nmouse: true\n",
			"columns:\n  - disk\n  - gpu\n  # no more\n\nmouse: true\n"},
		{"everything in one line", "{theme: dark, columns: [gpu]}\n", ""},
		{"with an id", "columns: [gpu, id]\n", "columns: [disk, gpu]\n"},
		{"with line breaks of old Macs", "theme: dark\rcolumns:\r- gpu\r- mem\r", ""},
		{"with other line breaks", "theme: dark\u0085columns: [gpu]\u2028mouse: true\n", ""},
		{"with line breaks of Windows", "theme: dark\r\ncolumns: [gpu]\r\nmouse: true\r\n",
			"theme: dark\r\ncolumns: [disk, gpu]\nmouse: true\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			have, err := withColumns([]byte(c.before), "config.yaml", []string{"disk", "gpu"}, choices)
			if c.after == "" {
				if err == nil {
					s, err := Parse(have, "x", choices)
					t.Logf("written: %q, %+v %v", have, s, err)
				} else if !strings.Contains(err.Error(),
					"cannot be changed safely; write columns: [disk, gpu] in it yourself") {
					t.Error(err)
				}
				return
			}
			if err != nil || string(have) != c.after {
				t.Errorf("%v\n%s\nwant\n%s", err, have, c.after)
			}
		})
	}
}

func TestSavingColumns(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "gpupick", "config.yaml")
	if err := SaveColumns(path, "x", []string{"gpu"}, choices); err != nil {
		t.Fatal(err)
	}
	if s, err := Load(path, "x", choices); err != nil || strings.Join(s.Columns, " ") != "gpu" {
		t.Errorf("%+v, %v", s, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	// Through a link, as in a folder of dotfiles; the permissions do not change.
	real, link := filepath.Join(dir, "dotfiles.yaml"), filepath.Join(dir, "link.yaml")
	if err := os.WriteFile(real, []byte("refresh: 1m\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	if err := SaveColumns(link, "x", []string{"mem", "gpu"}, choices); err != nil {
		t.Fatal(err)
	}
	if body, _ := os.ReadFile(real); string(body) != "refresh: 1m\ncolumns: [mem, gpu]\n" {
		t.Errorf("%q", body)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if info, err := os.Stat(real); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	dangling := filepath.Join(dir, "dangling.yaml")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), dangling); err != nil {
		t.Fatal(err)
	}
	if err := SaveColumns(dangling, "x", []string{"gpu"}, choices); err == nil ||
		err.Error() != "x: is a link to a file that does not exist" {
		t.Error(err)
	}
	// An invalid file is not changed.
	wrong := []byte("theme: pink\n")
	if err := os.WriteFile(real, wrong, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := SaveColumns(real, "x", []string{"gpu"}, choices); err == nil ||
		err.Error() != "x, line 1, theme: use one of auto, dark, light, plain" {
		t.Error(err)
	}
	if body, _ := os.ReadFile(real); string(body) != string(wrong) {
		t.Errorf("%q", body)
	}
	if err := os.Chmod(real, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := SaveColumns(real, "x", []string{"gpu"}, choices); err == nil || err.Error() != "x: is read-only" {
		t.Error(err)
	}
	if err := SaveColumns("/dev/null/x/config.yaml", "x", []string{"gpu"}, choices); err == nil ||
		!strings.Contains(err.Error(), "not a directory") {
		t.Error(err)
	}
}

func TestShortestRefresh(t *testing.T) {
	if s, err := Parse([]byte("refresh: 10s"), "x", choices); err != nil || s.Refresh != 10*time.Second {
		t.Error(s, err)
	}
}

// FuzzSettings checks that no file causes a panic, that an invalid file is not changed, and that saved
// columns are read back.
func FuzzSettings(f *testing.F) {
	for _, seed := range []string{"theme: dark\ncolumns: [gpu] # x\n",
		"columns:\n  # a\n  - gpu # b\n  - mem\n# c\nsort: -mem\n", "a: &a [*a]\n", "? [x]\n: y\n",
		"{columns: [gpu], mouse: true}", "theme: dark\rcolumns:\r- gpu\r- mem\r"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		before, err := Parse(body, "config.yaml", choices)
		text, saved := withColumns(body, "config.yaml", []string{"mem", "gpu"}, choices)
		if err != nil {
			if saved == nil {
				t.Fatalf("%q was changed though it is wrong: %v", body, err)
			}
			return
		}
		if saved != nil {
			return
		}
		after, err := Parse(text, "config.yaml", choices)
		before.Columns = []string{"mem", "gpu"}
		if err != nil || !equal(before, after) {
			t.Fatalf("%q became %q: %+v, %v", body, text, after, err)
		}
	})
}
