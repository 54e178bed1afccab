package tui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// The choices replace the table if the filter is ambiguous, has a word that is not understood, or matches
// nothing. They list what the user may have meant, the likeliest first, and which terms to remove.

// unsettled reports whether a piece of the finished filter is ambiguous or not understood. The table is empty
// then, because the rest of the filter is not what the user meant.
func (m *Model) unsettled() bool { return m.typed.Err != nil && !m.writing }

// choosing reports whether the choices are on the screen. They are not while a list arrives, because a match
// may be among the missing rows.
func (m *Model) choosing() bool {
	arriving := !m.list.ended() && m.load.phase == loading
	return m.listed.Len() == 0 && m.list.catalog.Len() > 0 && (!m.marks.only || m.unsettled()) && !arriving
}

// choiceItem returns choices as list items.
func choiceItem(choices []catalog.Choice) func(i int) scroll.Item {
	return func(i int) scroll.Item {
		return scroll.Item{Key: fmt.Sprint(i, " ", choices[i].Filter), Name: choices[i].Term}
	}
}

// takeChoice replaces the filter with the chosen one.
func (m *Model) takeChoice() {
	switch {
	case len(m.choices) == 0:
		m.say(warn, "No match, and removing one term does not help · "+keymap.Name(m.opt.Keys.Table.Clear)+
			" clears the filter")
	case !m.choice.Chosen():
		m.say(warn, "No line is chosen · "+keymap.Name(m.opt.Keys.Table.Down)+" or a digit chooses one")
	default:
		m.history.add(m.line.Value())
		m.setFilter(m.choices[m.choice.Cursor].Filter)
		m.settleLine()
		m.seen.surprise(m.opt.Now())
	}
}

// choiceLines draws the choices below the question that they answer.
func (m *Model) choiceLines() []string {
	st := m.opt.Styles
	lines := append([]string{""}, m.wrap(st.Warn.Render, asked(m.line.Value(), m.typed, len(m.choices)))...)
	lines = append(lines, "")
	for i, c := range m.choices {
		mark := m.pen().HeldMark(m.choice, i)
		if m.focus == onTable && m.choice.Is(i) {
			mark = st.Accent.Render(view.CursorMark)
		}
		lines = append(lines, mark+st.Key.Render(fmt.Sprintf("%-3d", i+1))+choiceLine(st, c))
	}
	if len(m.choices) > 0 {
		lines = append(lines, "")
	}
	if m.typed.Err == nil && m.result.Listed.Len() == 0 {
		lines = append(lines, stillNothing(st, m.result.Drops)...)
	}
	keys := []string{st.Key.Render(m.keyed(m.opt.Keys.Table.Clear)) + st.Dim.Render(" clears the filter"),
		st.Key.Render(keymap.Name(m.opt.Keys.Table.Undo)) + st.Dim.Render(" undoes")}
	if len(m.choices) > 0 && m.focus == onTable {
		keys = append([]string{st.Key.Render(keymap.Name(m.opt.Keys.Table.Pick)) + st.Dim.Render(" applies it")},
			keys...)
	}
	return append(lines, "  "+strings.Join(keys, st.Dim.Render(" · ")))
}

// asked returns the question or the problem of a line that so many choices answer.
func asked(line string, typed catalog.Typed, choices int) string {
	e := typed.Err
	if e == nil {
		return "No match."
	}
	piece := strings.TrimSpace(line[e.From:e.To])
	switch {
	case e.Asked:
		return fmt.Sprintf("What is meant by %q?", piece)
	case choices > 1:
		return fmt.Sprintf("%q is not understood. Did you mean:", piece)
	}
	return sentence(e.Reason)
}

// sentence begins a text with a capital letter, unless its first word is an address or a path.
func sentence(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if strings.ContainsAny(strings.TrimRight(first, ".,:"), "./~") || s == "" {
		return s
	}
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

func choiceLine(st styles.Styles, c catalog.Choice) string {
	what := c.Term
	if c.Remove {
		what = "Remove " + c.Term
	}
	if c.Rows == 0 {
		return st.Dim.Render(what + " → no match")
	}
	gives := cell.Offers(c.Rows)
	if !c.Best.None() {
		gives += " from $" + cell.PerGPU(c.Best.PerGPU(), c.Best.HourlyRate()) + " per GPU"
	}
	return st.Text.Render(what+" → ") + st.Price.Render(gives)
}

// stillNothing returns lines for the terms whose removal alone still leaves no match.
func stillNothing(st styles.Styles, drops []catalog.Drop) (lines []string) {
	for _, d := range drops {
		if d.Rows == 0 {
			lines = append(lines, "    "+st.Dim.Render("Remove "+d.Term.String()+" → still no match"))
		}
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// look returns the style of a piece of the filter.
func look(st styles.Styles, s query.Span) func(...string) string {
	switch s.Look {
	case query.Filler:
		return st.Filler.Render
	case query.Held:
		return st.Held.Render
	case query.Asked:
		return st.Asked.Render
	case query.NotUnderstood:
		return st.Unknown.Render
	}
	return st.Text.Render
}
