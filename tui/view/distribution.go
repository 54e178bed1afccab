package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// Picture is the price distribution: the prices of the offers in view, GPU by GPU, on one axis.
// The axis is logarithmic, so that GPUs of five cents and of ten dollars both fit on it.
type Picture struct {
	gpus  scroll.Choice
	begun bool // the cursor has been put on the GPU of the table's row
	by    catalog.Measure
	drawn drawing
}

// drawing is the layout of the picture.
type drawing struct {
	spread      catalog.Spread
	bins        [][]int // number of prices, by GPU and column of the axis
	names       int     // columns for the names
	axis        int     // columns of the axis
	figures     int     // how many of pictureFigures fit
	linesPerGPU int     // lines for each GPU
	ticks       map[int]bool
	head        string // labels of the axis
}

const (
	pictureNames   = 22
	pictureCount   = 6 // columns for the number of offers
	pictureMoney   = 8 // columns for a price
	maxLinesPerGPU = 6 // maximum lines for a GPU
	leastAxis      = 36
)

// pictureFigures are the figures beside the axis, the most wanted first.
var pictureFigures = []struct {
	title string
	of    func(catalog.SpreadGPU) float64
}{
	{"FROM", func(g catalog.SpreadGPU) float64 { return g.Prices[0] }},
	{"MEDIAN", catalog.SpreadGPU.Median},
	{"TO", func(g catalog.SpreadGPU) float64 { return g.Prices[len(g.Prices)-1] }},
}

// measures has the words for each measure of prices. An asterisk marks what follows from our table of cards.
var measures = map[catalog.Measure]struct{ title, per string }{
	catalog.ByGPU:       {"$/GPU·HR", "per GPU"},
	catalog.ByVRAM:      {"$/GB·HR*", "per GB of VRAM*"},
	catalog.ByBandwidth: {"$/TB/S·HR*", "per TB/s*"},
	catalog.ByFLOPS:     {"$/PFLOPS·HR*", "per PFLOPS*"},
}

func noPrice(m catalog.Measure) string {
	if m == catalog.ByGPU {
		return "These offers have no known price"
	}
	return "These offers have no known price " + measures[m].per
}

// Compared says how prices are compared: "per GPU, among offers of the same GPU".
func Compared(m catalog.Measure) string {
	if m == catalog.ByGPU {
		return measures[m].per + ", among offers of the same GPU"
	}
	return measures[m].per + ", among all offers shown"
}

// money writes a price by a measure, with two digits if it follows from our table of cards.
func money(m catalog.Measure, v float64) string {
	if m == catalog.ByGPU {
		return cell.PerGPU(api.Some(v), api.Some(1.0))
	}
	return cell.Two(api.Some(v))
}

// Name identifies the view.
func (p Picture) Name() string { return "picture" }

// Fit lays the picture out and keeps the cursor on its GPU. The cursor starts on the GPU of the table's row.
func (p Picture) Fit(f Frame) (View, Intent) {
	if f.NoGPU {
		return p, Close{onlyWithoutGPU}
	}
	d := drawing{spread: f.Catalog.Spread(f.Rows, f.Measure), ticks: map[int]bool{}}
	if len(d.spread.GPUs) == 0 {
		return p, Close{noPrice(f.Measure)}
	}
	for _, g := range d.spread.GPUs {
		d.names = max(d.names, cell.Width(known.ShortCard(cell.Text(g.Head.Label))))
	}
	d.names = max(min(d.names, pictureNames, f.Width/4), cell.Width(measures[f.Measure].title))
	room := f.Width - 3 - d.names - pictureCount
	for d.figures < len(pictureFigures) && room-pictureMoney >= leastAxis {
		d.figures++
		room -= pictureMoney
	}
	d.axis = max(room, 1)
	for _, g := range d.spread.GPUs {
		d.bins = append(d.bins, d.spread.Bins(g, d.axis))
	}
	d.head = d.label()
	d.linesPerGPU = min(max((f.Height-1)/len(d.spread.GPUs), 1), maxLinesPerGPU) // more than one if all GPUs fit

	p.begun = p.begun && p.by == f.Measure // by another measure, other GPUs have a price
	p.drawn, p.by = d, f.Measure
	p.gpus = p.gpus.WithHeight((f.Height-1)/d.linesPerGPU).Over(len(d.spread.GPUs), p.item)
	if !p.begun {
		p.begun = true
		at := slices.IndexFunc(d.spread.GPUs,
			func(g catalog.SpreadGPU) bool { return !f.Row.None() && g.Head.Key() == f.Row.GPUKey() })
		p = p.to(p.gpus.To(max(at, 0)))
	}
	return p, nil
}

// label returns the labels of the axis, and records the columns of its ticks.
func (d *drawing) label() string {
	head := []byte(strings.Repeat(" ", d.axis))
	free := 0 // the first column after the last label
	for _, v := range d.spread.Ticks() {
		at := d.spread.Place(v, d.axis)
		d.ticks[at] = true
		label := strings.TrimSuffix(cell.PerGPU(api.Some(v), api.Some(1.0)), ".00")
		if from := min(at, d.axis-len(label)); from >= free { // a label at the right end moves left to fit
			copy(head[from:], label)
			free = from + len(label) + 1
		}
	}
	return string(head)
}

func (p Picture) item(i int) scroll.Item {
	head := p.drawn.spread.GPUs[i].Head
	return scroll.Item{Key: head.Key(), Name: cell.Text(head.Label)}
}

// to puts the cursor where the user has moved it.
func (p Picture) to(w scroll.Window) Picture {
	p.gpus = p.gpus.On(w, p.item)
	return p
}

// Target is the chosen GPU.
func (p Picture) Target(Frame) Target {
	t := Target{Key: p.gpus.Key, Held: p.gpus.Held}
	for _, g := range p.drawn.spread.GPUs {
		t.Lines += g.Head.Key() + "\n"
	}
	return t
}

// Key moves the cursor, or goes to the offers of the chosen GPU.
func (p Picture) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k, w := f.Keys.Picture, p.gpus
	switch {
	case key.Matches(msg, k.Up):
		return p.to(w.Move(-1)), ClearNotice{}
	case key.Matches(msg, k.Down):
		return p.to(w.Move(1)), ClearNotice{}
	case key.Matches(msg, k.Top):
		return p.to(w.To(0)), ClearNotice{}
	case key.Matches(msg, k.Bottom):
		return p.to(w.To(w.Len - 1)), ClearNotice{}
	case key.Matches(msg, k.PageUp):
		return p.to(w.Page(-1)), ClearNotice{}
	case key.Matches(msg, k.PageDown):
		return p.to(w.Page(1)), ClearNotice{}
	case key.Matches(msg, k.Go) && w.Lost():
		return p, warn(keymap.Name(k.Up) + " " + keymap.Name(k.Down) + " choose another GPU")
	case key.Matches(msg, k.Go):
		return p, IfSeen{Filter{f.Query.Choose(query.GPU, p.drawn.spread.GPUs[w.Cursor].Head.Values())}}
	case key.Matches(msg, k.Close):
		return p, Close{}
	}
	return p, Pass{}
}

// Wheel moves through the GPUs.
func (p Picture) Wheel(d int, _ Frame) (View, Intent) {
	return p.to(p.gpus.Move(d * wheelLines)), ClearNotice{}
}

// Click chooses a GPU.
func (p Picture) Click(_, line int, _ Frame) (View, Intent) {
	if line > 0 {
		if i, there := p.gpus.At((line - 1) / p.drawn.linesPerGPU); there {
			return p.to(p.gpus.To(i)), ClearNotice{}
		}
	}
	return p, nil
}

// Body draws the axis, which does not scroll, and the GPUs that fit.
func (p Picture) Body(f Frame) []string {
	st, d := f.Styles, p.drawn
	title := func(text string, width int) string { return st.Heading.Render(cell.Right(text, width)) }
	head := "  " + st.Heading.Render(cell.Fill(measures[f.Measure].title, d.names, "")) + title("×", pictureCount)
	for _, figure := range pictureFigures[:d.figures] {
		head += title(figure.title, pictureMoney)
	}
	lines := []string{head + " " + st.Heading.Render(d.head)}
	from, to := p.gpus.Visible()
	for i := from; i < to; i++ {
		lines = append(lines, p.drawGPU(f, i)...)
	}
	return FillUp(lines, f.Height)
}

// drawGPU draws one GPU: its name, its figures, and its prices along the axis, with a mark at the price
// of the table's row.
func (p Picture) drawGPU(f Frame, i int) (lines []string) {
	st, d, g := f.Styles, p.drawn, p.drawn.spread.GPUs[i]
	text := cell.Fill(known.ShortCard(cell.Text(g.Head.Label)), d.names, "…") +
		cell.Right(fmt.Sprint(g.Head.Rows), pictureCount)
	for _, figure := range pictureFigures[:d.figures] {
		text += cell.Right(money(f.Measure, figure.of(g)), pictureMoney)
	}
	here := -1
	if row := f.Row; !row.None() && g.Head.Key() == row.GPUKey() && row.Change() != catalog.Gone {
		if price := f.Measure.Of(row); price.Known {
			here = d.spread.Place(price.Value, d.axis)
		}
	}
	blank := strings.Repeat(" ", 2+cell.Width(text)+1)
	for up := d.linesPerGPU - 1; up > 0; up-- {
		lines = append(lines, blank+st.Price.Render(d.strip(f.Pen, d.bins[i], -1, up)))
	}
	strip := d.strip(f.Pen, d.bins[i], here, 0)
	if p.gpus.Is(i) { // all lines of the GPU, to the edge
		for n, line := range lines {
			lines[n] = " " + st.Row.Render(cell.Fill(ansi.Strip(line)[1:], f.Width-1, ""))
		}
		return append(lines, st.Accent.Render(CursorMark)+st.Row.Render(cell.Fill(" "+text+" "+strip, f.Width-1, "")))
	}
	before, after, marked := strings.Cut(strip, StripMark)
	strip = st.Price.Render(before)
	if marked {
		strip += st.Accent.Render(StripMark) + st.Price.Render(after)
	}
	return append(lines, f.HeldMark(p.gpus, i)+" "+st.Text.Render(text)+" "+strip)
}

// strip draws one line of a GPU's prices along the axis, above lines over the lowest one. A mark stands
// at column here; -1 for no mark.
func (d drawing) strip(p Pen, bins []int, here, above int) string {
	levels, most := p.Levels(), slices.Max(bins)
	if d.linesPerGPU > 1 && !p.ASCII {
		levels = append(levels, '█') // full: the bar continues on the line above
	}
	full := len(levels) - 1
	var b strings.Builder
	for at, n := range bins {
		high := 0 // height of the bar over all lines
		if n > 0 {
			high = max(1+(d.linesPerGPU*full-1)*(n-1)/max(most-1, 1), min(n, 2)) // two are higher than one
		}
		switch part := min(high-above*full, full); {
		case at == here:
			b.WriteString(StripMark)
		case part > 0:
			b.WriteRune(levels[part])
		case d.ticks[at] && n == 0:
			b.WriteRune(levels[0])
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// Status describes the chosen GPU.
func (p Picture) Status(f Frame) Status {
	if p.gpus.Lost() {
		return Status{Say: p.gpus.Name + " is no longer listed here"}
	}
	g := p.drawn.spread.GPUs[p.gpus.Cursor]
	money := func(v float64) string { return "$" + money(f.Measure, v) }
	say := fmt.Sprintf("%s · %s, %s to %s %s", cell.Text(g.Head.Label), cell.Offers(g.Head.Rows),
		money(g.Prices[0]), money(g.Prices[len(g.Prices)-1]), measures[f.Measure].per)
	rest := []string{", median " + money(g.Median())}
	switch n := p.drawn.spread.Unpriced; {
	case n > 0 && p.by == catalog.ByGPU:
		rest = append(rest, fmt.Sprintf(" · %s without a price", cell.Offers(n)))
	case n > 0:
		rest = append(rest, " · unknown for "+cell.Offers(n))
	}
	for _, more := range rest { // as much as fits, and nothing in half
		if cell.Width(say)+cell.Width(more) <= f.Width-2 {
			say += more
		}
	}
	return Status{Say: say, Place: placeText(p.gpus.Cursor+1, p.gpus.Len)}
}

// Foot draws the keys, and the meaning of the mark if it fits.
func (p Picture) Foot(f Frame) []string {
	k := f.Keys.Picture
	line := f.KeysLine(Hint{k.Go, "filter to this GPU"}, Hint{k.Up, ""}, Hint{k.Down, "choose"},
		Hint{f.Keys.Table.Basis, "per…"}, Hint{k.Close, "close"})
	for _, more := range []string{" · " + StripMark + " selected offer", " · log scale"} {
		if cell.Width(line)+cell.Width(more) <= f.Width {
			line += f.Styles.Dim.Render(more)
		}
	}
	return []string{line}
}
