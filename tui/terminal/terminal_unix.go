//go:build unix

package terminal

import (
	"io"
	"os"
	"syscall"
	"time"

	"gpupick/tui/crash"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Open finds the terminal: stdout if it is one, otherwise the controlling terminal, opened once for
// reading and writing. Keys come from stdin only if stdin and stdout are both terminals.
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

// coreDumps are the signals at which the runtime would print all stacks.
var coreDumps = []os.Signal{syscall.SIGQUIT}

// endings are the signals that end the program.
var endings = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// jobControl are the signals that stop and continue it.
var jobControl = []os.Signal{syscall.SIGTSTP, syscall.SIGCONT}

// resizes are the signals that say that the terminal's size has changed.
var resizes = []os.Signal{syscall.SIGWINCH}

// hasPainter says that frames can be painted here without Bubble Tea's help.
const hasPainter = true

func number(s os.Signal) int { return int(s.(syscall.Signal)) }

func isContinue(s os.Signal) bool { return s == syscall.SIGCONT }

// CanSuspend reports whether a shell could resume gpupick. None could if gpupick's process group is the
// session leader's, as in `docker run -it`, `ssh -t host gpupick` or id=$(gpupick), or if its parent is
// in another session.
func CanSuspend() bool {
	session, err := unix.Getsid(0)
	if err != nil || unix.Getpgrp() == session {
		return false
	}
	parents, err := unix.Getsid(unix.Getppid())
	return err == nil && parents == session
}

// Suspender stops the process group, and returns when it is continued. tea.Exec runs it, and reads no
// keys meanwhile. It stops the whole group, because the shell waits for all of it. It sends SIGSTOP,
// because that cannot be lost, and because Go no longer stops on SIGTSTP once a program has listened
// for it.
type Suspender struct{}

// signalGrace is how long to wait for an ending signal that was sent together with the signal to continue.
const signalGrace = 30 * time.Millisecond

// Run stops the program, and returns when it is resumed in the foreground. Kill may return before the
// stop takes effect, so Run waits for the signal to continue: the shell would undo raw mode set
// earlier. A program that a signal ends while it is stopped exits here, because another program owns
// the terminal.
func (Suspender) Run() error {
	watched.actions.leave()
	defer crash.Go(watched.actions.resized, func(*crash.Crash) {}) // a stopped program is not told of a new size
	defer watched.actions.enter()
	watched.stopped.Store(true)
	defer watched.stopped.Store(false)
	select {
	case <-watched.resumed: // left over from an earlier stop
	default:
	}
	if err := syscall.Kill(0, syscall.SIGSTOP); err != nil {
		return err
	}
	<-watched.resumed
	time.Sleep(signalGrace)
	waitForForeground(watched.actions.foreground) // a signal that ends the program also ends this wait
	if n := watched.endSignal.Load(); n != 0 {
		os.Exit(128 + int(n))
	}
	return nil
}

// foreground reports whether the terminal at fd is ours: whether its keys go to our process group. In
// the background, a write to it may stop the process, and a read or a change of its mode does; then
// nothing could end the program any more. A terminal that is not the controlling one has no foreground,
// and counts as ours.
func foreground(fd uintptr) bool {
	group, err := unix.IoctlGetInt(int(fd), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}

// SetStdin does nothing.
func (Suspender) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (Suspender) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (Suspender) SetStderr(io.Writer) {}
