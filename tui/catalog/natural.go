package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// naturalCompare compares texts without case, and numbers in them by value: L4 comes before L40 and A10 before
// A100.
func naturalCompare(a, b string) int {
	for a != "" && b != "" {
		ra, wa := utf8.DecodeRuneInString(a)
		rb, wb := utf8.DecodeRuneInString(b)
		if digit(ra) && digit(rb) {
			na, nb := digits(a), digits(b)
			if c := compareDigits(a[:na], b[:nb]); c != 0 {
				return c
			}
			a, b = a[na:], b[nb:]
			continue
		}
		if la, lb := unicode.ToLower(ra), unicode.ToLower(rb); la != lb {
			return int(la) - int(lb)
		}
		a, b = a[wa:], b[wb:]
	}
	return len(a) - len(b)
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
