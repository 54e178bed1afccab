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

// Facet is the values of one field with what each would leave.
type Facet struct {
	Field   query.Field
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

// Of is the value as the language has it.
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

// Ticked are the values that the query chooses.
func (f Facet) Ticked() []query.Value {
	var list []query.Value
	for _, v := range f.Values {
		if v.Ticked {
			list = append(list, v.Of(f.Field))
		}
	}
	return list
}

// Finds reports whether a value of f is found by what was typed: its name
// contains the word as the line's words are found, or it lies in the area of
// that name.
func (v FacetValue) Finds(f query.Field, typed string) bool {
	w := known.Fold(typed)
	if w == "" {
		return true
	}
	if !v.known {
		return false
	}
	if a, ok := known.AreaWord(typed); ok && f == query.Region && a.Holds(known.PlaceOf(v.Label)) == known.Yes {
		return true
	}
	return v.text(f).Contains(w)
}

// text is the value's name in its searchable forms, nil if it has none.
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
func ownTerms(q query.Query) map[query.Field]uint64 {
	own := map[query.Field]uint64{}
	for i, t := range q.Terms {
		if f, ok := t.Field(); ok && !t.Negated && f.HasFacet() {
			own[f] |= 1 << i
		}
	}
	return own
}

// counter adds up one facet, by the number of the value; 0 is no value.
type counter struct {
	field   query.Field
	at      int          // of its dictionary; coded for the count, which has its own
	own     []query.Term // the terms that choose among its values
	mask    uint64       // and their bits
	pattern bool         // one of them is wider than exact values
	keys    []int32      // the value of a spelling; nil: they are the same
	names   []string     // of the values; nil: they are numbers
	rows    []int
	from    []float64 // USD per hour and GPU; +Inf without a price
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

// newCounter begins to count a facet of a field: one that has a dictionary, one that follows from the
// name of the GPU, or the count.
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

// ofCards are the values of a field that follows from the name of the GPU: the number of the value by that
// of the spelling, and the name by that of the value.
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

// add counts a row that would be left.
func (k *counter) add(p *packed) {
	n := p.codes[k.at]
	if k.at < coded {
		n = k.keys[n]
	}
	k.rows[n]++
	if v := p.num[packedPerGPU]; v < k.from[n] { // never for NaN
		k.from[n] = v
	}
}

// there are the numbers of the values that any row has, 0 among them if a row has
// none, and whether the query chooses each: of several spellings one that is chosen
// is enough.
func (k *counter) there(c *Catalog) (numbers map[int]bool) {
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

// chosen reports whether all terms that choose among the values hold for a row.
func (k *counter) chosen(r Row) bool {
	for _, t := range k.own {
		if termHolds(t, r) != yes {
			return false
		}
	}
	return len(k.own) > 0
}

// facet is the values in a fixed order: those that are ticked, those that leave
// something, those that do not, each in natural order of their names; a missing
// value after all others of its kind.
func (k *counter) facet(c *Catalog) Facet {
	out := Facet{Field: k.field}
	for n, chosen := range k.there(c) {
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

// priced is a price that was looked for: unknown where none was found.
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
