package cli

import (
	"context"
	"errors"
	"sync/atomic"

	"gpupick/api"
	"gpupick/tui"
	"gpupick/tui/terminal"
)

// headStart is the service, of which the first page is asked for while the screen is
// still being set up: who asks for it gets what has come meanwhile.
type headStart struct {
	live
	ask    api.Ask
	cancel context.CancelFunc
	taken  atomic.Bool
	events chan event
	page   api.Page // when events is closed
	err    error
}

// event is what happens before a page is there: rows or a pause.
type event struct {
	rows  []api.InstanceType
	again bool
	pause *api.Wait
}

// withHeadStart is an opener whose first question is asked now, if it opens the
// service; source is what it has just opened.
func withHeadStart(ctx context.Context, source tui.Source, ask api.Ask, open opener) opener {
	l, is := source.(live)
	if !is {
		return open
	}
	ctx, cancel := context.WithCancel(ctx)
	h := &headStart{live: l, ask: ask, cancel: cancel, events: make(chan event, 64), err: errors.New("the first request broke off")}
	bring := func(e event) {
		select {
		case h.events <- e:
		case <-ctx.Done():
		}
	}
	terminal.Go(func() {
		defer close(h.events)
		h.page, h.err = l.Stream(ctx, ask, "",
			func(w api.Wait) { bring(event{pause: &w}) },
			func(rows []api.InstanceType, again bool) { bring(event{rows: rows, again: again}) })
	}, func(*terminal.Crash) {}) // it has broken off
	opened := false
	return func() (tui.Source, error) {
		if opened {
			return open()
		}
		opened = true
		return h, nil
	}
}

// Stream is the client's, but for the first question.
func (h *headStart) Stream(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait), part api.Part) (api.Page, error) {
	if ask != h.ask || cursor != "" || !h.taken.CompareAndSwap(false, true) {
		return h.live.Stream(ctx, ask, cursor, tell, part)
	}
	for {
		select {
		case e, more := <-h.events:
			switch {
			case !more:
				return h.page, h.err
			case e.pause != nil:
				tell(*e.pause)
			default:
				part(e.rows, e.again)
			}
		case <-ctx.Done():
			h.cancel()
			return api.Page{}, ctx.Err()
		}
	}
}
