package catalog

import (
	"maps"
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

// changes holds the names of the changes in the filter language, as values of is:.
var changes = [...]string{Unchanged: "same", Appeared: "new", Gone: "gone", Dearer: "up", Cheaper: "down"}

var changeTexts = func() (texts [len(changes)]*query.Text) {
	for i, name := range changes {
		texts[i] = query.NewText(name)
	}
	return texts
}()

// String is the change's name in the filter language.
func (c Change) String() string { return changes[c] }

// ChangeStays is the number of lists that show a change, including the first. A list that reloads every half
// minute would otherwise show it for no longer than that.
const ChangeStays = 3

// Changes counts the differences from an earlier list.
type Changes struct{ New, Gone, Dearer, Cheaper int }

// Any reports whether anything is different.
func (n Changes) Any() bool { return n != Changes{} }

func (n *Changes) add(c Change) {
	switch c {
	case Appeared:
		n.New++
	case Gone:
		n.Gone++
	case Dearer:
		n.Dearer++
	case Cheaper:
		n.Cheaper++
	}
}

// Since returns the catalog with its changes since an earlier list: rows are marked as new, dearer or cheaper,
// and rows that are no longer listed are kept beside them. Changes marked in the earlier list stay for
// ChangeStays lists.
func (c *Catalog) Since(was *Catalog) *Catalog {
	c.settle()
	was.settle()
	next := &Catalog{shared: c.shared, steps: c.steps, sinceID: c.shared.number(), tally: c.tally}
	next.ordered = ordered{rows: make([]Row, len(c.rows)), packed: c.packed, n: c.n, shared: c.shared}
	changed := map[string]Row{}
	for i, r := range c.rows {
		before, _ := was.At(r.p.ID)
		if api.ChangedID(r.p.ID) {
			before = r.fresh() // two different ids may look alike after cleaning, so their rows cannot be matched
		}
		if next.rows[i] = r.since(before); next.rows[i] != r {
			changed[r.p.ID] = next.rows[i]
		}
		next.changes.add(next.rows[i].p.Change)
	}
	next.sinceRows = maps.Clone(c.sinceRows)
	if next.sinceRows == nil {
		next.sinceRows = changed
	}
	maps.Copy(next.sinceRows, changed)
	left := func(r Row) {
		if _, back := next.At(r.p.ID); back || r.p.seen == ChangeStays {
			return
		}
		gone := r.copied()
		gone.p.Change, gone.p.Was, gone.p.seen = Gone, api.Optional[float64]{}, r.p.seen+1
		next.gone = append(next.gone, gone)
		next.changes.add(Gone)
	}
	for _, r := range was.rows {
		if _, back := next.At(r.p.ID); !back {
			left(r.fresh())
		}
	}
	for _, r := range was.gone {
		left(r)
	}
	slices.SortFunc(next.gone, compareDefault)
	return next
}

// copied returns a copy of the row that can be changed.
func (r Row) copied() Row {
	p := *r.p
	return Row{&p}
}

// fresh is the row without a change.
func (r Row) fresh() Row {
	if r.p.Change == Unchanged {
		return r
	}
	plain := r.copied()
	plain.p.Change, plain.p.Was, plain.p.seen = Unchanged, api.Optional[float64]{}, 0
	return plain
}

// since returns the row with its change since was, its row in the earlier list; the zero Row if that list lacks
// it.
func (r Row) since(was Row) Row {
	next := r.fresh().copied()
	switch {
	case was.p == nil:
		next.p.Change, next.p.seen = Appeared, 1
	case was.p.HourlyRate.Known && r.p.HourlyRate.Known && was.p.HourlyRate.Value != r.p.HourlyRate.Value:
		next.p.Change, next.p.Was, next.p.seen = Dearer, was.p.HourlyRate, 1
		if r.p.HourlyRate.Value < was.p.HourlyRate.Value {
			next.p.Change = Cheaper
		}
	case was.p.seen > 0 && was.p.seen < ChangeStays:
		next.p.Change, next.p.Was, next.p.seen = was.p.Change, was.p.Was, was.p.seen+1
	default:
		return r.fresh()
	}
	return next
}

// Same reports whether two catalogs have the same rows, whatever their changes are.
func (c *Catalog) Same(other *Catalog) bool {
	return c == other || c.Len() == other.Len() && slices.EqualFunc(c.Rows(), other.Rows(), func(a, b Row) bool {
		return *a.p.InstanceType == *b.p.InstanceType
	})
}

// With returns the catalog with one row updated, marked if its price has changed. A row that is not in the
// catalog is ignored.
func (c *Catalog) With(now api.InstanceType) *Catalog {
	was, there := c.At(now.ID)
	if !there {
		return c
	}
	next := c.Add([]api.InstanceType{now})
	row, _ := next.At(now.ID) // Add just made it, so nobody else has it yet
	if row.p.HourlyRate == was.p.HourlyRate {
		row.p.Change, row.p.Was, row.p.seen = was.p.Change, was.p.Was, was.p.seen // this is not a new list
	} else {
		*row.p = *row.since(was).p
	}
	next.recount()
	return next
}

func (c *Catalog) recount() {
	c.changes = Changes{Gone: len(c.gone)}
	for _, r := range c.Rows() {
		c.changes.add(r.p.Change)
	}
}

// Changes returns how many rows differ from the earlier list.
func (c *Catalog) Changes() Changes { return c.changes }

// GoneRows returns the rows that are no longer listed, for as long as they are shown. The slice must not be
// changed.
func (c *Catalog) GoneRows() []Row { return c.gone }

// Listed returns the rows of a result and, at their places in the order, those that are no longer listed.
func (res Result) Listed() []Row {
	if len(res.Gone) == 0 {
		return res.Rows
	}
	all := make([]Row, 0, len(res.Rows)+len(res.Gone))
	rows, gone := res.Rows, res.Gone
	for len(rows) > 0 && len(gone) > 0 {
		if compareBy(res.order, gone[0], rows[0]) < 0 {
			all, gone = append(all, gone[0]), gone[1:]
		} else {
			all, rows = append(all, rows[0]), rows[1:]
		}
	}
	return append(append(all, rows...), gone...)
}

// goneRows returns the rows that match the query but are no longer listed, in the query's order.
func (c *Catalog) goneRows(q query.Query, among func(Row) bool) []Row {
	var list []Row
	for _, r := range c.gone {
		if failing, _ := judge(q, r); failing == 0 && (among == nil || among(r)) {
			list = append(list, r)
		}
	}
	applySort(q.Sort, list)
	return list
}
