package tui

import (
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui/clipboard"
	"gpupick/tui/feed"
)

// rig runs a model without Bubble Tea: it sends keys and runs commands at once.
type rig struct {
	t       *testing.T
	m       *Model
	source  *script
	openErr error
	now     time.Time
	copied  []string
	copies  clipboard.Outcome
	held    []tea.Cmd // commands that are not run yet, while hold is set
	hold    bool
	quit    bool
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// newRig returns a started rig of w×h cells whose source answers with steps.
func newRig(t *testing.T, w, h int, steps ...step) *rig {
	t.Helper()
	r := prepared(t, func(*Options) {}, steps...)
	r.start(w, h)
	return r
}

// prepared returns a rig that is not started yet; change may change its options.
func prepared(t *testing.T, change func(*Options), steps ...step) *rig {
	t.Helper()
	r := &rig{t: t, source: &script{steps: steps}, now: noon, copies: clipboard.Outcome{Copied: true, Say: "copied"}}
	opt := Options{
		Open: func() (feed.Source, error) {
			if r.openErr != nil {
				return nil, r.openErr
			}
			return r.source, nil
		},
		Keys:       keymap.Default(),
		Styles:     themed(t, "plain"),
		CanSuspend: func() bool { return false },
		Now:        func() time.Time { return r.now },
		Tick:       func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil },
		Copy: func(text string) clipboard.Outcome {
			r.copied = append(r.copied, text)
			return r.copies
		},
	}
	change(&opt)
	r.m = New(opt)
	return r
}

// themed returns the styles of a theme with a fixed color profile.
func themed(t testing.TB, name string) styles.Styles {
	t.Helper()
	theme, err := styles.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(termenv.TrueColor)
	renderer.SetHasDarkBackground(name != "light")
	return styles.New(renderer, theme)
}

func (r *rig) start(w, h int) {
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	r.run(r.m.Init())
}

// send sends a message. Before a key or a click, the user sees the current screen.
func (r *rig) send(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg:
		r.settle()
	}
	r.sendAtOnce(msg)
}

// settle draws the screen for the user and, if anything on it has just changed, lets
// settleTime pass.
func (r *rig) settle() {
	_ = r.m.View()
	for _, s := range []stamp{r.m.seen.table.chosen, r.m.seen.table.lines, r.m.seen.view.chosen, r.m.seen.view.lines,
		r.m.seen.body} {
		if !s.settled(r.now) {
			r.now = r.now.Add(settleTime)
			return
		}
	}
}

// sendAtOnce sends a message right after the one before, without drawing the screen in between.
func (r *rig) sendAtOnce(msg tea.Msg) {
	m, cmd := r.m.Update(msg)
	r.m = m.(*Model)
	r.run(cmd)
}

func (r *rig) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if r.hold {
		r.held = append(r.held, cmd)
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	case tea.QuitMsg:
		r.quit = true
	default:
		r.send(msg)
	}
}

// release runs the commands that were held.
func (r *rig) release() {
	r.hold = false
	for len(r.held) > 0 {
		next := r.held[0]
		r.held = r.held[1:]
		r.run(next)
	}
}

var namedKeys = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
	"right": tea.KeyRight, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp,
	"space": tea.KeySpace, "home": tea.KeyHome, "end": tea.KeyEnd, "ctrl+c": tea.KeyCtrlC, "ctrl+z": tea.KeyCtrlZ,
	"ctrl+u": tea.KeyCtrlU, "ctrl+d": tea.KeyCtrlD, "ctrl+f": tea.KeyCtrlF, "ctrl+b": tea.KeyCtrlB,
	"ctrl+p": tea.KeyCtrlP, "ctrl+n": tea.KeyCtrlN, "ctrl+a": tea.KeyCtrlA, "ctrl+e": tea.KeyCtrlE,
	"ctrl+w": tea.KeyCtrlW, "ctrl+k": tea.KeyCtrlK, "ctrl+j": tea.KeyCtrlJ, "ctrl+r": tea.KeyCtrlR,
	"ctrl+l": tea.KeyCtrlL, "backspace": tea.KeyBackspace, "tab": tea.KeyTab,
}

func init() {
	for n := range 20 {
		k := tea.KeyF1 - tea.KeyType(n)
		namedKeys[k.String()] = k
	}
}

// keys presses keys by name; "type:…" types letters, "paste:…" pastes.
func (r *rig) keys(names ...string) *rig { return r.pressed(r.send, names) }

// atOnce presses keys right after the message before, without drawing the screen in between.
func (r *rig) atOnce(names ...string) *rig { return r.pressed(r.sendAtOnce, names) }

func (r *rig) pressed(send func(tea.Msg), names []string) *rig {
	for _, name := range names {
		if name == "r" {
			r.now = r.now.Add(heldFor) // a person presses it again, and does not hold it
		}
		switch typed, isType := strings.CutPrefix(name, "type:"); {
		case isType:
			for _, c := range typed {
				k := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{c}}
				if c == ' ' {
					k.Type = tea.KeySpace
				}
				send(k)
			}
		case strings.HasPrefix(name, "paste:"):
			send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(strings.TrimPrefix(name, "paste:"))})
		default:
			if k, ok := namedKeys[name]; ok {
				msg := tea.KeyMsg{Type: k}
				if k == tea.KeySpace {
					msg.Runes = []rune{' '}
				}
				send(msg)
			} else {
				send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)})
			}
		}
	}
	return r
}

func (r *rig) id() string {
	if row := r.m.current(); !row.None() {
		return row.ID()
	}
	return ""
}

func (r *rig) picked() string {
	var ids []string
	for _, p := range r.m.Outcome().Picked {
		ids = append(ids, p.ID())
	}
	return strings.Join(ids, " ")
}

// sees fails unless the screen shows all of the texts.
func (r *rig) sees(texts ...string) *rig {
	r.t.Helper()
	view := plainText(r.m.View())
	for _, text := range texts {
		if !strings.Contains(view, text) {
			r.t.Errorf("the screen does not show %q:\n%s", text, view)
		}
	}
	return r
}

func (r *rig) seesNot(texts ...string) *rig {
	r.t.Helper()
	view := plainText(r.m.View())
	for _, text := range texts {
		if strings.Contains(view, text) {
			r.t.Errorf("the screen shows %q:\n%s", text, view)
		}
	}
	return r
}
