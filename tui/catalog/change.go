package catalog

import (
	"math"
	"slices"

	"gpupick/api"
	"gpupick/tui/query"
)

// Change is how a row differs between two lists.
type Change int8

// The changes, in the order in which they are listed to the user.
const (
	Unchanged Change = iota
	Appeared
	Gone
	Dearer
	Cheaper
)

// changeNames holds the names of the changes in the filter language, as values of is:.
var changeNames = [...]string{Unchanged: "same", Appeared: "new", Gone: "gone", Dearer: "up", Cheaper: "down"}

var changeTexts = func() (texts [len(changeNames)]*query.Text) {
	for i, name := range changeNames {
		texts[i] = query.NewText(name)
	}
	return texts
}()

// String is the change's name in the filter language.
func (c Change) String() string { return changeNames[c] }

// ChangeStays is the number of lists that show a change, including the first. A list that reloads every half
// minute would otherwise show it for no longer than that.
const ChangeStays = 3

// Changes counts the differences from an earlier list.
type Changes struct{ New, Gone, Dearer, Cheaper int }

// Any reports whether anything is different.
func (n Changes) Any() bool { return n != Changes{} }

// count counts one more row, or one less, with a change.
func (n *Changes) count(c Change, by int) {
	switch c {
	case Appeared:
		n.New += by
	case Gone:
		n.Gone += by
	case Dearer:
		n.Dearer += by
	case Cheaper:
		n.Cheaper += by
	}
}

// mark is the change of a row.
type mark struct {
	change Change
	seen   int8 // number of lists that have shown it
}

// fresh reports whether this list is the first one with the mark.
func (m mark) fresh() bool { return m.seen == 1 }

// Since returns the catalog with its changes since an earlier list: rows are marked as new, dearer or cheaper,
// and rows that are no longer listed are kept beside them. Changes marked in the earlier list stay for
// ChangeStays lists.
func (c *Catalog) Since(was *Catalog) *Catalog {
	listed, earlier := c.Rows(), c.goneRows()
	next := c.extended()
	next.out = append(next.out, earlier.numbers...) // they are shown with c only
	slices.Sort(next.out)
	next.changes = Changes{}
	next.marks, next.was = make([]mark, c.offers.Len()), unknownNumbers(c.offers.Len())
	for _, n := range listed.numbers {
		next.mark(n, was)
	}
	var left api.Rows
	var seen []int8
	for _, n := range was.inOrder(nil) {
		times := int8(1)
		if was.change(n) == Gone {
			times = was.marks[n].seen + 1
		}
		if _, back := next.find(was.offers.IDBytes(int(n))); !back && times <= ChangeStays {
			gone := was.offers.At(int(n))
			left.Add(&gone)
			seen = append(seen, times)
		}
	}
	from := next.offers.Len()
	next.offers.Append(left)
	next.appended()
	for i, times := range seen {
		next.marks[from+i] = mark{Gone, times}
		next.changes.Gone++
	}
	return next
}

func unknownNumbers(n int) []float64 { return slices.Repeat([]float64{math.NaN()}, n) }

// mark marks a listed row with its change since an earlier list. Two different ids may look alike after cleaning, so
// such a row is not compared.
func (c *Catalog) mark(n int32, earlier *Catalog) {
	id := c.offers.IDBytes(int(n))
	was, listed := earlier.find(id)
	m, before := mark{}, math.NaN()
	switch {
	case !listed && !api.ChangedID(string(id)):
		m = mark{Appeared, 1}
	case listed && !api.ChangedID(string(id)):
		m, before = Row{c, n}.since(Row{earlier, was})
	}
	c.changes.count(m.change, 1)
	c.marks[n], c.was[n] = m, before
}

// since returns the change of a row since an earlier list, where was is the row with its id, and the price then.
func (r Row) since(was Row) (m mark, before float64) {
	switch now, then := r.c.offers.HourlyRate[r.n], was.c.offers.HourlyRate[was.n]; {
	case now < then:
		return mark{Cheaper, 1}, then
	case now > then:
		return mark{Dearer, 1}, then
	case was.c.marks == nil:
		return mark{}, math.NaN()
	}
	m = was.c.marks[was.n]
	if m.change == Unchanged || m.seen >= ChangeStays {
		return mark{}, math.NaN()
	}
	m.seen++
	return m, was.c.was[was.n]
}

// Same reports whether two catalogs have the same rows, whatever their changes are.
func (c *Catalog) Same(other *Catalog) bool {
	if c == other {
		return true
	}
	rows, others := c.Rows(), other.Rows()
	if rows.Len() != others.Len() {
		return false
	}
	for i, r := range rows.All() {
		if r.InstanceType() != others.At(i).InstanceType() {
			return false
		}
	}
	return true
}

// With returns the catalog with one row updated, marked if its price has changed. A row that is not in the
// catalog is ignored, and so is one that says nothing new.
func (c *Catalog) With(now api.InstanceType) *Catalog {
	was, there := c.At(now.ID)
	if !there || now == was.InstanceType() || api.ChangedID(now.ID) {
		return c
	}
	next := c.Add(api.RowsOf(now))
	row, _ := next.At(now.ID)
	m, before := row.since(was)
	if !m.fresh() && was.c.marks != nil { // the price is the same, and this is no new list, so the mark stays as it is
		m, before = was.c.marks[was.n], was.c.was[was.n]
	}
	if m.change == Unchanged {
		return next
	}
	if next.marks == nil {
		next.marks, next.was = make([]mark, next.offers.Len()), unknownNumbers(next.offers.Len())
	}
	next.marks[row.n], next.was[row.n] = m, before
	next.changes.count(m.change, 1)
	return next
}

// Changes returns how many rows differ from the earlier list.
func (c *Catalog) Changes() Changes { return c.changes }
