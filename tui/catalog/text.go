package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gpupick/tui/known"
)

// text is a value in the forms in which it is searched.
type text struct {
	raw    string
	lower  string // for exact values and patterns
	folded string // case, accents and punctuation left aside
	starts []bool // by byte of folded: a run of letters or digits begins here
	runs   []run
}

type run = known.Run

// newText takes a value apart. In GPU names the makers' prefixes that are
// written without a gap are runs of their own: "RTXA6000" is rtx, a, 6000.
func newText(raw string, gpu bool) *text {
	t := &text{raw: raw, lower: strings.ToLower(raw), runs: known.Runs(raw)}
	if gpu {
		t.runs = cutPrefixes(t.runs)
	}
	var b strings.Builder
	for _, r := range t.runs {
		t.starts = append(t.starts, true)
		t.starts = append(t.starts, make([]bool, len(r.Text)-1)...)
		b.WriteString(r.Text)
	}
	t.folded = b.String()
	return t
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var prefixes = []string{"rtx", "gtx", "nvidia", "tesla"}

func cutPrefixes(runs []run) []run {
	out := make([]run, 0, len(runs)+2)
	for _, r := range runs {
		for again := true; again; {
			again = false
			for _, p := range prefixes {
				if len(r.Text) > len(p) && strings.HasPrefix(r.Text, p) {
					out = append(out, run{Text: p, Glued: r.Glued})
					r, again = run{Text: r.Text[len(p):], Glued: true}, true
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// anotherModel reports whether the run behind a match makes it another GPU:
// gpu:3060 is not an RTX 3060 Ti, gpu:l40 not an L40S, gpu:a10 not an A10G.
func anotherModel(next run) bool {
	switch next.Text {
	case "ti", "super", "ada":
		return true
	case "s", "g", "d":
		return next.Glued
	}
	return false
}

// contains reports whether the folded word is in the value, beginning where a
// run begins.
func (t *text) contains(word string) bool {
	for from := 0; ; {
		i := strings.Index(t.folded[from:], word)
		if i < 0 {
			return false
		}
		if t.starts[from+i] {
			return true
		}
		from += i + 1
	}
}

// hasWhole reports whether the folded word is in the value from the beginning of a run
// to the end of one.
func (t *text) hasWhole(word string) bool {
	for i, starts := range t.starts {
		if end := i + len(word); starts && strings.HasPrefix(t.folded[i:], word) && (end == len(t.starts) || t.starts[end]) {
			return true
		}
	}
	return false
}

// has reports whether the asked runs stand in the value one after the other.
// keepApart is asked about the run behind a match, and may refuse it.
func (t *text) has(asked []run, keepApart func(run) bool) bool {
	for i := 0; i+len(asked) <= len(t.runs); i++ {
		if !sameRuns(t.runs[i:i+len(asked)], asked) {
			continue
		}
		if end := i + len(asked); keepApart == nil || end == len(t.runs) || !keepApart(t.runs[end]) {
			return true
		}
	}
	return false
}

func sameRuns(a, b []run) bool {
	for i := range b {
		if a[i].Text != b[i].Text {
			return false
		}
	}
	return true
}

// like reports whether s is parts with anything between them. All are in lower
// case, and parts are two at least.
func like(s string, parts []string) bool {
	last := len(parts) - 1
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	for _, p := range parts[1:last] {
		i := strings.Index(s, p)
		if i < 0 {
			return false
		}
		s = s[i+len(p):]
	}
	return strings.HasSuffix(s, parts[last])
}

// naturalCompare orders text as people do: case aside, numbers by their value, so
// that L4 is before L40 and A10 before A100.
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
