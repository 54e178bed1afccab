// Package terminal is everything between the model and the terminal: finding
// it, reading keys from it, leaving it as it was found, however the program
// ends.
//
// Bubble Tea v1 does part of this, and this package makes good what it does not:
// panics (guard.go), answers of the terminal that it would take for typing
// (input.go), signals other than INT and TERM, their exit status and a terminal
// that takes no output (signals.go), suspending where nobody could resume us (a
// file per operating system), and the question that it asks before main (package
// quiet).
package terminal

import (
	"context"
	"errors"
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// ErrNone says that there is no terminal to draw on.
var ErrNone = errors.New("no terminal")

// A Signalled is an end by a signal.
type Signalled struct{ Number int }

func (s *Signalled) Error() string { return "ended by a signal" }

// Screen is the terminal that is drawn on and read from.
type Screen struct {
	Out   *os.File
	in    *os.File
	close func()
}

// Writer is where the program's sequences go; the clipboard writes there too.
func (s *Screen) Writer() io.Writer { return s.Out }

// Close gives back what Open has opened.
func (s *Screen) Close() { s.close() }

// Run shows the model until it quits, and leaves the terminal as it was found.
// It returns the last model, and a *Crash after a panic, a *Signalled after a
// signal, or what else ended the program.
func Run(ctx context.Context, m tea.Model, s *Screen) (tea.Model, error) {
	g := newGuard(m)
	p := tea.NewProgram(g,
		tea.WithContext(ctx),
		tea.WithInput(input(s.in)),
		tea.WithOutput(s.Out),
		tea.WithAltScreen(),
		tea.WithoutSignalHandler(), // handles two signals, and exits as if nothing had been
	)
	// Quit, not Kill: Kill closes the input under the reader's hands. It goes
	// through the event loop, which may be where the panic was.
	g.stop = func() { Go(p.Quit, func(*Crash) {}) }
	ended := watched.start(handlers{
		quit:    p.Quit,
		suspend: func() { p.Send(StopAskedMsg{}) },
		retake: func() {
			_, _ = p.ReleaseTerminal(), p.RestoreTerminal()
			p.Send(RetakenMsg{})
		},
	}, s)
	_, err := p.Run()
	signal := ended()
	switch crash := g.crash.Load(); {
	case crash != nil:
		return g.inner, crash
	case signal != 0:
		return g.inner, &Signalled{Number: signal}
	}
	return g.inner, err
}
