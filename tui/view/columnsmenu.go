package view

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/cell"
)

// Columns is the menu that shows, hides and moves columns. The table above it changes at once.
type Columns struct {
	names []string // all columns in the menu's order; nil for the table's order
	at    int
}

// Name identifies the view.
func (c Columns) Name() string { return "columns" }

// Fit has nothing to do.
func (c Columns) Fit(Frame) (View, Intent) { return c, nil }

// inOrder returns all columns in the menu's order. The menu opens with the chosen columns first.
func (c Columns) inOrder(f Frame) []string {
	if c.names != nil {
		return c.names
	}
	var names []string
	for _, column := range f.Columns {
		names = append(names, column.Name)
	}
	return names
}

// Target is empty: a load changes nothing in this menu.
func (c Columns) Target(Frame) Target { return Target{} }

// Key moves the cursor, or changes the columns.
func (c Columns) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.Columns
	c.names = c.inOrder(f)
	switch {
	case key.Matches(msg, k.Left):
		c.at = max(c.at-1, 0)
	case key.Matches(msg, k.Right):
		c.at = min(c.at+1, len(c.names)-1)
	case key.Matches(msg, k.Toggle):
		return c, c.toggle(f)
	case key.Matches(msg, k.MoveLeft):
		return c.move(-1, f)
	case key.Matches(msg, k.MoveRight):
		return c.move(1, f)
	case key.Matches(msg, k.Usual):
		return Columns{}, SetColumns{}
	case key.Matches(msg, k.Write):
		return c, SaveColumns{}
	case key.Matches(msg, k.Close):
		return c, Close{}
	default:
		return c, Pass{}
	}
	return c, nil
}

// chosen returns the names of the table's columns, in their order.
func chosen(f Frame) []string {
	var names []string
	for _, column := range f.Columns {
		if column.Chosen {
			names = append(names, column.Name)
		}
	}
	return names
}

// toggle shows or hides the column under the cursor. At least one column stays besides the id.
func (c Columns) toggle(f Frame) Intent {
	shown, name := chosen(f), c.names[c.at]
	if slices.Equal(shown, []string{name}) {
		return warn("At least one column stays beside the id")
	}
	return SetColumns{slices.DeleteFunc(slices.Clone(c.names), func(n string) bool {
		return slices.Contains(shown, n) == (n == name)
	})}
}

// move moves the column under the cursor by d places.
func (c Columns) move(d int, f Frame) (View, Intent) {
	to := c.at + d
	if to < 0 || to >= len(c.names) {
		return c, nil
	}
	c.names = slices.Clone(c.names) // the previous view shares the slice
	c.names[c.at], c.names[to] = c.names[to], c.names[c.at]
	c.at = to
	shown := chosen(f)
	return c,
		SetColumns{slices.DeleteFunc(slices.Clone(c.names), func(n string) bool { return !slices.Contains(shown, n) })}
}

// Foot draws the menu. A chosen column that does not fit the screen is marked with ~.
func (c Columns) Foot(f Frame) []string {
	st, k := f.Styles, f.Keys.Columns
	var items []menuItem
	noRoom := false
	for i, name := range c.inOrder(f) {
		column := f.Columns[slices.IndexFunc(f.Columns, func(column Column) bool { return column.Name == name })]
		sign, style := "✓", st.Text
		switch {
		case !column.Chosen:
			sign, style = "·", st.Dim
		case column.NoRoom:
			sign, style, noRoom = "~", st.Dim, true
		}
		mark := " "
		if i == c.at {
			mark, style = CursorMark, st.Row
		}
		text := mark + sign + column.Title
		items = append(items, menuItem{style.Render(text), cell.Width(text)})
	}
	lines := f.menu(" columns ", items)
	hints := f.KeysLine(Hint{k.Left, ""}, Hint{k.Right, "choose"}, Hint{k.Toggle, "show or hide"}, Hint{k.MoveLeft, ""},
		Hint{k.MoveRight, "move"}, Hint{k.Write, "save as default"}, Hint{k.Usual, "restore defaults"},
		Hint{k.Close, "close"})
	if says := " · ~ no room"; noRoom {
		last := &lines[len(lines)-1]
		switch {
		case cell.Width(hints+says) <= f.Width:
			hints += st.Dim.Render(says)
		case cell.Width(*last+says) <= f.Width:
			*last += st.Dim.Render(says)
		}
	}
	return append(lines, hints)
}
