package catalog

import (
	"iter"
	"math"
	"slices"

	"gpupick/api"
)

// Standing is where a row's price per GPU stands among all rows of the same
// GPU, whatever the filter.
type Standing struct {
	Rank   int       // 1 is the cheapest; equal prices share a rank
	Prices []float64 // of all rows of the same GPU, USD per hour and GPU, ascending
}

// Cheapest is the lowest of the prices.
func (s Standing) Cheapest() float64 { return s.Prices[0] }

// Median is the price in the middle, of two the lower.
func (s Standing) Median() float64 { return s.Prices[(len(s.Prices)-1)/2] }

// asked are the last questions about one row, with their answers: a screen asks the
// same again for every frame.
type asked struct {
	standing struct {
		of       Row
		standing Standing
	}
	better struct {
		of   Row
		rows []Row
	}
}

// Standing is a row's standing; ok is false if its price per GPU or its GPU is
// unknown, or it is gone. The prices are not to be changed.
func (c *Catalog) Standing(r Row) (s Standing, ok bool) {
	if !r.p.PerGPU.Known || r.p.GPUKey == "" || r.p.Change == Gone {
		return s, false
	}
	if last := &c.asked.standing; last.of != r {
		last.of, last.standing = r, c.standing(r)
	}
	return c.asked.standing.standing, true
}

func (c *Catalog) standing(r Row) Standing {
	s := Standing{Rank: 1}
	for _, p := range c.sameGPU(r) {
		v := p.num[packedPerGPU]
		if math.IsNaN(v) {
			continue
		}
		s.Prices = append(s.Prices, v)
		if v < r.p.PerGPU.Value {
			s.Rank++
		}
	}
	slices.Sort(s.Prices)
	return s
}

// sameGPU are the rows with the GPU of r, packed, by their place.
func (c *Catalog) sameGPU(r Row) iter.Seq2[int, *packed] {
	return func(yield func(int, *packed) bool) {
		if c.shared == nil {
			return
		}
		c.settle()
		d := c.shared.dictionaries[gpuCode]
		key, known := d.value[r.p.GPUKey]
		if !known {
			return
		}
		for i := range c.rows {
			if p := c.packed.at(i); d.keys[p.codes[gpuCode]] == key && !yield(i, p) {
				return
			}
		}
	}
}

// Better are the rows of the same GPU and count that have at least as much of
// everything and a lower price, cheapest first. What a row does not say is not
// taken for enough; where r itself does not say, anything is. The slice is not to be
// changed.
func (c *Catalog) Better(r Row) []Row {
	if !r.p.HourlyRate.Known || r.p.GPUKey == "" || !r.p.GPUCount.Known {
		return nil
	}
	if last := &c.asked.better; last.of != r {
		last.of, last.rows = r, c.better(r)
	}
	return c.asked.better.rows
}

func (c *Catalog) better(r Row) (list []Row) {
	for i, p := range c.sameGPU(r) {
		if !(p.num[packedPrice] < r.p.HourlyRate.Value) {
			return list // they are in the order of their price, unknown ones last
		}
		if o := c.rows[i]; o.p.GPUCount == r.p.GPUCount &&
			enough(o.p.MemoryGB, r.p.MemoryGB) && enough(o.p.CPUCores, r.p.CPUCores) &&
			enough(o.p.StorageGB, r.p.StorageGB) &&
			(!r.VRAM().Known() || o.VRAM().Known() && o.VRAM().Least >= r.VRAM().Least) {
			list = append(list, o)
		}
	}
	return list
}

func enough(have, want api.Optional[int64]) bool {
	return !want.Known || have.Known && have.Value >= want.Value
}
