package terminal

import "github.com/charmbracelet/x/term"

// mode switches a terminal between raw mode, in which keys arrive one by one, and its original mode.
type mode struct {
	fd       uintptr
	original *term.State // the original mode; nil if fd is not a terminal or is closed
}

func modeOf(s *Screen) *mode {
	found, _ := term.GetState(s.in.Fd())
	return &mode{s.in.Fd(), found}
}

// raw makes the terminal raw if gpupick is in its foreground. It does not update the original mode,
// because after a stop the terminal may still be raw.
func (m *mode) raw() {
	if m.original != nil && foreground(m.fd) {
		_, _ = term.MakeRaw(m.fd)
	}
}

// restore returns the terminal to its original mode. In the background the terminal belongs to another program.
func (m *mode) restore() {
	if m.original != nil && foreground(m.fd) {
		_ = term.Restore(m.fd, m.original)
	}
}
