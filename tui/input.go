package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// keys takes a message of v1's apart: keys that came in one read are one
// message there, and each is to act; alt+key is esc, then the key.
func (m *Model) keys(msg tea.KeyMsg) tea.Cmd {
	if m.welcome {
		m.welcome = false
		m.derive(onItsID)
	}
	if msg.Paste {
		m.paste(string(msg.Runes))
		return nil
	}
	var cmds []tea.Cmd
	if msg.Alt {
		cmds = append(cmds, m.key(tea.KeyMsg{Type: tea.KeyEsc}))
		msg.Alt = false
	}
	if msg.Type == tea.KeyRunes && len(msg.Runes) > 1 {
		for _, r := range msg.Runes {
			cmds = append(cmds, m.key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}))
		}
	} else if msg.Type != tea.KeyEsc || len(cmds) == 0 {
		cmds = append(cmds, m.key(msg))
	}
	return tea.Batch(cmds...)
}

// key is one key. A notice goes when the key leads elsewhere, unless it is about
// just that.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	focus, notice := m.focus, m.notice.number
	cmd := m.keyInFocus(msg)
	if m.focus != focus && m.notice.number == notice {
		m.notice.text = ""
	}
	return cmd
}

// keyInFocus is one key: what it means depends on who has the focus.
func (m *Model) keyInFocus(msg tea.KeyMsg) tea.Cmd {
	if m.quitting {
		return nil
	}
	switch k := m.opt.Keys.Anywhere; {
	case key.Matches(msg, k.Interrupt):
		m.interrupted = true
		return m.quit()
	case key.Matches(msg, k.Suspend):
		return m.suspend()
	}
	if m.checking() {
		return m.checkKey(msg)
	}
	lost := m.lost
	m.lost = false
	if !key.Matches(msg, m.pickKey()) || m.focus != onTable && m.focus != onCompare {
		m.check.agreed = nil // whoever does something else is told again
	}
	switch m.focus {
	case onLine:
		m.lineKey(msg)
	case onSortMenu:
		m.sortKey(msg)
	case onHelp:
		m.helpKey(msg)
	case onFacets:
		m.facetKey(msg)
	case onDetails:
		m.detailsKey(msg)
	case onChips:
		m.chipKey(msg)
	case onHelpFind:
		m.helpFindKey(msg)
	case onColumns:
		return m.columnsKey(msg)
	case onNear:
		return m.nearKey(msg)
	case onMatrix:
		return m.matrixKey(msg)
	case onPicture:
		return m.pictureKey(msg)
	case onCompare:
		return m.compareKey(msg)
	case onCompareEdit:
		m.compareEditKey(msg)
	case onCopyAs:
		return m.copyAsKey(msg)
	case onCommand:
		return m.commandKey(msg)
	case onFind:
		m.findKey(msg)
	default:
		return m.tableKey(msg, lost)
	}
	return nil
}

// pickKey is what picks a row where the focus is.
func (m *Model) pickKey() key.Binding {
	if m.focus == onCompare {
		return m.opt.Keys.Compare.Pick
	}
	return m.opt.Keys.Table.Pick
}

// isBack reports whether a key of b's goes back one step before it leaves: esc, or any
// of them if the user has given others.
func isBack(msg tea.KeyMsg, b key.Binding) bool {
	return key.Matches(msg, b) && (msg.Type == tea.KeyEsc || !slices.Contains(b.Keys(), "esc"))
}

// checkKey is a key while a pick is checked: it can only be called off.
func (m *Model) checkKey(msg tea.KeyMsg) tea.Cmd {
	switch k := m.opt.Keys.Table; {
	case key.Matches(msg, k.Back):
		m.endCheck(m.check.number)
		m.say(warn, "not picked")
	case key.Matches(msg, k.Quit):
		return m.quit()
	}
	return nil
}

func (m *Model) tableKey(msg tea.KeyMsg, lost bool) tea.Cmd {
	k := m.opt.Keys.Table
	if m.moveKey(msg) || m.facetsFromTable(msg) {
		return nil
	}
	switch {
	case key.Matches(msg, k.Pick):
		return m.pickRow(lost)
	case key.Matches(msg, k.Copy):
		return m.copyRow()
	case key.Matches(msg, k.CopyAs):
		m.enterCopyAs()
	case key.Matches(msg, k.Compare):
		m.enterCompare()
	case key.Matches(msg, k.OnlyLike), key.Matches(msg, k.Unlike):
		m.filterLike(key.Matches(msg, k.OnlyLike))
	case key.Matches(msg, k.Filter):
		m.focusLine()
	case key.Matches(msg, k.Chips):
		m.enterChips()
	case key.Matches(msg, k.Details):
		m.toggleDetails()
	case key.Matches(msg, k.Mark):
		m.toggleMark()
	case key.Matches(msg, k.MarkRange):
		m.markRange()
	case key.Matches(msg, k.Unmark):
		m.clearMarks()
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
		m.focus, m.further = onSortMenu, key.Matches(msg, k.SortThen)
	case key.Matches(msg, k.Columns):
		m.enterColumns()
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

// viewKey is a key that means the same in every view as in the table.
func (m *Model) viewKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Table
	switch {
	case key.Matches(msg, k.Help):
		m.enterHelp()
	case key.Matches(msg, k.Reload):
		return m.reload()
	case key.Matches(msg, k.Refresh):
		return m.toggleRefresh()
	case key.Matches(msg, k.Matrix):
		m.enterMatrix()
	case key.Matches(msg, k.Picture):
		m.enterPicture()
	case key.Matches(msg, k.Command):
		m.focus = onCommand
	}
	return nil
}

// moveKey handles the keys that move; it reports whether msg was one of them.
func (m *Model) moveKey(msg tea.KeyMsg) bool {
	k, w := m.opt.Keys.Table, m.rows
	if m.rescuing() {
		w = m.rescue // of the lines that say what dropping a term would give
	}
	switch {
	case key.Matches(msg, k.Up):
		w = w.Move(-1)
	case key.Matches(msg, k.Down):
		w = w.Move(1)
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
	case key.Matches(msg, k.Right):
		m.shift = min(m.shift+1, m.maxShift())
	default:
		return false
	}
	if m.rescuing() {
		m.rescue = w
		return true
	}
	m.moved = m.moved || w.Cursor != m.rows.Cursor
	m.rows = w
	return true
}
