// Package scroll knows which part of a list is on screen.
//
// A [Window] keeps one invariant: the cursor is in the list, the cursor's line
// is on screen, and the screen is as full as the list allows. Every method
// returns a Window for which it holds, whatever numbers it was given.
package scroll

// Window is a cursor in a list of Len lines. The screen shows Height of them,
// beginning with line Offset. The zero Window is an empty list.
type Window struct{ Len, Height, Cursor, Offset int }

// fit restores the invariant. It moves the cursor and the offset as little as
// possible.
func (w Window) fit() Window {
	w.Len, w.Height = max(w.Len, 0), max(w.Height, 1)
	w.Cursor = min(max(w.Cursor, 0), max(w.Len-1, 0))
	w.Offset = min(max(w.Offset, w.Cursor-w.Height+1), w.Cursor)
	w.Offset = max(min(w.Offset, w.Len-w.Height), 0)
	return w
}

// WithHeight returns the window with h lines on screen.
func (w Window) WithHeight(h int) Window {
	w.Height = h
	return w.fit()
}

// WithLen returns the window over a list of n lines.
func (w Window) WithLen(n int) Window {
	w.Len = n
	return w.fit()
}

// To puts the cursor on line i.
func (w Window) To(i int) Window {
	w.Cursor = i
	return w.fit()
}

// Keep puts the cursor on line i and, where the list allows, leaves it on the same
// line of the screen. It is for lists that changed around the cursor.
func (w Window) Keep(i int) Window {
	w.Offset += i - w.Cursor
	w.Cursor = i
	return w.fit()
}

// Move moves the cursor by d lines.
func (w Window) Move(d int) Window { return w.To(w.Cursor + d) }

// Page moves the cursor and the screen by d screens.
func (w Window) Page(d int) Window { return w.shift(d * max(w.Height, 1)) }

// HalfPage moves the cursor and the screen by d half screens.
func (w Window) HalfPage(d int) Window { return w.shift(d * max(w.Height/2, 1)) }

func (w Window) shift(d int) Window {
	w.Offset += d
	w.Cursor += d
	w.Offset = max(min(w.Offset, w.Len-w.Height), 0)
	return w.fit()
}

// Visible returns the range of lines on screen: from is in it, to is not.
func (w Window) Visible() (from, to int) { return w.Offset, min(w.Offset+w.Height, w.Len) }

// At returns the list line shown on a screen line, counted from 0; ok is false if there is none.
func (w Window) At(line int) (i int, ok bool) {
	from, to := w.Visible()
	return from + line, line >= 0 && from+line < to
}
