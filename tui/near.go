package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/scroll"
)

// The menu in place of an offer that is no longer listed: those that are closest to it.

const nearMost = 3

// near is the menu while it is open. It opens by itself, so nothing is chosen in it.
type near struct {
	gone   *catalog.Row
	list   []*catalog.Row
	choice scroll.Choice
}

func (n near) item(i int) scroll.Item { return rowItem(n.list[i]) }

// offerNear opens the menu in place of an offer that is meant and no longer listed,
// if there is anything to offer.
func (m *Model) offerNear(gone *catalog.Row) tea.Cmd {
	m.pick.phase, m.pick.question = idle, ""
	list := m.list.catalog.Near(gone, nearMost)
	if len(list) == 0 {
		m.say(bad, gone.ID+" is no longer listed, nor is another offer of this GPU")
		return nil
	}
	m.notice.text = ""
	m.pick.phase = offering
	m.pick.near = near{gone: gone, list: list, choice: scroll.Unchosen(len(list))}
	m.focus = onNear
	return nil
}

// inPlace is what is meant with row in place of the one that is no longer listed.
func (m *Model) inPlace(row *catalog.Row) []*catalog.Row {
	var rows []*catalog.Row
	for _, r := range m.pick.meant {
		if r.ID == m.pick.near.gone.ID {
			r = row
		}
		if !slices.ContainsFunc(rows, func(o *catalog.Row) bool { return o.ID == r.ID }) {
			rows = append(rows, r)
		}
	}
	return rows
}

func (m *Model) nearKey(msg tea.KeyMsg) tea.Cmd {
	k, n := m.opt.Keys.Near, &m.pick.near
	if i, is := digit(msg); is && i < len(n.list) {
		n.choice = n.choice.On(n.choice.To(i), n.item)
		return nil
	}
	switch {
	case key.Matches(msg, k.Up):
		n.choice = n.choice.On(n.choice.Move(-1), n.item)
	case key.Matches(msg, k.Down):
		n.choice = n.choice.On(n.choice.Move(1), n.item)
	case key.Matches(msg, k.Take) && n.choice.Lost():
		m.say(warn, n.choice.Name+" is no longer listed either · "+keymap.Name(k.Down)+" or a digit chooses another")
	case key.Matches(msg, k.Take) && !n.choice.Chosen():
		m.say(warn, "No offer is chosen · "+keymap.Name(k.Down)+" or a digit chooses one")
	case key.Matches(msg, k.Take) && m.viewMayAct(msg):
		return m.takeNear(n.list[n.choice.Cursor])
	case key.Matches(msg, k.Back):
		m.closeNear()
		m.derive(onItsID)
	}
	return nil
}

// takeNear goes on with the errand, with row in place of what is no longer listed.
func (m *Model) takeNear(row *catalog.Row) tea.Cmd {
	rows, gone := m.inPlace(row), m.pick.near.gone
	pick := m.pick.picks[row.ID]
	pick.InPlaceOf = gone.ID
	m.pick.picks[row.ID] = pick
	m.closeNear()
	m.pick.from = onTable
	m.goTo(row)
	m.newToTheUser()
	return m.mayLeave(rows)
}

func (m *Model) closeNear() { m.focus, m.pick.phase, m.pick.near = m.pick.from, idle, near{} }

// layNear takes out of the menu what a load has taken away, and closes it when
// nothing is left.
func (m *Model) layNear() {
	if m.focus != onNear {
		return
	}
	n := &m.pick.near
	var list []*catalog.Row
	for _, r := range n.list {
		if now, there := m.list.catalog.At(r.ID); there {
			list = append(list, now)
		}
	}
	if n.list = list; len(list) == 0 {
		m.closeNear()
		m.say(warn, "None of the closest offers is listed any more")
		return
	}
	held := n.choice.Held
	if n.choice = n.choice.WithHeight(len(list)).Over(len(list), n.item); n.choice.Lost() && !held {
		m.say(warn, n.choice.Name+" is no longer listed either")
	}
}

// digit is the line that a key chooses by its number, from 0.
func digit(msg tea.KeyMsg) (line int, is bool) {
	if s := msg.String(); len(s) == 1 && s[0] >= '1' && s[0] <= '9' {
		return int(s[0] - '1'), true
	}
	return 0, false
}

// nearMenu draws the menu.
func (m *Model) nearMenu() []string {
	st, n := m.opt.Styles, m.pick.near
	rate := fmt.Sprintf(" ($%s/h) is no longer listed. Closest offers:", cell.Rate(n.gone.HourlyRate))
	id := cell.CutMiddle(n.gone.ID, max(m.width-1-cell.Width(rate), leastWidth/4), "…")
	lines := []string{" " + st.Warn.Render(id+rate)}
	for i, line := range inLines(n.list, n.gone, m.width-3) {
		number := fmt.Sprint(i + 1)
		switch {
		case n.choice.Is(i):
			line = st.Accent.Render(cursorMark) + st.Row.Render(number+" "+line)
		default:
			line = m.heldMark(n.choice, i) + st.Key.Render(number) + st.Text.Render(" "+line)
		}
		lines = append(lines, line)
	}
	if m.notice.text != "" {
		return append(lines, " "+m.noticeText())
	}
	k := m.opt.Keys.Near
	return append(lines, m.keysLine(hint{k.Take, "pick"}, hint{k.Up, ""}, hint{k.Down, "choose"}, hint{k.Back, "back"}))
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
