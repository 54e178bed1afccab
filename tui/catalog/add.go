package catalog

import (
	"maps"
	"slices"

	"gpupick/api"
)

// step is one Add.
type step struct {
	number int32  // no other Add of the lineage has it, and those behind it have larger ones
	rows   []*Row // that were added, in the order of last resort
	only   bool   // none of them took the place of another
}

// New is the catalogue of rows, which are not to be changed any more. Of rows with
// the same id the last one counts.
func New(rows []api.InstanceType) *Catalog { return (&Catalog{}).Add(rows) }

// Add is the catalogue with rows added to it, which are not to be changed any more;
// a row with an id that is there already takes its place. It costs what the rows
// cost, not what is there already: they are put in order when that is asked for.
func (c *Catalog) Add(rows []api.InstanceType) *Catalog {
	next := &Catalog{shared: c.shared, over: c.over, noted: c.noted, gone: c.gone, changes: c.changes}
	if next.shared == nil {
		next.shared = newLineage()
	}
	for i := range c.tally {
		next.tally[i] = slices.Clone(c.tally[i])
	}
	number := next.shared.number()
	slab := make([]Row, len(rows))
	fresh := make([]*Row, 0, len(rows))
	replaced := map[*Row]bool{}
	for i := range rows {
		it, r := &rows[i], &slab[i]
		next.shared.fill(r, it)
		r.step = number
		// Ids that cleaning has changed may be two ids and look like one.
		one := api.CheckID(it.ID) == nil
		before, seen := next.shared.newest[it.ID]
		if seen && before.step == number && one {
			*before = *r // it has the first's place, and nobody else has it yet
			continue
		}
		if was, there := c.At(it.ID); seen && there && one {
			replaced[was] = true
		}
		if seen {
			next.shared.older[r] = before
		}
		next.shared.newest[it.ID] = r
		fresh = append(fresh, r)
	}
	if !slices.IsSortedFunc(fresh, lastResort) {
		slices.SortFunc(fresh, lastResort)
	}
	for _, r := range fresh {
		next.shared.tell(&next.tally, r, 1)
	}
	for r := range replaced {
		next.shared.tell(&next.tally, r, -1)
		if _, made := next.over[r.ID]; made {
			next.over = maps.Clone(next.over)
			delete(next.over, r.ID)
		}
	}
	next.steps = append(slices.Clip(c.steps), step{number: number, rows: fresh, only: len(replaced) == 0})
	next.ordered = c.ordered.with(fresh, replaced, next.shared)
	return next
}

// has reports whether an Add was one of those that c was made by.
func (c *Catalog) has(number int32) bool {
	_, found := slices.BinarySearchFunc(c.steps, number, func(s step, n int32) int { return int(s.number - n) })
	return found
}

// ordered are rows in the order of last resort: price, region, id. Rows that were
// added are put among the others when they are asked for, so that adding many pages
// does not move all that is there again and again.
type ordered struct {
	rows   []*Row   // once settled; as all that follows
	packed []packed // the same rows
	arrays *arrays  // of both: up to where they are in use

	n       int           // how many rows there are
	late    [][]*Row      // not among them yet, each in order
	leaving map[*Row]bool // still among them or among the late ones
	shared  *lineage
}

// arrays are a pair of arrays that several catalogues see the beginning of; whoever
// has all that is in use may append.
type arrays struct{ used int }

// with are the rows with fresh ones, which are in order, in the place of others.
func (o ordered) with(fresh []*Row, replaced map[*Row]bool, shared *lineage) ordered {
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

// settle puts the rows in order. Late ones that all come behind are appended to the
// arrays, unless somebody else has done so before.
func (o *ordered) settle() {
	if len(o.late) == 0 && len(o.leaving) == 0 {
		return
	}
	fresh, leaving := slices.Concat(o.late...), len(o.leaving)
	if leaving > 0 {
		fresh = slices.DeleteFunc(fresh, func(r *Row) bool {
			if o.leaving[r] {
				leaving--
				return true
			}
			return false
		})
	}
	if len(o.late) > 1 && !slices.IsSortedFunc(fresh, lastResort) {
		slices.SortFunc(fresh, lastResort)
	}
	if leaving == 0 && o.arrays != nil && o.arrays.used == len(o.rows) && (len(o.rows) == 0 || len(fresh) == 0 || lastResort(o.rows[len(o.rows)-1], fresh[0]) < 0) {
		o.rows = append(o.rows, fresh...)
		o.packed = slices.Grow(o.packed, len(fresh))
		for _, r := range fresh {
			o.packed = append(o.packed, o.shared.pack(r))
		}
		o.arrays.used = len(o.rows)
	} else {
		o.merge(fresh)
	}
	o.late, o.leaving = nil, nil
}

// merge makes new arrays of the rows that stay and of fresh ones among them.
func (o *ordered) merge(fresh []*Row) {
	room := o.n
	if o.arrays != nil {
		room += room / 4 // it grows: more will come
	}
	rows, all := make([]*Row, 0, room), make([]packed, 0, room)
	from := 0
	upTo := func(to int) { // of the old ones
		for ; len(o.leaving) > 0 && from < to; from++ {
			if !o.leaving[o.rows[from]] {
				rows, all = append(rows, o.rows[from]), append(all, o.packed[from])
			}
		}
		rows, all, from = append(rows, o.rows[from:to]...), append(all, o.packed[from:to]...), to
	}
	for _, r := range fresh {
		at, _ := slices.BinarySearchFunc(o.rows[from:], r, lastResort)
		upTo(from + at)
		rows, all = append(rows, r), append(all, o.shared.pack(r))
	}
	upTo(len(o.rows))
	o.rows, o.packed, o.arrays = rows, all, &arrays{used: len(rows)}
}
