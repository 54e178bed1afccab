package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// The chips are the terms of the filter, drawn one by one in place of the footer. The arrow keys choose a term,
// and another key removes it.

const chipCross = "×"

// enterChips moves the focus to the chips and chooses the last one.
func (m *Model) enterChips() {
	n := len(m.typed.Query.Terms)
	if n == 0 {
		m.say(warn, "No filter to remove a term from")
		return
	}
	m.focus = onChips
	m.chips = m.chips.On(scroll.Window{}.WithHeight(n).WithLen(n).To(n-1), chips(m.typed.Query.Terms))
}

// chips returns terms as list items. The index is part of the key because a term may occur twice.
func chips(terms []query.Term) func(i int) scroll.Item {
	return func(i int) scroll.Item {
		term := terms[i].String()
		return scroll.Item{Key: fmt.Sprint(i, " ", term), Name: term}
	}
}

func (m *Model) chipKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Chips
	switch {
	case key.Matches(msg, k.Left):
		m.chips = m.chips.On(m.chips.Move(-1), chips(m.typed.Query.Terms))
	case key.Matches(msg, k.Right):
		m.chips = m.chips.On(m.chips.Move(1), chips(m.typed.Query.Terms))
	case key.Matches(msg, k.Drop) && m.viewMayAct(msg):
		m.dropChip()
	case key.Matches(msg, k.Table):
		m.focus = onTable
	case key.Matches(msg, k.Drop): // it said why not
	default:
		return m.actionKey(msg)
	}
	return nil
}

// dropChip removes the chosen term from the filter.
func (m *Model) dropChip() {
	if m.chips.Chosen() {
		m.rewrite(m.typed.Query.Without(m.chips.Cursor))
	}
}

// chipsLine draws the chosen term and as many terms around it as fit.
func chipsLine(p view.Pen, k keymap.Chips, terms []query.Term, at int) string {
	st := p.Styles
	hints := p.KeysLine(hint(k.Drop, "remove"), hint(k.Left, ""),
		hint(k.Right, "choose"), hint(k.Table, "table"))
	room := p.Width - 2 - cell.Width(hints) - 1
	if room < p.Width/2 {
		hints, room = "", p.Width-2
	}
	if len(terms) == 0 {
		return hints
	}
	at = min(at, len(terms)-1)
	from, to, width := at, at+1, cell.Width(terms[at].String())+4
	for grew := true; grew; {
		grew = false
		if from > 0 && width+cell.Width(terms[from-1].String())+3 <= room {
			from--
			width += cell.Width(terms[from].String()) + 3
			grew = true
		}
		if to < len(terms) && width+cell.Width(terms[to].String())+3 <= room {
			width += cell.Width(terms[to].String()) + 3
			to++
			grew = true
		}
	}
	var parts []string
	for i := from; i < to; i++ {
		text := cell.Cut(terms[i].String(), max(room-4, 4), "…")
		if i == at {
			parts = append(parts, st.Row.Render(" "+text+" "+chipCross+" "))
		} else {
			parts = append(parts, st.Text.Render(text))
		}
	}
	return p.Justify(" "+strings.Join(parts, "   "), hints)
}
