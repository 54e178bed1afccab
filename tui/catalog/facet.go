package catalog

import (
	"cmp"
	"slices"

	"gpupick/api"
)

// Facet is the values of one field with what each would leave.
type Facet []FacetValue

// FacetValue is one value of a field. For a GPU it stands for all spellings of
// the same GPU.
type FacetValue struct {
	Label string // as most rows spell it; empty for rows without a value
	Rows  int    // that it would leave under all other constraints
	From  api.Optional[float64]
}

// ownTerms are, for each facet, the bits of the terms that choose among its
// values: the positive ones about its field. A value's count is what it would
// leave under all terms but these.
func ownTerms(q Query) map[Field]uint64 {
	own := map[Field]uint64{}
	for i, t := range q.Terms {
		if f, ok := t.Field(); ok && !t.Negated && f.HasFacet() {
			own[f] |= 1 << i
		}
	}
	return own
}

// counter adds up one facet.
type counter struct {
	field  Field
	values map[string]*FacetValue
	shown  map[string]map[string]int // how often each spelling of a value is there
}

func newCounters() []*counter {
	var all []*counter
	for _, f := range Fields() {
		if f.HasFacet() {
			all = append(all, &counter{field: f, values: map[string]*FacetValue{}, shown: map[string]map[string]int{}})
		}
	}
	return all
}

// add notes that a row has its value, and counts it if it would be left.
func (k *counter) add(c *Catalog, r *Row, left bool) {
	key, known := valueKey(k.field, r)
	v := k.values[key]
	if v == nil {
		v = &FacetValue{}
		k.values[key], k.shown[key] = v, map[string]int{}
	}
	switch {
	case !known:
	case k.field == GPU:
		v.Label = c.Name(key)
	case fields[k.field].text != nil:
		raw := fields[k.field].text(r).raw
		k.shown[key][raw]++
		if v.Label == "" || cmp.Or(k.shown[key][raw]-k.shown[key][v.Label], cmp.Compare(v.Label, raw)) > 0 {
			v.Label = raw
		}
	default:
		v.Label = key
	}
	if left {
		v.Rows++
		v.From = cheaper(v.From, r.PerGPU)
	}
}

// facet is the values in a fixed order: those that leave something in natural
// order of their names, then those that do not; a missing value after all
// others of its kind.
func (k *counter) facet() Facet {
	out := make(Facet, 0, len(k.values))
	for _, v := range k.values {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b FacetValue) int {
		return cmp.Or(rank(a)-rank(b), naturalCompare(a.Label, b.Label), cmp.Compare(a.Label, b.Label))
	})
	return out
}

func rank(v FacetValue) int {
	n := 0
	if v.Rows == 0 {
		n = 2
	}
	if v.Label == "" {
		n++
	}
	return n
}
