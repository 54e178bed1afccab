package tui

import (
	"strings"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/tui/clipboard"
)

// TestEnter presses Enter in every focus and in every state.
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
		{name: "line moves to the table", steps: []step{whole(five)}, keys: []string{"/", "type:h100", "enter"},
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
		{name: "while finding a value moves to the values found", steps: []step{whole(five)},
			keys: []string{"2", "/", "type:us", "enter"}, want: "REGION / us ", still: true},
		{name: "in the details goes to the better row", steps: []step{whole(rivals)},
			keys: []string{"p", "G", "tab", "tab", "enter"}, want: "· good-cheaper", still: true},
		{name: "nothing matches", steps: []step{whole(five)}, keys: []string{"/", `type:"zzz" h100`, "enter", "enter"},
			want: "/ gpu:h100 ", still: true},
		{name: "no match and no suggestion", steps: []step{whole(five)},
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
	t.Run("while loading, no rows yet", func(t *testing.T) {
		r := prepared(t, func(*Options) {}, whole(five))
		r.hold = true
		r.start(120, 20)
		r.now = r.now.Add(time.Second)
		r.keys("enter").sees("loading from the service")
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

func TestCopyNotice(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("j", "y").sees("mid-a100 copied")
	r.copies = clipboard.Outcome{Say: "not copied: xclip failed"}
	r.keys("y").sees("mid-a100 not copied: xclip failed")
	r.send(noticeExpiredMsg{number: r.m.notice.number})
	r.seesNot("not copied")
	demo := prepared(t, func(o *Options) { o.IsDemo = true }, whole(five))
	demo.start(120, 20)
	demo.sees("DEMO").keys("y").sees("demo id, not a real offer")
}
