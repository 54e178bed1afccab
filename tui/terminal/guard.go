package terminal

import (
	"os"
	"sync/atomic"

	"gpupick/tui/crash"

	tea "github.com/charmbracelet/bubbletea"
)

// guard wraps the model and its commands. A panic in Init, Update, View or a command ends the program
// cleanly, instead of printing the panic's value to standard output, where an id is expected.
type guard struct {
	inner   tea.Model
	crashed *atomic.Pointer[crash.Crash]
	stop    func() // ends the program
}

func newGuard(m tea.Model) *guard {
	return &guard{inner: m, crashed: &atomic.Pointer[crash.Crash]{}, stop: func() {}}
}

// recoverPanic is deferred in every call into the model. It records a panic and stops the program.
func (g *guard) recoverPanic(in string) {
	if r := recover(); r != nil {
		c, passedOn := r.(*crash.Crash) // caught in the background
		if !passedOn {
			c = &crash.Crash{Where: in + ", " + crash.Place()}
		}
		g.crashed.CompareAndSwap(nil, c)
		g.stop()
	}
}

func (g *guard) Init() tea.Cmd {
	defer g.recoverPanic("starting")
	return g.command(g.inner.Init())
}

func (g *guard) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g
	defer g.recoverPanic("updating")
	if size, is := msg.(tea.WindowSizeMsg); is {
		size.Width, size.Height = usable(size.Width, size.Height, os.Getenv)
		msg = size
	}
	g.inner, cmd = g.inner.Update(msg)
	return g, g.command(cmd)
}

func (g *guard) CanSkipFrame() bool {
	m, may := g.inner.(frameSkipper)
	return may && m.CanSkipFrame()
}

func (g *guard) View() string {
	if g.crashed.Load() != nil {
		return ""
	}
	defer g.recoverPanic("drawing")
	return g.inner.View()
}

// command guards a command, and the commands in a batch that it may return.
func (g *guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.recoverPanic("a command")
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.command(batch[i])
			}
		}
		return msg
	}
}
