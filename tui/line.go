package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

const (
	caretAtEnd  = "█"
	caretBefore = "▏"
	linePrompt  = " / "
	lineExample = "try: 8xh100 europe price<20"
)

// filterLine draws the line: what is typed on the left, what is to be said
// about it on the right.
func (m *Model) filterLine() string {
	st := m.opt.Styles
	note := m.lineNote()
	width := m.width - cell.Width(linePrompt) - 1
	if note != "" {
		note = cell.Cut(note, max(width/2, 12), "…")
		width -= cell.Width(note) + 2
	}
	text := m.lineText(max(width, 8)).text
	style := st.Text
	switch {
	case m.typed.Err != nil:
		style = st.Bad
	case m.typed.Held != "":
		note = st.Warn.Render(note)
	default:
		note = st.Dim.Render(note)
	}
	prompt := st.Dim.Render(linePrompt)
	if m.focus == onLine {
		prompt = st.Key.Render(linePrompt)
	}
	return m.spreadLine(prompt+style.Render(text), note+" ")
}

// lineView is the part of the line that is on screen.
type lineView struct {
	text  string // with the caret, if the line has the focus
	cut   int    // columns of the text that are cut off on its left
	caret int    // byte of the text at which the caret stands, -1 without one
}

// lineText is the part of the line around the caret that fits, with the caret
// as a sign of its own: it is there without colour too.
func (m *Model) lineText(width int) lineView {
	runes := []rune(m.line.Value())
	if m.focus != onLine {
		return lineView{text: cell.Cut(string(runes), width, "…"), caret: -1}
	}
	at := min(m.line.Position(), len(runes))
	caret := caretAtEnd
	if at < len(runes) {
		caret = caretBefore
	}
	before, after := string(runes[:at]), string(runes[at:])
	v := lineView{caret: len(before)}
	for whole := cell.Width(before); cell.Width(before)+1 > width; v.cut = whole - cell.Width(before) {
		before = string([]rune(before)[1:])
	}
	v.text = before + caret + cell.Cut(after, max(width-cell.Width(before)-1, 0), "")
	return v
}

// column is where byte i of the line's text is on the screen.
func (m *Model) column(v lineView, i int) int {
	col := cell.Width(linePrompt) + cell.Width(m.line.Value()[:i]) - v.cut
	if v.caret >= 0 && v.caret <= i && i < len(m.line.Value()) {
		col++ // the caret stands in front of it
	}
	return max(col, cell.Width(linePrompt))
}

// lineNote is what is to be said beside the line.
func (m *Model) lineNote() string {
	switch {
	case m.typed.Err != nil:
		return ""
	case m.typed.Why != "":
		return m.typed.Why
	case m.typed.More:
		return "go on typing"
	case m.typed.Held != "":
		return m.typed.Held + ": no match yet"
	case len(m.result.LeftOut) > 0:
		return leftOut(m.result.LeftOut)
	case m.line.Value() == "":
		return lineExample
	}
	return ""
}

// leftOut counts the rows that only an unknown value keeps out: "4 of unknown
// area left out", "4 of unknown area, 9 VRAM left out".
func leftOut(list []catalog.LeftOut) string {
	var parts []string
	for i, l := range list {
		of := " of unknown "
		if i > 0 {
			of = " "
		}
		parts = append(parts, fmt.Sprint(l.Rows)+of+l.Field.Title())
	}
	return strings.Join(parts, ", ") + " left out"
}

// errorLine puts the error under the place where it is, or as near to it as it
// fits: the sentence is whole if the screen is wide enough for it.
func (m *Model) errorLine() string {
	e := m.typed.Err
	if e == nil {
		return ""
	}
	v := m.lineText(max(m.width-cell.Width(linePrompt)-1, 8))
	col, width := m.column(v, min(e.At, len(m.line.Value()))), cell.Width(e.Reason)
	line := cell.Cut(" "+e.Reason, m.width, "…")
	switch {
	case col+2+width <= m.width:
		line = strings.Repeat(" ", col) + "^ " + e.Reason
	case col >= width+1 && col < m.width:
		line = strings.Repeat(" ", col-width-1) + e.Reason + " ^"
	}
	return m.opt.Styles.Bad.Render(line)
}

// lineKey is a key while the filter line has the focus: what is not one of the
// line's own keys is typed or edits.
func (m *Model) lineKey(msg tea.KeyMsg) {
	if m.completionKey(msg) {
		return
	}
	k := m.opt.Keys.Line
	switch {
	case key.Matches(msg, k.Complete):
		m.complete()
	case key.Matches(msg, k.Accept):
		m.insisted = true
		if m.derive(toFirstRow); m.typed.Err == nil {
			m.leaveLine()
		}
	case key.Matches(msg, k.Leave):
		m.leaveLine()
	case key.Matches(msg, k.RowUp):
		m.chooseRow(m.rows.Move(-1))
	case key.Matches(msg, k.RowDown):
		m.chooseRow(m.rows.Move(1))
	case key.Matches(msg, k.Earlier):
		m.recall(m.history.earlier(m.line.Value()))
	case key.Matches(msg, k.Later):
		m.recall(m.history.later(m.line.Value()))
	default:
		m.edit(msg)
	}
}

// edit gives a key to the line editor. Only a changed text changes the result:
// a caret that moves leaves the row cursor alone.
func (m *Model) edit(msg tea.KeyMsg) {
	m.completion = completion{}
	before := m.line.Value()
	m.line, _ = m.line.Update(msg)
	if m.line.Value() != before {
		m.insisted = false
		m.derive(toFirstRow)
	}
}

// paste goes only into a text field, cleaned, its line breaks as spaces.
func (m *Model) paste(text string) {
	text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(text)
	typed := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(api.CleanText(text))}
	switch m.focus {
	case onLine:
		m.edit(typed)
	case onFind:
		m.editFind(typed)
	case onHelpFind:
		m.helpFinder, _ = m.helpFinder.Update(typed)
	case onCompareEdit:
		m.compare.editor, _ = m.compare.editor.Update(typed)
	}
}
