package api

import "slices"

// Incomplete is why a list that was read is not the whole list. The empty
// Incomplete means that it is.
type Incomplete string

// The reasons for which a walk stops before the service says that it is done.
const (
	NoWayOn    Incomplete = "the service has more but gives no way to ask"
	PageBudget Incomplete = "the service has more pages than gpupick reads"
	RowBudget  Incomplete = "the service has more rows than gpupick reads"
)

// Walk is a place in a list of pages. The zero Walk stands before the first
// page. It is a value: After returns the next place and leaves this one alone.
type Walk struct {
	cursor      string
	seen        []string // cursors asked for, so that a loop is noticed
	pages, rows int
}

// Cursor is what to ask the service for next; empty for the first page.
func (w Walk) Cursor() string { return w.cursor }

// Pages is how many pages were read.
func (w Walk) Pages() int { return w.pages }

// After is the place behind page p. more says whether to ask on; if not, why is
// empty for a list that is whole, else the reason for which it is not.
func (w Walk) After(p Page) (next Walk, more bool, why Incomplete) {
	next = Walk{cursor: p.Cursor, seen: append(slices.Clip(w.seen), w.cursor), pages: w.pages + 1,
		rows: w.rows + len(p.Rows)}
	switch {
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
