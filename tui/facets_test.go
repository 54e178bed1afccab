package tui

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/api"
	"gpupick/tui/query"
)

func TestATickNarrowsAndTheLineShowsIt(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("1", "j", "space").sees(`/ gpu="H100"`, "2 of 5", "✓ H100")
	r.keys("j", "space").sees(`/ gpu="H100","H200"`, "3 of 5", "✓ H200")
	r.keys("2", "j", "space").sees(`gpu="H100","H200" region="eu-west-1"`, "1 of 5")
	r.keys("c").sees(`/ gpu="H100","H200"`, "3 of 5").seesNot("region=")
	r.keys("1", "space").sees(`/ gpu="H100"`) // the cursor has stayed on the H200
	r.keys("o").sees(`/ gpu="H200"`, "1 of 5")
	if r.m.focus != onFacets {
		t.Error("the focus has left the facets")
	}
	r.keys("tab")
	if r.m.focus != onTable {
		t.Error("tab does not lead back")
	}
}

func TestTheLineTicksTheFacet(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("/", "type:gpu:h100 count:1", "enter").sees("✓ H100", "GPU ~", "✓ 1").
		seesNot("✓ H200")
	// Unticking a value that a pattern matches replaces the pattern by the other values it matches now.
	r.keys("1", "space").seesNot("gpu:h100").sees("/ count:1", "✓ 1")
}

func TestCountsOfAFacetDoNotDependOnItsOwnTicks(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("1", "j", "space").
		sees("  A100          1   1.50", "✓ H100          2   2.00", "  L4            1   0.50")
	r.keys("2").sees("  eu-west-1  ", "1 with no match")
}

// enter accepts what is ticked and takes nothing away; space unticks.
func TestEnterOnATickedValueKeepsIt(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("1", "j", "space").sees("✓ H100").keys("enter")
	if have := r.m.typed.Query.String(); have != `gpu="H100"` || r.m.focus != onTable {
		t.Errorf("%q with the focus on %d", have, r.m.focus)
	}
}

// The search reads an unfinished word as the filter line does: a region is found by the name of its country.
func TestFindingAValueByTheBeginningOfItsCountry(t *testing.T) {
	rows := []api.InstanceType{
		{ID: "a", GPUType: "L4", Region: "EU-RO-1", GPUCount: api.Some(int64(1)), HourlyRate: api.Some(1.0)},
		{ID: "b", GPUType: "L4", Region: "Romania, RO", GPUCount: api.Some(int64(1)), HourlyRate: api.Some(2.0)},
		{ID: "c", GPUType: "L4", Region: "us-east-1", GPUCount: api.Some(int64(1)), HourlyRate: api.Some(3.0)},
	}
	newRig(t, 120, 40, whole(rows)).keys("0", "2", "/", "type:roma").sees("  EU-RO-1  ", "  Romania, RO  ")
}

func TestFindingAValue(t *testing.T) {
	r := newRig(t, 120, 40, whole(demoRows(t))).keys("2", "a").sees("Find values with / first")
	r.keys("/", "type:europe").sees("REGION / europe█").seesNot("montreal-ca…")
	r.keys("enter", "a")
	want := 0
	for _, row := range r.m.list.catalog.Rows().All() {
		if row.Place().Continent == "europe" {
			want++
		}
	}
	if r.m.result.Rows.Len() != want {
		t.Errorf("%d rows in Europe, want %d", r.m.result.Rows.Len(), want)
	}
	r.keys("esc").seesNot("REGION / europe")
	if r.m.focus != onFacets {
		t.Error("esc did not only leave what was found")
	}
	r.keys("/", "type:q1?o ", "esc")
	if r.quit || r.m.facets.finder.Value() != "" || r.m.facets.at != 1 {
		t.Error("a letter that was typed acted")
	}
	r.keys("esc")
	if r.m.focus != onTable {
		t.Error("esc does not lead back to the table")
	}
}

func TestTickingKeepsFacetValuesInPlace(t *testing.T) {
	r := newRig(t, 120, 40, whole(demoRows(t))).keys("2")
	labels := func() string {
		var list []string
		for _, l := range r.m.facets.lines(1, r.m.result) {
			list = append(list, l.Label)
		}
		return strings.Join(list, "|")
	}
	before := labels()
	for range 5 {
		at := r.m.facets.chosen[1]
		if r.keys("space"); labels() != before || r.m.facets.chosen[1] != at {
			t.Fatalf("a tick moved the values:\n%s\n%s", before, labels())
		}
		r.keys("j", "j")
	}
	r.keys("tab", "2")
	if lines := r.m.facets.lines(1, r.m.result); !lines[0].Ticked || !lines[4].Ticked || lines[5].Ticked {
		t.Error("after coming back the ticked values are not on top")
	}
}

func TestMovingThroughTheFacets(t *testing.T) {
	r := newRig(t, 120, 40, whole(five)).keys("tab")
	for range 3 {
		r.keys("j")
	}
	if r.m.facets.at != 0 || r.m.facets.chosen[0].Cursor != 3 {
		t.Fatalf("at %d, %d", r.m.facets.at, r.m.facets.chosen[0].Cursor)
	}
	if r.keys("j"); r.m.facets.at != 1 || r.m.facets.chosen[1].Cursor != 0 {
		t.Error("behind the last value is not the next facet")
	}
	if r.keys("k"); r.m.facets.at != 0 || r.m.facets.chosen[0].Cursor != 3 {
		t.Error("before the first value is not the last of the facet before")
	}
	for facet, k := range []string{"1", "2", "3"} {
		if r.keys(k); r.m.facets.at != facet {
			t.Errorf("%s leads to facet %d", k, r.m.facets.at)
		}
		if r.keys("tab", k); r.m.facets.at != facet || r.m.focus != onFacets {
			t.Errorf("%s leads from the table to facet %d", k, r.m.facets.at)
		}
	}
	// The cursor skips the divider.
	r.keys("tab", "/", `type:"h100"`, "enter", "1", "g", "j")
	if l := r.m.facets.lines(0, r.m.result)[r.m.facets.chosen[0].Cursor]; l.divider > 0 || l.Rows != 0 {
		t.Errorf("behind the live values: %+v", l)
	}
}

func TestHidingTheFacets(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).sees("╭ GPU").keys("0").seesNot("╭ GPU").keys("0").sees("╭ GPU")
	r.keys("0", "tab").sees("╭ GPU").keys("0").seesNot("╭ GPU")
	narrow := newRig(t, 80, 24, whole(five)).seesNot("╭ GPU").keys("tab").sees("╭ GPU", "REGION").keys("q").
		seesNot("╭ GPU")
	if narrow.quit {
		t.Error("q in the facets quit")
	}
	narrow.send(tea.WindowSizeMsg{Width: 120, Height: 24})
	narrow.sees("╭ GPU")
}

// After random ticks, the text of the filter line gives the same rows as the screen.
func TestRandomTicksAndTheLine(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 9))
	r := newRig(t, 120, 40, whole(demoRows(t)))
	keys := []string{"1", "2", "3", "j", "j", "j", "k", "space", "space", "o", "c", "pgdown", "G", "g", "tab"}
	for range 600 {
		r.keys(keys[rnd.IntN(len(keys))])
		q, err := query.Parse(r.m.line.Value())
		if err != nil {
			t.Fatal(err)
		}
		want := r.m.list.catalog.Run(q.WithSort(r.m.order)).Rows
		if !slices.Equal(want.List(), r.m.result.Rows.List()) {
			t.Fatalf("%q: %d rows on the screen, %d by the line", r.m.line.Value(), r.m.result.Rows.Len(), want.Len())
		}
		checkFrame(t, r.m.View(), 120, 40)
	}
}

func TestUnfocusedFacetShowsItsTicks(t *testing.T) {
	r := newRig(t, 120, 30, whole(demoRows(t))).keys("2", "space", "G", "tab")
	if w := r.m.facets.chosen[1]; w.Offset != 0 {
		t.Errorf("the region facet is scrolled: %+v", w)
	}
	r.sees("✓ , US")
}

func TestASecondSpaceTakesTheTickBack(t *testing.T) {
	r := newRig(t, 120, 30, whole(demoRows(t))).keys("1", "j", "space", "2", "G", "k", "k", "space")
	once := r.m.line.Value()
	if r.keys("space"); strings.Contains(r.m.line.Value(), "region=") || !strings.Contains(once, "region=") {
		t.Errorf("%q, then %q", once, r.m.line.Value())
	}
}

func TestALoadKeepsTheFacetsCursorOnItsValue(t *testing.T) {
	r := newRig(t, 120, 30, whole(five), whole(five[2:])).keys("1", "j", "j", "tab", "r", "1") // without L4 and A100
	if v, _ := r.m.facets.value(r.m.result); v.Label != "H200" {
		t.Errorf("on %q", v.Label)
	}
}

func TestTickingKeepsValuesWithoutRows(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("/", `type:gpu="H100","B999"`, "enter", "1", "j", "j", "space")
	if have := r.m.line.Value(); have != `gpu="H100","B999","H200"` && have != `gpu="H100","B999","A100"` &&
		have != `gpu="H100","B999","L4"` {
		t.Error(have)
	}
}

func TestArrowsWhileFindingStayInTheField(t *testing.T) {
	r := newRig(t, 120, 30, whole(five)).keys("2", "/", "up", "type:q")
	if r.m.focus != onFind || r.m.facets.finder.Value() != "q" {
		t.Errorf("in the %s, %q", focusNames[r.m.focus], r.m.facets.finder.Value())
	}
}

func TestOnAShortScreenTheFocusedFacetIsShown(t *testing.T) {
	r := newRig(t, 40, 12, whole(five)).keys("3").sees("╭ COUNT", "▌  1").keys("j").sees("▌  2").keys("1").
		sees("╭ GPU").seesNot("COUNT ─")
	for range 12 {
		r.keys("j")
	}
	r.sees("╭ TYPE", "▌  vm")
}

func TestOnlyMarkedLimitsFacetCounts(t *testing.T) {
	r := newRig(t, 160, 40, whole(five)).keys("j", "j", "j", "space", "t").
		sees("  H100                    1   2.00", "best")
	if facet := r.m.result.Facets[query.GPU]; facet.Values[0].Rows != 1 || facet.Values[1].Rows != 0 {
		t.Errorf("%+v", facet.Values)
	}
}

func TestPanelCutsNoPriceInHalf(t *testing.T) {
	for _, c := range []struct {
		line string
		w    int
		want string
	}{
		{"  8  10.71  2.68", 6, "      2.68"},
		{"  8  10.71  2.68", 5, "10.71  2.68"},
		{"  8  10.71  2.68", 10, "  2.68"},
		{"  \x1b[1m10.71\x1b[0m 2.68", 4, "    2.68"},
		{"10.71", 2, "   "},
		{"ab", 2, ""},
	} {
		if have := ansi.Strip(rightPart(c.line, c.w)); have != c.want {
			t.Errorf("%q from column %d is %q, want %q", c.line, c.w, have, c.want)
		}
	}
}

// One key leaves the offers that no other one beats, says what counts, and goes back.
func TestOnlyUnbeatenOffers(t *testing.T) {
	r := newRig(t, 120, 30, whole(demoRows(t))).keys("/", "type:8xh100", "enter", "B")
	r.sees("is:unbeaten", " are unbeaten in GPUs, RAM, vCPU, disk and price within a country")
	unbeaten := r.m.result.Rows.Len()
	if r.keys("B").seesNot("is:unbeaten"); unbeaten == 0 || r.m.result.Rows.Len() <= unbeaten {
		t.Errorf("%d of %d are unbeaten", unbeaten, r.m.result.Rows.Len())
	}
}
