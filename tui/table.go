package tui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

const (
	cursorMark = "▌"
	rowMark    = "●"
)

// tableLines draws the headings and the rows that are on screen.
func (m *Model) tableLines() []string {
	cols := m.layout()
	lines := []string{m.headings(cols)}
	from, to := m.rows.Visible()
	for i := from; i < to; i++ {
		lines = append(lines, m.rowLine(cols, m.result.Rows[i], i == m.rows.Cursor))
	}
	return lines
}

// headings draws the titles, the one that is sorted by pointed out.
func (m *Model) headings(cols []placed) string {
	st := m.opt.Styles
	key := m.order.Primary()
	line := "  "
	for i, c := range cols {
		style, arrow := st.Heading, " "
		if c.field == key.Field && c.title != vsColumn {
			style, arrow = st.Sorted, arrowIn(m.order, key.Field)
		}
		title := cell.Cut(c.title, c.width, "")
		if c.right {
			title = cell.Right(title, c.width)
		}
		line += style.Render(title + arrow) // the arrow may stand in the gap
		if i < len(cols)-1 {
			line += strings.Repeat(" ", c.width+gap-cell.Width(title)-1)
		}
	}
	return line
}

func (m *Model) rowLine(cols []placed, r *catalog.Row, here bool) string {
	parts := make([]string, len(cols))
	for i, c := range cols {
		text := c.text(m, r)
		parts[i] = c.shape(text)
		if !here {
			parts[i] = m.cellStyle(c, text).Render(parts[i])
		}
	}
	line := strings.Join(parts, strings.Repeat(" ", gap))
	mark := " "
	if m.marks.ids[r.ID] {
		mark = rowMark
	}
	if !here {
		return " " + m.opt.Styles.Accent.Render(mark) + line
	}
	return m.opt.Styles.Accent.Render(cursorMark) + m.opt.Styles.Row.Render(cell.Fill(mark+line, m.tableWidth()-1, "…"))
}

// cellStyle is the look of a value. Its meaning is in the text too.
func (m *Model) cellStyle(c placed, text string) lipgloss.Style {
	st := m.opt.Styles
	switch {
	case text == cell.Unknown:
		return st.Dim
	case c.title == vsColumn && text == "best":
		return st.Best
	case c.title == vsColumn, c.title == idColumn:
		return st.Dim
	case c.priced:
		return st.Price
	}
	return st.Text
}
