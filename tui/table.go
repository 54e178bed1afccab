package tui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

const cursorMark = "▌"

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

// headings draws the titles, the one that is sorted by pointed out. Under a
// filter that cannot be understood, the error stands in their place: the table
// does not move.
func (m *Model) headings(cols []placed) string {
	if line := m.errorLine(); line != "" {
		return line
	}
	st := m.opt.Styles
	key := m.order.Primary()
	parts := make([]string, len(cols))
	for i, c := range cols {
		style := st.Heading
		if c.field == key.Field && c.title != vsColumn {
			style = st.Sorted
		}
		title := cell.Cut(c.title, c.width, "")
		switch {
		case c.right:
			parts[i] = style.Render(cell.Right(title, c.width))
		case i == len(cols)-1:
			parts[i] = style.Render(title)
		default:
			parts[i] = style.Render(cell.Left(title, c.width))
		}
	}
	return "  " + strings.Join(parts, strings.Repeat(" ", gap))
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
	if !here {
		return "  " + line
	}
	return m.opt.Styles.Accent.Render(cursorMark) + m.opt.Styles.Row.Render(cell.Fill(" "+line, m.width-1, "…"))
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
