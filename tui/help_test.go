package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestHelpScrolls(t *testing.T) {
	r := newRig(t, 80, 12, whole(five)).keys("?").sees("In the table", "copy the id, quit and print it")
	toEnd := func() {
		for range 60 {
			r.keys("pgdown")
		}
	}
	toEnd()
	r.sees("repaint", " of ").send(tea.WindowSizeMsg{Width: 160, Height: 150}) // all of it fits
	r.sees("In the table").send(tea.WindowSizeMsg{Width: 80, Height: 12})
	toEnd()
	r.seesNot("In the table")
	for range 60 {
		r.keys("pgup")
	}
	r.sees("In the table").keys("j").seesNot("In the table").keys("k").sees("In the table")
}

func TestFindingAKeyInTheHelp(t *testing.T) {
	r := newRig(t, 100, 40, whole(five)).keys("?", "/", "type:q?clip").sees("No key or term matches").
		keys("ctrl+u", "type:reload").sees("In the table", "reload; after a failure").
		seesNot("copy the id, or")
	r.keys("enter", "esc").sees("copy the id, or").keys("esc")
	if r.quit || r.m.focus != onTable {
		t.Error("esc twice does not lead back to the table")
	}
}

func TestTheFirstStartSaysWhatToDo(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Welcome = true }, whole(five))
	r.start(100, 24)
	r.sees("type what you need: 8xh100 europe", "enter copies the selected id", "? shows all keys", "5 of 5")
	r.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	r.sees("y copies it and stays", "? shows all keys") // whole, also on a narrow screen
	checkFrame(t, r.m.View(), 80, 24)
	r.keys("j").seesNot("what you need").sees("mid-a100")
}
