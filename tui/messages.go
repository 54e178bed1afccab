package tui

import (
	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/clipboard"
	"gpupick/tui/feed"
)

// Messages report what has happened outside the model. Those of a load carry its number;
// messages of an earlier load are dropped.

type sourceOpenedMsg struct {
	load   int
	source feed.Source
}

type pageLoadedMsg struct {
	load int
	step feed.Step
}

// waitBeganMsg: the load pauses before it requests a page again. waits delivers the next pause.
type waitBeganMsg struct {
	load  int
	page  int // number of pages read before it
	wait  api.Wait
	waits <-chan api.Wait
}

// lastFoundMsg: the list of an earlier run was found.
type lastFoundMsg struct {
	load    int
	list    api.List
	catalog *catalog.Catalog
}

// refreshDueMsg: it is time for an auto-refresh.
type refreshDueMsg struct{ number int }

// savedMsg: something was written to disk, or could not be.
type savedMsg struct {
	say string // what was written, and where
	err error
}

// keptMsg: the list was written to disk, or could not be.
type keptMsg struct{ err error }

type loadFailedMsg struct {
	load int
	err  error
}

type copiedMsg struct {
	ids     []string // nil if something else was copied
	what    string   // what was copied, in words
	outcome clipboard.Outcome
}

// checkedMsg: the service has answered the check of a pick.
type checkedMsg struct {
	number  int
	verdict verdict
}

// checkExpiredMsg: the time for the check of a pick is over.
type checkExpiredMsg struct{ number int }

type clockTickedMsg struct{ number int }

type noticeExpiredMsg struct{ number int }

type resumedMsg struct{ err error }

// historyLoadedMsg brings the filters of earlier runs, the oldest first.
type historyLoadedMsg struct{ filters []string }
