package tui

import (
	"fmt"
	"testing"

	"gpupick/api"
)

// The user is alerted when a load brings a matching row: a new one, or one that has become
// cheap enough. Each row is announced once.
func TestAlert(t *testing.T) {
	var called []string
	calls := func(want string) {
		t.Helper()
		if have := fmt.Sprint(called); have != want {
			t.Errorf("called %s, want %s", have, want)
		}
		called = nil
	}
	news := append(rowsOf("new-h100 H100 || || us-east-1", "new-t4 T4 | | us-east-1"), five...)
	cheap := append(withoutID(news, "one-h100"), repriced("one-h100", 1))
	r := prepared(t, func(o *Options) { o.Alert = func(text string) { called = append(called, text) } }, whole(five),
		whole(news), whole(news), failing(errDown), whole(cheap), whole(five))
	r.start(120, 24)
	r.keys("/", "type:h100 price<2", "enter")
	calls("[]") // rows of the first list are not new
	r.keys("r").sees("matches now: 2× H100 · us-east-1 · $1.00/h")
	calls("[2× H100 · us-east-1 · $1.00/h]")
	r.keys("r")
	r.keys("r")
	calls("[]")
	r.keys("r")
	calls("[1× H100 · us-east-1 · $1.00/h]")
	r.keys("X", "r")
	calls("[]")
	r.source.steps = []step{whole(news)}
	r.keys("r")
	calls("[1× T4 · us-east-1 · $0.50/h, and 1 more]")
	newRig(t, 80, 24, whole(five), whole(news)).keys("r").seesNot("matches now")
}

// Differences from the list of an earlier run raise no alert.
func TestNoAlertForChangesSinceAnEarlierRun(t *testing.T) {
	var called int
	r := prepared(t, func(o *Options) { o.Alert = func(string) { called++ } }, whole(five))
	r.source.last = &api.List{Rows: api.RowsOf(five[:2]...), At: noon}
	r.start(80, 24)
	if called > 0 {
		t.Error("called at the start")
	}
}

// Rows that were missing from an incomplete list are not new. Showing only marked rows does
// not matter.
func TestAlertIgnoresIncompleteListsAndMarks(t *testing.T) {
	var called []string
	alert := func(o *Options) { o.Alert = func(text string) { called = append(called, text) } }
	half := step{page: api.Page{Rows: api.RowsOf(five[:2]...), HasMore: true}}
	newRigWith(t, alert, whole(five), half, whole(five)).keys("r", "r")
	if len(called) > 0 {
		t.Errorf("called %v", called)
	}
	newRigWith(t, alert, whole(five), whole(append(rowsOf("new T4 | | x"), five...))).keys("space", "t", "r")
	if len(called) != 1 {
		t.Errorf("called %v", called)
	}
}
