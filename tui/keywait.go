package tui

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/view"
)

// A key acts on what the user has seen. A load, a check, a timer or a resize may
// change what a key would act on while the finger is on its way, so such changes
// are counted, and an acting key (Enter, y, Y, space, v and the like) does nothing
// before the change has been on the screen for a moment. What the user's own
// typing and moving changes is not counted: keys typed ahead act as always.

// settleTime is how long a change has to be on the screen before a key acts on it.
const settleTime = 300 * time.Millisecond

// stamp counts the changes of one thing that keys act on, and knows since when the
// last one has been on the screen. The zero stamp has not changed.
type stamp struct {
	changes int           // how many there were so far
	drawn   int           // how many of them the screen showed when it was last drawn
	since   time.Time     // when that was
	wait    time.Duration // how long the last one has to be on the screen
}

// changed is the stamp after one more change that has to be seen for so long.
func (s stamp) changed(wait time.Duration, now time.Time) stamp {
	if !s.settled(now) {
		wait = max(wait, s.wait)
	}
	s.changes, s.wait = s.changes+1, wait
	return s
}

// onScreen is the stamp after the screen was drawn.
func (s stamp) onScreen(now time.Time) stamp {
	if s.drawn != s.changes {
		s.drawn, s.since = s.changes, now
	}
	return s
}

// settled reports whether the last change has been on the screen for long enough.
func (s stamp) settled(now time.Time) bool { return s.drawn == s.changes && now.Sub(s.since) >= s.wait }

// place is a list that keys act on: what is chosen in it, and its lines. Lines that
// change around what is chosen leave it alone; but where a key moves to meanwhile has
// not been seen.
type place struct{ chosen, lines stamp }

func (p place) onScreen(now time.Time) place {
	return place{p.chosen.onScreen(now), p.lines.onScreen(now)}
}

// seen is what the user has seen of the things that keys act on.
type seen struct {
	table place // the offer under the cursor of the table, the marks, a question
	view  place // what is chosen in the facets, in a menu or in a view over the table
	body  stamp // everything in the body, for clicks

	acted   bool // the key that is being handled acts on what is chosen, and does not move
	refused bool // a key did nothing, which is not on the screen yet: those behind it do nothing either
}

func (s seen) onScreen(now time.Time) seen {
	return seen{table: s.table.onScreen(now), view: s.view.onScreen(now), body: s.body.onScreen(now)}
}

// target is what an acting key would act on.
type target struct {
	focus    focus
	open     string // the view that is open
	tooSmall bool   // nothing of it is on the screen
	checking bool   // keys do nothing until the check has ended
	asks     string // the question that Enter would answer
	key      string // of what is chosen; empty if nothing is
	held     bool
	offer    api.InstanceType // what it says, if it is an offer
	more     string           // what else the key would act on
}

// nothing reports whether there is nothing to act on: no list was shown yet.
func (t target) nothing() bool { return t.key == "" && !t.held && t.more == "" && t.asks == "" }

// targets are what keys would act on: in the table and in what is open over it. lines are the keys of
// the lines of the latter.
type targets struct {
	table, view target
	lines       string
	asked       string // the filter and the order: another one leads elsewhere on another list
}

func (m *Model) targets() targets {
	t := targets{table: m.tableTarget(), asked: m.question.line + "\n" + m.question.order}
	t.view, t.lines = m.viewTarget()
	return t
}

// shown are the lists that keys move through, and what a click would hit.
type shown struct {
	catalog *catalog.Catalog
	size    [4]int // of the screen, of its body and of the table: how far a page is
	body    string
}

func (m *Model) shownLists() shown {
	s := shown{catalog: m.list.catalog, size: [4]int{m.width, m.height, m.bodyHeight(), m.rows.Height}}
	if m.mouse && !m.tooSmall() {
		s.body = fmt.Sprint(m.focus, m.viewName(), m.pick.phase) + strings.Join(m.body(0), "\n")
	}
	return s
}

func (m *Model) tableTarget() target {
	t := target{focus: m.focus, open: m.viewName(), tooSmall: m.tooSmall(), checking: m.pick.phase == checking,
		asks: m.pick.question}
	if m.choosing() {
		t.key, t.held, t.more = m.choice.Key, m.choice.Held, "choices"
	} else {
		t.key, t.held = m.rows.Key, m.rows.Held
	}
	if row := m.current(); !row.None() {
		t.offer, t.more = row.InstanceType(), row.Change().String()
	}
	var marked strings.Builder
	for _, r := range m.markedRows {
		fmt.Fprintln(&marked, r.InstanceType())
	}
	t.more += marked.String()
	return t
}

func (m *Model) viewTarget() (t target, lines string) {
	t = target{focus: m.focus, open: m.viewName(), tooSmall: m.tooSmall(), checking: m.pick.phase == checking,
		asks: m.pick.question}
	switch m.focus {
	case onFacets, onFind:
		c := m.facets.chosen[m.facets.at]
		t.key, t.held = c.Key, c.Held
		for _, l := range m.facets.lines(m.facets.at, m.result) {
			lines += l.Key() + "\n"
			if l.Ticked { // what a tick leaves of them is in the filter
				t.more += l.Key() + "\n"
			}
		}
	case onDetails:
		t.key, t.held, lines = m.details.choice.Key, m.details.choice.Held, strings.Join(view.IDs(m.better()), "\n")
		if row := m.betterChosen(); !row.None() {
			t.offer = row.InstanceType()
		}
	case onChips:
		t.key, t.held = m.chips.Key, m.chips.Held
	case onView:
		v := m.view().Target(m.frame())
		t.key, t.held, t.offer, t.more, lines = v.Key, v.Held, v.Offer, v.More, v.Lines
	}
	return t, lines
}

// note counts what a message that was not the user's has changed.
func (s *seen) note(before, after targets, was, is shown, now time.Time) {
	count := func(c *stamp, before, after target) {
		switch {
		case before == after:
		case before.nothing():
			*c = c.changed(0, now) // the first offers: they only have to be drawn
		default:
			*c = c.changed(settleTime, now)
		}
	}
	count(&s.table.chosen, before.table, after.table)
	count(&s.view.chosen, before.view, after.view)
	switch lines := &s.table.lines; {
	case was.catalog.Len() == 0:
		*lines = lines.changed(0, now)
	// all of it, not what is in view: the next key may clear the filter
	case was.size != is.size || !is.catalog.Same(was.catalog):
		*lines = lines.changed(settleTime, now)
	}
	if before.lines != after.lines || before.lines != "" && was.size != is.size {
		s.view.lines = s.view.lines.changed(settleTime, now)
	}
	if was.body != is.body && was.body != "" {
		s.body = s.body.changed(settleTime, now)
	}
}

// noteKey counts a key that has moved in a list whose lines have just changed: on the
// lines that the user saw it would have led elsewhere, or not have stayed where it is.
func (s *seen) noteKey(before, after targets, now time.Time) {
	if s.table.lines.settled(now) && s.view.lines.settled(now) {
		return
	}
	if !s.acted || before.table.key != after.table.key || before.asked != after.asked {
		s.table.chosen = s.table.chosen.changed(settleTime, now)
	}
	was, is := before.view, after.view
	if !s.acted || was.key != is.key || was.focus != is.focus || was.open != is.open {
		s.view.chosen = s.view.chosen.changed(settleTime, now)
	}
}

// noteClickable counts a change of what a click is aimed at, also by one's own key: it has to be drawn.
func (s *seen) noteClickable(now time.Time) { s.body = s.body.changed(0, now) }

// surprise counts a change that an acting key has made: the next one waits until it has been seen.
func (s *seen) surprise(now time.Time) {
	s.table.chosen = s.table.chosen.changed(settleTime, now)
	s.view.chosen = s.view.chosen.changed(settleTime, now)
}

// mayAct reports whether a key may act on what s is about; if not, it says why.
func (m *Model) mayAct(s stamp, again string) bool {
	m.seen.acted = true
	if s.settled(m.opt.Now()) && !m.seen.refused {
		return true
	}
	m.seen.refused = true
	m.say(warn, "The list has just changed · "+again)
	return false
}

// tableMayAct reports whether a key may act on what is chosen in the table.
func (m *Model) tableMayAct(msg tea.KeyMsg) bool {
	return m.mayAct(m.seen.table.chosen, "press "+keymap.Shown(msg.String())+" again")
}

// viewMayAct reports whether a key may act on what is chosen in what is open over the
// table.
func (m *Model) viewMayAct(msg tea.KeyMsg) bool {
	return m.mayAct(m.seen.view.chosen, "press "+keymap.Shown(msg.String())+" again")
}
