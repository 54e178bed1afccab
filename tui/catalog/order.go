package catalog

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gpupick/tui/query"
)

// inOrder returns the indexes of all rows in an order, which it caches; nil for the default order.
func (c *Catalog) inOrder(s query.Sort) []int32 {
	if isDefaultOrder(s) {
		return nil
	}
	name := s.String()
	if c.orders == nil {
		c.orders = map[string][]int32{}
	}
	if len(c.orders) > ordersMost {
		clear(c.orders)
	}
	if c.orders[name] == nil {
		c.orders[name] = placesBy(s, c.rows)
	}
	return c.orders[name]
}

const ordersMost = 8 // with more sorts, the cache is cleared

func isDefaultOrder(s query.Sort) bool {
	return len(s) == 0 || s[0] == (query.SortKey{Field: query.Price}) && len(s) == 1
}

// applySort sorts rows that are in the default order.
func applySort(s query.Sort, rows []Row) {
	if isDefaultOrder(s) {
		return
	}
	sorted := make([]Row, len(rows))
	for i, from := range placesBy(s, rows) {
		sorted[i] = rows[from]
	}
	copy(rows, sorted)
}

// placesBy returns the indexes of rows in an order. The rows must be in the default order.
func placesBy(s query.Sort, rows []Row) []int32 {
	// Each key becomes one number per row, so that comparing two rows is cheap.
	ranks := make([][]float64, len(s))
	for i, k := range s {
		ranks[i] = ranksBy(k, rows)
	}
	at := make([]int32, len(rows))
	for i := range at {
		at[i] = int32(i)
	}
	slices.SortFunc(at, func(a, b int32) int {
		for _, rank := range ranks {
			if x, y := rank[a], rank[b]; x != y {
				return cmp.Compare(x, y)
			}
		}
		return int(a - b)
	})
	return at
}

// ranksBy returns numbers that sort rows by one key; a missing value is last in either direction.
func ranksBy(k query.SortKey, rows []Row) []float64 {
	f, ranks := &accessors[k.Field], make([]float64, len(rows))
	sign := 1.0
	if k.Desc {
		sign = -1
	}
	if f.number != nil {
		for i, r := range rows {
			switch v := f.number(r); {
			case r.p.NoGPU && k.Field.IsPrice(): // after all others, whatever their price
				ranks[i] = math.Inf(1)
			case v.Known:
				ranks[i] = sign * v.Value
			default:
				ranks[i] = math.MaxFloat64
			}
		}
		return ranks
	}
	// Sort the distinct texts; a text's position is its number.
	byText := map[string]int{}
	var first []Row
	of := make([]int, len(rows))
	for i, r := range rows {
		key, known := valueKey(k.Field, r)
		if !known {
			of[i] = -1
			continue
		}
		n, there := byText[key]
		if !there {
			n = len(first)
			byText[key] = n
			first = append(first, r)
		}
		of[i] = n
	}
	order := make([]int, len(first))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareField(k.Field, first[a], first[b]) })
	place := make([]float64, len(first))
	for i, n := range order {
		place[n] = float64(i)
		if i > 0 && compareField(k.Field, first[order[i-1]], first[n]) == 0 {
			place[n] = place[order[i-1]]
		}
	}
	for i, n := range of {
		if ranks[i] = math.Inf(1); n >= 0 {
			ranks[i] = sign * place[n]
		}
	}
	return ranks
}

// compareKey compares two rows by one key; a missing value is last in either direction.
func compareKey(k query.SortKey, a, b Row) int {
	if k.Field.IsPrice() && (a.p.NoGPU || b.p.NoGPU) {
		switch {
		case !b.p.NoGPU:
			return 1
		case !a.p.NoGPU:
			return -1
		}
		return 0
	}
	_, knownA := valueKey(k.Field, a)
	_, knownB := valueKey(k.Field, b)
	switch {
	case knownA != knownB && knownA:
		return -1
	case knownA != knownB:
		return 1
	case !knownA:
		return 0
	case k.Desc:
		return -compareField(k.Field, a, b)
	}
	return compareField(k.Field, a, b)
}

// compareField compares two rows that have a value of a field.
func compareField(f query.Field, a, b Row) int {
	switch x := &accessors[f]; {
	case x.number != nil:
		return cmp.Compare(x.number(a).Value, x.number(b).Value)
	case x.place != nil:
		return strings.Compare(a.p.Place.String(), b.p.Place.String())
	case f == query.GPU:
		return naturalCompare(a.p.GPUKey, b.p.GPUKey)
	default:
		return naturalCompare(x.text(a).Key, x.text(b).Key)
	}
}

// compareDefault compares rows in the default order: by price, then region, then id, so that no two rows are equal.
// An unknown price and a missing region are last. Rows without a GPU come after all others.
func compareDefault(a, b Row) int {
	switch {
	case a.p.NoGPU != b.p.NoGPU && b.p.NoGPU:
		return -1
	case a.p.NoGPU != b.p.NoGPU:
		return 1
	case a.p.HourlyRate.Known != b.p.HourlyRate.Known && a.p.HourlyRate.Known:
		return -1
	case a.p.HourlyRate.Known != b.p.HourlyRate.Known:
		return 1
	case !a.p.HourlyRate.Known:
	case a.p.HourlyRate.Value < b.p.HourlyRate.Value:
		return -1
	case a.p.HourlyRate.Value > b.p.HourlyRate.Value:
		return 1
	}
	if (a.p.Region == "") != (b.p.Region == "") {
		return cmp.Compare(b.p.Region, a.p.Region) // reversed: the empty region is last
	}
	return cmp.Or(strings.Compare(a.p.Region, b.p.Region), strings.Compare(a.p.ID, b.p.ID))
}

// compareBy compares rows by the keys of s in turn, then in the default order.
func compareBy(s query.Sort, a, b Row) int {
	for _, k := range s {
		if c := compareKey(k, a, b); c != 0 {
			return c
		}
	}
	return compareDefault(a, b)
}
