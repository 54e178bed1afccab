package catalog

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/query"
)

func offer(id string, rate float64) api.InstanceType {
	return api.InstanceType{ID: id, GPUType: "H100", GPUCount: api.Some(int64(8)), Region: "eu-west-1",
		HourlyRate: api.Some(rate), MemoryGB: api.Some(int64(1000))}
}

// describe lists the rows of a catalog with their changes: "a down 3, b, c gone".
func describe(c *Catalog) string {
	var all []string
	res := c.Run(query.Query{})
	for _, r := range res.Listed.All() {
		say := r.ID()
		if r.Change() != Unchanged {
			say += " " + r.Change().String()
		}
		if r.Was().Known {
			say += fmt.Sprintf(" %v", r.Was().Value)
		}
		all = append(all, say)
	}
	return strings.Join(all, ", ")
}

// A change is shown in three lists, a price change with the old price.
func TestChangesStayForThreeLists(t *testing.T) {
	lists := [][]api.InstanceType{
		{offer("a", 1), offer("b", 2), offer("c", 3), offer("d", 4)},
		{offer("a", 1), offer("b", 1.5), offer("d", 5), offer("e", 6)},
		{offer("a", 1), offer("b", 1.5), offer("d", 5), offer("e", 6)},
		{offer("a", 1), offer("b", 1.75), offer("d", 5), offer("e", 6)},
		{offer("a", 1), offer("b", 1.75), offer("c", 3), offer("e", 6)},
		{offer("a", 1), offer("b", 1.75), offer("c", 3), offer("d", 5), offer("e", 6)},
	}
	want := []string{
		"a, b, c, d",
		"a, b down 2, c gone, d up 4, e new",
		"a, b down 2, c gone, d up 4, e new",
		"a, b up 1.5, c gone, d up 4, e new",
		"a, b up 1.5, c new, d gone, e",
		"a, b up 1.5, c new, d new, e",
	}
	c := of(lists[0])
	for i := range lists {
		if i > 0 {
			c = of(lists[i]).Since(c)
		}
		if have := describe(c); have != want[i] {
			t.Errorf("list %d: %s, want %s", i, have, want[i])
		}
	}
	if n := c.Changes(); n != (Changes{New: 2, Dearer: 1}) {
		t.Errorf("%+v", n)
	}
}

func TestFilterByChange(t *testing.T) {
	c := of([]api.InstanceType{offer("a", 1), offer("b", 1.5), offer("d", 5), offer("e", 6)}).
		Since(of([]api.InstanceType{offer("a", 1), offer("b", 2), offer("c", 3), offer("d", 4)}))
	for text, want := range map[string]string{"is:new": "e", "is:gone": "", "is:down": "b", "is:up": "d",
		"is:new,cheaper": "b e", "-is:new": "a b d", "is:same": "a", "is!=same": "b d e", "change:NEW": "e",
		"h100 is:down": "b"} {
		q, err := query.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		res := c.Run(q)
		if have := strings.Join(idsOf(res.Rows), " "); have != want {
			t.Errorf("%s: %q, want %q", text, have, want)
		}
		again, err := query.Parse(q.String())
		if err != nil || again.String() != q.String() {
			t.Errorf("%s prints as %s: %v", text, q, err)
		}
		gone := slices.DeleteFunc(res.Listed.List(), func(r Row) bool { return r.Change() != Gone })
		want := slices.Contains([]string{"is:gone", "is!=same", "-is:new"}, text)
		if want != slices.Equal(idsIn(gone), []string{"c"}) || len(gone) != res.Gone {
			t.Errorf("%s: gone %v", text, gone)
		}
	}
	for text, want := range map[string]string{"is:neww x": `no offer is "neww"; did you mean is:new?`,
		"is:12":  `no offer is "12"; offers are new, gone, up, down, same, unbeaten`,
		"is<new": "is is text; write is:new"} {
		if _, err := query.Parse(text); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if typed := c.Type("is:ne"); typed.Err != nil || typed.Held != "is:ne" || c.Type("is:gone").Held != "" {
		t.Errorf("%+v", typed)
	}
	var shown []string
	for _, k := range c.Complete("is:") {
		shown = append(shown, k.Show)
	}
	if have := strings.Join(shown, " "); have != "is:new is:gone is:up is:down is:same is:unbeaten" {
		t.Errorf("offered: %s", have)
	}
}

// For random lists, the marked changes are those that comparing the two lists gives, and rows that are no
// longer listed are in no count, facet or price.
func TestSinceAgreesWithComparingLists(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 5))
	draw := func() []api.InstanceType {
		var rows []api.InstanceType
		for i := range 40 {
			if rnd.IntN(3) > 0 {
				rows = append(rows, offer(fmt.Sprintf("id-%02d", i), float64(1+rnd.IntN(3))))
			}
		}
		return rows
	}
	for range 200 {
		before, after := draw(), draw()
		was, plain := of(before), of(after)
		c := plain.Since(was)
		if !slices.Equal(idsOf(c.Rows()), idsOf(plain.Rows())) {
			t.Fatal("the rows are others")
		}
		count := Changes{}
		for _, r := range c.Rows().All() {
			o, there := was.At(r.ID())
			want := Unchanged
			switch {
			case !there:
				want = Appeared
			case o.HourlyRate().Value < r.HourlyRate().Value:
				want = Dearer
			case o.HourlyRate().Value > r.HourlyRate().Value:
				want = Cheaper
			}
			if r.Change() != want || (want == Dearer || want == Cheaper) != r.Was().Known ||
				r.Was().Known && r.Was() != o.HourlyRate() {
				t.Fatalf("%s is %s (%v), want %s", r.ID(), r.Change(), r.Was(), want)
			}
			count.count(want, 1)
		}
		for _, r := range was.Rows().All() {
			_, there := c.At(r.ID())
			at := slices.IndexFunc(c.goneRows().List(), func(g Row) bool { return g.ID() == r.ID() })
			isGone := at >= 0
			if there == isGone || isGone && (c.goneRows().At(at).Change() != Gone || c.goneRows().At(at).Was().Known) {
				t.Fatalf("%s: there %v, gone %v", r.ID(), there, isGone)
			}
			if isGone {
				count.count(Gone, 1)
			}
		}
		if c.Changes() != count {
			t.Fatalf("%+v, want %+v", c.Changes(), count)
		}
		q := mustParse(t, "price<3").WithSort(query.Sort{{Field: query.Price, Desc: true}})
		have, want := c.Run(q), plain.Run(q)
		if !slices.Equal(idsOf(have.Rows), idsOf(want.Rows)) || fmt.Sprint(have.Facets) != fmt.Sprint(want.Facets) ||
			fmt.Sprint(have.best) != fmt.Sprint(want.best) {
			t.Fatal("a row that is gone counts")
		}
		listed := have.Listed.List()
		if len(listed) != have.Rows.Len()+have.Gone ||
			!slices.IsSortedFunc(listed, func(a, b Row) int { return compareBy(q.Sort, a, b) }) {
			t.Fatal("the listed rows are not in order")
		}
	}
}

func TestWithUpdatesOneRow(t *testing.T) {
	c := of([]api.InstanceType{offer("a", 1), offer("b", 2)})
	if have := describe(c.With(offer("a", 3))); have != "b, a up 1" {
		t.Error(have)
	}
	if have := describe(c.With(offer("a", 1))); have != "a, b" {
		t.Error(have)
	}
	if c.With(offer("z", 1)) != c || describe(c) != "a, b" {
		t.Error("it is not the same catalog")
	}
}

func TestClosest(t *testing.T) {
	at := func(id, gpu string, count int64, region string, rate float64) api.InstanceType {
		r := offer(id, rate)
		r.GPUType, r.GPUCount, r.Region = gpu, api.Some(count), region
		return r
	}
	small := at("small", "H100", 8, "eu-west-1", 1)
	small.MemoryGB = api.Some(int64(100))
	c := of([]api.InstanceType{
		at("other-gpu", "H200", 8, "eu-west-1", 1), at("here-dear", "NVIDIA H100", 8, "eu-west-1", 30),
		at("here-cheap", "H100", 8, "eu-west-1", 20), small,
		at("europe", "H100", 8, "eu-central-1", 10), at("us", "H100", 8, "us-east-1", 5),
		at("four", "H100", 4, "eu-west-1", 4), at("pcie", "H100 PCIe", 8, "eu-west-1", 2),
		at("un safe", "H100", 8, "eu-west-1", 1),
	})
	wanted := of([]api.InstanceType{offer("lost", 19)}).Rows().At(0)
	if have := strings.Join(idsIn(c.Closest(wanted, 9)),
		" "); have != "here-cheap here-dear small europe us four pcie" {
		t.Error(have)
	}
	if have := strings.Join(idsIn(c.Closest(wanted, 3)), " "); have != "here-cheap here-dear small" {
		t.Error(have)
	}
}
