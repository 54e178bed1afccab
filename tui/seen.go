package tui

import (
	"fmt"
	"strings"
	"time"

	"gpupick/api"
	"gpupick/keymap"
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
	changes int           // that there were
	drawn   int           // changes that were there when the screen was last drawn
	since   time.Time     // when that screen was drawn
	wait    time.Duration // for which it has to be on the screen
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

// seen is what the user has seen of the things that keys act on.
type seen struct {
	table stamp // the offer under the cursor of the table, the marks, a question
	view  stamp // what is chosen in the facets, in a menu or in a view over the table
	body  stamp // everything in the body, for clicks
}

func (s seen) onScreen(now time.Time) seen {
	return seen{s.table.onScreen(now), s.view.onScreen(now), s.body.onScreen(now)}
}

// target is what an acting key would act on. It is compared before and after a
// message that is not the user's.
type target struct {
	focus    focus
	tooSmall bool   // nothing of it is on the screen
	asks     string // the question that Enter would answer
	key      string // of what is chosen; empty if nothing is
	held     bool
	offer    api.InstanceType // what it says, if it is an offer
	more     string           // what else the key would act on
}

// nothing reports whether there is nothing to act on: no list was shown yet.
func (t target) nothing() bool { return t.key == "" && !t.held && t.more == "" && t.asks == "" }

// targets are what keys would act on: in the table, in what is open over it, and
// what a click would hit.
type targets struct {
	table, view target
	body        string
}

func (m *Model) targets() targets {
	all := targets{table: m.tableTarget(), view: m.viewTarget()}
	if m.mouse && !m.tooSmall() {
		all.body = strings.Join(m.body(0), "\n")
	}
	return all
}

func (m *Model) tableTarget() target {
	t := target{focus: m.focus, tooSmall: m.tooSmall(), asks: m.pick.question}
	if m.rescuing() {
		t.key, t.held, t.more = m.rescue.Key, m.rescue.Held, "rescue"
	} else {
		t.key, t.held = m.rows.Key, m.rows.Held
	}
	if row := m.current(); row != nil {
		t.offer, t.more = *row.InstanceType, row.Change.String()
	}
	var marked strings.Builder
	for _, r := range m.marked() {
		fmt.Fprintln(&marked, *r.InstanceType)
	}
	t.more += marked.String()
	return t
}

func (m *Model) viewTarget() target {
	t := target{focus: m.focus, tooSmall: m.tooSmall(), asks: m.pick.question}
	switch m.focus {
	case onFacets, onFind:
		c := m.facets.chosen[m.facets.at]
		t.key, t.held = c.Key, c.Held
	case onDetails:
		t.key, t.held = m.details.choice.Key, m.details.choice.Held
		if row := m.betterChosen(); row != nil {
			t.offer = *row.InstanceType
		}
	case onChips:
		t.key, t.held = m.chips.Key, m.chips.Held
	case onNear:
		n := &m.pick.near
		t.key, t.held = n.choice.Key, n.choice.Held
		if n.choice.Chosen() {
			t.offer = *n.list[n.choice.Cursor].InstanceType
		}
	case onMatrix:
		t.key, t.held = m.matrix.gpus.Key+"\n"+m.matrix.regions.Key, m.matrix.gpus.Held || m.matrix.regions.Held
		if best := m.cell().Best; best != nil {
			t.offer = *best.InstanceType
		}
	case onPicture:
		t.key, t.held = m.picture.Key, m.picture.Held
	case onCompare, onCompareEdit:
		t.key, t.held = m.compare.rows.Key, m.compare.rows.Held
		if row := m.comparedRow(); row != nil {
			t.offer = *row.InstanceType
		}
	case onCopyAs:
		t.more = m.copyText
	}
	return t
}

// note counts what has changed since the targets were before.
func (m *Model) note(before targets) {
	now, after := m.opt.Now(), m.targets()
	count := func(s *stamp, before, after target) {
		switch {
		case before == after:
		case before.nothing():
			*s = s.changed(0, now) // the first offers: they only have to be drawn
		default:
			*s = s.changed(settleTime, now)
		}
	}
	count(&m.seen.table, before.table, after.table)
	count(&m.seen.view, before.view, after.view)
	if before.body != after.body && before.body != "" {
		m.seen.body = m.seen.body.changed(settleTime, now)
	}
}

// newToTheUser counts a change that an acting key has made: the next one waits
// until it has been seen.
func (m *Model) newToTheUser() {
	m.seen.table = m.seen.table.changed(settleTime, m.opt.Now())
	m.seen.view = m.seen.view.changed(settleTime, m.opt.Now())
}

// mayAct reports whether a key may act on what s is about; if not, it says why.
func (m *Model) mayAct(s stamp, again string) bool {
	if s.settled(m.opt.Now()) {
		return true
	}
	m.say(warn, "The list has just changed · "+again)
	return false
}

// tableMayAct reports whether a key may act on the table.
func (m *Model) tableMayAct(msg fmt.Stringer) bool {
	return m.mayAct(m.seen.table, "press "+keymap.Shown(msg.String())+" again")
}

// viewMayAct reports whether a key may act on what is open over the table.
func (m *Model) viewMayAct(msg fmt.Stringer) bool {
	return m.mayAct(m.seen.view, "press "+keymap.Shown(msg.String())+" again")
}
