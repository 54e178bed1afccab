package query

import (
	"strings"

	"gpupick/tui/known"
)

// Text is a value of a field, prepared for searching. The result of a condition for it never
// changes, so that a list checks each spelling once.
type Text struct {
	Raw string // as the service spells it
	Key string // equal for all spellings of a value: its text in lower case, or the card's key for a GPU

	lower  string      // for patterns
	folded string      // without case, accents and punctuation
	starts []bool      // by byte of folded: a run of letters or digits begins here
	runs   []known.Run // of folded
	card   *known.Card // the card that a GPU's name means
	named  *Text       // the card's own name, if the table has the card
}

// NewText prepares a value for searching.
func NewText(raw string) *Text { return newText(raw, known.Runs(raw)) }

// NewGPU prepares the name of a GPU that means the given card. A prefix written without a space
// becomes a run of its own: "RTXA6000" is rtx, a, 6000.
func NewGPU(raw string, card *known.Card) *Text {
	t := newText(raw, cutPrefixes(known.Runs(raw)))
	t.Key, t.card = card.Key, card
	if card.Name != "" {
		t.named = newText(card.Name, cutPrefixes(known.Runs(card.Name)))
	}
	return t
}

func newText(raw string, runs []known.Run) *Text {
	lower := strings.ToLower(raw)
	t := &Text{Raw: raw, Key: lower, lower: lower, runs: runs}
	var b strings.Builder
	for _, r := range t.runs {
		t.starts = append(t.starts, true)
		t.starts = append(t.starts, make([]bool, len(r.Text)-1)...)
		b.WriteString(r.Text)
	}
	t.folded = b.String()
	return t
}

// Model returns the runs of the name up to its number, which all forms of a model share: "h 100 " of
// "H100 SXM". It is empty if the name has no number.
func (t *Text) Model() string {
	name := ""
	for _, run := range t.runs {
		if name += run.Text + " "; run.Text[0] >= '0' && run.Text[0] <= '9' {
			return name
		}
	}
	return ""
}

var prefixes = []string{"rtx", "gtx", "nvidia", "tesla"}

func cutPrefixes(runs []known.Run) []known.Run {
	out := make([]known.Run, 0, len(runs)+2)
	for _, r := range runs {
		for again := true; again; {
			again = false
			for _, p := range prefixes {
				if len(r.Text) > len(p) && strings.HasPrefix(r.Text, p) {
					out = append(out, known.Run{Text: p, Glued: r.Glued})
					r, again = known.Run{Text: r.Text[len(p):], Glued: true}, true
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// anotherModel reports whether the run after a match makes it another GPU:
// gpu:3060 is not an RTX 3060 Ti, gpu:l40 not an L40S, gpu:a10 not an A10G.
func anotherModel(next known.Run) bool {
	switch next.Text {
	case "ti", "super", "ada":
		return true
	case "s", "g", "d":
		return next.Glued
	}
	return false
}

// Contains reports whether the value contains the folded word at the beginning of a run.
func (t *Text) Contains(word string) bool {
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

// hasWhole reports whether the value contains the folded word as one or more whole runs.
func (t *Text) hasWhole(word string) bool {
	for i, starts := range t.starts {
		end := i + len(word)
		if starts && strings.HasPrefix(t.folded[i:], word) && (end == len(t.starts) || t.starts[end]) {
			return true
		}
	}
	return false
}

// has reports whether the value contains the asked runs one after the other. A
// match does not count if keepApart is true for the run after it.
func (t *Text) has(asked []known.Run, keepApart func(known.Run) bool) bool {
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

func sameRuns(a, b []known.Run) bool {
	for i := range b {
		if a[i].Text != b[i].Text {
			return false
		}
	}
	return true
}

// like reports whether s consists of parts with any text between them. s and parts
// are in lower case; there are at least two parts.
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
