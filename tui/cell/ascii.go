package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// asciiSigns maps each sign that the program itself draws to an ASCII character.
var asciiSigns = map[rune]byte{
	'▌': '>', '█': '_', '▏': '|', '●': '*', '○': 'o', '✓': 'x', '–': '-', '…': '~', '·': '-', '×': 'x',
	'▲': '^', '▼': 'v', '−': '-', '╭': '+', '╮': '+', '╰': '+', '╯': '+', '├': '+', '┤': '+', '─': '-', '│': '|',
	'↑': '^', '↓': 'v', '←': '<', '→': '>', '‹': '<', '≤': '<', '≥': '>',
}

// ASCII returns a line for a terminal without other characters. The program's own
// signs become ASCII characters, and any other character a "?" per column.
func ASCII(line string) string {
	var b strings.Builder
	for line != "" {
		if n, _ := Escape(line); n > 0 { // or a combining mark after it would join its last letter
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
		c, ours := asciiSigns[r]
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

// Escape returns the length in bytes of the escape sequence at the start of s, 0 if there is none, and
// whether it sets a style. An incomplete sequence ends where it breaks off.
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
