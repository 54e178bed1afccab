package catalog

import (
	"slices"
	"strings"

	"gpupick/api"
)

// Row is an instance type and what follows from it. What many rows share is shared:
// there may be a million of them.
type Row struct {
	*api.InstanceType
	PerGPU api.Optional[float64] // USD per hour and GPU: the rate over the count
	VRAM   api.Optional[int64]   // GB per card; from our table, not the service's
	Place  *Place                // from our table, not the service's
	GPUKey string                // equal for rows of the same GPU; empty if there is no name
	Was    api.Optional[float64] // USD per hour: the rate before it became dearer or cheaper
	Change Change                // against an earlier list

	seen                          int8         // how many lists have shown the change
	codes                         [coded]int32 // numbers of its spellings in the dictionaries
	gpuText, regionText, typeText *text        // nil where there is no text
}

// Catalog is all rows there are. It is immutable; what it remembers of the orders
// that it was asked for is not to be asked for by two goroutines at once. The zero
// Catalog is empty.
type Catalog struct {
	rows   []*Row   // in the order of last resort: price, region, id
	packed []packed // the same rows
	layers layers   // the rows by id
	shared *lineage
	tally  tally

	gone    []*Row // no longer in the list; in the order of last resort
	changes Changes

	arrays *arrays            // of rows and packed: up to where they are in use
	before *arrays            // those of the catalogue that this one was added to
	from   int                // and how many rows that had
	added  []*Row             // what was added to it
	grew   bool               // nothing of it was replaced
	orders map[string][]int32 // places in rows
}

// New is the catalogue of rows, which are not to be changed any more. Of rows with
// the same id the last one counts.
func New(rows []api.InstanceType) *Catalog { return (&Catalog{}).Add(rows) }

// Add is the catalogue with rows added to it, which are not to be changed any more;
// a row with an id that is there already takes its place. It costs what the rows
// cost, not what is there already, as long as they are behind those in the order of
// last resort.
func (c *Catalog) Add(rows []api.InstanceType) *Catalog {
	next := &Catalog{layers: c.layers, shared: c.shared, gone: c.gone, changes: c.changes, before: c.arrays, from: len(c.rows)}
	if next.shared == nil {
		next.shared = newLineage()
	}
	for i := range c.tally {
		next.tally[i] = slices.Clone(c.tally[i])
	}
	slab := make([]Row, len(rows))
	fresh := make([]*Row, 0, len(rows))
	byID := make(map[string]*Row, len(rows))
	replaced := map[*Row]bool{}
	for i := range rows {
		it, r := &rows[i], &slab[i]
		next.shared.fill(r, it)
		// Ids that cleaning has changed may be two ids and look like one.
		one := api.CheckID(it.ID) == nil
		if first, twice := byID[it.ID]; twice && one {
			*first = *r // it has the first's place, and nobody else has it yet
			continue
		}
		if was, there := c.At(it.ID); there && one {
			replaced[was] = true
		}
		byID[it.ID] = r
		fresh = append(fresh, r)
	}
	if !slices.IsSortedFunc(fresh, lastResort) {
		slices.SortFunc(fresh, lastResort)
	}
	bits := make([]packed, len(fresh))
	for i, r := range fresh {
		bits[i] = next.shared.pack(r)
		next.tally.add(&bits[i], 1)
	}
	for r := range replaced {
		p := next.shared.pack(r)
		next.tally.add(&p, -1)
	}
	next.layers = c.layers.with(byID)
	next.added, next.grew = fresh, len(replaced) == 0
	c.merge(next, fresh, bits, replaced)
	return next
}

// arrays are a pair of arrays that several catalogues see the beginning of; whoever
// has all that is in use may append.
type arrays struct{ used int }

// merge gives next the rows of c, without those that are replaced, and fresh ones
// among them. Rows that all come behind are appended to the arrays that c has too,
// unless somebody has done so before.
func (c *Catalog) merge(next *Catalog, fresh []*Row, bits []packed, replaced map[*Row]bool) {
	behind := len(replaced) == 0 && (len(c.rows) == 0 || len(fresh) == 0 || lastResort(c.rows[len(c.rows)-1], fresh[0]) < 0)
	if behind && c.arrays != nil && c.arrays.used == len(c.rows) {
		next.rows, next.packed, next.arrays = append(c.rows, fresh...), append(c.packed, bits...), c.arrays
		next.arrays.used = len(next.rows)
		return
	}
	n := len(c.rows) + len(fresh)
	if c.arrays != nil {
		n += n / 4 // it grows: more will come
	}
	rows, all := make([]*Row, 0, n), make([]packed, 0, n)
	from := 0
	upTo := func(to int) { // of the old ones
		for ; len(replaced) > 0 && from < to; from++ {
			if !replaced[c.rows[from]] {
				rows, all = append(rows, c.rows[from]), append(all, c.packed[from])
			}
		}
		rows, all, from = append(rows, c.rows[from:to]...), append(all, c.packed[from:to]...), to
	}
	for i, r := range fresh {
		at, _ := slices.BinarySearchFunc(c.rows[from:], r, lastResort)
		upTo(from + at)
		rows, all = append(rows, r), append(all, bits[i])
	}
	upTo(len(c.rows))
	next.rows, next.packed, next.arrays = rows, all, &arrays{used: len(rows)}
}

// layers are rows by id, in several maps: the newest first asked. Two of about the
// same size become one, so that there are few, and adding to many costs little.
type layers []map[string]*Row

func (l layers) at(id string) (*Row, bool) {
	for i := len(l) - 1; i >= 0; i-- {
		if r, there := l[i][id]; there {
			return r, true
		}
	}
	return nil, false
}

// with are the layers with another one on top.
func (l layers) with(top map[string]*Row) layers {
	if len(top) == 0 {
		return l
	}
	next := slices.Clip(l)
	for len(next) > 0 && len(next[len(next)-1]) <= 2*len(top) {
		below := next[len(next)-1]
		both := make(map[string]*Row, len(below)+len(top))
		for id, r := range below {
			both[id] = r
		}
		for id, r := range top {
			both[id] = r
		}
		top, next = both, slices.Clip(next[:len(next)-1])
	}
	return append(next, top)
}

// Len is how many rows there are.
func (c *Catalog) Len() int { return len(c.rows) }

// Rows are all rows, by price, region and id. The slice is not to be changed.
func (c *Catalog) Rows() []*Row { return c.rows }

// Grown are the rows by which c is larger than before; ok is false if it is not
// before with rows added, or if any of them took the place of another.
func (c *Catalog) Grown(before *Catalog) (rows []*Row, ok bool) {
	if before == nil || before.arrays == nil || c.before != before.arrays || c.from != len(before.rows) || !c.grew || len(c.gone)+len(before.gone) > 0 {
		return nil, false
	}
	return c.added, true
}

// At is the row with that id.
func (c *Catalog) At(id string) (*Row, bool) { return c.layers.at(id) }

// Name is the commonest spelling of the GPU with that key.
func (c *Catalog) Name(gpuKey string) string {
	if c.shared == nil {
		return ""
	}
	value, known := c.shared.dictionaries[gpuCode].value[gpuKey]
	if !known {
		return ""
	}
	return c.shared.commonest(&c.tally, gpuCode, value)
}

// valueKey is equal for values of a field that one facet line stands for.
func valueKey(f Field, r *Row) (key string, known bool) {
	s := &fields[f]
	switch {
	case f == GPU:
		return r.GPUKey, r.gpuText != nil
	case s.text != nil:
		if t := s.text(r); t != nil {
			return t.lower, true
		}
	case s.number != nil:
		if v := s.number(r); v.Known {
			return formatNumber(v.Value), true
		}
	case s.place != nil:
		p := s.place(r)
		return strings.ToLower(p.String()), p.Known()
	}
	return "", false
}
