package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/view"
)

var focusNames = map[focus]string{onTable: "table", onLine: "line", onFacets: "facets", onFind: "find",
	onDetails: "details", onChips: "chips"}

// focusName returns the name of the focus, or of the view that gets the keys.
func focusName(m *Model) string { return focusNames[m.focus] + m.viewName() }

// typing reports whether a text field gets the keys.
func typing(m *Model) bool {
	e, is := m.view().(view.Editor)
	return m.focus == onLine || m.focus == onFind || is && e.Editing()
}

// searched returns the text typed into the search of the help.
func searched(m *Model) string {
	if m.viewName() != "helpfind" {
		return ""
	}
	_, typed, _ := strings.Cut(plainText(m.footer()[0]), " find ")
	typed, _, _ = strings.Cut(typed, view.CaretAtEnd)
	return typed
}

// inFocus lists the keys that lead to each focus, from a table of rivals with the last row
// chosen and the filter h100.
var inFocus = []struct {
	place string
	keys  []string
}{
	{"table", nil}, {"line", []string{"/"}}, {"sort", []string{"s"}}, {"help", []string{"?"}},
	{"helpfind", []string{"?", "/"}},
	{"facets", []string{"1"}}, {"find", []string{"1", "/"}}, {"details", []string{"p", "tab", "tab"}},
	{"chips", []string{"backspace"}}, {"columns", []string{"C"}}, {"near", []string{"r", "enter"}},
	{"copyas", []string{"Y"}}, {"command", []string{":"}}, {"matrix", []string{"x"}}, {"picture", []string{"P"}},
	{"like", []string{"@"}}, {"elsewhere", []string{"k", "e"}}, {"planner", []string{"F"}},
	{"compare", []string{"k", "k", "space", "space", "c"}}, {"edit", []string{"k", "k", "space", "space", "c", "b"}},
}

// facts returns everything that a key can change, by name.
func (r *rig) facts() map[string]string {
	m := r.m
	return map[string]string{
		"focus": focusName(m), "line": strings.TrimSpace(m.line.Value()), "find": m.facets.finder.Value(),
		"search": searched(m),
		"marks":  fmt.Sprint(len(m.marks.ids)),
		"range":  m.marks.anchor, "only": fmt.Sprint(m.marks.only), "details": fmt.Sprint(m.details.open),
		"by": m.facets.by.String(), "hidden": fmt.Sprint(m.facets.hidden), "facet": fmt.Sprint(m.facets.at),
		"mouse": fmt.Sprint(m.mouse), "measure": fmt.Sprint(int(m.measure)),
		"order": m.order.String(), "refresh": fmt.Sprint(m.refresh.every),
		"columns": strings.Join(columnNames(m.columns), " "), "quit": fmt.Sprint(r.quit),
	}
}

// Each key in each focus changes these facts; "" means none. A text field types every
// printable key.
func TestEveryKeyInEveryFocus(t *testing.T) {
	for key, want := range map[string]map[string]string{
		"tab": {"table": "focus=facets", "helpfind": "focus=help", "facets": "focus=table",
			"find": "focus=facets", "details": "focus=table", "chips": "focus=table", "edit": "focus=compare"},
		"0": {"table": "hidden=true", "facets": "focus=table hidden=true"},
		"1": {"table": "focus=facets"},
		"2": {"table": "facet=1 focus=facets", "facets": "facet=1"},
		"3": {"table": "facet=2 focus=facets", "facets": "facet=2"},
		"4": {"table": "facet=3 focus=facets", "facets": "facet=3"},
		"space": {"table": "marks=1", "facets": "line=", "details": "marks=1", "chips": "marks=1",
			"columns": "columns=count price was pergpu region mem vram cpu disk type vsbest", "compare": "marks=1"},
		"v": {"table": "range=dear-one", "facets": "range=dear-one", "details": "range=dear-one",
			"chips": "range=dear-one", "sort": "focus=table order=-vram", "like": "focus=table line=gpu:h100 vram:80"},
		"M": {"compare": "focus=table marks=0"},
		"t": {"sort": "focus=table order=type", "compare": "only=true", "like": `focus=table line=gpu:h100 type="vm"`},
		"p": {"table": "details=true", "facets": "details=true", "chips": "details=true",
			"sort": "focus=table order=-price", "details": "details=false focus=table",
			"like": "focus=table line=gpu:h100 price:2"},
		"@": {"table": "focus=like", "facets": "focus=like", "details": "focus=like", "chips": "focus=like"},
		"!": {"table": "focus=unlike", "facets": "focus=unlike", "details": "focus=unlike", "chips": "focus=unlike"},
		"e": {"table": "focus=elsewhere", "facets": "focus=elsewhere", "details": "focus=elsewhere",
			"chips": "focus=elsewhere"},
		"m": {"table": "mouse=true", "facets": "mouse=true", "details": "mouse=true", "chips": "mouse=true",
			"matrix": "mouse=true", "picture": "mouse=true", "compare": "mouse=true", "sort": "focus=table order=-mem",
			"like": "focus=table line=gpu:h100 mem:256"},
		"F": {"table": "focus=planner", "facets": "focus=planner", "details": "focus=planner", "chips": "focus=planner",
			"matrix": "focus=planner", "picture": "focus=planner", "compare": "focus=planner"},
		"B": {"table": "line=gpu:h100 is:unbeaten", "facets": "line=gpu:h100 is:unbeaten",
			"details": "focus=table line=gpu:h100 is:unbeaten", "chips": "line=gpu:h100 is:unbeaten",
			"matrix": "line=gpu:h100 is:unbeaten", "picture": "line=gpu:h100 is:unbeaten",
			"compare": "line=gpu:h100 is:unbeaten"},
		"b": {"table": "measure=1", "facets": "measure=1", "details": "measure=1", "chips": "measure=1",
			"matrix": "measure=1", "picture": "measure=1", "compare": "focus=edit"},
		"o": {"facets": `line=gpu="H100"`},
		"O": {"facets": "by=number of offers"},
		"c": {"table": "focus=compare", "details": "focus=compare", "chips": "focus=compare", "facets": "line=",
			"sort": "focus=table order=-cpu", "compare": "focus=table", "like": "focus=table line=gpu:h100 cpu:32"},
		"a": {},
		"?": {"table": "focus=help", "help": "focus=table", "facets": "focus=help", "details": "focus=help",
			"chips": "focus=help", "matrix": "focus=help", "picture": "focus=help", "compare": "focus=help"},
		"f1": {"table": "focus=help", "line": "focus=help", "find": "focus=help", "facets": "focus=help",
			"details": "focus=help", "chips": "focus=help", "matrix": "focus=help", "picture": "focus=help",
			"compare": "focus=help", "edit": "focus=help", "sort": "focus=help", "columns": "focus=help",
			"near": "focus=help", "elsewhere": "focus=help", "copyas": "focus=help", "command": "focus=help",
			"like": "focus=help", "planner": "focus=help"},
		"q": {"table": "quit=true", "sort": "focus=table", "help": "focus=table", "facets": "focus=table",
			"details": "focus=table", "chips": "focus=table", "columns": "focus=table", "near": "focus=table",
			"elsewhere": "focus=table", "like": "focus=table", "copyas": "focus=table", "command": "focus=table",
			"matrix": "focus=table", "compare": "focus=table", "picture": "focus=table"},
		"esc": {"table": "line=", "line": "focus=table", "sort": "focus=table", "help": "focus=table",
			"helpfind": "focus=help", "facets": "focus=table", "find": "focus=facets", "details": "focus=table",
			"chips": "focus=table", "columns": "focus=table", "near": "focus=table", "copyas": "focus=table",
			"elsewhere": "focus=table", "like": "focus=table", "command": "focus=table", "matrix": "focus=table",
			"planner": "focus=table", "compare": "focus=table", "edit": "focus=compare", "picture": "focus=table"},
		"backspace": {"table": "focus=chips", "facets": "focus=chips", "details": "focus=chips",
			"chips": "focus=table line="},
		"X": {"table": "line=", "facets": "line=", "details": "focus=table line=", "chips": "focus=table line=",
			"matrix":  "line=",
			"picture": "line=", "compare": "line="},
		"u": {"table": "line=", "facets": "line=", "details": "focus=table line=", "chips": "focus=table line=",
			"matrix":  "line=",
			"picture": "line=", "compare": "marks=1", "sort": "focus=table order=gpu",
			"like": "focus=table line=gpu=\"H100\""},
		"s": {"table": "focus=sort", "facets": "focus=sort", "details": "focus=sort", "chips": "focus=sort",
			"matrix": "focus=sort", "picture": "focus=sort", "compare": "focus=sort", "sort": "focus=table"},
		"/": {"table": "focus=line", "facets": "focus=find", "details": "focus=line", "chips": "focus=line",
			"matrix": "focus=line", "picture": "focus=line", "compare": "focus=line", "help": "focus=helpfind"},
		"C": {"table": "focus=columns", "columns": "focus=table", "facets": "focus=columns", "details": "focus=columns",
			"chips": "focus=columns", "matrix": "focus=columns", "picture": "focus=columns",
			"compare": "focus=columns"},
		"R": {"table": "refresh=30s", "facets": "refresh=30s", "details": "refresh=30s", "chips": "refresh=30s",
			"matrix": "refresh=30s", "picture": "refresh=30s", "compare": "refresh=30s"},
		">": {"columns": "columns=count gpu price was pergpu region mem vram cpu disk type vsbest"},
		"w": {},
		"x": {"table": "focus=matrix", "facets": "focus=matrix", "details": "focus=matrix",
			"chips":  "focus=table line=",
			"matrix": "focus=table", "picture": "focus=matrix", "compare": "focus=matrix"},
		"P": {"table": "focus=picture", "facets": "focus=picture", "details": "focus=picture", "chips": "focus=picture",
			"picture": "focus=table", "matrix": "focus=picture", "compare": "focus=picture"},
		"Y": {"table": "focus=copyas", "copyas": "focus=table", "facets": "focus=copyas", "details": "focus=copyas",
			"chips": "focus=copyas"},
		":": {"table": "focus=command", "command": "focus=table", "facets": "focus=command", "details": "focus=command",
			"chips": "focus=command", "matrix": "focus=command", "picture": "focus=command",
			"compare": "focus=command"},
	} {
		for _, in := range inFocus {
			t.Run(key+" in the "+in.place, func(t *testing.T) {
				r := newRig(t, 120, 40, whole(rivals), whole(rivals[:len(rivals)-1])).
					keys("/", "type:h100", "enter", "G").keys(in.keys...)
				if focusName(r.m) != in.place {
					t.Fatalf("%v lead to the %s", in.keys, focusName(r.m))
				}
				before := r.facts()
				r.keys(key)
				var changed []string
				after := r.facts()
				for _, name := range []string{"by", "columns", "details", "facet", "find", "focus", "hidden", "line",
					"marks", "measure", "mouse", "only", "order", "quit", "range", "refresh", "search"} {
					if before[name] != after[name] {
						changed = append(changed, name+"="+after[name])
					}
				}
				expected := want[in.place]
				if typed := strings.ReplaceAll(key, "space", " "); len(typed) == 1 {
					switch in.place {
					case "line":
						if expected = "line=gpu:h100 " + typed; typed == " " {
							expected = ""
						}
					case "find":
						expected = "find=" + typed
					case "helpfind":
						expected = "search=" + typed
					}
				}
				if have := strings.Join(changed, " "); have != expected {
					t.Errorf("%q, want %q", have, expected)
				}
				if !r.quit {
					checkFrame(t, r.m.View(), 120, 40)
				}
			})
		}
	}
}

// Keys from the user's settings do what the default keys did, and every sentence that names
// a key names the new one.
func TestCustomKeys(t *testing.T) {
	keys := keymap.Default()
	for action, k := range map[string]string{"pick": "f2", "copy": "o", "restore": "f3", "only-like": "f14",
		"reload": "f4", "mark": "f15",
		"unmark": "f6", "mark-range": "f7", "facets": "f8", "clear": "f9", "details": "f10", "only-marked": "f11",
		"filter": ",", "help": "f12", "demo": "f13", "quit": "Q", "sort": "z"} {
		if err := keys.Rebind("table", action, []string{k}); err != nil {
			t.Fatal(err)
		}
	}
	for place, action := range map[string]string{"line": "leave", "sort-menu": "close", "find": "leave"} {
		if err := keys.Rebind(place, action, []string{"f20"}); err != nil {
			t.Fatal(err)
		}
	}
	if c, found := keys.Clash(); found {
		t.Fatal(c)
	}
	rebound := func(o *Options) { o.Keys, o.Demo = keys, o.Open }
	own := func(w, h int, steps ...step) *rig {
		r := prepared(t, rebound, steps...)
		r.start(w, h)
		return r
	}
	r := own(120, 30, whole(five)).sees("f2 copy & quit", "o copy", ", filter", "f8 facets", "z sort", "f10 details",
		"f9 clear", "f12 help")
	r.keys("o").sees("copied")
	r.keys("y", "q").sees("5 of 5") // the default keys do nothing any more
	r.keys("f11").sees("No marked offers (f15 marks one)")
	r.keys("f7").sees("Range started: move, then f7 again").keys("f7", "f6")
	r.keys("f6").sees("f15 marks one")
	r.keys("f10").sees("cheaper")
	r.keys("z").sees("f20 close").keys("f20")
	r.keys(",", `type:"h9999"`, "enter").sees("f9", " clears the filter", "f3", "f2", " applies it").
		keys("f9", ",", "a", "1", "0", "0", "enter", "x", "enter").sees("f3 undoes")
	r.keys("f12").sees("f11", "show only the marked").keys("/", "type:marked ids, and").
		sees("o                  copy the id, or the marked ids").keys("f20", "esc", "Q")
	if !r.m.quitting {
		t.Error("Q does not quit")
	}
	r = own(140, 40, whole(rivals)).keys("f10", ",", "type:h100", "enter", "G").
		sees("Cheaper, same or better specs (f8 f8 to choose):").keys("f8", "f8")
	if focusName(r.m) != "details" {
		t.Errorf("f8 f8 leads to %s", focusName(r.m))
	}
	dear := slices.Clone(five)
	dear[1].HourlyRate.Value *= 2
	r = own(100, 30, whole(five), whole(dear), whole(dear))
	r.m.opt.Check = true
	r.keys("f15", "f15", "k", "c", "right", "enter").sees("Price went up: $1.50 → $3.00/h", "enter pick it anyway")
	own(100, 24, failing(errDown)).sees("f4 retries", "f4 retry")
	own(100, 24, failing(api.ErrNoKey)).sees("press f4", "f13 browses")
	r = prepared(t, func(o *Options) { rebound(o); o.Welcome = true }, whole(five))
	r.start(100, 24)
	r.sees("Press , and type what you need", "f2 copies the selected id", "o copies it and stays",
		"f8 facets · f10 details · f12 shows all keys")
}

// A region whose name was damaged can be ticked and chosen with @ as any other.
func TestADamagedNameCanBeChosen(t *testing.T) {
	page, err := api.Decode([]byte(`{"data":[{"id":"a","gpu_type":"H100","gpu_count":1,"region":"Z` + "\xfc" +
		`rich"},{"id":"b","gpu_type":"H100","gpu_count":1,"region":"x"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	newRig(t, 120, 24, step{page: page}).keys("j", "@", "r").sees("1 of 2").sees(`region="x"`)
	newRig(t, 120, 24, step{page: page}).keys("@", "r").sees("1 of 2").sees(`region="Z▯rich"`)
	newRig(t, 120, 24, step{page: page}).keys("2", "j", "space").sees("1 of 2").sees(`region="Z▯rich"`)
}
