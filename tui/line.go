package tui

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

const (
	caretBefore = "▏"
	linePrompt  = " / "
	lineExample = "try: 8xh100 europe price<20"
)

// filterLine draws the filter line: the text on the left, each piece in the style of
// how it was read, and a note on the right.
func (m *Model) filterLine() string {
	st := m.opt.Styles
	width := m.width - cell.Width(linePrompt) - 1
	note := lineNote(m.line.Value(), m.focus == onLine, m.typed, m.result, width/2)
	if note != "" {
		note = cell.Cut(note, max(width/2, 12), "…")
		width -= cell.Width(note) + 2
	}
	prompt := st.Dim.Render(linePrompt)
	if m.focus == onLine {
		prompt = st.Key.Render(linePrompt)
	}
	v := viewLine(m.line, m.focus == onLine, max(width, 8))
	return m.pen().Justify(prompt+v.drawn(st, m.typed.Spans), st.Dim.Render(note)+" ")
}

// lineView is the part of the line that is on screen.
type lineView struct {
	text  string // with the caret, if the line has the focus
	from  int    // byte of the line at which the text begins
	cut   int    // columns of the text that are cut off on its left
	caret int    // byte of the text at which the caret stands, -1 without one
}

// viewLine returns the part of a line around the caret that fits. The caret is a character of its own, so that
// it is visible without color too.
func viewLine(line textinput.Model, focused bool, width int) lineView {
	runes := []rune(line.Value())
	if !focused {
		return lineView{text: cell.Cut(string(runes), width, "…"), caret: -1}
	}
	at := min(line.Position(), len(runes))
	caret := view.CaretAtEnd
	if at < len(runes) {
		caret = caretBefore
	}
	before, after := string(runes[:at]), string(runes[at:])
	v := lineView{caret: len(before)}
	for whole := cell.Width(before); cell.Width(before)+1 > width; v.cut = whole - cell.Width(before) {
		before = string([]rune(before)[1:])
	}
	v.from = v.caret - len(before)
	v.text = before + caret + cell.Cut(after, max(width-cell.Width(before)-1, 0), "")
	return v
}

// drawn returns the text with each piece of the line in its style.
func (v lineView) drawn(st styles.Styles, spans []query.Span) string {
	var b, run strings.Builder
	plain := query.Span{}
	of := plain // the piece that run belongs to
	flush := func() {
		if run.Len() > 0 {
			b.WriteString(look(st, of)(run.String()))
			run.Reset()
		}
	}
	at, caret := v.from, v.caret
	for _, r := range v.text {
		span := plain
		if at != caret { // the caret belongs to no piece
			for len(spans) > 0 && spans[0].To <= at {
				spans = spans[1:]
			}
			if len(spans) > 0 && spans[0].From <= at {
				span = spans[0]
			}
		}
		if span.Look != of.Look {
			flush()
			of = span
		}
		run.WriteRune(r)
		if at == caret {
			caret = -1
		} else {
			at += utf8.RuneLen(r)
		}
	}
	flush()
	return b.String()
}

// column returns the screen column of byte i of the line's text.
func (v lineView) column(text string, i int) int {
	col := cell.Width(linePrompt) + cell.Width(text[:i]) - v.cut
	if v.caret >= 0 && v.caret <= i && i < len(text) {
		col++ // the caret is left of this byte
	}
	return max(col, cell.Width(linePrompt))
}

// lineNote returns the note beside the line: an example while the line is empty, the hidden offers while it has
// no focus, or, after the whole name of a card, the longer names that begin with it.
func lineNote(line string, focused bool, typed catalog.Typed, result catalog.Result, width int) string {
	if !focused {
		if line == "" {
			return lineExample
		}
		return hiddenCounts(result.LeftOut, width)
	}
	if line == "" {
		return lineExample
	}
	last, ok := query.Reading{Spans: typed.Spans}.Last()
	if !ok || last.To < len(line) || last.Terms != 1 || last.Begins {
		return ""
	}
	word := line[last.From:last.To]
	if f, ok := typed.Query.Terms[last.Term].Field(); !ok || f != query.GPU || strings.ContainsAny(word, ` :="`) {
		return ""
	}
	var also []string
	for _, v := range result.Facets[query.GPU].Also(word) {
		also = append(also, fmt.Sprintf("%s %d", v.Name, v.Rows))
	}
	if len(also) == 0 {
		return ""
	}
	return "also " + strings.Join(also, ", ") + ": " + word + "*"
}

// hiddenCounts counts the offers that are hidden only because a value is unknown: "4 offers with unknown
// location, 9 VRAM hidden", or in as many words as fit the width.
func hiddenCounts(list []catalog.LeftOut, width int) string {
	if len(list) == 0 {
		return ""
	}
	var parts []string
	for _, l := range list {
		title := l.Field.Title()
		switch l.Field {
		case query.Area:
			title = "location"
		case query.Is: // is:unbeaten compares all of them
			title = "specs"
		}
		parts = append(parts, cell.Int(l.Rows)+" "+title)
	}
	counts := strings.Join(parts, ", ")
	whole := cell.Offers(list[0].Rows) + " with unknown" + strings.TrimPrefix(counts, cell.Int(list[0].Rows)) +
		" hidden"
	shorter := []string{whole, "hidden, unknown: " + counts, "unknown: " + counts}
	for n := len(parts) - 1; n > 0; n-- {
		shorter = append(shorter, "unknown: "+strings.Join(parts[:n], ", ")+", …")
	}
	for _, say := range append(shorter, "unknown hidden") {
		if cell.Width(say) <= width {
			return say
		}
	}
	return ""
}

// readingLine draws the line below the filter line while the user types: the exact form of the filter, how many
// offers match, and what is not applied.
func (m *Model) readingLine() string {
	st := m.opt.Styles
	exact := m.typed.Query.String()
	if exact == "" {
		exact = "all offers"
	}
	count := " · " + cell.Offers(m.result.Rows.Len())
	if asked := m.typed.Query.Sort; asked.String() != m.order.String() {
		count += " by " + view.Describe(asked)
	}
	said, style := notApplied(m.line.Value(), m.typed.Spans), st.Warn
	// What is not applied has priority over the exact form, which has priority over the hidden counts.
	room := m.width - cell.Width(linePrompt) - cell.Width(count) - 1
	if said == "" {
		notes := query.Notes(m.typed.Spans)
		left := room - cell.Width(exact)
		for _, n := range notes {
			left -= cell.Width(" · " + n)
		}
		left -= cell.Width(" · ")
		said, style = join(append(notes, hiddenCounts(m.result.LeftOut, left))), st.Dim
	}
	if said != "" {
		said = " · " + said
	}
	if m.typed.Held == "" && m.typed.Err == nil {
		exact = cell.Cut(exact, max(room, 8), "…")
		said = cell.Cut(said, max(room-cell.Width(exact), 0), "…")
	} else {
		said = cell.Cut(said, max(room-8, 0), "…")
		exact = cell.Cut(exact, max(room-cell.Width(said), 8), "…")
	}
	return strings.Repeat(" ", cell.Width(linePrompt)) + st.Accent.Render(exact) + st.Dim.Render(count) +
		style.Render(said)
}

// notApplied says which pieces of the line are not in the filter, and why.
func notApplied(line string, spans []query.Span) string {
	var parts []string
	for _, s := range spans {
		text := line[s.From:min(s.To, len(line))]
		switch s.Look {
		case query.Held:
			say := strconv.Quote(text) + " not applied yet"
			if s.Err != nil && s.Err.Asked {
				say = s.Err.Reason
			}
			parts = append(parts, say)
		case query.Asked:
			parts = append(parts, s.Err.Reason)
		case query.NotUnderstood:
			parts = append(parts, "ignoring "+ignored(text, s.Err))
		}
	}
	return strings.Join(parts, ", ")
}

// ignored names a piece that is not understood, and says why or what was probably meant.
func ignored(text string, e *query.SyntaxError) string {
	text = strconv.Quote(strings.TrimSpace(text))
	switch {
	case len(e.Choices) > 0:
		return text + " (" + strings.Join(e.Choices, ", ") + "?)"
	}
	if why, is := strings.CutPrefix(e.Reason, text+" is not understood"); is {
		return text + why
	}
	return text + ": " + e.Reason
}

// lineKey handles a key while the filter line has the focus. A key that is not
// one of the line's own goes to the editor.
func (m *Model) lineKey(msg tea.KeyMsg) {
	if m.completionKey(msg) {
		return
	}
	k := m.opt.Keys.Line
	switch {
	case key.Matches(msg, k.Complete):
		m.complete()
	case key.Matches(msg, k.Accept):
		m.leaveLine()
	case key.Matches(msg, k.Leave):
		m.cancelLine()
	case key.Matches(msg, k.RowUp):
		m.chooseRow(m.rows.Move(-1))
	case key.Matches(msg, k.RowDown):
		m.chooseRow(m.rows.Move(1))
	case key.Matches(msg, k.PageUp):
		m.chooseRow(m.rows.Page(-1))
	case key.Matches(msg, k.PageDown):
		m.chooseRow(m.rows.Page(1))
	case key.Matches(msg, k.Earlier), key.Matches(msg, k.Later):
		text := m.line.Value()
		if key.Matches(msg, k.Earlier) {
			text = m.history.earlier(text)
		} else {
			text = m.history.later(text)
		}
		if text != m.line.Value() {
			m.setLine(text)
			m.writing = true
		}
	default:
		m.edit(msg)
	}
}

// edit passes a key to the line editor. Only changed text changes the result:
// moving the caret leaves the row cursor alone.
func (m *Model) edit(msg tea.KeyMsg) {
	m.completion = completion{}
	before := m.line.Value()
	if msg.Type == tea.KeySpace && strings.HasSuffix(before, " ") && m.line.Position() == len([]rune(before)) &&
		strings.Count(before, `"`)%2 == 0 {
		return // the line begins with a space behind the filter, and one is enough
	}
	m.line, _ = m.line.Update(msg)
	m.writing = m.writing || m.line.Value() != before
}

// pasted returns a paste as a key message: the cleaned text, with spaces for line breaks.
func pasted(text string) tea.KeyMsg {
	text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(text)
	clean := api.CleanText(text)
	if !strings.Contains(text, api.TextMark) { // it marks what nobody can see in the text
		clean = strings.ReplaceAll(clean, api.TextMark, "")
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(clean)}
}
