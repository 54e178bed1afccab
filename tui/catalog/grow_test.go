package catalog

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// Adding rows page by page, in any order, gives the same catalog as adding them all at once, and leaves the
// earlier catalogs as they were.
func TestAddPageByPage(t *testing.T) {
	rnd := rand.New(rand.NewPCG(6, 6))
	var all []api.InstanceType
	for _, r := range demo(t).Rows().All() {
		all = append(all, r.InstanceType())
	}
	for round := range 40 {
		rows := slices.Clone(all)
		if round%2 == 1 {
			rnd.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
		for range rnd.IntN(20) { // the same id again, with another price and GPU
			twice := rows[rnd.IntN(len(rows))]
			twice.HourlyRate, twice.GPUType = api.Some(float64(rnd.IntN(9))), rows[rnd.IntN(len(rows))].GPUType
			rows = append(rows, twice)
		}
		c := New(api.Rows{})
		var before *Catalog
		var was []string
		for from := 0; from < len(rows); {
			to := min(from+1+rnd.IntN(100), len(rows))
			before, was = c, idsOf(c.Rows())
			c = before.Add(api.RowsOf(rows[from:to]...))
			if rnd.IntN(3) == 0 { // make another catalog from the same one
				other := before.Add(api.RowsOf(offer("other", 1e6), offer("other-2", 0.001)))
				if other.Len() != before.Len()+2 {
					t.Fatal("they disturb each other")
				}
			}
			if !slices.Equal(idsOf(before.Rows()), was) {
				t.Fatal("the catalog before is another one")
			}
			from = to
		}
		want := of(rows)
		q := mustParse(t, randomFilter(rnd)).
			WithSort(query.Sort{{Field: facetFields[rnd.IntN(len(facetFields))], Desc: rnd.IntN(2) == 0}})
		a, b := c.Run(q), want.Run(q)
		if !slices.Equal(idsOf(c.Rows()), idsOf(want.Rows())) || !slices.Equal(idsOf(a.Rows), idsOf(b.Rows)) ||
			fmt.Sprint(a.Facets) != fmt.Sprint(b.Facets) || fmt.Sprint(a.best) != fmt.Sprint(b.best) {
			t.Fatalf("%s: it is not the catalog of all rows", q)
		}
		for _, r := range want.Rows().All() {
			if have, there := c.At(r.ID()); !there || have.InstanceType() != r.InstanceType() {
				t.Fatalf("%s: %+v", r.ID(), have)
			}
		}
	}
}

// Sorting gives the same order as comparing the rows one by one.
func TestSortAgreesWithComparingRows(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(7, 7))
	for range 200 {
		var s query.Sort
		for range 1 + rnd.IntN(3) {
			s = append(s, query.SortKey{Field: query.Field(rnd.IntN(query.FieldCount)), Desc: rnd.IntN(2) == 0})
		}
		want := c.Rows().List()
		slices.SortStableFunc(want, func(a, b Row) int { return compareBy(s, a, b) })
		if have := c.Run(query.Query{Sort: s}).Rows; !slices.Equal(idsOf(have), idsIn(want)) {
			t.Fatalf("by %s: %d rows in another order", s, have.Len())
		}
	}
}

// Searching all ids at once finds the same rows as checking each id, also when the list has grown since the
// last search.
func TestSearchInIDs(t *testing.T) {
	for name, letters := range map[string]string{"ASCII": "aB1-._x", "any": "aB1-._xé"} {
		t.Run(name, func(t *testing.T) { searchInIDs(t, []rune(letters)) })
	}
}

func searchInIDs(t *testing.T, letters []rune) {
	rnd := rand.New(rand.NewPCG(8, 8))
	word := func(n int) string {
		var s []rune
		for range rnd.IntN(n) + 1 {
			s = append(s, letters[rnd.IntN(len(letters))])
		}
		return string(s)
	}
	var found [8]int // by kind of condition
	c := New(api.Rows{})
	for range 150 {
		var page []api.InstanceType
		for range 1 + rnd.IntN(30) {
			page = append(page, offer(word(12), float64(rnd.IntN(9))))
		}
		c = c.Add(api.RowsOf(page...))
		asked := word(4)
		star := rnd.IntN(len([]rune(asked)) + 1)
		pattern := string([]rune(asked)[:star]) + "*" + string([]rune(asked)[star:])
		some := page[rnd.IntN(len(page))].ID
		for kind, text := range []string{`"` + asked + `"`, `id:"` + asked + `"`, `id:"` + pattern + `"`, `id:*`,
			`id="` + asked + `"`, `id="` + strings.ToUpper(some) + `"`, "a-" + asked, "-id:*x*"} {
			q := query.Read(text).Query
			if len(q.Terms) == 0 { // it has no letter or digit
				continue
			}
			var want []string
			for _, r := range c.Rows().All() {
				if failing, _ := judge(q, r); failing == 0 {
					want = append(want, r.ID())
				}
			}
			if have := idsOf(c.Run(q).Rows); !slices.Equal(have, want) {
				t.Fatalf("%s of %d rows: %q, want %q", text, c.Len(), have, want)
			}
			found[kind] += len(want)
		}
	}
	if slices.Min(found[:]) == 0 {
		t.Errorf("questions that found nothing at all: %v", found)
	}
}

// A pattern of stars alone asks for nothing, in every block and while it is typed.
func TestEveryIDMeetsAStar(t *testing.T) {
	c := New(api.RowsOf(many(t, 3*blockRows)...))
	for _, text := range []string{"id:*", "id:**", "id:*,h100"} {
		if n := c.Run(c.Read(text).Query).Rows.Len(); n != c.Len() {
			t.Errorf("%s: %d of %d", text, n, c.Len())
		}
		c.Type(text)
	}
	if n := c.Run(c.Read("-id:*").Query).Rows.Len(); n != 0 {
		t.Errorf("%d do not", n)
	}
}

// More terms than a filter that is read can have still count, all of them.
func TestManyTerms(t *testing.T) {
	c := demo(t)
	q := query.Query{}
	for range 70 {
		q = q.And(mustParse(t, "price>0"))
	}
	n := c.Run(q.And(mustParse(t, "h100"))).Rows.Len()
	if n == 0 || n != c.Run(mustParse(t, "h100 price>0")).Rows.Len() {
		t.Errorf("%d rows", n)
	}
}

// Catalogs made from the same one, some by appending and some by copying, do not overwrite each other's rows.
func TestCatalogsFromOneParentAreIndependent(t *testing.T) {
	x := of([]api.InstanceType{offer("x0", 1)})
	a := x.Add(api.RowsOf(offer("tail1", 10)))
	b := a.Add(api.RowsOf(offer("tail2", 11)))
	copied := x.Add(api.RowsOf(offer("middle", 0.5)))
	other := a.Add(api.RowsOf(offer("other", 12)))
	changed := b.Since(a)
	more := changed.Add(api.RowsOf(offer("more", 20)))
	for c, want := range map[*Catalog]string{x: "x0", a: "x0 tail1", b: "x0 tail1 tail2", copied: "middle x0",
		other: "x0 tail1 other", changed: "x0 tail1 tail2", more: "x0 tail1 tail2 more"} {
		if have := strings.Join(idsOf(c.Rows()), " "); have != want {
			t.Errorf("%s, want %s", have, want)
		}
	}
}

// Unsafe ids may look alike after cleaning, so their rows have no changes.
func TestSinceWithUnsafeIDs(t *testing.T) {
	rows := []api.InstanceType{offer("a b", 1), offer("a b", 2), offer("c", 3)}
	c := of(rows).Since(of(rows))
	if c.Changes().Any() {
		t.Errorf("%+v", c.Changes())
	}
}

// A row takes no more memory in a long list than in a short one, and little of it: its columns, its place in the order
// and its id.
func TestARowTakesLittleMemory(t *testing.T) {
	used := func() uint64 {
		runtime.GC()
		runtime.GC() // the first one may have begun before the last rows were dropped
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	known.ReadTables()
	New(api.RowsOf(many(t, 1000)...)).Run(query.Query{})
	for _, n := range []int{20_000, 200_000} {
		rows := many(t, n)
		page := api.RowsOf(rows...)
		rows = nil
		before := used()
		c := New(page)
		c.Run(query.Query{})
		page = api.Rows{}
		if bytes := float64(used()-before) / float64(n); bytes > 60 { // beside the page, which becomes its columns
			t.Errorf("%d rows: %.0f bytes each", n, bytes)
		}
		runtime.KeepAlive(c)
	}
}

// What a filter key allocates depends on the different values, not on the number of rows.
func TestRunAllocatesOncePerAnswer(t *testing.T) {
	allocations := func(n int, text string) float64 {
		c := New(api.RowsOf(many(t, n)...))
		q := mustParse(t, text)
		c.Run(q)
		return testing.AllocsPerRun(3, func() { c.Run(q) })
	}
	for _, text := range []string{"", "h100", "8xh100 europe price<25", "a-b"} {
		if few, more := allocations(2000, text), allocations(50_000, text); more > few+20 {
			t.Errorf("%q: %v times in 2,000 rows, %v times in 50,000", text, few, more)
		}
	}
}
