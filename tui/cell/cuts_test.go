package cell

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestCutsKeepNamesApart(t *testing.T) {
	for _, c := range []struct {
		width       int
		names, want []string
	}{
		{18, []string{"RTX PRO 6000 Blackwell Server Edition", "RTX PRO 6000 Blackwell Workstation Edition",
			"RTX PRO 6000 Blackwell Max-Q Workstation Edition", "H100"},
			[]string{"RTX…Server Edition", "RTX…Workstation E…", "RTX…Max-Q Worksta…", "H100"}},
		{12, []string{"us-east-1-atl-1", "us-east-1-bos-1", "us-east-1", "montreal-canada-2"},
			[]string{"us-east-1-a…", "us-east-1-b…", "us-east-1", "montreal-ca…"}},
		{10, []string{"A100_80G_SXM4_DGX", "A100_80G_SXM4_HGX"}, []string{"A100_8…DGX", "A100_8…HGX"}},
		{5, []string{"abcdefgh", "abcdefgi"}, []string{"abcdefgh", "abcdefgi"}}, // left to the column
	} {
		cuts := NewCuts(c.names, c.width, nil)
		for i, name := range c.names {
			if have := cuts.Of(name); have != c.want[i] || cuts.Alike(name) {
				t.Errorf("%q in %d: %q, want %q", name, c.width, have, c.want[i])
			}
		}
	}
	// The order of the names decides nothing.
	a := NewCuts([]string{"us-east-1-atl-1", "us-east-1-bos-1"}, 12, nil)
	b := NewCuts([]string{"us-east-1-bos-1", "us-east-1-atl-1"}, 12, nil)
	if a.Of("us-east-1-atl-1") != b.Of("us-east-1-atl-1") {
		t.Error("the order of the names changes their forms")
	}
}

// No form is wider than the column, and as few names read alike as when each is cut at its end, or fewer.
func TestCutsAreNoWorseThanCuttingTheEnd(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	rnd := rand.New(rand.NewPCG(seed, 1))
	parts := []string{"us", "east", "west", "1", "2", "a", "RTX", "PRO", "Blackwell", "Ünal", "日本", "", "x"}
	for range 2000 {
		var names []string
		for range 1 + rnd.IntN(12) {
			var words []string
			for range 1 + rnd.IntN(6) {
				words = append(words, parts[rnd.IntN(len(parts))])
			}
			names = append(names, strings.Join(words, []string{"-", " ", "_"}[rnd.IntN(3)]))
		}
		width := 8 + rnd.IntN(20)
		cuts := NewCuts(names, width, nil)
		alike := func(form func(string) string) int {
			of := map[string]map[string]bool{}
			for _, n := range names {
				if of[form(n)] == nil {
					of[form(n)] = map[string]bool{}
				}
				of[form(n)][n] = true
			}
			n := 0
			for _, same := range of {
				n += len(same) - 1
			}
			return n
		}
		for _, n := range names {
			if Width(cuts.Of(n)) > width {
				t.Fatalf("seed %d: %q in %d is %q", seed, n, width, cuts.Of(n))
			}
		}
		if have, end := alike(cuts.Of), alike(func(n string) string { return Cut(n, width, "…") }); have > end {
			t.Fatalf("seed %d: %q in %d: %d alike, cut at the end %d: %s", seed, names, width, have, end,
				fmt.Sprint(cuts.forms))
		}
	}
}
