package catalog

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
)

// plainList is a slow and obvious catalog: the reference for everything that makes one catalog from another.
type plainList struct{ rows, gone map[string]plainRow }

type plainRow struct {
	api.InstanceType
	change Change
	was    api.Optional[float64]
	seen   int8
}

func (l plainList) add(page []api.InstanceType) plainList {
	next := plainList{maps.Clone(l.rows), maps.Clone(l.gone)}
	for _, it := range page {
		next.rows[it.ID] = plainRow{InstanceType: it}
		delete(next.gone, it.ID)
	}
	return next
}

func (l plainList) with(now api.InstanceType) plainList {
	was, there := l.rows[now.ID]
	if !there || was.InstanceType == now {
		return l
	}
	next := l.add([]api.InstanceType{now})
	row := plainRow{now, was.change, was.was, was.seen}
	if a, b := now.HourlyRate, was.HourlyRate; a.Known && b.Known && a != b {
		row = row.since(was)
	}
	next.rows[now.ID] = row
	return next
}

func (r plainRow) since(was plainRow) plainRow {
	next := plainRow{InstanceType: r.InstanceType}
	switch now, then := r.HourlyRate, was.HourlyRate; {
	case now.Known && then.Known && now.Value < then.Value:
		next.change, next.was, next.seen = Cheaper, then, 1
	case now.Known && then.Known && now.Value > then.Value:
		next.change, next.was, next.seen = Dearer, then, 1
	case was.seen > 0 && was.seen < ChangeStays:
		next.change, next.was, next.seen = was.change, was.was, was.seen+1
	}
	return next
}

func (l plainList) since(was plainList) plainList {
	next := plainList{map[string]plainRow{}, map[string]plainRow{}}
	for id, r := range l.rows {
		if before, there := was.rows[id]; there {
			next.rows[id] = r.since(before)
		} else {
			next.rows[id] = plainRow{InstanceType: r.InstanceType, change: Appeared, seen: 1}
		}
	}
	leave := func(r plainRow, seen int8) {
		if _, back := next.rows[r.ID]; !back && seen <= ChangeStays {
			next.gone[r.ID] = plainRow{InstanceType: r.InstanceType, change: Gone, seen: seen}
		}
	}
	for _, r := range was.gone {
		leave(r, r.seen+1)
	}
	for _, r := range was.rows {
		leave(r, 1)
	}
	return next
}

// describe lists the rows, the gone ones last, and the counts of the changes.
func (l plainList) describe() string {
	var n Changes
	var lines []string
	for _, rows := range []map[string]plainRow{l.rows, l.gone} {
		for _, id := range slices.Sorted(maps.Keys(rows)) {
			r := rows[id]
			lines = append(lines, fmt.Sprint(r.InstanceType, r.change, r.was))
			n.count(r.change, 1)
		}
	}
	return fmt.Sprint(strings.Join(lines, "\n"), "\n", n, len(l.rows))
}

// inFull lists a catalog in the same way.
func inFull(c *Catalog) string {
	var lines []string
	for _, rows := range []Rows{c.Rows(), c.goneRows()} {
		list := rows.List()
		slices.SortFunc(list, func(a, b Row) int { return strings.Compare(a.ID(), b.ID()) })
		for _, r := range list {
			lines = append(lines, fmt.Sprint(r.InstanceType(), r.Change(), r.Was()))
		}
	}
	return fmt.Sprint(strings.Join(lines, "\n"), "\n", c.Changes(), c.Len())
}

// For random sequences of everything that makes one catalog from another, also several from the same one, every
// catalog says what the reference says, and goes on saying it.
func TestCatalogsAgreeWithPlainLists(t *testing.T) {
	seed := rand.Uint64()
	t.Log("seed", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	row := func() api.InstanceType {
		it := offer(fmt.Sprintf("id-%02d", rnd.IntN(30)), float64(1+rnd.IntN(4)))
		it.GPUType = []string{"H100", "h100", "L4", "CPU", ""}[rnd.IntN(5)]
		if rnd.IntN(6) == 0 {
			it.HourlyRate = api.Optional[float64]{}
		}
		return it
	}
	rows := func() []api.InstanceType {
		list := make([]api.InstanceType, rnd.IntN(12))
		for i := range list {
			list[i] = row()
		}
		return list
	}
	for range 60 {
		made := []*Catalog{New(api.Rows{})}
		want := []plainList{{map[string]plainRow{}, map[string]plainRow{}}}
		for range 40 {
			i, j := rnd.IntN(len(made)), rnd.IntN(len(made))
			c, l := made[i], want[i]
			switch rnd.IntN(6) {
			case 0, 1, 2:
				page := rows()
				c, l = c.Add(api.RowsOf(page...)), l.add(page)
			case 3:
				page := rows()
				c, l = New(api.RowsOf(page...)), plainList{map[string]plainRow{}, map[string]plainRow{}}.add(page)
			case 4:
				c, l = c.Since(made[j]), l.since(want[j])
			case 5:
				now := row()
				c, l = c.With(now), l.with(now)
			}
			made, want = append(made, c), append(want, l)
			for k := range made {
				if rnd.IntN(4) > 0 && k < len(made)-1 {
					continue // not every catalog is asked in between, and what is worked out late is right, too
				}
				if have := inFull(made[k]); have != want[k].describe() {
					t.Fatalf("catalog %d of %d:\n%s\nwant\n%s", k, len(made), have, want[k].describe())
				}
			}
		}
		for k, c := range made {
			if have := inFull(c); have != want[k].describe() {
				t.Fatalf("catalog %d at the end:\n%s\nwant\n%s", k, have, want[k].describe())
			}
			for id := range want[k].rows {
				if r, there := c.At(id); !there || !r.Is(id) || r.InstanceType() != want[k].rows[id].InstanceType {
					t.Fatalf("%s is not found", id)
				}
			}
			for id := range want[k].gone {
				if _, there := c.At(id); there {
					t.Fatalf("%s is found although it is gone", id)
				}
			}
			if !c.Same(made[k]) || k > 0 && c.Same(made[k-1]) != maps.EqualFunc(want[k].rows, want[k-1].rows,
				func(a, b plainRow) bool { return a.InstanceType == b.InstanceType }) {
				t.Fatal("Same disagrees")
			}
		}
	}
}

// Sorted lists are merged, and searched near their ends, as sorting and counting do it.
func TestMergeTail(t *testing.T) {
	rnd := rand.New(rand.NewPCG(10, 10))
	compare := func(a, b int) int { return a - b }
	for range 2000 {
		list := make([]int, rnd.IntN(60))
		for i := range list {
			list[i] = rnd.IntN(40)
		}
		n := rnd.IntN(len(list) + 1)
		slices.Sort(list[:n])
		slices.Sort(list[n:])
		want := slices.Sorted(slices.Values(list))
		if mergeTail(list, n, compare); !slices.Equal(list, want) {
			t.Fatalf("%v, want %v", list, want)
		}
		v, less, more := rnd.IntN(42)-1, 0, 0
		for _, x := range list {
			if x < v {
				less++
			}
			if x > v {
				more++
			}
		}
		if before(list, v, compare) != less || after(list, v, compare) != more {
			t.Fatalf("%d in %v: %d before and %d after, want %d and %d", v, list, before(list, v, compare),
				after(list, v, compare), less, more)
		}
	}
}
