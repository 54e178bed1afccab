package tui

import (
	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/clipboard"
	"gpupick/tui/feed"
)

// Messages are what has happened outside the model. What belongs to a load
// carries its number; of an earlier load it is late, and dropped.

type sourceOpenedMsg struct {
	load   int
	source feed.Source
}

type pageLoadedMsg struct {
	load int
	step feed.Step
}

// waitBeganMsg: a page is asked for again, after a pause. waits is where to hear
// of the next one.
type waitBeganMsg struct {
	load  int
	page  int // pages that were read before it
	wait  api.Wait
	waits <-chan api.Wait
}

// lastFoundMsg: there is an answer of an earlier run.
type lastFoundMsg struct {
	load    int
	list    api.List
	catalog *catalog.Catalog
}

// refreshDueMsg: it is time to load by itself.
type refreshDueMsg struct{ number int }

// savedMsg: something was written to disk, or was not.
type savedMsg struct {
	say string // what, and where
	err error
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
