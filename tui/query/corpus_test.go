package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus returns the phrases of testdata/said and what each is read as.
func corpus(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/said/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no phrases")
	}
	read := map[string]string{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(body)) {
			typed, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if strings.HasPrefix(line, "# ") {
				continue
			}
			if _, twice := read[typed]; twice || !ok {
				t.Errorf("%s: %q stands twice, or without its reading", file, typed)
			}
			read[typed] = want
		}
	}
	return read
}

// readAs returns what a phrase is read as, in the format of testdata/said.
func readAs(text string) string {
	q, err := Parse(text)
	if err != nil {
		return "? " + err.Error()
	}
	said := q.String()
	if len(q.Sort) > 0 {
		said += " | " + q.Sort.String()
	}
	return said
}

func TestCorpus(t *testing.T) {
	for typed, want := range corpus(t) {
		if have := readAs(typed); have != want {
			t.Errorf("%q\n  is read as %s\n  want       %s", typed, have, want)
		}
	}
}

// Upper case and additional spaces change nothing.
func TestCorpusInOtherSpellings(t *testing.T) {
	for typed, want := range corpus(t) {
		if strings.HasPrefix(want, "?") || strings.ContainsAny(want, "*\"") || strings.ContainsAny(typed, "`'$[") {
			continue // messages and terms quote the text as typed
		}
		for how, other := range map[string]string{
			"upper case":   strings.ToUpper(typed),
			"wide blanks":  strings.ReplaceAll(typed, " ", "  "),
			"blanks ahead": "  " + typed,
			"blanks after": typed + "  ",
		} {
			if have := readAs(other); !strings.EqualFold(have, want) {
				t.Errorf("%s: %q is read as %s, want %s", how, other, have, want)
			}
		}
	}
}

// The exact form of a phrase is read as itself.
func TestCorpusExactFormRoundTrip(t *testing.T) {
	for typed := range corpus(t) {
		q, err := Parse(typed)
		if err != nil {
			continue
		}
		exact := q.String()
		if again, err := Parse(exact); err != nil || again.String() != exact {
			t.Errorf("%q prints as %q, which is read as %q, %v", typed, exact, again, err)
		}
	}
}

// An exact term after a phrase does not change how the phrase is read.
func TestCorpusBeforeExactTerm(t *testing.T) {
	for typed, want := range corpus(t) {
		if strings.HasPrefix(want, "?") || strings.Contains(want, "|") || strings.Contains(want, "*") || want == "" {
			continue
		}
		for second, means := range map[string]string{"is:new": "is:new", "id:x*": "id:x*"} {
			if have := readAs(typed + " " + second); have != want+" "+means {
				t.Errorf("%q is read as %s", typed+" "+second, have)
			}
		}
	}
}

// A phrase between other phrases, with commas and spaces, is read as it is alone.
func TestCorpusBetweenOtherPhrases(t *testing.T) {
	for typed, want := range corpus(t) {
		if strings.HasPrefix(want, "?") || strings.ContainsAny(want, "|*") || want == "" ||
			strings.Contains(want, "price") || strings.Contains(want, "arch:") || strings.HasSuffix(typed, ",") {
			continue
		}
		have, means := readAs("arm, "+typed+", under $3"), "arch:arm "+want+" price<3"
		if have != means {
			t.Errorf("%q is read as\n  %s\n  want %s", "arm, "+typed+", under $3", have, means)
		}
	}
}
