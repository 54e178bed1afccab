package tui

import (
	"strings"
	"testing"

	"gpupick/tui/catalog"

	tea "github.com/charmbracelet/bubbletea"
)

// clicks presses the left button on text on the screen, dx columns into it.
func (r *rig) clicks(text string, dx int) *rig {
	r.t.Helper()
	for y, line := range strings.Split(plainText(r.m.View()), "\n") {
		if i := strings.Index(line, text); i >= 0 {
			r.send(tea.MouseMsg{X: len([]rune(line[:i])) + dx, Y: y, Button: tea.MouseButtonLeft,
				Action: tea.MouseActionPress})
			return r
		}
	}
	r.t.Fatalf("%q is not on the screen:\n%s", text, plainText(r.m.View()))
	return r
}

// clicksAt presses the left button at column x of line y.
func (r *rig) clicksAt(x, y int) {
	r.send(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
}

// In an open view, the wheel scrolls the view, and the mouse does not reach the table behind it.
func TestMouseInTheViews(t *testing.T) {
	for _, view := range [][]string{{"x"}, {"P"}, {"space", "j", "space", "c"}, {"Y"}, {":"}} {
		r := newRig(t, 120, 30, whole(demoRows(t))).keys("m").keys(view...)
		on, id := focusName(r.m), r.id()
		r.send(tea.MouseMsg{X: 60, Y: 10, Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
		r.send(tea.MouseMsg{X: 60, Y: 10, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
		r.send(tea.MouseMsg{X: 5, Y: 10, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
		if focusName(r.m) != on || r.id() != id {
			t.Errorf("%v: the mouse leads to %s on %s", view, focusName(r.m), r.id())
		}
		checkFrame(t, r.m.View(), 120, 30)
	}
	r := newRig(t, 120, 30, whole(demoRows(t))).keys("m", "x", "g")
	r.send(tea.MouseMsg{X: 60, Y: 10, Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
	r.sees("GPU 4 of ")
}

// A click chooses what is under it: a cell, a line or a column of the matrix; a GPU of the
// price distribution; an offer of the comparison.
func TestClicksInTheViews(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("m", "x", "g")
	chosen := func() string { return r.m.view().Target(r.m.frame()).Key }
	grid := r.m.list.catalog.Matrix(r.m.result.Rows, catalog.Regions)
	column := func(head string) int { // the screen column of a heading
		line := strings.Split(plainText(r.m.View()), "\n")[2]
		return len([]rune(line[:strings.Index(line, head)]))
	}
	at := func(gpu, region string) {
		t.Helper()
		if have := chosen(); have != gpu+"\n"+region {
			t.Errorf("on %q, want %s in %s:\n%s", have, gpu, region, plainText(r.m.View()))
		}
	}
	for i, g := range grid.GPUs {
		for _, region := range grid.Regions {
			r.clicksAt(column(region.Label), 3+i)
			at(g.Key(), region.Key())
		}
	}
	last := grid.Regions[len(grid.Regions)-1]
	for _, g := range grid.GPUs {
		r.clicks(" "+g.Label, 1)
		at(g.Key(), last.Key())
	}
	gpu, _, _ := strings.Cut(chosen(), "\n")
	for _, region := range grid.Regions {
		r.clicks(region.Label, 0)
		at(gpu, region.Key())
	}

	r = newRig(t, 120, 30, whole(demoRows(t))).keys("m", "P") // one line for each GPU
	for _, name := range []string{"T4G", "L4 ", "A100"} {
		r.clicks(name, 0)
		if chosen() != strings.ToLower(strings.TrimSpace(name)) {
			t.Errorf("a click on %s leads to %s", name, chosen())
		}
	}
	r = newRig(t, 120, 30, whole(five)).keys("m", "P") // several lines for each GPU
	const tall = 6                                     // lines for each GPU
	for i, g := range r.m.list.catalog.Spread(r.m.result.Rows, catalog.ByGPU).GPUs {
		for part := range tall {
			if r.clicksAt(50, 3+i*tall+part); chosen() != g.Head.Key() {
				t.Errorf("line %d of %s leads to %s", part, g.Head.Key(), chosen())
			}
		}
	}

	r = newRig(t, 120, 30, whole(five)).keys("m", "space", "j", "space", "j", "space", "c")
	for _, row := range r.m.markedRows {
		r.clicks(row.ID(), 0)
		if chosen() != row.ID() {
			t.Errorf("a click on %s leads to %s", row.ID(), chosen())
		}
	}
	on := chosen()
	if r.clicks("region", 0); chosen() != on {
		t.Errorf("a click on a label leads to %s", chosen())
	}
}

func TestMouse(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).clicks("one-h100", 0)
	if r.id() != "cheap-l4" {
		t.Error("the mouse acts although it is off")
	}
	r.keys("m").sees("Mouse on").clicks("one-h100", 1)
	if r.id() != "one-h100" {
		t.Errorf("a click on a row leads to %s", r.id())
	}
	r.clicks("COUNT  $/HR", 1).sees("by count ↓").clicks("COUNT↓", 1).sees("by count ↑").clicks("VRAM", 1).
		sees("by VRAM ↓")
	r.clicks("  H100          2", 4).sees(`/ gpu="H100"`, "✓ H100").clicks("✓ H100", 1).seesNot("✓ H100")
	r.clicks("│   eu-west-1", 4).sees(`region="eu-west-1"`)
	r.clicks(" / ", 1)
	if r.m.focus != onLine {
		t.Error("a click on the line does not give it the focus")
	}
	r.keys("enter", "backspace").clicks("×", 0).sees("5 of 5")
	r.keys("m").sees("Mouse off").clicks("mid-a100", 0)
	if r.id() == "mid-a100" {
		t.Error("the mouse acts although it is off again")
	}
}

// A click on a facet ends the typing: the whole line is applied, and the tick is added to it.
func TestAClickOnAFacetWhileTyping(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("m", "/", "type:price<3 l4").clicks("│   us-east-1", 4)
	r.sees(`/ price<3 gpu:l4 region="us-east-1"`)
	if r.m.focus != onFacets || r.m.writing {
		t.Errorf("in the %s", focusName(r.m))
	}
}

// A click on a menu that covers rows does not choose any of them.
func TestAClickOnAMenu(t *testing.T) {
	r := newRig(t, 60, 12, whole(demoRows(t))).keys("m", "C")
	on := r.id()
	for y := 12 - len(r.m.footer()) - 1; y < 12; y++ {
		if r.clicksAt(10, y); r.id() != on || focusName(r.m) != "columns" {
			t.Errorf("a click on line %d leads to %s in the %s", y, r.id(), focusName(r.m))
		}
	}
}

func TestWheel(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Mouse = true }, whole(demoRows(t)))
	r.start(120, 30)
	wheel := func(x int, b tea.MouseButton) {
		r.send(tea.MouseMsg{X: x, Y: 10, Button: b, Action: tea.MouseActionPress})
	}
	wheel(80, tea.MouseButtonWheelDown)
	if r.m.rows.Cursor != 3 {
		t.Errorf("on row %d", r.m.rows.Cursor)
	}
	wheel(80, tea.MouseButtonWheelUp)
	wheel(5, tea.MouseButtonWheelDown)
	if r.m.rows.Cursor != 0 || r.m.facets.chosen[0].Cursor != 3 {
		t.Errorf("on row %d, value %d", r.m.rows.Cursor, r.m.facets.chosen[0].Cursor)
	}
	for range 50 {
		wheel(5, tea.MouseButtonWheelDown)
	}
	if r.m.focus != onTable {
		t.Errorf("the wheel has given the keys to the %s", focusName(r.m))
	}
}

// A click anywhere in any state causes no panic, and every frame fits the screen.
func TestClicksEverywhere(t *testing.T) {
	step := 7
	if testing.Short() {
		step = 29
	}
	for i := range states {
		r := show(t, i, 90, 20, func(o *Options) { o.Mouse = true })
		for y := 0; y < 20; y++ {
			for x := 0; x < 90; x += step {
				r.send(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
				checkFrame(t, r.m.View(), 90, 20)
			}
		}
	}
}
