package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/scroll"
)

// The marked rows side by side, figure by figure.

// compare is the state of the comparison.
type compare struct {
	rows   scroll.Choice
	top    int     // first line on screen, below the heads
	hours  float64 // whose cost is shown
	budget float64 // USD, of which it is shown how long it lasts
	editor textinput.Model
	edits  figure // which of the two is being edited
}

// figure is one of the two that can be edited.
type figure int

const (
	hours figure = iota
	budget
)

const (
	usualHours  = 24
	usualBudget = 1000
	mostFigure  = 1e6

	compareLabel = 14 // columns for the labels
	mostCompared = 24 // columns of a row at most

	leastCompared = 14 // that it can be made narrower to, so that all are on screen
	bestMark      = "✓"
)

// comparison is the rows that are compared, and the lines of it.
type comparison struct {
	rows  []*catalog.Row
	lines []comparedLine
	width int // columns of a row, with the gap behind it
}

type comparedLine struct {
	label string
	texts []string
	best  []bool
}

// enterCompare opens it, if there is something to compare.
func (m *Model) enterCompare() {
	switch n := len(m.marked()); n {
	case 0:
		m.say(warn, "mark two rows or more to compare them; "+keymap.Name(m.opt.Keys.Table.Mark)+" marks")
		return
	case 1:
		m.say(warn, "one row is marked; mark another one to compare it with")
		return
	}
	m.focus = onCompare
	if m.compare.hours == 0 {
		m.compare.hours, m.compare.budget = usualHours, usualBudget
		m.compare.editor = newEditor()
	}
	m.compare.rows, m.compare.top = scroll.Choice{}, 0
	m.derive(onItsID)
	at := slices.IndexFunc(m.compared.rows, func(r *catalog.Row) bool { return r == m.current() })
	m.chooseCompared(m.compare.rows.To(max(at, 0)))
}

// comparing reports whether the comparison is on screen.
func (m *Model) comparing() bool { return m.focus == onCompare || m.focus == onCompareEdit }

// layCompare compares what is marked, while that is shown.
func (m *Model) layCompare() {
	if !m.comparing() {
		m.compared = comparison{}
		return
	}
	rows := m.marked()
	switch {
	case len(rows) >= 2:
	case m.focus == onCompareEdit: // a text field keeps its keys until it is left
		return
	default:
		m.compared = comparison{}
		m.closeView("Fewer than two marked offers are left")
		return
	}
	m.compared = m.compareRows(rows)
	c := &m.compare
	c.rows = c.rows.WithHeight((m.width-1-compareLabel)/m.compared.width).Over(len(rows), m.comparedItem)
	c.top = max(min(c.top, len(m.compared.lines)-max(m.bodyHeight()-compareHeads, 0)), 0)
}

const compareHeads = 2 // lines that do not scroll: the name and the id

// compareRows makes the lines of a comparison.
func (m *Model) compareRows(rows []*catalog.Row) comparison {
	c := comparison{rows: rows}
	say := func(label string, text func(*catalog.Row) string) {
		line := comparedLine{label: label, best: make([]bool, len(rows))}
		for _, r := range rows {
			line.texts = append(line.texts, text(r))
		}
		c.lines = append(c.lines, line)
	}
	figure := func(label string, higher bool, value func(*catalog.Row) api.Optional[float64], text func(api.Optional[float64], *catalog.Row) string) {
		line := comparedLine{label: label}
		var values []api.Optional[float64]
		for _, r := range rows {
			values = append(values, value(r))
			line.texts = append(line.texts, text(value(r), r))
		}
		line.best = bestShown(catalog.Best(values, higher), line.texts)
		c.lines = append(c.lines, line)
	}
	rate := func(v api.Optional[float64], r *catalog.Row) string { return cell.PerGPU(v, r.HourlyRate) }
	whole := func(label string, text func(api.Optional[int64]) string, of func(*catalog.Row) api.Optional[int64]) {
		value := func(r *catalog.Row) api.Optional[float64] {
			return api.Optional[float64]{Value: float64(of(r).Value), Known: of(r).Known}
		}
		figure(label, true, value, func(_ api.Optional[float64], r *catalog.Row) string { return text(of(r)) })
	}
	say("region", func(r *catalog.Row) string { return cell.Text(r.Region) })
	say("where*", func(r *catalog.Row) string { return cell.Text(r.Place.Short()) })
	say("type", func(r *catalog.Row) string { return cell.Text(r.DeploymentType) })
	figure("$/hr", false, func(r *catalog.Row) api.Optional[float64] { return r.HourlyRate }, func(v api.Optional[float64], _ *catalog.Row) string { return cell.Rate(v) })
	figure("a GPU", false, func(r *catalog.Row) api.Optional[float64] { return r.PerGPU }, rate)
	figure("a vCPU", false, (*catalog.Row).PerCPU, rate)
	figure("a GB of RAM", false, (*catalog.Row).PerGB, rate)
	figure("a GB of VRAM*", false, (*catalog.Row).PerVRAM, rate)
	figure(fmt.Sprintf("%s h", plain(m.compare.hours)), false, func(r *catalog.Row) api.Optional[float64] { return r.Cost(m.compare.hours) }, func(v api.Optional[float64], _ *catalog.Row) string { return dollars(v) })
	figure(fmt.Sprintf("$%s lasts", plain(m.compare.budget)), true, func(r *catalog.Row) api.Optional[float64] { return r.Lasts(m.compare.budget) }, func(v api.Optional[float64], _ *catalog.Row) string { return inHours(v) })
	whole("GPUs", cell.Count, func(r *catalog.Row) api.Optional[int64] { return r.GPUCount })
	memory := func(label string, of func(*catalog.Row) known.Size) {
		least := func(r *catalog.Row) api.Optional[float64] {
			return api.Optional[float64]{Value: float64(of(r).Least), Known: of(r).Known() && of(r).Least == of(r).Most}
		}
		figure(label, true, least, func(_ api.Optional[float64], r *catalog.Row) string { return cell.SizeRange(of(r).Least, of(r).Most) })
	}
	memory("VRAM per GPU*", (*catalog.Row).VRAM)
	memory("total VRAM*", (*catalog.Row).TotalVRAM)
	say("form*", func(r *catalog.Row) string { return cell.Text(r.Card.Form) })
	say("generation*", func(r *catalog.Row) string { return cell.Text(r.Card.Generation) })
	whole("RAM", cell.Size, func(r *catalog.Row) api.Optional[int64] { return r.MemoryGB })
	whole("vCPU", cell.Count, func(r *catalog.Row) api.Optional[int64] { return r.CPUCores })
	whole("disk", cell.Size, func(r *catalog.Row) api.Optional[int64] { return r.StorageGB })
	for i, r := range rows {
		c.width = max(c.width, cell.Width(countedName(r)), min(cell.Width(r.ID), 16))
		for _, line := range c.lines {
			c.width = max(c.width, cell.Width(line.texts[i])+2)
		}
	}
	c.width = min(c.width, mostCompared) + gap
	c.width = min(c.width, max((m.width-1-compareLabel)/len(rows), leastCompared+gap)) // rather narrow than scrolled away
	return c
}

// bestShown is which texts are the best as they are shown: what looks the same is
// the same, and where all look the same none is.
func bestShown(best []bool, texts []string) []bool {
	at := slices.Index(best, true)
	if at < 0 || !slices.ContainsFunc(texts, func(t string) bool { return t != texts[at] && t != cell.Unknown }) {
		return make([]bool, len(texts))
	}
	for i := range best {
		best[i] = texts[i] == texts[at]
	}
	return best
}

// countedName is how many of which GPU: "8× H100".
func countedName(r *catalog.Row) string {
	if r.NoGPU {
		return "no GPU"
	}
	return countText(r) + "× " + known.ShortCard(cell.Text(r.GPUType))
}

// plain is a number without needless decimals.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func dollars(v api.Optional[float64]) string {
	if !v.Known {
		return cell.Unknown
	}
	return fmt.Sprintf("$%.2f", v.Value)
}

// inHours is a time in hours, in days or in years.
func inHours(v api.Optional[float64]) string {
	const day, year = 24, 24 * 365
	switch {
	case !v.Known:
		return cell.Unknown
	case v.Value >= 2*year:
		return fmt.Sprintf("%.1f years", v.Value/year)
	case v.Value >= 2*day:
		return fmt.Sprintf("%.1f days", v.Value/day)
	}
	return fmt.Sprintf("%.1f hours", v.Value)
}

func (m *Model) compareKey(msg tea.KeyMsg) tea.Cmd {
	k, c := m.opt.Keys.Compare, &m.compare
	switch {
	case key.Matches(msg, k.Left):
		m.chooseCompared(c.rows.Move(-1))
	case key.Matches(msg, k.Right):
		m.chooseCompared(c.rows.Move(1))
	case key.Matches(msg, k.Up):
		c.top--
		m.layCompare()
	case key.Matches(msg, k.Down):
		c.top++
		m.layCompare()
	case key.Matches(msg, k.Pick), key.Matches(msg, k.Copy), key.Matches(msg, k.Unmark):
		return m.actOnCompared(msg)
	case key.Matches(msg, k.Hours):
		m.editFigure(hours)
	case key.Matches(msg, k.Budget):
		m.editFigure(budget)
	case key.Matches(msg, k.Close):
		m.focus = onTable
		m.derive(onItsID)
	default:
		return m.viewKey(msg)
	}
	return nil
}

func (m *Model) comparedItem(i int) scroll.Item { return rowItem(m.compared.rows[i]) }

// comparedRow is the chosen offer, nil if it is no longer listed.
func (m *Model) comparedRow() *catalog.Row {
	if c := m.compare.rows; c.Chosen() && c.Cursor < len(m.compared.rows) {
		return m.compared.rows[c.Cursor]
	}
	return nil
}

// chooseCompared puts the cursor where the user has moved it.
func (m *Model) chooseCompared(w scroll.Window) {
	m.compare.rows = m.compare.rows.On(w, m.comparedItem)
}

// actOnCompared picks, copies or unmarks the chosen offer.
func (m *Model) actOnCompared(msg tea.KeyMsg) tea.Cmd {
	k, row, at := m.opt.Keys.Compare, m.comparedRow(), m.compare.rows.Cursor
	switch {
	case !m.viewMayAct(msg):
	case row == nil:
		m.say(warn, keymap.Name(k.Left)+" "+keymap.Name(k.Right)+" choose another offer")
	case key.Matches(msg, k.Pick):
		return m.beginPick([]*catalog.Row{row}, nil)
	case key.Matches(msg, k.Copy):
		return m.copyOf(row)
	default:
		m.marks = m.marks.with(row.ID, false)
		if m.derive(onItsID); m.comparing() { // the user's own doing: the next one is chosen
			m.chooseCompared(m.compare.rows.To(at))
		}
	}
	return nil
}

// editFigure begins to type the hours or the budget anew; left empty, it stays.
func (m *Model) editFigure(which figure) {
	m.focus, m.compare.edits = onCompareEdit, which
	m.compare.editor.SetValue("")
	m.compare.editor.Focus()
}

func (m *Model) compareEditKey(msg tea.KeyMsg) {
	k, c := m.opt.Keys.CompareEdit, &m.compare
	switch {
	case key.Matches(msg, k.Leave), key.Matches(msg, k.Accept) && strings.TrimSpace(c.editor.Value()) == "":
		m.focus = onCompare
		m.derive(onItsID)
	case key.Matches(msg, k.Accept):
		v, err := strconv.ParseFloat(strings.Trim(c.editor.Value(), " $h"), 64)
		if err != nil || !(v > 0 && v <= mostFigure) {
			m.say(warn, "a number above 0, please: 24, 1000, 0.5")
			return
		}
		if c.edits == hours {
			c.hours = v
		} else {
			c.budget = v
		}
		m.notice.text = ""
		m.focus = onCompare
		m.derive(onItsID)
	default:
		c.editor, _ = c.editor.Update(msg)
	}
}

// compareLines draws the comparison: the labels and the heads stay.
func (m *Model) compareLines(height int) []string {
	st, c := m.opt.Styles, m.compared
	from, to := m.compare.rows.Visible()
	width := c.width - gap
	name := " " + cell.Left("", compareLabel)
	id := " " + st.Dim.Render(cell.Left("id", compareLabel))
	for i := from; i < to; i++ {
		r, mark, style := c.rows[i], " ", st.Text
		if m.compare.rows.Is(i) {
			mark, style = cursorMark, st.Row
		} else {
			mark = m.heldMark(m.compare.rows, i)
		}
		name += st.Accent.Render(mark) + style.Render(cell.Fill(countedName(r), width, "…")) + " "
		id += " " + st.Dim.Render(cell.Left(cell.CutMiddle(r.ID, width, "…"), width)) + " "
	}
	if from > 0 {
		name = st.Dim.Render("←") + strings.TrimPrefix(name, " ")
	}
	if to < len(c.rows) {
		name = cell.Fill(name, m.width-1, "") + st.Dim.Render("→")
	}
	lines := []string{name, id}
	for _, l := range c.lines[m.compare.top:] {
		line := " " + st.Dim.Render(cell.Left(l.label, compareLabel))
		for i := from; i < to; i++ {
			text, style := cell.Fill(l.texts[i], width, "…"), st.Text
			if l.best[i] { // its sign is never cut
				text, style = cell.Left(cell.Cut(l.texts[i], width-2, "…")+" "+m.bestSign(), width), st.Best
			}
			line += " " + style.Render(text) + " "
		}
		lines = append(lines, line)
	}
	return fillUp(lines, height)
}

// bestSign stands behind the best value of a line.
func (m *Model) bestSign() string {
	if m.opt.ASCII {
		return "*" // x is a tick there, and "times"
	}
	return bestMark
}

func (m *Model) compareFooter() string {
	st := m.opt.Styles
	if m.focus == onCompareEdit {
		k, label := m.opt.Keys.CompareEdit, fmt.Sprintf(" hours, now %s: ", plain(m.compare.hours))
		if m.compare.edits == budget {
			label = fmt.Sprintf(" budget, now $%s: ", plain(m.compare.budget))
		}
		return st.Key.Render(label) + st.Text.Render(m.compare.editor.Value()+caretAtEnd) + m.keysLine(hint{k.Accept, "set"}, hint{k.Leave, "leave it"})
	}
	k := m.opt.Keys.Compare
	line := m.keysLine(hint{k.Pick, "take it"}, hint{k.Copy, "copy"}, hint{k.Left, ""}, hint{k.Right, "choose"}, hint{k.Hours, "hours"}, hint{k.Budget, "budget"}, hint{k.Unmark, "unmark"}, hint{k.Close, "close"})
	for _, more := range []string{" · " + m.bestSign() + " best", " · * ours, not the service's"} {
		if cell.Width(line)+cell.Width(more) <= m.width {
			line += st.Dim.Render(more)
		}
	}
	return line
}

// compareStatus is the chosen row's id, whole.
func (m *Model) compareStatus() string {
	place := fmt.Sprintf("%d of %d marked", m.compare.rows.Cursor+1, len(m.compared.rows))
	if gone := len(m.marks.ids) - len(m.compared.rows); gone > 0 {
		place += fmt.Sprintf(", %d gone", gone)
	}
	row := m.comparedRow()
	if row == nil {
		return m.viewStatus(m.compare.rows.Name+" is no longer listed", place, "")
	}
	return m.viewStatus(row.ID, place, "")
}
