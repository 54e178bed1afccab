package cell

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gpupick/api"
)

func TestFaultSmallRates(t *testing.T) {
	for v, want := range map[float64]string{
		16.8: "16.80", 2: "2.00", 0.3698: "0.3698", 1.444: "1.444", 186.608: "186.608", 0: "0.00", 0.00005: "0.00005",
		0.000001: "0.000001", 0.0000001: "<0.000001", 0.123456789: "0.123457", 12345.5: "12345.50",
	} {
		if have := Rate(api.Some(v)); have != want {
			t.Errorf("%v: %s, want %s", v, have, want)
		}
	}
	if Rate(api.Optional[float64]{}) != Unknown {
		t.Error("an unknown rate has a number")
	}
}

func TestPerGPU(t *testing.T) {
	for _, c := range []struct {
		rate  float64
		count int
		want  string
	}{
		{16.8, 8, "2.10"}, {20, 3, "6.67"}, {11.628, 8, "1.454"}, {0.3698, 2, "0.1849"}, {0.05, 8, "0.0063"},
		{0.11, 2, "0.055"}, {0.0001, 8, "0.000013"}, {0, 8, "0.00"}, {19.97, 8, "2.50"},
	} {
		per := api.Some(api.TidyRate(c.rate / float64(c.count)))
		if have := PerGPU(per, api.Some(c.rate)); have != c.want {
			t.Errorf("%v for %d: %s, want %s", c.rate, c.count, have, c.want)
		}
	}
	if PerGPU(api.Optional[float64]{}, api.Some(1.0)) != Unknown {
		t.Error("an unknown price has a number")
	}
}

func TestSizes(t *testing.T) {
	for gb, want := range map[int64]string{0: "0 GB", 32: "32 GB", 999: "999 GB", 1000: "1.0 TB", 1800: "1.8 TB",
		12345: "12.3 TB"} {
		if have := Size(api.Some(gb)); have != want {
			t.Errorf("%d: %s, want %s", gb, have, want)
		}
	}
	if Size(api.Optional[int64]{}) != Unknown || Count(api.Optional[int64]{}) != Unknown || Text("") != Unknown ||
		Text("vm") != "vm" || Rows(1) != "1 row" || Rows(2) != "2 rows" {
		t.Error("words")
	}
}

func TestCutting(t *testing.T) {
	for _, c := range []struct{ have, want string }{
		{Cut("abcdef", 4, "…"), "abc…"}, {Cut("abc", 4, "…"), "abc"}, {Cut("abc", 1, "…"), "a"},
		{Cut("abc", 0, "…"), ""}, {Cut("東京都", 4, "…"), "東…"}, {Cut("abc", -3, "…"), ""},
		{CutMiddle("stoic-tharp-h100x2-4d7a", 10, "…"), "stoic…4d7a"},
		{CutMiddle("stoic-tharp", 11, "…"), "stoic-tharp"}, {CutMiddle("stoic-tharp", 4, "…"), "st…p"},
		{CutMiddle("stoic", 2, "…"), "st"},
		{Fill("ab", 4, "…"), "ab  "}, {Fill("東京都", 4, "…"), "東… "}, {Right("ab", 4), "  ab"},
		{Left("\x1b[1mab\x1b[0m", 3), "\x1b[1mab\x1b[0m "},
		{ASCII("▌ a·b – 3 × €東"), "> a-b - 3 x ???"},
	} {
		if c.have != c.want {
			t.Errorf("%q, want %q", c.have, c.want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("stoic-東京-h100x2", 7)
	f.Fuzz(func(t *testing.T, s string, w int) {
		w %= 60
		s = api.CleanText(s)
		for name, cut := range map[string]string{"Cut": Cut(s, w, "…"), "CutMiddle": CutMiddle(s, w, "…"),
			"Fill": Fill(s, w, "…")} {
			if Width(cut) > max(w, 0) {
				t.Fatalf("%s of %q to %d is %d wide: %q", name, s, w, Width(cut), cut)
			}
		}
		if w > 0 && Width(Fill(s, w, "…")) != w {
			t.Fatalf("Fill of %q to %d is %d wide", s, w, Width(Fill(s, w, "…")))
		}
		if strings.IndexFunc(ASCII(s), func(r rune) bool { return r > 0x7e }) >= 0 {
			t.Fatalf("%q is not ASCII", ASCII(s))
		}
	})
}

// A combining mark after an escape sequence must not join the last letter of the sequence.
func TestASCIIKeepsStyles(t *testing.T) {
	for line, want := range map[string]string{"\x1b[1m\u065cab\x1b[0m": "\x1b[1mab\x1b[0m",
		"\x1b[38;2;1;2;3m·\x1b[0m": "\x1b[38;2;1;2;3m-\x1b[0m", "\x1b[": "\x1b["} {
		if have := ASCII(line); have != want {
			t.Errorf("%q: %q, want %q", line, have, want)
		}
	}
}

// Width measures as the library does, and what is cut is cut as the library cuts it.
func TestWidthIsThatOfTheLibrary(t *testing.T) {
	seed := rand.Uint64()
	t.Log("seed", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	pieces := []string{"a", "Z", " ", "~", "─", "│", "▌", "█", "▟", "·", "×", "–", "…", "−", "‹", "≤", "▲", "○", "●",
		"✓", "←", "↓", "⠋", "\x1b[1m", "\x1b[38;2;1;2;3m", "\x1b[0m", "é", "東", "🚀", "🧑\u200d🚀", "e\u0301", "\u0301",
		"\ufe0f", "↔", "▶", "™", "▯", "\u200b"}
	fast, slow := 0, 0
	for range 20_000 {
		some, s := pieces, ""
		if rnd.IntN(2) == 0 {
			some = pieces[:23+3*rnd.IntN(2)]
		}
		for range rnd.IntN(12) {
			s += some[rnd.IntN(len(some))]
		}
		if have, want := Width(s), ansi.StringWidth(s); have != want {
			t.Fatalf("%q is %d wide, want %d", s, have, want)
		}
		w := rnd.IntN(12)
		if have, want := first(s, w, "…"), ansi.Truncate(s, w, "…"); have != want && w > 0 && Width(s) > w {
			t.Fatalf("%d columns of %q: %q, want %q", w, s, have, want)
		}
		if _, is := plain(s); is {
			fast++
		} else {
			slow++
		}
	}
	if fast < 1000 || slow < 1000 {
		t.Errorf("%d plain texts, %d others", fast, slow)
	}
}
