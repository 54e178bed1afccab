package catalog

import (
	"cmp"
	"slices"

	"gpupick/api"
)

// Facet is the values of one field with what each would leave.
type Facet struct {
	Values  []FacetValue
	Pattern bool // the query chooses among them by more than exact values
}

// FacetValue is one value of a field. For a GPU it stands for all spellings of
// the same GPU.
type FacetValue struct {
	Label  string // as most rows spell it; empty for rows without a value
	Rows   int    // that it would leave under all other constraints
	From   api.Optional[float64]
	Ticked bool // the query chooses it

	key   string
	known bool
}

// Key is equal for the same value of one field, whatever its label is.
func (v FacetValue) Key() string {
	if !v.known {
		return "none"
	}
	return "=" + v.key
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
	own    []Term // the terms that choose among its values
	values map[string]*FacetValue
	shown  map[string]map[string]int // how often each spelling of a value is there
}

func newCounters(q Query) []*counter {
	var all []*counter
	for _, f := range Fields() {
		if f.HasFacet() {
			all = append(all, &counter{field: f, own: q.choosing(f), values: map[string]*FacetValue{}, shown: map[string]map[string]int{}})
		}
	}
	return all
}

// add notes that a row has its value, and counts it if it would be left.
func (k *counter) add(c *Catalog, r *Row, left bool) {
	key, known := valueKey(k.field, r)
	v := k.values[key]
	if v == nil {
		v = &FacetValue{key: key, known: known, Ticked: len(k.own) > 0}
		for _, t := range k.own {
			v.Ticked = v.Ticked && t.holds(r) == yes
		}
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

// facet is the values in a fixed order: those that are ticked, those that leave
// something, those that do not, each in natural order of their names; a missing
// value after all others of its kind.
func (k *counter) facet() Facet {
	out := Facet{Values: make([]FacetValue, 0, len(k.values))}
	for _, v := range k.values {
		out.Values = append(out.Values, *v)
	}
	slices.SortFunc(out.Values, func(a, b FacetValue) int {
		return cmp.Or(rank(a)-rank(b), naturalCompare(a.Label, b.Label), cmp.Compare(a.Label, b.Label))
	})
	for _, t := range k.own {
		out.Pattern = out.Pattern || !t.exact()
	}
	return out
}

func rank(v FacetValue) int {
	n := 2
	switch {
	case v.Ticked:
		n = 0
	case v.Rows == 0:
		n = 4
	}
	if v.Label == "" {
		n++
	}
	return n
}
