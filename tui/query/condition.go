package query

import (
	"math"

	"gpupick/tui/known"
)

// Truth is what a condition says of a value. An offer that lacks the value meets
// neither a condition nor its negation.
type Truth = known.Truth

const (
	no      = known.No
	unknown = known.Unknown
	yes     = known.Yes
)

// relation is how a condition holds a value.
type relation int

const (
	hasWord   relation = iota // GPU, region or type contains it
	hasRuns                   // field:value
	isExactly                 // field="value"
	isLike                    // field:pat*tern
	isMissing                 // field:none
	inArea                    // area:name
	isBetween                 // lo <= number <= hi, either of them may be infinite
	isAbove                   // number > lo
	isBelow                   // number < hi
)

// Condition is one alternative of a term. It is asked about one value at a time: what a list has
// of it is for the list to find.
type Condition struct {
	rel    relation
	field  Field // not for hasWord
	value  string
	word   string // folded, for hasWord
	inID   bool   // for hasWord: looks into the id too
	whole  bool   // for hasWord: nothing may follow the word but another
	begins bool   // for hasWord: it may go on, and become one of areas too
	areas  []known.Area
	model  *known.Model // for hasRuns of a GPU: the table has it
	runs   []known.Run
	parts  []string // for isLike: what is between its stars, in lower case
	key    string   // for isExactly: as Text.Key gives it
	area   known.Area
	lo, hi float64
}

// Field is what the condition is about; ok is false for a word that is looked for in GPU, region
// and type.
func (c *Condition) Field() (f Field, ok bool) { return c.field, c.rel != hasWord }

// Value is what the condition asks for, as it was written.
func (c *Condition) Value() string { return c.value }

// AboutPlace reports whether the condition is asked about places: area:europe, region:europe.
func (c *Condition) AboutPlace() bool {
	return c.rel == inArea || c.rel == isMissing && c.field == Area
}

// InIDs reports whether a word is looked for in ids too.
func (c *Condition) InIDs() bool { return c.inID }

// Text says whether the condition holds for a text of its field; nil is none at all. A word, which
// is about several fields, holds for one of them or does not.
func (c *Condition) Text(t *Text) Truth {
	switch {
	case c.rel == isMissing:
		return known.Truly(t == nil)
	case t == nil && c.rel == hasWord:
		return no
	case t == nil:
		return unknown
	}
	switch c.rel {
	case hasWord:
		if c.whole {
			return known.Truly(t.hasWhole(c.word))
		}
		return known.Truly(t.Contains(c.word) || c.begins && t.named != nil && t.named.Contains(c.word))
	case isExactly:
		return known.Truly(t.Key == c.key)
	case isLike:
		return c.Lower(t.lower)
	}
	switch {
	case c.model != nil && t.card != nil && t.card.Family != "":
		return c.model.Is(*t.card)
	case c.field == GPU:
		return known.Truly(t.has(c.runs, anotherModel))
	}
	return known.Truly(t.has(c.runs, nil))
}

// Place says whether the condition holds for a place. A word holds for one if it may become the
// name of an area around it.
func (c *Condition) Place(p known.Place) Truth {
	switch c.rel {
	case isMissing:
		return known.Truly(!p.Known())
	case inArea:
		return c.area.Holds(p)
	}
	for _, a := range c.areas {
		if a.Holds(p) == yes {
			return yes
		}
	}
	return no
}

// Number says whether the condition holds for a number that lies between two, which are the same
// for most and NaN if it is unknown: yes if it holds for all of them, no if it holds for none.
func (c *Condition) Number(least, most float64) Truth {
	switch {
	case c.rel == isMissing:
		return known.Truly(math.IsNaN(least))
	case math.IsNaN(least):
		return unknown
	case least == most:
		return known.Truly(c.compares(least))
	}
	a, b := c.compares(least), c.compares(most)
	switch {
	case a && b:
		return yes
	case a || b:
		return unknown
	case c.rel == isBetween && least < c.lo && c.hi < most:
		return unknown // it may be one of those between
	}
	return no
}

func (c *Condition) compares(v float64) bool {
	switch c.rel {
	case isAbove:
		return v > c.lo
	case isBelow:
		return v < c.hi
	}
	return c.lo <= v && v <= c.hi
}

// Lower is Text for one that is in lower case already, of a condition about the whole of it: an
// exact value or a pattern.
func (c *Condition) Lower(text string) Truth {
	if c.rel == isLike {
		return known.Truly(like(text, c.parts))
	}
	return known.Truly(text == c.key)
}

// What an index of ids looks for instead of asking about each of them. One of them is set.

// Exactly is the whole id, in lower case.
func (c *Condition) Exactly() string { return c.key }

// Parts are what stands in the id one after the other with anything between, in lower case.
func (c *Condition) Parts() []string { return c.parts }

// Runs are what stands in the id one after the other with nothing between.
func (c *Condition) Runs() []known.Run { return c.runs }

// Word is what the id contains, folded.
func (c *Condition) Word() string { return c.word }
