package tui

import (
	"github.com/charmbracelet/bubbles/key"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// footer draws the keys of whoever has the focus.
func (m *Model) footer() string {
	k := m.opt.Keys
	switch m.focus {
	case onLine:
		return m.keysLine(hint{k.Line.Accept, ""}, hint{k.Line.Leave, "to the table"}, hint{k.Line.RowUp, ""}, hint{k.Line.RowDown, "row"}, hint{k.Line.Earlier, "earlier filter"})
	case onSortMenu:
		return m.sortMenu()
	case onHelp:
		return m.keysLine(hint{k.Help.Close, "close"}, hint{k.Help.Up, ""}, hint{k.Help.Down, "scroll"})
	}
	pick := "copy & quit"
	if m.opt.Captured {
		pick = "pick"
	}
	if m.load.phase == noKey && m.opt.Demo != nil && m.list.catalog.Len() == 0 {
		return m.keysLine(hint{k.Table.Demo, "browse the demo"}, hint{k.Table.Reload, "look for the key again"}, hint{k.Table.Quit, "quit"})
	}
	return m.keysLine(hint{k.Table.Pick, pick}, hint{k.Table.Copy, "copy"}, hint{k.Table.Filter, "filter"}, hint{k.Table.Sort, "sort"},
		hint{k.Table.Clear, "clear"}, hint{k.Table.Reload, "reload"}, hint{k.Table.Help, "help"}, hint{k.Table.Quit, "quit"})
}

// hint is a key in the footer with a word for it.
type hint struct {
	binding key.Binding
	word    string
}

// keysLine is as many of the hints as fit. A hint without a word shares the
// word of the next one.
func (m *Model) keysLine(hints ...hint) string {
	st := m.opt.Styles
	line, width, between := "", 0, " "
	for _, h := range hints {
		show := h.binding.Help().Key
		width += cell.Width(between) + cell.Width(show) + 1 + cell.Width(h.word)
		if width > m.width {
			break
		}
		line += st.Dim.Render(between) + st.Key.Render(show)
		between = " "
		if h.word != "" {
			line += st.Dim.Render(" " + h.word)
			between = " · "
		}
	}
	return line
}

// sortMenu is the menu in one line, as roomy as the screen allows.
func (m *Model) sortMenu() string {
	st := m.opt.Styles
	head := " sort "
	if m.further {
		head = " then "
	}
	for _, between := range []string{" · ", "  ", " "} {
		line, width := st.Accent.Render(head), cell.Width(head)
		for i, f := range sortMenuOrder {
			sep := between
			if i == 0 {
				sep = ""
			}
			word := f.Title() + arrowIn(m.order, f)
			line += st.Dim.Render(sep) + st.Key.Render(string(f.Letter())) + " " + st.Text.Render(word)
			width += len(sep)/len(between)*cell.Width(between) + 2 + cell.Width(word)
		}
		if width <= m.width || between == " " {
			return line
		}
	}
	return ""
}

var sortMenuOrder = []catalog.Field{catalog.Price, catalog.PerGPU, catalog.Count, catalog.Mem, catalog.VRAM, catalog.CPU, catalog.Disk, catalog.GPU, catalog.Region, catalog.Type}

func arrowIn(s catalog.Sort, f catalog.Field) string {
	if len(s) == 0 {
		s = catalog.Sort{s.Primary()}
	}
	for _, k := range s {
		switch {
		case k.Field == f && k.Desc:
			return "↓"
		case k.Field == f:
			return "↑"
		}
	}
	return ""
}
