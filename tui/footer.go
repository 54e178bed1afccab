package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"gpupick/keymap"
	"gpupick/tui/cell"
)

// footer draws the keys of whoever has the focus; a menu may need several lines.
func (m *Model) footer() []string {
	if m.pick.phase == asking {
		return m.questionLines()
	}
	switch m.focus {
	case onSortMenu:
		return m.sortMenuLines()
	case onColumns:
		return m.columnsMenu()
	case onNear:
		return m.nearMenu()
	case onCopyAs:
		return m.copyAsMenu()
	case onCommand:
		return m.commandMenu()
	}
	return []string{m.keysFooter()}
}

// questionLines are the question about what has changed, whole, and its answers.
func (m *Model) questionLines() []string {
	lines := wrapTo(m.width-4, m.opt.Styles.Warn.Render, m.pick.question)
	if m.notice.text != "" {
		return append(lines, "  "+m.noticeText())
	}
	return append(lines, " "+m.keysLine(hint{m.pickKey(), "pick it anyway"}, hint{m.opt.Keys.Table.Back, "cancel"}))
}

func (m *Model) keysFooter() string {
	k := m.opt.Keys
	switch m.focus {
	case onLine:
		if c := k.Completion; len(m.completion.list) > 0 {
			return m.keysLine(hint{c.Take, "take"}, hint{c.Up, ""}, hint{c.Down, "choose"}, hint{c.Leave, "leave the list"})
		}
		return m.keysLine(hint{k.Line.Complete, "complete"}, hint{k.Line.RowUp, ""}, hint{k.Line.RowDown, "row"}, hint{k.Line.Earlier, "earlier filter"}, hint{k.Line.Accept, "to the table"})
	case onCompare, onCompareEdit:
		return m.compareFooter()
	case onPicture:
		return m.pictureFooter()
	case onMatrix:
		k := k.Matrix
		return m.withLegend(m.keysLine(hint{k.Go, "to these rows"}, hint{k.Copy, "copy"}, hint{k.Up, ""}, hint{k.Down, ""}, hint{k.Left, ""}, hint{k.Right, "move"}, hint{k.Next, "next offer"}, hint{k.Close, "close"}))
	case onHelp:
		line := m.keysLine(hint{k.Help.Close, "close"}, hint{k.Help.Find, "find"}, hint{k.Help.Up, ""}, hint{k.Help.Down, "scroll"})
		if total := len(m.helpLines()); total > m.bodyHeight() {
			line += m.opt.Styles.Dim.Render(fmt.Sprintf(" · %d to %d of %d", m.helpTop+1, min(m.helpTop+m.bodyHeight(), total), total))
		}
		return line
	}
	f := k.Facets
	switch m.focus {
	case onFacets:
		return m.keysLine(hint{f.Tick, "tick"}, hint{f.Only, "only"}, hint{f.Clear, "clear"}, hint{f.All, "all"}, hint{f.Find, "find"}, hint{f.TickAndGo, "tick & table"}, hint{f.Help, "help"}, hint{f.Table, "table"})
	case onChips:
		return m.chipsLine()
	case onHelpFind:
		return m.opt.Styles.Key.Render(" find ") + m.opt.Styles.Text.Render(m.helpFinder.Value()+caretAtEnd) + m.keysLine(hint{k.Find.Accept, "to what was found"}, hint{k.Find.Leave, "leave it"})
	case onDetails:
		return m.keysLine(hint{k.Details.Go, "go there"}, hint{k.Details.Up, ""}, hint{k.Details.Down, "choose"}, hint{k.Details.Table, "table"}, hint{k.Details.Close, "close"})
	case onFind:
		return m.keysLine(hint{k.Find.Accept, "to what was found"}, hint{k.Find.Up, ""}, hint{k.Find.Down, "move"}, hint{k.Find.Leave, "leave it"})
	}
	pick := "copy & quit"
	if m.opt.Captured {
		pick = "pick"
	}
	if n := len(m.marked()); m.opt.Multi && n > 0 {
		pick += fmt.Sprintf(" %d marked", n)
	}
	if m.load.phase == noKey && m.opt.Demo != nil && m.list.catalog.Len() == 0 {
		return m.keysLine(hint{k.Table.Demo, "browse the demo"}, hint{k.Table.Reload, "look for the key again"}, hint{k.Table.Quit, "quit"})
	}
	if m.load.phase == failed && m.list.catalog.Len() == 0 {
		return m.keysLine(hint{k.Table.Reload, "try again"}, hint{k.Table.Quit, "quit"}, hint{k.Table.Help, "help"})
	}
	if m.choosing() && len(m.choices) > 0 {
		return m.keysLine(hint{k.Table.Pick, "take it"}, hint{k.Table.Up, ""}, hint{k.Table.Down, "choose"}, hint{k.Table.Filter, "filter"}, hint{k.Table.Clear, "clear"}, hint{k.Table.Restore, "restore"}, hint{k.Table.Quit, "quit"}, hint{k.Table.Help, "help"})
	}
	return m.keysLine(hint{k.Table.Pick, pick}, hint{k.Table.Copy, "copy"}, hint{k.Table.Filter, "filter"}, hint{k.Table.Facets, "facets"}, hint{k.Table.Sort, "sort"}, hint{k.Table.Details, "details"},
		hint{k.Table.Clear, "clear"}, hint{k.Table.Reload, "reload"}, hint{k.Table.Quit, "quit"}, hint{k.Table.Help, "help"})
}

// hint is a key in the footer with a word for it.
type hint struct {
	binding key.Binding
	word    string
}

// keysLine is as many of the hints as fit, and always the last one: it is the way
// out. A hint without a word shares the word of the next one. Of several keys for
// one thing the first is shown; the help has all.
func (m *Model) keysLine(hints ...hint) string {
	st := m.opt.Styles
	show := func(h hint) string { return keymap.Name(h.binding) }
	width := func(hints []hint) int {
		n := 0
		for _, h := range hints {
			if n += 1 + cell.Width(show(h)); h.word != "" {
				n += 1 + cell.Width(h.word) + 2 // the dot behind it
			}
		}
		return n - 2
	}
	for n := len(hints) - 1; n > 0 && width(hints) > m.width; n-- {
		hints = append(hints[:n-1:n-1], hints[len(hints)-1])
	}
	for len(hints) > 1 && hints[len(hints)-2].word == "" { // its word has gone with another one
		hints = append(hints[:len(hints)-2:len(hints)-2], hints[len(hints)-1])
	}
	line, between := "", " "
	for _, h := range hints {
		line += st.Dim.Render(between) + st.Key.Render(show(h))
		between = " "
		if h.word != "" {
			line += st.Dim.Render(" " + h.word)
			between = " · "
		}
	}
	return line
}

// menuItem is one of the things in a menu, as it is drawn, and how wide it is.
type menuItem struct {
	drawn string
	width int
}

// menu draws a menu: in one line if the screen is wide enough, as roomy as fits,
// else in several.
func (m *Model) menu(head string, items []menuItem) []string {
	st, total := m.opt.Styles, cell.Width(head)
	for _, item := range items {
		total += item.width
	}
	between := " "
	for _, b := range []string{" · ", "  "} {
		if total+(len(items)-1)*cell.Width(b) <= m.width {
			between = b
			break
		}
	}
	lines, line, width := []string{}, st.Accent.Render(head), cell.Width(head)
	for i, item := range items {
		switch sep := cell.Width(between); {
		case i == 0:
		case width+sep+item.width > m.width:
			lines = append(lines, line)
			line, width = strings.Repeat(" ", cell.Width(head)), cell.Width(head)
		default:
			line += st.Dim.Render(between)
			width += sep
		}
		line += item.drawn
		width += item.width
	}
	return append(lines, line)
}
