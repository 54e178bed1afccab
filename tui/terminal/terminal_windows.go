//go:build windows

package terminal

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"
)

// Open finds the console: stdout if it is one, else CONOUT$ and CONIN$.
func Open(stdin, stdout *os.File) (*Screen, error) {
	s := &Screen{Out: stdout, in: stdin}
	var opened []*os.File
	s.close = func() {
		for _, f := range opened {
			_ = f.Close()
		}
	}
	for _, end := range []struct {
		file **os.File
		name string
	}{{&s.Out, "CONOUT$"}, {&s.in, "CONIN$"}} {
		if IsTerminal(*end.file) {
			continue
		}
		f, err := os.OpenFile(end.name, os.O_RDWR, 0)
		if err != nil {
			s.close()
			return nil, ErrNone
		}
		opened = append(opened, f)
		*end.file = f
	}
	return s, nil
}

// IsTerminal reports whether f is a console.
func IsTerminal(f *os.File) bool { return f != nil && term.IsTerminal(f.Fd()) }

// input is the console itself: v1 reads its events, not bytes.
func input(f *os.File) io.Reader { return f }

// onSignal ends the program on ctrl+break, and the process by force on a second
// one or when it does not end.
func onSignal(stop func(), _ *Screen) (ended func() int) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt)
	var got atomic.Int32
	done := make(chan struct{})
	force := func() { os.Exit(130) }
	Go(func() {
		select {
		case <-done:
			return
		case <-signals:
			got.Store(2)
		}
		Go(stop, func(*Crash) { force() }) // it waits for the program, which may hang
		select {
		case <-done:
		case <-signals:
			force()
		case <-time.After(deadline):
			force()
		}
	}, func(*Crash) { force() })
	return func() int {
		signal.Stop(signals)
		close(done)
		return int(got.Load())
	}
}

// CanSuspend reports that Windows has no job control.
func CanSuspend() bool { return false }

// Suspender is never run here.
type Suspender struct{}

// Run fails.
func (Suspender) Run() error { return errors.New("cannot suspend here") }

// SetStdin does nothing.
func (Suspender) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (Suspender) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (Suspender) SetStderr(io.Writer) {}
