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

// counter adds up one facet, by the number of the value; 0 is no value.
type counter struct {
	field Field
	at    int    // of its dictionary; -1: the count, which has none
	own   []Term // the terms that choose among its values
	rows  []int
	from  []api.Optional[float64]

	counts  map[int64]int // of the count: the number of a value
	numbers []int64       // and the value of a number
}

func (c *Catalog) newCounters(q Query) []*counter {
	var all []*counter
	for _, f := range Fields() {
		if !f.HasFacet() {
			continue
		}
		k := &counter{field: f, at: -1, own: q.choosing(f), counts: map[int64]int{}, numbers: []int64{0}}
		n := 1
		if at, has := codeOf(f); has {
			k.at, n = at, len(c.shared.dictionaries[at].names)
		}
		k.rows, k.from = make([]int, n), make([]api.Optional[float64], n)
		all = append(all, k)
	}
	return all
}

// add notes that a row has its value, and counts it if it would be left.
func (k *counter) add(c *Catalog, r *Row, left bool) {
	n := 0
	switch {
	case k.at >= 0:
		n = int(c.shared.dictionaries[k.at].keys[r.codes[k.at]])
	case r.GPUCount.Known:
		n = k.number(r.GPUCount.Value)
	}
	if left {
		k.rows[n]++
		k.from[n] = cheaper(k.from[n], r.PerGPU)
	}
}

// number is the number of a count.
func (k *counter) number(count int64) int {
	for n := 1; n < len(k.numbers) && n < 9; n++ { // there are few of them
		if k.numbers[n] == count {
			return n
		}
	}
	n, known := k.counts[count]
	if !known {
		n = len(k.numbers)
		k.counts[count] = n
		k.numbers = append(k.numbers, count)
		k.rows, k.from = append(k.rows, 0), append(k.from, api.Optional[float64]{})
	}
	return n
}

// there are the numbers of the values that any row has, 0 among them if a row has
// none, and whether the query chooses each.
func (k *counter) there(c *Catalog) (numbers map[int]bool) {
	numbers = map[int]bool{}
	if k.at < 0 {
		for n := 1; n < len(k.numbers); n++ {
			numbers[n] = k.chosen(&Row{InstanceType: api.InstanceType{GPUCount: api.Some(k.numbers[n])}})
		}
		for _, r := range c.rows {
			if !r.GPUCount.Known {
				numbers[0] = k.chosen(&Row{})
				break
			}
		}
		return numbers
	}
	d := c.shared.dictionaries[k.at]
	for code, rows := range c.tally[k.at] {
		if rows == 0 {
			continue
		}
		n := int(d.keys[code])
		chosen := numbers[n]
		if len(k.own) > 0 && !chosen {
			// Of several spellings one that is chosen is enough.
			c.shared.table1(k.at, code, func(r *Row) { chosen = k.chosen(r) })
		}
		numbers[n] = chosen
	}
	return numbers
}

// chosen reports whether all terms that choose among the values hold for a row.
func (k *counter) chosen(r *Row) bool {
	for _, t := range k.own {
		if t.holds(r) != yes {
			return false
		}
	}
	return len(k.own) > 0
}

// facet is the values in a fixed order: those that are ticked, those that leave
// something, those that do not, each in natural order of their names; a missing
// value after all others of its kind.
func (k *counter) facet(c *Catalog) Facet {
	out := Facet{}
	for n, chosen := range k.there(c) {
		v := FacetValue{Rows: k.rows[n], From: k.from[n], Ticked: chosen, known: n > 0}
		switch {
		case n == 0:
		case k.at < 0:
			v.key = formatNumber(float64(k.numbers[n]))
			v.Label = v.key
		default:
			v.key = c.shared.dictionaries[k.at].names[n]
			v.Label = c.shared.commonest(&c.tally, k.at, int32(n))
		}
		out.Values = append(out.Values, v)
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
