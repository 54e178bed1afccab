package catalog

import (
	"iter"
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
	if !r.PerGPU().Known || r.GPUKey() == "" || r.Change() == Gone {
		return s, false
	}
	if last := &c.asked.standing; last.of != r {
		last.of, last.standing = r, c.standing(r)
	}
	return c.asked.standing.standing, true
}

func (c *Catalog) standing(r Row) Standing {
	s := Standing{Rank: 1}
	for o := range c.sameGPU(r) {
		price := o.PerGPU()
		if !price.Known {
			continue
		}
		s.Prices = append(s.Prices, price.Value)
		if price.Value < r.PerGPU().Value {
			s.Rank++
		}
	}
	slices.Sort(s.Prices)
	return s
}

// sameGPU iterates over the rows with the GPU of r, the cheapest first.
func (c *Catalog) sameGPU(r Row) iter.Seq[Row] {
	key := r.GPUKey()
	same := make([]bool, len(c.gpus))
	for n := range c.gpus {
		same[n] = c.gpus[n].key == key
	}
	return func(yield func(Row) bool) {
		for _, o := range c.Rows().All() {
			if same[c.offers.GPU[o.n]] && !yield(o) {
				return
			}
		}
	}
}

// Better returns the cheaper rows that are as good or better, cheapest first. The slice must not be changed.
func (c *Catalog) Better(r Row) []Row {
	if !r.HourlyRate().Known || r.GPUKey() == "" || !r.GPUCount().Known {
		return nil
	}
	if last := &c.asked.better; last.of != r {
		last.of, last.rows = r, c.better(r)
	}
	return c.asked.better.rows
}

func (c *Catalog) better(r Row) (list []Row) {
	good := make([]bool, len(c.gpus))
	for n := range c.gpus {
		good[n] = c.gpus[n].asGoodAs(r.gpu())
	}
	for _, o := range c.Rows().All() {
		if !(o.rate() < r.rate()) {
			break // rows are sorted by price, unknown prices last
		}
		if good[c.offers.GPU[o.n]] && o.hasAsMuch(r) {
			list = append(list, o)
		}
	}
	return list
}

// asGoodAs reports whether GPUs are at least as many as others, of the same card or a better one.
func (g *gpu) asGoodAs(o *gpu) bool {
	return enough(g.Count, o.Count) && asGood(g.card, o.card) && g.key != "" &&
		(!o.vram.Known() || g.vram.Known() && g.vram.Least >= o.vram.Least)
}

// hasAsMuch reports whether an offer has at least as much RAM, vCPUs and disk as another one.
func (r Row) hasAsMuch(o Row) bool {
	return enough(r.MemoryGB(), o.MemoryGB()) && enough(r.CPUCores(), o.CPUCores()) &&
		enough(r.StorageGB(), o.StorageGB())
}

// enough reports whether an offer has at least as much as another one. What it does not state is not enough, unless
// the other one does not state it either.
func enough(have, want api.Optional[int64]) bool {
	return !want.Known || have.Known && have.Value >= want.Value
}
