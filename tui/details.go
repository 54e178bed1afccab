package tui

import (
	"fmt"
	"math"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// The details show everything that is known about the row under the cursor: exact
// figures, costs, and the rank of its price.

const (
	detailsWidth  = 44  // width beside the table
	detailsHeight = 10  // height below the table
	detailsBeside = 100 // least width for details beside the table
	betterMost    = 3   // most offers listed as better
)

// details is the state of the details.
type details struct {
	open   bool
	choice scroll.Choice // the chosen better offer, while the details have the focus
}

// detailsAreBeside reports whether the details are beside the table, as on a
// wide screen; otherwise they are below it.
func (m *Model) detailsAreBeside() bool {
	return m.width-m.facetsWidth() >= detailsBeside+detailsWidth ||
		m.width-m.facetsWidth() >= detailsBeside && m.height < 30
}

// detailsTake returns how many columns and lines of the screen the details take from the table.
func (m *Model) detailsTake() (columns, lines int) {
	switch {
	case !m.details.open:
	case m.detailsAreBeside():
		columns = detailsWidth + 1
	default:
		lines = min(detailsHeight, max(m.bodyHeight()/2, 1))
	}
	return columns, lines
}

func (m *Model) toggleDetails() {
	m.details = details{open: !m.details.open}
	if m.focus == onDetails {
		m.focus = onTable
	}
}

// better returns the rows that the details list as better than the one under the cursor, as many as fit.
func (m *Model) better() []catalog.Row {
	row := m.current()
	if row.None() || !m.details.open {
		return nil
	}
	most := betterMost
	if !m.detailsAreBeside() {
		_, lines := m.detailsTake()
		p, half := detailsPen{Pen: m.pen(), catalog: m.list.catalog, row: row, budget: m.open.assumptions.Budget,
			query: m.typed.Query}, m.tableWidth()/2-2
		most = min(most, lines-1-len(p.costs(half))-len(p.fitLines(half))-1)
	}
	list := m.insideFirst(m.list.catalog.Better(row))
	return list[:max(min(len(list), most), 0)]
}

// insideFirst returns rows with those that the table shows first.
func (m *Model) insideFirst(rows []catalog.Row) []catalog.Row {
	if len(rows) < 2 || m.listed.Len() == m.list.catalog.Len() {
		return rows
	}
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.ID()] = true
	}
	var inside, outside []catalog.Row
	for _, r := range m.listed.All() {
		if ids[r.ID()] {
			ids[r.ID()] = false
		}
	}
	for _, r := range rows {
		if ids[r.ID()] {
			outside = append(outside, r)
		} else {
			inside = append(inside, r)
		}
	}
	return append(inside, outside...)
}

// enterDetails moves the focus to the details if they list a better offer, and reports whether it did.
func (m *Model) enterDetails() bool {
	if len(m.better()) == 0 {
		return false
	}
	m.focus, m.details.choice = onDetails, scroll.Choice{}
	return true
}

// betterChosen returns the chosen better offer, or the zero Row if none is chosen.
func (m *Model) betterChosen() catalog.Row {
	if list, c := m.better(), m.details.choice; c.Chosen() && c.Cursor < len(list) {
		return list[c.Cursor]
	}
	return catalog.Row{}
}

func (m *Model) detailsKey(msg tea.KeyMsg) tea.Cmd {
	k, list, c := m.opt.Keys.Details, m.better(), m.details.choice
	item := func(i int) scroll.Item { return view.RowItem(list[i]) }
	switch {
	case key.Matches(msg, k.Up):
		m.details.choice = c.On(c.Move(-1), item)
	case key.Matches(msg, k.Down):
		m.details.choice = c.On(c.Move(1), item)
	case key.Matches(msg, k.Go) && c.Lost():
		m.say(warn, c.Name+" is no longer offered here")
	case key.Matches(msg, k.Go) && m.viewMayAct(msg):
		if row := m.betterChosen(); !row.None() {
			m.goTo(row)
		}
	case key.Matches(msg, k.Close):
		m.toggleDetails()
	case key.Matches(msg, k.Table):
		m.focus = onTable
	default:
		return m.actionKey(msg)
	}
	return nil
}

// goTo puts the cursor on a row. If the row is hidden, goTo shows all rows again or clears the filter, and says so.
func (m *Model) goTo(row catalog.Row) {
	m.closeViews()
	m.aim, m.undo.jumped = row.ID(), true
	if m.listed.Index(row.ID(), 0) >= 0 {
		return
	}
	matches := m.typed.Err == nil && m.list.catalog.Run(m.typed.Query).Rows.Index(row.ID(), 0) >= 0
	m.marks.only = false
	if matches {
		m.say(quiet, "It is not marked: all offers shown"+m.opt.undoes())
		return
	}
	m.setFilter("")
	m.say(quiet, "It is outside the filter, which was cleared"+m.opt.undoes())
}

// detailsPen draws the details of a row.
type detailsPen struct {
	view.Pen
	catalog *catalog.Catalog
	row     catalog.Row
	better  []catalog.Row
	choice  scroll.Choice // the chosen one of better
	focused bool          // the details have the focus
	visible string        // the keys that move the focus to the details
	budget  float64       // USD
	query   query.Query
}

// detailsLines draws the details in width columns and height lines.
func (m *Model) detailsLines(width, height int) []string {
	row := m.current()
	if row.None() {
		return view.FillUp(nil, height)
	}
	there := keymap.Name(m.opt.Keys.Table.Facets)
	if m.facets.beside(m.width) {
		there += " " + there // the first press goes to the facets
	}
	p := detailsPen{m.pen(), m.list.catalog, row, m.better(), m.details.choice, m.focus == onDetails, there,
		m.open.assumptions.Budget, m.typed.Query}
	lines := p.inTwo(width)
	if m.detailsAreBeside() {
		lines = p.inOne(width)
	}
	for i := range lines {
		lines[i] = cell.Cut(" "+lines[i], width, "…")
	}
	return view.FillUp(lines, height)
}

// inOne draws the details in one column.
func (p detailsPen) inOne(width int) (lines []string) {
	width -= 2
	costs := append(p.costs(width), p.fitLines(width)...)
	for _, b := range [][]string{p.identity(width), p.resources(width), costs, p.standing(width),
		p.betterLines(width - 2)} {
		lines = append(append(lines, b...), "")
	}
	return lines
}

// inTwo draws the details in two columns.
func (p detailsPen) inTwo(width int) (lines []string) {
	half := width/2 - 2
	left := append(p.identity(half), p.resources(half)...)
	right := append(append(append(p.costs(half), p.fitLines(half)...), p.betterLines(half-2)...),
		p.standing(half)...) // the end may not fit
	for i := range max(len(left), len(right)) {
		line := ""
		if i < len(left) {
			line = left[i]
		}
		if i < len(right) {
			line = cell.Fill(line, width/2-1, "…") + " " + right[i] // the space keeps the columns apart
		}
		lines = append(lines, line)
	}
	return lines
}

const labelWidth = 8

// fact draws a value behind its label, in as many lines as it needs: nothing is cut.
func (p detailsPen) fact(width int, label, value string) (lines []string) {
	for _, line := range strings.Split(ansi.Wrap(value, max(width-labelWidth, 8), "-"), "\n") {
		lines = append(lines, p.Styles.Dim.Render(cell.Left(label, labelWidth))+p.Styles.Text.Render(line))
		label = ""
	}
	return lines
}

// wrapped breaks a sentence into as many lines as it needs.
func wrapped(width int, style func(...string) string, s string) (lines []string) {
	for _, line := range strings.Split(ansi.Wrap(s, max(width, 8), ""), "\n") {
		lines = append(lines, style(line))
	}
	return lines
}

// gpuTitle returns the count and name of the GPU, with the card's form and generation.
func gpuTitle(r catalog.Row) string {
	if r.NoGPU() {
		return "no GPU"
	}
	return join([]string{view.CountText(r) + " × " + cell.Text(r.GPUType()), r.Card().Form, r.Card().Generation})
}

func (p detailsPen) identity(width int) (lines []string) {
	r := p.row
	region := cell.Text(r.Region())
	if place := r.Place().String(); place != "" {
		region += " (" + place + "*)"
	}
	lines = append(wrapped(width, p.Styles.Name.Render, gpuTitle(r)), p.fact(width, "id", r.ID())...)
	lines = append(lines, p.fact(width, "region", region)...)
	return append(lines, p.fact(width, "type", cell.Text(r.DeploymentType()))...)
}

func (p detailsPen) resources(width int) (lines []string) {
	r := p.row
	exact := func(v api.Optional[int64], unit string) string {
		if !v.Known {
			return cell.Unknown
		}
		return cell.Int(int(v.Value)) + unit
	}
	vram := cell.SizeRange(r.VRAM().Least, r.VRAM().Most)
	if r.VRAM().Known() {
		vram += " per GPU*"
	}
	if total := r.TotalVRAM(); total.Known() && r.GPUCount().Value > 1 {
		vram += ", " + cell.SizeRange(total.Least, total.Most) + " total"
	}
	facts := [][2]string{{"VRAM", vram}}
	if speed := speedOf(r); speed != "" && width > 44 { // else it would take the place of others
		facts = append(facts, [2]string{"speed", speed})
	}
	for _, f := range append(facts, [2]string{"RAM", exact(r.MemoryGB(), " GB")},
		[2]string{"vCPU", join([]string{exact(r.CPUCores(), ""), r.Card().Arch})},
		[2]string{"disk", exact(r.StorageGB(), " GB")}) {
		lines = append(lines, p.fact(width, f[0], f[1])...)
	}
	note := "* from gpupick's tables"
	if cell.Width(note)+len(", not from Runcrate") <= width {
		note += ", not from Runcrate"
	}
	return append(lines, p.Styles.Dim.Render(note))
}

// speedOf writes the technical figures of one GPU that are known.
func speedOf(r catalog.Row) string {
	var parts []string
	if f := r.Bandwidth(); f.Known() {
		parts = append(parts, cell.Figure(f.Least, f.Most)+" GB/s")
	}
	if f := r.TFLOPS16(); f.Known() {
		parts = append(parts, cell.Figure(f.Least, f.Most)+" TFLOPS")
	}
	if len(parts) == 0 {
		return ""
	}
	return join(append(parts, r.Card().Link)) + "*"
}

// costs draws the cost of an hour, a day and 30 days, and how long the budget lasts.
func (p detailsPen) costs(width int) []string {
	r := p.row
	lines := p.fact(width, "$/hr",
		join([]string{cell.Rate(r.HourlyRate()) + " (" + cell.PerGPU(r.PerGPU(), r.HourlyRate()) + " per GPU)",
			changed(r)}))
	if rate := r.HourlyRate(); rate.Known {
		lines = append(lines, p.fact(width, "cost", fmt.Sprintf("%s a day · %s for 30 days",
			cell.Dollars(rate.Value*24), cell.Dollars(rate.Value*24*30)))...)
		lines = append(lines, p.fact(width, "budget", view.BudgetLasts(p.budget, r))...)
	}
	return lines
}

// standing draws the rank of the price among the offers of the same GPU.
func (p detailsPen) standing(width int) []string {
	r := p.row
	s, ok := p.catalog.Standing(r)
	if !ok {
		return nil
	}
	perGPU := func(v float64) string { return cell.PerGPU(api.Some(v), api.Some(1.0)) } // at least two decimals
	lines := append(p.fact(width, "rank", ordinal(s.Rank)+" of "+cell.Int(len(s.Prices))+" by price"),
		p.fact(width, "median", "$"+perGPU(s.Median())+" per GPU")...)
	low, high := perGPU(s.Cheapest())+" ", " "+perGPU(s.Prices[len(s.Prices)-1])
	if strip := p.strip(s, r.PerGPU().Value, min(width-len(low)-len(high), 36)); strip != "" {
		lines = append(lines, p.Styles.Dim.Render(low)+p.Styles.Price.Render(strip)+p.Styles.Dim.Render(high))
	}
	return lines
}

// ordinal writes 1st, 2nd, 3rd …
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return cell.Int(n) + suffix
}

// strip draws the prices of a GPU from the lowest to the highest: how many offers there are at each price, with
// a mark at here, the price of this one.
func (p detailsPen) strip(s catalog.Standing, here float64, width int) string {
	levels := p.Levels()
	low, high := s.Prices[0], s.Prices[len(s.Prices)-1]
	if width < 3 || high <= low {
		return ""
	}
	place := func(v float64) int { return int(math.Round((v - low) / (high - low) * float64(width-1))) }
	counts, most := make([]int, width), 1
	for _, v := range s.Prices {
		counts[place(v)]++
		most = max(most, counts[place(v)])
	}
	var b strings.Builder
	for i, n := range counts {
		switch {
		case i == place(here):
			b.WriteString(view.StripMark)
		case n == 0:
			b.WriteRune(levels[0])
		default:
			b.WriteRune(levels[1+(len(levels)-2)*(n-1)/max(most-1, 1)])
		}
	}
	return b.String()
}

// betterLines draws the cheaper offers with the same or better specs.
func (p detailsPen) betterLines(width int) []string {
	st := p.Styles
	if len(p.better) == 0 {
		return wrapped(width, st.Dim.Render, "No cheaper offer with these specs")
	}
	title := "Cheaper, same or better specs:"
	if !p.focused {
		title = "Cheaper, same or better specs (" + p.visible + " to choose):"
		if cell.Width(title) > width {
			title = "Cheaper, same or better specs (" + p.visible + "):"
		}
	}
	lines := wrapped(width, st.Accent.Render, title)
	for i, b := range p.better {
		text := fmt.Sprintf("$%s ", cell.Rate(b.HourlyRate()))
		if b.GPUKey() != p.row.GPUKey() || b.GPUCount() != p.row.GPUCount() { // a better card, or more of them
			text += view.CountedName(b) + " "
		}
		text += cell.Text(b.Region()) + " "
		text += cell.CutMiddle(b.ID(), max(width-cell.Width(text)-2, 10), "…")
		switch {
		case p.focused && p.choice.Is(i):
			lines = append(lines, st.Accent.Render(view.CursorMark)+st.Row.Render(text))
		case p.focused:
			lines = append(lines, p.HeldMark(p.choice, i)+st.Text.Render(text))
		default:
			lines = append(lines, " "+st.Text.Render(text))
		}
	}
	return lines
}
