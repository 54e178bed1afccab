package tui

import (
	"fmt"
	"slices"
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
	all  []*catalog.Row // that were to be picked, the gone one among them
	list []*catalog.Row
	at   int
	from focus // where esc leads
}

// offerNear opens the menu, if there is anything to offer. all is what was to be
// picked.
func (m *Model) offerNear(gone *catalog.Row, all []*catalog.Row) {
	list := m.list.catalog.Near(gone, nearMost)
	m.lost = false // nobody is sent to another row unasked: this is the question
	if len(list) == 0 {
		m.say(bad, "gone: "+gone.ID+"; no other of this GPU is listed")
		return
	}
	m.notice.text = ""
	m.near = near{gone: gone, all: all, list: list, from: onTable}
	if m.comparing() {
		m.near.from = onCompare
	}
	m.focus = onNear
}

// inPlace is what is to be picked with row in place of the one that is gone.
func (n near) inPlace(row *catalog.Row) []*catalog.Row {
	var rows []*catalog.Row
	for _, r := range n.all {
		if r.ID == n.gone.ID {
			r = row
		}
		if !slices.ContainsFunc(rows, func(o *catalog.Row) bool { return o.ID == r.ID }) {
			rows = append(rows, r)
		}
	}
	return rows
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
		rows := n.inPlace(row)
		m.goTo(row)
		m.near = near{}
		return m.pickRows(rows)
	case key.Matches(msg, k.Back):
		m.focus, m.near = m.near.from, near{}
		m.derive(onItsID)
	}
	return nil
}

// clampNear takes out of the menu what a load has taken away, and closes it when
// nothing is left.
func (m *Model) clampNear() {
	if m.focus != onNear {
		return
	}
	var list []*catalog.Row
	for _, r := range m.near.list {
		if now, there := m.list.catalog.At(r.ID); there {
			list = append(list, now)
		}
	}
	if m.near.list = list; len(list) == 0 {
		m.closeView("none of what was offered is left")
		return
	}
	m.near.at = min(m.near.at, len(list)-1)
}

// nearMenu draws the menu.
func (m *Model) nearMenu() []string {
	st, n := m.opt.Styles, m.near
	lines := []string{" " + st.Warn.Render("gone: "+n.gone.ID) + st.Text.Render(fmt.Sprintf(", $%s; nearest:", cell.Rate(n.gone.HourlyRate)))}
	for i, line := range inLines(n.list, n.gone, m.width-1) {
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
// price, how much that is more or less than of another row, GPU, region and RAM as
// far as they fit, and the id.
func inLines(rows []*catalog.Row, than *catalog.Row, width int) []string {
	const leastID = 12
	facts := func(r *catalog.Row) []string {
		return []string{"$" + cell.Rate(r.HourlyRate), difference(than.HourlyRate, r.HourlyRate), countedName(r), cell.Text(r.Region), cell.Size(r.MemoryGB)}
	}
	most := []int{12, 7, 22, 18, 8}
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
			if i == 0 || i == 1 || i == 4 {
				text = cell.Right(facts(r)[i], w)
			}
			line += text + strings.Repeat(" ", gap)
		}
		lines = append(lines, line+cell.CutMiddle(r.ID, max(width-cell.Width(line), 0), "…"))
	}
	return lines
}
