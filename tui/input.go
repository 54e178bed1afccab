package tui

import (
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/view"
)

// keys splits a message into keys: Bubble Tea reports keys that arrive in one read
// as one message, and each of them must act.
func (m *Model) keys(msg tea.KeyMsg) tea.Cmd {
	m.pressed = true
	m.welcome = false
	if msg.Type == tea.KeyEsc {
		msg.Alt = false // two escapes in one read arrive as alt+esc
	}
	if msg.Paste {
		m.edited(pasted(string(msg.Runes))) // a paste goes only into a text field
		return m.settle(byKey)
	}
	if msg.Type != tea.KeyRunes || len(msg.Runes) < 2 {
		return m.key(msg)
	}
	var cmds []tea.Cmd
	for i, r := range msg.Runes {
		cmds = append(cmds, m.key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt && i == 0}))
	}
	return tea.Batch(cmds...)
}

// altKey handles a key with alt: it edits words in a text field and does nothing elsewhere.
func (m *Model) altKey(msg tea.KeyMsg) {
	if !editsWords(msg) || !m.edited(msg) {
		m.say(warn, keymap.Shown(msg.String())+" does nothing here")
	}
}

// edited passes a key to the text field that has the focus, and reports whether there is one.
func (m *Model) edited(msg tea.KeyMsg) bool {
	switch m.focus {
	case onLine:
		m.edit(msg)
	case onFind:
		m.editFind(msg)
	default:
		e, is := m.view().(view.Editor)
		if !is || !e.Editing() {
			return false
		}
		m.become(e.Edit(msg))
	}
	return true
}

// editsWords reports whether a key with alt is one that text fields use to edit words.
func editsWords(msg tea.KeyMsg) bool {
	k := textinput.DefaultKeyMap
	return key.Matches(msg, k.WordForward, k.WordBackward, k.DeleteWordBackward, k.DeleteWordForward)
}

// key handles one key. A notice disappears when the key changes the focus or the view, unless this key set it.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	focus, view, notice, before := m.focus, m.viewName(), m.notice.number, m.targets()
	m.seen.acted, m.notice.before = false, notice
	cmd := tea.Batch(m.keyInFocus(msg), m.settle(byKey))
	if m.mouse {
		m.seen.noteClickable(m.opt.Now())
	}
	m.seen.noteKey(before, m.targets(), m.opt.Now())
	if (m.focus != focus || m.viewName() != view) && m.notice.number == notice {
		m.notice.text = ""
	}
	return cmd
}

// keyInFocus handles one key: its meaning depends on the focus.
func (m *Model) keyInFocus(msg tea.KeyMsg) tea.Cmd {
	if m.quitting {
		return nil
	}
	switch k := m.opt.Keys.Anywhere; {
	case key.Matches(msg, k.Interrupt):
		m.outcome.Interrupted = true
		return m.quit()
	case key.Matches(msg, k.Suspend):
		return m.suspend()
	}
	switch {
	case m.pick.phase == checking:
		return m.checkKey(msg)
	case m.pick.phase == asking:
		if cmd, handled := m.questionKey(msg); handled {
			return cmd
		}
	}
	if msg.Alt {
		m.altKey(msg)
		return nil
	}
	switch m.focus {
	case onLine:
		m.lineKey(msg)
	case onFacets:
		m.facetKey(msg)
	case onDetails:
		m.detailsKey(msg)
	case onChips:
		m.chipKey(msg)
	case onView:
		return m.openKey(msg)
	case onFind:
		m.findKey(msg)
	default:
		return m.tableKey(msg)
	}
	return nil
}

// pickKey returns the key that picks a row where the focus is.
func (m *Model) pickKey() key.Binding {
	if _, is := m.view().(view.Compare); is {
		return m.opt.Keys.Compare.Pick
	}
	return m.opt.Keys.Table.Pick
}

func (m *Model) tableKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Table
	if m.moveKey(msg) || m.choiceDigit(msg) || m.facetsFromTable(msg) {
		return nil
	}
	switch {
	case key.Matches(msg, k.Pick):
		return m.pickPressed(msg)
	case key.Matches(msg, k.Copy):
		return m.copyRow(msg)
	case key.Matches(msg, k.CopyAs):
		m.showCopyAs(msg)
	case key.Matches(msg, k.Compare):
		m.showComparison()
	case key.Matches(msg, k.OnlyLike), key.Matches(msg, k.Unlike):
		m.filterLike(msg, key.Matches(msg, k.OnlyLike))
	case key.Matches(msg, k.Filter):
		m.focusLine()
	case key.Matches(msg, k.Chips):
		m.enterChips()
	case key.Matches(msg, k.Details):
		m.toggleDetails()
	case key.Matches(msg, k.Mark):
		m.toggleMark(msg)
	case key.Matches(msg, k.MarkRange):
		m.markRange(msg)
	case key.Matches(msg, k.Unmark):
		m.marks = marks{changes: m.marks.changes + 1}
	case key.Matches(msg, k.OnlyMarked):
		m.toggleOnlyMarked()
	case key.Matches(msg, k.Clear):
		m.clearFilter()
	case key.Matches(msg, k.Back):
		switch {
		case m.marks.anchor != "":
			m.marks.anchor = ""
		case m.line.Value() != "":
			m.clearFilter()
		}
	case key.Matches(msg, k.Restore):
		m.restoreFilter()
	case key.Matches(msg, k.Sort), key.Matches(msg, k.SortThen):
		m.show(view.Sort{Further: key.Matches(msg, k.SortThen)})
	case key.Matches(msg, k.Columns):
		m.show(view.Columns{})
	case key.Matches(msg, k.Mouse):
		return m.toggleMouse()
	case key.Matches(msg, k.Demo):
		return m.openDemo()
	case key.Matches(msg, k.Quit):
		return m.quit()
	default:
		return m.viewKey(msg)
	}
	return nil
}

// moveKey handles the keys that move the cursor or scroll columns; it reports whether msg was one of them.
func (m *Model) moveKey(msg tea.KeyMsg) bool {
	k, c := m.opt.Keys.Table, m.rows
	if m.choosing() {
		c = m.choice
	}
	w := c.Window
	switch {
	case key.Matches(msg, k.Up):
		w = c.Move(-1)
	case key.Matches(msg, k.Down):
		w = c.Move(1)
	case key.Matches(msg, k.Top):
		w = w.To(0)
	case key.Matches(msg, k.Bottom):
		w = w.To(w.Len - 1)
	case key.Matches(msg, k.PageUp):
		w = w.Page(-1)
	case key.Matches(msg, k.PageDown):
		w = w.Page(1)
	case key.Matches(msg, k.HalfUp):
		w = w.HalfPage(-1)
	case key.Matches(msg, k.HalfDown):
		w = w.HalfPage(1)
	case key.Matches(msg, k.Left):
		m.shift = max(m.shift-1, 0)
		return true
	case key.Matches(msg, k.Right):
		m.shift = min(m.shift+1, m.grid().maxShift())
		return true
	default:
		return false
	}
	switch {
	case !m.choosing():
		m.chooseRow(w)
	case m.choice.Len > 0:
		m.choice = m.choice.On(w, m.choiceItem)
	}
	return true
}

// choiceDigit chooses a line of the choices by its digit; it reports whether msg was such a digit.
func (m *Model) choiceDigit(msg tea.KeyMsg) bool {
	i, is := view.Digit(msg.String())
	if !is || !m.choosing() || i >= m.choice.Len {
		return false
	}
	m.choice = m.choice.On(m.choice.To(i), m.choiceItem)
	return true
}
