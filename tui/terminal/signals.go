package terminal

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	"gpupick/tui/crash"
)

// deadline is how long the program may take to restore the terminal before the process ends anyway.
const deadline = time.Second

// StopAskedMsg says that a signal from outside asks the program to stop, as ctrl+z does.
type StopAskedMsg struct{}

// RetakenMsg says that the terminal was taken back after a stop from outside.
type RetakenMsg struct{}

// watch handles the signals of the process. There is only one, because signals reach the whole process.
type watch struct {
	endSignal atomic.Int32  // the signal that ends the program; 0: none yet
	resumed   chan struct{} // receives a value when the program continues after it stopped itself
	stopped   atomic.Bool   // the program has stopped itself and waits for resumed
	actions   handlers
}

var watched = &watch{resumed: make(chan struct{}, 1)}

// handlers are the actions of the watch.
type handlers struct {
	quit    func() // ends the program; may block
	suspend func() // as ctrl+z does
	retake  func() // takes the terminal back after a stop from outside
	resized func() // the terminal has another size
	leave   func() // gives the terminal back before the program stops itself; called from the event loop
	enter   func() // takes the terminal again; called from the event loop

	foreground func() bool // whether the terminal is ours
}

// WithoutTrace returns a context that ends with a signal that asks for a core dump, and ended, which stops listening
// and returns that signal, nil if there was none. Without it the runtime would print the stack of every goroutine.
func WithoutTrace(ctx context.Context) (_ context.Context, ended func() error) {
	ctx, stop := context.WithCancel(ctx)
	dumps := make(chan os.Signal, 1)
	if len(coreDumps) > 0 { // an empty list would mean every signal
		signal.Notify(dumps, coreDumps...)
	}
	var caught atomic.Int32
	crash.Go(func() {
		select {
		case sig := <-dumps:
			caught.Store(int32(number(sig)))
			stop()
		case <-ctx.Done():
		}
	}, func(*crash.Crash) { stop() })
	return ctx, func() error {
		signal.Stop(dumps)
		stop()
		if n := caught.Load(); n > 0 {
			return &Signaled{Number: int(n)}
		}
		return nil
	}
}

// waitForForeground waits until the terminal is ours, or a signal ends the program. It polls, because a
// shell does not tell a running program that it is in the foreground.
func waitForForeground(ours func() bool) {
	for !ours() && watched.endSignal.Load() == 0 {
		time.Sleep(foregroundPoll)
	}
}

const foregroundPoll = 50 * time.Millisecond

// start listens for signals. The first ending signal quits the program. A second one, or a terminal
// that takes no output, ends the process by force. ended stops listening and returns the signal's
// number, 0 if there was none.
func (w *watch) start(h handlers, mode *mode) (ended func() int) {
	ends, stops, sizes := make(chan os.Signal, 2), make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(ends, endings...)
	if len(jobControl) > 0 { // an empty list would mean every signal
		signal.Notify(stops, jobControl...)
		signal.Notify(sizes, resizes...)
	}
	w.endSignal.Store(0)
	w.actions = h
	done := make(chan struct{})
	force := func() {
		mode.restore()
		os.Exit(128 + int(w.endSignal.Load()))
	}
	crash.Go(func() {
		for w.endSignal.Load() == 0 {
			select {
			case <-done:
				return
			case <-sizes:
				crash.Go(h.resized, func(*crash.Crash) {})
			case sig := <-stops:
				w.job(sig, h)
			case sig := <-ends:
				w.endSignal.Store(int32(number(sig)))
			}
		}
		if w.stopped.Load() || !h.foreground() { // another program owns the terminal now
			os.Exit(128 + int(w.endSignal.Load()))
		}
		crash.Go(h.quit, func(*crash.Crash) { force() }) // quit waits for the program, which may hang
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
		return int(w.endSignal.Load())
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
	default: // after a SIGSTOP from outside, the shell has taken the terminal
		crash.Go(func() {
			waitForForeground(h.foreground)
			h.retake()
		}, func(*crash.Crash) {})
	}
}
