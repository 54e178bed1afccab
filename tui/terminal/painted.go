package terminal

import (
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"gpupick/tui/terminal/paint"
)

// most is how often frames are painted at most. What happens after a lull is
// painted at once; in a burst of keys or of pages only what is still true at the
// end of this time.
const most = 8 * time.Millisecond

// painted is the model, and its frames on the terminal. It draws them itself,
// in Bubble Tea's event loop: the renderer of v1 draws on a ticker, whole lines,
// and builds a View for every message. What it shows to Bubble Tea is nothing.
type painted struct {
	model   tea.Model
	out     io.Writer
	size    func() (width, height int, err error)
	mode    *mode
	now     func() time.Time
	after   func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd // tea.Tick
	painter paint.Painter

	width, height int
	stale         bool      // the model has been told something since it was painted
	last          time.Time // the end of the last painting
	waiting       bool      // a frameMsg is on its way
	mouse         bool
	begin         string // written in front of the next frame
	entered       bool
}

func newPainted(m tea.Model, s *Screen, mode *mode) *painted {
	return &painted{
		model: m,
		out:   s.Writer(),
		size:  func() (int, int, error) { return term.GetSize(s.Out.Fd()) },
		mode:  mode,
		now:   time.Now,
		after: tea.Tick,
	}
}

// frameSkipper is a model that can say that what it was told last need not be shown: there
// will be a next message to show it with.
type frameSkipper interface{ CanSkipFrame() bool }

type (
	frameMsg   struct{} // it is time for the next frame
	resizedMsg struct{} // the terminal may have another size
	retakeMsg  struct{} // take the terminal back, which somebody else has had
)

const (
	enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?2004h" // the alternate screen, no cursor, pastes are marked
	leaveScreen = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
	enterMouse  = "\x1b[?1002h\x1b[?1006h"
	leaveMouse  = "\x1b[?1006l\x1b[?1002l"
)

// Init tells the model its size before anything else, so that the first frame
// is a whole one.
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
		return p, p.soon()
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
		p.mouse, p.begin = true, p.begin+enterMouse
	case tea.DisableMouse():
		p.mouse, p.begin = false, p.begin+leaveMouse
	}
	var cmd tea.Cmd
	p.model, cmd = p.model.Update(msg)
	if m, may := p.model.(frameSkipper); !may || !m.CanSkipFrame() {
		p.stale = true
	}
	return p, tea.Batch(cmd, p.soon())
}

// wait is how long the next frame has to wait.
func (p *painted) wait() time.Duration { return p.last.Add(most).Sub(p.now()) }

// soon comes back when it is time for the next frame, if there is one and it is
// not time yet.
func (p *painted) soon() tea.Cmd {
	wait := p.wait()
	if !p.stale || p.waiting || wait <= 0 {
		return nil
	}
	p.waiting = true
	return p.after(wait, func(time.Time) tea.Msg { return frameMsg{} })
}

// View paints, if there is something to paint and it is time.
func (p *painted) View() string {
	if !p.stale || p.wait() > 0 {
		return ""
	}
	p.stale = false
	if frame := p.model.View(); frame != "" { // a model that ends draws nothing
		p.write(string(p.painter.Frame(frame, p.width, p.height)))
	}
	p.last = p.now()
	return ""
}

// write writes in one piece. Nobody can be told that a terminal takes nothing.
func (p *painted) write(s string) {
	if s = p.begin + s; s != "" {
		p.begin = ""
		_, _ = io.WriteString(p.out, s)
	}
}

// enter takes the terminal; what is on it is unknown.
func (p *painted) enter() {
	p.mode.raw()
	p.begin, p.entered, p.stale = enterScreen, true, true
	if p.mouse {
		p.begin += enterMouse
	}
	p.painter.Forget()
	p.last = time.Time{}
}

// leave gives the terminal back as it was found.
func (p *painted) leave() {
	if !p.entered {
		return
	}
	p.entered, p.begin = false, ""
	end := leaveScreen
	if p.mouse {
		end = leaveMouse + leaveScreen
	}
	p.write(end)
	p.mode.restore()
}
