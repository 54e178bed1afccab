package tui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

// This file draws the facets.

// panel draws the facets.
type panel struct {
	view.Pen
	facets  facets
	result  catalog.Result
	width   int
	shown   []int
	focused int  // the index of the facet that has the focus, or -1
	finding bool // the user is searching for a value of it
	figures figures
}

// withFacets draws the facets beside the body or over it.
func (m *Model) withFacets(lines []string) []string {
	if !m.facetsOpen() {
		return lines
	}
	p := panel{m.pen(), m.facets, m.result, m.panelWidth(), m.facets.shown(m.bodyHeight()), m.focusedFacet(),
		m.focus == onFind, figuresOf(m.result)}
	drawn := view.FillUp(p.lines(), len(lines))
	width, place := p.width, 0
	if width > m.facets.width(m.width) {
		width++ // a gap
	}
	if m.facets.beside(m.width) {
		place = m.facetsWidth()
	}
	for i, under := range lines {
		if width <= place {
			lines[i] = cell.Left(drawn[i], place) + under
			continue
		}
		under = strings.Repeat(" ", place) + under
		lines[i] = cell.Left(drawn[i], width) + rightPart(cell.Left(under, width), width)
	}
	return lines
}

// panelWidth returns the width of the facets. While one beside the table has the focus, they widen over the table to
// show its names whole.
func (m *Model) panelWidth() int {
	width := m.facets.width(m.width)
	i := m.focusedFacet()
	if i < 0 || !m.facets.beside(m.width) {
		return width
	}
	figures := figuresOf(m.result)
	for _, v := range m.result.Facets[facetFields[i]].Values {
		width = max(width, cell.Width(v.Label)+figures.width()+2)
	}
	return min(width, m.width/2)
}

// figures are the widths of the two columns of figures in the facets: the offers and the price.
type figures struct{ rows, price int }

// figuresOf returns the widths for a result, so that no figure is cut.
func figuresOf(result catalog.Result) figures {
	f := figures{rows: 5, price: 7}
	for _, field := range facetFields {
		for _, v := range result.Facets[field].Values {
			f.rows = max(f.rows, 1+len(strconv.Itoa(v.Rows)))
			if v.From.Known && v.From.Value >= 100 { // smaller ones fit
				f.price = max(f.price, 1+len(cell.ShortPerGPU(v.From, api.Some(1.0))))
			}
		}
	}
	return f
}

// width returns the columns of a facet line beside the name: the cursor, the tick and the figures.
func (f figures) width() int { return 4 + f.rows + f.price }

// rightPart returns a line from column w on. A word that begins before w is blanked: half of a price is another price.
func rightPart(line string, w int) string {
	rest := ansi.TruncateLeft(line, w, "")
	if before := ansi.Strip(ansi.Truncate(line, w, "")); before == "" || strings.HasSuffix(before, " ") {
		return rest
	}
	word, _, _ := strings.Cut(ansi.Strip(rest), " ")
	n := cell.Width(word)
	return strings.Repeat(" ", n) + ansi.TruncateLeft(rest, n, "")
}

// leftPart returns a line up to column w. A word that continues beyond w is blanked.
func leftPart(line string, w int) string {
	head := ansi.Truncate(line, w, "")
	if rest := ansi.Strip(ansi.TruncateLeft(line, w, "")); rest == "" || rest[0] == ' ' {
		return head
	}
	plain := ansi.Strip(head)
	n := cell.Width(plain[strings.LastIndexByte(plain, ' ')+1:])
	return ansi.Truncate(head, w-n, "") + strings.Repeat(" ", n)
}

// lines draws all facets.
func (p panel) lines() []string {
	st := p.Styles
	var lines []string
	for n, i := range p.shown {
		f, corners := facetFields[i], [2]string{"├", "┤"}
		if n == 0 {
			corners = [2]string{"╭", "╮"}
		}
		lines = append(lines, p.head(i, f, corners))
		all := p.facets.lines(i, p.result)
		cuts := facetCuts(f, p.result, p.width-2-p.figures.width())
		c := p.facets.chosen[i]
		from, to := c.Visible()
		for n := from; n < from+c.Height; n++ {
			inner := strings.Repeat(" ", p.width-2)
			if len(all) == 0 && n == from && p.focused == i && p.facets.finder.Value() != "" {
				inner = st.Dim.Render(cell.Left("   nothing found", p.width-2))
			}
			if n < to && n < len(all) {
				inner = p.row(f, all[n], p.focused == i && c.Is(n), cuts)
				if p.focused == i && c.Lost() && n == c.Cursor {
					inner = p.HeldMark(c, n) + ansi.TruncateLeft(inner, 1, "")
				}
			}
			edge := "│"
			switch { // mark that there are more values above or below
			case n == from && from > 0:
				edge = "↑"
			case n == to-1 && to < len(all):
				edge = "↓"
			}
			lines = append(lines, st.Dim.Render("│")+inner+st.Dim.Render(edge))
		}
	}
	return append(lines, st.Dim.Render("╰"+strings.Repeat("─", p.width-2)+"╯"))
}

// head draws the title of a facet with the search text. "~" says that the filter
// chooses its values by more than exact values.
func (p panel) head(i int, f query.Field, corners [2]string) string {
	st := p.Styles
	title := strings.ToUpper(f.Title())
	if p.result.Facets[f].Pattern {
		title += " ~"
	}
	note := " $/GPU from "
	style := st.Heading
	if p.focused == i {
		style = st.Sorted
		if typed := p.facets.finder.Value(); p.finding || typed != "" {
			caret := ""
			if p.finding {
				caret = view.CaretAtEnd
			}
			for cell.Width(typed) > p.width-8-cell.Width(title) {
				typed = string([]rune(typed)[1:])
			}
			title, note = title+" / "+typed+caret, ""
		}
	}
	fill := p.width - 4 - cell.Width(title) - cell.Width(note)
	if fill < 0 {
		note, fill = "", p.width-4-cell.Width(title)
	}
	return st.Dim.Render(corners[0]) + style.Render(" "+title+" ") +
		st.Dim.Render(strings.Repeat("─", max(fill, 0))+note+corners[1])
}

// row draws a value: its tick, its name, the number of rows that it would leave, and their lowest price per GPU.
func (p panel) row(f query.Field, l facetLine, here bool, cuts cell.Cuts) string {
	st := p.Styles
	inner := p.width - 2
	if l.divider > 0 {
		return st.Dim.Render(cell.Fill(fmt.Sprintf("  %d with no match", l.divider), inner, "…"))
	}
	tick, label := " ", l.Label
	if l.Ticked {
		tick = "✓"
	}
	switch {
	case label == "" && f == query.GPU:
		label = "(no GPU)"
	case label == "":
		label = "(none)"
	default:
		label = cuts.Of(label)
	}
	price := ""
	if l.From.Known {
		price = cell.ShortPerGPU(l.From, api.Some(1.0))
	}
	text := tick + " " + cell.Fill(label, inner-p.figures.width(), "…") +
		cell.Right(fmt.Sprint(l.Rows), p.figures.rows) + cell.Right(price, p.figures.price)
	switch {
	case here:
		return st.Accent.Render(view.CursorMark) + st.Row.Render(cell.Fill(text, inner-1, ""))
	case l.Rows == 0 && !l.Ticked:
		return st.Dim.Render(" " + cell.Fill(text, inner-1, ""))
	case l.Ticked:
		return st.Best.Render(" " + cell.Fill(text, inner-1, ""))
	}
	return st.Text.Render(" " + cell.Fill(text, inner-1, ""))
}

// facetCuts are the forms of the names of a facet.
func facetCuts(f query.Field, result catalog.Result, width int) cell.Cuts {
	var labels []string
	for _, v := range result.Facets[f].Values {
		labels = append(labels, v.Label)
	}
	if f == query.GPU {
		return cell.NewCuts(labels, width, known.ShortCard)
	}
	return cell.NewCuts(labels, width, nil)
}
