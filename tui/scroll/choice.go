package scroll

// Item is an item of a list: a key that identifies it and the name shown to the
// user.
type Item struct{ Key, Name string }

// Choice is the chosen item of a list that may be replaced by another list: a
// [Window] whose cursor follows an item instead of a line number.
//
// When the list changes, [Choice.Over] finds the item again. If the item is no
// longer in the list, the choice is held: the cursor stays where it is and nothing
// is chosen until the user moves, so that a neighbor is never chosen by accident.
// A choice made by [Unchosen] is held too. The zero Choice becomes the first item
// of the list given to Over.
type Choice struct {
	Window
	Item
	Held   bool // nothing is chosen: the item is no longer in the list, or none was chosen yet
	lostAt int  // line of the item when it left the list; may be after the last line
}

// Unchosen returns a choice over a list of n lines with nothing chosen yet.
func Unchosen(n int) Choice { return Choice{Window: Window{}.WithHeight(n).WithLen(n), Held: true} }

// Chosen reports whether anything is chosen, at Cursor.
func (c Choice) Chosen() bool { return !c.Held && c.Len > 0 }

// Lost reports whether the chosen item is no longer in the list.
func (c Choice) Lost() bool { return c.Held && c.Key != "" }

// Is reports whether line i is the chosen one.
func (c Choice) Is(i int) bool { return c.Chosen() && i == c.Cursor }

// On returns the choice of the item under the cursor of w, for when the user moved there.
func (c Choice) On(w Window, item func(i int) Item) Choice {
	c = Choice{Window: w}
	if w.Len > 0 {
		c.Item = item(w.Cursor)
	}
	return c
}

// Move returns the window with the cursor moved by d lines. In a held choice the
// first step up goes to the line above the lost item, and the first step down to
// the line that took its place.
func (c Choice) Move(d int) Window {
	switch {
	case !c.Held:
		return c.Window.Move(d)
	case d > 0:
		d--
	}
	return c.To(c.lostAt + d)
}

// Over returns the choice after its list was replaced by one of n lines. If the
// list is scrolled, the item stays on its screen line where possible; if not, the
// top of the list stays on screen where possible.
func (c Choice) Over(n int, item func(i int) Item) Choice {
	return c.OverAt(n, c.find(n, item), item)
}

// OverAt is Over for a list that finds items faster than by looking at each: the chosen one is at that line of the new
// list, -1 if it is not there.
func (c Choice) OverAt(n, at int, item func(i int) Item) Choice {
	if c.Key == "" && !c.Held {
		return c.On(c.WithLen(n).To(0), item)
	}
	switch {
	case at < 0 && !c.Held:
		c.Held, c.lostAt = true, c.Cursor
	case at >= 0:
		c.Held = false
		if c.Offset > 0 {
			c.Window = c.WithLen(max(c.Len, n)).Keep(at).WithLen(n)
		} else {
			c.Window = c.WithLen(n).To(at)
		}
		c.Item = item(at)
		return c
	}
	c.lostAt = min(c.lostAt, n)
	c.Window = c.WithLen(n).To(c.lostAt)
	return c
}

// find returns the line of the chosen item in the new list, -1 if it is not there.
func (c Choice) find(n int, item func(i int) Item) int {
	if c.Key == "" {
		return -1
	}
	if !c.Held && c.Cursor < n && item(c.Cursor).Key == c.Key { // usually the item has not moved
		return c.Cursor
	}
	for i := range n {
		if item(i).Key == c.Key {
			return i
		}
	}
	return -1
}

// WithHeight returns the choice with h lines on screen.
func (c Choice) WithHeight(h int) Choice {
	c.Window = c.Window.WithHeight(h)
	return c
}
