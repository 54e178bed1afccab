package known

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Run is a longest stretch of letters or of digits, folded: "A100-80GB" has the
// runs a, 100, 80, gb.
type Run struct {
	Text  string
	Glued bool // no gap between it and the run before
}

// letters that Unicode does not take apart.
var unaccented = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i",
}

// Runs takes a text apart into letters and digits, without case and accents.
func Runs(s string) []Run {
	var runs []Run
	var cur strings.Builder
	kind, glued := 0, false // 0: in a gap, 1: letters, 2: digits
	flush := func() {
		if cur.Len() > 0 {
			runs = append(runs, Run{Text: cur.String(), Glued: glued})
			cur.Reset()
		}
	}
	if !isASCII(s) {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		k := 0
		switch {
		case unicode.IsLetter(r):
			k = 1
		case unicode.IsDigit(r):
			k = 2
		case unicode.Is(unicode.Mn, r):
			continue // an accent
		}
		if k != kind {
			flush()
			glued, kind = kind != 0 && k != 0, k
		}
		if k == 0 {
			continue
		}
		r = unicode.ToLower(r)
		if plain, ok := unaccented[r]; ok {
			cur.WriteString(plain)
		} else {
			cur.WriteRune(r)
		}
	}
	flush()
	return runs
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Fold leaves case, accents, spaces and punctuation of s aside.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range Runs(s) {
		b.WriteString(r.Text)
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// SplitWords takes a run of letters apart into words of a vocabulary, the longest
// first; nil if it is not made of them alone. What is left over may be up to rest
// letters long: "rtxa" is rtx and a.
func SplitWords(run string, is func(word string) bool, longest, rest int) []string {
	for n := min(len(run), longest); n > 1; n-- {
		if !is(run[:n]) {
			continue
		}
		switch tail := run[n:]; {
		case tail == "":
			return []string{run}
		default:
			if words := SplitWords(tail, is, longest, rest); words != nil {
				return append([]string{run[:n]}, words...)
			}
			if len(tail) <= rest {
				return []string{run[:n], tail}
			}
		}
	}
	return nil
}
