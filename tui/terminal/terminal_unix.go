//go:build unix

package terminal

import (
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Open finds the terminal: stdout if it is one, else the controlling terminal,
// opened once for both ways. Keys come from stdin only if both are terminals.
func Open(stdin, stdout *os.File) (*Screen, error) {
	if IsTerminal(stdout) && IsTerminal(stdin) {
		return &Screen{Out: stdout, in: stdin, close: func() {}}, nil
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return nil, ErrNone
	}
	s := &Screen{Out: tty, in: tty, close: func() { _ = tty.Close() }}
	if IsTerminal(stdout) {
		s.Out = stdout
	}
	return s, nil
}

// IsTerminal reports whether f is a terminal.
func IsTerminal(f *os.File) bool { return f != nil && term.IsTerminal(f.Fd()) }

func input(f *os.File) io.Reader { return newKeyboard(f) }

// endings are the signals that end the program.
var endings = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

func number(s os.Signal) int { return int(s.(syscall.Signal)) }

// CanSuspend reports whether somebody could resume us: not where our process
// group is the session leader's, as in `docker run -it`, `ssh -t host gpupick`
// or id=$(gpupick), and not where our parent is in another session.
func CanSuspend() bool {
	session, err := unix.Getsid(0)
	if err != nil || unix.Getpgrp() == session {
		return false
	}
	parents, err := unix.Getsid(unix.Getppid())
	return err == nil && parents == session
}

// Suspender stops the process group, and returns when it is continued. It is
// run by tea.Exec, which leaves the terminal before and takes it back after.
// The whole group is stopped, since the shell waits for all of it. SIGSTOP,
// since it cannot be lost.
type Suspender struct{}

// Run stops and returns when resumed. The kill may return before the stop takes
// hold, so it is the signal to continue that is waited for: raw mode taken back
// earlier would be undone by the shell.
func (Suspender) Run() error {
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	if err := syscall.Kill(0, syscall.SIGSTOP); err != nil {
		return err
	}
	<-resumed
	return nil
}

// SetStdin does nothing.
func (Suspender) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (Suspender) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (Suspender) SetStderr(io.Writer) {}
