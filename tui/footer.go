package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"

	"gpupick/tui/view"
)

// footer draws the keys of the part that has the focus; a menu may need several lines.
func (m *Model) footer() []string {
	if m.pick.phase == asking {
		return m.questionLines()
	}
	if v := m.view(); v != nil {
		return v.Foot(m.frame())
	}
	return []string{m.keysFooter()}
}

// questionLines draws the whole question about what has changed, and the keys that answer it.
func (m *Model) questionLines() []string {
	lines := view.Wrap(m.width-4, m.opt.Styles.Warn.Render, m.pick.question)
	if m.notice.text != "" {
		return append(lines, "  "+m.noticeText())
	}
	return append(lines, " "+m.pen().KeysLine(hint(m.pickKey(), "pick it anyway"),
		hint(m.opt.Keys.Table.Back, "cancel")))
}

func (m *Model) keysFooter() string {
	k := m.opt.Keys
	switch m.focus {
	case onLine:
		if c := k.Completion; len(m.completion.list) > 0 {
			return m.pen().KeysLine(hint(c.Take, "take"), hint(c.Up, ""), hint(c.Down, "choose"),
				hint(c.Leave, "leave the list"))
		}
		return m.pen().KeysLine(hint(k.Line.Complete, "complete"), hint(k.Line.RowUp, ""), hint(k.Line.RowDown, "row"),
			hint(k.Line.Earlier, "earlier filter"), hint(k.Line.Accept, "to the table"))
	}
	f := k.Facets
	switch m.focus {
	case onFacets:
		return m.pen().KeysLine(hint(f.Tick, "tick"), hint(f.Only, "only"), hint(f.Clear, "clear"), hint(f.All, "all"),
			hint(f.Find, "find"), hint(f.TickAndGo, "tick & table"), hint(f.Help, "help"), hint(f.Table, "table"))
	case onChips:
		return m.chipsLine()
	case onDetails:
		return m.pen().KeysLine(hint(k.Details.Go, "go there"), hint(k.Details.Up, ""), hint(k.Details.Down, "choose"),
			hint(k.Details.Table, "table"), hint(k.Details.Close, "close"))
	case onFind:
		return m.pen().KeysLine(hint(k.Find.Accept, "to what was found"), hint(k.Find.Up, ""),
			hint(k.Find.Down, "move"), hint(k.Find.Leave, "leave it"))
	}
	pick := "copy & quit"
	if m.opt.Captured {
		pick = "pick"
	}
	if n := len(m.markedRows); m.opt.Multi && n > 0 {
		pick += fmt.Sprintf(" %d marked", n)
	}
	if m.load.phase == noKey && m.opt.Demo != nil && m.list.catalog.Len() == 0 {
		return m.pen().KeysLine(hint(k.Table.Demo, "browse the demo"), hint(k.Table.Reload, "look for the key again"),
			hint(k.Table.Quit, "quit"))
	}
	if m.load.phase == failed && m.list.catalog.Len() == 0 {
		return m.pen().KeysLine(hint(k.Table.Reload, "try again"), hint(k.Table.Quit, "quit"),
			hint(k.Table.Help, "help"))
	}
	if m.choosing() && len(m.choices) > 0 {
		return m.pen().KeysLine(hint(k.Table.Pick, "take it"), hint(k.Table.Up, ""), hint(k.Table.Down, "choose"),
			hint(k.Table.Filter, "filter"), hint(k.Table.Clear, "clear"), hint(k.Table.Restore, "restore"),
			hint(k.Table.Quit, "quit"), hint(k.Table.Help, "help"))
	}
	return m.pen().KeysLine(hint(k.Table.Pick, pick), hint(k.Table.Copy, "copy"), hint(k.Table.Filter, "filter"),
		hint(k.Table.Facets, "facets"), hint(k.Table.Sort, "sort"), hint(k.Table.Details, "details"),
		hint(k.Table.Clear, "clear"), hint(k.Table.Reload, "reload"), hint(k.Table.Quit, "quit"),
		hint(k.Table.Help, "help"))
}

// hint pairs a key with the word shown for it.
func hint(k key.Binding, word string) view.Hint { return view.Hint{Binding: k, Word: word} }
