//go:build unix

package terminal

import (
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long the rest of a sequence may take to arrive; a lone esc is
// the key after it.
const patience = 30 * time.Millisecond

// keyboard is the terminal as Bubble Tea reads it: a file, so that it can be
// made raw and waited for, whose Read goes through the sieve.
type keyboard struct {
	*os.File
	sieve sieve
}

func newKeyboard(f *os.File) *keyboard { return &keyboard{File: f} }

// Read never fills p: v1 takes a full buffer for a sign that more will come,
// and keeps the last keys back. Nothing whole stays behind in the sieve, because
// v1 waits on the file and would not know of it.
func (k *keyboard) Read(p []byte) (int, error) {
	untilForeground(func() bool { return foreground(k.Fd()) }) // else the keys are the shell's
	room := len(p) - 1 - len(k.sieve.pending)
	if room < 1 {
		return 0, io.ErrShortBuffer
	}
	n, err := k.File.Read(p[:room])
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // the terminal is gone; v1 would go on without keys
	}
	if err != nil {
		return 0, err
	}
	out := k.sieve.sift(p[:n])
	for k.sieve.waiting() && len(out) == 0 {
		if !k.more() {
			out = append(out, k.sieve.giveUp()...)
			break
		}
		room = len(p) - 1 - len(k.sieve.pending)
		if n, err = k.File.Read(p[:room]); err != nil {
			return 0, err
		}
		out = append(out, k.sieve.sift(p[:n])...)
	}
	if k.sieve.waiting() && len(out) > 0 && !k.more() {
		out = append(out, k.sieve.giveUp()...)
	}
	return copy(p, out), nil
}

// more reports whether bytes arrive within patience.
func (k *keyboard) more() bool {
	fds := []unix.PollFd{{Fd: int32(k.Fd()), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(fds, int(patience.Milliseconds()))
		if err == unix.EINTR {
			continue
		}
		return err == nil && n > 0
	}
}
