package terminal

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"
)

// A Crash is a panic that was caught. It says where, and nothing of the data
// that was at hand.
type Crash struct{ Where string }

func (c *Crash) Error() string {
	return "gpupick has a defect and had to stop (" + c.Where + "); nothing was copied or rented"
}

// guard stands around the model: a panic in Init, Update, View or a command
// ends the program in order instead of printing its value on the standard
// output, where an id is expected. Every command goes through it.
type guard struct {
	inner tea.Model
	crash *atomic.Pointer[Crash]
	stop  func() // ends the program
}

func newGuard(m tea.Model) *guard {
	return &guard{inner: m, crash: &atomic.Pointer[Crash]{}, stop: func() {}}
}

// caught is deferred around everything of the model's that runs.
func (g *guard) caught(in string) {
	if r := recover(); r != nil {
		g.crash.CompareAndSwap(nil, &Crash{Where: in + ", " + panicPlace()})
		g.stop()
	}
}

func (g *guard) Init() tea.Cmd {
	defer g.caught("starting")
	return g.command(g.inner.Init())
}

func (g *guard) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g
	defer g.caught("updating")
	g.inner, cmd = g.inner.Update(msg)
	return g, g.command(cmd)
}

func (g *guard) Unseen() bool {
	m, may := g.inner.(unseen)
	return may && m.Unseen()
}

func (g *guard) View() string {
	if g.crash.Load() != nil {
		return ""
	}
	defer g.caught("drawing")
	return g.inner.View()
}

// command guards a command, and the commands in a batch that it may return.
func (g *guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.caught("a command")
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.command(batch[i])
			}
		}
		return msg
	}
}

// Go runs f beside the caller; apart from the demo's server, whose
// requests recover by themselves, it is the only go statement of the program. A
// panic in f is reported to crashed and goes no further: left alone it would
// end the process with the terminal still raw.
func Go(f func(), crashed func(*Crash)) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				crashed(&Crash{Where: "in the background, " + panicPlace()})
			}
		}()
		f()
	}()
}

// panicPlace is the innermost line of ours on the way to the panic.
func panicPlace() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicked := false
	for {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" {
			panicked = true
		} else if panicked && strings.HasPrefix(f.Function, "gpupick/") {
			file := f.File[strings.LastIndexByte(f.File, '/')+1:]
			return fmt.Sprintf("%s:%d", file, f.Line)
		}
		if !more {
			return "outside its own code"
		}
	}
}
