package api

import "slices"

// Incomplete is the reason why a list lacks rows of the service; it is empty
// for a complete list.
type Incomplete string

// The reasons for a walk to stop before the service's last page.
const (
	NoWayOn    Incomplete = "Runcrate has more offers but no cursor for them"
	PageBudget Incomplete = "Runcrate has more pages than gpupick reads"
	RowBudget  Incomplete = "Runcrate has more offers than gpupick reads"
)

// Walk is a position in a list of pages. The zero Walk is before the first page.
// After returns the next position and does not change this one.
type Walk struct {
	cursor      string
	seen        []string // cursors requested so far, to detect a loop
	pages, rows int
}

// Cursor returns the cursor of the next page to load; empty for the first page.
func (w Walk) Cursor() string { return w.cursor }

// Pages returns the number of pages read.
func (w Walk) Pages() int { return w.pages }

// After returns the position after page p. more reports whether to load the next
// page; if not, why is the reason why the list is incomplete, empty if it is complete.
func (w Walk) After(p Page) (next Walk, more bool, why Incomplete) {
	next = Walk{cursor: p.Cursor, seen: append(slices.Clip(w.seen), w.cursor), pages: w.pages + 1,
		rows: w.rows + p.Rows.Len()}
	switch {
	case p.Failed != "":
		return next, false, Incomplete(p.Failed)
	case !p.HasMore:
		return next, false, ""
	case p.Cursor == "" || slices.Contains(next.seen, p.Cursor):
		return next, false, NoWayOn
	case next.pages >= MaxPages:
		return next, false, PageBudget
	case next.rows >= MaxRows:
		return next, false, RowBudget
	}
	return next, true, ""
}
