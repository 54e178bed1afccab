package cli

import (
	"runtime/debug"
	"sync"
)

// whileLoading is how much the heap may grow, in percent, before garbage is collected
// while the first list arrives: nearly all of it stays, so there is little to find.
const whileLoading = 400

// collectLess collects less garbage until it is told that the list is there; a GOGC
// in the environment goes before.
func (r *run) collectLess() (arrived func()) {
	if r.env("GOGC") != "" {
		return func() {}
	}
	usual := debug.SetGCPercent(whileLoading)
	return sync.OnceFunc(func() { debug.SetGCPercent(usual) })
}
