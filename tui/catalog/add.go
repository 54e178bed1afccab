package catalog

import (
	"iter"
	"maps"
	"slices"

	"gpupick/api"
)

// step is one Add.
type step struct {
	number int32 // no other Add of the lineage has it, and those behind it have larger ones
	rows   []Row // that were added, in the order of last resort
	only   bool  // none of them took the place of another
}

// New is the catalogue of rows, which are not to be changed any more. Of rows with
// the same id the last one counts.
func New(rows []api.InstanceType) *Catalog { return (&Catalog{}).Add(rows) }

// Add is the catalogue with pages of rows added to it, which are not to be changed any
// more; a row with an id that is there already takes its place. It costs what the rows
// cost, not what is there already: they are put in order when that is asked for.
func (c *Catalog) Add(pages ...[]api.InstanceType) *Catalog {
	next := &Catalog{shared: c.shared, over: c.over, noted: c.noted, gone: c.gone, changes: c.changes}
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
		// Ids that cleaning has changed may be two ids and look like one.
		one := api.CheckID(it.ID) == nil
		slot, first := next.shared.ids.slot(it.ID)
		if first.p != nil && one {
			if first.p.step == number {
				r.p.number = first.p.number
				*first.p = *r.p // it has the first's place, and nobody else has it yet
				continue
			}
			if was, there := c.At(it.ID); there {
				replaced[was] = true
			}
		}
		next.shared.ids.put(r, slot)
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
		if _, made := next.over[r.p.ID]; made {
			next.over = maps.Clone(next.over)
			delete(next.over, r.p.ID)
		}
	}
	next.steps = append(slices.Clip(c.steps), step{number: number, rows: fresh, only: len(replaced) == 0})
	next.ordered = c.ordered.with(fresh, replaced, next.shared)
	return next
}

// each are the rows of all pages.
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

// has reports whether an Add was one of those that c was made by.
func (c *Catalog) has(number int32) bool {
	_, found := slices.BinarySearchFunc(c.steps, number, func(s step, n int32) int { return int(s.number - n) })
	return found
}
