//go:build unix

package terminal

import (
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long the keyboard waits for the rest of a sequence. After it, a lone esc is the key.
const patience = 30 * time.Millisecond

// keyboard is the terminal that Bubble Tea reads. It is a file, which can be made raw and waited for,
// and its Read goes through the sieve.
type keyboard struct {
	*os.File
	sieve sieve
}

func newKeyboard(f *os.File) *keyboard { return &keyboard{File: f} }

// Read never fills p: v1 reads a full buffer as a sign that more will come, and holds back the last
// keys. No complete key stays in the sieve, because v1 waits on the file and would not notice the key.
func (k *keyboard) Read(p []byte) (int, error) {
	waitForForeground(func() bool { return foreground(k.Fd()) }) // in the background the keys belong to the shell
	room := len(p) - 1 - len(k.sieve.pending)
	if room < 1 {
		return 0, io.ErrShortBuffer
	}
	n, err := k.File.Read(p[:room])
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // the terminal is closed; v1 would continue without keys
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
