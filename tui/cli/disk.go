package cli

import (
	"sync"
	"time"

	"gpupick/tui/crash"
)

// disk is what is being written there: one thing at a time, and not broken off by
// the end of the program.
type disk struct {
	one    sync.Mutex
	ending chan struct{} // closed at the end: what is still to be written is written now
}

func newDisk() *disk { return &disk{ending: make(chan struct{})} }

func (d *disk) write(f func() error) error {
	d.one.Lock()
	defer d.one.Unlock()
	return f()
}

// screenFirst is how long a list that is kept leaves the processors to the screen
// that shows it.
const screenFirst = 100 * time.Millisecond

// writeLater is write, when the screen has had its turn.
func (d *disk) writeLater(f func() error) error {
	return d.write(func() error {
		select {
		case <-time.After(screenFirst):
		case <-d.ending:
		}
		return f()
	})
}

// settleMost is how long the end of the program waits for a disk.
const settleMost = 2 * time.Second

// settle waits for what is being written, unless the disk hangs: a file is whole
// or absent all the same. It is called once.
func (d *disk) settle() {
	close(d.ending)
	done := make(chan struct{})
	crash.Go(func() {
		d.one.Lock()
		defer d.one.Unlock()
		close(done)
	}, func(*crash.Crash) {})
	select {
	case <-done:
	case <-time.After(settleMost):
	}
}
