package api

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	textMark = '\uFFFD' // stands for whatever must not reach a terminal
	textMax  = 512      // characters
	markMax  = 2        // combining marks on one letter
)

// CleanText makes text from outside safe to draw: it is the one way from the
// service, from files and from the clipboard to the screen. Escape sequences,
// control characters (C0, DEL, C1), invalid UTF-8, bidirectional controls,
// zero-width and tag characters and line separators become one visible mark
// for each run of them; a letter keeps at most two combining marks; what is
// longer than 512 characters ends in "…". Clean text is returned as it is.
func CleanText(s string) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	n, marks, hidden := 0, 0, false
	for len(s) > 0 {
		r, w := utf8.DecodeRuneInString(s)
		switch {
		case forbidden(r, w):
			s = s[sequence(s, r, w):]
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

// plainASCII is the common case, and the one that costs nothing.
func plainASCII(s string) bool {
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

// forbidden reports whether a character must not reach a terminal. w is the
// width of its encoding, 1 for an invalid byte.
func forbidden(r rune, w int) bool {
	switch r {
	case utf8.RuneError:
		return w <= 1
	case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0: // draw nothing, or break the line
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// sequence is the length of what begins with the forbidden character r: a whole
// escape sequence if it is a finished one, else the character alone, so that a
// stray ESC cannot swallow the text behind it.
func sequence(s string, r rune, w int) int {
	kind, start := rune(0), w
	switch {
	case r == 0x1b && len(s) > 1:
		kind, start = rune(s[1]), 2
	case r >= 0x80 && r <= 0x9f:
		kind = r - 0x40
	}
	switch kind {
	case '[':
		for i := start; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x3f {
				break
			}
		}
	case ']', 'P', 'X', '^', '_':
		if i := strings.IndexAny(s[start:], "\x07\u009c"); i >= 0 {
			_, tw := utf8.DecodeRuneInString(s[start+i:])
			return start + i + tw
		}
		if i := strings.Index(s[start:], "\x1b\\"); i >= 0 {
			return start + i + 2
		}
	}
	return w
}
