package query

import (
	"math"

	"gpupick/tui/fits"
	"gpupick/tui/known"
)

// Truth is the result of a condition for a value: yes, no or unknown. An offer
// without the value meets neither the condition nor its negation.
type Truth = known.Truth

const (
	no      = known.No
	unknown = known.Unknown
	yes     = known.Yes
)

// relation is how a condition compares a value.
type relation int

const (
	hasWord   relation = iota // GPU, region or type contains it
	hasRuns                   // field:value
	isExactly                 // field="value"
	isLike                    // field:pat*tern
	isMissing                 // field:none
	inArea                    // area:name
	isBetween                 // lo <= number <= hi; either may be infinite
	isAbove                   // number > lo
	isBelow                   // number < hi
	isFit                     // fits:70b@fp8
)

// Condition is one alternative of a term. It is checked against one value at a time; the list
// finds the values that meet it.
type Condition struct {
	rel    relation
	field  Field // not for hasWord
	value  string
	word   string // folded, for hasWord
	inID   bool   // for hasWord: the id is searched too
	whole  bool   // for hasWord: the word must cover whole runs
	begins bool   // for hasWord: the word is a beginning, also of the names of areas
	areas  []known.Area
	model  *known.Model // for hasRuns of a GPU: its model, if the table has it
	runs   []known.Run
	parts  []string // for isLike: the text between the stars, in lower case
	key    string   // for isExactly: the Text.Key that it matches
	area   known.Area
	lo, hi float64
	fit    fits.Ask // for isFit
}

// Field returns the field that the condition is about; ok is false for a word, which is searched
// in GPU, region and type.
func (c *Condition) Field() (f Field, ok bool) { return c.field, c.rel != hasWord }

// Value returns the value that the condition asks for, as it was typed.
func (c *Condition) Value() string { return c.value }

// AboutPlace reports whether the condition is checked with Place: area:europe, region:europe.
func (c *Condition) AboutPlace() bool {
	return c.rel == inArea || c.rel == isMissing && c.field == Area
}

// Whole reports whether the word has to cover whole runs.
func (c *Condition) Whole() bool { return c.whole }

// InIDs reports whether the word is searched in ids too.
func (c *Condition) InIDs() bool { return c.inID }

// Text checks the condition against a text of its field; t is nil if the offer has none. For a
// word, which is searched in several fields, a missing text means no.
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

// Place checks the condition against a place. A word matches if it begins the name of an area that
// contains the place.
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

// Number checks the condition against a number between least and most: yes if it holds for the whole
// range, no if it holds for none of it. The two are usually equal, and NaN for an unknown number.
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
		return unknown // a number inside the range may meet it
	}
	return no
}

// Fit returns what has to fit into an offer's VRAM; ok is false if the condition is about something else.
func (c *Condition) Fit() (ask fits.Ask, ok bool) { return c.fit, c.rel == isFit }

// Holds checks what has to fit against the memory of one GPU, in GB, and the memory that each GPU needs. Both are NaN
// where they are unknown.
func (c *Condition) Holds(memory, needed float64) Truth {
	if math.IsNaN(memory) || math.IsNaN(needed) {
		return unknown
	}
	return known.Truly(memory >= needed)
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

// Lower checks a condition for an exact value or a pattern against a text that is already in lower
// case.
func (c *Condition) Lower(text string) Truth {
	if c.rel == isLike {
		return known.Truly(like(text, c.parts))
	}
	return known.Truly(text == c.key)
}

// An index of ids searches for the following instead of checking each id. One of them is set.

// Exactly returns the whole id, in lower case.
func (c *Condition) Exactly() string { return c.key }

// Parts returns the texts that the id has in this order with anything between, in lower case.
func (c *Condition) Parts() []string { return c.parts }

// Runs returns the runs that the id has one after the other with none between.
func (c *Condition) Runs() []known.Run { return c.runs }

// Word returns the text that the id contains, folded.
func (c *Condition) Word() string { return c.word }
