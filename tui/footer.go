package tui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"

	"gpupick/keymap"
	"gpupick/tui/cell"
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
	return append(lines, " "+m.pen().KeysLine(hint(m.pickKey(), "pick it anyway"),
		hint(m.opt.Keys.Table.Back, "cancel")))
}

func (m *Model) keysFooter() string {
	k := m.opt.Keys
	switch m.focus {
	case onLine:
		if c := k.Completion; len(m.completion.list) > 0 {
			return m.pen().KeysLine(hint(c.Take, "insert"), hint(c.Up, ""), hint(c.Down, "choose"),
				hint(c.Leave, "close"))
		}
		return m.pen().KeysLine(hint(k.Line.Complete, "complete"), hint(k.Line.RowUp, ""), hint(k.Line.RowDown, "row"),
			hint(k.Line.Earlier, "earlier filter"), hint(k.Line.Leave, "cancel"), hint(k.Line.Accept, "keep"))
	}
	f := k.Facets
	switch m.focus {
	case onFacets:
		return m.pen().KeysLine(hint(f.Tick, "tick"), hint(f.Only, "only"), hint(f.Clear, "clear"), hint(f.All, "all"),
			hint(f.Find, "find"), hint(f.Order, "order"), hint(f.TickAndGo, "tick & table"),
			hint(k.Table.Help, "help"), hint(f.Table, "table"))
	case onChips:
		return chipsLine(m.pen(), m.opt.Keys.Chips, m.typed.Query.Terms, m.chips.Cursor)
	case onDetails:
		return m.pen().KeysLine(hint(k.Details.Go, "go to it"), hint(k.Details.Up, ""), hint(k.Details.Down, "choose"),
			hint(k.Details.Table, "table"), hint(k.Details.Close, "close"))
	case onFind:
		return m.pen().KeysLine(hint(k.Find.Accept, "select"), hint(k.Find.Up, ""),
			hint(k.Find.Down, "move"), hint(k.Find.Leave, "cancel"))
	}
	pick, copied := "copy & quit", "copy"
	if m.opt.Captured {
		pick = "pick"
	}
	n := len(m.markedRows)
	if n > 0 {
		copied = "copy " + cell.Plural(n, "id", "ids")
	}
	if m.opt.Multi && n > 0 {
		pick += " " + cell.Plural(n, "id", "ids")
	}
	if m.load.phase == noKey && m.opt.Demo != nil && m.list.catalog.Len() == 0 {
		return m.pen().KeysLine(hint(k.Table.Demo, "browse the demo"), hint(k.Table.Reload, "retry"),
			hint(k.Table.Quit, "quit"))
	}
	if m.list.catalog.Len() == 0 { // no offer to act on
		return m.pen().KeysLine(emptyHint(m.load, k.Table, m.opt.Now()), hint(k.Table.Quit, "quit"),
			hint(k.Table.Help, "help"))
	}
	if m.choosing() && len(m.choices) > 0 {
		return m.pen().KeysLine(hint(k.Table.Pick, "apply"), hint(k.Table.Up, ""), hint(k.Table.Down, "choose"),
			hint(k.Table.Filter, "filter"), hint(k.Table.Clear, "clear"), hint(k.Table.Undo, "undo"),
			hint(k.Table.Quit, "quit"), hint(k.Table.Help, "help"))
	}
	if n > 0 {
		return m.pen().KeysLine(hint(k.Table.Pick, pick), hint(k.Table.Copy, copied), hint(k.Table.CopyAs, "copy as"),
			hint(k.Table.Compare, "compare"), hint(k.Table.OnlyMarked, "only marked"),
			hint(k.Table.Unmark, "clear marks"), hint(k.Table.Quit, "quit"), hint(k.Table.Help, "help"))
	}
	return m.pen().KeysLine(hint(k.Table.Pick, pick), hint(k.Table.Copy, copied), hint(k.Table.Filter, "filter"),
		hint(k.Table.Facets, "facets"), hint(k.Table.Sort, "sort"), hint(k.Table.Details, "details"),
		hint(k.Table.Clear, "clear"), hint(k.Table.Reload, "reload"), hint(k.Table.Quit, "quit"),
		hint(k.Table.Help, "help"))
}

// emptyHint returns the key that is worth pressing while no offer is there.
func emptyHint(l load, k keymap.Table, now time.Time) view.Hint {
	switch {
	case l.phase == loading && !l.pausing(now):
		return hint(k.Filter, "filter") // it may be typed meanwhile
	case l.phase == failed || l.phase == loading:
		return hint(k.Reload, "retry")
	}
	return hint(k.Reload, "reload")
}

// hint pairs a key with the word shown for it.
func hint(k key.Binding, word string) view.Hint { return view.Hint{Binding: k, Word: word} }
