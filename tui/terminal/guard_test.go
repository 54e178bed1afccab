package terminal

import (
	"strings"
	"testing"

	"gpupick/tui/crash"

	tea "github.com/charmbracelet/bubbletea"
)

type panics struct{ in string }

const secret = "rc_live_canary"

func (p panics) Init() tea.Cmd {
	if p.in == "init" {
		panic(secret)
	}
	return nil
}

func (p panics) Update(tea.Msg) (tea.Model, tea.Cmd) {
	switch p.in {
	case "update":
		panic(secret)
	case "command":
		return p, func() tea.Msg { panic(secret) }
	case "batch":
		ok := func() tea.Msg { return nil }
		return p, tea.Batch(ok, tea.Batch(ok, func() tea.Msg { panic(secret) }))
	case "background":
		return p, func() tea.Msg {
			caught := make(chan *crash.Crash, 1)
			crash.Go(func() { panic(secret) }, func(c *crash.Crash) { caught <- c })
			panic(<-caught)
		}
	}
	return p, nil
}

func (p panics) View() string {
	if p.in == "view" {
		panic(secret)
	}
	return "fine"
}

// run does what Bubble Tea does with a command.
func run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if batch, ok := cmd().(tea.BatchMsg); ok {
		for _, c := range batch {
			run(c)
		}
	}
}

func TestAnyPanicStopsTheProgram(t *testing.T) {
	for _, in := range []string{"init", "update", "view", "command", "batch", "background", ""} {
		g, stopped := newGuard(panics{in}), 0
		g.stop = func() { stopped++ }
		run(g.Init())
		m, cmd := g.Update(nil)
		run(cmd)
		if m != tea.Model(g) {
			t.Errorf("%q: Update lost the guard", in)
		}
		_ = g.View()
		crash := g.crashed.Load()
		if in == "" {
			if crash != nil || stopped != 0 || g.View() != "fine" {
				t.Errorf("no panic: %v", crash)
			}
			continue
		}
		if crash == nil || stopped == 0 || g.View() != "" {
			t.Fatalf("%q: %v, stopped %d", in, crash, stopped)
		}
		if s := crash.Error(); strings.Contains(s, secret) || !strings.Contains(s, "guard_test.go:") {
			t.Errorf("%q: %s", in, s)
		}
	}
}

func TestGoReportsAPanic(t *testing.T) {
	reported := make(chan *crash.Crash, 1)
	crash.Go(func() { panic(secret) }, func(c *crash.Crash) { reported <- c })
	if s := (<-reported).Error(); strings.Contains(s, secret) || !strings.Contains(s, "guard_test.go:") {
		t.Error(s)
	}
}

// A terminal that does not know its size is taken to be as COLUMNS and LINES say, or 80×24.
func TestFaultATerminalWithoutASize(t *testing.T) {
	type size struct{ w, h int }
	for _, c := range []struct {
		terminal       size
		columns, lines string
		want           size
	}{
		{size{120, 40}, "", "", size{120, 40}},
		{size{120, 40}, "60", "20", size{120, 40}},
		{size{0, 0}, "", "", size{80, 24}},
		{size{0, 24}, "", "", size{80, 24}},
		{size{100, 0}, "", "", size{100, 24}},
		{size{0, 0}, "132", "43", size{132, 43}},
		{size{0, 0}, "wide", "-1", size{80, 24}},
		{size{-1, 0}, "0", "99999999999999999999", size{80, 24}},
	} {
		env := map[string]string{"COLUMNS": c.columns, "LINES": c.lines}
		w, h := usable(c.terminal.w, c.terminal.h, func(name string) string { return env[name] })
		if (size{w, h}) != c.want {
			t.Errorf("%+v: %d×%d", c, w, h)
		}
	}
}
