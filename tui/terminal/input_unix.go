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

// pastePatience is how long the keyboard waits for the rest of a paste. After it, the paste is over, so that a lost end
// does not take the keyboard away.
const pastePatience = time.Second

const ctrlC = 0x03

// Read never fills p: v1 reads a full buffer as a sign that more will come, and holds back the last
// keys. No complete key stays in the sieve, because v1 waits on the file and would not notice the key.
func (k *keyboard) Read(p []byte) (int, error) {
	waitForForeground(func() bool { return foreground(k.Fd()) }) // in the background the keys belong to the shell
	var out []byte
	for first := true; ; first = false {
		room := k.room(len(p) - 1 - len(out))
		switch wait := k.wait(); {
		case !first && (wait == 0 || room < 1):
			return copy(p, out), nil
		case room < 1:
			return 0, io.ErrShortBuffer
		case !first && !k.more(wait):
			return copy(p, append(out, k.sieve.giveUp()...)), nil
		}
		in := make([]byte, room)
		n, err := k.File.Read(in)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF // the terminal is closed; v1 would continue without keys
		}
		if err != nil || n == 0 {
			return copy(p, out), err
		}
		out = append(out, k.sieve.sift(in[:n-1])...)
		if k.sieve.pasting && in[n-1] == ctrlC && !k.more(patience) { // no part of the paste: nothing follows it
			out = append(out, k.sieve.giveUp()...)
		}
		out = append(out, k.sieve.sift(in[n-1:n])...)
	}
}

// room returns how many bytes may be read so that what the sieve makes of them, and the end of a paste, fits
// into most.
func (k *keyboard) room(most int) int {
	room := most - len(pasteEnd)
	if !k.sieve.pasting {
		room /= growth
	}
	return room - len(k.sieve.pending)
}

// wait returns how long to wait for more bytes, 0 if what has been read is complete.
func (k *keyboard) wait() time.Duration {
	switch {
	case k.sieve.pasting:
		return pastePatience
	case k.sieve.waiting():
		return patience
	}
	return 0
}

// more reports whether bytes arrive in time.
func (k *keyboard) more(within time.Duration) bool {
	fds := []unix.PollFd{{Fd: int32(k.Fd()), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(fds, int(within.Milliseconds()))
		if err == unix.EINTR {
			continue
		}
		return err == nil && n > 0
	}
}
