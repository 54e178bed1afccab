package catalog

import (
	"iter"
	"math"
	"slices"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Catalog holds all rows of a list. It is immutable, but it works out some answers when they are first asked for.
// Two goroutines must not use the same Catalog, or Catalogs made from each other, at the same time; the rows of
// [Rows] may be read by any.
type Catalog struct {
	columns
	out     []int32 // ascending: rows that are no part of it, mostly because newer ones with the same id replaced them
	changes Changes

	sorted  order
	orders  map[string][]int32     // by sort: the rows in that order
	counts  *counts                // of the rows that are listed; nil until asked for
	spelled map[query.Field]values // see valuesOf
	tops    []query.Truth          // see unbeaten
	current []int32                // the rows that are listed, if others are shown, too; see Rows
	asked   asked
}

// columns are the values of the rows, each at the number of the row, and what follows from them. A newer catalog
// appends to the columns of the one that it was made from.
type columns struct {
	offers api.Rows
	perGPU []float64 // price per GPU, USD per hour: the rate divided by the count; NaN where unknown
	marks  []mark    // since an earlier list; nil while nothing has a mark
	was    []float64 // rate before the price went up or down, USD per hour; nil like marks

	gpus    []gpu         // by number: what follows from the GPUs
	regions []region      // by number: what follows from the region
	types   []*query.Text // by number: the type; nil for none
	ids     *ids          // shared with newer catalogs
	names   map[string]named
}

// New returns a catalog of rows. If rows have the same id, the last one counts.
func New(rows api.Rows) *Catalog {
	empty := &Catalog{columns: columns{ids: &ids{}, names: map[string]named{}}}
	return empty.Add(rows)
}

// Add returns a catalog with a page of rows added. A row replaces an earlier one with the same id.
func (c *Catalog) Add(page api.Rows) *Catalog {
	next := c.extended()
	next.offers.Append(page)
	next.appended()
	return next
}

// extended returns a copy of c that can be appended to.
func (c *Catalog) extended() *Catalog {
	next := &Catalog{columns: c.columns, out: slices.Clip(c.out), changes: c.changes, sorted: c.sorted}
	if len(c.ids.sorted) != c.offers.Len() { // another catalog has appended to these columns
		next.columns = c.columns.copied()
	}
	return next
}

func (c *columns) copied() columns {
	own := columns{offers: c.offers.Clone(), perGPU: slices.Clip(c.perGPU), marks: slices.Clip(c.marks),
		was: slices.Clip(c.was), gpus: slices.Clip(c.gpus), regions: slices.Clip(c.regions),
		types: slices.Clip(c.types), ids: &ids{}, names: map[string]named{}}
	own.ids.add(&own.offers)
	return own
}

// appended completes the columns after offers has grown, and notes which rows the new ones replace.
func (c *Catalog) appended() {
	from := len(c.perGPU)
	c.understand()
	for n := from; n < c.offers.Len(); n++ {
		c.perGPU = append(c.perGPU, c.gpus[c.offers.GPU[n]].each(c.offers.HourlyRate[n]))
		if c.marks != nil {
			c.marks, c.was = append(c.marks, mark{}), append(c.was, math.NaN())
		}
	}
	replaced := slices.DeleteFunc(c.ids.add(&c.offers), c.isOut)
	for _, n := range replaced {
		c.changes.count(c.change(n), -1)
	}
	c.out = append(c.out, replaced...)
	slices.Sort(c.out)
}

// change is how a row differs from an earlier list.
func (c *Catalog) change(n int32) Change {
	if c.marks == nil {
		return Unchanged
	}
	return c.marks[n].change
}

// Len returns the number of listed rows.
func (c *Catalog) Len() int { return c.offers.Len() - len(c.out) - c.changes.Gone }

// Rows returns the listed rows, ordered by price, region and id.
func (c *Catalog) Rows() Rows {
	all := c.inOrder(nil)
	if c.changes.Gone == 0 {
		return Rows{c, all}
	}
	if c.current == nil {
		c.current = c.listed(all)
	}
	return Rows{c, c.current}
}

// listed returns those of some rows that are still listed.
func (c *Catalog) listed(numbers []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(numbers), func(n int32) bool { return c.change(n) == Gone })
}

// goneRows returns the rows that are no longer listed, for as long as they are shown.
func (c *Catalog) goneRows() Rows {
	if c.changes.Gone == 0 {
		return Rows{c, nil}
	}
	return Rows{c, slices.DeleteFunc(slices.Clone(c.inOrder(nil)), func(n int32) bool { return c.change(n) != Gone })}
}

// At is the listed row with that id.
func (c *Catalog) At(id string) (Row, bool) {
	n, there := c.find([]byte(id))
	if !there {
		return Row{}, false
	}
	return Row{c, n}, true
}

// find returns the listed row with that id.
func (c *Catalog) find(id []byte) (n int32, there bool) {
	n, there = c.ids.newest(&c.offers, id, int32(c.offers.Len()))
	return n, there && c.change(n) != Gone && !c.isOut(n)
}

// Rows is a list of rows of one catalog, in some order.
type Rows struct {
	c       *Catalog
	numbers []int32
}

// Len returns the number of rows.
func (r Rows) Len() int { return len(r.numbers) }

// At returns the row at an index.
func (r Rows) At(i int) Row { return Row{r.c, r.numbers[i]} }

// Index returns the index of the row with that id, -1 if there is none. It looks at the index near first.
func (r Rows) Index(id string, near int) int {
	if near >= 0 && near < r.Len() && r.At(near).Is(id) {
		return near
	}
	return slices.IndexFunc(r.numbers, func(n int32) bool { return Row{r.c, n}.Is(id) })
}

// Slice returns some of the rows, like a slice of a slice.
func (r Rows) Slice(from, to int) Rows { return Rows{r.c, r.numbers[from:to]} }

// All iterates over the rows and their indexes.
func (r Rows) All() iter.Seq2[int, Row] {
	return func(yield func(int, Row) bool) {
		for i, n := range r.numbers {
			if !yield(i, Row{r.c, n}) {
				return
			}
		}
	}
}

// List returns the rows as a slice.
func (r Rows) List() []Row {
	list := make([]Row, len(r.numbers))
	for i, n := range r.numbers {
		list[i] = Row{r.c, n}
	}
	return list
}

// Offers iterates over the rows as the service gave them. Unlike the catalog, it may be used by any goroutine.
func (r Rows) Offers() iter.Seq[api.InstanceType] {
	return func(yield func(api.InstanceType) bool) {
		for _, n := range r.numbers {
			if !yield(r.c.offers.At(int(n))) {
				return
			}
		}
	}
}

// Name returns the name of the GPU with that key: our name for it, or its commonest spelling.
func (c *Catalog) Name(gpuKey string) string {
	v := c.valuesOf(query.GPU)
	if at, there := v.numbers[gpuKey]; there {
		return v.labels[at]
	}
	return ""
}

// Spellings returns the different texts that rows have in a field (GPU, region or type), as the service spells
// them.
func (c *Catalog) Spellings(f query.Field) []string {
	var list []string
	for n, rows := range c.tally().rows[accessors[f].of] {
		if t := accessors[f].text(c, int32(n)); rows > 0 && t != nil {
			list = append(list, t.Raw)
		}
	}
	if f == query.GPU { // with another number of them, the same GPU has another number
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}

const (
	no      = known.No
	unknown = known.Unknown
	yes     = known.Yes
)
