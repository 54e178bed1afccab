package tui

import (
	"strings"

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
		return m.byUser(func() tea.Cmd {
			m.paste(pasted(string(msg.Runes)))
			return nil
		})
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

// paste puts a pasted text into the text field that has the focus. Without one it opens the filter line with it;
// a menu has no use for it.
func (m *Model) paste(msg tea.KeyMsg) {
	_, hasBody := m.view().(view.FullBody)
	switch {
	case m.edited(msg):
	case m.focus != onView || hasBody:
		m.focusLine()
		m.edit(msg)
	default:
		m.say(warn, "Nothing to paste into")
	}
}

// editsWords reports whether a key with alt is one that text fields use to edit words.
func editsWords(msg tea.KeyMsg) bool {
	k := textinput.DefaultKeyMap
	return key.Matches(msg, k.WordForward, k.WordBackward, k.DeleteWordBackward, k.DeleteWordForward)
}

// key handles one key.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	return m.byUser(func() tea.Cmd { return m.keyInFocus(msg) })
}

// byUser carries out what the user has asked for with a key, a paste or the mouse, and derives everything. The
// notice of an earlier key disappears; that of a message stays while the focus stays where it is.
func (m *Model) byUser(act func() tea.Cmd) tea.Cmd {
	focus, view, notice, before, was := m.focus, m.viewName(), m.notice.number, m.targets(), m.settings()
	m.seen.acted, m.notice.before, m.pressed = false, notice, true
	cmd := act()
	cmd = tea.Batch(cmd, m.settle(byKey))
	if m.mouse {
		m.seen.noteClickable(m.opt.Now())
	}
	m.seen.noteKey(before, m.targets(), m.opt.Now())
	m.recordStep(was)
	if text := m.history.fresh; text != "" && m.opt.KeepFilter != nil {
		cmd = tea.Batch(cmd, m.opt.keepFilterCmd(text))
	}
	m.history.fresh = ""
	moved := m.focus != focus || m.viewName() != view
	switch {
	case m.notice.number != notice:
		m.notice.byKey = true
	case m.notice.byKey || moved:
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
	case key.Matches(msg, k.Repaint):
		return tea.ClearScreen
	}
	switch {
	case m.pick.phase == checking:
		return m.checkKey(msg)
	case m.pick.phase == asking:
		if cmd, handled := m.questionKey(msg); handled {
			return cmd
		}
	}
	switch k := m.opt.Keys.Anywhere; {
	case msg.Alt:
		m.altKey(msg)
		return nil
	case key.Matches(msg, k.Help) && !strings.HasPrefix(m.viewName(), "help"):
		m.showOver(view.NewHelp(placeOf(m.focus, m.viewName())))
		return nil
	case key.Matches(msg, k.Reload):
		return m.reloadPressed()
	}
	switch m.focus {
	case onLine:
		m.lineKey(msg)
	case onFacets:
		return m.facetKey(msg)
	case onDetails:
		return m.detailsKey(msg)
	case onChips:
		return m.chipKey(msg)
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

// placeOf returns the name that the settings have for the part of the screen that gets the keys.
func placeOf(on focus, view string) string {
	switch on {
	case onLine:
		return "line"
	case onFacets:
		return "facets"
	case onFind:
		return "find"
	case onDetails:
		return "details"
	case onChips:
		return "chips"
	}
	switch view {
	case "":
		return "table"
	case "sort", "then":
		return "sort-menu"
	case "unlike":
		return "like"
	case "elsewhere":
		return "near"
	case "copyas":
		return "copy-as"
	case "edit":
		return "compare-edit"
	default:
		return view
	}
}

func (m *Model) tableKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Table
	if m.moveKey(msg) || m.choiceDigit(msg) || m.facetsFromTable(msg) {
		return nil
	}
	switch {
	case key.Matches(msg, k.Pick):
		return m.pickPressed(msg)
	case key.Matches(msg, k.Back):
		switch {
		case m.marks.anchor != "":
			m.marks.anchor = ""
		case m.line.Value() != "":
			m.clearFilter()
		}
	case key.Matches(msg, k.Demo) && m.load.phase == noKey && m.opt.Demo != nil:
		m.opt.Open, m.opt.IsDemo = m.opt.Demo, true
		return m.reload()
	case key.Matches(msg, k.Quit):
		return m.quit()
	default:
		return m.actionKey(msg)
	}
	return nil
}

// actionKey handles the keys of the table that work wherever no text is typed: in the facets, the details and the
// views too, unless they have a meaning of their own there.
func (m *Model) actionKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Table
	switch {
	case key.Matches(msg, k.Filter):
		m.focusLine()
	case key.Matches(msg, k.Clear):
		m.clearFilter()
	case key.Matches(msg, k.Undo), key.Matches(msg, k.Redo):
		m.undoStep(key.Matches(msg, k.Redo))
	case key.Matches(msg, k.Unmark):
		m.unmarkAll()
	case key.Matches(msg, k.OnlyMarked):
		m.toggleOnlyMarked()
	case key.Matches(msg, k.Compare):
		m.showComparison()
	case key.Matches(msg, k.Sort), key.Matches(msg, k.SortThen):
		m.showOver(view.Sort{Further: key.Matches(msg, k.SortThen)})
	case key.Matches(msg, k.Columns):
		m.showOver(view.Columns{})
	case key.Matches(msg, k.Command):
		m.showOver(view.Command{})
	case key.Matches(msg, k.Unbeaten):
		m.toggleUnbeaten()
	case key.Matches(msg, k.Basis):
		m.measure = m.measure.Next()
		m.say(good, "Prices are compared "+view.Compared(m.measure))
	case key.Matches(msg, k.Fits):
		m.showOver(view.NewPlanner(m.typed.Query))
	case key.Matches(msg, k.Matrix):
		m.showOffers(view.Matrix{})
	case key.Matches(msg, k.Picture):
		m.showOffers(view.Picture{})
	case key.Matches(msg, k.Help):
		m.showOver(view.NewHelp(placeOf(m.focus, m.viewName())))
	case key.Matches(msg, k.Reload):
		return m.reloadPressed()
	case key.Matches(msg, k.Refresh):
		return m.toggleRefresh()
	case key.Matches(msg, k.Mouse):
		return m.toggleMouse()
	default:
		return m.offerKey(msg)
	}
	return nil
}

// offerKey handles the keys that act on the offer under the cursor of the table. Where a view hides the table,
// it says so: nobody sees which offer that is.
func (m *Model) offerKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Table
	var act func() tea.Cmd
	switch {
	case key.Matches(msg, k.Copy):
		act = func() tea.Cmd { return m.copyPressed(msg) }
	case key.Matches(msg, k.CopyAs):
		act = func() tea.Cmd { m.showCopyAs(msg); return nil }
	case key.Matches(msg, k.OnlyLike), key.Matches(msg, k.Unlike):
		act = func() tea.Cmd { m.showLike(msg); return nil }
	case key.Matches(msg, k.Elsewhere):
		act = func() tea.Cmd { m.showElsewhere(msg); return nil }
	case key.Matches(msg, k.Details):
		act = func() tea.Cmd { m.toggleDetails(); return nil }
	case key.Matches(msg, k.Mark):
		act = func() tea.Cmd { m.toggleMark(msg); return nil }
	case key.Matches(msg, k.MarkRange):
		act = func() tea.Cmd { m.markRange(msg); return nil }
	case key.Matches(msg, k.Chips):
		act = func() tea.Cmd { m.enterChips(); return nil }
	default:
		m.say(warn, keymap.Shown(msg.String())+" does nothing here · "+keymap.Name(k.Help)+" shows all keys")
		return nil
	}
	if m.fullBody() != nil {
		m.say(warn, keymap.Shown(msg.String())+" acts on an offer of the table · "+keymap.Name(k.Back)+
			" goes back to it")
		return nil
	}
	return act()
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
		m.choice = m.choice.On(w, choiceItem(m.choices))
	}
	return true
}

// choiceDigit chooses a line of the choices by its digit; it reports whether msg was such a digit.
func (m *Model) choiceDigit(msg tea.KeyMsg) bool {
	i, is := view.Digit(msg.String())
	if !is || !m.choosing() || i >= m.choice.Len {
		return false
	}
	m.choice = m.choice.On(m.choice.To(i), choiceItem(m.choices))
	return true
}
