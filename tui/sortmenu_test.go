package tui

import (
	"strings"
	"testing"

	"gpupick/keymap"
	"gpupick/tui/view"
)

func TestSortByAndThen(t *testing.T) {
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
	if focusName(r.m) != "sort" {
		t.Error("a key that is no field closed the menu")
	}
	r.keys("q")
	if r.quit {
		t.Error("q in the menu quit the program")
	}
}

// The help names the same letters as the sort menu.
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
