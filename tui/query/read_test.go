package query

import (
	"fmt"
	"strings"
	"testing"
)

// Each span covers its words and is one thing: a term, an order, a word for the list, a
// question, or a filler.
func TestReadSpans(t *testing.T) {
	looks := []string{Understood: "", Filler: "~", Held: "…", Asked: "?", NotUnderstood: "!"}
	for text, want := range map[string]string{
		"8 h100 in south america": "[8 h100 ~in south america] count:8 gpu:h100 area:\"south america\"",
		"cheapest a10 not spot":   "[cheapest a10 not spot] gpu:a10 -type:spot",
		"a10 icelab-2 l4":         "[a10 icelab-2 l4] gpu:a10,l4 icelab-2",
		"l4 under":                "[l4 …under] gpu:l4",
		"l4 germ":                 "[l4 germ] gpu:l4 germ*",
		"l4 xy t4":                "[l4 !xy t4] gpu:l4,t4",
		"l4 per month, $3":        "[l4 !per month $3] gpu:l4 price<=3",
		"l4 512gb us":             "[l4 ?512gb us] gpu:l4 area:us",
		"l4 512gb":                "[l4 …512gb] gpu:l4",
		"a10 or l4 please":        "[a10 or l4 ~please] gpu:a10,l4",
		"gpu:l4 pricee<3 8x":      "[gpu:l4 !pricee<3 8x] gpu:l4 count:8",
		"europe,l4":               "[europe …l4] area:europe",
		`gpu:"l4`:                 "[…gpu:\"l4] ",
	} {
		r := Read(text)
		var pieces []string
		for _, s := range r.Spans {
			pieces = append(pieces, looks[s.Look]+strings.TrimSpace(text[s.From:s.To]))
			if (s.Look == Held || s.Look == Asked || s.Look == NotUnderstood) != (s.Err != nil) {
				t.Errorf("%q: %+v", text, s)
			}
		}
		if have := fmt.Sprintf("[%s] %s", strings.Join(pieces, " "), r.Query); have != want &&
			have != strings.ReplaceAll(want, "] [", " ") {
			t.Errorf("%q: %s, want %s", text, have, want)
		}
	}
}

// FuzzRead checks for any text that the spans are inside it and in order, that every error has a
// reason, and that the printed query is read as the same query. The term after it ends its last word.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"8xh100 us", "between $1 and $2 per gpu", "2 or 4 l40s", "not us or china", "max", "x x 8 *", "a 100 a",
		"80gb 80gb vram per gpu", "< > <= 3", "1 2 3 tb of ram", "by by most", `gpu:"a b",c -!x "`, "é—–×８",
		"a,b|c/d&e",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, at := Read(text), 0
		for _, s := range r.Spans {
			if s.From < 0 || s.To > len(text) || s.From > s.To || s.From < at && s.Look != NotUnderstood {
				t.Fatalf("%q: %+v behind %d", text, s, at)
			}
			at = s.From
			if e := s.Err; e != nil && (e.Reason == "" || e.At < 0 || e.At > len(text) || s.Terms > 0) {
				t.Fatalf("%q: %+v %+v", text, s, e)
			}
			if s.Terms > 0 && s.Term+s.Terms > len(r.Query.Terms) {
				t.Fatalf("%q: %+v of %d terms", text, s, len(r.Query.Terms))
			}
		}
		exact := r.Query.String()
		if len(r.Query.Terms) == maxTerms {
			return
		}
		if again, err := Parse(exact + " is:new"); err != nil || again.String() != strings.TrimSpace(exact+" is:new") {
			t.Fatalf("%q prints as %q, which is read as %q, %v", text, exact, again, err)
		}
		Complete(text).Candidates(func(Field) []string { return []string{"H100", "us-east-1"} })
	})
}

// BenchmarkRead measures reading a filter line, which happens at each key press.
func BenchmarkRead(b *testing.B) {
	for _, text := range []string{"h100", "8 h100 in south america under $3 per gpu no spot",
		"gpu:h100 area:europe mem>=1tb price<30"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(text)
			}
		})
	}
}
