package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// sortMenu is the fields to sort by, with their letters.
func (m *Model) sortMenu() []string {
	st := m.opt.Styles
	head := " sort "
	if m.further {
		head = " then "
	}
	var items []menuItem
	for _, f := range sortMenuOrder {
		word := f.Title() + arrowIn(m.order, f)
		items = append(items, menuItem{st.Key.Render(string(f.Letter())) + st.Text.Render(" "+word), 2 + cell.Width(word)})
	}
	out := m.opt.Keys.SortMenu.Close
	items = append(items, menuItem{st.Key.Render(keymap.Name(out)) + st.Text.Render(" "+out.Help().Desc), cell.Width(keymap.Name(out) + " " + out.Help().Desc)})
	return m.menu(head, items)
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

func (m *Model) sortKey(msg tea.KeyMsg) {
	if key.Matches(msg, m.opt.Keys.SortMenu.Close) {
		m.focus = onTable
		return
	}
	for _, f := range catalog.Fields() {
		if f.Letter() == 0 || msg.String() != string(f.Letter()) {
			continue
		}
		if m.further {
			m.order = m.order.Then(f)
		} else {
			m.order = m.order.By(f)
		}
		m.focus = onTable
		m.derive(toFirstRow)
	}
}
