package terminal

import (
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	"gpupick/tui/crash"
)

// deadline is how long the terminal may take to be restored before the process
// ends all the same.
const deadline = time.Second

// StopAskedMsg says that somebody outside has asked the program to stop, as
// ctrl+z does inside.
type StopAskedMsg struct{}

// RetakenMsg says that the terminal was taken back after a stop from outside.
type RetakenMsg struct{}

// watch is what signals do to a program: they are a matter of the whole
// process, so there is one.
type watch struct {
	got     atomic.Int32  // the signal that ends the program; 0: none yet
	resumed chan struct{} // told of each signal to continue
	stopped atomic.Bool   // we have stopped ourselves and wait for it
	do      handlers
}

var watched = &watch{resumed: make(chan struct{}, 1)}

// handlers are what the watch does.
type handlers struct {
	quit    func() // ends the program; may block
	suspend func() // as ctrl+z does
	retake  func() // takes the terminal back after a stop that was not ours
	resized func() // the terminal has another size
	leave   func() // gives the terminal back before we stop ourselves; from the event loop
	enter   func() // takes it again; from the event loop

	foreground func() bool // whether the terminal is ours
}

// untilForeground waits until the terminal is ours, or a signal ends the program. A
// shell that puts a running program into the foreground tells nobody.
func untilForeground(ours func() bool) {
	for !ours() && watched.got.Load() == 0 {
		time.Sleep(foregroundEvery)
	}
}

const foregroundEvery = 50 * time.Millisecond

// start ends the program on the first ending signal, and the process by
// force on a second one or when the terminal takes no output. ended stops
// listening and tells the signal's number, 0 if there was none.
func (w *watch) start(h handlers, mode *mode) (ended func() int) {
	ends, stops, sizes := make(chan os.Signal, 2), make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(ends, endings...)
	if len(jobControl) > 0 { // no signal at all would be every signal
		signal.Notify(stops, jobControl...)
		signal.Notify(sizes, resizes...)
	}
	w.got.Store(0)
	w.do = h
	done := make(chan struct{})
	force := func() {
		mode.restore()
		os.Exit(128 + int(w.got.Load()))
	}
	crash.Go(func() {
		for w.got.Load() == 0 {
			select {
			case <-done:
				return
			case <-sizes:
				crash.Go(h.resized, func(*crash.Crash) {})
			case sig := <-stops:
				w.job(sig, h)
			case sig := <-ends:
				w.got.Store(int32(number(sig)))
			}
		}
		if w.stopped.Load() || !h.foreground() { // the terminal is somebody else's now
			os.Exit(128 + int(w.got.Load()))
		}
		crash.Go(h.quit, func(*crash.Crash) { force() }) // it waits for the program, which may hang
		select {
		case <-done:
		case <-ends:
			force()
		case <-time.After(deadline):
			force()
		}
	}, func(*crash.Crash) { force() })
	return func() int {
		signal.Stop(ends)
		signal.Stop(stops)
		signal.Stop(sizes)
		close(done)
		return int(w.got.Load())
	}
}

// job handles a signal to stop or to continue.
func (w *watch) job(sig os.Signal, h handlers) {
	switch {
	case !isContinue(sig):
		crash.Go(h.suspend, func(*crash.Crash) {})
	case w.stopped.Load():
		select {
		case w.resumed <- struct{}{}:
		default:
		}
	default: // after a SIGSTOP from outside the shell has made the terminal its own
		crash.Go(func() {
			untilForeground(h.foreground)
			h.retake()
		}, func(*crash.Crash) {})
	}
}
