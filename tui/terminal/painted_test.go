package terminal

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/vt"
)

// counter is a model that shows how many keys it got, on every line.
type counter struct {
	keys, views   *int
	width, height int
	quitting      bool
	unseen        bool
}

func (c counter) Init() tea.Cmd { return nil }

func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.width, c.height = msg.Width, msg.Height
	case tea.KeyMsg:
		*c.keys++
	case tea.QuitMsg:
		c.quitting = true
	}
	_, c.unseen = msg.(hiddenMsg)
	return c, nil
}

// hiddenMsg is a message that needs no frame.
type hiddenMsg struct{}

func (c counter) CanSkipFrame() bool { return c.unseen }

func (c counter) View() string {
	*c.views++
	if c.quitting {
		return ""
	}
	return strings.TrimSuffix(strings.Repeat(fmt.Sprintf("key %d\n", *c.keys), c.height), "\n")
}

// stage is a painted counter on an emulated terminal, with its own clock.
type stage struct {
	*painted
	emu    *vt.Emulator
	writes int
	now    time.Time
	due    []time.Time // when each scheduled frameMsg is due
	shown  counter
}

func (s *stage) Write(b []byte) (int, error) { s.writes++; return s.emu.Write(b) }

func newStage() *stage {
	s := &stage{emu: vt.NewEmulator(20, 3), now: time.Unix(1e9, 0), shown: counter{keys: new(int), views: new(int)}}
	s.painted = &painted{
		model: s.shown,
		out:   s,
		mode:  &mode{},
		size:  func() (int, int, error) { return s.emu.Width(), s.emu.Height(), nil },
		now:   func() time.Time { return s.now },
		after: func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
			s.due = append(s.due, s.now.Add(d))
			return nil
		},
	}
	s.Init()
	s.painted.View()
	return s
}

// tell does what Bubble Tea's event loop does with a message.
func (s *stage) tell(msg tea.Msg) {
	s.painted.Update(msg)
	if s.painted.View() != "" {
		panic("Bubble Tea is shown something")
	}
}

// pass advances the clock, and sends the frameMsgs that are due.
func (s *stage) pass(d time.Duration) {
	until := s.now.Add(d)
	for len(s.due) > 0 && !s.due[0].After(until) {
		s.now = s.due[0]
		s.due = s.due[1:]
		s.tell(frameMsg{})
	}
	s.now = until
}

func (s *stage) shows(t *testing.T, what string) {
	t.Helper()
	if got := s.emu.String(); strings.Count(got, what) != s.emu.Height() {
		t.Errorf("the screen shows %q, want %q", got, what)
	}
}

func TestABurstOfKeysSharesAFrame(t *testing.T) {
	s := newStage()
	s.shows(t, "key 0") // complete at once: the model got its size first
	if *s.shown.views != 1 || s.writes != 1 {
		t.Errorf("%d views and %d writes for the first frame", *s.shown.views, s.writes)
	}
	s.pass(time.Second)
	s.tell(tea.KeyMsg{})
	s.shows(t, "key 1")
	for range 100 { // a burst
		s.pass(frameInterval / 200)
		s.tell(tea.KeyMsg{})
	}
	s.shows(t, "key 1")
	if *s.shown.views != 2 {
		t.Errorf("%d views were built for 2 frames", *s.shown.views)
	}
	s.pass(frameInterval)
	s.shows(t, "key 101")
	if *s.shown.views != 3 || s.writes != 3 || len(s.due) > 0 {
		t.Errorf("%d views, %d writes, %d frames to come", *s.shown.views, s.writes, len(s.due))
	}
	s.pass(time.Hour)
	s.tell(frameMsg{})
	if *s.shown.views != 3 {
		t.Error("a frame was built of which nothing is new")
	}
}

// TestSkippedFrames checks that a skipped change costs no frame, and is shown with the next one.
func TestSkippedFrames(t *testing.T) {
	s := newStage()
	s.pass(time.Second)
	s.tell(tea.KeyMsg{})
	*s.shown.keys += 10 // the skipped change
	for range 5 {
		s.pass(time.Second)
		s.tell(hiddenMsg{})
	}
	s.shows(t, "key 1")
	if *s.shown.views != 2 || s.writes != 2 || len(s.due) > 0 {
		t.Errorf("%d views, %d writes, %d frames to come", *s.shown.views, s.writes, len(s.due))
	}
	s.tell(tea.KeyMsg{})
	s.shows(t, "key 12")
	g := newGuard(counter{keys: new(int), views: new(int)})
	g.Update(hiddenMsg{})
	if !g.CanSkipFrame() {
		t.Error("the guard does not pass it on")
	}
}

// TestTheLastStateIsPainted checks that after any messages the screen soon shows the last state, and
// that two frames are never closer together than most.
func TestTheLastStateIsPainted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s := newStage()
	for range 5000 {
		writes, before := s.writes, s.painted.last
		switch r.IntN(5) {
		case 0:
			s.pass(time.Duration(r.IntN(30)) * time.Millisecond)
		case 1:
			s.emu.Resize(10+r.IntN(20), 1+r.IntN(5))
			s.tell(resizedMsg{})
		default:
			s.tell(tea.KeyMsg{})
		}
		if s.writes == writes+1 && s.painted.last.Sub(before) < frameInterval {
			t.Fatalf("two frames within %v", s.painted.last.Sub(before))
		}
		if r.IntN(20) == 0 {
			s.pass(frameInterval)
			s.shows(t, fmt.Sprintf("key %d", *s.shown.keys))
		}
		if len(s.due) > 1 {
			t.Fatal("more than one frame is on its way")
		}
	}
}

// TestEnteringAndLeavingTheTerminal checks that leave undoes enter once, including the mouse, and that
// everything is painted again after another program has used the terminal.
func TestEnteringAndLeavingTheTerminal(t *testing.T) {
	s := newStage()
	s.tell(tea.EnableMouseCellMotion())
	s.pass(frameInterval)
	var raw strings.Builder
	s.painted.out = &raw
	s.leave()
	s.leave()
	if want := leaveMouse + leaveScreen; raw.String() != want {
		t.Errorf("left with %q, want %q once", raw.String(), want)
	}
	raw.Reset()
	s.pass(time.Second)
	s.painted.Update(frameMsg{})
	s.enter()
	s.painted.View()
	if got := raw.String(); !strings.HasPrefix(got, enterScreen+enterMouse) || strings.Count(got, "key 0") != 3 {
		t.Errorf("taken again with %q", got)
	}
	raw.Reset()
	s.pass(time.Second)
	s.tell(retakeMsg{}) // after a stop from outside
	if got := raw.String(); !strings.HasPrefix(got, enterScreen+enterMouse) || strings.Count(got, "key 0") != 3 {
		t.Errorf("taken back with %q", got)
	}
	raw.Reset()
	s.pass(time.Second)
	s.tell(tea.DisableMouse())
	if got := raw.String(); got != leaveMouse {
		t.Errorf("the mouse is given back with %q", got)
	}
	s.tell(tea.QuitMsg{})
	s.pass(time.Second)
	raw.Reset()
	s.leave()
	if got := raw.String(); got != leaveScreen {
		t.Errorf("left with %q", got)
	}
}
