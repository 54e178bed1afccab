package tui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

func TestFirstScreen(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.sees("5 listed", "just now", "USD per hour", "5 of 5 · by price ↑ · cheap-l4", "try: 8xh100")
	if r.id() != "cheap-l4" {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.now = r.now.Add(12 * time.Second)
	r.sees("12 s ago")
}

func TestKeysInOneReadActOneByOne(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jj/h100")})
	r.sees("/ h100█")
	r.keys("enter", "j")
	r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("qj")})
	if !r.quit || r.id() != "two-h100" {
		t.Error("keys behind q acted")
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
		newRig(t, 100, 24, whole(five)).keys(append(before, "ctrl+z")...).sees("Cannot suspend here")
	}
}
