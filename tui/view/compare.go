package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/scroll"
)

// Compare is the marked rows side by side, figure by figure.
type Compare struct {
	Assumptions
	rows  scroll.Choice
	begun bool // the cursor has been put on the row of the table

	unmarking bool // the user has just unmarked the chosen offer
	top       int  // first line on screen, below the heads
	editor    textinput.Model
	editing   figure // the figure that is being edited, or none
	shown     comparison
	alone     string // id of the only offer, which is not marked; empty if marked offers are compared
}

// Assumptions are the figures that the user can set in a comparison.
type Assumptions struct {
	Hours  float64 // the rental time whose cost is shown
	Budget float64 // USD; the comparison shows how long it lasts
}

// UsualAssumptions are the default assumptions.
var UsualAssumptions = Assumptions{Hours: 24, Budget: 1000}

// figure is one of the two assumptions, or none.
type figure int

const (
	none figure = iota
	hours
	budget
)

const (
	mostFigure   = 1e6
	compareHeads = 2  // lines that do not scroll: the name and the id
	compareLabel = 16 // columns for the labels
	bestMark     = "✓"
)

// NewCompare returns a comparison of the marked offers with the given assumptions. While none is marked, it shows row
// alone.
func NewCompare(figures Assumptions, row catalog.Row) Compare {
	c := Compare{Assumptions: figures, editor: NewEditor()}
	if !row.None() {
		c.alone = row.ID()
	}
	return c
}

// Name identifies the view, and whether a figure is being edited.
func (c Compare) Name() string {
	if c.editing != none {
		return "edit"
	}
	return "compare"
}

// Fit compares the marked rows.
func (c Compare) Fit(f Frame) (View, Intent) {
	if len(f.Marked) > 0 {
		c.alone = ""
	} else if row, listed := f.Catalog.At(c.alone); listed {
		f.Marked = []catalog.Row{row}
	}
	switch {
	case len(f.Marked) > 0:
	case c.editing != none: // an open text field keeps the comparison open, with the rows it had
		f.Marked = c.shown.rows
	default:
		return c, Close{"No offer to compare is left"}
	}
	c.shown = comparisonOf(f, c.Assumptions)
	c.rows = c.rows.WithHeight((f.Width-1-compareLabel)/c.shown.width).Over(len(f.Marked), c.item)
	if c.unmarking {
		c.unmarking = false
		c = c.to(c.rows.To(c.rows.Cursor))
	}
	c.top = max(min(c.top, len(c.shown.lines)-max(f.Height-compareHeads, 0)), 0)
	if !c.begun {
		c.begun = true
		at := slices.IndexFunc(c.shown.rows, func(r catalog.Row) bool { return r == f.Row })
		c = c.to(c.rows.To(max(at, 0)))
	}
	return c, nil
}

func (c Compare) item(i int) scroll.Item { return RowItem(c.shown.rows[i]) }

// to puts the cursor where the user has moved it.
func (c Compare) to(w scroll.Window) Compare {
	c.rows = c.rows.On(w, c.item)
	return c
}

// row is the chosen offer, the zero Row if it is no longer listed.
func (c Compare) row() catalog.Row {
	if c.rows.Chosen() && c.rows.Cursor < len(c.shown.rows) {
		return c.shown.rows[c.rows.Cursor]
	}
	return catalog.Row{}
}

// Target is the chosen offer.
func (c Compare) Target(Frame) Target {
	t := Target{Key: c.rows.Key, Held: c.rows.Held}
	if row := c.row(); !row.None() {
		t.Offer = row.InstanceType()
	}
	for _, r := range c.shown.rows {
		t.Lines += r.ID() + "\n"
	}
	return t
}

// Key moves the cursor, acts on the chosen offer, or begins to edit a figure.
func (c Compare) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	if c.editing != none {
		return c.editKey(msg, f)
	}
	k := f.Keys.Compare
	switch {
	case key.Matches(msg, k.Left):
		return c.to(c.rows.Move(-1)), nil
	case key.Matches(msg, k.Right):
		return c.to(c.rows.Move(1)), nil
	case key.Matches(msg, k.Up):
		return c.scrolled(-1, f), nil
	case key.Matches(msg, k.Down):
		return c.scrolled(1, f), nil
	case key.Matches(msg, k.Pick), key.Matches(msg, k.Copy), key.Matches(msg, k.Unmark):
		return c.act(msg, f)
	case key.Matches(msg, k.Hours):
		return c.edit(hours), nil
	case key.Matches(msg, k.Budget):
		return c.edit(budget), nil
	case key.Matches(msg, k.Close):
		return c, Close{}
	}
	return c, Pass{}
}

// act picks, copies or unmarks the chosen offer.
func (c Compare) act(msg tea.KeyMsg, f Frame) (View, Intent) {
	k, row := f.Keys.Compare, c.row()
	switch {
	case row.None():
		return c, IfSeen{warn(keymap.Name(k.Left) + " " + keymap.Name(k.Right) + " choose another offer")}
	case key.Matches(msg, k.Pick):
		return c, IfSeen{Pick{row}}
	case key.Matches(msg, k.Copy):
		return c, IfSeen{Copy{row}}
	}
	if c.alone != "" {
		return c, warn("It is not marked: it is compared with nothing")
	}
	return c, IfSeen{Unmark{row.ID()}}
}

// Unmarking returns the comparison after the user has unmarked its chosen offer: Fit will choose the next one.
func (c Compare) Unmarking() Compare {
	c.unmarking = true
	return c
}

// edit opens an empty text field for a figure. If it is left empty, the figure does not change.
func (c Compare) edit(which figure) Compare {
	c.editing = which
	c.editor = NewEditor()
	return c
}

func (c Compare) editKey(msg tea.KeyMsg, f Frame) (View, Intent) {
	k, text := f.Keys.CompareEdit, strings.Trim(c.editor.Value(), " $h")
	switch {
	case key.Matches(msg, k.Leave), key.Matches(msg, k.Accept) && strings.TrimSpace(c.editor.Value()) == "":
		c.editing = none
		return c.Fit(f)
	case key.Matches(msg, k.Accept):
		v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
		if err != nil || !(v > 0 && v <= mostFigure) {
			return c, warn("Type a number above 0: 24, 1000, 0.5")
		}
		if c.editing == hours {
			c.Hours = v
		} else {
			c.Budget = v
		}
		c.editing = none
		fitted, wants := c.Fit(f)
		if wants == nil {
			wants = ClearNotice{}
		}
		return fitted, wants
	}
	return c.Edit(msg), nil
}

// Editing reports whether a figure is being typed.
func (c Compare) Editing() bool { return c.editing != none }

// Edit passes a key to the text field.
func (c Compare) Edit(msg tea.KeyMsg) View {
	c.editor = edited(c.editor, msg)
	return c
}

// Wheel scrolls the figures.
func (c Compare) Wheel(d int, f Frame) (View, Intent) { return c.scrolled(d*wheelLines, f), nil }

// scrolled returns the comparison with its figures scrolled by d lines.
func (c Compare) scrolled(d int, f Frame) Compare {
	c.top = max(min(c.top+d, len(c.shown.lines)-max(f.Height-compareHeads, 0)), 0)
	return c
}

// Click chooses an offer.
func (c Compare) Click(x, _ int, _ Frame) (View, Intent) {
	if x > compareLabel && c.editing == none {
		if i, there := c.rows.At((x - 1 - compareLabel) / c.shown.width); there {
			return c.to(c.rows.To(i)), nil
		}
	}
	return c, nil
}

// Body draws the comparison. The labels and the heads do not scroll.
func (c Compare) Body(f Frame) []string {
	st, s := f.Styles, c.shown
	from, to := c.rows.Visible()
	width := s.width - Gap
	name := " " + cell.Left("", compareLabel)
	id := " " + st.Dim.Render(cell.Left("id", compareLabel))
	for i := from; i < to; i++ {
		r, mark, style := s.rows[i], f.HeldMark(c.rows, i), st.Text
		if c.rows.Is(i) {
			mark, style = CursorMark, st.Row
		}
		name += st.Accent.Render(mark) + style.Render(cell.Fill(CountedName(r), width, "…")) + " "
		id += " " + st.Dim.Render(cell.Left(cell.CutMiddle(r.ID(), width, "…"), width)) + " "
	}
	if from > 0 {
		name = st.Dim.Render("←") + strings.TrimPrefix(name, " ")
	}
	if to < len(s.rows) {
		name = cell.Fill(name, f.Width-1, "") + st.Dim.Render("→")
	}
	lines := []string{name, id}
	for _, l := range s.lines[c.top:] {
		line := " " + st.Dim.Render(cell.Left(l.label, compareLabel))
		for i := from; i < to; i++ {
			text, style := cell.Fill(l.texts[i], width, "…"), st.Text
			if l.best[i] { // the best sign is never cut
				text, style = cell.Left(cell.Cut(l.texts[i], width-2, "…")+" "+f.bestSign(), width), st.Best
			}
			line += " " + style.Render(text) + " "
		}
		lines = append(lines, line)
	}
	return FillUp(lines, f.Height)
}

// bestSign returns the sign after the best value of a line.
func (p Pen) bestSign() string {
	if p.ASCII {
		return "#" // in ASCII, x already stands for ✓ and ×, and * for figures of gpupick's tables
	}
	return bestMark
}

// Foot draws the keys and the meaning of the signs, or the figure that is being typed.
func (c Compare) Foot(f Frame) []string {
	st := f.Styles
	if c.editing != none {
		k, label := f.Keys.CompareEdit, fmt.Sprintf(" Hours [%s]: ", plain(c.Hours))
		if c.editing == budget {
			label = fmt.Sprintf(" Budget [$%s]: ", plain(c.Budget))
		}
		keys := f.KeysLine(Hint{k.Accept, "set"}, Hint{k.Leave, "cancel"})
		return []string{st.Key.Render(label) + st.Text.Render(c.editor.Value()+CaretAtEnd) + keys}
	}
	k := f.Keys.Compare
	line := f.KeysLine(Hint{k.Pick, "pick"}, Hint{k.Copy, "copy"}, Hint{k.Left, ""}, Hint{k.Right, "choose"},
		Hint{k.Hours, "hours"}, Hint{k.Budget, "budget"}, Hint{k.Unmark, "unmark"}, Hint{k.Close, "close"})
	for _, more := range []string{" · " + f.bestSign() + " best", " · * from gpupick's tables, not from Runcrate"} {
		if cell.Width(line)+cell.Width(more) <= f.Width {
			line += st.Dim.Render(more)
		}
	}
	return []string{line}
}

// Status shows the full id of the chosen row.
func (c Compare) Status(f Frame) Status {
	place := placeText(c.rows.Cursor+1, len(c.shown.rows)) + " marked"
	if c.alone != "" {
		place = "" // the row under the cursor, without marks
	}
	if gone := f.Marks - len(c.shown.rows); gone > 0 {
		place += fmt.Sprintf(", %d gone", gone)
	}
	if row := c.row(); !row.None() {
		return Status{Say: row.ID(), Place: place}
	}
	return Status{Say: c.rows.Name + " is no longer listed", Place: place}
}
