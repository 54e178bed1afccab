package catalog

import (
	"maps"
	"math"
	"slices"
)

// ordered are rows in the order of last resort: price, region, id. Rows that were
// added are put among the others when they are asked for, so that adding many pages
// does not move all that is there again and again.
type ordered struct {
	rows   []Row  // once settled
	packed blocks // the same rows

	numbers []int32 // theirs, in their order; made when somebody asks

	n       int          // how many rows there are
	late    [][]Row      // not among them yet, each in order
	leaving map[Row]bool // still among them or among the late ones
	shared  *lineage
}

// with are the rows with fresh ones, which are in order, in the place of others.
func (o ordered) with(fresh []Row, replaced map[Row]bool, shared *lineage) ordered {
	o.n += len(fresh) - len(replaced)
	o.shared = shared
	if len(fresh) > 0 {
		o.late = append(slices.Clip(o.late), fresh)
	}
	if len(replaced) > 0 {
		if o.leaving == nil {
			o.leaving = replaced
		} else {
			o.leaving = maps.Clone(o.leaving)
			maps.Copy(o.leaving, replaced)
		}
	}
	return o
}

// settle puts the rows in order. What stays in its place at the beginning is not
// packed again.
func (o *ordered) settle() {
	if len(o.late) == 0 && len(o.leaving) == 0 {
		return
	}
	goes := func(r Row) bool { return o.leaving[r] }
	fresh, keep := merged(o.late), len(o.rows)
	if len(o.leaving) > 0 {
		fresh = slices.DeleteFunc(fresh, goes)
		if first := slices.IndexFunc(o.rows, goes); first >= 0 {
			keep = first
		}
	}
	if len(fresh) > 0 {
		keep = min(keep, before(o.rows, fresh[0]))
	}
	rows := append(make([]Row, 0, o.n), o.rows[:keep]...)
	stay := o.rows[keep:]
	if len(o.leaving) > 0 {
		stay = slices.DeleteFunc(slices.Clone(stay), goes)
	}
	for _, r := range fresh {
		n := before(stay, r)
		rows, stay = append(append(rows, stay[:n]...), r), stay[n:]
	}
	o.rows = append(rows, stay...)
	o.packed = o.packed.with(o.rows, keep, o.shared.pack)
	o.late, o.leaving, o.numbers = nil, nil, nil
}

// before is how many of rows, which are in order, come before r. It looks near the
// beginning first.
func before(rows []Row, r Row) int {
	from, to := 0, 1
	for to < len(rows) && lastResort(rows[to-1], r) < 0 {
		from, to = to, 2*to
	}
	to = min(to, len(rows))
	n, _ := slices.BinarySearchFunc(rows[from:to], r, lastResort)
	return from + n
}

// merged are lists, each of which is in order, as one that is.
func merged(lists [][]Row) []Row {
	n := 0
	heads := make([]head, 0, len(lists)) // a heap, of which the first is the least
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

// head is a list that is not empty, and the price of its first row, which nearly
// always decides: rows are far apart.
type head struct {
	price float64 // infinite if it is unknown
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
	return lastResort(h.list[0], other.list[0]) < 0
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

// rowNumbers are the numbers of the rows, in their order.
func (o *ordered) rowNumbers() []int32 {
	if len(o.numbers) != len(o.rows) {
		o.numbers = make([]int32, len(o.rows))
		for i, r := range o.rows {
			o.numbers[i] = r.p.number
		}
	}
	return o.numbers
}

// blocks are rows, packed, so many at a time: what is full is shared by catalogues
// that begin alike.
type blocks [][]packed

const blockRows = 1 << 12

func (b blocks) at(i int) *packed { return &b[i/blockRows][i%blockRows] }

// with are the blocks of rows of which the first ones, as many as keep says, are
// there already.
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
