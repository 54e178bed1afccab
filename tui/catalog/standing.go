package catalog

import (
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

// Standing is a row's standing; ok is false if its price per GPU or its GPU is
// unknown, or it is gone.
func (c *Catalog) Standing(r *Row) (s Standing, ok bool) {
	if !r.PerGPU.Known || r.GPUKey == "" || r.Change == Gone {
		return s, false
	}
	s.Rank = 1
	for _, o := range c.Rows() {
		if o.GPUKey != r.GPUKey || !o.PerGPU.Known {
			continue
		}
		s.Prices = append(s.Prices, o.PerGPU.Value)
		if o.PerGPU.Value < r.PerGPU.Value {
			s.Rank++
		}
	}
	slices.Sort(s.Prices)
	return s, true
}

// Better are the rows of the same GPU and count that have at least as much of
// everything and a lower price, cheapest first. What a row does not say is not
// taken for enough; where r itself does not say, anything is.
func (c *Catalog) Better(r *Row) []*Row {
	if !r.HourlyRate.Known || r.GPUKey == "" || !r.GPUCount.Known {
		return nil
	}
	var list []*Row
	for _, o := range c.Rows() {
		if o.GPUKey == r.GPUKey && o.GPUCount == r.GPUCount && o.HourlyRate.Known && o.HourlyRate.Value < r.HourlyRate.Value &&
			enough(o.MemoryGB, r.MemoryGB) && enough(o.CPUCores, r.CPUCores) && enough(o.StorageGB, r.StorageGB) && enough(o.VRAM, r.VRAM) {
			list = append(list, o)
		}
	}
	return list
}

func enough(have, want api.Optional[int64]) bool {
	return !want.Known || have.Known && have.Value >= want.Value
}
