package catalog

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Facet lists the values of one field with the rows that each would leave.
type Facet struct {
	Field   query.Field
	Values  []FacetValue
	Pattern bool // the query restricts the field by more than exact values
}

// FacetValue is one value of a field. For a GPU it stands for all spellings of
// the same GPU.
type FacetValue struct {
	Label  string // our name, or the commonest spelling; empty for rows without a value
	Rows   int    // rows that the value would leave under all other constraints
	From   api.Optional[float64]
	Ticked bool // the query chooses it

	key   string
	known bool
}

// Of returns the value in the filter language.
func (v FacetValue) Of(f query.Field) query.Value {
	of := query.Value{Field: f, Missing: !v.known}
	switch {
	case !v.known:
	case f.IsNumber():
		of.Lo, _ = strconv.ParseFloat(v.key, 64) // made by formatNumber
		of.Hi = of.Lo
	default:
		of.Text = v.Label
	}
	return of
}

// Ticked returns the values that the query chooses.
func (f Facet) Ticked() []query.Value {
	var list []query.Value
	for _, v := range f.Values {
		if v.Ticked {
			list = append(list, v.Of(f.Field))
		}
	}
	return list
}

// Finder returns what a search in the facet of f finds: the values that the typed text, read as an unfinished
// word of a filter, matches, so "rom" finds EU-RO-1, which is in Romania.
func Finder(f query.Field, typed string) func(FacetValue) bool {
	if known.Fold(typed) == "" {
		return func(FacetValue) bool { return true }
	}
	begun := query.Beginning(typed)
	area, isArea := known.AreaWord(typed) // "eu" and "uk" are too short for a beginning
	return func(v FacetValue) bool {
		switch {
		case !v.known:
			return false
		case begun.Text(v.text(f)) == known.Yes:
			return true
		case f != query.Region:
			return false
		}
		place := known.PlaceOf(v.Label)
		return begun.Place(place) == known.Yes || isArea && area.Holds(place) == known.Yes
	}
}

// text returns the value's name in searchable form, nil if it has none.
func (v FacetValue) text(f query.Field) *query.Text {
	if !v.known {
		return nil
	}
	if f == query.GPU {
		card := known.CardOf(v.Label)
		return query.NewGPU(v.Label, &card)
	}
	return query.NewText(v.Label)
}

// Key returns a key that identifies the value within its field, whatever its label is.
func (v FacetValue) Key() string {
	if !v.known {
		return "none"
	}
	return "=" + v.key
}

// ownTerms returns, for each facet, the bits of the positive terms about its field, which choose among its
// values. A value's count ignores these terms.
func ownTerms(q query.Query) map[query.Field]uint64 {
	own := map[query.Field]uint64{}
	for i, t := range q.Terms {
		if f, ok := t.Field(); ok && !t.Negated && f.HasFacet() {
			own[f] |= 1 << i
		}
	}
	return own
}

// counter counts the rows of one facet by number of the value; 0 means no value.
type counter struct {
	field   query.Field
	at      int          // index of its dictionary; coded for the GPU count
	own     []query.Term // the terms that choose among its values
	mask    uint64       // the bits of own
	pattern bool         // a term of own is wider than exact values
	keys    []int32      // by spelling: number of its value; nil for the GPU count
	names   []string     // by value: its name; nil for the GPU count
	rows    []int
	from    []float64 // by value: lowest price per GPU, USD per hour; +Inf without a price
}

func (c *Catalog) newCounters(q query.Query) []counter {
	var all []counter
	for _, f := range query.Fields() {
		if f.HasFacet() {
			all = append(all, c.newCounter(f, q))
		}
	}
	return all
}

// newCounter returns a counter for a facet: a field with a dictionary, a field derived from the GPU's name, or
// the GPU count.
func (c *Catalog) newCounter(f query.Field, q query.Query) counter {
	k := counter{field: f, at: coded, own: q.Choosing(f), mask: ownTerms(q)[f], pattern: !q.ChoosesExactly(f)}
	n := len(c.shared.counts)
	if at, has := codeOf(f); has {
		k.at, k.keys, k.names = at, c.shared.dictionaries[at].keys, c.shared.dictionaries[at].names
		n = len(k.names)
	} else if f.OfCard() {
		k.at = gpuCode
		k.keys, k.names = c.shared.ofCards(f)
		n = len(k.names)
	}
	k.rows, k.from = make([]int, n), make([]float64, n)
	for i := range k.from {
		k.from[i] = math.Inf(1)
	}
	return k
}

// ofCards returns the values of a field that is derived from the GPU's name. keys has the number of the value
// by number of the spelling, names the name by number of the value.
func (l *lineage) ofCards(f query.Field) (keys []int32, names []string) {
	names = []string{""}
	for _, g := range l.gpus {
		value := int32(0)
		if t := accessors[f].text(Row{&record{gpuName: g}}); t != nil {
			at := slices.Index(names, t.Raw)
			if at < 0 {
				at, names = len(names), append(names, t.Raw)
			}
			value = int32(at)
		}
		keys = append(keys, value)
	}
	return keys, names
}

// add counts a row that a value would leave.
func (k *counter) add(p *packed) {
	n := p.codes[k.at]
	if k.at < coded {
		n = k.keys[n]
	}
	k.rows[n]++
	if v := p.num[packedPerGPU]; v < k.from[n] { // false for NaN, which means no price
		k.from[n] = v
	}
}

// occurring returns the numbers of the values that any row has, 0 if a row has none, and whether the query chooses
// each. A value is chosen if one of its spellings is.
func (k *counter) occurring(c *Catalog) (numbers map[int]bool) {
	numbers = map[int]bool{}
	for code, rows := range c.tally[k.at] {
		if rows == 0 {
			continue
		}
		n, chosen := code, false
		if k.at == coded {
			r := c.shared.bare()
			if code > 0 {
				r.p.GPUCount = api.Some(int64(c.shared.counts[code]))
			}
			chosen = k.chosen(r)
		} else if n = int(k.keys[code]); len(k.own) > 0 {
			r := c.shared.withSpelling(k.at, code)
			chosen = k.chosen(r)
		}
		numbers[n] = numbers[n] || chosen
	}
	return numbers
}

// chosen reports whether all terms that choose among the values hold for a row, and there is one.
func (k *counter) chosen(r Row) bool {
	for _, t := range k.own {
		if termHolds(t, r) != yes {
			return false
		}
	}
	return len(k.own) > 0
}

// facet returns the facet. Ticked values are first, then values that would leave rows, then the others, each
// group in natural order with the missing value last.
func (k *counter) facet(c *Catalog) Facet {
	out := Facet{Field: k.field}
	for n, chosen := range k.occurring(c) {
		v := FacetValue{Rows: k.rows[n], From: priced(k.from[n]), Ticked: chosen, known: n > 0}
		switch {
		case n == 0:
		case k.at == coded:
			v.key = formatNumber(c.shared.counts[n])
			v.Label = v.key
		case k.field.OfCard():
			v.key, v.Label = k.names[n], k.names[n]
		default:
			v.key = k.names[n]
			v.Label = c.shared.label(&c.tally, k.at, int32(n))
		}
		out.Values = append(out.Values, v)
	}
	slices.SortFunc(out.Values, func(a, b FacetValue) int {
		return cmp.Or(rank(a)-rank(b), naturalCompare(a.Label, b.Label), cmp.Compare(a.Label, b.Label))
	})
	out.Pattern = k.pattern
	return out
}

// priced returns a lowest price, unknown for +Inf.
func priced(v float64) api.Optional[float64] {
	if math.IsInf(v, 1) {
		return api.Optional[float64]{}
	}
	return api.Some(v)
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
