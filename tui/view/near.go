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

// Near is a menu of the offers closest to another one: to one that is no longer listed, to pick one in its place, or
// to a listed one in other regions, to go to one.
type Near struct {
	to        catalog.Row
	elsewhere bool // to is listed, and the offers are in other regions
	list      []catalog.Row
	choice    scroll.Choice
}

const (
	NearMost      = 3 // maximum number of offers in place of one that is no longer listed
	ElsewhereMost = 8 // maximum number of offers in other regions
)

// NewNear returns the menu of list, the offers closest to one that is no longer listed. It opens without a key, so no
// offer is chosen at first.
func NewNear(gone catalog.Row, list []catalog.Row) Near {
	return Near{to: gone, list: list, choice: scroll.Unchosen(len(list))}
}

// NewElsewhere returns the menu of list, the offers in other regions that are closest to row.
func NewElsewhere(row catalog.Row, list []catalog.Row) Near {
	n := Near{to: row, elsewhere: true, list: list}
	n.choice = n.choice.WithHeight(len(list)).Over(len(list), n.item)
	return n
}

// Name identifies the view.
func (n Near) Name() string {
	if n.elsewhere {
		return "elsewhere"
	}
	return "near"
}

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
		return n.moved(n.choice.To(i)), nil
	}
	another := keymap.Name(k.Down) + " or a digit chooses "
	switch {
	case key.Matches(msg, k.Up):
		return n.moved(n.choice.Move(-1)), nil
	case key.Matches(msg, k.Down):
		return n.moved(n.choice.Move(1)), nil
	case key.Matches(msg, k.Take) && n.choice.Lost():
		return n, warn(n.choice.Name + " is no longer listed either · " + another + "another")
	case key.Matches(msg, k.Take) && !n.choice.Chosen():
		return n, warn("No offer is chosen · " + another + "one")
	case key.Matches(msg, k.Take):
		if row := n.list[n.choice.Cursor]; n.elsewhere {
			return n, IfSeen{GoTo{row}}
		}
		return n, IfSeen{Replace{n.to, n.list[n.choice.Cursor]}}
	case key.Matches(msg, k.Back):
		return n, Close{}
	}
	return n, Pass{}
}

// moved puts the cursor where the user has moved it.
func (n Near) moved(w scroll.Window) Near {
	n.choice = n.choice.On(w, n.item)
	return n
}

// Foot draws the menu.
func (n Near) Foot(f Frame) []string {
	const leastID = 10
	st := f.Styles
	rate, style := fmt.Sprintf(" ($%s/h) is no longer listed. Closest offers:", cell.Rate(n.to.HourlyRate())), st.Warn
	if n.elsewhere {
		rate, style = fmt.Sprintf(" ($%s/h): closest offers in other regions", cell.Rate(n.to.HourlyRate())), st.Accent
	}
	id := cell.CutMiddle(n.to.ID(), max(f.Width-1-cell.Width(rate), leastID), "…")
	lines := []string{" " + style.Render(id+rate)}
	for i, line := range InLines(n.list, n.to, f.Width-3) {
		number := fmt.Sprint(i + 1)
		switch {
		case n.choice.Is(i):
			line = st.Accent.Render(CursorMark) + st.Row.Render(number+" "+line)
		default:
			line = f.HeldMark(n.choice, i) + st.Key.Render(number) + st.Text.Render(" "+line)
		}
		lines = append(lines, line)
	}
	k, take := f.Keys.Near, "pick"
	if n.elsewhere {
		take = "go to it"
	}
	return append(lines, f.KeysLine(Hint{k.Take, take}, Hint{k.Up, ""}, Hint{k.Down, "choose"}, Hint{k.Back, "back"}))
}

// InLines writes rows as lines of at most width columns: price, its difference from the price of than unless that is
// the zero Row, GPU, region and RAM as far as they fit, and the id.
func InLines(rows []catalog.Row, than catalog.Row, width int) []string {
	const leastID, leastFact = 12, 8
	facts := func(r catalog.Row) []string {
		difference := ""
		if !than.None() {
			difference = cell.Difference(than.HourlyRate(), r.HourlyRate())
		}
		return []string{"$" + cell.Rate(r.HourlyRate()), difference, CountedName(r),
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
		left -= w + Gap
		if w += min(left, 0); left < 0 && w < leastFact {
			break
		}
		if widths = append(widths, w); left < 0 {
			break
		}
	}
	var lines []string
	for _, r := range rows {
		line := " "
		for i, w := range widths {
			if w == 0 {
				continue
			}
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
