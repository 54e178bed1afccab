package catalog

import (
	"cmp"
	"fmt"
	"strings"

	"gpupick/api"
	"gpupick/tui/query"
)

// of returns a catalog of rows.
func of(rows []api.InstanceType) *Catalog { return New(api.RowsOf(rows...)) }

// The reference of the evaluator: one condition, one term, one row.

// holds reports whether a condition holds for a row. A condition without a field checks all searchable values.
func holds(c *query.Condition, r Row) query.Truth {
	f, ok := c.Field()
	switch {
	case !ok:
		result := max(c.Text(r.gpu().text), c.Text(textOf(r.Region())), c.Text(textOf(r.DeploymentType())),
			c.Place(*r.Place()))
		if c.InIDs() {
			result = max(result, c.Text(query.NewText(r.ID())))
		}
		return result
	case f == query.Fits:
		return c.Holds(leastOf(r.VRAM()), needed(c, wholeOrNaN(r.GPUCount())))
	case c.AboutPlace():
		return c.Place(*r.Place())
	case f.IsNumber():
		return c.Number(r.number(f))
	}
	return c.Text(r.text(f))
}

// termHolds reports whether a term holds for a row. One alternative that holds is enough; otherwise, one
// unknown alternative makes the term unknown.
func termHolds(t query.Term, r Row) query.Truth {
	result := no
	for i := range t.Any() {
		result = max(result, holds(&t.Any()[i], r))
	}
	if t.Negated {
		return yes - result
	}
	return result
}

// judge returns the terms that do not hold for the row as bits: failing has all of them, unsure those that are
// unknown.
func judge(q query.Query, r Row) (failing, unsure uint64) {
	for i := range q.Terms {
		switch termHolds(q.Terms[i], r) {
		case no:
			failing |= 1 << i
		case unknown:
			failing |= 1 << i
			unsure |= 1 << i
		}
	}
	return failing, unsure
}

// The reference of the order: two rows, one key.

// compareKey compares two rows by one key; a missing value is last in either direction.
func compareKey(k query.SortKey, a, b Row) int {
	if k.Field.IsPrice() && (a.NoGPU() || b.NoGPU()) {
		switch {
		case !b.NoGPU():
			return 1
		case !a.NoGPU():
			return -1
		}
		return 0
	}
	_, knownA := valueKey(k.Field, a)
	_, knownB := valueKey(k.Field, b)
	switch {
	case knownA != knownB && knownA:
		return -1
	case knownA != knownB:
		return 1
	case !knownA:
		return 0
	case k.Desc:
		return -compareField(k.Field, a, b)
	}
	return compareField(k.Field, a, b)
}

// compareField compares two rows that have a value of a field.
func compareField(f query.Field, a, b Row) int {
	switch {
	case f.IsNumber():
		x, _ := a.number(f)
		y, _ := b.number(f)
		return cmp.Compare(x, y)
	case f.IsPlace():
		return strings.Compare(a.Place().String(), b.Place().String())
	case f == query.GPU:
		return naturalCompare(a.GPUKey(), b.GPUKey())
	default:
		return naturalCompare(a.text(f).Key, b.text(f).Key)
	}
}

// byDefault compares rows in the default order: by price, then region, then id, so that no two rows are equal.
// An unknown price and a missing region are last. Rows without a GPU come after all others.
func byDefault(a, b Row) int {
	switch {
	case a.NoGPU() != b.NoGPU() && b.NoGPU():
		return -1
	case a.NoGPU() != b.NoGPU():
		return 1
	case a.HourlyRate().Known != b.HourlyRate().Known && a.HourlyRate().Known:
		return -1
	case a.HourlyRate().Known != b.HourlyRate().Known:
		return 1
	case !a.HourlyRate().Known:
	case a.HourlyRate().Value < b.HourlyRate().Value:
		return -1
	case a.HourlyRate().Value > b.HourlyRate().Value:
		return 1
	}
	if (a.Region() == "") != (b.Region() == "") {
		return cmp.Compare(b.Region(), a.Region()) // reversed: the empty region is last
	}
	return cmp.Or(strings.Compare(a.Region(), b.Region()), strings.Compare(a.ID(), b.ID()))
}

// compareBy compares rows by the keys of s in turn, then in the default order.
func compareBy(s query.Sort, a, b Row) int {
	for _, k := range s {
		if c := compareKey(k, a, b); c != 0 {
			return c
		}
	}
	return byDefault(a, b)
}

// valueKey returns a key that is equal for values of a field that share one facet value.
func valueKey(f query.Field, r Row) (key string, known bool) {
	switch v := r.Value(f); {
	case v.Missing:
		return "", false
	case f == query.GPU:
		return r.GPUKey(), r.gpu().text != nil
	case f.IsNumber():
		if v.Lo != v.Hi {
			return fmt.Sprint(v.Lo, "/", v.Hi), true
		}
		return formatNumber(v.Lo), true
	default:
		return strings.ToLower(v.Text), true
	}
}
