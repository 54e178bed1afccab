package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/keymap"
)

var focusNames = map[focus]string{onTable: "table", onLine: "line", onSortMenu: "sort", onHelp: "help", onFacets: "facets", onFind: "find", onDetails: "details", onChips: "chips", onHelpFind: "helpfind", onColumns: "columns", onNear: "near", onCopyAs: "copyas", onCommand: "command", onMatrix: "matrix", onCompare: "compare", onCompareEdit: "edit", onPicture: "picture"}

// inFocus leads to each focus, from a table of rivals with the last row chosen
// and the filter h100.
var inFocus = []struct {
	focus focus
	keys  []string
}{
	{onTable, nil}, {onLine, []string{"/"}}, {onSortMenu, []string{"s"}}, {onHelp, []string{"?"}}, {onHelpFind, []string{"?", "/"}},
	{onFacets, []string{"1"}}, {onFind, []string{"1", "/"}}, {onDetails, []string{"p", "tab", "tab"}}, {onChips, []string{"backspace"}}, {onColumns, []string{"C"}}, {onNear, []string{"r", "enter"}}, {onCopyAs, []string{"Y"}}, {onCommand, []string{":"}}, {onMatrix, []string{"x"}}, {onPicture, []string{"P"}},
	{onCompare, []string{"k", "space", "k", "space", "k", "c"}}, {onCompareEdit, []string{"k", "space", "k", "space", "k", "c", "b"}},
}

// facts are what a key can change, one by one.
func (r *rig) facts() map[string]string {
	m := r.m
	return map[string]string{
		"focus": focusNames[m.focus], "line": m.line.Value(), "find": m.facets.finder.Value(), "search": m.helpFinder.Value(), "marks": fmt.Sprint(len(m.marks.ids)),
		"range": m.marks.anchor, "only": fmt.Sprint(m.marks.only), "details": fmt.Sprint(m.details.open), "hidden": fmt.Sprint(m.facets.hidden), "facet": fmt.Sprint(m.facets.at),
		"mouse": fmt.Sprint(m.mouse), "order": m.order.String(), "refresh": fmt.Sprint(m.refresh.every), "columns": strings.Join(columnNames(m.columns), " "), "quit": fmt.Sprint(r.quit),
	}
}

// What each key does in each focus: the facts that it changes, "" for nothing.
// A field that text is typed into owns every printable key.
func TestEveryKeyInEveryFocus(t *testing.T) {
	for key, want := range map[string]map[focus]string{
		"tab":       {onTable: "focus=facets", onHelpFind: "focus=help", onFacets: "focus=table", onFind: "focus=facets", onDetails: "focus=table", onChips: "focus=table", onCompareEdit: "focus=compare"},
		"0":         {onTable: "hidden=true", onFacets: "focus=table hidden=true"},
		"1":         {onTable: "focus=facets"},
		"2":         {onTable: "facet=1 focus=facets", onFacets: "facet=1"},
		"3":         {onTable: "facet=2 focus=facets", onFacets: "facet=2"},
		"space":     {onTable: "marks=1", onFacets: "line=", onColumns: "columns=count price was pergpu region mem vram cpu disk type vsbest", onCompare: "focus=table marks=1"},
		"v":         {onTable: "range=dear-one", onSortMenu: "focus=table order=-vram"},
		"M":         {},
		"t":         {onSortMenu: "focus=table order=type"},
		"p":         {onTable: "details=true", onSortMenu: "focus=table order=-price", onDetails: "details=false focus=table"},
		"@":         {onTable: "line=gpu:h100 price:2"},
		"!":         {onTable: "line=gpu:h100 -price:2"},
		"m":         {onTable: "mouse=true", onSortMenu: "focus=table order=-mem"},
		"o":         {onFacets: `line=gpu="H100"`},
		"c":         {onFacets: "line=", onSortMenu: "focus=table order=-cpu", onCompare: "focus=table"},
		"a":         {},
		"?":         {onTable: "focus=help", onHelp: "focus=table", onFacets: "focus=help", onMatrix: "focus=help", onPicture: "focus=help", onCompare: "focus=help"},
		"q":         {onTable: "quit=true", onSortMenu: "focus=table", onHelp: "focus=table", onFacets: "focus=table", onDetails: "focus=table", onChips: "focus=table", onColumns: "focus=table", onNear: "focus=table", onCopyAs: "focus=table", onCommand: "focus=table", onMatrix: "focus=table", onCompare: "focus=table", onPicture: "focus=table"},
		"esc":       {onTable: "line=", onLine: "focus=table", onSortMenu: "focus=table", onHelp: "focus=table", onHelpFind: "focus=help", onFacets: "focus=table", onFind: "focus=facets", onDetails: "focus=table", onChips: "focus=table", onColumns: "focus=table", onNear: "focus=table", onCopyAs: "focus=table", onCommand: "focus=table", onMatrix: "focus=table", onCompare: "focus=table", onCompareEdit: "focus=compare", onPicture: "focus=table"},
		"backspace": {onTable: "focus=chips", onLine: "line=gpu:h10", onChips: "focus=table line="},
		"C":         {onTable: "focus=columns", onColumns: "focus=table"},
		"R":         {onTable: "refresh=30s", onMatrix: "refresh=30s", onPicture: "refresh=30s", onCompare: "refresh=30s"},
		">":         {onColumns: "columns=count gpu price was pergpu region mem vram cpu disk type vsbest"},
		"w":         {},
		"x":         {onTable: "focus=matrix", onChips: "focus=table line=", onMatrix: "focus=table", onPicture: "focus=matrix", onCompare: "focus=matrix"},
		"P":         {onTable: "focus=picture", onPicture: "focus=table", onMatrix: "focus=picture", onCompare: "focus=picture"},
		"Y":         {onTable: "focus=copyas", onCopyAs: "focus=table"},
		":":         {onTable: "focus=command", onCommand: "focus=table", onMatrix: "focus=command", onPicture: "focus=command", onCompare: "focus=command"},
	} {
		for _, in := range inFocus {
			t.Run(key+" in the "+focusNames[in.focus], func(t *testing.T) {
				r := newRig(t, 120, 40, whole(rivals), whole(rivals[:len(rivals)-1])).keys("/", "type:h100", "enter", "G").keys(in.keys...)
				if r.m.focus != in.focus {
					t.Fatalf("%v lead to the %s", in.keys, focusNames[r.m.focus])
				}
				before := r.facts()
				r.keys(key)
				var changed []string
				after := r.facts()
				for _, name := range []string{"columns", "details", "facet", "find", "focus", "hidden", "line", "marks", "mouse", "only", "order", "quit", "range", "refresh", "search"} {
					if before[name] != after[name] {
						changed = append(changed, name+"="+after[name])
					}
				}
				expected := want[in.focus]
				if typed := strings.ReplaceAll(key, "space", " "); len(typed) == 1 {
					switch in.focus {
					case onLine:
						expected = "line=gpu:h100" + typed
					case onFind:
						expected = "find=" + typed
					case onHelpFind:
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

// Keys that the user has given to actions do what those of the defaults did, and every
// sentence that names a key names them.
func TestKeysOfTheUsersOwn(t *testing.T) {
	keys := keymap.Default()
	for action, k := range map[string]string{"pick": "f2", "copy": "o", "restore": "f3", "reload": "f4", "mark": "f5", "unmark": "f6", "mark-range": "f7", "facets": "f8", "clear": "f9", "details": "f10", "only-marked": "f11", "filter": ",", "help": "f12", "demo": "f13", "quit": "Q", "sort": "z"} {
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
	r := own(120, 30, whole(five)).sees("f2 copy & quit", "o copy", ", filter", "f8 facets", "z sort", "f10 details", "f9 clear", "f12 help")
	r.keys("o").sees("copied")
	r.keys("y", "q").sees("5 of 5") // these do nothing any more
	r.keys("f11").sees("no row is marked; f5 marks")
	r.keys("f7").sees("from here; f7 again marks up to there").keys("f7", "f6")
	r.keys("c").sees("f5 marks")
	r.keys("f10").sees("cheaper")
	r.keys("z").sees("f20 close").keys("f20")
	r.keys(",", `type:"h9999"`, "enter").sees("f9", " clears the filter", "f3", "f2", " takes it").keys("f9", ",", "a", "1", "0", "0", "enter", "x", "enter").sees("f3 brings back the filter gpu:a100")
	r.keys("f12").sees("f11", "only the marked rows, or all").keys("/", "type:id and stay").sees("o                  copy the id and stay").keys("f20", "esc", "Q")
	if !r.m.quitting {
		t.Error("Q does not quit")
	}
	r = own(140, 40, whole(rivals)).keys("f10", ",", "type:h100", "enter", "G").sees("as good or better, cheaper (f8 f8):").keys("f8", "f8")
	if r.m.focus != onDetails {
		t.Errorf("f8 f8 leads to %s", focusNames[r.m.focus])
	}
	dear := slices.Clone(five)
	dear[1].HourlyRate.Value *= 2
	r = own(100, 30, whole(five), whole(dear), whole(dear))
	r.m.opt.Check = true
	r.keys("f5", "j", "f5", "c", "right", "enter").sees("Price went up: $1.50 → $3.00/h", "enter pick it anyway")
	own(100, 24, failing(errDown)).sees("f4 tries again", "f4 try again")
	own(100, 24, failing(api.ErrNoKey)).sees("press f4", "f13 browses")
	r = prepared(t, func(o *Options) { rebound(o); o.Welcome = true }, whole(five))
	r.start(100, 24)
	r.sees(", and what you need finds it", "f2 copies the id", "o copies and stays", "f8 leads to the facets, f10 shows details, f12 shows all keys")
}
