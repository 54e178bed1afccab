package query

import (
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
		switch {
		case bare == "" && strings.Contains(s, ","):
			return nil, fmt.Errorf("a field is missing at a comma in %q", s)
		case !ok:
			if n := NearestField(bare); n != "" {
				return nil, fmt.Errorf("no field %q to sort by; did you mean %s?", bare, n)
			}
			return nil, fmt.Errorf("no field %q to sort by; the fields are %s", bare, fieldNames())
		}
		if !f.IsValue() {
			return nil, fmt.Errorf("%s is a question about offers; no order follows from it", f)
		}
		order = append(order, SortKey{Field: f, Desc: strings.HasPrefix(name, "-")})
	}
	return order, nil
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

// By returns the order by f alone, in f's usual direction. If s is already by f
// alone, the direction is reversed.
func (s Sort) By(f Field) Sort {
	if now := s.Primary(); len(s) <= 1 && now.Field == f {
		return Sort{{Field: f, Desc: !now.Desc}}
	}
	return Sort{{Field: f, Desc: f.Falls()}}
}

// Then returns the order with f as its last key. If f is a key already, its
// direction is reversed and it keeps its position.
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
