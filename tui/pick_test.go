package tui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
)

// Against a service whose list changes, each of these cases once gave out another id than the
// chosen one.

// If the check finds that the offer is no longer listed while Enter is pressed again, the
// closest offers open with none of them chosen.
func TestFaultASecondEnterTakesNoOtherOffer(t *testing.T) {
	left := append(withoutID(five, "one-h100"), rowsOf("far-h100 H100 ||| |||||||||||| us-east-1")...)
	r := checkedRig(t, defaultOptions, whole(nil), whole(left), whole(left)).keys("j", "j", "enter")
	r.sees("one-h100 ($2.00/h) is no longer listed. Closest offers:").atOnce("enter").picks("").
		sees("No offer is chosen · ↓ or a digit chooses one")
	r.keys("enter", "enter").picks("").keys("1", "enter").picks("far-h100")
	if p := r.m.Outcome().Picked[0]; p.InPlaceOf != "one-h100" {
		t.Errorf("in place of %q", p.InPlaceOf)
	}
	// Two Enters in one read on an offer that is struck through.
	newRig(t, 120, 24, whole(five), whole(left)).keys("j", "j", "r").sees("× H100").keys("enter").
		atOnce("enter", "enter").picks("").sees("Closest offers:")
	// Keys typed ahead neither choose nor pick an offer of a menu that nobody has seen.
	r = newRig(t, 120, 24, whole(five), whole(left)).keys("j", "j", "r").sees("× H100")
	r.settle()
	r.atOnce("enter", "j", "enter").picks("").sees("Closest offers:")
	// If a load removes the chosen offer of the menu, Enter picks no other one.
	r = newRig(t, 120, 24, whole(append(rowsOf("near-h100 H100 | ||||| us-east-1"), five...)),
		whole(append(rowsOf("near-h100 H100 | ||||| us-east-1"), left...)),
		whole(left)).keys("j", "j", "r", "enter", "1").sees("▌1  $2.50")
	r.run(r.m.reload())
	r.atOnce("enter").keys("enter").picks("").sees("near-h100 is no longer listed either")
	r.keys("down", "enter").picks("far-h100")
}

// If a load leaves no match, an Enter that was meant for the earlier offer neither removes a
// term nor picks another offer.
func TestFaultALoadThatEmptiesTheViewRemovesNoTerm(t *testing.T) {
	dear := append(withoutID(five, "one-h100"), repriced("one-h100", 9))
	r := newRig(t, 120, 24, whole(five), whole(dear)).keys("/", "type:h100 price<3", "enter")
	r.run(r.m.reload())
	r.sees("No match", "Remove gpu:h100 → ").seesNot("▌").atOnce("enter", "enter").picks("").
		sees("/ gpu:h100 price<3", "The list has just changed")
	r.keys("enter").sees("/ gpu:h100 price<3", "No line is chosen · ↓ or a digit chooses one")
	r.keys("2").sees("▌2  Remove price<3").atOnce("enter", "enter", "enter").picks("").sees("/ gpu:h100 ", "2 of 5")
	// After the user's own typing, the first line is chosen.
	newRig(t, 120, 24, whole(five)).keys("/", "type:l4 price<0.1", "enter").sees("▌1  Remove").keys("enter").
		sees("/ gpu:l4 ")
}

// If the chosen offer of the comparison is no longer listed, no other one is chosen for it.
func TestFaultRemovedOfferOfTheComparisonIsNotReplaced(t *testing.T) {
	r := newRig(t, 120, 24, whole(five), whole(withoutID(five, "one-h100"))).
		keys("space", "space", "space", "k", "c").
		sees("one-h100")
	r.run(r.m.reload())
	r.sees("one-h100 is no longer listed", "2 of 2 marked, 1 gone").seesNot("▌").atOnce("enter", "y").picks("")
	r.keys("enter").picks("").sees("one-h100 is no longer listed").keys("y")
	if len(r.copied) > 0 {
		t.Errorf("copied %q", r.copied)
	}
	r.keys("left", "enter").picks("mid-a100")
}

// A second Enter during a check does not accept a price that was not seen.
func TestFaultASecondEnterAcceptsNoPrice(t *testing.T) {
	r := checkedRig(t, func(o *Options) { o.Captured = true }, whole([]api.InstanceType{repriced("one-h100", 200)})).
		keys("j", "j")
	r.hold = true
	r.keys("enter").atOnce("enter")
	r.hold = false
	r.runOne().sees("Price went up: $2.00 → $200.00/h (×100)").atOnce("enter", "enter").picks("").
		sees("The list has just changed · press enter again to pick it anyway")
	r.keys("enter").picks("one-h100")
	if p := r.m.Outcome().Picked[0]; p.Changed != "$2.00 → $200.00/h (×100)" {
		t.Errorf("it says %q", p.Changed)
	}
	// esc cancels; another key withdraws the question and acts as usual.
	checkedRig(t, defaultOptions, whole([]api.InstanceType{repriced("one-h100", 200)})).keys("j", "j", "enter").
		sees("pick it anyway").keys("esc").picks("").sees("Not picked").seesNot("pick it anyway")
	r = checkedRig(t, defaultOptions, whole([]api.InstanceType{repriced("one-h100", 200)})).
		keys("j", "j", "enter", "k").picks("").
		seesNot("pick it anyway")
	if r.id() != "big-h200" {
		t.Errorf("on %s", r.id())
	}
}

// A key with alt never acts as esc and the key.
func TestFaultAltKeysDoNothing(t *testing.T) {
	alt := func(k tea.KeyMsg) tea.KeyMsg {
		k.Alt = true
		return k
	}
	r := newRig(t, 120, 24, whole(five)).keys("/", "type:h100", "enter")
	r.send(alt(tea.KeyMsg{Type: tea.KeyEnter}))
	r.picks("").sees("/ gpu:h100 ", "2 of 5", "alt+enter does nothing here")
	r.send(alt(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("q")}))
	r.sees("alt+q does nothing here", "/ gpu:h100 ")
	if r.quit {
		t.Error("alt+q quits")
	}
	// In the filter line, a key with alt edits words or does nothing; it types nothing.
	r.keys("/", "type: europe")
	r.send(alt(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("j")}))
	r.sees("/ gpu:h100 europe█", "alt+j does nothing here")
	r.send(alt(tea.KeyMsg{Type: tea.KeyBackspace}))
	r.sees("/ gpu:h100 █")
	// esc twice in one read acts as esc.
	r.send(alt(tea.KeyMsg{Type: tea.KeyEsc}))
	if r.m.focus != onTable {
		t.Error("esc esc does not leave the line")
	}
}

// While the first list arrives in unsorted pages, a row that a page puts under the cursor is
// not picked before it was seen.
func TestFaultUnseenRowOfTheFirstListIsNotPicked(t *testing.T) {
	r := prepared(t, func(*Options) {}, part(five[2:4], "c2"), part(five[1:2], "c3"),
		whole(append(slices.Clone(five[:1]), five[4])))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne().sees("▌  H100")
	if r.id() != "one-h100" {
		t.Fatalf("on %s", r.id())
	}
	r.runOne().atOnce("enter", "y", "space").picks("").sees("The list has just changed · press space again")
	if r.id() != "mid-a100" || len(r.copied) > 0 || len(r.m.marks.ids) > 0 {
		t.Errorf("on %s, copied %q, marked %v", r.id(), r.copied, r.m.marks.ids)
	}
	// Once the user has moved, the cursor stays on its offer.
	r.keys("j", "k").runOne()
	if r.id() != "mid-a100" {
		t.Errorf("on %s", r.id())
	}
	// The very first offers can be picked as soon as they are drawn.
	r = prepared(t, func(*Options) {}, whole(five))
	r.start(120, 20)
	if r.atOnce("enter"); r.quit {
		t.Error("what was never drawn was picked")
	}
	_ = r.m.View()
	r.atOnce("enter").picks("cheap-l4")
}

// The check compares every field, such as the size and the region.
func TestFaultTheCheckComparesEverything(t *testing.T) {
	less := repriced("big-h200", 4)
	less.GPUCount, less.MemoryGB, less.Region = api.Some(int64(2)), api.Some(int64(64)), "Paris"
	r := checkedRig(t, defaultOptions, whole([]api.InstanceType{less})).keys("G", "enter").picks("")
	r.sees("Changed: 4 → 2 GPUs, ap-northeast-1 → Paris, 256 → 64 GB RAM, $8.00 →", "$4.00/h (−50%)",
		"enter pick it anyway · esc cancel")
	r.keys("enter").picks("big-h200")
	for _, change := range []func(*api.InstanceType){
		func(r *api.InstanceType) { r.GPUType = "H200 NVL" }, func(r *api.InstanceType) { r.GPUCount.Known = false },
		func(r *api.InstanceType) { r.Region = "" }, func(r *api.InstanceType) { r.DeploymentType = "container" },
		func(r *api.InstanceType) { r.CPUCores = api.Some(int64(1)) },
		func(r *api.InstanceType) { r.MemoryGB = api.Some(int64(1)) },
		func(r *api.InstanceType) { r.StorageGB = api.Some(int64(1)) },
		func(r *api.InstanceType) { r.HourlyRate.Known = false },
	} {
		changed := repriced("big-h200", 8)
		change(&changed)
		checkedRig(t, defaultOptions, whole([]api.InstanceType{changed})).keys("G", "enter").picks("").
			sees("Changed: ", "→", "pick it anyway")
	}
}

// With --multi, the outcome names the marked offers that are no longer listed.
func TestFaultUnlistedMarksAreNamed(t *testing.T) {
	r := newRigWith(t, func(o *Options) { o.Multi = true }, whole(five), whole(five[1:4])).
		keys("space", "space", "space", "G", "space", "r", "enter").picks("mid-a100 one-h100")
	if have := strings.Join(r.m.Outcome().Unlisted, " "); have != "big-h200 cheap-l4" {
		t.Errorf("left out %q", have)
	}
}

// If a load removes the value, cell, GPU, better offer or row that a key would act on, the
// key does not act on another one.
func TestFaultRemovedChoiceIsNotReplaced(t *testing.T) {
	noH100 := append(slices.Clone(five[:2]), five[4])
	for _, c := range []struct {
		name  string
		keys  []string
		left  []api.InstanceType
		press []string
		says  string
		then  []string // keys that choose again, and act
		shows string
	}{
		{"facet", []string{"1", "j"}, noH100, []string{"space", "enter", "o"}, "H100 is no longer listed",
			[]string{"j", "space"}, `/ gpu="H200"`},
		{"matrix, the GPU", []string{"j", "j", "x"}, noH100, []string{"enter", "y"}, "H100 is no longer listed here",
			[]string{"k", "k", "enter"}, `/ gpu="L4" region="us-east-1"`},
		{"picture", []string{"j", "j", "P"}, noH100, []string{"enter"}, "H100 is no longer listed here",
			[]string{"j", "enter"}, `/ gpu="H200"`},
		{"table", []string{"/", "type:price<5", "enter", "j", "j"},
			append(withoutID(five, "one-h100"), repriced("one-h100", 9)),
			[]string{"enter", "y", "Y", "space", "v", "@", "!"}, "one-h100 no longer matches", []string{"j", "@"},
			"price:4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 120, 30, whole(five), whole(c.left)).keys(c.keys...)
			before := r.m.line.Value()
			r.run(r.m.reload())
			r.sees(c.says)
			for _, press := range [2]func(...string) *rig{r.atOnce, r.keys} { // at once, and after a look
				if press(c.press...).picks(""); r.m.line.Value() != before || len(r.copied) > 0 ||
					len(r.m.marks.ids) > 0 {
					t.Fatalf("filter %q, copied %q, marked %v", r.m.line.Value(), r.copied, r.m.marks.ids)
				}
			}
			r.sees(c.says).keys(c.then...).sees(c.shows)
		})
	}
	// If another offer becomes the cheapest in a cell of the matrix, y does not copy it unseen.
	cheaper := append(slices.Clone(five), rowsOf("sly-h100 H100 | || us-east-1")...)
	r := newRig(t, 120, 24, whole(five), whole(cheaper)).keys("j", "j", "x")
	r.run(r.m.reload())
	if r.atOnce("y"); len(r.copied) > 0 {
		t.Errorf("copied %q", r.copied)
	}
	r.sees("sly-h100").keys("y")
	if strings.Join(r.copied, " ") != "sly-h100" {
		t.Errorf("copied %q", r.copied)
	}
	// The better offer that is chosen in the details is no longer listed.
	r = newRig(t, 160, 40, whole(rivals), whole(withoutID(rivals, "good-cheaper"))).keys("p", "G", "tab", "tab")
	chosen := r.m.details.choice.Key
	left := newRig(t, 160, 40, whole(rivals), whole(withoutID(rivals, chosen))).keys("p", "G", "tab", "tab")
	on := left.id()
	left.run(left.m.reload())
	left.atOnce("enter").keys("enter")
	if left.id() != on {
		t.Errorf("from %s to %s, in place of %s", on, left.id(), chosen)
	}
	// A click does nothing on a value that a load has moved under the pointer.
	r = prepared(t, func(o *Options) { o.Mouse = true }, whole(five), whole(append(rowsOf("new T4 | | mars"), five...)))
	r.start(120, 30)
	at := r.m.facets.chosen[0]
	r.run(r.m.reload())
	r.sendAtOnce(tea.MouseMsg{X: 4, Y: 4, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	r.sees("The list has just changed · click again")
	if r.m.line.Value() != "" || r.m.facets.chosen[0].Key != at.Key {
		t.Errorf("filter %q", r.m.line.Value())
	}
	// Nothing is chosen on a screen that is too small to show it.
	r = newRig(t, 30, 5, whole(five))
	r.atOnce("enter").picks("").keys("enter").picks("")
}

// If the list does not change, keys that were typed ahead act.
func TestKeysTypedAheadActOnAListThatDoesNotChange(t *testing.T) {
	r := newRig(t, 120, 24, whole(five), whole(five))
	_ = r.m.View()
	r.atOnce("/", "type:h200", "enter", "enter").picks("big-h200")
	r = newRig(t, 120, 24, whole(five), whole(five))
	_ = r.m.View()
	r.run(r.m.reload()) // the same list again
	r.atOnce("j", "j", "enter").picks("one-h100")
	r = newRig(t, 120, 24, whole(five), whole(
		append(slices.Clone(five), rowsOf("dear H200 |||| |||||||||||||||||||| mars")...)))
	_ = r.m.View()
	r.run(r.m.reload()) // the chosen row does not change
	r.atOnce("enter").picks("cheap-l4")
}
