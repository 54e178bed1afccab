package terminal

import (
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"
)

// deadline is how long the terminal may take to be restored before the process
// ends all the same.
const deadline = time.Second

// onSignal ends the program on the first signal, and the process by force on a
// second one or when the terminal takes no output. ended stops listening and
// tells the signal's number, 0 if there was none.
func onSignal(stop func(), s *Screen) (ended func() int) {
	before, _ := term.GetState(s.in.Fd()) // nil if s is no terminal: nothing to restore
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, endings...)
	var got atomic.Int32
	done := make(chan struct{})
	force := func() {
		if before != nil {
			_ = term.Restore(s.in.Fd(), before)
		}
		os.Exit(128 + int(got.Load()))
	}
	Go(func() {
		select {
		case <-done:
			return
		case sig := <-signals:
			got.Store(int32(number(sig)))
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
