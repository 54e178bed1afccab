package catalog

import (
	"slices"
	"strings"
	"testing"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Text that is ambiguous or not understood gives an error that names it.
func TestReadErrors(t *testing.T) {
	c := demo(t)
	for said, want := range map[string]string{
		"h100 rdma": `"rdma" is not understood`, "l4 per month": `"per month" is not understood`,
		"1,000": "without its comma", "$1,000": "without its comma", "best l4": `"best" is not understood`,
		"l4 hoper": `"hoper" is not understood; did you mean gen:hopper?`, "germny": "did you mean area:germany?",
		"512gb":       `"512gb" may be mem>=512, disk>=512 or tvram>=512`,
		"64gb memory": `may be vram>=64, mem>=64 or tvram>=64`, "l4 over 5": `may be count`, "7": `may be count`,
		"l4 ca":   `"ca" may be area:canada or area:us-ca`,
		"3060 12": `may be count:12 or vram>=12`, "l4 under": `a number follows "under"`,
		"l4 not": `a term follows "not"`, "l4 by": `a field follows "by"`, "ram l4": "how much ram?",
		"2x l4 4x": "count:4 twice", "a 6000": `"6000" may be gpu:`,
		"not cheapest": "behind a not", "l4 or not t4": "either both or none",
		"at least 2 or 4": "a bound has one number", "max $1-$2": "a bound has one number",
		"europe,l4": "alternatives of one term are about one field", "l4 xy": `"xy" is not understood`,
		"l4 64gb ram per gpu": "there is no mem per GPU", "2xl4 -4xt4": "without which of them?",
		"h100 128gb": "may be",
	} {
		err := c.Read(said).Err
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", said, err, want)
		}
	}
	// only the list can explain some of these words
	for _, found := range []string{"montreal", "iceland-1", "stoic-euler-t4-aa63"} {
		if err := c.Read(found).Err; (err == nil) != c.Matches(mustParse(t, found)) {
			t.Errorf("%q: %v", found, err)
		}
	}
}

// The beginning of a word that is being typed is held back, is a word itself, or shows all offers that the
// whole word shows.
func TestPrefixShowsAllRowsOfTheWord(t *testing.T) {
	c := demo(t)
	words := append(known.PlaceNames(), c.Spellings(query.Region)...)
	spoken, _ := query.Guide()
	for _, rule := range spoken {
		for _, e := range rule.Examples {
			if !strings.Contains(e.Exact, ",") { // an alternative would widen the term before it
				words = append(words, e.Typed)
			}
		}
	}
	for _, card := range known.Cards() {
		words = append(words, strings.ToLower(card))
	}
	tried, least := 0, 300
	if testing.Short() {
		least = 40
	}
	for n, word := range words {
		if testing.Short() && n%6 != 0 {
			continue
		}
		whole := c.Read(word)
		if whole.Err != nil || !c.Matches(whole.Query) {
			continue
		}
		rows := idsOf(c.Run(whole.Query).Rows)
		for i := 1; i < len(word); i++ {
			typed := c.Type(word[:i])
			if _, known := query.Parse(word[:i] + " "); typed.Err != nil || typed.Held != "" ||
				known == nil && !slices.ContainsFunc(typed.Spans,
					func(s query.Span) bool { return s.Begins && s.Err == nil }) {
				continue // held back, ambiguous or a word itself
			}
			tried++
			shown := map[string]bool{}
			for _, id := range idsOf(c.Run(typed.Query).Rows) {
				shown[id] = true
			}
			if missing := slices.IndexFunc(rows, func(id string) bool { return !shown[id] }); missing >= 0 {
				t.Errorf("%q on the way to %q does not show %s", word[:i], word, rows[missing])
				break
			}
		}
	}
	if tried < least {
		t.Errorf("only %d beginnings", tried)
	}
}

// A filter that was read prints as one that means the same.
func TestSpokenFiltersPrintAndReadBack(t *testing.T) {
	c := demo(t)
	for _, said := range []string{"8 h100 in south america under $3 per gpu", "h100 sxm or a100 80gb, no spot",
		"a100 germany france by ram", "mi3", "4090 allemagne", "quebec l4", "usw", "bare metal 8x",
		"2-4 l40s us-east-1"} {
		q := mustParse(t, said)
		again, err := query.Parse(q.String())
		if err != nil || again.String() != q.String() {
			t.Errorf("%q prints %q, which is read as %q, %v", said, q, again, err)
			continue
		}
		if have, want := idsOf(c.Run(again.WithSort(nil)).Rows),
			idsOf(c.Run(q.WithSort(nil)).Rows); !slices.Equal(have, want) {
			t.Errorf("%q finds %d offers, and as %q %d", said, len(want), q, len(have))
		}
	}
}
