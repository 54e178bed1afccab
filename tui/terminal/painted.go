package terminal

import (
	"io"
	"os"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"gpupick/tui/terminal/paint"
)

// frameInterval is the shortest time between two frames. A change after a pause is painted at once; of a burst
// of keys or pages only the state at the end of this time is painted.
const frameInterval = 8 * time.Millisecond

// painted wraps the model and paints its frames itself, in Bubble Tea's event loop. The renderer of v1
// draws whole lines on a ticker, and builds a View for every message. The View of painted itself is
// empty.
type painted struct {
	model   tea.Model
	out     io.Writer
	size    func() (width, height int, err error)
	mode    *mode
	now     func() time.Time
	after   func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd // tea.Tick
	painter paint.Painter

	width, height int
	stale         bool      // the model has received a message since the last frame
	last          time.Time // when the last frame was finished
	waiting       bool      // a frameMsg is on its way
	mouse         bool
	prefix        string // sequences to write before the next frame
	entered       bool
}

func newPainted(m tea.Model, s *Screen, mode *mode) *painted {
	return &painted{
		model: m,
		out:   s.Writer(),
		size: func() (int, int, error) {
			w, h, err := term.GetSize(s.Out.Fd())
			w, h = usable(w, h, os.Getenv)
			return w, h, err
		},
		mode:  mode,
		now:   time.Now,
		after: tea.Tick,
	}
}

// frameSkipper is a model that can say that its last change need not be painted yet, because another
// message will follow.
type frameSkipper interface{ CanSkipFrame() bool }

type (
	frameMsg   struct{} // it is time for the next frame
	resizedMsg struct{} // the terminal may have another size
	retakeMsg  struct{} // take the terminal back from another program
)

const (
	enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?2004h" // alternate screen, hidden cursor, bracketed paste
	leaveScreen = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
	enterMouse  = "\x1b[?1002h\x1b[?1006h"
	leaveMouse  = "\x1b[?1006l\x1b[?1002l"
)

// usable returns a terminal's size, and in place of a part that the terminal does not know, which is 0, that of COLUMNS
// and LINES or of 80×24.
func usable(width, height int, getenv func(string) string) (int, int) {
	known := func(n int, name string, otherwise int) int {
		if n > 0 {
			return n
		}
		if n, err := strconv.Atoi(getenv(name)); err == nil && n > 0 && n <= 1000 {
			return n
		}
		return otherwise
	}
	return known(width, "COLUMNS", 80), known(height, "LINES", 24)
}

// Width returns the number of columns of the terminal f, and whether f is one.
func Width(f *os.File, getenv func(string) string) (columns int, is bool) {
	if !IsTerminal(f) {
		return 0, false
	}
	w, h, err := term.GetSize(f.Fd())
	w, _ = usable(w, h, getenv)
	return w, err == nil
}

// Init sends the model its size before any other message, so that the first frame is complete.
func (p *painted) Init() tea.Cmd {
	p.enter()
	first := p.model.Init()
	_, sized := p.Update(resizedMsg{})
	return tea.Batch(first, sized)
}

func (p *painted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case frameMsg:
		p.waiting = false
		return p, p.scheduleFrame()
	case resizedMsg:
		w, h, err := p.size()
		if err != nil || w == p.width && h == p.height {
			return p, nil
		}
		p.width, p.height = w, h
		msg = tea.WindowSizeMsg{Width: w, Height: h}
	case retakeMsg:
		p.enter()
		msg = RetakenMsg{}
	}
	switch msg {
	case tea.EnableMouseCellMotion():
		p.mouse, p.prefix = true, p.prefix+enterMouse
	case tea.DisableMouse():
		p.mouse, p.prefix = false, p.prefix+leaveMouse
	}
	var cmd tea.Cmd
	p.model, cmd = p.model.Update(msg)
	if m, may := p.model.(frameSkipper); !may || !m.CanSkipFrame() {
		p.stale = true
	}
	return p, tea.Batch(cmd, p.scheduleFrame())
}

// wait returns how long the next frame has to wait.
func (p *painted) wait() time.Duration { return p.last.Add(frameInterval).Sub(p.now()) }

// scheduleFrame schedules a frameMsg for the next frame, unless nothing has changed, a frameMsg is on its way
// already, or View can paint at once.
func (p *painted) scheduleFrame() tea.Cmd {
	wait := p.wait()
	if !p.stale || p.waiting || wait <= 0 {
		return nil
	}
	p.waiting = true
	return p.after(wait, func(time.Time) tea.Msg { return frameMsg{} })
}

// View paints a frame if the model has changed and it is time for the next frame.
func (p *painted) View() string {
	if !p.stale || p.wait() > 0 {
		return ""
	}
	p.stale = false
	frame := p.model.View() // empty if the model quits
	if frame != "" && p.write(string(p.painter.Frame(frame, p.width, p.height))) {
		p.last = p.now() // a frame in which nothing is new delays no other one
	}
	return ""
}

// write writes s in a single write, and reports whether there is anything to write. It ignores errors, because no
// output is left to report them on.
func (p *painted) write(s string) bool {
	if s = p.prefix + s; s == "" {
		return false
	}
	p.prefix = ""
	_, _ = io.WriteString(p.out, s)
	return true
}

// enter takes the terminal. What the screen shows is unknown.
func (p *painted) enter() {
	p.mode.raw()
	p.prefix, p.entered, p.stale = enterScreen, true, true
	if p.mouse {
		p.prefix += enterMouse
	}
	p.painter.Forget()
	p.last = time.Time{}
}

// leave gives the terminal back as it was found.
func (p *painted) leave() {
	if !p.entered {
		return
	}
	p.entered, p.prefix = false, ""
	end := leaveScreen
	if p.mouse {
		end = leaveMouse + leaveScreen
	}
	p.write(end)
	p.mode.restore()
}
