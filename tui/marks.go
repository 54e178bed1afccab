package tui

import (
	"fmt"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
)

// marks are the ids that the user has marked. They do not depend on lines of the table, so they survive every
// filter, every sort and every load.
type marks struct {
	ids     map[string]bool
	changes int    // how often ids has changed
	anchor  string // id at which a range begins; empty: no range is being marked
	only    bool   // the table shows only marked rows
}

// with returns the marks with id marked or unmarked, and leaves s as it is.
func (s marks) with(id string, marked bool) marks {
	ids := maps.Clone(s.ids)
	if ids == nil {
		ids = map[string]bool{}
	}
	if marked {
		ids[id] = true
	} else {
		delete(ids, id)
	}
	s.ids = ids
	s.changes++
	return s
}

// toggleMark marks or unmarks the offer under the cursor, and moves down.
func (m *Model) toggleMark(msg tea.KeyMsg) {
	row := m.current()
	switch {
	case !m.tableMayAct(msg):
	case row.None():
		m.sayNothingChosen()
	case !m.marks.ids[row.ID()] && row.Change() == catalog.Gone:
		m.say(bad, row.ID()+" is no longer listed")
	default:
		m.marks = m.marks.with(row.ID(), !m.marks.ids[row.ID()])
		if !m.marks.only { // else the row disappears, and the next one takes its place
			m.chooseRow(m.rows.Move(1))
		}
	}
}

// unmarkAll removes all marks.
func (m *Model) unmarkAll() {
	n := len(m.marks.ids)
	if n == 0 {
		m.say(warn, m.opt.noMarks())
		return
	}
	m.marks = marks{changes: m.marks.changes + 1}
	m.say(quiet, cell.Plural(n, "mark", "marks")+" cleared"+m.opt.undoes())
}

func (o Options) noMarks() string {
	return "No marked offers (" + keymap.Name(o.Keys.Table.Mark) + " marks one)"
}

// markRange starts a range at the row under the cursor, or marks all rows between its start and the cursor.
func (m *Model) markRange(msg tea.KeyMsg) {
	row := m.current()
	switch {
	case !m.tableMayAct(msg), m.marks.anchor != "" &&
		!m.mayAct(m.seen.table.lines, "press "+keymap.Name(m.opt.Keys.Table.MarkRange)+" again"):
		return
	case row.None():
		m.sayNothingChosen()
		return
	}
	from, to := m.marks.between(m.listed, m.rows.Cursor)
	if from == to {
		m.marks.anchor = row.ID()
		m.say(good, "Range started: move, then "+keymap.Name(m.opt.Keys.Table.MarkRange)+" again")
		return
	}
	for _, r := range m.listed.Slice(from, to).All() {
		if r.Change() != catalog.Gone {
			m.marks = m.marks.with(r.ID(), true)
		}
	}
	m.marks.anchor = ""
	m.notice.text = ""
}

// between returns the half-open range of rows from the one where a range began to the cursor; empty if none
// began, or if that row is not listed.
func (s marks) between(listed catalog.Rows, cursor int) (from, to int) {
	if s.anchor == "" {
		return 0, 0
	}
	at := listed.Index(s.anchor, 0)
	if at < 0 {
		return 0, 0
	}
	return min(at, cursor), max(at, cursor) + 1
}

// toggleOnlyMarked switches between showing only the marked rows and all rows.
func (m *Model) toggleOnlyMarked() {
	if !m.marks.only && len(m.markedRows) == 0 {
		m.say(warn, m.opt.noMarks())
		return
	}
	m.marks.only = !m.marks.only
}

// values returns the ids as values of the id field, sorted.
func (s marks) values() []query.Value {
	var list []query.Value
	for _, id := range slices.Sorted(maps.Keys(s.ids)) {
		list = append(list, query.Value{Field: query.ID, Text: id})
	}
	return list
}

// unlisted returns the marked ids that are no longer listed, sorted.
func (s marks) unlisted(c *catalog.Catalog) []string {
	var ids []string
	for id := range s.ids {
		if _, listed := c.At(id); !listed {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// among returns the marked rows that are listed, those in view first, and how many those are.
func (s marks) among(inView catalog.Rows, c *catalog.Catalog) (rows []catalog.Row, viewed int) {
	if len(s.ids) == 0 {
		return nil, 0
	}
	seen := map[string]bool{}
	collect := func(from catalog.Rows) {
		for _, r := range from.All() {
			if s.ids[r.ID()] && !seen[r.ID()] {
				rows = append(rows, r)
				seen[r.ID()] = true
			}
		}
	}
	collect(inView)
	viewed = len(rows)
	collect(c.Rows())
	return rows, viewed
}

// inWords returns "3 marked, 1 hidden", empty without marks. listed counts the marked rows that are listed,
// inView those of them in view.
func (s marks) inWords(listed, inView int) string {
	if len(s.ids) == 0 {
		return ""
	}
	say := cell.Int(listed) + " marked"
	if hidden := listed - inView; hidden > 0 {
		say += fmt.Sprintf(", %d hidden", hidden)
	}
	if gone := len(s.ids) - listed; gone > 0 {
		say += ", " + cell.Int(gone) + " gone"
	}
	if s.only {
		say = "only " + say
	}
	return say
}
