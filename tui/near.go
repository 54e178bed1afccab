package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// The menu in place of a row that is gone: those that are nearest to it.

const nearMost = 3

// near is the menu while it is open.
type near struct {
	gone *catalog.Row
	list []*catalog.Row
	at   int
}

// offerNear opens the menu, if there is anything to offer.
func (m *Model) offerNear(gone *catalog.Row) {
	list := m.list.catalog.Near(gone, nearMost)
	if len(list) == 0 {
		m.say(bad, "gone: "+gone.ID+"; no other of this GPU is listed")
		return
	}
	m.notice.text = ""
	m.focus, m.near = onNear, near{gone: gone, list: list}
}

func (m *Model) nearKey(msg tea.KeyMsg) tea.Cmd {
	k, n := m.opt.Keys.Near, &m.near
	switch {
	case key.Matches(msg, k.Up):
		n.at = max(n.at-1, 0)
	case key.Matches(msg, k.Down):
		n.at = min(n.at+1, len(n.list)-1)
	case key.Matches(msg, k.Take):
		row := n.list[n.at]
		m.goTo(row)
		return m.pickRows([]*catalog.Row{row})
	case key.Matches(msg, k.Back):
		m.focus = onTable
	}
	return nil
}

// clampNear leaves the menu when a load takes away what it offers.
func (m *Model) clampNear() {
	if m.focus != onNear {
		return
	}
	for i, r := range m.near.list {
		now, there := m.list.catalog.At(r.ID)
		if !there {
			m.focus = onTable
			return
		}
		if now != r {
			list := append([]*catalog.Row(nil), m.near.list...)
			list[i], m.near.list = now, list
		}
	}
}

// nearMenu draws the menu.
func (m *Model) nearMenu() []string {
	st, n := m.opt.Styles, m.near
	lines := []string{" " + st.Warn.Render("gone: "+n.gone.ID) + st.Text.Render(fmt.Sprintf(", $%s; nearest:", cell.Rate(n.gone.HourlyRate)))}
	for i, line := range m.inLines(n.list, m.width-1) {
		if i == n.at {
			line = st.Accent.Render(cursorMark) + st.Row.Render(line)
		} else {
			line = " " + st.Text.Render(line)
		}
		lines = append(lines, line)
	}
	k := m.opt.Keys.Near
	return append(lines, m.keysLine(hint{k.Take, "take it"}, hint{k.Up, ""}, hint{k.Down, "choose"}, hint{k.Back, "back to the table"}))
}

// inLines are rows for where there is little room, in lines of at most width:
// price, GPU, region and RAM as far as they fit, and the id.
func (m *Model) inLines(rows []*catalog.Row, width int) []string {
	const leastID = 12
	facts := func(r *catalog.Row) []string {
		return []string{"$" + cell.Rate(r.HourlyRate), cell.Count(r.GPUCount) + "× " + catalog.ShortGPU(cell.Text(r.GPUType)), cell.Text(r.Region), cell.Size(r.MemoryGB)}
	}
	most := []int{12, 20, 18, 8}
	var widths []int
	left := width - 1 - leastID
	for i := range most {
		w := 0
		for _, r := range rows {
			w = max(w, min(cell.Width(facts(r)[i]), most[i]))
		}
		if left -= w + gap; left < 0 {
			break
		}
		widths = append(widths, w)
	}
	var lines []string
	for _, r := range rows {
		line := " "
		for i, w := range widths {
			text := cell.Fill(facts(r)[i], w, "…")
			if i == 0 || i == 3 {
				text = cell.Right(facts(r)[i], w)
			}
			line += text + strings.Repeat(" ", gap)
		}
		lines = append(lines, line+cell.CutMiddle(r.ID, max(width-cell.Width(line), 0), "…"))
	}
	return lines
}
