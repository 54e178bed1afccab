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

// facetFields are the fields with a facet.
var facetFields = slices.DeleteFunc(query.Fields(), func(f query.Field) bool { return !f.HasFacet() })

// ownTerms returns the positive terms about a field, which choose among its values, and their bits. A value's count
// ignores these terms.
func ownTerms(f query.Field, q query.Query) (own []int, bits uint64) {
	for i, t := range q.Terms {
		if of, ok := t.Field(); ok && of == f && !t.Negated {
			own, bits = append(own, i), bits|1<<bitOf(i)
		}
	}
	return own, bits
}

// facets returns the facets of a query whose rows were counted.
func (c *Catalog) facets(q query.Query, ready plan, counters []counter) map[query.Field]Facet {
	all := make(map[query.Field]Facet, len(facetFields))
	for _, f := range facetFields {
		at := slices.IndexFunc(counters, counterOf(f, q))
		own, _ := ownTerms(f, q)
		facet := c.facet(f, ready, own, &counters[at])
		facet.Pattern = !q.ChoosesExactly(f)
		all[f] = facet
	}
	return all
}

// facet returns a facet. Ticked values are first, then values that would leave rows, then the others, each group in
// natural order with the missing value last. A value is ticked if one of its spellings is chosen.
func (c *Catalog) facet(f query.Field, ready plan, own []int, k *counter) Facet {
	v := c.valuesOf(f)
	list := make([]FacetValue, len(v.keys))
	occurs := make([]bool, len(v.keys))
	for n, rows := range c.tally().rows[k.dictionary] {
		if rows == 0 {
			continue
		}
		at := v.of[n]
		value := &list[at]
		value.Rows += k.rows[n]
		value.From = cheaper(value.From, priced(k.from[n]))
		value.Ticked = value.Ticked || ready.chosen(own, int32(n))
		occurs[at] = true
	}
	out := Facet{Field: f}
	for at, value := range list {
		if occurs[at] {
			value.key, value.Label, value.known = v.keys[at], v.labels[at], at > 0
			out.Values = append(out.Values, value)
		}
	}
	slices.SortFunc(out.Values, func(a, b FacetValue) int {
		return cmp.Or(rank(a)-rank(b), naturalCompare(a.Label, b.Label), cmp.Compare(a.Label, b.Label))
	})
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
