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
		if n := look(line); n > 0 { // its last letter would take a mark that follows it
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

// look is how long the sequence for a look is that a line begins with; 0 without one.
func look(line string) int {
	if !strings.HasPrefix(line, "\x1b[") {
		return 0
	}
	for i := 2; i < len(line); i++ {
		if c := line[i]; c >= 0x40 && c <= 0x7e {
			return i + 1
		}
	}
	return 0
}
