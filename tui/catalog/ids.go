package catalog

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// ids finds rows by their id, or by a part of it. It has all rows of the newest catalog that shares it; the others
// know how many of them are theirs.
type ids struct {
	sorted []uint64 // ascending: in the upper half the hash of an id, in the lower half the number of its row
	folded foldedIDs
}

const hashBits = 1<<64 - 1<<32

var seed = maphash.MakeSeed()

// newest returns the last row with that id among those with a number less than below.
func (x *ids) newest(rows *api.Rows, id []byte, below int32) (n int32, there bool) {
	hash := maphash.Bytes(seed, id) & hashBits
	at, _ := slices.BinarySearch(x.sorted, hash|uint64(below))
	for at--; at >= 0 && x.sorted[at]&hashBits == hash; at-- {
		if n = int32(x.sorted[at] &^ hashBits); bytes.Equal(rows.IDBytes(int(n)), id) {
			return n, true
		}
	}
	return 0, false
}

// add adds the rows that are new, and returns the rows that they replace. Two different ids may look alike after
// cleaning, so cleaned ids replace nothing.
func (x *ids) add(rows *api.Rows) (replaced []int32) {
	from := len(x.sorted)
	x.sorted = slices.Grow(x.sorted, rows.Len()-from)
	for n := from; n < rows.Len(); n++ {
		x.sorted = append(x.sorted, maphash.Bytes(seed, rows.IDBytes(n))&hashBits|uint64(n))
	}
	fresh := slices.Clone(x.sorted[from:])
	slices.Sort(fresh)
	copy(x.sorted[from:], fresh)
	mergeTail(x.sorted, from, cmp.Compare)
	at := 0
	for _, key := range fresh {
		at += before(x.sorted[at:], key, cmp.Compare)
		for i := at - 1; i >= 0 && x.sorted[i]&hashBits == key&hashBits; i-- {
			id, other := rows.IDBytes(int(key&^hashBits)), int32(x.sorted[i]&^hashBits)
			if bytes.Equal(id, rows.IDBytes(int(other))) {
				if !api.ChangedID(string(id)) {
					replaced = append(replaced, other)
				}
				break
			}
		}
	}
	return replaced
}

// mergeTail sorts a list whose first n elements are sorted, and so are the others.
func mergeTail[T any](list []T, n int, compare func(a, b T) int) {
	if n == 0 {
		return
	}
	fresh := slices.Clone(list[n:])
	for i := len(fresh) - 1; i >= 0; i-- {
		at := n - after(list[:n], fresh[i], compare)
		copy(list[at+i+1:], list[at:n])
		list[at+i], n = fresh[i], at
	}
}

// before returns how many elements of a sorted list come before v. It is fast if these are few.
func before[T any](list []T, v T, compare func(a, b T) int) int {
	to := 1
	for to <= len(list) && compare(list[to-1], v) < 0 {
		to *= 2
	}
	from := to / 2
	return from + sort.Search(min(to, len(list))-from, func(i int) bool { return compare(list[from+i], v) >= 0 })
}

// after returns how many elements of a sorted list come after v. It is fast if these are few.
func after[T any](list []T, v T, compare func(a, b T) int) int {
	to := 1
	for to <= len(list) && compare(list[len(list)-to], v) > 0 {
		to *= 2
	}
	from, last := to/2, len(list)-1
	return from + sort.Search(min(to, len(list))-from, func(i int) bool { return compare(list[last-from-i], v) <= 0 })
}

// finder sets the truths of some rows, of which the first one is from, to yes where the id meets a condition.
type finder func(from int, truths []query.Truth)

// idFinder returns the finder for a condition about ids only.
func (c *Catalog) idFinder(cond *query.Condition) finder {
	switch {
	case cond.Exactly() != "":
		return c.lowerFinder(cond, cond.Exactly())
	case len(cond.Parts()) > 0:
		return c.lowerFinder(cond, slices.MaxFunc(cond.Parts(), func(a, b string) int { return len(a) - len(b) }))
	}
	return c.runFinder(cond.Runs())
}

// lowerFinder finds ids that meet a condition and, in lower case, contain a text.
func (c *Catalog) lowerFinder(cond *query.Condition, text string) finder {
	part := []byte(text)
	return func(from int, truths []query.Truth) {
		to := from + len(truths)
		lower := c.offers.IDs(from, to)
		upper, plain := false, true
		for _, b := range lower {
			upper, plain = upper || b >= 'A' && b <= 'Z', plain && b < utf8.RuneSelf
		}
		if !plain || text == "" { // other letters may have another length in lower case; id:* asks for nothing
			for n := from; n < to; n++ {
				if cond.Lower(strings.ToLower(c.offers.ID(n))) == yes {
					truths[n-from] = yes
				}
			}
			return
		}
		if upper {
			lower = bytes.ToLower(lower)
		}
		n, begin, end := from-1, 0, 0
		for at := 0; ; {
			next := bytes.Index(lower[at:], part)
			if next < 0 {
				return
			}
			for at += next; end <= at; {
				n++
				begin, end = end, end+len(c.offers.IDBytes(n))
			}
			if at+len(part) > end { // it begins in one id and ends in the next one
				at++
				continue
			}
			if cond.Lower(string(lower[begin:end])) == yes {
				truths[n-from] = yes
			}
			at = end
		}
	}
}

// wordFinder finds ids that contain a word, starting where a run starts and, for a whole word, ending where one ends.
func (c *Catalog) wordFinder(cond *query.Condition) finder {
	t, word := &c.ids.folded, cond.Word()
	return c.foldedFinder(word, func(at int) bool {
		return t.begins(at) && (!cond.Whole() || t.ends(at+len(word)))
	})
}

// runFinder finds ids that contain these whole runs, one after the other.
func (c *Catalog) runFinder(asked []known.Run) finder {
	var word strings.Builder
	var begins []bool // by byte of the word
	for _, r := range asked {
		begins = append(begins, slices.Repeat([]bool{false}, len(r.Text))...)
		begins[word.Len()] = true
		word.WriteString(r.Text)
	}
	t := &c.ids.folded
	return c.foldedFinder(word.String(), func(at int) bool {
		for i, begin := range begins {
			if t.begins(at+i) != begin {
				return false
			}
		}
		return t.ends(at + len(begins))
	})
}

// foldedFinder finds ids that contain a folded text at an index for which will returns true.
func (c *Catalog) foldedFinder(text string, will func(at int) bool) finder {
	c.ids.folded.with(&c.offers)
	t, part := &c.ids.folded, []byte(text)
	return func(from int, truths []query.Truth) {
		to := from + len(truths)
		at, last := 0, int(t.behind[to-1])
		if from > 0 {
			at = int(t.behind[from-1]) + 1
		}
		for n := from; ; {
			next := bytes.Index(t.text[at:last], part)
			if next < 0 {
				return
			}
			if at += next; !will(at) {
				at++
				continue
			}
			for int(t.behind[n]) < at {
				n++
			}
			truths[n-from] = yes
			if at = int(t.behind[n]); at >= last {
				return
			}
		}
	}
}

// foldedIDs holds all ids in searchable form, one after the other, so that one search for a word covers many of
// them. Ids are added at the first search that needs them.
type foldedIDs struct {
	text   []byte   // ids, each followed by a space
	starts []uint64 // by byte of text, one bit: a run of letters or digits starts here
	behind []uint32 // by number of the row: index of the space after its id
}

// ends reports whether a run ends before a byte.
func (t *foldedIDs) ends(at int) bool { return t.begins(at) || t.text[at] == ' ' }

// begins reports whether a run begins at a byte.
func (t *foldedIDs) begins(at int) bool { return t.starts[at/64]>>(at%64)&1 != 0 }

// with adds the ids of rows that it does not have yet.
func (t *foldedIDs) with(rows *api.Rows) {
	for n := len(t.behind); n < rows.Len(); n++ {
		if id := rows.IDBytes(n); ascii(id) {
			t.plain(id)
		} else {
			for _, run := range known.Runs(string(id)) {
				t.begin()
				t.text = append(t.text, run.Text...)
			}
		}
		t.behind = append(t.behind, uint32(len(t.text)))
		t.text = append(t.text, ' ')
	}
	t.room()
}

func ascii(s []byte) bool {
	for _, b := range s {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plain adds an ASCII id, which only needs lower case.
func (t *foldedIDs) plain(id []byte) {
	before := 0
	for _, b := range id {
		c, kind := foldASCII(b)
		if kind != 0 {
			if kind != before {
				t.begin()
			}
			t.text = append(t.text, c)
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
func (t *foldedIDs) begin() {
	t.room()
	at := len(t.text)
	t.starts[at/64] |= 1 << (at % 64)
}

// room makes room for the bit of the next byte.
func (t *foldedIDs) room() {
	for len(t.starts) <= len(t.text)/64 {
		t.starts = append(t.starts, 0)
	}
}
