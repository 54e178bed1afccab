package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/view"
)

// completion is the list of completions for the last word before the caret.
type completion struct {
	list []catalog.Completion // empty: the list is closed
	at   int
	tail string // the line's text after the caret
}

// complete opens the list; a single completion is inserted at once.
func (m *Model) complete() {
	runes := []rune(m.line.Value())
	at := min(m.line.Position(), len(runes))
	list, tail := m.list.catalog.Complete(string(runes[:at])), string(runes[at:])
	m.completion = completion{list: list, tail: tail}
	switch len(list) {
	case 0:
		m.say(warn, "Nothing to complete")
	case 1:
		m.takeCompletion(list[0])
	}
}

func (m *Model) takeCompletion(c catalog.Completion) {
	m.line.SetValue(c.Text + m.completion.tail)
	m.line.SetCursor(len([]rune(c.Text)))
	m.completion, m.writing = completion{}, true
}

// completionKey handles a key while the list is open; it reports whether msg was
// for the list. Every other key closes it and goes to the line.
func (m *Model) completionKey(msg tea.KeyMsg) bool {
	k, n := m.opt.Keys.Completion, len(m.completion.list)
	if n == 0 {
		return false
	}
	switch {
	case key.Matches(msg, k.Take):
		m.takeCompletion(m.completion.list[m.completion.at])
	case key.Matches(msg, k.Up):
		m.completion.at = (m.completion.at + n - 1) % n
	case key.Matches(msg, k.Down):
		m.completion.at = (m.completion.at + 1) % n
	case key.Matches(msg, k.Leave):
		m.completion = completion{}
	default:
		m.completion = completion{}
		return false
	}
	return true
}

// withCompletions draws the list over the body, below the word it completes: as many
// entries as fit, with the chosen one among them.
func (m *Model) withCompletions(lines []string) []string {
	st, c := m.opt.Styles, m.completion
	top := max(c.at-len(lines)+1, 0)
	shown := c.list[top:min(top+len(lines), len(c.list))]
	names, counts := 0, 0
	for _, o := range shown {
		names, counts = max(names, cell.Width(o.Show)), max(counts, len(countOf(o)))
	}
	names = min(names, max(m.width-counts-5, 1))
	v := viewLine(m.line, true, max(m.width-cell.Width(linePrompt)-1, 8))
	width := names + counts + 1
	left := max(min(v.column(m.line.Value(), c.lastWordAt(m.line.Value())), m.width-width-3), 0)
	for i, o := range shown {
		style, mark := st.Over, " "
		if top+i == c.at {
			style, mark = st.Row, view.CursorMark
		}
		text := cell.Fill(o.Show, names, "…") + " " + cell.Right(countOf(o), counts)
		under := cell.Left(lines[i], left+width+3)
		lines[i] = leftPart(under, left) + style.Render(mark+text+" ") + rightPart(under, left+width+2)
	}
	return lines
}

// countOf returns how many offers match with a completion; empty for a field, which does not filter yet.
func countOf(c catalog.Completion) string {
	if c.Rows < 0 {
		return ""
	}
	return fmt.Sprint(c.Rows)
}

// lastWordAt returns the byte offset in the line at which the word to complete begins.
func (c completion) lastWordAt(text string) int {
	common := len(text)
	for _, c := range c.list {
		n := 0
		for n < common && n < len(c.Text) && c.Text[n] == text[n] {
			n++
		}
		common = n
	}
	for common > 0 && text[common-1] != ' ' {
		common--
	}
	return common
}
