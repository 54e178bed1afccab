package catalog

import (
	"maps"
	"slices"

	"gpupick/api"
	"gpupick/tui/query"
)

// Change is what has become of a row between two lists.
type Change int8

// The changes, in the order in which they are listed to the user.
const (
	Unchanged Change = iota
	Appeared
	Gone
	Dearer
	Cheaper
)

// changes are their names in the filter language, as the values of is:.
var changes = [...]string{Unchanged: "same", Appeared: "new", Gone: "gone", Dearer: "dearer", Cheaper: "cheaper"}

var changeTexts = func() (texts [len(changes)]*query.Text) {
	for i, name := range changes {
		texts[i] = query.NewText(name)
	}
	return texts
}()

// String is the change's name in the filter language.
func (c Change) String() string { return changes[c] }

// ChangeStays is how many lists a change is shown in, beginning with the one that
// brought it: a list that loads every half minute would else show it for no
// longer than that.
const ChangeStays = 3

// Changes counts what is different from an earlier list.
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

// Since is the catalogue with what is different from an earlier one noted in its
// rows: new, dearer and cheaper ones, and beside them those that are gone. What
// was noted in the earlier one stays for as long as changes are shown.
func (c *Catalog) Since(was *Catalog) *Catalog {
	c.settle()
	was.settle()
	next := &Catalog{shared: c.shared, steps: c.steps, noted: c.shared.number(), tally: c.tally}
	next.ordered = ordered{rows: make([]Row, len(c.rows)), packed: c.packed, n: c.n, shared: c.shared}
	changed := map[string]Row{}
	for i, r := range c.rows {
		before, _ := was.At(r.p.ID)
		if api.CheckID(r.p.ID) != nil {
			before = r.fresh() // cleaned ids may be two and look like one: nobody knows which was which
		}
		if next.rows[i] = r.since(before); next.rows[i] != r {
			changed[r.p.ID] = next.rows[i]
		}
		next.changes.add(next.rows[i].p.Change)
	}
	next.over = maps.Clone(c.over)
	if next.over == nil {
		next.over = changed
	}
	maps.Copy(next.over, changed)
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
	slices.SortFunc(next.gone, lastResort)
	return next
}

// copied is a row of its own with the same in it.
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

// since is the row with its change against what it was; the zero Row if it was not there.
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

// Same reports whether two catalogues have the same rows, whatever has changed in them
// before.
func (c *Catalog) Same(other *Catalog) bool {
	return c == other || c.Len() == other.Len() && slices.EqualFunc(c.Rows(), other.Rows(), func(a, b Row) bool {
		return *a.p.InstanceType == *b.p.InstanceType
	})
}

// With is the catalogue with one row as it is now; it is noted if its price has
// changed. A row that is not there is left out.
func (c *Catalog) With(now api.InstanceType) *Catalog {
	was, there := c.At(now.ID)
	if !there {
		return c
	}
	next := c.Add([]api.InstanceType{now})
	row, _ := next.At(now.ID) // made by Add just now: nobody else has it yet
	if row.p.HourlyRate == was.p.HourlyRate {
		row.p.Change, row.p.Was, row.p.seen = was.p.Change, was.p.Was, was.p.seen // it is no further list
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

// Changes are how many rows are different from the earlier list.
func (c *Catalog) Changes() Changes { return c.changes }

// GoneRows are the rows that have left the list a short while ago. The slice is
// not to be changed.
func (c *Catalog) GoneRows() []Row { return c.gone }

// Listed are the rows of a result with those that are gone among them, each at
// its place in the order.
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

// goneRows are those gone rows that the query finds, in its order.
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
