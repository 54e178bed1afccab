package known

import (
	"math/rand/v2"
	"testing"
)

// A fast check rules out only names in which the pattern finds nothing.
func TestFastChecksOfNames(t *testing.T) {
	seed := rand.Uint64()
	t.Log("seed", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	pieces := []string{"x", "8", "80", "gb", "g", "m", "t", " ", "-", "rtx", "h100", "gib", "tb", "(", "\t", "é", "a"}
	sizes, counts := 0, 0
	for range 20_000 {
		s := ""
		for range rnd.IntN(7) {
			s += pieces[rnd.IntN(len(pieces))]
		}
		switch found := memoryForm().MatchString(s); {
		case maySaySize(s):
			sizes++
		case found:
			t.Fatalf("%q has a size", s)
		}
		switch found := countForm().MatchString(s) || countSuffix().MatchString(s); {
		case maySayCount(s):
			counts++
		case found:
			t.Fatalf("%q has a count", s)
		}
	}
	if sizes == 0 || sizes == 20_000 || counts == 0 || counts == 20_000 {
		t.Errorf("%d sizes, %d counts", sizes, counts)
	}
}
