package terminal

import (
	"io"
	"strings"
	"unicode"

	"gpupick/tui/environ"

	"github.com/charmbracelet/x/ansi"
)

// Notifier alerts a user who is looking elsewhere: it rings the bell and sends the terminal a notification.
type Notifier struct {
	Out     io.Writer // the program's only output; a notification is one write
	Environ environ.Vars
}

// Notify sends a title and a text. Terminals do not confirm them; Notify fails only if the terminal
// takes no output.
func (n Notifier) Notify(title, text string) error {
	_, err := io.WriteString(n.Out, "\a"+n.sequence(harmless(title), harmless(text)))
	return err
}

// notifyMost is the maximum length of a notification's title, and of its text, in characters.
const notifyMost = 200

// harmless returns s without the characters that could end a sequence or begin another. A semicolon,
// which would begin the next part of the sequence, becomes a comma.
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

// sequence returns OSC 777 for terminals that know only that, and OSC 9 for the others, wrapped so that
// tmux and screen pass it on.
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
