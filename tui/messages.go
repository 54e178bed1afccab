package tui

import (
	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/clipboard"
)

// Messages are what has happened outside the model. What belongs to a load
// carries its number; of an earlier load it is late, and dropped.

type sourceOpenedMsg struct {
	load   int
	source Source
}

type pageLoadedMsg struct {
	load int
	page api.Page
}

// arrival is a page, or why it did not come, or what has come of it so far.
type arrival struct {
	page  api.Page
	err   error
	part  bool // only rows of the page, of which there is more
	again bool // a part, too: the rows of the page before it count no more
}

// pagesLoadedMsg: pages have come, one after the other; more of them are where these
// came from.
type pagesLoadedMsg struct {
	load     int
	arrivals []arrival
	more     *arrivals
}

// pageWait is a pause before a page is asked for again.
type pageWait struct {
	page int // pages that were read before it
	api.Wait
}

// waitBeganMsg: a page is asked for again, after a pause. waits is where to hear
// of the next one.
type waitBeganMsg struct {
	load  int
	wait  pageWait
	waits <-chan pageWait
}

// lastFoundMsg: there is an answer of an earlier run.
type lastFoundMsg struct {
	load    int
	list    api.List
	catalog *catalog.Catalog
}

// refreshDueMsg: it is time to load by itself.
type refreshDueMsg struct{ number int }

type columnsSavedMsg struct {
	where string
	err   error
}

type fileSavedMsg struct {
	name string
	err  error
}

// keptMsg: the list was written to disk, or was not.
type keptMsg struct{ err error }

type loadFailedMsg struct {
	load int
	err  error
}

type copiedMsg struct {
	ids     []string // nil if it was something else
	what    string   // in words
	outcome clipboard.Outcome
}

// checkedMsg: the service has said what has become of rows that are to be picked.
type checkedMsg struct {
	number  int
	verdict verdict
}

// checkExpiredMsg: it has not, and the time for it is over.
type checkExpiredMsg struct{ number int }

type clockTickedMsg struct{ number int }

type noticeExpiredMsg struct{ number int }

type resumedMsg struct{ err error }
