package catalog

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gpupick/tui/query"
)

// Spread is the price distribution: the prices of rows by a measure, grouped by GPU, the GPU with the cheapest price
// first.
type Spread struct {
	GPUs      []SpreadGPU
	Low, High float64 // lowest and highest of the prices above 0, USD per hour
	Unpriced  int     // number of rows without such a price
}

// SpreadGPU has the prices of one GPU.
type SpreadGPU struct {
	Head   MatrixHead
	Prices []float64 // USD per hour, ascending
}

// Median returns the middle price, or the lower one of two.
func (g SpreadGPU) Median() float64 { return g.Prices[(len(g.Prices)-1)/2] }

// Spread returns the price distribution of rows of this catalog by a measure.
func (c *Catalog) Spread(rows Rows, by Measure) Spread {
	s := Spread{Low: math.Inf(1)}
	at := map[string]int{}
	for _, r := range rows.All() {
		if r.NoGPU() {
			continue
		}
		price := by.Of(r)
		if !price.Known {
			s.Unpriced++
			continue
		}
		key := gpuHead(r)
		i, seen := at[key]
		if !seen {
			head := MatrixHead{key: key, Label: r.GPUType(), values: []query.Value{{Field: query.GPU, Missing: true}}}
			c.nameGPU(&head)
			i, at[key] = len(s.GPUs), len(s.GPUs)
			s.GPUs = append(s.GPUs, SpreadGPU{Head: head})
		}
		g := &s.GPUs[i]
		g.Prices = append(g.Prices, price.Value)
		g.Head.Rows++
		g.Head.From = cheaper(g.Head.From, price)
		if price.Value > 0 {
			s.Low, s.High = min(s.Low, price.Value), max(s.High, price.Value)
		}
	}
	for _, g := range s.GPUs {
		slices.Sort(g.Prices)
	}
	slices.SortFunc(s.GPUs, func(a, b SpreadGPU) int {
		return cmp.Or(cmp.Compare(a.Prices[0], b.Prices[0]), naturalCompare(a.Head.Label, b.Head.Label),
			strings.Compare(a.Head.key, b.Head.key))
	})
	return s
}

// Place returns the column of a price on a logarithmic axis from Low to High: each column costs more than the
// one before it by the same factor. Prices outside the axis are at its ends.
func (s Spread) Place(price float64, columns int) int {
	if price <= s.Low || s.High <= s.Low || columns < 2 {
		return 0
	}
	at := math.Log(price/s.Low) / math.Log(s.High/s.Low) * float64(columns-1)
	return min(int(math.Round(at)), columns-1)
}

// Bins counts the prices of a GPU in each column of that axis.
func (s Spread) Bins(g SpreadGPU, columns int) []int {
	bins := make([]int, max(columns, 1))
	for _, p := range g.Prices {
		bins[s.Place(p, columns)]++
	}
	return bins
}

// Ticks returns round prices on the axis, closer together on a short axis so that it has at least three if
// possible.
func (s Spread) Ticks() []float64 {
	var ticks []float64
	if s.High <= 0 {
		return nil
	}
	for _, steps := range [][]float64{{1, 2, 5}, {1, 1.5, 2, 3, 4, 5, 7},
		{1, 1.2, 1.4, 1.6, 1.8, 2, 2.25, 2.5, 2.75, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5}} {
		ticks = nil
		for e := math.Floor(math.Log10(s.Low)); e <= math.Log10(s.High); e++ {
			for _, m := range steps {
				if v := m * math.Pow(10, e); v >= s.Low && v <= s.High {
					ticks = append(ticks, v)
				}
			}
		}
		if len(ticks) >= 3 {
			break
		}
	}
	return ticks
}
