package cli

import (
	"sync"
	"time"

	"gpupick/tui/terminal"
)

// disk is what is being written there: one thing at a time, and not broken off by
// the end of the program.
type disk struct{ one sync.Mutex }

func (d *disk) write(f func() error) error {
	d.one.Lock()
	defer d.one.Unlock()
	return f()
}

// settleMost is how long the end of the program waits for a disk.
const settleMost = 2 * time.Second

// settle waits for what is being written, unless the disk hangs: a file is whole
// or absent all the same.
func (d *disk) settle() {
	done := make(chan struct{})
	terminal.Go(func() {
		d.one.Lock()
		defer d.one.Unlock()
		close(done)
	}, func(*terminal.Crash) {})
	select {
	case <-done:
	case <-time.After(settleMost):
	}
}
