package catalog

import (
	"iter"
	"math"
	"slices"

	"gpupick/api"
)

// Standing is the price rank of a row among all rows of the same GPU, whatever the filter.
type Standing struct {
	Rank   int       // 1 is the cheapest; equal prices share a rank
	Prices []float64 // prices per GPU of all rows of the same GPU, USD per hour, ascending
}

// Cheapest returns the lowest price.
func (s Standing) Cheapest() float64 { return s.Prices[0] }

// Median returns the middle price, or the lower one of two.
func (s Standing) Median() float64 { return s.Prices[(len(s.Prices)-1)/2] }

// asked caches the last answers of Standing and Better, as the screen asks about the same row for every frame.
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

// Standing returns a row's price rank. ok is false if its price per GPU or its GPU is unknown, or if it is no
// longer listed. The prices must not be changed.
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

// sameGPU iterates over the rows with the GPU of r, packed, by index.
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

// Better returns the cheaper rows with the same GPU and count and the same or better specs, cheapest first. A
// spec that a row does not state is not enough, unless r does not state it either. The slice must not be
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
			return list // rows are sorted by price, unknown prices last
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
