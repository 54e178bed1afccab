package catalog

import (
	"cmp"
	"fmt"
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

// apply sorts rows that are in the order of last resort.
func (s Sort) apply(rows []*Row) {
	if len(s) == 0 || s[0] == (SortKey{Field: Price}) && len(s) == 1 {
		return
	}
	slices.SortStableFunc(rows, func(a, b *Row) int {
		for _, k := range s {
			if c := k.compare(a, b); c != 0 {
				return c
			}
		}
		return 0
	})
}

// compare orders two rows by one key; a missing value is last in either
// direction.
func (k SortKey) compare(a, b *Row) int {
	f := &fields[k.Field]
	var c int
	var knownA, knownB bool
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
// equal: an unknown price and a missing region are last.
func lastResort(a, b *Row) int {
	if c := (SortKey{Field: Price}).compare(a, b); c != 0 {
		return c
	}
	if (a.Region == "") != (b.Region == "") {
		return cmp.Compare(b.Region, a.Region) // the empty one is the lesser
	}
	return cmp.Or(strings.Compare(a.Region, b.Region), strings.Compare(a.ID, b.ID))
}
