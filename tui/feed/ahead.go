package feed

import (
	"context"
	"sync"

	"gpupick/api"
	"gpupick/tui/crash"
)

// Ahead is a source that reads the next page of a list while its reader is still busy with the last one.
type Ahead struct {
	source Source
	mu     sync.Mutex
	next   *reading // the page that is read ahead; nil for none
}

// ReadAhead returns a source of the pages of another one.
func ReadAhead(source Source) *Ahead { return &Ahead{source: source} }

// reading is a page that is being read.
type reading struct {
	ctx    context.Context
	ask    api.Ask
	cursor string
	waits  chan api.Wait // the pauses before retries; closed once page or err is set
	page   api.Page
	err    error
}

func (a *Ahead) begin(ctx context.Context, ask api.Ask, cursor string) *reading {
	r := &reading{ctx: ctx, ask: ask, cursor: cursor,
		waits: make(chan api.Wait, api.Attempts)} // room for every pause, so that the sender never blocks
	crash.Go(func() {
		r.page, r.err = a.source.Page(ctx, ask, cursor, func(w api.Wait) { r.waits <- w })
		close(r.waits)
	}, func(c *crash.Crash) {
		r.err = c
		close(r.waits)
	})
	return r
}

// Host returns the name on the screen.
func (a *Ahead) Host() string { return a.source.Host() }

// Page reads the page at cursor, as [Source] says, and begins to read the one after it.
func (a *Ahead) Page(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait)) (api.Page, error) {
	r := a.take(ctx, ask, cursor)
	for w := range r.waits {
		if tell != nil {
			tell(w)
		}
	}
	if r.err == nil && r.page.HasMore && r.page.Cursor != "" {
		a.mu.Lock()
		if a.next == nil || a.next.ctx.Err() != nil { // else another list is being read ahead
			a.next = a.begin(ctx, ask, r.page.Cursor)
		}
		a.mu.Unlock()
	}
	return r.page, r.err
}

// take returns the reading of a page, which begins now if it was not read ahead.
func (a *Ahead) take(ctx context.Context, ask api.Ask, cursor string) *reading {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r := a.next; r != nil && r.ctx == ctx && r.ask == ask && r.cursor == cursor {
		a.next = nil
		return r
	}
	return a.begin(ctx, ask, cursor)
}
