package catalog

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gpupick/api"
	"gpupick/tui/query"
)

// For random filters, every row with a price is in the line of its GPU, in one column, and more expensive rows
// are further to the right.
func TestSpreadAgreesWithSortingPrices(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(4, 4))
	for range 100 {
		q := mustParse(t, randomFilter(rnd))
		rows := c.Run(q).Rows
		by := Measure(rnd.IntN(int(measures)))
		s := c.Spread(rows, by)
		columns := 1 + rnd.IntN(80)
		total := s.Unpriced
		for i, g := range s.GPUs {
			var want []float64
			for _, r := range rows.All() {
				if price := by.Of(r); price.Known && gpuHead(r) == g.Head.key {
					want = append(want, price.Value)
				}
			}
			slices.Sort(want)
			if !slices.Equal(g.Prices, want) || g.Head.Rows != len(want) || g.Head.From != api.Some(want[0]) {
				t.Fatalf("%s: %s: %v, want %v", q, g.Head.Label, g.Prices, want)
			}
			if i > 0 && s.GPUs[i-1].Prices[0] > g.Prices[0] {
				t.Fatalf("%s: %s is behind a dearer one", q, g.Head.Label)
			}
			in := 0
			for _, n := range s.Bins(g, columns) {
				in += n
			}
			total += in
			at := 0
			for _, p := range g.Prices {
				if next := s.Place(p, columns); next < at || next >= columns {
					t.Fatalf("%s: %v is at %d of %d, behind %d", q, p, next, columns, at)
				} else {
					at = next
				}
			}
			if have := idsOf(c.Run(q.Choose(query.GPU, g.Head.Values())).Rows); len(have) < len(want) {
				t.Fatalf("%s: %s ticked gives %d rows of %d", q, g.Head.Label, len(have), len(want))
			}
		}
		if total != rows.Len()-c.Run(q).NoGPU {
			t.Fatalf("%s: %d rows in the picture, want %d", q, total, rows.Len())
		}
		for i, v := range s.Ticks() {
			if v < s.Low || v > s.High || i > 0 && v <= s.Ticks()[i-1] {
				t.Fatalf("ticks %v from %v to %v", s.Ticks(), s.Low, s.High)
			}
		}
	}
}

func TestSpreadWithoutPrices(t *testing.T) {
	for _, c := range []*Catalog{New(api.Rows{}), of([]api.InstanceType{{ID: "a", GPUType: "X"}}),
		of([]api.InstanceType{{ID: "a", GPUType: "X", GPUCount: api.Some(int64(1)), HourlyRate: api.Some(0.0)}})} {
		s := c.Spread(c.Rows(), ByGPU)
		if s.Place(1, 10) != 0 || len(s.Ticks()) != 0 {
			t.Errorf("%+v", s)
		}
	}
}
