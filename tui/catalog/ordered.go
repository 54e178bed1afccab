package catalog

import (
	"maps"
	"math"
	"slices"
)

// ordered holds rows in the default order: price, region, id. Added rows are merged when somebody asks for the
// rows, so that adding many pages does not move all earlier rows each time.
type ordered struct {
	rows   []Row  // complete once settled
	packed blocks // the same rows, packed

	numbers []int32 // numbers of the rows, in the same order; made on demand

	n       int          // number of rows once settled
	pending [][]Row      // sorted batches that are not merged yet
	removed map[Row]bool // replaced rows that are still in rows or late
	shared  *lineage
}

// with returns the rows with fresh ones added, which are sorted, and replaced ones removed.
func (o ordered) with(fresh []Row, replaced map[Row]bool, shared *lineage) ordered {
	o.n += len(fresh) - len(replaced)
	o.shared = shared
	if len(fresh) > 0 {
		o.pending = append(slices.Clip(o.pending), fresh)
	}
	if len(replaced) > 0 {
		if o.removed == nil {
			o.removed = replaced
		} else {
			o.removed = maps.Clone(o.removed)
			maps.Copy(o.removed, replaced)
		}
	}
	return o
}

// settle merges the late rows and removes the leaving ones. Rows that keep their index at the beginning are not
// packed again.
func (o *ordered) settle() {
	if len(o.pending) == 0 && len(o.removed) == 0 {
		return
	}
	goes := func(r Row) bool { return o.removed[r] }
	fresh, keep := merged(o.pending), len(o.rows)
	if len(o.removed) > 0 {
		fresh = slices.DeleteFunc(fresh, goes)
		if first := slices.IndexFunc(o.rows, goes); first >= 0 {
			keep = first
		}
	}
	if len(fresh) > 0 {
		keep = min(keep, countBefore(o.rows, fresh[0]))
	}
	rows := append(make([]Row, 0, o.n), o.rows[:keep]...)
	stay := o.rows[keep:]
	if len(o.removed) > 0 {
		stay = slices.DeleteFunc(slices.Clone(stay), goes)
	}
	for _, r := range fresh {
		n := countBefore(stay, r)
		rows, stay = append(append(rows, stay[:n]...), r), stay[n:]
	}
	o.rows = append(rows, stay...)
	o.packed = o.packed.with(o.rows, keep, o.shared.pack)
	o.pending, o.removed, o.numbers = nil, nil, nil
}

// countBefore returns how many of rows, which are sorted, come before r. It searches near the beginning first.
func countBefore(rows []Row, r Row) int {
	from, to := 0, 1
	for to < len(rows) && compareDefault(rows[to-1], r) < 0 {
		from, to = to, 2*to
	}
	to = min(to, len(rows))
	n, _ := slices.BinarySearchFunc(rows[from:to], r, compareDefault)
	return from + n
}

// merged merges sorted lists into one.
func merged(lists [][]Row) []Row {
	n := 0
	heads := make([]head, 0, len(lists)) // a heap with the least at the front
	for _, list := range lists {
		if n += len(list); len(list) > 0 {
			heads = append(heads, headOf(list))
		}
	}
	for i := len(heads)/2 - 1; i >= 0; i-- {
		sink(heads, i)
	}
	all := make([]Row, 0, n)
	for len(heads) > 1 {
		list := heads[0].list
		all = append(all, list[0])
		if len(list) > 1 {
			heads[0] = headOf(list[1:])
		} else {
			heads[0] = heads[len(heads)-1]
			heads = heads[:len(heads)-1]
		}
		sink(heads, 0)
	}
	for _, h := range heads {
		all = append(all, h.list...)
	}
	return all
}

// head is a non-empty list with the price of its first row. The price nearly always decides a comparison;
// reading a row is slow, as rows are far apart in memory.
type head struct {
	price float64 // infinite if unknown
	list  []Row
}

func headOf(list []Row) head {
	h := head{math.Inf(1), list}
	if rate := list[0].p.HourlyRate; rate.Known {
		h.price = rate.Value
	}
	return h
}

func (h *head) less(other *head) bool {
	if h.price != other.price {
		return h.price < other.price
	}
	return compareDefault(h.list[0], other.list[0]) < 0
}

// sink moves the head at i down to where it belongs.
func sink(heads []head, i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heads); child++ {
			if heads[child].less(&heads[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		heads[i], heads[least] = heads[least], heads[i]
		i = least
	}
}

// rowNumbers returns the numbers of the rows, in their order.
func (o *ordered) rowNumbers() []int32 {
	if len(o.numbers) != len(o.rows) {
		o.numbers = make([]int32, len(o.rows))
		for i, r := range o.rows {
			o.numbers[i] = r.p.number
		}
	}
	return o.numbers
}

// blocks holds packed rows, blockRows in each block. Catalogs that start with the same rows share full blocks.
type blocks [][]packed

const blockRows = 1 << 12

func (b blocks) at(i int) *packed { return &b[i/blockRows][i%blockRows] }

// with returns the blocks of rows. The first keep rows are in b already.
func (b blocks) with(rows []Row, keep int, pack func(Row) packed) blocks {
	full := keep / blockRows
	next := slices.Clip(b[:full])
	for from := full * blockRows; from < len(rows); from += blockRows {
		block := make([]packed, 0, min(blockRows, len(rows)-from))
		if from < keep {
			block = append(block, b[full][:keep-from]...)
		}
		for _, r := range rows[from+len(block) : from+cap(block)] {
			block = append(block, pack(r))
		}
		next = append(next, block)
	}
	return next
}
