package tui

import (
	"fmt"
	"strings"

	"gpupick/tui/cell"
	"gpupick/tui/view"
)

// View draws the whole screen: exactly as many lines as it has, none wider. The only field that it writes is seen.
func (m *Model) View() string {
	if m.quitting || m.width == 0 || m.height == 0 {
		return ""
	}
	lines := m.screen()
	for i, line := range lines {
		line = cell.Cut(line, m.width, "")
		if m.opt.ASCII {
			line = cell.ASCII(line)
		}
		lines[i] = line
	}
	if !m.tooSmall() {
		m.seen = m.seen.onScreen(m.opt.Now())
	}
	return strings.Join(lines, "\n")
}

func (m *Model) screen() []string {
	if m.tooSmall() {
		say := fmt.Sprintf("gpupick needs %d×%d, this is %d×%d", leastWidth, leastHeight, m.width, m.height)
		return append([]string{say}, make([]string, m.height-1)...)
	}
	footer := m.footer()
	footer = footer[max(len(footer)-(m.height-3), 0):] // keep the end of a menu that is too long: its keys are there
	lines := []string{m.header(), m.filterLine()}
	lines = append(lines, m.body(len(footer)-1)...)
	lines = append(lines, m.bannerLines()...)
	lines = append(lines[:max(len(lines)-len(footer)+1, 0)], m.status()) // a longer menu lies over the body
	return append(lines, footer...)
}

// body draws the lines between the filter line and the status. While the user types a filter, its reading
// covers the first line, so that nothing moves. A menu hides the last covered lines: rows there are not drawn.
func (m *Model) body(covered int) []string {
	height := m.bodyHeight()
	var lines []string
	if v := m.fullBody(); v != nil {
		lines = v.Body(m.frame())
	} else if lines = m.stateLines(); lines == nil {
		lines = m.withFacets(view.FillUp(m.withDetails(m.tableLines(covered), height), height))
	} else {
		lines = m.withFacets(view.FillUp(lines, height))
	}
	if m.focus == onLine && strings.TrimSpace(m.line.Value()) != "" {
		lines[0] = m.readingLine()
	}
	if m.focus == onLine && len(m.completion.list) > 0 {
		lines = m.withCompletions(lines)
	}
	return lines
}

// withDetails draws the details beside the table or below it.
func (m *Model) withDetails(lines []string, height int) []string {
	columns, below := m.detailsTake()
	switch {
	case columns > 0:
		lines = view.FillUp(lines, height)
		pane := m.detailsLines(columns-1, height)
		for i := range lines {
			lines[i] = cell.Left(lines[i], m.tableWidth()) + m.opt.Styles.Dim.Render("│") + pane[i]
		}
	case below > 0:
		rule := m.opt.Styles.Dim.Render(strings.Repeat("─", m.tableWidth()))
		lines = append(append(view.FillUp(lines, height-below), rule), m.detailsLines(m.tableWidth(), below-1)...)
	}
	return lines
}
