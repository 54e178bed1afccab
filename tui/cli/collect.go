package cli

import (
	"context"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"gpupick/api"
	"gpupick/tui/cli/hugepage"
)

const (
	whileLoading = 400     // percent by which the heap may grow before garbage is collected
	manyRows     = 150_000 // from here on memory is dearer than time
)

// garbage is collected less while the first list arrives: nearly all of it stays, so
// there is little to find. That ends when the list is whole, or large.
type garbage struct {
	rows  atomic.Int64 // that have arrived
	usual func()       // collects as ever from now on
}

// collectLess begins it; a GOGC in the environment goes before.
func (r *run) collectLess() *garbage {
	if r.env("GOGC") != "" {
		return &garbage{usual: func() {}}
	}
	usual := debug.SetGCPercent(whileLoading)
	return &garbage{usual: sync.OnceFunc(func() { debug.SetGCPercent(usual) })}
}

// Stream is the client's. Meanwhile the heap grows.
func (l live) Stream(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait), part api.Part) (api.Page, error) {
	page, err := l.Client.Stream(ctx, ask, cursor, tell, func(rows []api.InstanceType, again bool) {
		hugepage.Heap()
		part(rows, again)
	})
	hugepage.Heap()
	if l.garbage != nil && l.garbage.rows.Add(int64(page.Told+len(page.Rows))) > manyRows {
		l.garbage.usual()
	}
	return page, err
}
