package tui

import (
	"strings"

	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/view"
)

const (
	rowMark  = "●"
	goneMark = "×"
)

// tableLines draws the headings and the rows that are on screen; covered lines at
// the end are under a menu.
func (m *Model) tableLines(covered int) []string {
	cols := m.layout()
	lines := []string{m.headings(cols)}
	from, to := m.rows.Visible()
	if _, below := m.detailsTake(); below == 0 {
		to = min(to, from+max(m.rows.Height-max(covered-len(m.bannerLines()), 0), 0))
	}
	for i := from; i < to; i++ {
		lines = append(lines, m.rowLine(cols, m.listed[i], m.rows.Is(i), m.heldMark(m.rows, i)))
	}
	return lines
}

// headings draws the titles, the one that is sorted by pointed out.
func (m *Model) headings(cols []placed) string {
	st := m.opt.Styles
	key := m.typed.Query.Sort.Primary()
	line := "  "
	for i, c := range cols {
		style, arrow := st.Heading, " "
		if c.field == key.Field && c.title != vsColumn {
			style, arrow = st.Sorted, view.ArrowIn(m.typed.Query.Sort, key.Field)
		}
		title := cell.Cut(c.title, c.width, "")
		if c.right {
			title = cell.Right(title, c.width)
		}
		line += style.Render(title + arrow) // the arrow may stand in the gap
		if i < len(cols)-1 {
			line += strings.Repeat(" ", c.width+view.Gap-cell.Width(title)-1)
		}
	}
	return line
}

// rowLine draws a row; edge is what stands in its first column if the cursor is not there.
func (m *Model) rowLine(cols []placed, r *catalog.Row, here bool, edge string) string {
	parts := make([]string, len(cols)) // each with the gap behind it
	for i, c := range cols {
		text := c.text(m, r)
		parts[i] = c.shape(text)
		if plain := here || r.Change == catalog.Gone; !plain {
			parts[i] = m.cellStyle(c, text).Render(parts[i])
		}
		switch sign := changeSigns[r.Change]; {
		case i == len(cols)-1:
		case c.name != "price" || sign == "":
			parts[i] += strings.Repeat(" ", view.Gap)
		case here || r.Change == catalog.Gone:
			parts[i] += sign + strings.Repeat(" ", view.Gap-1)
		default:
			parts[i] += m.changeStyle(r.Change).Render(sign) + strings.Repeat(" ", view.Gap-1)
		}
	}
	line := strings.Join(parts, "")
	mark := " "
	switch {
	case m.marks.ids[r.ID]:
		mark = rowMark
	case r.Change == catalog.Gone:
		mark = m.goneSign()
	}
	if !here && r.Change == catalog.Gone {
		return edge + m.opt.Styles.Dim.Render(mark) + styles.Strike(m.opt.Styles.Dim.Render(line))
	}
	if !here {
		return edge + m.opt.Styles.Accent.Render(mark) + line
	}
	row := m.opt.Styles.Row.Render(cell.Fill(mark+line, m.tableWidth()-1, "…"))
	if r.Change == catalog.Gone {
		row = styles.Strike(row)
	}
	return m.opt.Styles.Accent.Render(view.CursorMark) + row
}

// goneSign stands in front of a row that is gone.
func (m *Model) goneSign() string {
	if m.opt.ASCII {
		return "!" // x would look like a letter of the name
	}
	return goneMark
}

// changeStyle is the look of a sign of change.
func (m *Model) changeStyle(c catalog.Change) styles.Style {
	switch c {
	case catalog.Dearer:
		return m.opt.Styles.Warn
	case catalog.Cheaper, catalog.Appeared:
		return m.opt.Styles.Best
	}
	return m.opt.Styles.Text
}

// cellStyle is the look of a value. Its meaning is in the text too.
func (m *Model) cellStyle(c placed, text string) styles.Style {
	st := m.opt.Styles
	switch {
	case text == cell.Unknown:
		return st.Dim
	case c.title == vsColumn && text == "best":
		return st.Best
	case c.title == vsColumn, c.title == idColumn, c.name == wasColumn:
		return st.Dim
	case c.priced:
		return st.Price
	}
	return st.Text
}
