package view

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// Matrix is the price matrix: the offers that match the filter, by GPU and location.
type Matrix struct {
	gpus, regions scroll.Choice
	level         catalog.Level // how fine the locations are
	begun         bool          // the level was chosen, and the cursor put on the row of the table
	grid          catalog.Matrix
	size          matrixSize
}

const (
	matrixGPUs     = 22 // maximum columns for a GPU's name
	leastCell      = 8  // minimum columns of a cell
	maxRegionWidth = 14 // columns up to which a region's name widens the cells
)

const onlyWithoutGPU = "These offers have no GPU"

// Name identifies the view.
func (x Matrix) Name() string { return "matrix" }

// Fit builds the matrix of the offers in view, and keeps the cursor on its GPU and region. The cursor
// starts on the cell of the table's row.
func (x Matrix) Fit(f Frame) (View, Intent) {
	if f.NoGPU {
		return x, Close{onlyWithoutGPU}
	}
	if !x.begun {
		x.level = x.finest(f)
	}
	x.grid = f.Catalog.Matrix(f.Rows, x.level)
	if len(x.grid.GPUs) == 0 {
		return x, Close{"No offers to show"}
	}
	x.size = measureMatrix(f.Width, x.grid)
	x.gpus = x.gpus.WithHeight(f.Height-1).Over(len(x.grid.GPUs), headItem(x.grid.GPUs))
	x.regions = x.regions.WithHeight((f.Width-x.size.names-3)/x.size.cell).
		Over(len(x.grid.Regions), headItem(x.grid.Regions))
	if !x.begun {
		x.begun = true
		x = x.onRow(f.Row)
	}
	return x, nil
}

// finest returns the finest level whose locations all fit on the screen, or the coarsest one.
func (x Matrix) finest(f Frame) catalog.Level {
	for level := catalog.Regions; level > catalog.Continents; level-- {
		grid := f.Catalog.Matrix(f.Rows, level)
		size := measureMatrix(f.Width, grid)
		if len(grid.Regions) <= (f.Width-size.names-3)/size.cell {
			return level
		}
	}
	return catalog.Continents
}

// zoomed returns the matrix at another level. The cursor stays on the locations of the chosen cell's cheapest offer.
func (x Matrix) zoomed(d catalog.Level, f Frame) (View, Intent) {
	to := x.level + d
	if to < catalog.Continents || to > catalog.Regions {
		return x, warn("These are the " + []string{"coarsest", "", "finest"}[x.level] + " locations")
	}
	row := x.cell().Best
	x.level = to
	x.regions = scroll.Choice{}
	fitted, wants := x.Fit(f)
	if m, is := fitted.(Matrix); is && wants == nil && !row.None() {
		return m.onRow(row), ClearNotice{}
	}
	return fitted, wants
}

// onRow puts the cursor on the cell of a row.
func (x Matrix) onRow(row catalog.Row) Matrix {
	for i := range x.grid.GPUs {
		for j := range x.grid.Regions {
			if !row.None() && x.grid.At(i, j).Rows > 0 && x.grid.Holds(i, j, row) {
				return x.to(x.gpus.To(i), x.regions.To(j))
			}
		}
	}
	return x
}

func headItem(heads []catalog.MatrixHead) func(i int) scroll.Item {
	return func(i int) scroll.Item { return scroll.Item{Key: heads[i].Key(), Name: cell.Text(heads[i].Label)} }
}

// to puts the cursor where the user has moved it.
func (x Matrix) to(gpus, regions scroll.Window) Matrix {
	x.gpus = x.gpus.On(gpus, headItem(x.grid.GPUs))
	x.regions = x.regions.On(regions, headItem(x.grid.Regions))
	return x
}

// cell returns the chosen cell; an empty one if its GPU or region is no longer listed.
func (x Matrix) cell() catalog.MatrixCell {
	if !x.gpus.Chosen() || !x.regions.Chosen() {
		return catalog.MatrixCell{}
	}
	return x.grid.At(x.gpus.Cursor, x.regions.Cursor)
}

// lost returns the name of the chosen GPU or region if it is no longer listed; empty if both are listed.
func (x Matrix) lost() string {
	switch {
	case x.gpus.Lost():
		return x.gpus.Name
	case x.regions.Lost():
		return x.regions.Name
	}
	return ""
}

// Target is the chosen cell with its cheapest offer.
func (x Matrix) Target(Frame) Target {
	t := Target{Key: x.gpus.Key + "\n" + x.regions.Key, Held: x.gpus.Held || x.regions.Held}
	if best := x.cell().Best; !best.None() {
		t.Offer = best.InstanceType()
	}
	for _, heads := range [][]catalog.MatrixHead{x.grid.GPUs, x.grid.Regions} {
		for _, h := range heads {
			t.Lines += h.Key() + "\n"
		}
	}
	return t
}

// Key moves the cursor, goes to the chosen offers or copies the id of the cheapest.
func (x Matrix) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.Matrix
	if w, is := x.vertical(msg, f); is { // the choice of the region does not change, even if it is no longer listed
		x.gpus = x.gpus.On(w, headItem(x.grid.GPUs))
		return x, ClearNotice{}
	}
	if w, is := x.horizontal(msg, f); is {
		x.regions = x.regions.On(w, headItem(x.grid.Regions))
		return x, ClearNotice{}
	}
	switch {
	case key.Matches(msg, k.Go):
		return x, IfSeen{x.filterByCell(f)}
	case key.Matches(msg, k.Copy):
		return x, IfSeen{x.copyBest()}
	case key.Matches(msg, k.Finer):
		return x.zoomed(1, f)
	case key.Matches(msg, k.Coarser):
		return x.zoomed(-1, f)
	case key.Matches(msg, k.Close):
		return x, Close{}
	}
	return x, Pass{}
}

// vertical returns where a key moves the cursor among the GPUs; is reports whether the key moves it.
func (x Matrix) vertical(msg tea.KeyMsg, f Frame) (w scroll.Window, is bool) {
	k, g := f.Keys.Matrix, x.gpus.Window
	switch {
	case key.Matches(msg, k.Up):
		return x.gpus.Move(-1), true
	case key.Matches(msg, k.Down):
		return x.gpus.Move(1), true
	case key.Matches(msg, k.Top):
		return g.To(0), true
	case key.Matches(msg, k.Bottom):
		return g.To(g.Len - 1), true
	case key.Matches(msg, k.PageUp):
		return g.Page(-1), true
	case key.Matches(msg, k.PageDown):
		return g.Page(1), true
	}
	return g, false
}

// horizontal returns where a key moves the cursor among the regions; is reports whether the key moves it.
func (x Matrix) horizontal(msg tea.KeyMsg, f Frame) (w scroll.Window, is bool) {
	k, r := f.Keys.Matrix, x.regions.Window
	switch {
	case key.Matches(msg, k.Left):
		return x.regions.Move(-1), true
	case key.Matches(msg, k.Right):
		return x.regions.Move(1), true
	case key.Matches(msg, k.First):
		return r.To(0), true
	case key.Matches(msg, k.Last):
		return r.To(r.Len - 1), true
	case key.Matches(msg, k.Next):
		return x.nextOffer(r, 1), true
	case key.Matches(msg, k.Previous):
		return x.nextOffer(r, -1), true
	}
	return r, false
}

const anotherCell = "← ↑ ↓ → choose another cell"

// filterByCell filters the table by the GPU and the region of the chosen cell.
func (x Matrix) filterByCell(f Frame) Intent {
	switch {
	case x.lost() != "":
		return warn(anotherCell)
	case x.cell().Rows == 0:
		return warn("No offers there")
	}
	gpu, region := x.grid.GPUs[x.gpus.Cursor], x.grid.Regions[x.regions.Cursor]
	return Filter{f.Query.Choose(query.GPU, gpu.Values()).Choose(region.Values()[0].Field, region.Values())}
}

func (x Matrix) copyBest() Intent {
	switch {
	case x.lost() != "":
		return warn(anotherCell)
	case x.cell().Best.None():
		return warn("Nothing to copy there")
	}
	return Copy{x.cell().Best}
}

// nextOffer moves the cursor to the next region that has the GPU, wrapping around at the end.
func (x Matrix) nextOffer(r scroll.Window, d int) scroll.Window {
	for i := 1; i <= r.Len; i++ {
		if at := (r.Cursor + d*i + r.Len*i) % r.Len; x.grid.At(x.gpus.Cursor, at).Rows > 0 {
			return r.To(at)
		}
	}
	return r
}

// Wheel moves through the GPUs.
func (x Matrix) Wheel(d int, _ Frame) (View, Intent) {
	x.gpus = x.gpus.On(x.gpus.Move(d*wheelLines), headItem(x.grid.GPUs))
	return x, ClearNotice{}
}

// wheelLines is how many lines one step of the wheel moves.
const wheelLines = 3

// Click chooses a cell: a name chooses its line and a head its column.
func (x Matrix) Click(at, line int, _ Frame) (View, Intent) {
	gpus, regions := x.gpus.Window, x.regions.Window
	if i, there := gpus.At(line - 1); there {
		gpus = gpus.To(i)
	}
	if at -= x.size.names + 2; at >= 0 {
		if j, there := regions.At(at / x.size.cell); there {
			regions = regions.To(j)
		}
	}
	return x.to(gpus, regions), ClearNotice{}
}

// matrixSize is the layout of the matrix.
type matrixSize struct {
	names           int // columns for the names of the GPUs
	cell            int // columns of a cell, with the gap in front of it
	whole, fraction int // columns of the widest price, before its decimal point and from it on
}

const matrixTitle = " $/GPU·HR" // over the names, which have at least its width

// measureMatrix lays the matrix out. It measures all cells, so that nothing moves during scrolling.
func measureMatrix(width int, grid catalog.Matrix) matrixSize {
	var s matrixSize
	count, region := 0, 0
	for c := range grid.Cells() {
		p, n := priceAndCount(c)
		w, f := cell.Point(p)
		s.whole, s.fraction, count = max(s.whole, cell.Width(w)), max(s.fraction, len(f)), max(count, cell.Width(n))
	}
	for _, g := range grid.GPUs {
		s.names = max(s.names, cell.Width(known.ShortCard(cell.Text(g.Label))))
	}
	for _, r := range grid.Regions {
		region = max(region, min(cell.Width(cell.Text(r.Label)), maxRegionWidth))
	}
	s.names = max(min(s.names, max(min(matrixGPUs, width/4), 8)), cell.Width(matrixTitle))
	s.cell = 1 + max(2+s.whole+s.fraction+1+count, leastCell, region)
	room := width - s.names - 3
	if shown := min(room/s.cell, len(grid.Regions)); shown > 0 { // the remaining room goes to the region names
		longest := 0
		for _, r := range grid.Regions {
			longest = max(longest, cell.Width(cell.Text(r.Label)))
		}
		s.cell = max(s.cell, min(room/shown, 2+longest))
	}
	return s
}

// priceAndCount returns a cell's cheapest price per GPU and its number of offers.
func priceAndCount(c catalog.MatrixCell) (price, count string) {
	price = cell.Unknown
	if !c.Best.None() {
		price = cell.ShortPerGPU(c.Best.PerGPU(), c.Best.HourlyRate())
	}
	return price, fmt.Sprintf("×%d", c.Rows)
}

// shades returns the signs for how close a price is to the cheapest of its GPU, the closest first.
func (p Pen) shades() []rune {
	if p.ASCII {
		return []rune("#+=:")
	}
	return []rune("█▓▒░")
}

// shadeLimits is the highest price of each shade but the last, as a multiple of the GPU's cheapest price.
var shadeLimits = []float64{1, 1.15, 1.5}

// Foot draws the keys, and the meaning of the shades if it fits.
func (x Matrix) Foot(f Frame) []string {
	k, s := f.Keys.Matrix, f.shades()
	hints := []Hint{{k.Go, "go to these offers"}, {k.Copy, "copy"}, {k.Coarser, ""}, {k.Finer, "locations"},
		{k.Next, "next offer"}, {k.Close, "close"}}
	legend := fmt.Sprintf(" · %c cheapest of its GPU %c up to +15%% %c +50%% %c more", s[0], s[1], s[2], s[3])
	if cell.Width(f.KeysLine(hints...))+cell.Width(legend) > f.Width {
		legend = fmt.Sprintf(" · %c best %c +15%% %c +50%% %c", s[0], s[1], s[2], s[3])
	}
	room := f.Pen
	room.Width -= cell.Width(legend)
	return []string{room.KeysLine(hints...) + f.Styles.Dim.Render(legend)}
}

// Body draws the heads, which do not scroll, and the cells that fit.
func (x Matrix) Body(f Frame) []string {
	st := f.Styles
	gpus, regions := x.cuts()
	fromR, toR := x.regions.Visible()
	fromG, toG := x.gpus.Visible()
	more := strings.Repeat(" ", 2)
	if fromR > 0 {
		more = "← "
	}
	head := " " + cell.Left(matrixTitle, x.size.names) + more
	for j := fromR; j < toR; j++ {
		style := st.Heading
		if x.regions.Is(j) {
			style = st.Sorted
		}
		name := cell.CutMiddle(regions.Of(cell.Text(x.grid.Regions[j].Label)), x.size.cell-2, "…")
		head += style.Render(cell.Left(" "+name, x.size.cell-1)) + " "
	}
	if toR < len(x.grid.Regions) {
		head = cell.Fill(head, f.Width-1, "") + st.Dim.Render("→")
	}
	lines := []string{head}
	for i := fromG; i < toG; i++ {
		g := x.grid.GPUs[i]
		style := st.Text
		if x.gpus.Is(i) {
			style = st.Sorted
		}
		line := " " + style.Render(cell.Fill(gpus.Of(cell.Text(g.Label)), x.size.names, "…")) + " "
		for j := fromR; j < toR; j++ {
			line += x.drawCell(f, g, x.grid.At(i, j), x.gpus.Is(i) && x.regions.Is(j))
		}
		lines = append(lines, line)
	}
	return FillUp(lines, f.Height)
}

// cuts are the forms of the names of GPUs and locations.
func (x Matrix) cuts() (gpus, regions cell.Cuts) {
	labels := func(heads []catalog.MatrixHead) (list []string) {
		for _, h := range heads {
			list = append(list, cell.Text(h.Label))
		}
		return list
	}
	return cell.NewCuts(labels(x.grid.GPUs), x.size.names, known.ShortCard),
		cell.NewCuts(labels(x.grid.Regions), x.size.cell-2, nil)
}

// drawCell draws a cell: a shade, the price, the number of offers.
func (x Matrix) drawCell(f Frame, g catalog.MatrixHead, c catalog.MatrixCell, here bool) string {
	st := f.Styles
	text, style := "·", st.Dim
	switch {
	case c.Rows > 0:
		p, n := priceAndCount(c)
		shade := ' '
		if !c.Best.None() {
			at := 0
			for at < len(shadeLimits) && c.Best.PerGPU().Value > g.From.Value*shadeLimits[at]+api.SameRate {
				at++
			}
			shade = f.shades()[at]
			style = []styles.Style{st.Best, st.Price, st.Text, st.Text}[at]
		}
		w, rest := cell.Point(p)
		text = string(shade) + " " + cell.Right(w, x.size.whole) + cell.Left(rest, x.size.fraction) + " " + n
	case f.ASCII:
		text = "." // a dash would look like a shade
	}
	if here {
		return st.Accent.Render(CursorMark) + st.Row.Render(cell.Fill(text, x.size.cell-1, ""))
	}
	return " " + style.Render(cell.Fill(text, x.size.cell-1, ""))
}

// Status describes the chosen cell, with full names and the id of its cheapest offer.
func (x Matrix) Status(Frame) Status {
	if lost := x.lost(); lost != "" {
		return Status{Say: lost + " is no longer listed here"}
	}
	i, j := x.gpus.Cursor, x.regions.Cursor
	say := cell.Text(x.grid.GPUs[i].Label) + " · " + cell.Text(x.grid.Regions[j].Label) + " · "
	c := x.grid.At(i, j)
	id := ""
	switch {
	case c.Rows == 0:
		say += "nothing"
	case c.Best.None():
		say += cell.Offers(c.Rows) + ", no price"
	default:
		p, _ := priceAndCount(c)
		say += cell.Offers(c.Rows) + " from $" + p + " per GPU"
		id = c.Best.ID()
	}
	return Status{say, "GPU " + placeText(i+1, len(x.grid.GPUs)) + ", " +
		[]string{"continent", "country", "region"}[x.level] + " " + placeText(j+1, len(x.grid.Regions)),
		id}
}
