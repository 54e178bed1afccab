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

// A key must act only on what the user has seen. A load, a check, a timer or a resize may change the target of
// a key just before it is pressed. Such changes are counted, and an acting key (Enter, y, Y, space, v and the
// like) does nothing until the change has been on the screen for a moment. Changes by the user's own keys are
// not counted, so keys typed ahead act as usual.

// settleTime is how long a change has to be on the screen before a key acts on it.
const settleTime = 300 * time.Millisecond

// stamp counts the changes of one thing that keys act on, and records when the last one
// was drawn. The zero stamp has no changes.
type stamp struct {
	changes int           // number of changes so far
	drawn   int           // number of changes on the screen when it was last drawn
	since   time.Time     // when the last change was first drawn
	wait    time.Duration // how long the last change has to be on the screen
}

// changed returns the stamp after one more change, which has to be on the screen for wait.
func (s stamp) changed(wait time.Duration, now time.Time) stamp {
	if !s.settled(now) {
		wait = max(wait, s.wait)
	}
	s.changes, s.wait = s.changes+1, wait
	return s
}

// onScreen returns the stamp after the screen was drawn at now.
func (s stamp) onScreen(now time.Time) stamp {
	if s.drawn != s.changes {
		s.drawn, s.since = s.changes, now
	}
	return s
}

// settled reports whether the last change has been on the screen for long enough.
func (s stamp) settled(now time.Time) bool { return s.drawn == s.changes && now.Sub(s.since) >= s.wait }

// listStamps is a list that keys act on: the changes of its chosen item, and of its lines. New lines around the
// chosen item leave it as it is, but a key that moves would then lead to a line that the user has not seen.
type listStamps struct{ chosen, lines stamp }

func (p listStamps) onScreen(now time.Time) listStamps {
	return listStamps{p.chosen.onScreen(now), p.lines.onScreen(now)}
}

// seen records what the user has seen of the things that keys act on.
type seen struct {
	table listStamps // the offer under the cursor of the table, the marks, a question
	view  listStamps // the chosen item of the facets, of a menu or of a view over the table
	body  stamp      // everything in the body, for clicks

	acted   bool // the current key acts on the chosen item and does not move
	refused bool // a key was refused and the screen does not show it yet: the keys after it do nothing either
}

func (s seen) onScreen(now time.Time) seen {
	return seen{table: s.table.onScreen(now), view: s.view.onScreen(now), body: s.body.onScreen(now)}
}

// target is what an acting key would act on.
type target struct {
	focus    focus
	open     string // the view that is open
	tooSmall bool   // the screen is too small to show anything
	checking bool   // a check is running, and keys do nothing until it ends
	asks     string // the question that Enter would answer
	key      string // key of the chosen item; empty if none is chosen
	held     bool
	offer    api.InstanceType // the chosen offer, if the item is one
	more     string           // what else the key would act on
}

// nothing reports whether there is nothing to act on, as before the first list.
func (t target) nothing() bool { return t.key == "" && !t.held && t.more == "" && t.asks == "" }

// targets are what keys would act on, in the table and in the part that is open over it.
// lines are the keys of that part's lines.
type targets struct {
	table, view target
	lines       string
	asked       string // the filter and the order; with another one, the list is a different one
}

func (m *Model) targets() targets {
	t := targets{table: m.tableTarget(), asked: m.question.line + "\n" + m.question.order}
	t.view, t.lines = m.viewTarget()
	return t
}

// shown describes the lists that keys move through, and what a click would hit.
type shown struct {
	catalog *catalog.Catalog
	size    [4]int // of the screen, of its body and of the table: they decide how far a page is
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
			if l.Ticked { // ticking another value may write these into the filter
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

// note counts the changes made by a message that is not the user's.
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
	// compare all rows, not only those in view: the next key may clear the filter
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

// noteKey counts a key that moves in a list whose lines have just changed: on the lines that the user saw, it
// would have led elsewhere.
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

// noteClickable counts a change of what a click aims at, even one by the user's own key: it only has to be drawn.
func (s *seen) noteClickable(now time.Time) { s.body = s.body.changed(0, now) }

// surprise counts a change made by an acting key: the next acting key waits until the user has seen it.
func (s *seen) surprise(now time.Time) {
	s.table.chosen = s.table.chosen.changed(settleTime, now)
	s.view.chosen = s.view.chosen.changed(settleTime, now)
}

// mayAct reports whether a key may act on the thing whose changes s counts. If not,
// it tells the user, with again as advice.
func (m *Model) mayAct(s stamp, again string) bool {
	m.seen.acted = true
	if s.settled(m.opt.Now()) && !m.seen.refused {
		return true
	}
	m.seen.refused = true
	m.say(warn, "The list has just changed · "+again)
	return false
}

// tableMayAct reports whether a key may act on the chosen item of the table.
func (m *Model) tableMayAct(msg tea.KeyMsg) bool {
	return m.mayAct(m.seen.table.chosen, "press "+keymap.Shown(msg.String())+" again")
}

// viewMayAct reports whether a key may act on the chosen item of the part that is open over the table.
func (m *Model) viewMayAct(msg tea.KeyMsg) bool {
	return m.mayAct(m.seen.view.chosen, "press "+keymap.Shown(msg.String())+" again")
}
