package tui

import (
	"fmt"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/query"
)

// marks are ids that the user has marked. They belong to ids and not to places:
// they survive every filter, every order and every load.
type marks struct {
	ids     map[string]bool
	changes int    // of ids
	anchor  string // where a range begins; empty: none is being marked
	only    bool   // the table shows nothing else
}

// with is the marks with id marked or unmarked. Marks are a value, like the
// model that they are in.
func (k marks) with(id string, marked bool) marks {
	ids := maps.Clone(k.ids)
	if ids == nil {
		ids = map[string]bool{}
	}
	if marked {
		ids[id] = true
	} else {
		delete(ids, id)
	}
	k.ids = ids
	k.changes++
	return k
}

// toggleMark marks the row under the cursor, or takes its mark away. The cursor
// stays.
func (m *Model) toggleMark(msg tea.KeyMsg) {
	row := m.current()
	switch {
	case !m.tableMayAct(msg):
	case row == nil:
		m.sayNothingChosen()
	case m.marks.ids[row.ID] || m.isThere(row):
		m.marks = m.marks.with(row.ID, !m.marks.ids[row.ID])
	}
}

// markRange begins a range at the row under the cursor, or marks all from where
// it began up to here.
func (m *Model) markRange(msg tea.KeyMsg) {
	row := m.current()
	switch {
	case !m.tableMayAct(msg), m.marks.anchor != "" && !m.mayAct(m.seen.table.lines, "press "+keymap.Name(m.opt.Keys.Table.MarkRange)+" again"):
		return
	case row == nil:
		m.sayNothingChosen()
		return
	}
	from := slices.IndexFunc(m.listed, func(r *catalog.Row) bool { return r.ID == m.marks.anchor })
	if m.marks.anchor == "" || from < 0 {
		m.marks.anchor = row.ID
		m.say(good, "from here; "+keymap.Name(m.opt.Keys.Table.MarkRange)+" again marks up to there")
		return
	}
	to := m.rows.Cursor
	for _, r := range m.listed[min(from, to) : max(from, to)+1] {
		if r.Change != catalog.Gone {
			m.marks = m.marks.with(r.ID, true)
		}
	}
	m.marks.anchor = ""
	m.notice.text = ""
}

func (m *Model) clearMarks() {
	m.marks = marks{changes: m.marks.changes + 1}
}

// toggleOnlyMarked shows the marked rows only, or all again.
func (m *Model) toggleOnlyMarked() {
	if !m.marks.only && len(m.markedRows) == 0 {
		m.say(warn, "no row is marked; "+keymap.Name(m.opt.Keys.Table.Mark)+" marks")
		return
	}
	m.marks.only = !m.marks.only
}

// values are the ids as values of their field, in their order.
func (k marks) values() []query.Value {
	var list []query.Value
	for _, id := range slices.Sorted(maps.Keys(k.ids)) {
		list = append(list, query.Value{Field: query.ID, Text: id})
	}
	return list
}

// unlistedMarks are the marked ids that are no longer listed, in their order.
func (m *Model) unlistedMarks() []string {
	var ids []string
	for id := range m.marks.ids {
		if _, listed := m.list.catalog.At(id); !listed {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// marksInWords is "3 marked, 1 hidden", empty without marks.
func (m *Model) marksInWords() string {
	if len(m.marks.ids) == 0 {
		return ""
	}
	all := m.markedRows
	say := fmt.Sprintf("%d marked", len(all))
	if hidden := len(all) - m.markedInView; hidden > 0 {
		say += fmt.Sprintf(", %d hidden", hidden)
	}
	if gone := len(m.marks.ids) - len(all); gone > 0 {
		say += fmt.Sprintf(", %d gone", gone)
	}
	if m.marks.only {
		say = "only " + say
	}
	return say
}
