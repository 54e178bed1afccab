package catalog

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// someTerms are terms for random filters; some match rows of the demo, some do not.
var someTerms = strings.Fields(
	`h100 H200 4090 rtx l4 a100 80gb us europe asia canada us-east spot vm -spot -vm !h100 h100,h200 us,canada
	8x x4 2x4090 8xh100 h100:8 gpu:h100 gpu:l4 gpu:a100,h100 -gpu:h100 gpu="h100" gpu="RTX4090","L4"
	region:us region:us* -region:us* region=us-east-1 region:none
	type:vm type:none -type:spot count:8 count:4,8 count>=4 count:2..8 count:2.. count!=1
	price<20 <5 price:..20 price:1..3 pergpu<=2.5 vram>=80 vram:none -vram>=80
	mem>=1tb mem<64 cpu>64 cpu:none disk>=500gb disk:none area:europe -us area:germany
	id:stoic* zzz gpu:*sxm* price>1000`)

func randomFilter(rnd *rand.Rand) string {
	parts := make([]string, rnd.IntN(5))
	for i := range parts {
		parts[i] = someTerms[rnd.IntN(len(someTerms))]
	}
	if rnd.IntN(6) == 0 {
		parts = append(parts, `gpu:"h100 sxm"`)
	}
	if rnd.IntN(6) == 0 {
		parts = append(parts, []string{`price < 20`, `count != 8`, `mem >= 64 gb`, `h800, h100`, `gpu:h800, h100`,
			`gpu:l4,gpu:h100`}[rnd.IntN(6)])
	}
	text := strings.Join(parts, " ")
	if _, err := query.Parse(text); err != nil {
		return randomFilter(rnd) // the filter is invalid: two counts, or an ambiguous size
	}
	return text
}

func mustParse(t *testing.T, text string) query.Query {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

// keeps checks in the slow, simple way whether a row matches, ignoring the terms for which but returns true.
func keeps(q query.Query, r Row, but func(query.Term) bool) bool {
	for _, t := range q.Terms {
		if !but(t) && termHolds(t, r) != yes {
			return false
		}
	}
	return true
}

func nothing(query.Term) bool { return false }

func TestRunAgreesWithCheckingEachRow(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(1, 1))
	for range 400 {
		text := randomFilter(rnd)
		q := mustParse(t, text)
		res := c.Run(q)
		var want []string
		for _, r := range c.Rows().All() {
			if keeps(q, r, nothing) {
				want = append(want, r.ID())
			}
		}
		if have := idsOf(res.Rows); !slices.Equal(have, want) {
			t.Fatalf("%s: %d rows, want %d", text, len(have), len(want))
		}
		if c.Matches(q) != (len(want) > 0) {
			t.Fatalf("%s: Matches disagrees", text)
		}
		for i, d := range res.Drops {
			more, from := 0, api.Optional[float64]{}
			for _, r := range c.Rows().All() {
				if !keeps(q, r, nothing) && keeps(q.Without(i), r, nothing) {
					more, from = more+1, cheaper(from, r.PerGPU())
				}
			}
			have := api.Optional[float64]{}
			if !d.Best.None() {
				have = d.Best.PerGPU()
			}
			if d.Rows != more || have != from {
				t.Fatalf("%s: without %s %d rows from %v, want %d from %v", text, d.Term, d.Rows, have, more, from)
			}
		}
	}
}

func idsOf(rows Rows) []string { return idsIn(rows.List()) }

func idsIn(rows []Row) []string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID())
	}
	return ids
}

func TestFacetsCountUnderAllOtherConstraints(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(2, 2))
	for range 150 {
		text := randomFilter(rnd)
		q := mustParse(t, text)
		facets := c.Run(q).Facets
		if len(facets) != 4 {
			t.Fatalf("%d facets", len(facets))
		}
		for f, facet := range facets {
			own := func(term query.Term) bool {
				field, ok := term.Field()
				return ok && field == f && !term.Negated
			}
			rows, from := map[string]int{}, map[string]api.Optional[float64]{}
			for _, r := range c.Rows().All() {
				key, _ := valueKey(f, r)
				rows[key] += 0
				if keeps(q, r, own) {
					rows[key]++
					from[key] = cheaper(from[key], r.PerGPU())
				}
			}
			if len(facet.Values) != len(rows) {
				t.Fatalf("%s: %s has %d values, want %d", text, f, len(facet.Values), len(rows))
			}
			for i, v := range facet.Values {
				if before := facet.Values[max(i-1, 0)]; rank(before) > rank(v) ||
					rank(before) == rank(v) && naturalCompare(before.Label, v.Label) > 0 {
					t.Fatalf("%s: %s %q is behind %q", text, f, v.Label, before.Label)
				}
				key := strings.ToLower(v.Label)
				if f == query.GPU {
					key = known.CardOf(v.Label).Key
				}
				if v.Rows != rows[key] || v.From != from[key] {
					t.Fatalf("%s: %s %q leaves %d from %v, want %d from %v", text, f, v.Label, v.Rows, v.From,
						rows[key], from[key])
				}
			}
		}
	}
}

// Ticks and the filter's text always give the same rows, the facet shows the query's ticks, and unticking a
// value restores the earlier rows.
func TestTicksAndFilterTextAgree(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(8, 8))
	for range 60 {
		q := mustParse(t, randomFilter(rnd))
		for range 6 {
			res := c.Run(q)
			f := []query.Field{query.GPU, query.Region, query.Count, query.Type}[rnd.IntN(4)]
			facet := res.Facets[f]
			v := facet.Values[rnd.IntN(len(facet.Values))]
			next := q.Toggle(v.Of(f), facet.Ticked())
			after := c.Run(next)
			if again := c.Run(mustParse(t, next.String())); !slices.Equal(idsOf(again.Rows), idsOf(after.Rows)) {
				t.Fatalf("%q by ticks and by its text: %d and %d rows", next, after.Rows.Len(), again.Rows.Len())
			}
			for _, w := range after.Facets[f].Values {
				was := slices.ContainsFunc(facet.Values, func(o FacetValue) bool { return o.key == w.key && o.Ticked })
				want := was != (w.key == v.key && w.known == v.known)
				if len(next.Choosing(f)) == 0 {
					want = false
				}
				if w.Ticked != want {
					t.Fatalf("%q, %s %q toggled: %q ticked is %v", q, f, v.Label, w.Label, w.Ticked)
				}
			}
			if v.Rows > 0 && !v.Ticked && after.Rows.Len() < v.Rows {
				t.Fatalf("%q: %s %q promised %d rows and gave %d", q, f, v.Label, v.Rows, after.Rows.Len())
			}
			if back := c.Run(next.Toggle(find(after.Facets[f], v).Of(f), after.Facets[f].Ticked())); len(
				q.Choosing(f)) > 0 && q.ChoosesExactly(f) && !slices.Equal(idsOf(back.Rows), idsOf(res.Rows)) {
				t.Fatalf("%q: %s %q ticked and unticked gives other rows", q, f, v.Label)
			}
			for i, term := range q.Terms {
				if term.Negated && !slices.ContainsFunc(next.Terms,
					func(n query.Term) bool { return n.String() == term.String() }) {
					t.Fatalf("%q: the negative term %d was touched: %q", q, i, next)
				}
			}
			q = next
			switch rnd.IntN(8) {
			case 0:
				q = q.OnlyLike(v.Of(f))
				if rows := c.Run(q).Rows.Len(); rows != v.Rows && !v.Ticked {
					t.Fatalf("only %q: %d rows, want %d", v.Label, rows, v.Rows)
				}
			case 1:
				q = q.Untick(f)
			case 2:
				facet := c.Run(q).Facets[f]
				var more []query.Value
				for _, v := range facet.Values[:min(3, len(facet.Values))] {
					more = append(more, v.Of(f))
				}
				q = q.TickAll(f, more, facet.Ticked())
			}
		}
	}
}

func TestOnlyLikeAndUnlike(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(9, 9))
	for range 200 {
		q := mustParse(t, randomFilter(rnd))
		rows := c.Run(q).Rows.List()
		if len(rows) == 0 {
			continue
		}
		r, f := rows[rnd.IntN(len(rows))], query.Field(rnd.IntN(query.FieldCount))
		if !f.IsValue() {
			continue
		}
		only, unlike := q.OnlyLike(r.Value(f)), q.Unlike(r.Value(f))
		checkPrint(t, only.String())
		checkPrint(t, unlike.String())
		key, known := valueKey(f, r)
		there, v := false, r.Value(f)
		for _, o := range c.Run(only).Rows.All() {
			k, ok := valueKey(f, o)
			there = there || o == r
			if f != query.Area && v.Lo == v.Hi && (k != key || ok != known) {
				t.Fatalf("%q gives %s, which is not like %s", only, o.ID(), r.ID())
			}
		}
		if !there {
			t.Fatalf("%q lacks %s itself", only, r.ID())
		}
		without := c.Run(unlike).Rows.List()
		for _, o := range without {
			if k, ok := valueKey(f, o); f != query.Area && k == key && ok == known {
				t.Fatalf("%q still gives %s", unlike, o.ID())
			}
		}
		if len(without) >= len(rows) {
			t.Fatalf("%q leaves nothing out", unlike)
		}
	}
}

func find(facet Facet, v FacetValue) FacetValue {
	i := slices.IndexFunc(facet.Values, func(o FacetValue) bool { return o.key == v.key && o.known == v.known })
	return facet.Values[i]
}

func TestOrderIsTotal(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(3, 3))
	rows := c.Rows().List()
	for range 60 {
		var order query.Sort
		for range 1 + rnd.IntN(3) {
			order = append(order, query.SortKey{Field: query.Field(rnd.IntN(query.FieldCount)), Desc: rnd.IntN(2) == 0})
		}
		// The order of the rows does not depend on the order in which they were added.
		var given []api.InstanceType
		for _, i := range rnd.Perm(len(rows)) {
			given = append(given, rows[i].InstanceType())
		}
		a, b := c.Run(query.Query{Sort: order}).Rows.List(), of(given).Run(query.Query{Sort: order}).Rows
		if !slices.Equal(idsIn(a), idsOf(b)) {
			t.Fatalf("%s: the order depends on how the rows came", order)
		}
		for i := 1; i < len(a); i++ {
			if inOrder(order, a[i-1], a[i]) >= 0 {
				t.Fatalf("%s: %s and %s are the wrong way round", order, a[i-1].ID(), a[i].ID())
			}
		}
		k := order[0]
		unknown := false
		for _, r := range a {
			_, known := valueKey(k.Field, r)
			if known && unknown {
				t.Fatalf("%s: an unknown value stands before a known one", order)
			}
			unknown = !known
		}
	}
}

func inOrder(s query.Sort, a, b Row) int {
	for _, k := range s {
		if c := compareKey(k, a, b); c != 0 {
			return c
		}
	}
	return byDefault(a, b)
}

func TestParsePrintParse(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	for range 1000 {
		checkPrint(t, randomFilter(rnd))
	}
}

// checkPrint fails unless a filter is the same after printing and parsing.
func checkPrint(t *testing.T, text string) {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		return
	}
	again, err := query.Parse(q.String() + " ") // the space ends the last word
	if err != nil {
		t.Fatalf("%q prints as %q: %v", text, q, err)
	}
	if again.String() != q.String() || !reflect.DeepEqual(again.Terms, q.Terms) {
		t.Fatalf("%q prints as %q, which is %+v and not %+v", text, q, again.Terms, q.Terms)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range someTerms {
		f.Add(s + ` price < 20 "quo\"ted, text" -gpu:"none"`)
	}
	c := of([]api.InstanceType{
		{ID: "a", GPUType: "NVIDIA H100 SXM", Region: "us-east-1", GPUCount: api.Some(int64(8)),
			HourlyRate: api.Some(2.0)}})
	f.Fuzz(func(t *testing.T, text string) {
		checkPrint(t, text)
		q, err := query.Parse(text)
		if e, ok := err.(*query.SyntaxError); err != nil && (!ok || e.At < 0 || e.At > len(text) || e.To > len(text)) {
			t.Fatalf("%q: %+v", text, err)
		}
		c.Run(q)
		c.Type(text)
	})
}

func TestAddingATermNeverAddsRows(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(5, 5))
	for range 400 {
		a, b := mustParse(t, randomFilter(rnd)), mustParse(t, randomFilter(rnd))
		before := map[string]bool{}
		for _, r := range c.Run(a).Rows.All() {
			before[r.ID()] = true
		}
		for _, r := range c.Run(a.And(b)).Rows.All() {
			if !before[r.ID()] {
				t.Fatalf("%s is in %q and not in %q", r.ID(), a.And(b), a)
			}
		}
	}
}

func TestNegatedTermMatchesAllOtherKnownRows(t *testing.T) {
	c := demo(t)
	for _, text := range []string{"gpu:h100", "region:us*", "price<2", "vram>=80", "count:8", "area:us", "cpu>10",
		"type:vm"} {
		with, without := c.Run(mustParse(t, text)), c.Run(mustParse(t, "-"+text))
		unknown := 0
		for _, l := range with.LeftOut {
			unknown += l.Rows
		}
		if with.Rows.Len()+without.Rows.Len()+unknown != c.Len() || !reflect.DeepEqual(with.LeftOut, without.LeftOut) {
			t.Errorf("%s: %d with, %d without, %d unknown of %d", text, with.Rows.Len(), without.Rows.Len(), unknown,
				c.Len())
		}
	}
}

// Typing a valid query letter by letter never empties the table, if the query itself matches rows.
func TestTypingNeverEmptiesTheTableBetweenLetters(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(6, 6))
	for range 150 {
		text := randomFilter(rnd)
		whole := mustParse(t, text)
		if !c.Matches(whole) {
			continue
		}
		shown := query.Query{}
		for i := 1; i <= len(text); i++ {
			typed := c.Type(text[:i])
			if typed.Err == nil {
				shown = typed.Query
			}
			if !c.Matches(shown) {
				t.Fatalf("%q is empty at %q", text, text[:i])
			}
		}
		if typed := c.Type(text); typed.Held != "" || typed.Err != nil || typed.Query.String() != whole.String() {
			t.Fatalf("%q is not applied when it is whole: %+v", text, typed)
		}
	}
}

func TestTypeHoldsBackUnfinishedTerms(t *testing.T) {
	c := demo(t)
	for text, want := range map[string]string{
		"h100 gpu:":      "gpu:h100 | gpu:",
		"h100 price<":    "gpu:h100 | price<",
		"h100 pri":       "gpu:h100 | pri",
		"h100 price ":    "gpu:h100 | price",
		"h100 zzz":       "gpu:h100 | zzz",
		`h100 gpu:"h1`:   `gpu:h100 | gpu:"h1`,
		"h100 price<0":   "gpu:h100 | price<0",
		"region:u":       " | region:u",
		"area:eur":       " | area:eur",
		"h100 count:2..": "gpu:h100 count>=2 | ",
		"h100 count:8":   "gpu:h100 count:8 | ",
		"h100 count !":   "gpu:h100 | count !",
		"h800, ":         " | h800,",
		"zzz":            " | zzz",
		"8xh100 under ":  "count:8 gpu:h100 | under",
		"h100 80":        "gpu:\"h100 80gb\" | ",
		"h100 64gb":      "gpu:h100 | 64gb",
		"h100 no":        "gpu:h100 | no",
		"h100 not us o":  "gpu:h100 -area:us | o",
	} {
		typed := c.Type(text)
		if have := typed.Query.String() + " | " + typed.Held; typed.Err != nil || have != want {
			t.Errorf("%q: %q %v, want %q", text, have, typed.Err, want)
		}
	}
	for text, at := range map[string]int{"h100 zzz ": 5, "zzz h100": 0, "h100 infiniband ": 5} {
		if typed := c.Type(text); typed.Err == nil || typed.Err.At != at {
			t.Errorf("%q: %+v, want an error at %d", text, typed, at)
		}
	}
	if typed := c.Type("memm:3"); typed.Err == nil || typed.Err.At != 0 {
		t.Errorf("an unknown field: %+v", typed)
	}
}

func TestVsBest(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(7, 7))
	for range 100 {
		by := Measure(rnd.IntN(int(measures)))
		res := c.Run(mustParse(t, randomFilter(rnd))).By(by)
		for _, r := range res.Rows.All() {
			best := math.Inf(1)
			for _, o := range res.Rows.All() {
				if price := by.Of(o); price.Known && (by != ByGPU || o.GPUKey() == r.GPUKey()) {
					best = min(best, price.Value)
				}
			}
			have, price := res.VsBest(r), by.Of(r)
			if have.Known != price.Known || have.Known && (math.Abs(have.Value-price.Value/best) > 1e-9 ||
				(have.Value == 1) != (price.Value == best)) {
				t.Fatalf("%s: %v, best is %v", r.ID(), have, best)
			}
		}
	}
}

func TestUnknownValues(t *testing.T) {
	c := of([]api.InstanceType{
		{ID: "whole", GPUType: "H100", GPUCount: api.Some(int64(2)), MemoryGB: api.Some(int64(64)), Region: "us-east-1",
			DeploymentType: "vm", HourlyRate: api.Some(4.0)},
		{ID: "nothing"},
		{ID: "zero", GPUType: "H100", GPUCount: api.Some(int64(0)), HourlyRate: api.Some(0.0), Region: "EU-SE-1"},
	})
	for text, want := range map[string]string{
		"":             "[whole nothing zero]", // rows without a GPU are last
		"mem>=0":       "[whole]",
		"-mem>=100":    "[whole]",
		"mem!=5":       "[whole]",
		"mem:none":     "[nothing zero]",
		"-mem:none":    "[whole]",
		"price<100":    "[whole zero]",
		"pergpu<100":   "[whole]",
		"gpu:h100":     "[whole]",
		"gpu:none":     "[nothing zero]",
		"-gpu:h200":    "[whole]",
		"-h200":        "[whole]",
		"region:none":  "[nothing]",
		"-region:us*":  "[zero]",
		"-us":          "[zero]",
		"type:vm,none": "[whole nothing zero]",
	} {
		if have := fmt.Sprint(idsOf(c.Run(mustParse(t, text)).Rows)); have != want {
			t.Errorf("%q: %s, want %s", text, have, want)
		}
	}
	for _, k := range []query.SortKey{{Field: query.Mem, Desc: false}, {Field: query.Mem, Desc: true},
		{Field: query.GPU, Desc: false}, {Field: query.GPU, Desc: true}, {Field: query.Price, Desc: true}} {
		rows := c.Run(query.Query{Sort: query.Sort{k}}).Rows.List()
		if k.Field != query.Price && rows[0].ID() != "whole" || k.Field == query.Price && rows[2].ID() != "zero" {
			t.Errorf("by %s: %v", k, idsIn(rows))
		}
	}
}

func TestFaultTheSameIDTwice(t *testing.T) {
	row := func(id string, rate float64) api.InstanceType {
		return api.InstanceType{ID: id, HourlyRate: api.Some(rate)}
	}
	a := of([]api.InstanceType{row("a", 1), row("b", 2), row("a", 3)})
	b := a.Add(api.RowsOf([]api.InstanceType{row("b", 5), row("c", 4)}...))
	if fmt.Sprint(idsOf(a.Rows()), idsOf(b.Rows())) != "[b a] [a c b]" {
		t.Error(idsOf(a.Rows()), idsOf(b.Rows()))
	}
	if r, ok := b.At("b"); !ok || r.HourlyRate().Value != 5 {
		t.Error("b is not the newest")
	}
	if r, ok := a.At("b"); !ok || r.HourlyRate().Value != 2 {
		t.Error("Add changed the catalog that it was asked of")
	}
	if _, ok := a.At("c"); ok {
		t.Error("Add added to the catalog that it was asked of")
	}
}

func TestStandingAndBetter(t *testing.T) {
	c, others := demo(t), 0
	for _, r := range c.Rows().All() {
		s, ok := c.Standing(r)
		if r.NoGPU() {
			continue
		}
		cheaper, same := 0, 0
		for _, o := range c.Rows().All() {
			if o.GPUKey() == r.GPUKey() {
				same++
				if o.PerGPU().Value < r.PerGPU().Value {
					cheaper++
				}
			}
		}
		if !ok || s.Rank != cheaper+1 || len(s.Prices) != same || !slices.IsSorted(s.Prices) ||
			s.Cheapest() > r.PerGPU().Value {
			t.Fatalf("%s: %+v, %d down of %d", r.ID(), s, cheaper, same)
		}
		better := map[string]bool{}
		for _, b := range c.Better(r) {
			better[b.ID()] = true
		}
		for _, o := range c.Rows().All() {
			want := !o.NoGPU() && o.GPUCount().Value >= r.GPUCount().Value &&
				o.HourlyRate().Value < r.HourlyRate().Value
			for _, f := range []query.Field{query.Mem, query.CPU, query.Disk, query.VRAM} {
				a, b := o.Value(f), r.Value(f)
				want = want && (b.Missing || !a.Missing && a.Lo >= b.Lo)
			}
			for _, f := range []query.Field{query.VRAM, query.Bandwidth, query.TFLOPS} { // those of a better card
				a, b := o.Value(f), r.Value(f)
				want = want && (o.GPUKey() == r.GPUKey() || !a.Missing && !b.Missing && a.Lo >= b.Hi)
			}
			if want && o.GPUKey() != r.GPUKey() {
				others++
			}
			if want != better[o.ID()] {
				t.Fatalf("%s for %s: %v", o.ID(), r.ID(), better[o.ID()])
			}
		}
	}
	if others == 0 {
		t.Error("no better card is cheaper")
	}
	bare := of([]api.InstanceType{{ID: "bare"}}).Rows().At(0)
	if _, ok := c.Standing(bare); ok || c.Better(bare) != nil {
		t.Error("a row without anything has a standing")
	}
}
