package tui

import (
	"slices"
	"strings"

	"gpupick/keymap"
	"gpupick/tui/query"
)

// Undo goes back through what the user has set, one deliberate act at a time: a visit to the filter line, one
// key elsewhere, or a jump to another offer. Moving is no step, and neither is a load.

// settings are what u undoes: everything that the user sets and that decides what the table shows.
type settings struct {
	filter  string
	order   query.Sort
	marks   marks
	columns []column
	id      string // the chosen offer; empty if none is
}

// undo holds the settings to go back to and to return to, the latest last.
type undo struct {
	past, future []settings
	visit        *settings // before the line got the focus; nil if it does not have the focus
	jumped       bool      // the current key goes to another offer
	restored     bool      // the current key is an undo or a redo
}

const undoMost = 100 // steps

// record adds a step back to was, unless the settings are the same now.
func (u *undo) record(was, now settings) {
	jumped := u.jumped && was.id != now.id
	if u.restored || !jumped && was.changes(now) == "" {
		return
	}
	u.past = append(u.past[max(len(u.past)-undoMost+1, 0):len(u.past):len(u.past)], was)
	u.future = nil
}

// changes names what differs between two settings; empty if nothing does. The chosen offer does not count.
func (s settings) changes(o settings) string {
	var list []string
	for _, c := range []struct {
		name    string
		differs bool
	}{
		{"filter", s.filter != o.filter},
		{"order", s.order.String() != o.order.String()},
		{"marks", s.marks.only != o.marks.only || !sameIDs(s.marks.ids, o.marks.ids)},
		{"columns", !slices.Equal(columnNames(s.columns), columnNames(o.columns))},
	} {
		if c.differs {
			list = append(list, c.name)
		}
	}
	return strings.Join(list, ", ")
}

func sameIDs(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for id := range a {
		if !b[id] {
			return false
		}
	}
	return true
}

// settings returns what u would come back to.
func (m *Model) settings() settings {
	s := settings{filter: strings.TrimSpace(m.line.Value()), order: m.order, marks: m.marks, columns: m.columns}
	if row := m.current(); !row.None() {
		s.id = row.ID()
	}
	return s
}

// recordStep records what a key or a click has changed. A visit to the line is one step, from the key that gives
// it the focus to the one that takes it away.
func (m *Model) recordStep(was settings) {
	u := &m.undo
	switch {
	case m.focus == onLine && u.visit == nil:
		u.visit = &was
	case m.focus == onLine:
	case u.visit != nil:
		u.record(*u.visit, m.settings())
		u.visit = nil
	default:
		u.record(was, m.settings())
	}
	u.jumped, u.restored = false, false
}

// undoStep restores the settings before the last step; with redo, those after it.
func (m *Model) undoStep(redo bool) {
	from, to, name := &m.undo.past, &m.undo.future, "undo"
	if redo {
		from, to, name = to, from, "redo"
	}
	last := len(*from) - 1
	if last < 0 {
		m.say(warn, "Nothing to "+name)
		return
	}
	now, then := m.settings(), (*from)[last]
	*from, *to = (*from)[:last:last], append((*to)[:len(*to):len(*to)], now)
	m.undo.restored = true
	m.completion = completion{}
	m.setLine(then.filter)
	then.marks.changes = m.marks.changes + 1
	m.order, m.marks, m.columns, m.shift = then.order, then.marks, then.columns, 0
	if _, listed := m.list.catalog.At(then.id); listed {
		m.aim = then.id
	}
	what := now.changes(then)
	if what == "" {
		what = "the jump to another offer"
	}
	if redo {
		m.say(quiet, "Redone: "+what)
		return
	}
	m.say(quiet, "Undone: "+what+" · "+keymap.Name(m.opt.Keys.Table.Redo)+" redoes")
}

// undoes is the end of a notice of a change: "u undoes".
func (o Options) undoes() string { return " · " + keymap.Name(o.Keys.Table.Undo) + " undoes" }
