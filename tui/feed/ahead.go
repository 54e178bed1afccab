package feed

import (
	"context"
	"sync"

	"gpupick/api"
	"gpupick/tui/crash"
)

// Ahead is a source that reads the next pages of a list while its reader is still busy with the last one.
type Ahead struct {
	source Source
	mu     sync.Mutex
	now    *reading // the list that is read ahead; nil for none
}

// ReadAhead returns a source of the pages of another one.
func ReadAhead(source Source) *Ahead { return &Ahead{source: source} }

// aheadMost is how many pages may wait for their reader: enough to read on while the first frame is drawn.
const aheadMost = 8

// reading is a list that is read ahead.
type reading struct {
	ctx    context.Context
	ask    api.Ask
	cursor string // of the first page that waits or is being read
	events chan event
}

// event is a pause before a retry, or else a page or the error in its place.
type event struct {
	pause *api.Wait
	page  api.Page
	err   error
	last  bool // nothing follows
}

func (a *Ahead) begin(ctx context.Context, ask api.Ask, cursor string) *reading {
	r := &reading{ctx: ctx, ask: ask, cursor: cursor, events: make(chan event, aheadMost)}
	crash.Go(func() {
		var walk api.Walk
		for more := true; more; {
			page, err := a.source.Page(ctx, ask, cursor, r.pauses)
			if more = err == nil; more {
				walk, more, _ = walk.After(page) // as the reader of the list goes on, or does not
				cursor = walk.Cursor()
			}
			r.send(event{page: page, err: err, last: !more})
			more = more && ctx.Err() == nil
		}
	}, func(c *crash.Crash) { r.send(event{err: c, last: true}) })
	return r
}

// pauses tells of a pause. If the reader of the list is behind, nobody waits for this page, and so not for the pause.
func (r *reading) pauses(w api.Wait) {
	select {
	case r.events <- event{pause: &w}:
	default:
	}
}

// send hands a page to the reader of the list, unless that has been canceled.
func (r *reading) send(e event) {
	select {
	case r.events <- e:
	case <-r.ctx.Done():
	}
}

// next waits for the next event.
func (r *reading) next() event {
	select {
	case e := <-r.events:
		return e
	case <-r.ctx.Done():
		return event{err: r.ctx.Err(), last: true}
	}
}

// Host returns the name on the screen.
func (a *Ahead) Host() string { return a.source.Host() }

// Page reads the page at cursor, as [Source] says, and goes on to read the ones after it.
func (a *Ahead) Page(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait)) (api.Page, error) {
	r := a.reading(ctx, ask, cursor)
	if r == nil {
		return a.source.Page(ctx, ask, cursor, tell)
	}
	e := r.next()
	for ; e.pause != nil; e = r.next() {
		if tell != nil {
			tell(*e.pause)
		}
	}
	a.mu.Lock()
	if r.cursor = e.page.Cursor; e.last && a.now == r {
		a.now = nil
	}
	a.mu.Unlock()
	if c, crashed := e.err.(*crash.Crash); crashed {
		panic(c) // here, where a panic ends the program
	}
	return e.page, e.err
}

// reading returns the reading of which the next page is the one at cursor, a new one if no list is read ahead, and nil
// if another list is.
func (a *Ahead) reading(ctx context.Context, ask api.Ask, cursor string) *reading {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch r := a.now; {
	case r == nil || r.ctx.Err() != nil:
		a.now = a.begin(ctx, ask, cursor)
	case r.ctx != ctx || r.ask != ask || r.cursor != cursor:
		return nil
	}
	return a.now
}
