package catalog

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// SortKey is one key of an order.
type SortKey struct {
	Field Field
	Desc  bool
}

// String is the key as --sort takes it: "price", "-mem".
func (k SortKey) String() string {
	if k.Desc {
		return "-" + k.Field.String()
	}
	return k.Field.String()
}

// Sort is an order: the keys in turn, then price, region and id. The zero Sort
// is by price.
type Sort []SortKey

// ParseSort reads "price", "-mem" or "pergpu,-cpu".
func ParseSort(s string) (Sort, error) {
	var order Sort
	for _, part := range strings.Split(s, ",") {
		name := strings.TrimSpace(part)
		bare := strings.TrimLeft(name, "-+")
		f, ok := FieldNamed(bare)
		if !ok {
			if n := NearestField(bare); n != "" {
				return nil, fmt.Errorf("no field %q to sort by; did you mean %s?", bare, n)
			}
			return nil, fmt.Errorf("no field %q to sort by; the fields are %s", bare, fieldNames())
		}
		order = append(order, SortKey{Field: f, Desc: strings.HasPrefix(name, "-")})
	}
	return order, nil
}

func fieldNames() string {
	var names []string
	for f := range fields {
		names = append(names, fields[f].name)
	}
	return strings.Join(names, " ")
}

// String is the order as --sort takes it.
func (s Sort) String() string {
	if len(s) == 0 {
		return Price.String()
	}
	var parts []string
	for _, k := range s {
		parts = append(parts, k.String())
	}
	return strings.Join(parts, ",")
}

// Primary is the key that decides first.
func (s Sort) Primary() SortKey {
	if len(s) == 0 {
		return SortKey{Field: Price}
	}
	return s[0]
}

// By is the order by f alone: in f's own direction, or turned round if that is
// what it is already.
func (s Sort) By(f Field) Sort {
	if now := s.Primary(); len(s) <= 1 && now.Field == f {
		return Sort{{Field: f, Desc: !now.Desc}}
	}
	return Sort{{Field: f, Desc: f.Falls()}}
}

// Then is the order with f as its last key; a key that is there already is
// turned round where it stands.
func (s Sort) Then(f Field) Sort {
	if len(s) == 0 {
		s = Sort{s.Primary()}
	}
	next := slices.Clone(s)
	for i := range next {
		if next[i].Field == f {
			next[i].Desc = !next[i].Desc
			return next
		}
	}
	return append(next, SortKey{Field: f, Desc: f.Falls()})
}

// inOrder are the places of all rows in an order, which is worked out once and
// kept; nil for the order in which they are.
func (c *Catalog) inOrder(s Sort) []int32 {
	if s.isLastResort() {
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
		c.orders[name] = s.places(c.rows)
	}
	return c.orders[name]
}

const ordersMost = 8 // that are kept

func (s Sort) isLastResort() bool {
	return len(s) == 0 || s[0] == (SortKey{Field: Price}) && len(s) == 1
}

// apply sorts rows that are in the order of last resort.
func (s Sort) apply(rows []*Row) {
	if s.isLastResort() {
		return
	}
	sorted := make([]*Row, len(rows))
	for i, from := range s.places(rows) {
		sorted[i] = rows[from]
	}
	copy(rows, sorted)
}

// places are the places of rows, which are in the order of last resort, in the order.
func (s Sort) places(rows []*Row) []int32 {
	// Each key is made a number once for every row: comparing two of them is then
	// nothing.
	ranks := make([][]float64, len(s))
	for i, k := range s {
		ranks[i] = k.ranks(rows)
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

// ranks are numbers in whose order rows stand by one key; a missing value is last
// in either direction.
func (k SortKey) ranks(rows []*Row) []float64 {
	f, ranks := &fields[k.Field], make([]float64, len(rows))
	sign := 1.0
	if k.Desc {
		sign = -1
	}
	if f.number != nil {
		for i, r := range rows {
			switch v := f.number(r); {
			case r.NoGPU && f.unit == usd: // behind all others, whatever their price
				ranks[i] = math.Inf(1)
			case v.Known:
				ranks[i] = sign * v.Value
			default:
				ranks[i] = math.MaxFloat64
			}
		}
		return ranks
	}
	// Of texts there are few, or they are all different: they are put in order, and
	// their places are the numbers.
	byText := map[string]int{}
	var first []*Row
	of := make([]int, len(rows))
	for i, r := range rows {
		key, known := k.sortText(r)
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
	slices.SortFunc(order, func(a, b int) int { return SortKey{Field: k.Field}.compare(first[a], first[b]) })
	place := make([]float64, len(first))
	for i, n := range order {
		place[n] = float64(i)
		if i > 0 && (SortKey{Field: k.Field}).compare(first[order[i-1]], first[n]) == 0 {
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

// sortText is equal for rows that are equal by a key that is no number.
func (k SortKey) sortText(r *Row) (string, bool) {
	switch f := &fields[k.Field]; {
	case k.Field == GPU:
		return r.GPUKey, r.gpuText != nil
	case k.Field == ID:
		return r.ID, r.ID != ""
	case f.text != nil:
		if t := f.text(r); t != nil {
			return t.lower, true
		}
		return "", false
	default:
		p := f.place(r)
		return p.String(), p.Known()
	}
}

// compare orders two rows by one key; a missing value is last in either
// direction.
func (k SortKey) compare(a, b *Row) int {
	f := &fields[k.Field]
	var c int
	var knownA, knownB bool
	if f.unit == usd && (a.NoGPU || b.NoGPU) {
		switch {
		case !b.NoGPU:
			return 1
		case !a.NoGPU:
			return -1
		}
		return 0
	}
	switch {
	case f.number != nil:
		x, y := f.number(a), f.number(b)
		c, knownA, knownB = cmp.Compare(x.Value, y.Value), x.Known, y.Known
	case k.Field == GPU:
		c, knownA, knownB = naturalCompare(a.GPUKey, b.GPUKey), a.gpuText != nil, b.gpuText != nil
	case f.text != nil:
		x, y := f.text(a), f.text(b)
		if knownA, knownB = x != nil, y != nil; knownA && knownB {
			c = naturalCompare(x.lower, y.lower)
		}
	default:
		x, y := f.place(a), f.place(b)
		c, knownA, knownB = strings.Compare(x.String(), y.String()), x.Known(), y.Known()
	}
	switch {
	case knownA != knownB && knownA:
		return -1
	case knownA != knownB:
		return 1
	case !knownA:
		return 0
	case k.Desc:
		return -c
	}
	return c
}

// lastResort orders by price, then region, then id, so that no two rows are
// equal: an unknown price and a missing region are last, and behind all others those
// without a GPU.
func lastResort(a, b *Row) int {
	switch {
	case a.NoGPU != b.NoGPU && b.NoGPU:
		return -1
	case a.NoGPU != b.NoGPU:
		return 1
	case a.HourlyRate.Known != b.HourlyRate.Known && a.HourlyRate.Known:
		return -1
	case a.HourlyRate.Known != b.HourlyRate.Known:
		return 1
	case !a.HourlyRate.Known:
	case a.HourlyRate.Value < b.HourlyRate.Value:
		return -1
	case a.HourlyRate.Value > b.HourlyRate.Value:
		return 1
	}
	if (a.Region == "") != (b.Region == "") {
		return cmp.Compare(b.Region, a.Region) // the empty one is the lesser
	}
	return cmp.Or(strings.Compare(a.Region, b.Region), strings.Compare(a.ID, b.ID))
}
