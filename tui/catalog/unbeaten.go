package catalog

import (
	"cmp"
	"slices"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// An offer beats another one in the same country if it has at least as much of everything that counts (GPUs of the
// same card or a better one, RAM, vCPUs, disk) for at most the price, and more of something or a lower price. Offers
// with an unknown value neither beat nor are beaten.

// contender is what counts of a row.
type contender struct {
	row     Row
	country string
	card    *known.Card
	price   float64
	has     [4]float64 // GPUs, RAM, vCPUs, disk
}

// contenderOf returns what counts of a row; ok is false if something is unknown.
func contenderOf(r Row) (c contender, ok bool) {
	c = contender{row: r, country: r.Place().Country, card: r.gpu().card, price: r.rate(), has: [4]float64{
		wholeOrNaN(r.GPUCount()), wholeOrNaN(r.MemoryGB()), wholeOrNaN(r.CPUCores()), wholeOrNaN(r.StorageGB())}}
	ok = c.country != "" && r.GPUKey() != "" && !r.GPUShare().Known && c.price == c.price
	for _, v := range c.has {
		ok = ok && v == v // not NaN
	}
	return c, ok
}

// asGood reports whether a card is the same as another one or a better one: memory, bandwidth and 16-bit arithmetic
// are known to be at least as large.
func asGood(a, b *known.Card) bool {
	return a.Key == b.Key || !a.Part && !b.Part && a.Memory.Known() && b.Memory.Known() &&
		a.Memory.Least >= b.Memory.Most && atLeast(a.Bandwidth, b.Bandwidth) && atLeast(a.TFLOPS16, b.TFLOPS16)
}

func atLeast(a, b known.Figure) bool { return a.Known() && b.Known() && a.Least >= b.Most }

// beats reports whether a, which costs at most as much as b, beats it.
func (c *contender) beats(b *contender) bool {
	more := c.price < b.price || !asGood(b.card, c.card)
	for i, v := range c.has {
		if v < b.has[i] {
			return false
		}
		more = more || v > b.has[i]
	}
	return more && asGood(c.card, b.card)
}

// unbeaten returns for each row, by its number, whether no other one beats it; unknown for rows no longer listed. It
// is worked out when first asked for.
func (c *Catalog) unbeaten() []query.Truth {
	if c.tops != nil {
		return c.tops
	}
	c.tops = slices.Repeat([]query.Truth{unknown}, c.offers.Len())
	var all []contender
	for _, r := range c.Rows().All() {
		if of, ok := contenderOf(r); ok {
			all = append(all, of)
		}
	}
	// Whatever beats an offer comes before it: it is cheaper, or has more for the price.
	slices.SortFunc(all, func(a, b contender) int {
		by := cmp.Or(cmp.Compare(a.country, b.country), cmp.Compare(a.price, b.price))
		for i := range a.has {
			by = cmp.Or(by, cmp.Compare(b.has[i], a.has[i]))
		}
		return cmp.Or(by, cmp.Compare(b.card.Memory.Least, a.card.Memory.Least),
			cmp.Compare(b.card.Bandwidth.Least, a.card.Bandwidth.Least),
			cmp.Compare(b.card.TFLOPS16.Least, a.card.TFLOPS16.Least), int(a.row.n-b.row.n))
	})
	var best []*contender // those of the country that nothing has beaten so far
	for i := range all {
		if of := &all[i]; i == 0 || all[i-1].country != of.country {
			best = best[:0]
		}
		beaten := slices.ContainsFunc(best, func(o *contender) bool { return o.beats(&all[i]) })
		c.tops[all[i].row.n] = known.Truly(!beaten)
		if !beaten {
			best = append(best, &all[i])
		}
	}
	return c.tops
}
