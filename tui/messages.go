package tui

import (
	"gpupick/api"
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

type loadFailedMsg struct {
	load int
	err  error
}

type copiedMsg struct {
	ids     []string
	outcome clipboard.Outcome
	picking bool // Enter, not y
}

type clockTickedMsg struct{ number int }

type noticeExpiredMsg struct{ number int }

type resumedMsg struct{ err error }
