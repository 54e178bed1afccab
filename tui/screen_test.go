package tui

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gpupick/api"
	"gpupick/tui/cell"
	"gpupick/tui/feed"
)

func plainText(s string) string { return ansi.Strip(s) }

// goldenTB is a testing.TB whose name puts golden files into the top-level testdata/screens.
type goldenTB struct {
	testing.TB
	name string
}

func (a goldenTB) Name() string { return filepath.Join("..", "..", "testdata", "screens", a.name) }

// states are the screens to test, by name.
var states = []struct {
	name  string
	steps func(t *testing.T) []step
	keys  []string
	hold  bool
	err   error        // of opening the source
	begin func(r *rig) // before the start
	then  func(r *rig) // before the keys
	wide  bool         // tested at 160×45, too
}{
	{name: "table", steps: market},
	{name: "moved", steps: market, keys: []string{"pgdown", "j", "j"}},
	{name: "typing", steps: market, keys: []string{"/", "type:8xh100 europe pri"}},
	{name: "unknown", steps: market, keys: []string{"/", "type:vram>=80 us", "enter", "s", "g"}},
	{name: "error", steps: market, keys: []string{"/", "type:h100 memm>=64"}},
	{name: "looks", steps: market, keys: []string{"/", "type:please h100 1tb germny infiniband vram>"}},
	{name: "asked", steps: market, keys: []string{"/", "type:8xh100 germany 1tb", "enter"}},
	{name: "nothing-matches", steps: market, keys: []string{"/", "type:8xh100 germany mem>=4tb", "enter"}},
	{name: "sort-menu", steps: market, keys: []string{"s"}},
	{name: "facets", steps: market, keys: []string{"/", "type:8xh100 europe", "enter", "2", "j", "space", "j",
		"space"}},
	{name: "completion", steps: market, keys: []string{"/", "type:8xh100 region:", "tab", "down"}},
	{name: "chips", steps: market, keys: []string{"/", "type:8xh100 europe price<30", "enter", "backspace", "left"}},
	{name: "help-found", steps: market, keys: []string{"?", "/", "type:facet"}},
	{name: "details", steps: market, keys: []string{"/", "type:8xh100 europe", "enter", "p", "j", "j", "j", "tab",
		"tab"}},
	{name: "fits", steps: market, keys: []string{"/", "type:fits llama 70b fp8 32k eu", "enter", "p", "j"}},
	{name: "planner", steps: market, keys: []string{"/", "type:eu", "enter", "F", "type:405", "right", "right", "up",
		"up"}},
	{name: "marks", steps: market, keys: []string{"space", "j", "j", "v", "j", "j", "v"}},
	{name: "facet-found", steps: market, keys: []string{"2", "/", "type:europe"}},
	{name: "help", steps: market, keys: []string{"?"}},
	{name: "copied", steps: market, keys: []string{"y"}},
	{name: "loading", steps: market, hold: true},
	{name: "empty", steps: func(*testing.T) []step { return []step{whole(nil)} }},
	{name: "failed", steps: func(*testing.T) []step {
		return []step{failing(
			&api.StatusError{Status: 401, Message: "Invalid API key", Source: "the key in ~/.runcrate/config.yaml"})}
	}},
	{name: "no-key", steps: market, err: api.ErrNoKey},
	{name: "columns", steps: market, keys: []string{"C", "right", "right", "right", "right", "space", "left", "left",
		">", ">", ">"}},
	{name: "changes", steps: changing, keys: []string{"r", "j", "j"}, wide: true},
	{name: "copy-as", steps: market, keys: []string{"/", "type:8xh100 europe", "enter", "space", "j", "j", "space", "Y",
		"r"}, wide: true},
	{name: "copy-as-json", steps: market, keys: []string{"Y", "j"}, wide: true},
	{name: "command", steps: market, keys: []string{"/", "type:8xh100 europe mem>=1tb price<30", "enter", "s", "g", "S",
		"m", ":"}, wide: true},
	{name: "matrix", steps: market, keys: []string{"/", "type:h100,h200,b200", "enter", "x", "j", "l"}, wide: true},
	{name: "matrix-scrolled", steps: market, keys: []string{"x", "pgdown", "end"}, wide: true},
	{name: "compare", steps: market, keys: []string{"/", "type:8xh100 europe", "enter", "space", "j", "space", "j", "j",
		"space", "j", "space", "c", "l"}, wide: true},
	{name: "compare-edit", steps: market, keys: []string{"/", "type:h100,a100,l4", "enter", "space", "j", "space", "j",
		"j", "space", "G", "space", "c", "l", "n", "type:720", "enter", "b", "type:50"}, wide: true},
	{name: "picture", steps: market, keys: []string{"/", "type:h100,a100,l40s", "enter", "j", "j", "j", "P", "down"},
		wide: true},
	{name: "picture-all", steps: market, keys: []string{"P", "G"}, wide: true},
	{name: "per-bandwidth", steps: market, keys: []string{"/", "type:h100,a100,l40s", "enter", "P", "b", "b"}},
	{name: "vs-vram", steps: market, keys: []string{"b"}},
	{name: "near", steps: func(t *testing.T) []step {
		return []step{whole(demoRows(t)), whole(withoutID(demoRows(t), "eager-planck-h100x8-5edc"))}
	}, keys: []string{"/", "type:8xh100", "enter", "G", "r", "enter", "down"}},
	{name: "changes-gone", steps: changing, keys: []string{"r", "/", "type:is:gone", "enter", "j", "p"}, wide: true},
	{name: "refresh", steps: market, keys: []string{"R"}},
	{name: "kept", steps: market, hold: true, begin: keptBefore, then: func(r *rig) { r.runOne().runOne() }},
	{name: "kept-waiting", steps: market, hold: true, begin: keptBefore,
		then: func(r *rig) { r.runOne().runOne(); r.send(tooBusy(r)) }},
	{name: "kept-offline", steps: func(*testing.T) []step { return []step{failing(errDown)} }, begin: keptBefore},
	{name: "waiting", steps: market, hold: true, then: func(r *rig) { r.send(tooBusy(r)) }},
	{name: "asked-to-wait", steps: func(*testing.T) []step {
		return []step{failing(
			&api.LaterError{Until: noon.Add(2*time.Hour + 3*time.Minute), Asked: noon,
				Answer: &api.StatusError{Status: 429}})}
	}},
	{name: "partial", steps: func(t *testing.T) []step {
		return []step{part(demoRows(t)[:200], "c2"), failing(errDown)}
	}},
}

// keptBefore gives a rig the answer of a run 15 hours earlier.
func keptBefore(r *rig) {
	r.source.last = &api.List{Rows: api.RowsOf(demoRows(r.t)[:300]...), At: noon.Add(-15 * time.Hour)}
}

// tooBusy returns the message of a pause of 7 seconds before the second attempt.
func tooBusy(r *rig) waitBeganMsg {
	none := make(chan api.Wait)
	close(none)
	return waitBeganMsg{load: r.m.load.number, waits: none, page: r.m.load.walk.Pages(),
		wait: api.Wait{Attempt: 2, Until: r.now.Add(7 * time.Second),
			Why: &api.StatusError{Status: 503, Message: "too busy"}}}
}

// changing returns two loads of the demo rows: of nine rows each, the second one lacks one, adds
// one, raises the price of one and lowers that of another.
func changing(t *testing.T) []step {
	var before, after []api.InstanceType
	for i, r := range demoRows(t) {
		if i%9 != 8 {
			before = append(before, r)
		}
		if i%9 == 4 {
			continue
		}
		switch {
		case i%9 == 6 && r.HourlyRate.Known:
			r.HourlyRate.Value = api.TidyRate(r.HourlyRate.Value * 1.25)
		case i%9 == 7 && r.HourlyRate.Known:
			r.HourlyRate.Value = api.TidyRate(r.HourlyRate.Value * 0.8)
		}
		after = append(after, r)
	}
	return []step{whole(before), whole(after)}
}

func market(t *testing.T) []step { return []step{whole(demoRows(t))} }

// show returns a rig in one of the states.
func show(t *testing.T, i, w, h int, change func(*Options)) *rig {
	s := states[i]
	r := prepared(t, change, s.steps(t)...)
	r.openErr = s.err
	r.m.opt.Demo = func() (feed.Source, error) { return r.source, nil }
	r.hold = s.hold
	if s.begin != nil {
		s.begin(r)
	}
	r.start(w, h)
	if r.hold {
		r.now = r.now.Add(time.Second)
	}
	if s.then != nil {
		s.then(r)
	}
	return r.keys(s.keys...)
}

func TestScreens(t *testing.T) {
	for i, s := range states {
		sizes := [][2]int{{80, 24}, {120, 40}, {200, 60}, {40, 12}}
		if s.wide {
			sizes = append(sizes, [2]int{160, 45})
		}
		for _, size := range sizes {
			for _, theme := range []string{"plain", "dark", "light", "ascii"} {
				if testing.Short() && theme != "plain" {
					continue // -short runs under the race detector, for which one theme is enough
				}
				name := fmt.Sprintf("%s/%dx%d/%s", theme, size[0], size[1], s.name)
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					r := show(t, i, size[0], size[1], func(o *Options) {
						if o.ASCII = theme == "ascii"; !o.ASCII {
							o.Styles = themed(t, theme)
						}
					})
					golden.RequireEqual(goldenTB{t, name}, r.m.View()+"\n")
				})
			}
		}
	}
}

var colorSequence = regexp.MustCompile("\x1b\\[[0-9;]*m")

// checkFrame fails unless the screen has h lines of at most w columns, with nothing in them
// but text and colors.
func checkFrame(t *testing.T, view string, w, h int) {
	t.Helper()
	if w == 0 || h == 0 {
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Fatalf("%d×%d: %d lines:\n%s", w, h, len(lines), plainText(view))
	}
	for _, line := range lines {
		if n := cell.Width(line); n > w {
			t.Fatalf("%d×%d: a line is %d wide: %q", w, h, n, line)
		}
	}
	for _, c := range colorSequence.ReplaceAllString(view, "") {
		if c != '\n' && (c < ' ' || c >= 0x7f && c <= 0x9f) {
			t.Fatalf("%d×%d: %U is on the screen:\n%q", w, h, c, view)
		}
	}
}

// Every state at every size: no panic, no line too many or too wide, and the
// same frame as if the terminal had been that size from the beginning.
func TestFaultEverySize(t *testing.T) {
	sizes := [][2]int{{0, 0}, {1, 1}, {0, 9}, {9, 0}, {39, 24}, {40, 8}, {40, 7}, {41, 9}, {60, 10}, {79, 23}, {80, 24},
		{99, 30}, {100, 30}, {110, 24}, {120, 40}, {160, 45}, {200, 60}, {300, 100}, {50, 8}, {40, 60}}
	for i, s := range states {
		t.Run(s.name, func(t *testing.T) {
			r := show(t, i, 80, 24, func(*Options) {})
			for _, size := range sizes {
				r.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				checkFrame(t, r.m.View(), size[0], size[1])
			}
			r.send(tea.WindowSizeMsg{Width: 80, Height: 24})
			// a small size in between may scroll the list
			scrolled := len(s.keys) > 2 && s.name != "nothing-matches" && s.name != "asked"
			if !scrolled && s.name != "moved" && r.m.View() != show(t, i, 80, 24, func(*Options) {}).m.View() {
				t.Error("back at 80×24 the screen is another one")
			}
		})
	}
}

// At 80×24, every row shows what a choice needs: both prices, the RAM and the end of the id.
func TestWhatIsVisibleAt80Columns(t *testing.T) {
	r := newRig(t, 80, 24, whole(demoRows(t)))
	r.sees("GPU", "COUNT", "$/HR", "$/GPU·HR", "REGION", "RAM", "ID", "…")
	for i, line := range strings.Split(plainText(r.m.View()), "\n")[3:21] {
		row := r.m.result.Rows.At(i)
		for _, want := range []string{cell.ShortRate(row.HourlyRate()),
			cell.ShortPerGPU(row.PerGPU(), row.HourlyRate()),
			cell.Size(row.MemoryGB()), row.ID()[len(row.ID())-4:]} {
			if !strings.Contains(line, want) {
				t.Errorf("%s is not in %q", want, line)
			}
		}
	}
}

func TestColumnsAreDroppedInOrder(t *testing.T) {
	order := []string{"DISK", "TYPE", "vCPU", "VS BEST", "VRAM", "$/GPU·HR", "RAM", "REGION"}
	r := newRig(t, 220, 24, whole(demoRows(t)))
	for w := 220; w >= 40; w-- {
		r.send(tea.WindowSizeMsg{Width: w, Height: 24})
		there := map[string]bool{}
		for _, c := range r.m.grid().layout() {
			there[c.title] = true
		}
		gone := 0
		for i, title := range order {
			if !there[title] && gone == i {
				gone++
			}
		}
		for _, title := range order[gone:] {
			if !there[title] && !(title == "COUNT" && w < narrowTable) {
				t.Fatalf("at %d columns %s has left before its turn", w, title)
			}
		}
		for _, title := range []string{"GPU", "COUNT", "$/HR", "ID"} {
			if !there[title] && !(title == "COUNT" && w < narrowTable) { // it stands in front of the GPU
				t.Fatalf("at %d columns %s has left", w, title)
			}
		}
	}
}

func TestTheWholeIDIsAlwaysInTheStatusLine(t *testing.T) {
	r := newRig(t, 60, 24, whole(demoRows(t)))
	for _, w := range []int{60, 80, 120} {
		r.send(tea.WindowSizeMsg{Width: w, Height: 24})
		for range 5 {
			r.keys("j")
			lines := strings.Split(plainText(r.m.View()), "\n")
			if !strings.Contains(lines[22], r.id()) {
				t.Errorf("at %d columns: %q", w, lines[22])
			}
		}
	}
}

const hostile = "\x1b]0;owned\x07\x1b[2J\x1b[31mA\u009b31m\r\n\t\u202eB\u200b東京e\u0301\u0302\u0303\u0304\xff🧑‍🚀" +
	"long long long long long long long long long long long"

// Hostile bytes in any text never reach the terminal, in any state of the screen.
func TestFaultHostileTextOnTheScreen(t *testing.T) {
	body := fmt.Sprintf(`{"data":[{"id":%q,"gpu_type":%q,"gpu_count":1,"region":%q,"deployment_type":%q,`+
		`"hourly_rate":1},{"id":"ok","gpu_type":"H100","region":"x"}]}`, "a", "b", "c", "d")
	quoted := `"\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\t\u202eB\u200b東京e\u0301\u0302\u0303\u0304🧑‍🚀 long long ` +
		`long long long long long long long long long long"`
	for _, field := range []string{`"a"`, `"b"`, `"c"`, `"d"`} {
		body = strings.Replace(body, field+",", quoted+",", 1)
	}
	page, err := api.Decode([]byte(body))
	if err != nil || page.Rows.Len() != 2 {
		t.Fatal(err, page.Rows.Len())
	}
	message := api.CleanText(hostile)
	for _, steps := range [][]step{
		{{page: page}},
		{{page: api.Page{Rows: page.Rows, HasMore: true, Cursor: "c"}},
			failing(&api.StatusError{Status: 500, Message: message})},
		{failing(&api.StatusError{Status: 422, Message: message, RequestID: message})},
		{failing(fmt.Errorf("%s", hostile))},
	} {
		for _, keys := range [][]string{nil, {"y"}, {"enter"}, {"/", "type:B"}, {"/", "paste:" + hostile},
			{"/", "paste:" + hostile, "enter"}, {"s"}, {"?"}, {"s", "r"}, {"right", "right"}} {
			for _, size := range [][2]int{{80, 24}, {200, 50}, {40, 8}, {57, 13}} {
				r := prepared(t, func(o *Options) { o.Ask = api.Ask{Region: hostile} }, steps...)
				r.start(size[0], size[1])
				r.keys(keys...)
				checkFrame(t, r.m.View(), size[0], size[1])
			}
		}
	}
}

func TestWithoutUTF8EverythingIsASCII(t *testing.T) {
	for i := range states {
		r := show(t, i, 120, 40, func(o *Options) { o.ASCII = true })
		for _, c := range colorSequence.ReplaceAllString(r.m.View(), "") {
			if c > 0x7e {
				t.Errorf("%s: %q is on the screen", states[i].name, c)
				break
			}
		}
	}
}

// The plain theme shows the same text as the dark one, without color.
func TestPlainThemeShowsTheSameText(t *testing.T) {
	color := regexp.MustCompile("\x1b\\[[0-9;]*(3[0-9]|4[0-9]|9[0-7]|10[0-7])(;[0-9;]*)?m")
	for i := range states {
		plain := show(t, i, 120, 40, func(*Options) {}).m.View()
		dark := show(t, i, 120, 40, func(o *Options) { o.Styles = themed(t, "dark") }).m.View()
		if plainText(plain) != plainText(dark) {
			t.Errorf("%s: plain and dark say different things", states[i].name)
		}
		if color.MatchString(plain) {
			t.Errorf("%s: plain has a color: %q", states[i].name, color.FindString(plain))
		}
	}
}

// manyRows returns the rows of the file in GPUPICK_ROWS, or the demo's rows repeated up to a
// realistic 5,133.
func manyRows(b *testing.B) []api.InstanceType {
	if body, err := os.ReadFile(os.Getenv("GPUPICK_ROWS")); err == nil {
		page, err := api.DecodeFile(bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		return slices.Collect(page.Rows.All())
	}
	var rows []api.InstanceType
	for n := 0; len(rows) < 5133; n++ {
		for _, r := range demoRows(b) {
			r.ID = fmt.Sprintf("%s-%d", r.ID, n)
			rows = append(rows, r)
		}
	}
	return rows[:5133]
}

// BenchmarkView measures a frame of each view, to compare with one of the table.
func BenchmarkView(b *testing.B) {
	rows := manyRows(b)
	for _, view := range []struct {
		name string
		keys []string
	}{
		{"table", nil}, {"details", []string{"p"}}, {"matrix", []string{"x"}},
		{"compare", []string{"v", "j", "j", "j", "j", "v", "c"}}, {"prices", []string{"P"}},
		{"copy-as", []string{"v", "j", "j", "j", "j", "v", "Y", "r"}},
		{"copy-as-all", []string{"v", "G", "v", "Y", "j"}}, {"command", []string{":"}},
	} {
		for _, size := range [][2]int{{80, 24}, {160, 45}} {
			b.Run(fmt.Sprintf("%s/%dx%d", view.name, size[0], size[1]), func(b *testing.B) {
				r := prepared(&testing.T{}, func(o *Options) { o.Styles = themed(b, "dark") }, whole(rows))
				r.start(size[0], size[1])
				r.keys(view.keys...)
				for b.Loop() {
					_ = r.m.View()
				}
			})
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {160, 45}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			t := &testing.T{}
			r := prepared(t, func(o *Options) { o.Styles = themed(b, "dark") }, whole(demoRows(b)))
			r.start(size[0], size[1])
			for b.Loop() {
				_ = r.m.View()
			}
		})
	}
}
