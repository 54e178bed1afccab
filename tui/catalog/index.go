package catalog

import (
	"hash/maphash"
	"slices"
)

// index finds rows by id: a hash table with open addressing, without a pointer in
// it. It only grows. Of rows with the same id the one that was put there last is
// found first, and leads to the one before it.
type index struct {
	seed  maphash.Seed
	rows  []Row         // as they came; number i at i-1
	table []indexed     // its length is a power of two
	older map[Row]int32 // the number of the row with the same id before it
	texts idTexts       // of the first ones
	lower lowerIDs      // of the first ones
}

// indexed is a place of the table: a hash and the number of a row; 0 is none.
type indexed struct {
	hash   uint32
	number int32
}

func newIndex() *index {
	return &index{seed: maphash.MakeSeed(), table: make([]indexed, 64), older: map[Row]int32{}}
}

func (x *index) hash(id string) uint32 { return uint32(maphash.String(x.seed, id)) }

// newest is the row with that id that was put there last, the zero Row if there is none.
func (x *index) newest(id string) Row { return x.row(x.table[x.place(id, x.hash(id))].number) }

// before is the row with the same id that was there before r.
func (x *index) before(r Row) Row { return x.row(x.older[r]) }

func (x *index) row(number int32) Row {
	if number == 0 {
		return Row{}
	}
	return x.rows[number-1]
}

// slot is where a row with a certain id goes. It is good until the next put.
type slot struct {
	hash  uint32
	place int
}

// slot is where a row with that id goes, beside the newest one that has it.
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
		x.rows = slices.Grow(x.rows, max(len(x.rows), 64)) // append itself would move them three times as often
	}
	x.rows = append(x.rows, r)
	at := &x.table[s.place]
	if at.number > 0 {
		x.older[r] = at.number
	}
	*at = indexed{s.hash, int32(len(x.rows))}
}

// place is where the id is, or would be.
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
	x.table = make([]indexed, 4*len(old)) // seldom: each time all of it is moved
	mask := len(x.table) - 1
	for _, i := range old {
		if i.number > 0 { // no two of them have the same id
			at := int(i.hash) & mask
			for x.table[at].number > 0 {
				at = (at + 1) & mask
			}
			x.table[at] = i
		}
	}
}
