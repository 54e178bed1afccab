package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

// The mouse is off by default, so that the terminal can select text.

const wheelRows = 3

func (m *Model) toggleMouse() tea.Cmd {
	m.mouse = !m.mouse
	if m.mouse {
		m.say(good, "Mouse on · "+keymap.Name(m.opt.Keys.Table.Mouse)+" turns it off")
	} else {
		m.say(good, "Mouse off: the terminal selects text")
	}
	return mouseCmd(m.mouse)
}

// mouseCmd tells the terminal whether to send mouse events to the program.
func mouseCmd(on bool) tea.Cmd {
	if on {
		return tea.EnableMouseCellMotion
	}
	return tea.DisableMouse
}

func (m *Model) mouseUsed(msg tea.MouseMsg) tea.Cmd {
	if !m.mouse || m.tooSmall() {
		return nil
	}
	press := msg.Action == tea.MouseActionPress
	d, wheels := wheelSteps[msg.Button]
	if !wheels && !(press && msg.Button == tea.MouseButtonLeft) {
		return nil
	}
	return m.byUser(func() tea.Cmd {
		if press {
			m.cancelQuestion() // any other action cancels an open question
		}
		if wheels {
			m.wheel(msg.X, d)
		} else {
			m.click(msg.X, msg.Y)
		}
		return nil
	})
}

// wheelSteps are the buttons that the wheel presses, with the direction that it turns in.
var wheelSteps = map[tea.MouseButton]int{tea.MouseButtonWheelUp: -1, tea.MouseButtonWheelDown: 1}

// wheel scrolls the part of the screen under the pointer.
func (m *Model) wheel(x, d int) {
	v, bodied := m.view().(view.FullBody)
	switch {
	case m.pick.phase == checking:
	case bodied:
		v, wants := v.Wheel(d, m.frame())
		m.become(v)
		m.do(wants, tea.KeyMsg{})
	case !m.takesClicks():
	case m.facetsOpen() && x < m.panelWidth():
		for range wheelRows {
			m.stepFacet(d)
		}
	default:
		m.chooseRow(m.rows.Move(d * wheelRows))
	}
}

// click acts on the part of the screen at column x, line y.
func (m *Model) click(x, y int) {
	if m.pick.phase == checking || !m.mayAct(m.seen.body, "click again") {
		return
	}
	line := y - 2 // line of the body
	switch {
	case !m.takesClicks():
		m.clickView(x, line)
	case y == 1:
		m.leaveForMouse()
		m.focusLine()
	case y == m.height-1 && m.focus == onChips:
		m.clickChip(x)
	case line < 0 || line >= m.bodyHeight() || y >= m.height-1-len(m.footer()): // a menu may lie over rows
	case m.facetsOpen() && x < m.panelWidth():
		if m.focus != onLine {
			m.clickFacet(line)
			break
		}
		m.leaveForMouse()
		m.then = func() tea.Cmd { // after the whole filter line has been read
			m.clickFacet(line)
			return nil
		}
	case m.listed.Len() > 0:
		m.leaveForMouse()
		m.clickTable(x-m.facetsWidth(), line)
	}
}

// takesClicks reports whether a click goes to the table, the facets or the filter line: no view is open, or
// only a menu that such a click closes.
func (m *Model) takesClicks() bool {
	switch m.view().(type) {
	case nil, view.Sort, view.Columns:
		return m.fullBody() == nil
	}
	return false
}

// leaveForMouse takes the focus from the part that has it before a click moves it.
func (m *Model) leaveForMouse() {
	m.completion = completion{}
	switch m.focus {
	case onLine:
		m.leaveLine()
	case onFacets, onFind:
		m.leaveFacets()
	}
	m.closeViews()
}

// clickView passes a click to a view that fills the body.
func (m *Model) clickView(x, line int) {
	if v, is := m.view().(view.FullBody); is && line >= 0 && line < m.bodyHeight() {
		v, wants := v.Click(x, line, m.frame())
		m.become(v)
		m.do(wants, tea.KeyMsg{})
	}
}

// clickTable puts the cursor on a row, or sorts by the column of a heading.
func (m *Model) clickTable(x, line int) {
	if line > 0 {
		if i, there := m.rows.At(line - 1); there {
			m.chooseRow(m.rows.To(i))
			m.moved = true
		}
		return
	}
	left := markWidth
	for _, c := range m.grid().layout() {
		if x >= left && x < left+c.width+view.Gap {
			m.order = m.order.By(c.field)
			return
		}
		left += c.width + view.Gap
	}
}

// clickFacet ticks or unticks a value.
func (m *Model) clickFacet(line int) {
	for _, i := range m.facets.shown(m.bodyHeight()) {
		w := m.facets.chosen[i]
		line-- // skip the title
		if line >= 0 && line < w.Height {
			if m.focusedFacet() != i {
				m.enterFacet(i)
			}
			if at, there := w.At(line); there && m.facets.lines(i, m.result)[at].divider == 0 {
				m.facets.put(i, m.result, w.To(at), 1)
				m.tick(query.Query.Toggle)
			}
			return
		}
		line -= w.Height
	}
}

// clickChip removes the chosen term if its cross was clicked.
func (m *Model) clickChip(x int) {
	line := ansi.Strip(chipsLine(m.pen(), m.opt.Keys.Chips, m.typed.Query.Terms, m.chips.Cursor))
	if i := strings.Index(line, chipCross); i >= 0 && cell.Width(line[:i]) == x {
		m.dropChip()
	}
}
