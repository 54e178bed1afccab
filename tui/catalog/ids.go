package catalog

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// idTexts holds all ids in searchable form, one after the other, so that one search for a word covers all of
// them. For a hundred thousand ids that is one pass over a few megabytes. Ids are added at the first search
// that needs them.
type idTexts struct {
	folded []byte   // ids, each followed by a space
	starts []uint64 // by byte of folded, one bit: a run of letters or digits starts here
	ends   []uint32 // by number of the row: index of the space after its id
}

// rowSet is a set of row numbers, one bit each.
type rowSet []uint64

func (s rowSet) has(n int32) bool { return s[n/64]>>(n%64)&1 != 0 }

func (s rowSet) add(n int) { s[n/64] |= 1 << (n % 64) }

// meeting returns the rows whose id meets a condition about ids only.
func (x *index) meeting(c *query.Condition) rowSet {
	holds := func(id string) bool { return c.Lower(id) == yes }
	switch {
	case c.Exactly() != "":
		return x.withLowerText(c.Exactly(), holds)
	case len(c.Parts()) > 0:
		return x.withLowerText(slices.MaxFunc(c.Parts(), func(a, b string) int { return len(a) - len(b) }), holds)
	}
	return x.withRuns(c.Runs())
}

// withWord returns the rows whose id contains a folded word, starting where a run starts.
func (x *index) withWord(word string) rowSet {
	return x.search(word, x.texts.begins)
}

// withRuns returns the rows whose id contains these whole runs, one after the other.
func (x *index) withRuns(asked []known.Run) rowSet {
	var word strings.Builder
	var begins []bool // by byte of the word
	for _, r := range asked {
		begins = append(begins, slices.Repeat([]bool{false}, len(r.Text))...)
		begins[word.Len()] = true
		word.WriteString(r.Text)
	}
	t := &x.texts
	return x.search(word.String(), func(at int) bool {
		for i, begin := range begins {
			if t.begins(at+i) != begin {
				return false
			}
		}
		end := at + len(begins)
		return t.begins(end) || t.folded[end] == ' '
	})
}

// search returns the rows whose id contains a text at an index for which will returns true.
func (x *index) search(text string, will func(at int) bool) rowSet {
	x.texts.with(x.rows)
	found := make(rowSet, (len(x.rows)+63)/64)
	t, row, at := &x.texts, 0, 0
	for {
		next := bytes.Index(t.folded[at:], []byte(text))
		if next < 0 {
			return found
		}
		at += next
		if !will(at) {
			at++
			continue
		}
		for int(t.ends[row]) < at {
			row++
		}
		found.add(row)
		at = int(t.ends[row])
	}
}

// begins reports whether a run begins at a byte.
func (t *idTexts) begins(at int) bool { return t.starts[at/64]>>(at%64)&1 != 0 }

// lowerIDs holds all ids in lower case, one after the other, for conditions on the whole id. Ids are added at
// the first search that needs them.
type lowerIDs struct {
	text strings.Builder // ids, each followed by a byte that no id contains
	ends []int           // by number of the row: index of that byte
}

// withLowerText returns the rows whose id in lower case contains a text and satisfies holds.
func (x *index) withLowerText(text string, holds func(id string) bool) rowSet {
	x.lower.with(x.rows)
	all, ends := x.lower.text.String(), x.lower.ends
	found := make(rowSet, (len(x.rows)+63)/64)
	for row, at := 0, 0; row < len(ends); row++ {
		next := strings.Index(all[at:], text)
		if next < 0 {
			break
		}
		for ends[row] < at+next {
			row++
		}
		begin := 0
		if row > 0 {
			begin = ends[row-1] + 1
		}
		if holds(all[begin:ends[row]]) {
			found.add(row)
		}
		at = ends[row] + 1
	}
	return found
}

// with adds the ids of rows that it does not have yet.
func (l *lowerIDs) with(rows []Row) {
	for _, r := range rows[len(l.ends):] {
		l.text.WriteString(strings.ToLower(r.p.ID))
		l.ends = append(l.ends, l.text.Len())
		l.text.WriteByte(0xff)
	}
}

// with adds the ids of rows that it does not have yet.
func (t *idTexts) with(rows []Row) {
	for _, r := range rows[len(t.ends):] {
		if ascii(r.p.ID) {
			t.plain(r.p.ID)
		} else {
			for _, run := range known.Runs(r.p.ID) {
				t.begin()
				t.folded = append(t.folded, run.Text...)
			}
		}
		t.ends = append(t.ends, uint32(len(t.folded)))
		t.folded = append(t.folded, ' ')
	}
	t.room()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plain adds an ASCII id, which only needs lower case.
func (t *idTexts) plain(id string) {
	before := 0
	for i := range len(id) {
		c, kind := foldASCII(id[i])
		if kind != 0 {
			if kind != before {
				t.begin()
			}
			t.folded = append(t.folded, c)
		}
		before = kind
	}
}

// foldASCII returns a letter in lower case or a digit. kind is 1 for a letter, 2 for a digit, 0 for anything
// else.
func foldASCII(c byte) (folded byte, kind int) {
	switch {
	case c >= 'a' && c <= 'z':
		return c, 1
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A', 1
	case c >= '0' && c <= '9':
		return c, 2
	}
	return 0, 0
}

// begin marks the start of a run at the next byte.
func (t *idTexts) begin() {
	t.room()
	at := len(t.folded)
	t.starts[at/64] |= 1 << (at % 64)
}

// room makes room for the bit of the next byte.
func (t *idTexts) room() {
	for len(t.starts) <= len(t.folded)/64 {
		t.starts = append(t.starts, 0)
	}
}
