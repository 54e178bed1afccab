package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Width is how many columns s takes. Escape sequences take none.
func Width(s string) int {
	width := 0
	for i := 0; i < len(s); {
		n := narrow(s[i:])
		if n > 0 {
			width++
		} else if sequence, style := Escape(s[i:]); style {
			n = sequence
		} else {
			return ansi.StringWidth(s)
		}
		i += n
	}
	return width
}

// narrow returns the length in bytes of the character at the start of s if it is one that nearly all text on the
// screen consists of: it takes one column and joins no other character. It returns 0 for any other character.
func narrow(s string) int {
	if s[0] >= ' ' && s[0] <= '~' {
		return 1
	}
	switch r, n := utf8.DecodeRuneInString(s); {
	case r >= '─' && r <= '▟', r >= '⠀' && r <= '⣿': // lines, blocks and the spinner
		return n
	case asciiSigns[r] != 0:
		return n
	}
	return 0
}

// plain returns the index behind each character of s, and whether it consists of narrow ones only.
func plain(s string) (ends []int, is bool) {
	ends = make([]int, 0, len(s))
	for i := 0; i < len(s); {
		n := narrow(s[i:])
		if n == 0 {
			return nil, false
		}
		i += n
		ends = append(ends, i)
	}
	return ends, true
}

// First returns the first character of s with its combining marks, and its width in
// columns. s must not be empty or begin with an escape sequence.
func First(s string) (text string, width int) {
	if s[0] >= ' ' && s[0] <= '~' && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1
	}
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}

// Left fills s with spaces on its right up to width w.
func Left(s string, w int) string {
	return s + strings.Repeat(" ", max(w-Width(s), 0))
}

// Right fills s with spaces on its left up to width w.
func Right(s string, w int) string {
	return strings.Repeat(" ", max(w-Width(s), 0)) + s
}

// Cut shortens s to w columns. If s was longer, the result ends with tail.
func Cut(s string, w int, tail string) string {
	if Width(s) <= w {
		return s
	}
	if w <= Width(tail) {
		tail = ""
	}
	return first(s, w, tail)
}

// first returns the first w columns of s, of which tail is the end, and all escape sequences of s.
func first(s string, w int, tail string) string {
	ends, is := plain(s)
	if is && w <= len(ends) {
		if w -= Width(tail); w <= 0 {
			return tail
		}
		return s[:ends[w-1]] + tail
	}
	return ansi.Truncate(s, max(w, 0), tail)
}

// Fill returns s at exactly w columns, cut or padded with spaces.
func Fill(s string, w int, tail string) string { return Left(Cut(s, w, tail), w) }

// CutMiddle shortens s to w columns by replacing its middle with mark. It keeps up
// to four columns of the end, because the end of an id tells ids apart.
func CutMiddle(s string, w int, mark string) string {
	if Width(s) <= w {
		return s
	}
	m := Width(mark)
	if w < m+2 {
		return Cut(s, w, "")
	}
	tail := min((w-m)/2, 4)
	return first(s, w-m-tail, "") + mark + lastColumns(s, tail)
}

func lastColumns(s string, w int) string {
	if ends, is := plain(s); is && w < len(ends) {
		return s[ends[len(ends)-w-1]:]
	}
	r := []rune(s)
	for i := range r {
		if Width(string(r[i:])) <= w {
			return string(r[i:])
		}
	}
	return ""
}
