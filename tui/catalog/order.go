package catalog

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"

	"gpupick/tui/query"
)

// order is the default order: by price, region and id.
type order struct {
	numbers []int32 // rows in that order
	rows    int     // how many rows of the columns it takes into account
	out     int     // how many entries of out it takes into account
}

// inOrder returns all rows in an order, also those that are no longer listed. Orders are kept.
func (c *Catalog) inOrder(s query.Sort) []int32 {
	if c.sorted.rows < c.offers.Len() || c.sorted.out < len(c.out) {
		c.sorted = order{numbers: c.merged(), rows: c.offers.Len(), out: len(c.out)}
	}
	if len(s) == 0 || s[0] == (query.SortKey{Field: query.Price}) && len(s) == 1 {
		return c.sorted.numbers
	}
	name := s.String()
	if c.orders == nil {
		c.orders = map[string][]int32{}
	}
	sorted, there := c.orders[name]
	if !there {
		if len(c.orders) >= ordersMost {
			clear(c.orders)
		}
		sorted = c.sortedBy(s, c.sorted.numbers)
		c.orders[name] = sorted
	}
	return sorted
}

const ordersMost = 8 // with more sorts, those that were kept are dropped

// merged returns the default order of all rows: the order so far, without the rows that were replaced since, and with
// the rows that were added.
func (c *Catalog) merged() []int32 {
	numbers := append(make([]int32, 0, c.offers.Len()), c.sorted.numbers...)
	if c.sorted.out < len(c.out) {
		numbers = slices.DeleteFunc(numbers, c.isOut)
	}
	from := len(numbers)
	for n := c.sorted.rows; n < c.offers.Len(); n++ {
		if len(c.out) == 0 || !c.isOut(int32(n)) {
			numbers = append(numbers, int32(n))
		}
	}
	c.sortDefault(numbers[from:])
	mergeTail(numbers, from, c.compareDefault)
	return numbers
}

func (c *Catalog) isOut(n int32) bool {
	_, is := slices.BinarySearch(c.out, n)
	return is
}

// sortDefault sorts rows in the default order.
func (c *Catalog) sortDefault(numbers []int32) {
	type priced struct {
		price float64
		n     int32
	}
	list := make([]priced, len(numbers)) // the price nearly always decides, so it stands beside the number
	for i, n := range numbers {
		list[i] = priced{c.priceRank(n), n}
	}
	slices.SortFunc(list, func(a, b priced) int {
		switch {
		case a.price < b.price:
			return -1
		case a.price > b.price:
			return 1
		}
		return c.compareEquallyPriced(a.n, b.n)
	})
	for i := range list {
		numbers[i] = list[i].n
	}
}

// priceRank is the price of a row. It is greater than any price if that is unknown, and greater still for an offer
// without a GPU.
func (c *Catalog) priceRank(n int32) float64 {
	switch rate := c.offers.HourlyRate[n]; {
	case c.gpus[c.offers.GPU[n]].none:
		return withoutGPU
	case math.IsNaN(rate):
		return withoutPrice
	default:
		return rate
	}
}

const withoutPrice, withoutGPU = math.MaxFloat64 / 2, math.MaxFloat64

// compareDefault compares rows in the default order, in which no two rows are equal.
func (c *Catalog) compareDefault(a, b int32) int {
	switch x, y := c.priceRank(a), c.priceRank(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return c.compareEquallyPriced(a, b)
}

// compareEquallyPriced compares rows of one rank by price (among those without a GPU), region and id. A missing
// region is last.
func (c *Catalog) compareEquallyPriced(a, b int32) int {
	if x, y := c.offers.HourlyRate[a], c.offers.HourlyRate[b]; x != y && (x == x || y == y) {
		return compareNumbers(x, y)
	}
	if x, y := c.offers.Region[a], c.offers.Region[b]; x != y {
		r, s := c.offers.Regions.Values[x], c.offers.Regions.Values[y]
		if r == "" || s == "" {
			return cmp.Compare(s, r)
		}
		return strings.Compare(r, s)
	}
	return cmp.Or(bytes.Compare(c.offers.IDBytes(int(a)), c.offers.IDBytes(int(b))), int(a-b))
}

// compareNumbers compares numbers; NaN is last.
func compareNumbers(a, b float64) int {
	switch {
	case a < b || a == a && b != b:
		return -1
	case a > b || a != a && b == b:
		return 1
	}
	return 0
}

// sortedBy returns rows, which are in the default order, in another one.
func (c *Catalog) sortedBy(s query.Sort, numbers []int32) []int32 {
	// Each key becomes one number per row, so that comparing two rows is cheap.
	ranks := make([][]float64, len(s))
	for i, k := range s {
		ranks[i] = c.ranksBy(k, numbers)
	}
	list := make([]int32, len(numbers))
	for i := range list {
		list[i] = int32(i)
	}
	slices.SortFunc(list, func(a, b int32) int {
		for _, rank := range ranks {
			if x, y := rank[a], rank[b]; x != y {
				return cmp.Compare(x, y)
			}
		}
		return int(a - b)
	})
	for i, at := range list {
		list[i] = numbers[at]
	}
	return list
}

// ranksBy returns a number for each row that sorts the rows by one key; a missing value is last in either direction.
func (c *Catalog) ranksBy(k query.SortKey, numbers []int32) []float64 {
	ranks, sign := make([]float64, len(numbers)), 1.0
	if k.Desc {
		sign = -1
	}
	if k.Field.IsNumber() {
		for i, n := range numbers {
			switch least, _ := (Row{c, n}).number(k.Field); {
			case k.Field.IsPrice() && c.gpus[c.offers.GPU[n]].none: // after all others, whatever their price
				ranks[i] = withoutGPU
			case math.IsNaN(least):
				ranks[i] = withoutPrice
			default:
				ranks[i] = sign * least
			}
		}
		return ranks
	}
	places, at := c.placesBy(k.Field, numbers)
	for i, n := range numbers {
		switch place := places[at(i, n)]; {
		case place < 0:
			ranks[i] = withoutPrice
		default:
			ranks[i] = sign * float64(place)
		}
	}
	return ranks
}

// placesBy returns the places of the different texts of a field in their order, -1 where there is none. at returns
// the index in places for the row at an index of numbers.
func (c *Catalog) placesBy(f query.Field, numbers []int32) (places []int, at func(i int, n int32) int32) {
	var keys []string
	var missing []bool
	if a := &accessors[f]; a.of == none {
		at = func(i int, _ int32) int32 { return int32(i) }
		for _, n := range numbers {
			key := ""
			if f == query.ID {
				key = strings.ToLower(c.offers.ID(int(n)))
			} else {
				key = (Row{c, n}).text(f).Key
			}
			keys, missing = append(keys, key), append(missing, false)
		}
	} else {
		column := c.numbers(a.of)
		at = func(_ int, n int32) int32 { return column[n] }
		for n := range c.entries(a.of) {
			key, _, known := a.value(c, int32(n))
			keys, missing = append(keys, key), append(missing, !known)
		}
	}
	compare := naturalCompare
	if f.IsPlace() {
		compare = strings.Compare
	}
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compare(keys[a], keys[b]) })
	places = make([]int, len(keys))
	for i, k := range order {
		places[k] = i
		if i > 0 && compare(keys[order[i-1]], keys[k]) == 0 {
			places[k] = places[order[i-1]]
		}
	}
	for k := range places {
		if missing[k] {
			places[k] = -1
		}
	}
	return places, at
}
