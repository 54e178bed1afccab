package cli

import (
	"context"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"gpupick/api"
)

const (
	whileLoading = 400     // percent by which the heap may grow before garbage is collected
	manyRows     = 150_000 // from here on memory is dearer than time
)

// arrivals collects less garbage while the first list arrives: nearly all of it stays,
// so there is little to find. That ends when the list is whole, or large.
type arrivals struct {
	rows atomic.Int64
	end  func()
}

// collectLess begins it; a GOGC in the environment goes before.
func (r *run) collectLess() *arrivals {
	if r.env("GOGC") != "" {
		return &arrivals{end: func() {}}
	}
	usual := debug.SetGCPercent(whileLoading)
	return &arrivals{end: sync.OnceFunc(func() { debug.SetGCPercent(usual) })}
}

// Stream is the client's.
func (l live) Stream(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait), part api.Part) (api.Page, error) {
	page, err := l.Client.Stream(ctx, ask, cursor, tell, part)
	if l.arrivals != nil && l.arrivals.rows.Add(int64(page.Told+len(page.Rows))) > manyRows {
		l.arrivals.end()
	}
	return page, err
}
