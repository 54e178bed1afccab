package tui

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A visit to the line, a key elsewhere and a jump to another offer are one step each; moving is none.
func TestUndo(t *testing.T) {
	r := newRig(t, 120, 24, whole(rivals))
	r.keys("u").sees("Nothing to undo").keys("ctrl+r").sees("Nothing to redo")
	r.keys("/", "type:h100", "type: price<3", "enter", "j", "s", "p", "j", "space", "C", "space", "esc")
	for _, want := range []string{"Undone: columns", "Undone: marks", "Undone: order", "Undone: filter"} {
		r.keys("j", "k", "u").sees(want + " · ctrl+r redoes")
	}
	if r.m.line.Value() != "" || r.m.order.String() != "price" {
		t.Errorf("filter %q, order %s", r.m.line.Value(), r.m.order)
	}
	r.keys("u").sees("Nothing to undo")
	for _, want := range []string{"Redone: filter", "Redone: order", "Redone: marks", "Redone: columns"} {
		r.keys("ctrl+r").sees(want)
	}
	r.sees("gpu:h100 price<3", "1 marked").keys("ctrl+r").sees("Nothing to redo")
	// A new step ends what could be redone.
	r.keys("u", "u", "X", "ctrl+r").sees("Nothing to redo")
	// A jump to another offer can be undone, although nothing but the cursor has changed.
	r = newRig(t, 100, 30, whole(rivals)).keys("G", "p", "tab", "enter")
	if r.id() != "good-cheaper" {
		t.Fatalf("the cursor is on %s", r.id())
	}
	if r.keys("u"); r.id() != "dear-one" {
		t.Errorf("u leads to %s", r.id())
	}
	// Outside the filter, u restores the filter and the offer.
	r = newRig(t, 100, 30, whole(rivals)).keys("/", "type:price>=2", "enter", "p", "tab", "enter").keys("u")
	if r.id() != "dear-one" || r.m.line.Value() != "price>=2" {
		t.Errorf("u leads to %s, filter %q", r.id(), r.m.line.Value())
	}
	// A load is no step, and what it took away stays away.
	r = newRig(t, 100, 30, whole(five), whole(five[1:])).keys("space", "X", "r", "M", "u").sees("1 gone")
	if r.keys("u"); len(r.m.marks.ids) > 0 {
		t.Errorf("marks %v", r.m.marks.ids)
	}
}

// Whatever the user does, undo leads back step by step to where it began, and redo to where it ended.
func TestUndoLeadsBackToTheStart(t *testing.T) {
	keys := []string{"j", "k", "G", "g", "space", "v", "t", "M", "X", "esc", "@", "!", "enter", "s", "S", "m", "c", "p",
		"1", "2", "o", "tab", "backspace", "C", "<", ">", "x", "P", "e", "f5", "type:/h100 ", "type:/us", "ctrl+p"}
	seed := uint64(time.Now().UnixNano())
	rnd := rand.New(rand.NewPCG(seed, 19))
	for range 60 {
		r := newRig(t, 120, 30, whole(five))
		r.m.opt.Captured, r.m.opt.Check = true, false
		first := state(r)
		var did []string
		for range 1 + rnd.IntN(25) {
			k := keys[rnd.IntN(len(keys))]
			if k == "enter" && r.m.focus == onTable || k == "enter" && r.m.viewName() == "compare" {
				continue // it would leave the program
			}
			did = append(did, k)
			r.keys(k)
		}
		for range 5 { // back to the table
			if r.m.focus == onLine {
				r.keys("enter")
			} else if r.m.focus != onTable {
				r.keys("esc")
			}
		}
		last := state(r)
		steps := len(r.m.undo.past)
		for range steps {
			r.keys("u")
		}
		if back := state(r); back != first {
			t.Fatalf("seed %d, %q: u leads back to\n%s, not to\n%s", seed, did, back, first)
		}
		for range steps {
			r.keys("ctrl+r")
		}
		if forth := state(r); forth != last {
			t.Fatalf("seed %d, %q: ctrl+r leads to\n%s, not to\n%s", seed, did, forth, last)
		}
	}
}

// state is everything that undo restores, except the cursor.
func state(r *rig) string {
	s := r.m.settings()
	return fmt.Sprint(s.filter, " · ", s.order, " · ", s.marks.ids, s.marks.only, " · ", columnNames(s.columns))
}

func TestUndoKeepsAHundredSteps(t *testing.T) {
	r := newRig(t, 120, 30, whole(five))
	for range undoMost + 20 {
		r.keys("s", "m")
	}
	for range undoMost {
		r.keys("u").sees("Undone: order")
	}
	r.keys("u").sees("Nothing to undo")
}

// The line begins behind the filter, and esc gives back what was there before.
func TestTheLineBeginsBehindTheFilter(t *testing.T) {
	r := newRig(t, 120, 24, whole(five)).keys("/", "type:h100", "enter", "/", "type:us").sees("/ gpu:h100 us█").
		keys("esc").sees("/ gpu:h100 ", "2 of 5", "Canceled · / ctrl+p recalls gpu:h100 us")
	r.keys("/", "ctrl+p").sees("/ gpu:h100 us█").keys("enter").sees("/ gpu:h100 area:us", "1 of 5")
	r.keys("/", "enter").sees("1 of 5").keys("u").sees("/ gpu:h100 ", "2 of 5")
	r.keys("/", "esc").seesNot("Canceled")
	// The keys that move the rows do so while one types.
	r = newRig(t, 120, 24, whole(demoRows(t))).keys("/", "type:us ")
	for key, want := range map[string]int{"down": 1, "up": 0, "ctrl+j": 1, "ctrl+k": 0, "pgdown": 18, "pgup": 0} {
		r.m.rows = r.m.rows.On(r.m.rows.To(map[bool]int{true: 0, false: 1}[want > 0]), r.m.listedItem)
		if r.keys(key); want > 1 && r.m.rows.Cursor < 10 || want <= 1 && r.m.rows.Cursor != want {
			t.Errorf("%s leads to row %d", key, r.m.rows.Cursor)
		}
	}
	r.sees("/ us █")
}

// Over a view the line filters what the view shows, and gives the focus back to it.
func TestTheLineOverAView(t *testing.T) {
	r := newRig(t, 120, 24, whole(demoRows(t))).keys("x", "/", "type:h100 ").sees("/ h100 █", "gpu:h100 · ").
		keys("enter")
	if focusName(r.m) != "matrix" {
		t.Fatalf("the focus is on %s", focusName(r.m))
	}
	r.sees("H100").seesNot("RTX3060").keys("/", "type:zzz", "esc")
	if focusName(r.m) != "matrix" {
		t.Errorf("esc leads to %s", focusName(r.m))
	}
	// A filter that matches nothing leaves the view nothing to show.
	r.keys("/", `type:"zzz" `).sees("No match").keys("enter")
	if r.m.focus != onTable {
		t.Errorf("the focus is on %s", focusName(r.m))
	}
	// A menu over a view lies over it, too.
	r = newRig(t, 120, 24, whole(demoRows(t))).keys("x", "s").sees("sort ")
	checkFrame(t, r.m.View(), 120, 24)
	r.keys("esc")
	if focusName(r.m) != "matrix" {
		t.Errorf("esc in the menu leads to %s", focusName(r.m))
	}
	r.send(tea.WindowSizeMsg{Width: 60, Height: 14})
	checkFrame(t, r.m.View(), 60, 14)
}

// A key that can do nothing says so in one line.
func TestKeysThatDoNothingSaySo(t *testing.T) {
	r := newRig(t, 120, 24, whole(five))
	r.keys("z").sees("z does nothing here · ? shows all keys").keys("j").seesNot("does nothing")
	r.keys("d").sees("d does nothing here") // the demo is for those without a key
	r.keys("x", "y").keys("p").sees("p acts on an offer of the table · esc goes back to it")
	newRig(t, 120, 24, whole(five)).keys("C", "z").sees("z does nothing here · esc closes this")
	newRig(t, 120, 24, whole(five)).keys("1", "z").sees("z does nothing here")
}

func TestClosestOffersElsewhere(t *testing.T) {
	r := newRig(t, 120, 24, whole(
		append(rowsOf("far-h100 H100 | ||||| oslo", "near-h100 H100 | |||||| us-west-2"), five...))).
		keys("j", "j", "e").
		sees("one-h100 ($2.00/h): closest offers in other regions", "▌1  $3.00", "near-h100", "far-h100", "two-h100")
	r.keys("j", "enter")
	if r.m.focus != onTable || r.id() == "one-h100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	if r.keys("u"); r.id() != "one-h100" {
		t.Errorf("u leads to %s", r.id())
	}
	newRig(t, 120, 24, whole(five[:1])).keys("e").sees("No other region lists this GPU")
}

func TestFacetsByNameOffersAndPrice(t *testing.T) {
	order := func(r *rig) (labels []string) {
		for _, l := range r.m.facets.lines(0, r.m.result) {
			labels = append(labels, l.Label)
		}
		return labels
	}
	r := newRig(t, 120, 30, whole(five)).keys("1")
	for _, want := range []string{"[A100 H100 H200 L4]", "[H100 A100 H200 L4]", "[L4 A100 H100 H200]"} {
		if have := fmt.Sprint(order(r)); have != want {
			t.Errorf("%s, want %s", have, want)
		}
		r.keys("O")
	}
	r.sees("Values by name").keys("O", "tab", "1")
	if have := fmt.Sprint(order(r)); have != "[H100 A100 H200 L4]" {
		t.Errorf("the order is not remembered: %s", have)
	}
}

// The history begins with the filters of earlier runs, and those that are typed are kept for later ones.
func TestHistoryOfEarlierRuns(t *testing.T) {
	var kept []string
	r := prepared(t, func(o *Options) {
		o.LoadHistory = func() []string { return []string{"a100", "h200"} }
		o.KeepFilter = func(filter string) error {
			kept = append(kept, filter)
			return nil
		}
	}, whole(five))
	r.start(120, 24)
	r.keys("/", "ctrl+p").sees("/ h200█").keys("ctrl+p").sees("/ a100█").keys("esc")
	r.keys("/", "type:h100", "enter", "/", "enter", "/", "type:x", "esc", "1", "space")
	if fmt.Sprint(kept) != "[a100 h100 gpu:h100 x]" {
		t.Errorf("kept %q", kept)
	}
}
