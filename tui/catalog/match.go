package catalog

import (
	"math"
	"strings"

	"gpupick/tui/known"
)

// truth is what a condition says of a row. A row that lacks the value meets
// neither a condition nor its negation.
type truth = known.Truth

const (
	no      = known.No
	unknown = known.Unknown
	yes     = known.Yes
)

func truthOf(b bool) truth { return known.Truly(b) }

// holds: one alternative that holds is enough; without one, a single unknown
// makes the whole unknown.
func (t Term) holds(r *Row) truth {
	result := no
	for i := range t.any {
		if result = max(result, t.any[i].holds(r)); result == yes {
			break
		}
	}
	if t.Negated {
		return yes - result
	}
	return result
}

func (c *condition) holds(r *Row) truth {
	switch c.kind {
	case hasWord:
		return c.holdsWord(r)
	case inArea:
		return c.area.Holds(*r.Place)
	case isMissing:
		_, known := valueKey(c.field, r)
		return truthOf(!known)
	case isBetween, isAbove, isBelow:
		return c.compares(r)
	}
	if c.field == ID && (c.kind == isExactly || c.kind == isLike) {
		if id := strings.ToLower(r.ID); c.kind == isExactly {
			return truthOf(id == c.key)
		} else {
			return truthOf(like(id, c.parts))
		}
	}
	t := fields[c.field].text(r)
	if t == nil {
		return unknown
	}
	switch c.kind {
	case isExactly:
		if c.field == GPU {
			return truthOf(r.GPUKey == c.key)
		}
		return truthOf(t.lower == c.key)
	case isLike:
		return truthOf(like(t.lower, c.parts))
	}
	switch {
	case c.model != nil && r.Card.Family != "":
		return c.model.Is(r.Card)
	case c.field == GPU:
		return truthOf(t.has(c.runs, anotherModel))
	}
	return truthOf(t.has(c.runs, nil))
}

// holdsWord looks for a word in the GPU, the region and the type.
func (c *condition) holdsWord(r *Row) truth {
	for _, t := range [...]*text{r.gpuText, r.regionText, r.typeText} {
		if t != nil && (t.contains(c.word) && !c.whole || c.whole && t.hasWhole(c.word)) {
			return yes
		}
	}
	if c.inID && newText(r.ID, false).contains(c.word) || c.begins && r.Card.Name != "" && newText(r.Card.Name, true).contains(c.word) {
		return yes
	}
	for _, a := range c.areas {
		if a.Holds(*r.Place) == yes {
			return yes
		}
	}
	return no
}

func (c *condition) compares(r *Row) truth {
	s := &fields[c.field]
	least, most := s.number(r), s.number(r)
	if s.most != nil {
		most = s.most(r)
	}
	return c.comparesRange(orNaN(least), orNaN(most))
}

// comparesRange says what a comparison says of a number that lies between two, NaN if it
// is unknown: yes if it holds for all of them, no if it holds for none.
func (c *condition) comparesRange(least, most float64) truth {
	switch {
	case math.IsNaN(least) || math.IsNaN(most):
		return unknown
	case least == most:
		return truthOf(c.comparesNumber(least))
	}
	a, b := c.comparesNumber(least), c.comparesNumber(most)
	switch {
	case a && b:
		return yes
	case a || b:
		return unknown
	case c.kind == isBetween && least < c.lo && c.hi < most:
		return unknown // it may be one of those between
	}
	return no
}

func (c *condition) comparesNumber(v float64) bool {
	switch c.kind {
	case isAbove:
		return v > c.lo
	case isBelow:
		return v < c.hi
	}
	return c.lo <= v && v <= c.hi
}
