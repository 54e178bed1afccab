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

// jobControl are the signals that stop and continue it.
var jobControl = []os.Signal{syscall.SIGTSTP, syscall.SIGCONT}

// resizes are the signals of another size.
var resizes = []os.Signal{syscall.SIGWINCH}

// hasPainter says that frames can be painted here without Bubble Tea's help.
const hasPainter = true

func number(s os.Signal) int { return int(s.(syscall.Signal)) }

func isContinue(s os.Signal) bool { return s == syscall.SIGCONT }

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
// run by tea.Exec, which stops reading keys before and goes on after.
// The whole group is stopped, since the shell waits for all of it. SIGSTOP,
// since it cannot be lost, and since Go no longer stops on a SIGTSTP that was
// once listened to.
type Suspender struct{}

// settle is how long an ending signal may take to arrive that was sent together
// with the one to continue.
const settle = 30 * time.Millisecond

// Run stops and returns when resumed in the foreground. The kill may return
// before the stop takes hold, so it is the signal to continue that is waited
// for: raw mode taken back earlier would be undone by the shell. A program that
// is ended while it is stopped ends here: its terminal is somebody else's.
func (Suspender) Run() error {
	watched.do.leave()
	defer crash.Go(watched.do.resized, func(*crash.Crash) {}) // nobody tells one who is stopped
	defer watched.do.enter()
	watched.stopped.Store(true)
	defer watched.stopped.Store(false)
	select {
	case <-watched.resumed: // of an earlier stop
	default:
	}
	if err := syscall.Kill(0, syscall.SIGSTOP); err != nil {
		return err
	}
	<-watched.resumed
	time.Sleep(settle)
	untilForeground(watched.do.foreground) // a signal that ends the program ends it here, too
	if n := watched.got.Load(); n != 0 {
		os.Exit(128 + int(n))
	}
	return nil
}

// foreground reports whether the terminal behind fd is ours: whether it takes keys
// for our process group. In the background a write to it may stop us, and a change
// of its mode or a read from it does, so that nothing could end the program any more.
// A terminal that is not the controlling one has no foreground.
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
