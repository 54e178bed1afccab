// Package terminal connects the model to the terminal: it finds the terminal, reads keys from it, and
// leaves it as it was found, however the program ends.
//
// Bubble Tea v1 does part of this. This package handles the rest: drawing at once and with few bytes
// (painted.go and package paint), panics (guard.go), answers of the terminal that v1 would read as
// typing (input.go), signals other than INT and TERM, their exit status and a terminal that takes no
// output (signals.go), suspending where no shell could resume gpupick (a file per operating system),
// and v1's query to the terminal before main (package quiet).
package terminal

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"syscall"

	"gpupick/tui/crash"

	tea "github.com/charmbracelet/bubbletea"
)

// ErrNone says that there is no terminal to draw on.
var ErrNone = errors.New("no terminal")

// A Signalled says that a signal ended the program.
type Signaled struct{ Number int }

func (s *Signaled) Error() string { return "ended by a signal" }

// Screen is the terminal that is drawn on and read from.
type Screen struct {
	Out   *os.File
	in    *os.File
	close func()
	mu    sync.Mutex // held during a write
}

// Writer returns the writer for all output: frames and the sequences of the clipboard, one after the other.
func (s *Screen) Writer() io.Writer { return oneAtATime{s} }

type oneAtATime struct{ *Screen }

func (w oneAtATime) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return foregroundOnly{w.Out}.Write(b)
}

// Close closes the files that Open has opened.
func (s *Screen) Close() { s.close() }

// foregroundOnly is a terminal that drops output while gpupick is in the background. The screen is
// drawn again when gpupick is back.
type foregroundOnly struct{ *os.File }

func (f foregroundOnly) Write(b []byte) (int, error) {
	if !foreground(f.Fd()) {
		return len(b), nil
	}
	return f.File.Write(b)
}

func (f foregroundOnly) WriteString(s string) (int, error) { return f.Write([]byte(s)) }

// Renderers are the ways to draw: by our own painter, where there is one for the
// operating system, or by Bubble Tea's standard renderer.
var Renderers = []string{"auto", "standard"}

// Run shows the model until it quits, and leaves the terminal as it was found.
// It returns the last model, and a *crash.Crash after a panic, a *Signalled after a signal, or another
// error that ended the program.
//
// Started in the background, it waits until it is put into the foreground; until
// then signals end it as they end any program.
func Run(ctx context.Context, m tea.Model, s *Screen, renderer string) (tea.Model, error) {
	ours := func() bool { return foreground(s.Out.Fd()) }
	watched.endSignal.Store(0)
	waitForForeground(func() bool { return ours() || ctx.Err() != nil })
	options := []tea.ProgramOption{
		tea.WithContext(ctx),
		tea.WithInput(input(s.in)),
		tea.WithoutSignalHandler(), // v1 handles only two signals, and exits as if there had been none
	}
	mode := modeOf(s)
	var own *painted
	if hasPainter && renderer != "standard" {
		own = newPainted(m, s, mode)
		defer own.leave()
		m, options = own, append(options, tea.WithoutRenderer(), tea.WithOutput(io.Discard))
	} else {
		options = append(options, tea.WithOutput(foregroundOnly{s.Out}), tea.WithAltScreen())
	}
	g := newGuard(m)
	p := tea.NewProgram(g, options...)
	// Quit, not Kill: Kill closes the input while it is being read. Quit runs in the background,
	// because it goes through the event loop, which may be what has panicked.
	g.stop = func() { crash.Go(p.Quit, func(*crash.Crash) {}) }
	h := handlers{quit: p.Quit, suspend: func() { p.Send(StopAskedMsg{}) }, foreground: ours}
	if own != nil {
		h.retake = func() {
			p.Send(retakeMsg{})
			p.Send(resizedMsg{}) // a stopped program is not told of a new size
		}
		h.resized = func() { p.Send(resizedMsg{}) }
		h.leave, h.enter = own.leave, own.enter
	} else { // v1 does the rest itself
		h.retake = func() {
			_, _ = p.ReleaseTerminal(), p.RestoreTerminal()
			p.Send(RetakenMsg{})
		}
		h.resized, h.leave, h.enter = func() {}, func() {}, func() {}
	}
	ended := watched.start(h, mode)
	_, err := p.Run()
	signal := ended()
	last := g.inner
	if own != nil {
		last = own.model
	}
	switch crash := g.crashed.Load(); {
	case crash != nil:
		return last, crash
	case signal != 0:
		return last, &Signaled{Number: signal}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.EIO):
		return last, &Signaled{Number: hangup} // the terminal is closed, and its signal has not come yet
	}
	return last, err
}

const hangup = 1 // the number of SIGHUP
