package cell

import "strings"

// plain has an ASCII character for each sign that the program itself draws.
var plain = map[rune]byte{
	'▌': '>', '█': '_', '▏': '|', '●': '*', '✓': 'x', '–': '-', '…': '~', '·': '-', '×': 'x',
	'↑': '^', '↓': 'v', '←': '<', '→': '>', '≤': '<', '≥': '>',
}

// ASCII is a line for a terminal that knows no other characters: our own signs
// have one of ASCII in their place, everything else a "?" for each column.
func ASCII(line string) string {
	var b strings.Builder
	for _, r := range line {
		switch c, ours := plain[r]; {
		case r < 0x80:
			b.WriteRune(r)
		case ours:
			b.WriteByte(c)
		default:
			b.WriteString(strings.Repeat("?", Width(string(r))))
		}
	}
	return b.String()
}
