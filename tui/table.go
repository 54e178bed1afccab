package tui

import (
	"strings"

	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

const (
	noMark   = "  "
	rowMark  = "●"
	toMark   = "○" // in the range that v is about to mark
	goneMark = "×"

	scrolledMark = "‹" // columns are scrolled away to the left
)

// tablePen draws the table.
type tablePen struct {
	view.Pen
	cols   []placed
	width  int // width of the table
	sort   query.Sort
	result catalog.Result
	marked map[string]bool
	idle   bool // another part of the screen gets the keys
	shift  int  // columns that are scrolled away
	cuts   nameCuts
}

// tableLines draws the headings and the rows that are on screen. A menu hides the last covered lines.
func (m *Model) tableLines(covered int) []string {
	p := tablePen{m.pen(), m.grid().layout(), m.tableWidth(), m.typed.Query.Sort, m.result, m.marks.ids,
		m.focus != onTable && m.focus != onLine && m.focus != onView, m.shift, m.cuts}
	lines := []string{p.headings()}
	from, to := m.rows.Visible()
	if _, below := m.detailsTake(); below == 0 {
		to = min(to, from+max(m.rows.Height-max(covered-len(m.bannerLines()), 0), 0))
	}
	first, past := m.marks.between(m.listed, m.rows.Cursor)
	for i := from; i < to; i++ {
		lines = append(lines, p.row(m.listed.At(i), m.rows.Is(i), first <= i && i < past, p.HeldMark(m.rows, i)))
	}
	return lines
}

// headings draws the column titles and highlights the one that the table is sorted by.
func (p tablePen) headings() string {
	st := p.Styles
	key := p.sort.Primary()
	line := strings.Repeat(" ", markWidth)
	if p.shift > 0 {
		line = " " + st.Key.Render(scrolledMark) + " "
	}
	for i, c := range p.cols {
		style, arrow := st.Heading, " "
		if c.field == key.Field && c.name != vsColumn {
			style, arrow = st.Sorted, view.ArrowIn(p.sort, key.Field)
		}
		title := cell.Cut(c.title, c.width, "")
		if c.right {
			title = cell.Right(title, c.width)
		}
		line += style.Render(title + arrow) // the arrow may stand in the gap
		if i < len(p.cols)-1 {
			line += strings.Repeat(" ", c.width+view.Gap-cell.Width(title)-1)
		}
	}
	return line
}

// row draws a row; edge is the first column of a row that the cursor is not on, and ranged means that the row is
// in the range that is being marked.
func (p tablePen) row(r catalog.Row, here, ranged bool, edge string) string {
	parts := make([]string, len(p.cols)) // each with the gap after it
	for i, c := range p.cols {
		text := c.text(p.result, r)
		parts[i] = c.shape(text, p.cuts)
		if plain := here || r.Change() == catalog.Gone; !plain {
			parts[i] = p.cellStyle(c, text).Render(parts[i])
		}
		switch sign := changeSigns[r.Change()]; {
		case i == len(p.cols)-1:
		case c.name != "price" || sign == "":
			parts[i] += strings.Repeat(" ", view.Gap)
		case here || r.Change() == catalog.Gone:
			parts[i] += sign + strings.Repeat(" ", view.Gap-1)
		default:
			parts[i] += p.changeStyle(r.Change()).Render(sign) + strings.Repeat(" ", view.Gap-1)
		}
	}
	line := strings.Join(parts, "")
	mark := noMark
	switch gone := r.Change() == catalog.Gone; {
	case gone && p.marked[r.ID()]:
		mark = rowMark + p.goneSign()
	case gone:
		mark = p.goneSign() + " "
	case p.marked[r.ID()]:
		mark = rowMark + " "
	case ranged:
		mark = toMark + " "
	}
	if !here && r.Change() == catalog.Gone {
		return edge + p.Styles.Dim.Render(mark) + styles.Strike(p.Styles.Dim.Render(line))
	}
	if !here && mark != noMark {
		mark = p.Styles.Accent.Render(mark)
	}
	if !here {
		return edge + mark + line
	}
	bar, cursor := p.Styles.Row, p.Styles.Accent
	if p.idle {
		bar, cursor = p.Styles.Idle, p.Styles.Dim
	}
	row := bar.Render(cell.Fill(mark+line, p.width-1, "…"))
	if r.Change() == catalog.Gone {
		row = styles.Strike(row)
	}
	return cursor.Render(view.CursorMark) + row
}

// goneSign returns the mark in front of a row that is no longer listed.
func (p tablePen) goneSign() string {
	if p.ASCII {
		return "!" // x would look like a letter of the name
	}
	return goneMark
}

// changeStyle returns the style of a change sign.
func (p tablePen) changeStyle(c catalog.Change) styles.Style {
	switch c {
	case catalog.Dearer:
		return p.Styles.Warn
	case catalog.Cheaper, catalog.Appeared:
		return p.Styles.Best
	}
	return p.Styles.Text
}

// cellStyle returns the style of a value. It only repeats what the text says.
func (p tablePen) cellStyle(c placed, text string) styles.Style {
	st := p.Styles
	switch {
	case text == cell.Unknown:
		return st.Dim
	case c.name == vsColumn && text == "best":
		return st.Best
	case c.name == vsColumn, c.title == idColumn, c.name == wasColumn:
		return st.Dim
	case c.priced:
		return st.Price
	}
	return st.Text
}
