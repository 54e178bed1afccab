package paint

import (
	"unicode"
	"unicode/utf8"

	"gpupick/tui/cell"
)

// line is one line of the screen.
type line struct {
	text    string   // the line as it is in the frame
	squares []square // one per column
	odd     bool     // at least one of the squares is odd
	end     int      // the column after the last one that is not blank
}

// square is one column of a line.
type square struct {
	text string // what is written; "" is the right half of a wide character
	pen  pen
	odd  bool // terminals do not agree on its width
}

var blank = square{text: " "}

// line reads a line of a frame.
func (p *Painter) line(text string) line {
	l := line{text: text, squares: p.spare[:0]}
	p.spare = nil
	if cap(l.squares) < p.width {
		l.squares = make([]square, 0, p.width)
	}
	use := plain
	for text != "" {
		if text[0] == '\x1b' {
			var sgr string
			if sgr, text = sequence(text); sgr != "" {
				use = p.pens.add(use, sgr)
			}
			continue
		}
		first, width := cell.First(text)
		text = text[len(first):]
		if width == 0 {
			l.join(first)
			continue
		}
		if width > p.width-len(l.squares) {
			break
		}
		odd := width > 1 || utf8.RuneCountInString(first) > 1
		l.squares = append(l.squares, square{text: first, pen: use, odd: odd})
		for range width - 1 {
			l.squares = append(l.squares, square{pen: use, odd: true})
		}
		l.odd = l.odd || odd
	}
	l.end = len(l.squares)
	for l.end > 0 && l.squares[l.end-1] == blank {
		l.end--
	}
	for len(l.squares) < p.width {
		l.squares = append(l.squares, blank)
	}
	return l
}

// join adds a character without a column of its own to the square before it. It drops control characters.
func (l *line) join(mark string) {
	n := len(l.squares) - 1
	for n > 0 && l.squares[n].text == "" {
		n--
	}
	if r, _ := utf8.DecodeRuneInString(mark); n < 0 || unicode.IsControl(r) {
		return
	}
	l.squares[n].text += mark
	l.squares[n].odd, l.odd = true, true
}

// sequence splits an escape sequence off the beginning of s. It returns the sequence only if it is a style.
func sequence(s string) (sgr, rest string) {
	switch n, style := cell.Escape(s); {
	case n == 0:
		return "", s[1:]
	case style:
		return s[:n], s[n:]
	default:
		return "", s[n:]
	}
}
