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

// unaccented maps letters that Unicode does not decompose to plain letters.
var unaccented = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i",
}

// Runs splits a text into runs of letters and runs of digits, without case and accents.
func Runs(s string) []Run {
	if isASCII(s) {
		s = strings.ToLower(s)
	} else {
		s = plain(s)
	}
	runs := make([]Run, 0, 8)
	begin, kind, glued := 0, gap, false
	for i, r := range s {
		if k := kindOf(r); k != kind {
			if kind != gap {
				runs = append(runs, Run{Text: s[begin:i], Glued: glued})
			}
			begin, kind, glued = i, k, kind != gap && k != gap
		}
	}
	if kind != gap {
		runs = append(runs, Run{Text: s[begin:], Glued: glued})
	}
	return runs
}

// The kinds of characters. A run has characters of one kind.
const (
	gap = iota
	letter
	digit
)

func kindOf(r rune) int {
	switch {
	case unicode.IsLetter(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	}
	return gap
}

// plain returns s in lower case without accents.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		switch other, ok := unaccented[r]; {
		case ok:
			b.WriteString(other)
		case !unicode.Is(unicode.Mn, r): // an accent
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Fold returns s without case, accents, spaces and punctuation.
func Fold(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range Runs(s) {
		b.WriteString(r.Text)
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// SplitWords splits a run of letters into words of a vocabulary, the longest first. It returns nil if that is
// impossible. The last piece may be any text of up to rest letters: "rtxa" is rtx and a.
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
