package catalog

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// idTexts are ids in their searchable form, one behind the other. Ids are all
// different: a word is looked for in all of them at once, and what one term asks of a
// hundred thousand ids is reading a few megabytes from front to back. They are made
// when somebody looks for a word in ids.
type idTexts struct {
	folded []byte   // each with a gap behind it
	starts []uint64 // by byte of folded, a bit: a run of letters or digits begins here
	ends   []uint32 // by number of the row: where its gap is
}

// rowSet is a set of rows by their number, a bit each.
type rowSet []uint64

func (s rowSet) has(n int32) bool { return s[n/64]>>(n%64)&1 != 0 }

func (s rowSet) add(n int) { s[n/64] |= 1 << (n % 64) }

// meeting are the rows whose id meets a condition that is about ids alone.
func (x *index) meeting(c *query.Condition) rowSet {
	holds := func(id string) bool { return c.Lower(id) == yes }
	switch {
	case c.Exactly() != "":
		return x.of(c.Exactly(), holds)
	case len(c.Parts()) > 0:
		return x.of(slices.MaxFunc(c.Parts(), func(a, b string) int { return len(a) - len(b) }), holds)
	}
	return x.holding(c.Runs())
}

// having are the rows in whose id a folded word is, beginning where a run begins.
func (x *index) having(word string) rowSet {
	return x.where(word, x.texts.begins)
}

// holding are the rows in whose id the runs stand one after the other, whole.
func (x *index) holding(asked []known.Run) rowSet {
	var word strings.Builder
	var begins []bool // by byte of the word
	for _, r := range asked {
		begins = append(begins, slices.Repeat([]bool{false}, len(r.Text))...)
		begins[word.Len()] = true
		word.WriteString(r.Text)
	}
	t := &x.texts
	return x.where(word.String(), func(at int) bool {
		for i, begin := range begins {
			if t.begins(at+i) != begin {
				return false
			}
		}
		end := at + len(begins)
		return t.begins(end) || t.folded[end] == ' '
	})
}

// where are the rows in whose id a text is at a place that will do.
func (x *index) where(text string, will func(at int) bool) rowSet {
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

// lowerIDs are ids in lower case, one behind the other, for what asks about the whole
// of an id. They are made when somebody does.
type lowerIDs struct {
	text strings.Builder // each with a byte behind it that is in no text
	ends []int           // by number of the row: where that byte is
}

// of are the rows whose id in lower case has a text in it and holds.
func (x *index) of(text string, holds func(id string) bool) rowSet {
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

// with adds those of rows that are not there yet.
func (l *lowerIDs) with(rows []Row) {
	for _, r := range rows[len(l.ends):] {
		l.text.WriteString(strings.ToLower(r.p.ID))
		l.ends = append(l.ends, l.text.Len())
		l.text.WriteByte(0xff)
	}
}

// with adds those of rows that are not there yet.
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

// plain adds an id that needs no more than to be in lower case.
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

// foldASCII is a letter in lower case or a digit, and which of them it is; kind is 0
// for anything else.
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

// begin notes that a run begins.
func (t *idTexts) begin() {
	t.room()
	at := len(t.folded)
	t.starts[at/64] |= 1 << (at % 64)
}

// room makes room for a bit behind the last byte.
func (t *idTexts) room() {
	for len(t.starts) <= len(t.folded)/64 {
		t.starts = append(t.starts, 0)
	}
}
