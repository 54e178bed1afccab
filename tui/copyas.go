package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/export"
)

// The menu of forms to copy in, in the footer's place, with what would be copied
// above it.

// copyAs is the menu: the form that is chosen is remembered, and while it is open
// what it may be about, and the name of the file that it may be written to.
type copyAs struct {
	at     int
	sets   []copySet
	of     int // the set that is chosen
	naming bool
	file   textinput.Model
}

// copySet are offers that can be copied together.
type copySet struct {
	what string // in words
	ids  []string
}

// set is the one that is chosen.
func (c copyAs) set() copySet { return c.sets[c.of] }

// form is the form that is chosen.
func (c copyAs) form() export.Copy { return export.Copies[c.at] }

// copySets are what can be copied: the marked offers, the one under the cursor, that one with those
// that are closest to it, and all that are shown.
func (m *Model) copySets() []copySet {
	var sets []copySet
	add := func(what string, rows []*catalog.Row) {
		if len(rows) > 0 {
			sets = append(sets, copySet{what, idsOf(rows)})
		}
	}
	row, marked := m.current(), m.marked()
	if row == nil && len(marked) == 0 {
		return nil // the offer that was meant is gone: nothing is copied in its place
	}
	add(fmt.Sprintf("%d marked offers", len(marked)), marked)
	if len(marked) == 1 {
		sets[0].what = "the marked offer"
	}
	if row != nil {
		add(row.ID, []*catalog.Row{row})
		if closest := m.list.catalog.Near(row, nearMost-1); len(closest) > 0 {
			add("this offer and its closest", append([]*catalog.Row{row}, closest...))
		}
	}
	if shown := m.result.Rows; len(shown) > 1 {
		add(fmt.Sprintf("the %d offers shown", len(shown)), shown)
	}
	return sets
}

// enterCopyAs opens the menu, if what it would copy can be copied.
func (m *Model) enterCopyAs(msg tea.KeyMsg) {
	if !m.tableMayAct(msg) {
		return
	}
	sets := m.copySets()
	if len(sets) == 0 {
		m.sayNothingChosen()
		return
	}
	rows, _ := m.rowsOf(sets[0].ids)
	if m.canTake(rows) {
		m.notice.text = ""
		m.focus, m.copyAs.sets, m.copyAs.of, m.copyAs.naming = onCopyAs, sets, 0, false
		m.layCopyAs()
	}
}

// rowsOf are the listed offers with ids; missing is one that is not listed any more, else empty.
func (m *Model) rowsOf(ids []string) (rows []*catalog.Row, missing string) {
	for _, id := range ids {
		row, there := m.list.catalog.At(id)
		if !there {
			return nil, id
		}
		rows = append(rows, row)
	}
	return rows, ""
}

// layCopyAs makes what would be copied, while the menu is open: the rows that it
// was opened for, as they are now.
func (m *Model) layCopyAs() {
	m.copyText, m.copyEffect, m.copyLines = "", "", 0
	if m.focus != onCopyAs {
		return
	}
	rows, missing := m.rowsOf(m.copyAs.set().ids)
	if missing != "" {
		m.closeView("Not copied: " + missing + " is no longer listed")
		return
	}
	form := m.copyAs.form()
	if form.Makes && len(rows) > export.CreatesMost {
		rows = rows[:export.CreatesMost]
	}
	m.copyText, _ = form.Text(rows) // an id that is not safe is left out
	m.copyLines = strings.Count(m.copyText, "\n") + 1
	if form.Makes {
		m.copyEffect = export.Effect(rows, form.All)
	}
}

func (m *Model) copyAsKey(msg tea.KeyMsg) tea.Cmd {
	k, c := m.opt.Keys.CopyAs, &m.copyAs
	if c.naming {
		return m.fileNameKey(msg)
	}
	for i, form := range export.Copies {
		if msg.String() == string(form.Letter) {
			c.at = i
			m.layCopyAs()
			return nil
		}
	}
	switch n := len(export.Copies); {
	case key.Matches(msg, k.Left):
		c.at = (c.at + n - 1) % n
		m.layCopyAs()
	case key.Matches(msg, k.Right):
		c.at = (c.at + 1) % n
		m.layCopyAs()
	case key.Matches(msg, k.Which):
		c.of = (c.of + 1) % len(c.sets)
		m.layCopyAs()
	case m.copyText == "" && (key.Matches(msg, k.Copy) || key.Matches(msg, k.File)):
		m.say(warn, "No id here is safe in a command")
	case key.Matches(msg, k.Copy) && m.viewMayAct(msg):
		m.focus = onTable
		return m.copyOther(m.copyText, fmt.Sprintf("%s of %s", c.form().Title, c.set().what))
	case key.Matches(msg, k.File) && m.viewMayAct(msg):
		c.naming, c.file = true, newEditor()
		c.file.SetValue("gpupick." + c.form().Ending)
		c.file.Focus()
		c.file.CursorEnd()
	case key.Matches(msg, k.Close):
		m.focus = onTable
	}
	return nil
}

// fileNameKey is a key while the name of a file is typed.
func (m *Model) fileNameKey(msg tea.KeyMsg) tea.Cmd {
	k, c := m.opt.Keys.Find, &m.copyAs
	switch {
	case key.Matches(msg, k.Leave):
		c.naming = false
	case key.Matches(msg, k.Accept):
		switch name := strings.TrimSpace(c.file.Value()); {
		case name == "":
			m.say(warn, "A file needs a name")
		case m.opt.SaveFile == nil:
			m.say(warn, "Files cannot be written here")
		default:
			m.focus, c.naming = onTable, false
			return m.saveFileCmd(name, m.copyText+"\n")
		}
	default:
		c.file, _ = c.file.Update(msg)
	}
	return nil
}

// fileSaved says that a file is written, or why not.
func (m *Model) fileSaved(msg fileSavedMsg) {
	if msg.err != nil {
		m.say(bad, "Not written: "+msg.err.Error())
		return
	}
	m.say(good, "Written to "+msg.name)
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

// copyAsMenu draws the menu: of what and in which form, what that does, the text as far as there is
// room, the forms.
func (m *Model) copyAsMenu() []string {
	st, k, c := m.opt.Styles, m.opt.Keys.CopyAs, m.copyAs
	head := st.Accent.Render(fmt.Sprintf(" copy %s as %s", c.set().what, c.form().Title))
	if m.copyEffect != "" {
		head += st.Dim.Render(" · ") + st.Warn.Render(m.copyEffect)
	}
	lines := append([]string{head}, m.copyPreview()...)
	if c.naming {
		line := st.Key.Render(" write to ") + st.Text.Render(c.file.Value()+caretAtEnd)
		return append(lines, line, m.keysLine(hint{m.opt.Keys.Find.Accept, "write"}, hint{m.opt.Keys.Find.Leave, "back"}))
	}
	var items []menuItem
	for i, form := range export.Copies {
		letter, style, mark := st.Key.Render(string(form.Letter)), st.Text, " "
		if i == c.at {
			mark = st.Accent.Render(cursorMark)
			style = st.Sorted
		}
		items = append(items, menuItem{mark + letter + style.Render(" "+form.Title), 3 + cell.Width(form.Title)})
	}
	lines = append(lines, m.menu("", items)...)
	hints := []hint{{k.Copy, "copy"}, {k.Left, ""}, {k.Right, "choose"}}
	if len(c.sets) > 1 {
		hints = append(hints, hint{k.Which, "of which offers"})
	}
	return append(lines, m.keysLine(append(hints, hint{k.File, "to a file"}, hint{k.Close, "close"})...))
}

// copyPreview is what would be copied, as many lines of it as there is room for.
func (m *Model) copyPreview() []string {
	st := m.opt.Styles
	var preview []string
	whole := 0 // lines of the text that are shown
	for line := range strings.SplitSeq(m.copyText, "\n") {
		mark := " │ "
		broken := strings.Split(ansi.Hardwrap(line, max(m.width-4, 1), true), "\n")
		if len(preview)+len(broken) > m.previewMost() {
			return append(preview, "   "+st.Dim.Render("… "+cell.Lines(m.copyLines-whole)+" more"))
		}
		for _, part := range broken {
			preview = append(preview, st.Dim.Render(mark)+st.Text.Render(part))
			mark = "   " // goes on
		}
		whole++
	}
	return preview
}
