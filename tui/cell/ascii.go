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
