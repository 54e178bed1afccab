package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/export"
)

// The menu of forms to copy in, in the footer's place, with what would be copied
// above it.

// copyAs is the menu: the form that is chosen is remembered, and while it is open
// the ids that it is about.
type copyAs struct {
	at  int
	ids []string
}

// what is it about, in words.
func (c copyAs) what() string {
	if len(c.ids) == 1 {
		return c.ids[0]
	}
	return fmt.Sprintf("%d marked rows", len(c.ids))
}

// copyRows are the rows that are copied: the marked ones, or the one under the
// cursor.
func (m *Model) copyRows() []*catalog.Row {
	if all := m.marked(); len(all) > 0 {
		return all
	}
	if row := m.current(); row != nil {
		return []*catalog.Row{row}
	}
	return nil
}

// enterCopyAs opens the menu, if what it would copy can be copied.
func (m *Model) enterCopyAs(msg tea.KeyMsg) {
	rows := m.copyRows()
	switch {
	case !m.tableMayAct(msg):
	case len(rows) == 0:
		m.sayNothingChosen()
	case m.canTake(rows):
		m.notice.text = ""
		m.focus, m.copyAs.ids = onCopyAs, idsOf(rows)
		m.layCopyAs()
	}
}

// layCopyAs makes what would be copied, while the menu is open: the rows that it
// was opened for, as they are now.
func (m *Model) layCopyAs() {
	m.copyText, m.copyLines = "", 0
	if m.focus != onCopyAs {
		return
	}
	var rows []*catalog.Row
	for _, id := range m.copyAs.ids {
		row, there := m.list.catalog.At(id)
		if !there {
			m.closeView("Not copied: " + id + " is no longer listed")
			return
		}
		rows = append(rows, row)
	}
	m.copyText, _ = export.Copies[m.copyAs.at].Text(rows) // all of them can be taken
	m.copyLines = strings.Count(m.copyText, "\n") + 1
}

func (m *Model) copyAsKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.CopyAs
	for i, c := range export.Copies {
		if msg.String() == string(c.Letter) {
			m.copyAs.at = i
			m.layCopyAs()
			return nil
		}
	}
	switch n := len(export.Copies); {
	case key.Matches(msg, k.Left):
		m.copyAs.at = (m.copyAs.at + n - 1) % n
		m.layCopyAs()
	case key.Matches(msg, k.Right):
		m.copyAs.at = (m.copyAs.at + 1) % n
		m.layCopyAs()
	case key.Matches(msg, k.Copy) && m.viewMayAct(msg):
		m.focus = onTable
		return m.copyOther(m.copyText, fmt.Sprintf("%s of %s", export.Copies[m.copyAs.at].Title, m.copyAs.what()))
	case key.Matches(msg, k.Close):
		m.focus = onTable
	}
	return nil
}

// copyOther copies what is no id alone, and stays.
func (m *Model) copyOther(text, what string) tea.Cmd {
	if m.copying {
		m.say(warn, "Still copying")
		return nil
	}
	m.copying = true
	return m.copyCmd(text, what, nil)
}

// previewMost is how many lines of what would be copied are shown at most.
func (m *Model) previewMost() int { return max(min(10, m.height/2-4), 3) }

// copyAsMenu draws the menu.
func (m *Model) copyAsMenu() []string {
	st, k := m.opt.Styles, m.opt.Keys.CopyAs
	text := m.copyText
	lines := []string{st.Accent.Render(fmt.Sprintf(" copy %s as %s", m.copyAs.what(), export.Copies[m.copyAs.at].Title))}
	var preview []string
	whole := 0 // lines of the text that are shown
	for line := range strings.SplitSeq(text, "\n") {
		mark := " │ "
		broken := strings.Split(ansi.Hardwrap(line, max(m.width-4, 1), true), "\n")
		if len(preview)+len(broken) > m.previewMost() {
			preview = append(preview, "   "+st.Dim.Render("… "+cell.Lines(m.copyLines-whole)+" more"))
			break
		}
		for _, part := range broken {
			preview = append(preview, st.Dim.Render(mark)+st.Text.Render(part))
			mark = "   " // goes on
		}
		whole++
	}
	lines = append(lines, preview...)
	var items []menuItem
	for i, c := range export.Copies {
		letter, style, mark := st.Key.Render(string(c.Letter)), st.Text, " "
		if i == m.copyAs.at {
			mark = st.Accent.Render(cursorMark)
			style = st.Sorted
		}
		items = append(items, menuItem{mark + letter + style.Render(" "+c.Title), 3 + cell.Width(c.Title)})
	}
	lines = append(lines, m.menu("", items)...)
	return append(lines, m.keysLine(hint{k.Copy, "copy"}, hint{k.Left, ""}, hint{k.Right, "choose"}, hint{k.Close, "close"}))
}
