//go:build unix

package terminal

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/creack/pty"
	"go.uber.org/goleak"

	_ "gpupick/tui/terminal/quiet"
)

// TestMain is also the program that panics: with PANIC_IN set it shows a model
// on the terminal, as gpupick does.
func TestMain(m *testing.M) {
	in := os.Getenv("PANIC_IN")
	if in == "" {
		goleak.VerifyTestMain(m)
	}
	screen, err := Open(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(9)
	}
	if _, err := Run(context.Background(), delayedPanics{panics{in}, 0}, screen, os.Getenv("RENDERER")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// delayedPanics wraps panics: except in Init, it panics only once the program runs.
type delayedPanics struct {
	panics
	messages int
}

func (l delayedPanics) Init() tea.Cmd {
	if l.in == "init" {
		return l.panics.Init()
	}
	return func() tea.Msg { return "go on" }
}

func (l delayedPanics) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	l.messages++
	if msg != "go on" {
		return l, nil
	}
	_, cmd := l.panics.Update(msg)
	return l, cmd
}

func (l delayedPanics) View() string {
	if l.messages > 0 {
		return l.panics.View()
	}
	return "fine"
}

func TestFaultPanics(t *testing.T) {
	for i, in := range []string{"init", "update", "view", "command", "batch", "init", "update", "view", "command",
		"batch"} {
		renderer := Renderers[i/5]
		t.Run(in+" "+renderer, func(t *testing.T) {
			tty, theirs, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _, _ = tty.Close(), theirs.Close() }()
			stdout := filepath.Join(t.TempDir(), "stdout")
			out, err := os.Create(stdout)
			if err != nil {
				t.Fatal(err)
			}
			var errOut bytes.Buffer
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "PANIC_IN="+in, "RENDERER="+renderer, "TERM=xterm-256color")
			cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, out, &errOut
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
			before := stateOf(t, theirs)
			var drawn bytes.Buffer
			go func() { _, _ = drawn.ReadFrom(tty) }() // otherwise the output would fill the terminal's buffer
			if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("%v; %s", err, errOut.String())
			}
			if after := stateOf(t, theirs); after != before {
				t.Errorf("the terminal's mode was changed: %s, before %s", after, before)
			}
			body, err := os.ReadFile(stdout)
			if err != nil || len(body) > 0 {
				t.Errorf("stdout has %q, %v", body, err)
			}
			if said := errOut.String(); strings.Count(said, "\n") != 1 || strings.Contains(said, secret) ||
				!strings.Contains(said, "defect") {
				t.Errorf("stderr has %q", said)
			}
		})
	}
}

// stateOf returns the terminal's mode as stty prints it.
func stateOf(t *testing.T, tty *os.File) string {
	t.Helper()
	cmd := exec.Command("stty", "-g")
	cmd.Stdin = tty
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
