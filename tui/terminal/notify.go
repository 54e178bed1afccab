package terminal

import (
	"io"
	"strings"
	"unicode"

	"gpupick/tui/environ"

	"github.com/charmbracelet/x/ansi"
)

// Notifier calls a person who is looking elsewhere: it rings the bell and sends
// the terminal a notification.
type Notifier struct {
	Out     io.Writer // the program's only output; a notification is one write
	Environ environ.Vars
}

// Notify sends a title and a text. Nobody confirms it; it fails if the terminal
// takes no output.
func (n Notifier) Notify(title, text string) error {
	_, err := io.WriteString(n.Out, "\a"+n.sequence(harmless(title), harmless(text)))
	return err
}

// notifyMost is the longest text of a notification, in characters.
const notifyMost = 200

// harmless is a text that cannot end a sequence or begin another; a semicolon
// would begin the next of its parts.
func harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == ';':
			return ','
		case unicode.IsControl(r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > notifyMost {
		s = string(r[:notifyMost])
	}
	return s
}

// sequence is OSC 777 for the terminals that know only that, else OSC 9, and
// passed on by tmux and screen.
func (n Notifier) sequence(title, text string) string {
	s := ansi.Notify(title + ": " + text)
	if term := n.Environ.Getenv("TERM"); strings.HasPrefix(term, "rxvt") || strings.HasPrefix(term, "foot") ||
		n.Environ.Getenv("VTE_VERSION") != "" {
		s = ansi.URxvtExt("notify", title, text)
	}
	switch {
	case n.Environ.Getenv("TMUX") != "":
		return ansi.TmuxPassthrough(s)
	case n.Environ.Getenv("STY") != "":
		return ansi.ScreenPassthrough(s, 0)
	}
	return s
}
