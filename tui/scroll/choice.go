package scroll

// Item is a thing in a list: the key that tells it from the others, and the name
// by which the user knows it.
type Item struct{ Key, Name string }

// Choice is the chosen thing in a list that may be replaced by another list: a
// [Window] whose cursor belongs to an item and not to a place.
//
// When the list changes, [Choice.Over] finds the item again, wherever it is now.
// If it is no longer there, the choice is held: the cursor stays at its place and
// chooses nothing, so that it never becomes the item's neighbor, until the user
// moves. A choice that was opened with [Unchosen] is held too. The zero Choice is
// the first item of whatever list it is put over.
type Choice struct {
	Window
	Item
	Held  bool // nothing is chosen: the item is no longer in the list, or none was chosen yet
	place int  // where the item was when it left the list; may be behind the last line
}

// Unchosen is a choice over a list of n lines in which nothing is chosen yet.
func Unchosen(n int) Choice { return Choice{Window: Window{}.WithHeight(n).WithLen(n), Held: true} }

// Chosen reports whether anything is chosen, at Cursor.
func (c Choice) Chosen() bool { return !c.Held && c.Len > 0 }

// Lost reports whether an item was chosen that is no longer in the list.
func (c Choice) Lost() bool { return c.Held && c.Key != "" }

// Is reports whether line i is the chosen one.
func (c Choice) Is(i int) bool { return c.Chosen() && i == c.Cursor }

// On is the choice of what is under the cursor of w: the user has moved there.
func (c Choice) On(w Window, item func(i int) Item) Choice {
	c = Choice{Window: w}
	if w.Len > 0 {
		c.Item = item(w.Cursor)
	}
	return c
}

// Move is the window with the cursor moved by d lines. From a held choice the
// first step leads to what stands next to the gap: up to the line above it, down
// to the one that has taken its place.
func (c Choice) Move(d int) Window {
	switch {
	case !c.Held:
		return c.Window.Move(d)
	case d > 0:
		d--
	}
	return c.To(c.place + d)
}

// Over is the choice after its list has been replaced by one of n lines. At the
// top of the list the top stays in sight; elsewhere the item keeps its line of the
// screen where the list allows.
func (c Choice) Over(n int, item func(i int) Item) Choice {
	if c.Key == "" && !c.Held {
		return c.On(c.WithLen(n).To(0), item)
	}
	at := c.find(n, item)
	switch {
	case at < 0 && !c.Held:
		c.Held, c.place = true, c.Cursor
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
	c.place = min(c.place, n)
	c.Window = c.WithLen(n).To(c.place)
	return c
}

// find is the line of the item, -1 if there is none.
func (c Choice) find(n int, item func(i int) Item) int {
	if c.Key == "" {
		return -1
	}
	if !c.Held && c.Cursor < n && item(c.Cursor).Key == c.Key { // nothing has moved, mostly
		return c.Cursor
	}
	for i := range n {
		if item(i).Key == c.Key {
			return i
		}
	}
	return -1
}

// WithHeight is the choice with another number of lines on screen.
func (c Choice) WithHeight(h int) Choice {
	c.Window = c.Window.WithHeight(h)
	return c
}
