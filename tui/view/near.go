package view

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/scroll"
)

// Near is the menu of the offers closest to one that is no longer listed. It opens without a key, so no
// offer is chosen at first.
type Near struct {
	unlisted catalog.Row
	list     []catalog.Row
	choice   scroll.Choice
}

// NearMost is the maximum number of closest offers.
const NearMost = 3

// NewNear returns the menu of list, the offers closest to one that is no longer listed.
func NewNear(gone catalog.Row, list []catalog.Row) Near {
	return Near{gone, list, scroll.Unchosen(len(list))}
}

// Name identifies the view.
func (n Near) Name() string { return "near" }

func (n Near) item(i int) scroll.Item { return RowItem(n.list[i]) }

// Fit removes offers that are no longer listed.
func (n Near) Fit(f Frame) (View, Intent) {
	var list []catalog.Row
	for _, r := range n.list {
		if now, there := f.Catalog.At(r.ID()); there {
			list = append(list, now)
		}
	}
	if n.list = list; len(list) == 0 {
		return n, Close{"None of the closest offers is listed any more"}
	}
	held := n.choice.Held
	n.choice = n.choice.WithHeight(len(list)).Over(len(list), n.item)
	if n.choice.Lost() && !held {
		return n, warn(n.choice.Name + " is no longer listed either")
	}
	return n, nil
}

// Target is the chosen offer.
func (n Near) Target(Frame) Target {
	t := Target{Key: n.choice.Key, Held: n.choice.Held}
	if n.choice.Chosen() {
		t.Offer = n.list[n.choice.Cursor].InstanceType()
	}
	for _, r := range n.list {
		t.Lines += r.ID() + "\n"
	}
	return t
}

// Key chooses an offer, or picks it.
func (n Near) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.Near
	if i, is := Digit(msg.String()); is && i < len(n.list) {
		return n.to(n.choice.To(i)), nil
	}
	another := keymap.Name(k.Down) + " or a digit chooses "
	switch {
	case key.Matches(msg, k.Up):
		return n.to(n.choice.Move(-1)), nil
	case key.Matches(msg, k.Down):
		return n.to(n.choice.Move(1)), nil
	case key.Matches(msg, k.Take) && n.choice.Lost():
		return n, warn(n.choice.Name + " is no longer listed either · " + another + "another")
	case key.Matches(msg, k.Take) && !n.choice.Chosen():
		return n, warn("No offer is chosen · " + another + "one")
	case key.Matches(msg, k.Take):
		return n, IfSeen{Replace{n.unlisted, n.list[n.choice.Cursor]}}
	case key.Matches(msg, k.Back):
		return n, Close{}
	}
	return n, nil
}

// to puts the cursor where the user has moved it.
func (n Near) to(w scroll.Window) Near {
	n.choice = n.choice.On(w, n.item)
	return n
}

// Foot draws the menu.
func (n Near) Foot(f Frame) []string {
	const leastID = 10
	st := f.Styles
	rate := fmt.Sprintf(" ($%s/h) is no longer listed. Closest offers:", cell.Rate(n.unlisted.HourlyRate()))
	id := cell.CutMiddle(n.unlisted.ID(), max(f.Width-1-cell.Width(rate), leastID), "…")
	lines := []string{" " + st.Warn.Render(id+rate)}
	for i, line := range InLines(n.list, n.unlisted, f.Width-3) {
		number := fmt.Sprint(i + 1)
		switch {
		case n.choice.Is(i):
			line = st.Accent.Render(CursorMark) + st.Row.Render(number+" "+line)
		default:
			line = f.HeldMark(n.choice, i) + st.Key.Render(number) + st.Text.Render(" "+line)
		}
		lines = append(lines, line)
	}
	if f.Notice != "" {
		return append(lines, " "+f.Notice)
	}
	k := f.Keys.Near
	return append(lines, f.KeysLine(Hint{k.Take, "pick"}, Hint{k.Up, ""}, Hint{k.Down, "choose"}, Hint{k.Back, "back"}))
}

// InLines writes rows as lines of at most width columns: price, its difference from the price of than,
// GPU, region and RAM as far as they fit, and the id.
func InLines(rows []catalog.Row, than catalog.Row, width int) []string {
	const leastID = 12
	facts := func(r catalog.Row) []string {
		return []string{"$" + cell.Rate(r.HourlyRate()), cell.Difference(than.HourlyRate(), r.HourlyRate()),
			CountedName(r),
			cell.Text(r.Region()), cell.Size(r.MemoryGB())}
	}
	most := []int{12, 7, 22, 18, 8}
	var widths []int
	left := width - 1 - leastID
	for i := range most {
		w := 0
		for _, r := range rows {
			w = max(w, min(cell.Width(facts(r)[i]), most[i]))
		}
		if left -= w + Gap; left < 0 {
			break
		}
		widths = append(widths, w)
	}
	var lines []string
	for _, r := range rows {
		line := " "
		for i, w := range widths {
			text := cell.Fill(facts(r)[i], w, "…")
			if i == 0 || i == 1 || i == 4 {
				text = cell.Right(facts(r)[i], w)
			}
			line += text + strings.Repeat(" ", Gap)
		}
		lines = append(lines, line+cell.CutMiddle(r.ID(), max(width-cell.Width(line), 0), "…"))
	}
	return lines
}
