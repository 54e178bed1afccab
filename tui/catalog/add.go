package catalog

import (
	"iter"
	"maps"
	"slices"

	"gpupick/api"
)

// step is one Add.
type step struct {
	number int32 // unique in the lineage; later Adds have larger numbers
	rows   []Row // the added rows, in the default order
	only   bool  // no added row replaced another one
}

// New returns a catalog of rows, which must not be changed afterwards. If rows have the same id, the last one
// counts.
func New(rows []api.InstanceType) *Catalog { return (&Catalog{}).Add(rows) }

// Add returns a catalog with pages of rows added, which must not be changed afterwards. A row replaces an
// earlier one with the same id. The cost depends on the added rows only, as they are merged with the others
// when somebody asks for the rows.
func (c *Catalog) Add(pages ...[]api.InstanceType) *Catalog {
	next := &Catalog{shared: c.shared, sinceRows: c.sinceRows, sinceID: c.sinceID, gone: c.gone, changes: c.changes}
	if next.shared == nil {
		next.shared = newLineage()
	}
	for i := range c.tally {
		next.tally[i] = slices.Clone(c.tally[i])
	}
	number := next.shared.number()
	n := 0
	for _, rows := range pages {
		n += len(rows)
	}
	slab := make([]record, n)
	fresh := make([]Row, 0, n)
	replaced := map[Row]bool{}
	for it := range each(pages) {
		r := Row{&slab[0]}
		slab = slab[1:]
		next.shared.fill(r, it)
		r.p.step = number
		// Two different ids may look alike after cleaning, so cleaned ids replace nothing.
		one := !api.ChangedID(it.ID)
		slot, first := next.shared.ids.slot(it.ID)
		if first.p != nil && one {
			if first.p.step == number {
				r.p.number = first.p.number
				*first.p = *r.p // nobody else has the first record yet, so it can be overwritten
				continue
			}
			if was, there := c.At(it.ID); there {
				replaced[was] = true
			}
		}
		next.shared.ids.put(r, slot)
		fresh = append(fresh, r)
	}
	if !slices.IsSortedFunc(fresh, compareDefault) {
		slices.SortFunc(fresh, compareDefault)
	}
	for _, r := range fresh {
		next.shared.addRows(&next.tally, r, 1)
	}
	for r := range replaced {
		next.shared.addRows(&next.tally, r, -1)
		if _, made := next.sinceRows[r.p.ID]; made {
			next.sinceRows = maps.Clone(next.sinceRows)
			delete(next.sinceRows, r.p.ID)
		}
	}
	next.steps = append(slices.Clip(c.steps), step{number: number, rows: fresh, only: len(replaced) == 0})
	next.ordered = c.ordered.with(fresh, replaced, next.shared)
	return next
}

// each iterates over the rows of all pages.
func each(pages [][]api.InstanceType) iter.Seq[*api.InstanceType] {
	return func(yield func(*api.InstanceType) bool) {
		for _, rows := range pages {
			for i := range rows {
				if !yield(&rows[i]) {
					return
				}
			}
		}
	}
}

// has reports whether c was made by the Add with that number.
func (c *Catalog) has(number int32) bool {
	_, found := slices.BinarySearchFunc(c.steps, number, func(s step, n int32) int { return int(s.number - n) })
	return found
}
