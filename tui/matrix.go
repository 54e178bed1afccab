package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// The matrix: which GPU is offered in which region, and for how much. It is of
// what the filter leaves.

// matrix is what is chosen in the matrix: a GPU and a region.
type matrix struct{ gpus, regions scroll.Choice }

const (
	matrixGPUs = 22 // columns for a GPU's name at most
	leastCell  = 8  // columns of a cell at least
	mostRegion = 14 // to which a cell grows for the sake of its region's name
)

// enterMatrix opens it at the row under the cursor.
func (m *Model) enterMatrix() {
	row := m.current()
	if len(m.result.Rows) == 0 {
		m.say(warn, "No offers to show")
		return
	}
	m.focus, m.matrix = onMatrix, matrix{}
	m.derive(onItsID)
	if row == nil {
		return
	}
	for i := range m.grid.GPUs {
		for j := range m.grid.Regions {
			if c := m.grid.At(i, j); c.Rows > 0 && m.grid.Holds(i, j, row) {
				m.toCell(m.matrix.gpus.To(i), m.matrix.regions.To(j))
				return
			}
		}
	}
}

// layMatrix makes the matrix of what is in view while it is shown, and keeps the
// cursor on its GPU and region.
func (m *Model) layMatrix() {
	if m.focus != onMatrix {
		m.grid = catalog.Matrix{}
		return
	}
	m.grid = m.list.catalog.Matrix(m.result.Rows)
	switch {
	case m.onlyWithout():
		m.closeView(onlyWithoutGPU)
		return
	case len(m.grid.GPUs) == 0:
		m.closeView("No offers are left to show")
		return
	}
	m.gridSize = m.measureMatrix()
	x := &m.matrix
	x.gpus = x.gpus.WithHeight(m.bodyHeight()-1).Over(len(m.grid.GPUs), headItem(m.grid.GPUs))
	x.regions = x.regions.WithHeight((m.width-m.gridSize.names-3)/m.gridSize.cell).Over(len(m.grid.Regions), headItem(m.grid.Regions))
}

func headItem(heads []catalog.MatrixHead) func(i int) scroll.Item {
	return func(i int) scroll.Item { return scroll.Item{Key: heads[i].Key(), Name: cell.Text(heads[i].Label)} }
}

// toCell puts the cursor where the user has moved it.
func (m *Model) toCell(gpus, regions scroll.Window) {
	m.matrix.gpus = m.matrix.gpus.On(gpus, headItem(m.grid.GPUs))
	m.matrix.regions = m.matrix.regions.On(regions, headItem(m.grid.Regions))
}

// cell is the chosen cell, an empty one if what was chosen is no longer listed.
func (m *Model) cell() catalog.MatrixCell {
	if !m.matrix.gpus.Chosen() || !m.matrix.regions.Chosen() {
		return catalog.MatrixCell{}
	}
	return m.grid.At(m.matrix.gpus.Cursor, m.matrix.regions.Cursor)
}

// lostHead is the name of what was chosen and is no longer listed; empty if it is.
func (x matrix) lostHead() string {
	switch {
	case x.gpus.Lost():
		return x.gpus.Name
	case x.regions.Lost():
		return x.regions.Name
	}
	return ""
}

func (m *Model) matrixKey(msg tea.KeyMsg) tea.Cmd {
	k, g, r := m.opt.Keys.Matrix, m.matrix.gpus.Window, m.matrix.regions.Window
	switch {
	case key.Matches(msg, k.Up):
		g = m.matrix.gpus.Move(-1)
	case key.Matches(msg, k.Down):
		g = m.matrix.gpus.Move(1)
	case key.Matches(msg, k.Left):
		r = m.matrix.regions.Move(-1)
	case key.Matches(msg, k.Right):
		r = m.matrix.regions.Move(1)
	case key.Matches(msg, k.Top):
		g = g.To(0)
	case key.Matches(msg, k.Bottom):
		g = g.To(g.Len - 1)
	case key.Matches(msg, k.First):
		r = r.To(0)
	case key.Matches(msg, k.Last):
		r = r.To(r.Len - 1)
	case key.Matches(msg, k.Next):
		r = m.nextOffer(r, 1)
	case key.Matches(msg, k.Previous):
		r = m.nextOffer(r, -1)
	case key.Matches(msg, k.PageUp):
		g = g.Page(-1)
	case key.Matches(msg, k.PageDown):
		g = g.Page(1)
	case key.Matches(msg, k.Go), key.Matches(msg, k.Copy):
		return m.actOnCell(msg)
	case key.Matches(msg, k.Close):
		m.focus = onTable
		m.derive(onItsID)
		return nil
	default:
		return m.viewKey(msg)
	}
	m.notice.text = ""
	m.toCell(g, r)
	return nil
}

// actOnCell goes to the offers of the chosen cell, or copies the id of the cheapest.
func (m *Model) actOnCell(msg tea.KeyMsg) tea.Cmd {
	x, c := m.matrix, m.cell()
	switch {
	case !m.viewMayAct(msg):
	case x.lostHead() != "":
		m.say(warn, "The arrow keys choose another cell")
	case key.Matches(msg, m.opt.Keys.Matrix.Copy) && c.Best == nil:
		m.say(warn, "Nothing to copy there")
	case key.Matches(msg, m.opt.Keys.Matrix.Copy):
		return m.copyOf(c.Best)
	case c.Rows == 0:
		m.say(warn, "No offers there")
	default:
		m.drillDown(m.typed.Query.Choose(query.GPU, m.grid.GPUs[x.gpus.Cursor].Values()).Choose(query.Region, m.grid.Regions[x.regions.Cursor].Values()))
	}
	return nil
}

// nextOffer moves on to the next region that has the GPU, around the end.
func (m *Model) nextOffer(r scroll.Window, d int) scroll.Window {
	for i := 1; i <= r.Len; i++ {
		if at := (r.Cursor + d*i + r.Len*i) % r.Len; m.grid.At(m.matrix.gpus.Cursor, at).Rows > 0 {
			return r.To(at)
		}
	}
	return r
}

// matrixSize is how the matrix is laid out.
type matrixSize struct {
	names           int // columns for the names of the GPUs
	cell            int // columns of a cell, with the gap in front of it
	whole, fraction int // columns of the widest price, in front of its point and from there on
}

// measureMatrix lays the matrix out: over all of its cells, so that nothing moves
// while one scrolls.
func (m *Model) measureMatrix() matrixSize {
	var s matrixSize
	count, region := 0, 0
	for c := range m.grid.Cells() {
		p, n := figures(c)
		w, f := cell.Point(p)
		s.whole, s.fraction, count = max(s.whole, cell.Width(w)), max(s.fraction, len(f)), max(count, cell.Width(n))
	}
	for _, g := range m.grid.GPUs {
		s.names = max(s.names, cell.Width(known.ShortCard(cell.Text(g.Label))))
	}
	for _, r := range m.grid.Regions {
		region = max(region, min(cell.Width(cell.Text(r.Label)), mostRegion))
	}
	s.names = min(s.names, max(min(matrixGPUs, m.width/4), 8))
	s.cell = 1 + max(2+s.whole+s.fraction+1+count, leastCell, region)
	room := m.width - s.names - 3
	if shown := min(room/s.cell, len(m.grid.Regions)); shown > 0 { // what is left of the width goes to the names of the regions
		longest := 0
		for _, r := range m.grid.Regions {
			longest = max(longest, cell.Width(cell.Text(r.Label)))
		}
		s.cell = max(s.cell, min(room/shown, 2+longest))
	}
	return s
}

// figures are a cell's cheapest price per GPU and its number of offers.
func figures(c catalog.MatrixCell) (price, count string) {
	price = cell.Unknown
	if c.Best != nil {
		price = cell.PerGPU(c.Best.PerGPU, c.Best.HourlyRate)
	}
	return price, fmt.Sprintf("×%d", c.Rows)
}

// shades say how near a price is to the cheapest of its GPU, the nearest first.
func (m *Model) shades() []rune {
	if m.opt.ASCII {
		return []rune("#+=:")
	}
	return []rune("█▓▒░")
}

// within is how much dearer a price may be for each shade but the last.
var within = []float64{1, 1.15, 1.5}

// withLegend is the footer with what the shades mean, if there is room for it.
func (m *Model) withLegend(footer string) string {
	s := m.shades()
	for _, form := range []string{" · %c cheapest of its GPU %c within 15 %% %c 50 %% %c more", " · %c cheapest %c +15 %% %c +50 %% %c more"} {
		if legend := fmt.Sprintf(form, s[0], s[1], s[2], s[3]); cell.Width(footer)+cell.Width(legend) <= m.width {
			return footer + m.opt.Styles.Dim.Render(legend)
		}
	}
	return footer
}

// matrixLines draws the heads, which stay, and the cells that there is room for.
func (m *Model) matrixLines() []string {
	st := m.opt.Styles
	names, width := m.gridSize.names, m.gridSize.cell
	fromR, toR := m.matrix.regions.Visible()
	fromG, toG := m.matrix.gpus.Visible()
	more := func(n int, sign string) string {
		if n == 0 {
			return strings.Repeat(" ", 2)
		}
		return sign + " "
	}
	head := " " + cell.Left(" $/GPU·HR", names) + more(fromR, "←")
	for j := fromR; j < toR; j++ {
		style := st.Heading
		if m.matrix.regions.Is(j) {
			style = st.Sorted
		}
		head += style.Render(cell.Left(" "+cell.CutMiddle(cell.Text(m.grid.Regions[j].Label), width-2, "…"), width-1)) + " "
	}
	if toR < len(m.grid.Regions) {
		head = cell.Fill(head, m.width-1, "") + st.Dim.Render("→")
	}
	lines := []string{head}
	for i := fromG; i < toG; i++ {
		g := m.grid.GPUs[i]
		style := st.Text
		if m.matrix.gpus.Is(i) {
			style = st.Sorted
		}
		line := " " + style.Render(cell.Fill(known.ShortCard(cell.Text(g.Label)), names, "…")) + " "
		for j := fromR; j < toR; j++ {
			line += m.cellText(g, m.grid.At(i, j), m.matrix.gpus.Is(i) && m.matrix.regions.Is(j))
		}
		lines = append(lines, line)
	}
	return lines
}

// cellText draws a cell: a shade, the price, the number of offers.
func (m *Model) cellText(g catalog.MatrixHead, c catalog.MatrixCell, here bool) string {
	st := m.opt.Styles
	text, style := "", st.Dim
	if c.Rows > 0 {
		p, n := figures(c)
		shade := ' '
		if c.Best != nil {
			var at int
			for at < len(within) && c.Best.PerGPU.Value > g.From.Value*within[at]+1e-9 {
				at++
			}
			shade = m.shades()[at]
			style = []styles.Style{st.Best, st.Price, st.Text, st.Text}[at]
		}
		w, f := cell.Point(p)
		text = string(shade) + " " + cell.Right(w, m.gridSize.whole) + cell.Left(f, m.gridSize.fraction) + " " + n
	} else {
		text = "·"
		if m.opt.ASCII {
			text = "." // a dash would look like a shade
		}
	}
	if here {
		return st.Accent.Render(cursorMark) + st.Row.Render(cell.Fill(text, m.gridSize.cell-1, ""))
	}
	return " " + style.Render(cell.Fill(text, m.gridSize.cell-1, ""))
}

// matrixStatus is the cell in words: the names whole, and the cheapest row's id.
func (m *Model) matrixStatus() string {
	if lost := m.matrix.lostHead(); lost != "" {
		return m.viewStatus(lost+" is no longer listed here", "", "")
	}
	i, j := m.matrix.gpus.Cursor, m.matrix.regions.Cursor
	say := cell.Text(m.grid.GPUs[i].Label) + " · " + cell.Text(m.grid.Regions[j].Label) + " · "
	c := m.grid.At(i, j)
	id := ""
	switch {
	case c.Rows == 0:
		say += "nothing"
	case c.Best == nil:
		say += cell.Rows(c.Rows) + ", no price"
	default:
		p, _ := figures(c)
		say += cell.Rows(c.Rows) + " from $" + p + " a GPU"
		id = c.Best.ID
	}
	return m.viewStatus(say, fmt.Sprintf("GPU %d of %d, region %d of %d", i+1, len(m.grid.GPUs), j+1, len(m.grid.Regions)), id)
}
