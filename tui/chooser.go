package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/cell"
)

// The menu of columns, in the footer's place: which there are, and in what
// order. The table above follows at once.

// ColumnNames are the columns that there are, by the names that settings have
// for them; the id, which is always there, aside.
func ColumnNames() []string { return columnNames(allColumns) }

func columnNames(columns []column) []string {
	var names []string
	for _, c := range columns[:len(columns)-1] {
		names = append(names, c.name)
	}
	return names
}

// usualColumns are those that are there where nothing else was said.
func usualColumns() []column {
	return slices.DeleteFunc(slices.Clone(allColumns), func(c column) bool { return c.extra })
}

// columnsNamed are the columns of those names and the id; without names, the usual ones.
func columnsNamed(names []string) []column {
	if len(names) == 0 {
		return usualColumns()
	}
	var list []column
	for _, name := range names {
		if i := slices.IndexFunc(allColumns, func(c column) bool { return c.name == name }); i >= 0 {
			list = append(list, allColumns[i])
		}
	}
	return append(list, allColumns[len(allColumns)-1])
}

// isDefault reports whether columns are the usual ones, in their usual order.
func isDefault(columns []column) bool {
	return slices.EqualFunc(columns, usualColumns(), func(a, b column) bool { return a.name == b.name })
}

// chooser is the menu while it is open: all names in their order, shown or not,
// and the one that is chosen.
type chooser struct {
	names []string
	at    int
}

// enterColumns opens the menu: the columns that there are, then the others.
func (m *Model) enterColumns() {
	names := columnNames(m.columns)
	for _, name := range ColumnNames() {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	m.focus, m.chooser = onColumns, chooser{names: names}
}

func (m *Model) columnsKey(msg tea.KeyMsg) tea.Cmd {
	k, c := m.opt.Keys.Columns, &m.chooser
	switch {
	case key.Matches(msg, k.Left):
		c.at = max(c.at-1, 0)
	case key.Matches(msg, k.Right):
		c.at = min(c.at+1, len(c.names)-1)
	case key.Matches(msg, k.Toggle):
		m.toggleColumn()
	case key.Matches(msg, k.MoveLeft):
		m.moveColumn(-1)
	case key.Matches(msg, k.MoveRight):
		m.moveColumn(1)
	case key.Matches(msg, k.Usual):
		names := columnNames(usualColumns())
		m.setColumns(names)
		m.enterColumns()
	case key.Matches(msg, k.Write):
		return m.saveColumns()
	case key.Matches(msg, k.Close):
		m.focus = onTable
	}
	return nil
}

func (m *Model) setColumns(names []string) {
	m.columns, m.shift = columnsNamed(names), 0
	m.derive(onItsID)
}

// toggleColumn shows or hides the chosen column; one stays beside the id.
func (m *Model) toggleColumn() {
	shown, name := columnNames(m.columns), m.chooser.names[m.chooser.at]
	if slices.Equal(shown, []string{name}) {
		m.say(warn, "one column stays beside the id")
		return
	}
	m.setColumns(slices.DeleteFunc(slices.Clone(m.chooser.names), func(n string) bool { return slices.Contains(shown, n) == (n == name) }))
}

// moveColumn moves the chosen column by d places.
func (m *Model) moveColumn(d int) {
	shown, c := columnNames(m.columns), &m.chooser
	to := c.at + d
	if to < 0 || to >= len(c.names) {
		return
	}
	c.names = slices.Clone(c.names) // the model before this one has it too
	c.names[c.at], c.names[to] = c.names[to], c.names[c.at]
	c.at = to
	m.setColumns(slices.DeleteFunc(slices.Clone(c.names), func(n string) bool { return !slices.Contains(shown, n) }))
}

func (m *Model) saveColumns() tea.Cmd {
	if m.opt.SaveColumns == nil {
		m.say(warn, "there is no home directory to write settings in")
		return nil
	}
	return m.saveColumnsCmd()
}

func (m *Model) columnsSaved(msg columnsSavedMsg) {
	if msg.err != nil {
		m.say(bad, "not written: "+msg.err.Error())
		return
	}
	m.say(good, "the columns are in "+msg.where)
}

// columnsMenu draws the menu. A column for which there is no room at this width
// is chosen all the same.
func (m *Model) columnsMenu() []string {
	st, k := m.opt.Styles, m.opt.Keys.Columns
	onScreen := map[string]bool{}
	for _, c := range m.layout() {
		onScreen[c.name] = true
	}
	chosen := columnNames(m.columns)
	var items []menuItem
	for i, name := range m.chooser.names {
		c := columnsNamed([]string{name})[0]
		sign, style := "✓", st.Text
		switch {
		case !slices.Contains(chosen, name):
			sign, style = "·", st.Dim
		case name == wasColumn && !m.list.catalog.Changes().Any(): // there when something has changed
		case !onScreen[name] && m.shift == 0:
			sign, style = "~", st.Dim // no room
		}
		mark := " "
		if i == m.chooser.at {
			mark, style = cursorMark, st.Row
		}
		text := mark + sign + c.title
		items = append(items, menuItem{style.Render(text), cell.Width(text)})
	}
	lines := m.menu(" columns ", items)
	hints := m.keysLine(hint{k.Left, ""}, hint{k.Right, "choose"}, hint{k.Toggle, "show or hide"}, hint{k.MoveLeft, ""}, hint{k.MoveRight, "move"}, hint{k.Write, "write to settings"}, hint{k.Usual, "as usual"}, hint{k.Close, "close"})
	if noRoom := " · ~ no room"; strings.Contains(strings.Join(lines, ""), "~") {
		last := &lines[len(lines)-1]
		switch {
		case cell.Width(hints+noRoom) <= m.width:
			hints += st.Dim.Render(noRoom)
		case cell.Width(*last+noRoom) <= m.width:
			*last += st.Dim.Render(noRoom)
		}
	}
	if m.notice.text != "" {
		hints = " " + m.noticeText()
	}
	return append(lines, hints)
}
