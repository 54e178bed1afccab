package api

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextMark replaces characters that must not reach a terminal. It is not U+FFFD, which text fields drop.
const TextMark = "▯"

const (
	textMark = '▯'
	textMax  = 512 // characters
	markMax  = 2   // combining marks on one letter
)

// CleanText makes text from outside safe to draw: all text from the service, from
// files and from the clipboard passes through it before it reaches the screen.
// One visible mark replaces each run of escape sequences, control characters
// (C0, DEL, C1), invalid UTF-8, bidirectional controls, zero-width and tag
// characters, line separators, and characters that Unicode has not assigned; a letter keeps at most two combining
// marks; text longer than 512 characters is cut and ends in "…". Clean text is returned unchanged.
func CleanText(s string) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	n, marks, hidden := 0, 0, false
	var q sequences
	for len(s) > 0 {
		r, w := utf8.DecodeRuneInString(s)
		switch {
		case forbidden(r):
			s = s[q.length(s, r, w):]
			if hidden {
				continue
			}
			hidden, marks, r = true, 0, textMark
		case unicode.In(r, unicode.Mn, unicode.Me):
			s = s[w:]
			if marks++; marks > markMax {
				continue
			}
		default:
			s, hidden, marks = s[w:], false, 0
			if r != ' ' && unicode.Is(unicode.Zs, r) {
				r = ' '
			}
		}
		if n++; n == textMax && s != "" {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plainASCII reports whether s is short printable ASCII: the common case, which needs
// no cleaning.
func plainASCII[T string | []byte](s T) bool {
	if len(s) > textMax {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// assigned are the categories of all characters that Unicode has assigned, and of those that are free for private use.
var assigned = []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Co}

// forbidden reports whether a character must not reach a terminal.
func forbidden(r rune) bool {
	switch r {
	case utf8.RuneError: // invalid, or damaged before it came here
		return true
	// These characters draw nothing or break the line.
	case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		!unicode.In(r, assigned...) // terminals drop some of these, and the columns behind them shift
}

// sequences finds escape sequences in one text.
type sequences struct {
	unterminated bool // the rest of the text has no terminator: do not search again
}

// length returns how many bytes to drop at the start of s, which begins with the
// forbidden character r: a complete escape sequence, or only the character if the
// sequence is incomplete, so that a stray ESC cannot swallow the text after it.
func (q *sequences) length(s string, r rune, w int) int {
	kind, start := rune(0), w
	switch {
	case r == 0x1b && len(s) > 1:
		kind, start = rune(s[1]), 2
	case r >= 0x80 && r <= 0x9f:
		kind = r - 0x40
	}
	switch kind {
	case '[':
		for i := start; i < len(s) && s[i] >= 0x20 && s[i] <= 0x7e; i++ {
			if s[i] >= 0x40 {
				return i + 1
			}
		}
	case ']', 'P', 'X', '^', '_':
		if end := q.terminator(s[start:]); end > 0 {
			return start + end
		}
	}
	return w
}

// terminator returns the length of s up to and including the first BEL, ST or ESC \,
// which ends a control string; 0 if there is none.
func (q *sequences) terminator(s string) int {
	if q.unterminated {
		return 0
	}
	for i := range len(s) {
		switch {
		case s[i] == 0x07:
			return i + 1
		case strings.HasPrefix(s[i:], "\u009c"), strings.HasPrefix(s[i:], "\x1b\\"):
			return i + 2
		}
	}
	q.unterminated = true
	return 0
}
