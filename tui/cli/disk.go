package cli

import (
	"sync"
	"time"

	"gpupick/tui/crash"
)

// disk writes files one at a time; the end of the program waits for them.
type disk struct {
	writing sync.Mutex
	ending  chan struct{} // closed when the program ends: delayed writes start at once
}

func newDisk() *disk { return &disk{ending: make(chan struct{})} }

func (d *disk) write(f func() error) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	return f()
}

// saveDelay is how long saving a list is delayed, so that the screen that shows the list has the
// processors to itself.
const saveDelay = 100 * time.Millisecond

// writeLater runs f like write, but first waits for screenFirst or the end of the program.
func (d *disk) writeLater(f func() error) error {
	return d.write(func() error {
		select {
		case <-time.After(saveDelay):
		case <-d.ending:
		}
		return f()
	})
}

// settleTimeout is how long the end of the program waits for writes.
const settleTimeout = 2 * time.Second

// settle waits for the write that is running, but not longer than settleMost: the disk may
// hang, and a file is whole or absent all the same. It is called once.
func (d *disk) settle() {
	close(d.ending)
	done := make(chan struct{})
	crash.Go(func() {
		d.writing.Lock()
		defer d.writing.Unlock()
		close(done)
	}, func(*crash.Crash) {})
	select {
	case <-done:
	case <-time.After(settleTimeout):
	}
}
