package catalog

import (
	"hash/maphash"
	"slices"
)

// index finds rows by id. It is a hash table with open addressing and without pointers, and it only grows.
// Among rows with the same id, the last one added is found first and leads to the one before it.
type index struct {
	seed  maphash.Seed
	rows  []Row         // in the order in which they were added; number i is at i-1
	table []indexed     // its length is a power of two
	older map[Row]int32 // number of the previous row with the same id
	texts idTexts       // ids of the first rows; more on demand
	lower lowerIDs      // ids of the first rows; more on demand
}

// indexed is an entry of the table: a hash and the number of a row. Number 0 means an empty entry.
type indexed struct {
	hash   uint32
	number int32
}

func newIndex() *index {
	return &index{seed: maphash.MakeSeed(), table: make([]indexed, 64), older: map[Row]int32{}}
}

func (x *index) hash(id string) uint32 { return uint32(maphash.String(x.seed, id)) }

// newest returns the last row added with that id, the zero Row if there is none.
func (x *index) newest(id string) Row { return x.row(x.table[x.place(id, x.hash(id))].number) }

// previous returns the previous row with the same id as r.
func (x *index) previous(r Row) Row { return x.row(x.older[r]) }

func (x *index) row(number int32) Row {
	if number == 0 {
		return Row{}
	}
	return x.rows[number-1]
}

// slot is the table entry for a row. It is valid until the next put.
type slot struct {
	hash  uint32
	place int
}

// slot returns the table entry for that id, and the newest row that has it.
func (x *index) slot(id string) (s slot, newest Row) {
	if 4*len(x.rows) > 3*len(x.table) {
		x.grow()
	}
	s.hash = x.hash(id)
	s.place = x.place(id, s.hash)
	return s, x.row(x.table[s.place].number)
}

func (x *index) put(r Row, s slot) {
	r.p.number = int32(len(x.rows))
	if len(x.rows) == cap(x.rows) {
		x.rows = slices.Grow(x.rows, max(len(x.rows), 64)) // append alone would move the rows three times as often
	}
	x.rows = append(x.rows, r)
	at := &x.table[s.place]
	if at.number > 0 {
		x.older[r] = at.number
	}
	*at = indexed{s.hash, int32(len(x.rows))}
}

// place returns the table index of the id, or the free one where it would go.
func (x *index) place(id string, hash uint32) int {
	mask := len(x.table) - 1
	at := int(hash) & mask
	for x.table[at].number > 0 && (x.table[at].hash != hash || x.rows[x.table[at].number-1].p.ID != id) {
		at = (at + 1) & mask
	}
	return at
}

func (x *index) grow() {
	old := x.table
	x.table = make([]indexed, 4*len(old)) // growing moves every entry, so it must be rare
	mask := len(x.table) - 1
	for _, i := range old {
		if i.number > 0 { // entries have different ids, so any free place is right
			at := int(i.hash) & mask
			for x.table[at].number > 0 {
				at = (at + 1) & mask
			}
			x.table[at] = i
		}
	}
}
