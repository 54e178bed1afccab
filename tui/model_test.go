package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui/clipboard"
	"gpupick/tui/feed"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

var errDown = errors.New("runcrate.ai refused the connection")

func TestOnArrival(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.sees("5 listed", "just now", "USD per hour", "5 of 5 · by price ↑ · cheap-l4", "try: 8xh100")
	if r.id() != "cheap-l4" {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.now = r.now.Add(12 * time.Second)
	r.sees("12 s ago")
}

// Enter, in every focus and in every state.
func TestEnter(t *testing.T) {
	partial := []step{part(five[:2], "c2"), failing(errDown)}
	for _, c := range []struct {
		name  string
		steps []step
		keys  []string
		want  string // the id that was picked, or what the screen shows
		still bool   // the program goes on
	}{
		{name: "table", steps: []step{whole(five)}, keys: []string{"j", "enter"}, want: "mid-a100"},
		{name: "line goes to the table", steps: []step{whole(five)}, keys: []string{"/", "type:h100", "enter"},
			want: "2 of 5", still: true},
		{name: "line, then table", steps: []step{whole(five)}, keys: []string{"/", "type:h100", "enter", "enter"},
			want: "one-h100"},
		{name: "line with an error", steps: []step{whole(five)}, keys: []string{"/", "type:memm:8", "enter"},
			want: "Did you mean", still: true},
		{name: "sort menu closes", steps: []step{whole(five)}, keys: []string{"s", "enter"}, want: "enter copy & quit",
			still: true},
		{name: "help closes", steps: []step{whole(five)}, keys: []string{"?", "enter"}, want: "enter copy & quit",
			still: true},
		{name: "in a facet ticks the value and goes to the table", steps: []step{whole(five)},
			keys: []string{"1", "j", "enter"}, want: "/ gpu=\"H100\"", still: true},
		{name: "while a value is looked for goes to what was found", steps: []step{whole(five)},
			keys: []string{"2", "/", "type:us", "enter"}, want: "REGION / us ", still: true},
		{name: "in the details goes to the better row", steps: []step{whole(rivals)},
			keys: []string{"p", "G", "tab", "tab", "enter"}, want: "· good-cheaper", still: true},
		{name: "nothing matches", steps: []step{whole(five)}, keys: []string{"/", `type:"zzz" h100`, "enter", "enter"},
			want: "/ gpu:h100 ", still: true},
		{name: "nothing matches and nothing helps", steps: []step{whole(five)},
			keys: []string{"/", `type:"zzz" "yyy"`, "enter", "enter"}, want: "No match", still: true},
		{name: "empty", steps: []step{whole(nil)}, keys: []string{"enter"}, want: "lists no offers", still: true},
		{name: "failed", steps: []step{failing(errDown)}, keys: []string{"enter"}, want: "refused the connection",
			still: true},
		{name: "no key", steps: []step{failing(api.ErrNoKey)}, keys: []string{"enter"}, want: "No Runcrate key",
			still: true},
		{name: "partial list", steps: partial, keys: []string{"enter"}, want: "cheap-l4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 120, 20, c.steps...).keys(c.keys...)
			id := r.picked()
			switch {
			case c.still && (r.quit || id != ""):
				t.Errorf("picked %q, quit %v", id, r.quit)
			case c.still:
				r.sees(c.want)
			case id != c.want || !r.quit || strings.Join(r.copied, " ") != c.want:
				t.Errorf("picked %q, copied %q, quit %v; want %s", id, r.copied, r.quit, c.want)
			}
		})
	}
	t.Run("while loading, nothing there yet", func(t *testing.T) {
		r := prepared(t, func(*Options) {}, whole(five))
		r.hold = true
		r.start(120, 20)
		r.now = r.now.Add(time.Second)
		r.keys("enter").sees("asking the service")
		if r.quit {
			t.Error("it quit")
		}
	})
	t.Run("captured: only prints", func(t *testing.T) {
		r := prepared(t, func(o *Options) { o.Captured = true }, whole(five))
		r.start(120, 20)
		r.sees("enter pick").keys("enter")
		if id := r.picked(); id != "cheap-l4" || len(r.copied) != 0 || !r.quit {
			t.Errorf("picked %q, copied %q", id, r.copied)
		}
	})
	t.Run("waits for the copy", func(t *testing.T) {
		r := newRig(t, 120, 20, whole(five))
		r.hold = true
		r.keys("enter")
		if r.quit {
			t.Fatal("it quit before the copy")
		}
		r.sees("Copying cheap-l4…").keys("enter", "y").sees("Still copying")
		r.release()
		if id := r.picked(); !r.quit || id != "cheap-l4" || len(r.copied) != 1 {
			t.Errorf("picked %q, copied %q", id, r.copied)
		}
	})
}

func TestEnterWhileACopyIsUnderWayPicksAfterwards(t *testing.T) {
	for _, c := range []struct {
		keys   []string
		id     string
		copies int
	}{{[]string{"y", "enter"}, "cheap-l4", 1}, {[]string{"y", "j", "enter"}, "mid-a100", 2}} {
		r := newRig(t, 120, 20, whole(five))
		r.hold = true
		r.keys(c.keys...)
		r.release()
		if id := r.picked(); !r.quit || id != c.id || len(r.copied) != c.copies {
			t.Errorf("%v: picked %q, copied %q", c.keys, id, r.copied)
		}
	}
}

func TestEnterInTheLineKeepsTheRowThatWasChosen(t *testing.T) {
	r := newRig(t, 120, 20, whole(five)).keys("/", "type:h100", "down", "enter")
	if r.id() != "two-h100" || r.m.focus != onTable {
		t.Errorf("the cursor is on %s", r.id())
	}
	r = newRig(t, 120, 20, whole(five)).keys("/", "type:h100 price<", "down", "enter").
		sees("Price< needs a value", "Remove price<", "2 of 5")
	if r.id() != "" || r.m.focus != onTable {
		t.Errorf("with an unfinished term: on %s", r.id())
	}
	r.keys("/", "type:5").seesNot("needs a value").keys("enter", "X", "j", "X")
	if r.id() != "mid-a100" {
		t.Errorf("X without a filter moved the cursor to %s", r.id())
	}
}

func TestFaultAnUnsafeIDIsNotCopied(t *testing.T) {
	rows := rowsOf("good-id L4 | || us-east-1", "x H100 | | us-east-1")
	rows[1].ID = "evil$(reboot)"
	r := newRig(t, 120, 20, whole(rows)).sees("evil$(reboot)")
	for _, k := range []string{"y", "enter"} {
		r.keys(k).sees("Not copied: the id", "not safe in a command")
		if r.quit || len(r.copied) > 0 {
			t.Errorf("%s: copied %q", k, r.copied)
		}
	}
}

func TestYSaysWhichWayItWent(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("j", "y").sees("copied: mid-a100")
	r.copies = clipboard.Outcome{Say: "not copied: xclip failed"}
	r.keys("y").sees("not copied: xclip failed: mid-a100")
	r.send(noticeExpiredMsg{number: r.m.notice.number})
	r.seesNot("not copied")
	demo := prepared(t, func(o *Options) { o.IsDemo = true }, whole(five))
	demo.start(120, 20)
	demo.sees("DEMO").keys("y").sees("demo id, not a real offer")
}

func TestFilterLine(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("/", "type:h100").sees("/ h100█", "2 of 5").seesNot("big-h200")
	r.keys("type: zzz").sees(`gpu:h100 · 2 offers · "zzz" not applied yet`, "2 of 5")
	r.keys("type: ").sees(`gpu:h100 · 2 offers · ignoring "zzz"`, "2 of 5")
	r.keys("ctrl+w", "ctrl+w", "type:memm:8").sees(`all offers · 5 offers · ignoring "memm:8" (mem:8?)`)
	r.keys("ctrl+u", "type:q?sS/X", "ctrl+a", "type:-").sees("/ -▏q?sS/X")
	r.keys("ctrl+u", "ctrl+k", "type:h100", "down").sees("2 of 5")
	if r.id() != "two-h100" || r.m.focus != onLine {
		t.Errorf("the arrow in the line: %s", r.id())
	}
	r.keys("ctrl+a", "ctrl+e")
	if r.id() != "two-h100" {
		t.Error("moving the caret moved the row cursor")
	}
	r.keys("esc")
	if r.m.focus != onTable || r.id() != "two-h100" {
		t.Errorf("after esc: %s", r.id())
	}
	r.keys("esc").sees("5 of 5")
	r.keys("u").sees("2 of 5", "/ gpu:h100")
	r.keys("X").sees("5 of 5").keys("u").sees("2 of 5")
	r.keys("X", "X", "u").sees("2 of 5")
}

func TestHistory(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("/", "type:h100", "enter", "/", "ctrl+u", "type:l4", "enter", "/", "ctrl+p").sees("/ l4█").keys("ctrl+p").
		sees("/ h100█")
	r.keys("ctrl+p").sees("/ h100█").keys("ctrl+n").sees("/ l4█")
	r.keys("ctrl+u", "type:a100", "ctrl+p").sees("/ h100█")
	draft := newRig(t, 120, 20, whole(five)).keys("/", "type:h100", "enter", "/", "ctrl+u", "type:a1", "ctrl+p").
		sees("/ h100█").keys("ctrl+n")
	draft.sees("/ a1█", "1 of 5")
	// The filter that stands in the line is the latest of the history: there and back it is there again.
	newRig(t, 120, 20, whole(five)).keys("/", "type:gpu:h100", "enter", "/", "ctrl+p", "ctrl+n").sees("/ gpu:h100█")
}

func TestPasteGoesOnlyIntoATextField(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("paste:qqq/\r")
	if r.quit || r.m.focus != onTable {
		t.Fatal("a paste acted on the table")
	}
	r.keys("/", "paste:h100\r\nus\x1b[31m").sees("/ h100 us█")
}

func TestKeysOfOneReadEachAct(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jj/h100")})
	r.sees("/ h100█")
	r.keys("esc", "j")
	r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("qj")})
	if !r.quit || r.id() != "two-h100" {
		t.Error("keys behind q acted")
	}
}

func TestSortMenu(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("j", "s").sees("p price↑", "m RAM")
	r.keys("n").sees("by count ↓")
	if r.id() != "big-h200" {
		t.Errorf("by count: %s", r.id())
	}
	r.keys("s", "n").sees("by count ↑")
	r.keys("S", "p").sees("by count ↑, price ↑")
	r.keys("S").sees("then").keys("p").sees("by count ↑, price ↓")
	if r.id() != "one-h100" {
		t.Errorf("by count, then dearest: %s", r.id())
	}
	r.keys("s", "esc", "s", "z")
	if whereKeysGo(r.m) != "sort" {
		t.Error("a key that is no field closed the menu")
	}
	r.keys("q")
	if r.quit {
		t.Error("q in the menu quit the program")
	}
}

func TestMoving(t *testing.T) {
	r := newRig(t, 120, 12, whole(demoRows(t)))
	at := func(want int, keys ...string) {
		t.Helper()
		r.keys(keys...)
		if r.m.rows.Cursor != want {
			t.Errorf("after %v: row %d, want %d", keys, r.m.rows.Cursor, want)
		}
	}
	at(2, "j", "down")
	at(1, "k")
	at(0, "up", "up")
	at(7, "pgdown")
	at(14, "ctrl+f")
	at(7, "ctrl+b")
	at(10, "ctrl+d")
	at(7, "ctrl+u")
	at(623, "G")
	at(0, "g")
	at(623, "end")
	at(0, "home")
}

func TestColumnsScrollSideways(t *testing.T) {
	r := newRig(t, 80, 24, whole(demoRows(t)))
	r.sees("REGION", "RAM").seesNot("VS BEST", "TYPE")
	for range 20 {
		r.keys("right")
	}
	r.sees("GPU", "VS BEST", "TYPE", "ID").seesNot("$/HR")
	r.keys("l", "h", "left", "left", "left", "left", "left", "left", "left", "left", "left", "left").
		sees("$/HR", "REGION")
	wide := newRig(t, 200, 24, whole(demoRows(t))).keys("right", "right")
	wide.sees("COUNT", "$/HR", "VS BEST", "DISK", "TYPE")
}

func TestAReloadKeepsTheCursorOnItsID(t *testing.T) {
	changed := append(rowsOf("new-cheapest T4 | | us-east-1"), five...)
	r := newRig(t, 120, 20, whole(five), whole(changed))
	r.keys("j", "j", "r").sees("6 of 6")
	if r.id() != "one-h100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	if r.m.rows.Cursor != 3 {
		t.Errorf("at %d", r.m.rows.Cursor)
	}
}

func TestALoadThatTakesTheRowAway(t *testing.T) {
	without := append(append([]api.InstanceType{}, five[:2]...), five[3:]...)
	// Of a list that is not whole nobody knows what has gone from it.
	r := newRig(t, 120, 20, whole(five), step{page: api.Page{Rows: without, HasMore: true}})
	r.keys("j", "j", "r").sees("one-h100 is no longer listed", "▏ H100")
	r.keys("enter").sees("one-h100 is no longer listed · ↑ ↓ choose another offer").
		keys("enter", "y", "space", "v", "Y").picks("")
	if len(r.copied) > 0 || len(r.m.marks.ids) > 0 || r.m.focus != onTable {
		t.Errorf("copied %q, marked %v", r.copied, r.m.marks.ids)
	}
	r.keys("j", "enter").picks("two-h100") // the one that has taken its place
}

func TestPagesArriveWhileOneWorks(t *testing.T) {
	r := prepared(t, func(*Options) {}, part(five[:2], "c2"), part(five[2:4], "c3"), whole(five[4:]))
	r.hold = true
	r.start(120, 20)
	r.now = r.now.Add(1200 * time.Millisecond)
	r.sees("asking the service, page 1 · 1.2 s")
	r.one().one() // the source, the first page
	r.sees("page 2 · 1.2 s · 2 so far", "2 of 2, cheapest so far")
	r.keys("j", "r").sees("already loading, page 2")
	r.one()
	r.sees("page 3", "4 of 4")
	if r.id() != "mid-a100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.release()
	r.sees("5 listed", "5 of 5 · by price")
	if fmt.Sprint(r.source.asked) != "[ c2 c3]" {
		t.Errorf("asked %q", r.source.asked)
	}
}

// one runs the oldest held command that has something to say, and holds what
// follows.
func (r *rig) one() *rig {
	for len(r.held) > 0 {
		next := r.held[0]
		r.held = r.held[1:]
		switch msg := next().(type) {
		case nil:
		case tea.BatchMsg:
			r.held = append(slices.Clone([]tea.Cmd(msg)), r.held...)
		default:
			r.send(msg)
			return r
		}
	}
	return r
}

func TestArrivingUnderAnOrder(t *testing.T) {
	byCount := func(o *Options) { o.Sort = query.Sort{{Field: query.Count, Desc: true}} }
	r := prepared(t, byCount, part(five[:2], "c2"), part(five[2:4], "c3"), whole(five[4:]))
	r.start(120, 20)
	if r.id() != "big-h200" || r.m.rows.Offset != 0 {
		t.Errorf("untouched, the cursor is on %s", r.id())
	}
	r = prepared(t, byCount, part(five[:2], "c2"), part(five[2:4], "c3"), whole(five[4:]))
	r.hold = true
	r.start(120, 20)
	r.one().one().keys("j")
	r.release()
	if r.id() != "mid-a100" {
		t.Errorf("moved, the cursor is on %s", r.id())
	}
}

func TestWhatALoadDoesToTheRowUnderTheCursor(t *testing.T) {
	dearer := append([]api.InstanceType{}, five...)
	dearer[2].HourlyRate = api.Some(9.0)
	r := newRig(t, 120, 20, whole(five), whole(dearer)).keys("/", "type:price<5", "enter", "j", "j", "r")
	r.sees("one-h100 no longer matches").keys("enter").sees("one-h100 no longer matches · ↑ ↓ choose another offer")
	if r.quit {
		t.Error("Enter picked another row than the one that was seen")
	}
	// A held term that begins to match asks another question: nothing is gone.
	r = prepared(t, func(*Options) {}, part(five[:2], "c2"), whole(five[2:]))
	r.hold = true
	r.start(120, 20)
	r.one().one().keys("/", "type:h200").sees(`"h200" not applied yet`)
	r.release()
	r.sees("1 of 5").seesNot("gone", "no longer")
}

func TestAMissingKeyInTheMiddleOfAList(t *testing.T) {
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(errDown), whole(five[2:]))
	r.openErr = api.ErrNoKey
	r.keys("r").sees("2, incomplete", "2 loaded, the rest is missing (r goes on): no Runcrate key found")
	r.openErr = nil
	r.keys("r").sees("5 listed")
	if fmt.Sprint(r.source.asked) != "[ c2 c2]" {
		t.Errorf("asked %q", r.source.asked)
	}
}

func TestANoticeHidesNoMenu(t *testing.T) {
	r := newRig(t, 60, 12, whole(demoRows(t))).keys("y").sees("copied: quiet-bohr").keys("s").sees("sort ▌p price↑")
	r.keys("esc", "y", "/").sees("to the table")
}

// Under the line stands what was read, and what of it is not applied, at every width and in every
// state.
func TestWhatIsReadStandsUnderTheLine(t *testing.T) {
	for _, c := range []struct {
		w    int
		keys []string
		line string
	}{
		{80, []string{"type:h100 memm:8"}, `   gpu:h100 · 2 offers · ignoring "memm:8" (mem:8?)`},
		{80, []string{"type:h100 memm:8", "ctrl+a"}, `   gpu:h100 · 2 offers · ignoring "memm:8" (mem:8?)`},
		{80, []string{"type:" + strings.Repeat("h100 ", 20) + "memm:8"},
			`   gpu:h100 gpu:h100 gpu:h100 gpu:h100… · 2 offers · ignoring "memm:8" (mem:8?)`},
		{40, []string{"type:h100 price<20 memm:8"}, `   gpu:h10… · 2 offers · ignoring "mem…`},
		{80, []string{"type:cheapest per gpu h100 in europe un"},
			`   gpu:h100 area:europe · 1 offer by $/GPU ↑ · "un" not applied yet`},
		{80, []string{"type:h100 512gb "}, `   gpu:h100 · 2 offers · "512gb" may be mem>=512, disk>=512 or tvram>=512`},
	} {
		r := newRig(t, c.w, 12, whole(five)).keys("/").keys(c.keys...)
		if lines := strings.Split(plainText(r.m.View()), "\n"); strings.TrimRight(lines[2], " ") != c.line {
			t.Errorf("%v: %q, want %q", c.keys, lines[2], c.line)
		}
	}
	newRig(t, 80, 12, whole(nil)).keys("/", "type:memm:8").sees(`ignoring "memm:8"`)
	newRig(t, 80, 12, failing(errDown)).keys("/", "type:memm:8").sees(`ignoring "memm:8"`, "refused")
}

// Each piece of the line has its look, with and without color.
func TestTheLooksOfTheLine(t *testing.T) {
	const text = "h100 please 512gb fooo vram>"
	for _, theme := range []string{"dark", "plain"} {
		r := prepared(t, func(o *Options) { o.Styles = themed(t, theme) }, whole(five))
		r.start(120, 20)
		line := strings.Split(r.keys("/", "type:"+text).m.View(), "\n")[1]
		st := r.m.opt.Styles
		for _, want := range []string{st.Filler.Render("please"), st.Asked.Render("512gb"), st.Unknown.Render("fooo"),
			st.Held.Render("vram>")} {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %q is not in %q", theme, want, line)
			}
		}
		looks := map[string]bool{}
		for _, s := range []styles.Style{st.Text, st.Filler, st.Held, st.Asked, st.Unknown} {
			looks[s.Render("x")] = true
		}
		if len(looks) != 5 {
			t.Errorf("%s: only %d looks", theme, len(looks))
		}
	}
}

// Enter asks what is meant by a word, and Enter again takes the likeliest; beside a result it never
// picks an offer.
func TestEnterAsks(t *testing.T) {
	r := newRig(t, 100, 24, whole(demoRows(t))).keys("/", "type:h100 512gb", "enter").picks("")
	r.sees(`What is meant by "512gb"?`, "▌1  mem>=512 → 56 offers", " 2  disk>=512 → ", "Remove 512gb → 103 offers").
		seesNot("H100 SXM")
	r.keys("enter").picks("").sees("/ gpu:h100 mem>=512", "56 of 624", "H100")
	r = newRig(t, 100, 24, whole(five)).keys("/", "type:hopper germny nvlink", "enter").
		sees(`"germny" is not understood. Did you mean:`, "▌1  area:germany → no match")
	r.keys("j", "enter").sees(`"nvlink" is not understood: the list does not say`, "▌1  Remove nvlink").keys("enter").
		sees("/ gen:hopper ")
	newRig(t, 100, 24, whole(five)).keys("/", "type:h100 fooo", "esc").seesNot("two-h100").
		sees(`"fooo" is not understood`)
}

func TestTheStatusLineDoesNotComeAndGo(t *testing.T) {
	r := newRig(t, 80, 24, step{page: api.Page{Rows: demoRows(t), Dropped: 3}})
	status := func() string {
		line := strings.Split(plainText(r.m.View()), "\n")[22]
		return strings.TrimSpace(strings.Replace(line, r.id(), "ID", 1))
	}
	first := status()
	for range 100 {
		if r.keys("j"); status() != first {
			t.Fatalf("on %s: %q, before %q", r.id(), status(), first)
		}
	}
}

func TestALoadStartsAClockOfItsOwn(t *testing.T) {
	var waits []time.Duration
	r := prepared(t, func(o *Options) {
		o.Tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
			waits = append(waits, d)
			return nil
		}
	}, whole(five), whole(five))
	r.start(100, 20)
	r.now = r.now.Add(5 * time.Minute)
	old := clockTickedMsg{number: r.m.ticks}
	r.send(old)
	if last := waits[len(waits)-1]; last != 15*time.Second {
		t.Errorf("an old list is looked at every %v", last)
	}
	r.hold = true
	r.keys("r").sees("loading again, page 1 · 0.0 s · 5, 5 min ago")
	if last := waits[len(waits)-1]; last != spinnerStep {
		t.Errorf("the spinner turns every %v", last)
	}
	n := len(waits)
	if r.send(old); len(waits) != n {
		t.Error("the old clock goes on")
	}
}

func TestASavedAnswerIsAsOldAsItsFile(t *testing.T) {
	r := prepared(t, func(*Options) {}, whole(five))
	r.m.opt.Open = func() (feed.Source, error) { return savedFile{r.source, noon.Add(-72 * time.Hour)}, nil }
	r.start(100, 20)
	r.sees("3 days ago")
	empty := prepared(t, func(*Options) {}, whole(nil))
	empty.m.opt.Open = func() (feed.Source, error) { return savedFile{empty.source, noon}, nil }
	empty.start(100, 20)
	empty.sees("There is nothing in runcrate.ai")
}

type savedFile struct {
	*script
	date time.Time
}

func (s savedFile) Date() time.Time { return s.date }

func TestFaultAPageThatFails(t *testing.T) {
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(errDown), whole(five[2:]))
	r.sees("2 loaded, the rest is missing (r goes on): runcrate.ai refused the connection", "2, incomplete", "cheap-l4")
	r.keys("r").sees("5 listed").seesNot("missing")
	if fmt.Sprint(r.source.asked) != "[ c2 c2]" {
		t.Errorf("asked %q: r should go on where it broke", r.source.asked)
	}
}

func TestFaultAReloadThatFails(t *testing.T) {
	r := newRig(t, 120, 20, whole(five), part(five[:1], "c2"), failing(errDown), whole(five[:3]))
	r.keys("G", "r").sees("not loaded again (r tries again), this is the list of 12:00: runcrate.ai refused the "+
		"connection", "5 of 5")
	if r.id() != "big-h200" {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.keys("r").sees("3 listed")
	if fmt.Sprint(r.source.asked) != "[  c2 ]" {
		t.Errorf("asked %q: a list is loaded again from its beginning", r.source.asked)
	}
}

func TestFaultARejectedKey(t *testing.T) {
	r := newRig(t, 80, 24, failing(&api.StatusError{Status: 401, Source: "the key from RUNCRATE_API_KEY"}), whole(five))
	r.sees("the key from RUNCRATE_API_KEY was rejected (401)",
		"check the key at https://www.runcrate.ai/dashboard/api-keys", "r tries again", "not loaded")
	r.keys("r").sees("5 listed")
}

func TestFaultLateAnswers(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.send(pageLoadedMsg{load: r.m.load.number - 1, step: feed.Step{Page: api.Page{Rows: five[:1]}}})
	r.send(loadFailedMsg{load: r.m.load.number + 1, err: errDown})
	r.send(sourceOpenedMsg{load: 0, source: nil})
	r.sees("5 listed")
}

func TestFaultAListThatIsNotWhole(t *testing.T) {
	r := newRig(t, 120, 20, part(five, ""))
	r.sees("5 rows loaded; the service has more but gives no way to ask: a cheaper one may be missing", "5 of more")
	r.keys("/", "type:h100", "enter").sees("a cheaper one may be missing")
}

func TestFaultRowsWithoutAnID(t *testing.T) {
	newRig(t, 120, 20, step{page: api.Page{Rows: five, Dropped: 3}}).sees("3 rows without a usable id left out")
	newRig(t, 120, 20, step{page: api.Page{Rows: five, Warning: "the service sent no list (data is null)"}}).
		sees("data is null")
}

func TestFaultNothingAvailable(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Ask = api.Ask{GPUType: "H100", GPUCount: 8} }, whole(nil), whole(five))
	r.start(120, 20)
	r.sees("Runcrate lists no offers right now for gpu_type=H100 gpu_count=8; r reloads",
		"asked: gpu_type=H100 gpu_count=8", "0 listed")
	r.keys("r").sees("5 listed")
}

func TestNoKey(t *testing.T) {
	r := prepared(t, func(*Options) {}, whole(five))
	r.openErr = api.ErrNoKey
	r.m.opt.Demo = func() (feed.Source, error) { return &script{steps: []step{whole(five[:2])}}, nil }
	r.start(80, 24)
	r.sees("No Runcrate key found", "https://www.runcrate.ai/dashboard/api-keys", "start gpupick again", "press r",
		"d browses sample data")
	r.keys("d").sees("DEMO", "2 listed")
	again := prepared(t, func(*Options) {}, whole(five))
	again.openErr = api.ErrNoKey
	again.start(80, 24)
	again.seesNot("demo").keys("d").sees("No Runcrate key found")
	again.openErr = nil
	again.keys("r").sees("5 listed")
}

func TestNothingMatches(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("/", "type:h100 price<1 eu", "enter")
	newRig(t, 100, 24, whole(five)).keys("/", `type:"zzz" `).sees("esc, then X clears the filter")
	r.sees("No match", "Remove gpu:h100 → still no match", "1  Remove price<1 → 1 offer from $2.00 per GPU",
		"X clears the filter", "0 of 5")
	newRig(t, 100, 24, whole(five)).keys("/", "type:cheapest per gpu h100", "enter").
		sees("/ gpu:h100 ", "by $/GPU", "Sorted by $/GPU ↑")
}

func TestATermIsDropped(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("/", "type:h100 price<1 us count:2", "enter")
	r.sees("No match", "Remove gpu:h100 → still no match")
	r = newRig(t, 100, 24, whole(five)).keys("/", "type:gpu:h100 us count:2", "enter").
		sees("▌1  Remove area:us → 1 offer", " 2  Remove count:2 → 1 offer", "enter takes it")
	r.keys("j").sees("▌2  Remove count:2").keys("j", "j").sees("▌2  Remove count:2").keys("enter").
		sees("/ gpu:h100 area:us", "1 of 5")
	if r.quit || r.id() != "one-h100" {
		t.Errorf("the cursor is on %q", r.id())
	}
	r.keys("/", "ctrl+p").sees("/ gpu:h100 us count:2█") // what was there can be had again
}

func TestOnlyThisValueAndWithoutIt(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("s", "r", "j", "@").sees(`/ region="eu-west-1"`, "2 of 5")
	r.keys("s", "u", "!").sees(`-gpu="A100"`, "1 of 5")
	r.keys("X", "s", "p", "@").sees("/ price:0.5", "1 of 5")
}

func TestWhatAnUnknownValueLeavesOutIsCounted(t *testing.T) {
	newRig(t, 100, 24, whole(five)).keys("/", "type:vram>=80").sees("1 offer with unknown VRAM hidden", "3 of 5")
}

func TestEsc(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("/", "type:h100", "esc", "esc", "esc", "esc")
	if r.quit {
		t.Error("esc quit")
	}
	r.sees("5 of 5").keys("?", "q").sees("5 of 5").keys("q")
	if !r.quit || r.m.Outcome().Interrupted {
		t.Error("q did not quit")
	}
}

func TestCtrlCQuitsFromAnywhere(t *testing.T) {
	for _, before := range [][]string{nil, {"/", "type:h"}, {"s"}, {"?"}, {"/", "type:memm:"}} {
		r := newRig(t, 100, 24, whole(five)).keys(append(before, "ctrl+c")...)
		if !r.quit || !r.m.Outcome().Interrupted {
			t.Errorf("after %v it goes on", before)
		}
	}
	loading := prepared(t, func(*Options) {}, whole(five))
	loading.hold = true
	loading.start(100, 24)
	loading.hold = false
	if loading.keys("ctrl+c"); !loading.quit {
		t.Error("while loading it goes on")
	}
	if loading.m.load.ctx.Err() == nil {
		t.Error("the load goes on after quitting")
	}
}

func TestSuspendWhereNobodyCouldResume(t *testing.T) {
	for _, before := range [][]string{nil, {"/"}, {"s"}} {
		newRig(t, 100, 24, whole(five)).keys(append(before, "ctrl+z")...).sees("cannot suspend here")
	}
}

func TestStartingWithAFilterAndAnOrder(t *testing.T) {
	r := prepared(t, func(o *Options) {
		o.Filter = "h100"
		o.Sort = query.Sort{{Field: query.Count, Desc: true}}
	}, whole(five))
	r.start(100, 24)
	r.sees("/ h100", "2 of 5", "by count ↓")
	if r.id() != "two-h100" {
		t.Errorf("the cursor is on %s", r.id())
	}
}

func TestHelpScrolls(t *testing.T) {
	r := newRig(t, 80, 12, whole(five)).keys("?").sees("In the table", "copy the id, quit and print it")
	toEnd := func() {
		for range 30 {
			r.keys("pgdown")
		}
	}
	toEnd()
	r.sees("suspend", " of ").send(tea.WindowSizeMsg{Width: 160, Height: 150}) // all of it fits
	r.sees("In the table").send(tea.WindowSizeMsg{Width: 80, Height: 12})
	toEnd()
	r.seesNot("In the table")
	for range 30 {
		r.keys("pgup")
	}
	r.sees("In the table").keys("j").seesNot("In the table").keys("k").sees("In the table")
}

func TestMarksBelongToIds(t *testing.T) {
	changed := append(rowsOf("new-cheapest T4 | | us-east-1"), five[1:]...) // without cheap-l4
	r := newRig(t, 100, 20, whole(five), whole(changed))
	r.keys("space", "j", "j", "space").sees("●L4", "●H100", "2 marked")
	if r.id() != "one-h100" {
		t.Errorf("marking moved the cursor to %s", r.id())
	}
	r.keys("/", "type:h100", "enter").sees("2 marked, 1 hidden", "2 of 5").keys("s", "m").sees("2 marked, 1 hidden")
	r.keys("X", "t").sees("only 2 marked", "2 of 5", "cheap-l4").seesNot("A100  ")
	r.keys("t", "r").sees("1 marked, 1 gone", "5 of 5").keys("M").seesNot("marked").keys("t").
		sees("no row is marked; space marks")
}

func TestMarkingARange(t *testing.T) {
	r := newRig(t, 120, 20, whole(five)).keys("j", "v").sees("v again marks up to there").keys("j", "j", "v").
		sees("3 marked")
	r.keys("M", "G", "v", "k", "k", "v").sees("3 marked")
	r.keys("M", "v", "esc", "j", "v").seesNot("1 marked", "2 marked")
}

func TestOnlyMarkedUnderAFilterThatHidesThem(t *testing.T) {
	newRig(t, 120, 20, whole(five)).keys("space", "t", "/", "type:h100", "enter").
		sees("No marked row matches; t shows all rows again").keys("t").sees("2 of 5")
	newRig(t, 120, 20, whole(five)).keys("space", "j", "space", "t", "space").sees("only 1 marked").
		seesNot("no longer", "gone")
}

func TestPickingAllThatAreMarked(t *testing.T) {
	multi := func(o *Options) { o.Multi = true }
	r := prepared(t, multi, whole(five))
	r.start(120, 20)
	r.keys("G", "space", "g", "space", "/", "type:h200", "enter").sees("enter copy & quit 2 marked").keys("enter")
	if r.picked() != "big-h200 cheap-l4" || strings.Join(r.copied, "|") != "big-h200\ncheap-l4" {
		t.Errorf("picked %q, copied %q", r.picked(), r.copied)
	}
	r = prepared(t, multi, whole(five))
	r.start(120, 20)
	if r.keys("j", "enter"); r.picked() != "mid-a100" {
		t.Errorf("without marks picked %q", r.picked())
	}
	// Without --multi, y and Enter mean the row under the cursor, always.
	r = newRig(t, 120, 20, whole(five)).keys("space", "j", "space", "j", "enter")
	if r.picked() != "one-h100" {
		t.Errorf("picked %q", r.picked())
	}
}

// rivals: the last is dearer than two that have at least as much.
var rivals = rowsOf("good-cheaper H100 || || us-east-1", "good-middle NVIDIA-H100 || ||| eu-west-1",
	"other-count H100 | | us-east-1", "dear-one H100 || |||| us-east-1")

func TestDetails(t *testing.T) {
	r := newRig(t, 100, 30, whole(rivals)).keys("G", "p").
		sees("2 × H100", "dear-one", "us-east-1 (North America, United States*)", "80 GB per GPU*, 160 GB total",
			"256 GB", "$48.00, 30 days $1440.00",
			"4 of 4 of this GPU", "cheapest 0.50, median 0.50", "as good or better, cheaper (tab):",
			"$1.00 us-east-1 good-cheaper", "$1.50 eu-west-1 good-middle")
	r.keys("tab", "j", "enter")
	if r.id() != "good-middle" || r.m.focus != onTable {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.keys("p").seesNot("as good or better")
	// A row that the filter hides is shown, and the filter can be had back.
	r = newRig(t, 100, 30, whole(rivals)).keys("/", "type:price>=2", "enter", "p", "tab", "enter").
		sees("filter cleared to show good-cheaper; u brings it back")
	if r.id() != "good-cheaper" {
		t.Errorf("the cursor is on %s", r.id())
	}
	marked := newRig(t, 100, 30, whole(rivals)).keys("G", "space", "t", "p", "tab", "enter").
		sees("all rows again, to show good-cheaper")
	if marked.id() != "good-cheaper" {
		t.Errorf("the cursor is on %s", marked.id())
	}
	low := newRig(t, 80, 24, whole(rivals)).keys("G", "p", "tab").sees("* ours", "good-middle", "enter go there")
	low.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	if low.m.focus != onTable {
		t.Error("a row can be chosen that is not on the screen")
	}
	newRig(t, 100, 30, whole(five)).keys("p").sees("nothing as good is cheaper").keys("tab").sees("╭ GPU")
	wide := newRig(t, 200, 40, whole(rivals)).keys("p", "G").sees("│ 2 × H100").keys("tab", "tab").
		sees("enter go there").keys("esc", "k").sees("│ 2 × NVIDIA-H100")
	if wide.quit {
		t.Error("esc in the details quit")
	}
}

func TestDetailsOfARowThatSaysNothing(t *testing.T) {
	newRig(t, 100, 30, whole([]api.InstanceType{{ID: "bare"}})).keys("p").sees("– × –", "nothing as good is cheaper")
}

func TestCompletionInTheLine(t *testing.T) {
	r := newRig(t, 100, 24, whole(demoRows(t))).keys("/", "type:gh", "tab").sees(`/ gpu:gh200█`, "8 of 624")
	r.keys("ctrl+u", "type:reg", "tab").sees("/ region:█", `"region:" not applied yet`).keys("tab").
		sees("tab take", "  us-").keys("down", "tab").sees(`/ region="`)
	if len(r.m.completion.list) > 0 || len(r.m.result.Rows) == 0 {
		t.Error("the list is still open, or nothing matches")
	}
	r.keys("ctrl+u", "type:h1", "tab").sees("H100").keys("esc")
	if r.m.focus != onLine || len(r.m.completion.list) > 0 {
		t.Error("esc did not only close the list")
	}
	r.keys("tab", "type:00").sees("/ h100█")
	if len(r.m.completion.list) > 0 {
		t.Error("typing did not close the list")
	}
	r.keys("ctrl+u", "type:zzzz", "tab").sees("nothing to complete")
	r.keys("ctrl+u", "type:gpu:h count:8", "ctrl+a", "right", "right", "right", "right", "right", "tab", "tab").
		sees(" count:8")
	if r.m.line.Value() == "gpu:h count:8" {
		t.Errorf("in the middle of the line: %q", r.m.line.Value())
	}
	r.keys("ctrl+e", "ctrl+u", "type:gpu:h", "tab", "paste: price<50").sees("/ gpu:h price<50█")
	if len(r.m.completion.list) > 0 {
		t.Error("a paste did not close the list")
	}
}

func TestChips(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("backspace").sees("No filter to remove a term from")
	r.keys("/", "type:h100 us count:1", "enter", "backspace").sees("count:1 ×").keys("left").sees("area:us ×").
		keys("backspace").sees("/ gpu:h100 count:1", "count:1 ×", "1 of 5")
	r.keys("left", "left", "enter").sees("/ count:1", "3 of 5").keys("x").sees("5 of 5", "enter copy & quit")
	r.keys("/", "type:l4", "enter", "backspace", "esc")
	if r.m.focus != onTable || r.quit {
		t.Error("esc does not lead back to the table")
	}
	narrow := newRig(t, 40, 12, whole(five)).
		keys("/", "type:h100 us count:1 price<20 mem>=1 cpu>1", "enter", "backspace").sees("cpu>1 ×")
	narrow.keys("left", "left", "left", "left", "left").sees("h100 ×")
}

func TestFindingAKeyInTheHelp(t *testing.T) {
	r := newRig(t, 100, 40, whole(five)).keys("?", "/", "type:q?clip").sees("nothing of the kind").
		keys("ctrl+u", "type:load again").sees("In the table", "load again; after a failure").
		seesNot("copy the id and stay")
	r.keys("enter", "esc").sees("copy the id and stay").keys("esc")
	if r.quit || r.m.focus != onTable {
		t.Error("esc twice does not lead back to the table")
	}
}

// The letters that the help names are those of the fields in the menu.
func TestTheHelpNamesTheLettersOfTheSortMenu(t *testing.T) {
	var letters []string
	for _, f := range view.SortFields {
		if f.Letter() != 0 {
			letters = append(letters, string(f.Letter()))
		}
	}
	if have := keymap.SortLetters.Keys(); strings.Join(have, " ") != strings.Join(letters, " ") {
		t.Errorf("%q, the menu has %q", have, letters)
	}
}

func TestTheFirstStartSaysWhatToDo(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Welcome = true }, whole(five))
	r.start(100, 24)
	r.sees("finds it: 8xh100 europe", "enter copies the id", "? shows all keys", "5 of 5")
	r.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	r.sees("y copies and stays", "? shows all keys") // whole, also on a narrow screen
	checkFrame(t, r.m.View(), 80, 24)
	r.keys("j").seesNot("finds it").sees("mid-a100")
}

// What is cut in the left column of the details keeps away from the right one.
func TestDetailsColumnsDoNotTouch(t *testing.T) {
	rows := slices.Clone(five)
	for i := range rows {
		rows[i].Region = "a region with a name that is far too long for half a screen"
	}
	r := prepared(t, func(*Options) {}, whole(rows))
	r.start(80, 24)
	r.keys("p")
	for _, line := range strings.Split(r.m.View(), "\n") {
		if i := strings.Index(line, "…"); i >= 0 && strings.Contains(line, " region ") &&
			!strings.HasPrefix(line[i:], "… ") {
			t.Errorf("%q", line)
		}
	}
	r.sees(" region  a region with")
}
