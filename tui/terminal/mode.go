package terminal

import "github.com/charmbracelet/x/term"

// mode is how a terminal takes keys: one by one (raw), or as it was found.
type mode struct {
	fd    uintptr
	found *term.State // nil: it is no terminal, or gone
}

func modeOf(s *Screen) *mode {
	found, _ := term.GetState(s.in.Fd())
	return &mode{s.in.Fd(), found}
}

// raw makes the terminal raw, if we are in its foreground. What it was found as stays what it is: after a
// stop it may have been left raw by us.
func (m *mode) raw() {
	if m.found != nil && foreground(m.fd) {
		_, _ = term.MakeRaw(m.fd)
	}
}

// restore makes it what it was found as. In the background it is somebody else's.
func (m *mode) restore() {
	if m.found != nil && foreground(m.fd) {
		_ = term.Restore(m.fd, m.found)
	}
}
