package catalog

import "strings"

// truth is what a condition says of a row. A row that lacks the value meets
// neither a condition nor its negation.
type truth int8

const (
	no truth = iota
	unknown
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

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
		return truthOf(wordIn(r.gpuText, c.word) || wordIn(r.regionText, c.word) || wordIn(r.typeText, c.word) || c.inID && newText(r.ID, false).contains(c.word))
	case inArea:
		if !c.area.known(*r.Place) {
			return unknown
		}
		return truthOf(c.area.holds(*r.Place))
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
	if c.field == GPU {
		return truthOf(t.has(c.runs, anotherModel))
	}
	return truthOf(t.has(c.runs, nil))
}

func wordIn(t *text, word string) bool { return t != nil && t.contains(word) }

func (c *condition) compares(r *Row) truth {
	v := fields[c.field].number(r)
	if !v.Known {
		return unknown
	}
	switch c.kind {
	case isAbove:
		return truthOf(v.Value > c.lo)
	case isBelow:
		return truthOf(v.Value < c.hi)
	}
	return truthOf(c.lo <= v.Value && v.Value <= c.hi)
}
