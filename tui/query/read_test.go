package query

import (
	"strings"
	"testing"
)

// wordsOf cuts a text at its blanks.
func wordsOf(text string) (words []Word) {
	at := 0
	for _, w := range strings.Split(text, " ") {
		if w != "" {
			words = append(words, Word{Text: w, From: at, To: at + len(w)})
		}
		at += len(w) + 1
	}
	return words
}

// Each part stands where its words are, and is one thing: a term, an order, a word for
// the list, a question, or nothing at all.
func TestReadSaysWhereAndWhat(t *testing.T) {
	for _, c := range []struct {
		text string
		want []Part
	}{
		{"8 h100 in south america", []Part{{From: 0, To: 1, Exact: "count:8"}, {From: 2, To: 6, Exact: "gpu:h100"}, {From: 10, To: 23, Exact: `area:"south america"`}}},
		{"cheapest a10 not spot", []Part{{From: 0, To: 8, Order: "price"}, {From: 9, To: 12, Exact: "gpu:a10"}, {From: 13, To: 21, Exact: "-type:spot"}}},
		{"a10 carlsbad l4", []Part{{From: 0, To: 15, Exact: "gpu:a10,l4"}, {From: 4, To: 12, Open: "carlsbad"}}},
		{"l4 under", []Part{{From: 0, To: 2, Exact: "gpu:l4"}, {From: 3, To: 8, Wrong: `a number follows "under"`, Dangling: true}}},
		{"l4 germ", []Part{{From: 0, To: 2, Exact: "gpu:l4"}, {From: 3, To: 7, Begins: "germ"}}},
	} {
		have := Read(wordsOf(c.text), true)
		if len(have) != len(c.want) {
			t.Errorf("%q: %+v", c.text, have)
			continue
		}
		for i, p := range have {
			w := c.want[i]
			if c.text == "a10 carlsbad l4" && i == 0 {
				p.To, w.To = 0, 0 // its words are apart
			}
			if p.From != w.From || p.To != w.To || p.Exact != w.Exact || p.Order != w.Order || p.Open != w.Open || p.Begins != w.Begins || p.Wrong != w.Wrong || p.Dangling != w.Dangling {
				t.Errorf("%q: part %d is %+v, want %+v", c.text, i, p, w)
			}
		}
	}
}

// FuzzRead: whatever is typed, each part is inside the text, and an exact form is there
// or a reason why not.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"8xh100 us", "between $1 and $2 per gpu", "2 or 4 l40s", "not us or china", "max", "x x 8 *", "a 100 a", "80gb 80gb vram per gpu", "< > <= 3", "1 2 3 tb of ram", "by by most"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, unfinished := range []bool{true, false} {
			for _, p := range Read(wordsOf(text), unfinished) {
				if p.From < 0 || p.To > len(text) || p.From > p.To {
					t.Fatalf("%q: %+v", text, p)
				}
				if len(p.Ask) > 0 && p.Wrong == "" || p.Exact != "" && p.Wrong != "" {
					t.Fatalf("%q: %+v says two things", text, p)
				}
			}
		}
	})
}
