package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// The price picture: how the prices per GPU of what is in view lie, GPU by GPU, on
// one axis. Each step to the right is dearer by the same factor, so that cards of
// five cents and of ten dollars have room on it.

// drawing is the picture as it is laid out.
type drawing struct {
	spread  catalog.Spread
	bins    [][]int // by GPU and column
	names   int     // columns for the names
	axis    int     // columns of the axis
	figures int     // how many of the cheapest, the median and the dearest there is room for
	tall    int     // lines for each GPU
	ticks   map[int]bool
	head    string // the axis' labels
}

const (
	pictureNames = 22
	pictureCount = 6 // columns for the number of offers
	pictureMoney = 8 // columns for a price
	tallest      = 6 // lines for a GPU at most
	leastAxis    = 36
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

func (m *Model) enterPicture() {
	if len(m.result.Rows) == 0 {
		m.say(warn, "No offers to show")
		return
	}
	m.focus, m.picture = onPicture, scroll.Choice{}
	if m.derive(onItsID); m.focus != onPicture {
		return
	}
	row := m.current()
	at := slices.IndexFunc(m.drawn.spread.GPUs, func(g catalog.SpreadGPU) bool { return row != nil && g.Head.Key() == row.GPUKey })
	m.toGPU(m.picture.To(max(at, 0)))
}

// layPicture lays the picture out, while it is shown.
func (m *Model) layPicture() {
	if m.focus != onPicture {
		m.drawn = drawing{}
		return
	}
	d := drawing{spread: m.list.catalog.Spread(m.result.Rows), ticks: map[int]bool{}}
	switch {
	case m.onlyWithout():
		m.drawn = drawing{}
		m.closeView(onlyWithoutGPU)
		return
	case len(d.spread.GPUs) == 0:
		m.drawn = drawing{}
		m.closeView("No price is known of these offers")
		return
	}
	for _, g := range d.spread.GPUs {
		d.names = max(d.names, cell.Width(known.ShortCard(cell.Text(g.Head.Label))))
	}
	d.names = max(min(d.names, pictureNames, m.width/4), cell.Width("$/GPU·HR"))
	room := m.width - 3 - d.names - pictureCount
	for d.figures < len(pictureFigures) && room-pictureMoney >= leastAxis {
		d.figures++
		room -= pictureMoney
	}
	d.axis = max(room, 1)
	for _, g := range d.spread.GPUs {
		d.bins = append(d.bins, d.spread.Bins(g, d.axis))
	}
	head := []byte(strings.Repeat(" ", d.axis))
	free := 0 // the first column that no label takes
	for _, v := range d.spread.Ticks() {
		at := d.spread.Place(v, d.axis)
		d.ticks[at] = true
		label := strings.TrimSuffix(cell.PerGPU(api.Some(v), api.Some(1.0)), ".00")
		if from := min(at, d.axis-len(label)); from >= free { // at the end it stands in front of its place
			copy(head[from:], label)
			free = from + len(label) + 1
		}
	}
	d.head = string(head)
	m.drawn = d
	m.drawn.tall = min(max((m.bodyHeight()-1)/len(d.spread.GPUs), 1), tallest) // more than one where all of them fit
	m.picture = m.picture.WithHeight((m.bodyHeight()-1)/m.drawn.tall).Over(len(d.spread.GPUs), m.pictureItem)
}

func (m *Model) pictureItem(i int) scroll.Item {
	head := m.drawn.spread.GPUs[i].Head
	return scroll.Item{Key: head.Key(), Name: cell.Text(head.Label)}
}

// toGPU puts the cursor where the user has moved it.
func (m *Model) toGPU(w scroll.Window) {
	m.picture = m.picture.On(w, m.pictureItem)
	m.notice.text = "" // the GPU is told in its place
}

func (m *Model) pictureKey(msg tea.KeyMsg) tea.Cmd {
	k, w := m.opt.Keys.Picture, m.picture
	switch {
	case key.Matches(msg, k.Up):
		m.toGPU(w.Move(-1))
	case key.Matches(msg, k.Down):
		m.toGPU(w.Move(1))
	case key.Matches(msg, k.Top):
		m.toGPU(w.To(0))
	case key.Matches(msg, k.Bottom):
		m.toGPU(w.To(w.Len - 1))
	case key.Matches(msg, k.PageUp):
		m.toGPU(w.Page(-1))
	case key.Matches(msg, k.PageDown):
		m.toGPU(w.Page(1))
	case key.Matches(msg, k.Go) && w.Lost():
		m.say(warn, keymap.Name(k.Up)+" "+keymap.Name(k.Down)+" choose another GPU")
	case key.Matches(msg, k.Go) && m.viewMayAct(msg):
		m.drillDown(m.typed.Query.Choose(query.GPU, m.drawn.spread.GPUs[w.Cursor].Head.Values()))
	case key.Matches(msg, k.Close):
		m.focus = onTable
		m.derive(onItsID)
	default:
		return m.viewKey(msg)
	}
	return nil
}

// levels are the signs for how many there are at a place: none, then few to many.
// The fullest is not the whole cell: strips above each other stay apart.
func (m *Model) levels() []rune {
	if m.opt.ASCII {
		return []rune(".:-=+*#%")
	}
	return []rune("·▁▂▃▄▅▆▇")
}

// pictureLines draws the axis, which stays, and a line for each GPU that there is
// room for.
func (m *Model) pictureLines() []string {
	st, d := m.opt.Styles, m.drawn
	title := func(text string, width int) string { return st.Heading.Render(cell.Right(text, width)) }
	head := "  " + st.Heading.Render(cell.Fill("$/GPU·HR", d.names, "")) + title("×", pictureCount)
	for _, f := range pictureFigures[:d.figures] {
		head += title(f.title, pictureMoney)
	}
	lines := []string{head + " " + st.Heading.Render(d.head)}
	from, to := m.picture.Visible()
	row := m.current()
	for i := from; i < to; i++ {
		g := d.spread.GPUs[i]
		text := cell.Fill(known.ShortCard(cell.Text(g.Head.Label)), d.names, "…") + cell.Right(fmt.Sprint(g.Head.Rows), pictureCount)
		for _, f := range pictureFigures[:d.figures] {
			text += cell.Right(cell.PerGPU(api.Some(f.of(g)), api.Some(1.0)), pictureMoney)
		}
		here := -1
		if row != nil && row.PerGPU.Known && g.Head.Key() == row.GPUKey && row.Change != catalog.Gone {
			here = d.spread.Place(row.PerGPU.Value, d.axis)
		}
		blank := strings.Repeat(" ", 2+cell.Width(text)+1)
		for up := d.tall - 1; up > 0; up-- {
			lines = append(lines, blank+st.Price.Render(m.stripLine(d.bins[i], -1, up)))
		}
		strip := m.stripLine(d.bins[i], here, 0)
		if m.picture.Is(i) {
			lines = append(lines, st.Accent.Render(cursorMark)+st.Row.Render(" "+text+" "+strip))
			continue
		}
		before, after, marked := strings.Cut(strip, stripMark)
		strip = st.Price.Render(before)
		if marked {
			strip += st.Accent.Render(stripMark) + st.Price.Render(after)
		}
		lines = append(lines, m.heldMark(m.picture, i)+" "+st.Text.Render(text)+" "+strip)
	}
	return lines
}

// stripLine is one GPU's prices along the axis, the line that is so far above the
// lowest one; in that a mark stands where the row under the cursor is.
func (m *Model) stripLine(bins []int, here, above int) string {
	levels, most := m.levels(), slices.Max(bins)
	if m.drawn.tall > 1 && !m.opt.ASCII {
		levels = append(levels, '█') // with another one on top of it
	}
	full := len(levels) - 1
	var b strings.Builder
	for at, n := range bins {
		high := 0 // of all lines together
		if n > 0 {
			high = 1 + (m.drawn.tall*full-1)*(n-1)/max(most-1, 1)
		}
		switch part := min(high-above*full, full); {
		case at == here:
			b.WriteString(stripMark)
		case part > 0:
			b.WriteRune(levels[part])
		case m.drawn.ticks[at] && n == 0:
			b.WriteRune(levels[0])
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// pictureStatus is the chosen GPU in words.
func (m *Model) pictureStatus() string {
	if m.picture.Lost() {
		return m.viewStatus(m.picture.Name+" is no longer listed here", "", "")
	}
	g := m.drawn.spread.GPUs[m.picture.Cursor]
	money := func(v float64) string { return "$" + cell.PerGPU(api.Some(v), api.Some(1.0)) }
	say := fmt.Sprintf("%s · %s from %s to %s a GPU, half of them up to %s", cell.Text(g.Head.Label), cell.Rows(g.Head.Rows), money(g.Prices[0]), money(g.Prices[len(g.Prices)-1]), money(g.Median()))
	if n := m.drawn.spread.Unpriced; n > 0 {
		say += fmt.Sprintf(" · %s without a price", cell.Rows(n))
	}
	return m.viewStatus(say, fmt.Sprintf("%d of %d", m.picture.Cursor+1, m.picture.Len), "")
}

func (m *Model) pictureFooter() string {
	k := m.opt.Keys.Picture
	line := m.keysLine(hint{k.Go, "only this GPU"}, hint{k.Up, ""}, hint{k.Down, "choose"}, hint{k.Close, "close"})
	if more := " · " + stripMark + " the row you are on"; cell.Width(line)+cell.Width(more) <= m.width {
		line += m.opt.Styles.Dim.Render(more)
	}
	return line
}
