package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// plain has an ASCII character for each sign that the program itself draws.
var plain = map[rune]byte{
	'▌': '>', '█': '_', '▏': '|', '●': '*', '✓': 'x', '–': '-', '…': '~', '·': '-', '×': 'x',
	'▲': '^', '▼': 'v', '−': '-', '╭': '+', '╮': '+', '╰': '+', '╯': '+', '├': '+', '┤': '+', '─': '-', '│': '|',
	'↑': '^', '↓': 'v', '←': '<', '→': '>', '≤': '<', '≥': '>',
}

// ASCII is a line for a terminal that knows no other characters: our own signs
// have one of ASCII in their place, everything else a "?" for each column.
func ASCII(line string) string {
	var b strings.Builder
	for line != "" {
		if n, _ := Escape(line); n > 0 { // its last letter would take a mark that follows it
			b.WriteString(line[:n])
			line = line[n:]
			continue
		}
		if line[0] < utf8.RuneSelf && (len(line) == 1 || line[1] < utf8.RuneSelf) {
			b.WriteByte(line[0])
			line = line[1:]
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
		line = line[len(cluster):]
		r, n := utf8.DecodeRuneInString(cluster)
		c, ours := plain[r]
		switch {
		case ours && n == len(cluster):
			b.WriteByte(c)
		case len(cluster) == 1:
			b.WriteString(cluster)
		default:
			b.WriteString(strings.Repeat("?", width))
		}
	}
	return b.String()
}

// Escape is how long the escape sequence is that s begins with, 0 without one, and whether it is a style.
// One that is broken off ends where it breaks off.
func Escape(s string) (n int, style bool) {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0, false
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x40 && c <= 0x7e:
			return i + 1, c == 'm'
		case c < 0x20 || c > 0x3f:
			return i, false
		}
	}
	return len(s), false
}
