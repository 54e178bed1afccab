package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/catalog"
)

// checkedRig returns a rig that checks before it picks; after the first list the source
// answers each request with one of steps.
func checkedRig(t *testing.T, change func(*Options), steps ...step) *rig {
	t.Helper()
	r := prepared(t, func(o *Options) {
		o.Check = true
		change(o)
	}, append([]step{whole(five)}, steps...)...)
	r.start(80, 24)
	r.source.asks = nil
	return r
}

func defaultOptions(*Options) {}

// repriced returns a row of five with another rate.
func repriced(id string, rate float64) api.InstanceType {
	for _, r := range five {
		if r.ID == id {
			r.HourlyRate = api.Some(rate)
			return r
		}
	}
	return api.InstanceType{}
}

func withoutID(rows []api.InstanceType, id string) []api.InstanceType {
	return slices.DeleteFunc(slices.Clone(rows), func(r api.InstanceType) bool { return r.ID == id })
}

func (r *rig) note(want string) *rig {
	r.t.Helper()
	if have := r.m.Outcome().Note; have != want {
		r.t.Errorf("the note is %q, want %q", have, want)
	}
	return r
}

func (r *rig) picks(want string) *rig {
	r.t.Helper()
	if r.picked() != want || r.quit != (want != "") {
		r.t.Errorf("picked %q, want %q", r.picked(), want)
	}
	return r
}

func TestCheckPicksAnUnchangedOffer(t *testing.T) {
	r := checkedRig(t, defaultOptions, part(five[:1], "c2"), whole(five[2:3])).keys("j", "j", "enter").
		picks("one-h100").
		note("still listed, same price")
	if want := (api.Ask{GPUType: "H100", Region: "us-east-1", GPUCount: 1}); len(r.source.asks) != 2 ||
		r.source.asks[0] != want || r.source.asks[1] != want {
		t.Errorf("asked %v", r.source.asks)
	}
	if o := r.m.Outcome(); !o.KeptAt.IsZero() || !o.Confirmed {
		t.Error("it is not confirmed")
	}
}

func TestCheckAsksWhenThePriceWentUp(t *testing.T) {
	r := checkedRig(t, defaultOptions, whole([]api.InstanceType{repriced("one-h100", 2.61)})).keys("j", "j", "enter").
		picks("")
	r.sees("Price went up: $2.00 → $2.61/h (+30%)", "enter pick it anyway · esc cancel", "2.61▲").keys("enter").
		picks("one-h100")
	if len(r.source.asks) != 1 {
		t.Errorf("asked %d times", len(r.source.asks))
	}
	// After another key, Enter checks and asks again.
	r = checkedRig(t, defaultOptions, whole([]api.InstanceType{repriced("one-h100", 2.61)}),
		whole([]api.InstanceType{repriced("one-h100", 2.75)})).keys("j", "j", "enter", "p", "enter").picks("")
	r.sees("Price went up: $2.61 → $2.75/h (+5%)").keys("enter").picks("one-h100")
	// A missing price does not count as a lower one.
	unknown := repriced("one-h100", 0)
	unknown.HourlyRate = api.Optional[float64]{}
	checkedRig(t, defaultOptions, whole([]api.InstanceType{unknown})).keys("j", "j", "enter").picks("").
		sees("Changed: $2.00 → –/h", "enter pick it anyway")
}

func TestCheckPicksWhenThePriceWentDown(t *testing.T) {
	checkedRig(t, defaultOptions, whole([]api.InstanceType{repriced("one-h100", 1.75)})).keys("j", "j", "enter").
		picks("one-h100").
		note("still listed, price went down")
}

func TestFaultPickedOfferIsNoLongerListed(t *testing.T) {
	left := append(withoutID(five, "one-h100"), rowsOf("new-h100 H100 | ||||| us-east-1")...)
	gone := func(more ...step) *rig {
		return checkedRig(t, defaultOptions, append([]step{whole(nil), whole(left)}, more...)...).
			keys("j", "j", "enter").
			picks("").
			sees("one-h100 ($2.00/h) is no longer listed. Closest offers:", "1  $", "new-h100", "2  $", "two-h100",
				"5 listed", "5 of 5, 1 gone", "enter pick")
	}
	r := gone(whole(left))
	if r.source.asks[1] != (api.Ask{}) {
		t.Errorf("asked %v", r.source.asks)
	}
	if len(r.source.kept) != 2 {
		t.Error("the whole list that was asked for is not kept")
	}
	r.keys("down", "down", "enter").picks("two-h100").note("still listed, same price")
	gone(whole(left)).keys("esc").seesNot("Closest").keys("enter").sees("Closest offers:").keys("j", "j", "k", "enter").
		picks("new-h100")
	// The row that is no longer listed is neither copied nor marked.
	r = gone().keys("esc", "y").sees("one-h100 is no longer listed").keys("space")
	if len(r.copied) > 0 || len(r.m.marks.ids) > 0 {
		t.Errorf("copied %v, marked %v", r.copied, r.m.marks.ids)
	}
	// Without another offer of the same GPU there is only a sentence.
	checkedRig(t, defaultOptions, whole(nil), whole(five[:2])).keys("G", "enter").picks("").
		sees("big-h200 is no longer listed, and no other offer has this GPU")
}

// An offer counts as no longer listed only if the whole list lacks its id, too.
func TestCheckFallsBackToTheWholeList(t *testing.T) {
	checkedRig(t, defaultOptions, whole(nil), whole(five)).keys("j", "j", "enter").picks("one-h100").
		note("still listed, same price")
}

func TestFaultAPickThatCannotBeChecked(t *testing.T) {
	partial := step{page: api.Page{Rows: api.RowsOf(five[:1]...), HasMore: true}}
	checkedRig(t, defaultOptions, whole(nil), partial).keys("j", "enter").picks("mid-a100").
		note("not checked: Runcrate did not return its whole list")
	checkedRig(t, defaultOptions, failing(errDown)).keys("j", "enter").picks("mid-a100").
		note("not checked: runcrate.ai refused the connection")
	checkedRig(t, defaultOptions, whole(nil), failing(errors.New("odd"))).keys("j", "enter").picks("mid-a100").
		note("not checked: odd")
	nameless := rowsOf("nameless X | | y")
	nameless[0].GPUType = ""
	r := prepared(t, func(o *Options) { o.Check = true }, whole(nameless))
	r.start(80, 24)
	r.source.asks = nil
	r.keys("enter").picks("nameless").note("not checked: Runcrate gives no GPU or no region for it")
	if len(r.source.asks) > 0 {
		t.Error("something was sent")
	}
	r = checkedRig(t, func(o *Options) { o.Check = false }).keys("enter").picks("cheap-l4").note("")
	if len(r.source.asks) > 0 {
		t.Error("something was sent")
	}
}

func TestFaultCheckTimesOut(t *testing.T) {
	r := checkedRig(t, func(o *Options) { o.Captured = true })
	r.hold = true
	r.keys("j", "enter").sees("Checking mid-a100 with Runcrate…").keys("j", "y", "enter", "x")
	if r.id() != "mid-a100" {
		t.Errorf("on %s", r.id())
	}
	number := r.m.pick.number
	r.send(checkExpiredMsg{number: number - 1})
	if r.m.quitting {
		t.Error("an older check's time counts")
	}
	r.send(checkExpiredMsg{number: number})
	if r.picked() != "mid-a100" || len(r.copied) > 0 {
		t.Errorf("picked %q, copied %v", r.picked(), r.copied)
	}
	r.note("not checked: no answer within 1.5 s")
}

func TestCheckCanceled(t *testing.T) {
	r := checkedRig(t, defaultOptions)
	r.hold = true
	r.keys("enter", "esc").sees("Not picked")
	r.release()
	r.picks("").keys("j", "enter").picks("mid-a100")
	r = checkedRig(t, defaultOptions)
	r.hold = true
	r.keys("enter", "q")
	r.release()
	if !r.quit || r.picked() != "" {
		t.Errorf("picked %q", r.picked())
	}
}

func TestCheckOfSeveral(t *testing.T) {
	multi := func(o *Options) { o.Multi = true }
	r := checkedRig(t, multi, whole(five[:1]), whole(five[2:3])).keys("space", "j", "space", "enter").
		picks("cheap-l4 one-h100").note("still listed, same price")
	if len(r.source.asks) != 2 {
		t.Errorf("asked %v", r.source.asks)
	}
	dear := []api.InstanceType{repriced("one-h100", 3)}
	checkedRig(t, multi, whole(five[:1]), whole(dear)).keys("space", "j", "space", "enter").picks("").
		sees("one-h100: $2.00 → $3.00/h (+50%)").keys("enter").picks("cheap-l4 one-h100")
}

// A row that is no longer listed stays for three loads, struck through, and Enter on it
// shows the closest offers.
func TestUnlistedRowsStayForThreeLoads(t *testing.T) {
	r := newRig(t, 120, 24, whole(five), whole(withoutID(five, "one-h100"))).keys("j", "j", "r").
		sees("one-h100 is no longer listed", "4 of 4, 1 gone", "since 12:00: −1")
	line := r.lineOf("one-h100")
	if !strings.Contains(line, "× H100") || r.m.current().Change() != catalog.Gone {
		t.Errorf("it is not pointed out: %q", line)
	}
	r.keys("enter").picks("").sees("Closest offers:", "two-h100").keys("esc", "r", "r").sees("1 gone").keys("r").
		seesNot("× H100", "1 gone", "since").sees("one-h100 is no longer listed")
	if r.m.listed.At(2).ID() != "two-h100" {
		t.Error("it is still listed")
	}
}

// lineOf returns the first line of the screen with text in it.
func (r *rig) lineOf(text string) string {
	for _, line := range strings.Split(plainText(r.m.View()), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// Enter accepts the row and the new price of the question, as long as the question is shown;
// it does not pick the row under the cursor instead.
func TestEnterAcceptsTheNewPrice(t *testing.T) {
	others := append(rowsOf("other-h100 H100 | ||||| us-east-1"), five...)
	r := prepared(t, func(o *Options) { o.Check = true }, whole(others),
		whole([]api.InstanceType{repriced("one-h100", 3.61)}))
	r.start(80, 24)
	r.keys("/", "type:h100 price<=3", "enter", "enter").picks("").
		sees("Price went up: one-h100: $2.00 → $3.61/h (+81%)")
	r.sees("one-h100 no longer matches").keys("enter").picks("one-h100")

	dearer := func(more ...step) *rig {
		return checkedRig(t, defaultOptions,
			append([]step{whole([]api.InstanceType{repriced("one-h100", 2.61)})}, more...)...).
			keys("j", "j", "enter").sees("pick it anyway")
	}
	// The question stays until it is answered.
	r = dearer(whole([]api.InstanceType{repriced("one-h100", 2.75)}))
	r.send(noticeExpiredMsg{number: r.m.notice.number})
	r.keys("esc").picks("").sees("Not picked").keys("enter").picks("").sees("$2.61 → $2.75")
	// A load brings yet another price.
	r = dearer(whole([]api.InstanceType{repriced("one-h100", 9.99)}))
	r.run(r.m.reload())
	r.sees("Price went up: $2.00 → $9.99/h").atOnce("enter").picks("").sees("The list has just changed").keys("enter").
		picks("one-h100")
	if r.m.outcome.Note != "still listed, changed" || !r.m.outcome.Confirmed {
		t.Errorf("%+v", r.m.outcome)
	}
	// A load that makes the question pointless does not pick: Enter is needed again.
	for _, rate := range []float64{2, 1.9} {
		r = dearer(whole(append(withoutID(five, "one-h100"), repriced("one-h100", rate))))
		r.run(r.m.reload())
		r.picks("").sees("Not picked").keys("enter").picks("one-h100")
	}
	// The comparison asks, too.
	checkedRig(t, defaultOptions, whole([]api.InstanceType{repriced("one-h100", 2.61)})).
		keys("j", "space", "space", "k", "c", "enter").picks("").sees("Price went up: $2.00 → $2.61/h").keys("enter").
		picks("one-h100")
}

// A load during the check decides, however the check ends: an offer that it no longer lists
// is not picked, and a higher price is asked about.
func TestALoadDuringTheCheck(t *testing.T) {
	for _, end := range []func(r *rig){
		func(r *rig) { r.send(checkExpiredMsg{number: r.m.pick.number}) },
		func(r *rig) { r.send(checkedMsg{number: r.m.pick.number, verdict: verdict{missing: "x"}}) },
	} {
		r := checkedRig(t, defaultOptions)
		r.hold = true
		r.keys("j", "j", "enter")
		r.hold = false
		r.source.steps = []step{whole(withoutID(five, "one-h100"))}
		r.run(r.m.reload())
		r.sees("one-h100 is no longer listed")
		end(r)
		r.picks("").sees("Closest offers:", "two-h100")
		r = checkedRig(t, defaultOptions)
		r.hold = true
		r.keys("j", "j", "enter")
		r.hold = false
		r.source.steps = []step{whole(append(withoutID(five, "one-h100"), repriced("one-h100", 3)))}
		r.run(r.m.reload())
		end(r)
		r.picks("").sees("Price went up: $2.00 → $3.00/h")
	}
	// A load for another account cancels the pick.
	r := checkedRig(t, defaultOptions)
	r.hold = true
	r.keys("j", "enter")
	number := r.m.pick.number
	r.hold = false
	r.source.account = "other"
	r.run(r.m.reload())
	r.sees("Not picked: another account has logged in")
	r.send(checkedMsg{number: number, verdict: verdict{list: &api.List{Rows: api.RowsOf(five[:1]...)}}})
	r.picks("")
}

// If the service did not list the row just now and its whole list takes too long, the note
// says both.
func TestCheckTimeoutSaysTheOfferWasNotListed(t *testing.T) {
	r := checkedRig(t, defaultOptions)
	r.hold = true
	r.keys("enter")
	r.m.pick.notListedAlone.Store(true)
	r.send(checkExpiredMsg{number: r.m.pick.number})
	if r.m.pick.note != "not checked: Runcrate did not list it just now, and its whole list takes longer than 1.5 s" {
		t.Errorf("the note is %q", r.m.pick.note)
	}
}

// If one of several offers is no longer listed, its replacement is picked with the others.
func TestCheckOfSeveralWithOneNoLongerListed(t *testing.T) {
	left := withoutID(five, "one-h100")
	r := checkedRig(t, func(o *Options) { o.Multi = true }, whole(five[:1]), whole(nil), whole(left), whole(left)).
		keys("space", "j", "space", "G", "space", "enter").
		sees("one-h100 ($2.00/h) is no longer listed", "two-h100")
	r.keys("1", "enter").picks("cheap-l4 two-h100 big-h200")
	// None of them is listed any more.
	newRigWith(t, func(o *Options) { o.Multi = true }, whole(five), whole(five[1:])).keys("space", "r", "j", "enter").
		picks("").sees("None of the marked offers is listed any more")
}

func newRigWith(t *testing.T, change func(*Options), steps ...step) *rig {
	t.Helper()
	r := prepared(t, change, steps...)
	r.start(120, 24)
	return r
}

// A second Enter while the id is being copied changes nothing.
func TestEnterTwice(t *testing.T) {
	r := checkedRig(t, defaultOptions, whole(five)).keys("j")
	r.hold = true
	r.keys("enter").runOne() // runs the check
	r.keys("enter").sees("Still copying")
	r.release()
	r.picks("mid-a100").note("still listed, same price")
	if len(r.source.asks) != 1 {
		t.Errorf("asked %d times", len(r.source.asks))
	}
}

// If a load closes a view, an Enter that was meant for the view does not pick the row under
// the cursor of the table. Keys act on the table once it has been seen.
func TestEnterAfterALoadHasClosedAView(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		left []api.InstanceType
	}{
		"compare":     {[]string{"space", "G", "c"}, five[1:]},
		"matrix":      {[]string{"/", "type:h100", "enter", "x"}, append(slices.Clone(five[:2]), five[4])},
		"prices":      {[]string{"/", "type:h100", "enter", "P"}, append(slices.Clone(five[:2]), five[4])},
		"copy-as":     {[]string{"j", "j", "space", "G", "Y"}, withoutID(five, "one-h100")},
		"copy-as-one": {[]string{"j", "j", "Y"}, withoutID(five, "one-h100")},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, 120, 24, whole(five), whole(c.left)).keys(c.keys...)
			on := focusName(r.m)
			r.run(r.m.reload())
			if focusName(r.m) == on || r.m.notice.text == "" {
				t.Fatalf("it is still open, or nothing is said")
			}
			if r.atOnce("enter", "y", "enter").picks(""); len(r.copied) > 0 {
				t.Errorf("copied %q", r.copied)
			}
		})
	}
	// An open text field still gets the keys.
	r := newRig(t, 120, 24, whole(five), whole(five[1:])).keys("space", "c", "b", "type:5")
	r.run(r.m.reload())
	r.keys("q")
	if r.quit || focusName(r.m) != "edit" {
		t.Error("q was not typed")
	}
	r.keys("esc").sees("No offer to compare is left").atOnce("enter").picks("")
	// The menu of closest offers drops those that are no longer listed, and closes after the last.
	rows := append(rowsOf("near-a H100 | ||||| us-east-1", "near-b H100 | |||||| us-east-1"), five...)
	r = newRig(t, 120, 24, whole(rows), whole(withoutID(rows, "one-h100")),
		whole(withoutID(withoutID(rows, "one-h100"), "near-a")),
		whole(five[:2])).keys("j", "j", "r", "enter").sees("Closest offers:", "near-a", "near-b")
	r.run(r.m.reload())
	r.sees("Closest offers:", "near-b")
	r.run(r.m.reload())
	r.seesNot("Closest offers:").atOnce("enter").picks("")
}

// Details of a row that was the last of its GPU; a comparison on the smallest screen; a
// failed load when only rows are left that are no longer listed.
func TestUnlistedRowsInTheViews(t *testing.T) {
	r := newRig(t, 160, 45, whole(five), whole(five[:4])).keys("G", "p", "r").sees("big-h200", "gone")
	checkFrame(t, r.m.View(), 160, 45)
	r = newRig(t, 40, 8, whole(five), failing(errDown)).keys("space", "space", "r", "c")
	for range 20 {
		r.keys("down")
		checkFrame(t, r.m.View(), 40, 8)
	}
	newRig(t, 80, 24, whole(five), whole(nil), failing(errDown)).keys("r").sees("Runcrate lists no offers right now").
		keys("r").sees("refused the connection")
	r = newRig(t, 80, 24, whole(five), whole(five[1:])).keys("space", "r").sees("1 gone").keys("g", "space")
	if len(r.m.marks.ids) > 0 {
		t.Error("a mark on a row that is gone cannot be taken away")
	}
}

// A click withdraws the question about a new price, another notice does not.
func TestClickWithdrawsThePriceQuestion(t *testing.T) {
	dear := whole([]api.InstanceType{repriced("one-h100", 2.61)})
	r := checkedRig(t, func(o *Options) { o.Mouse = true }, dear, whole(five)).keys("j", "j", "enter").
		sees("pick it anyway")
	r.clicks("cheap-l4", 0).keys("enter").picks("cheap-l4")
	r = checkedRig(t, defaultOptions, dear, whole([]api.InstanceType{repriced("one-h100", 2.75)})).
		keys("j", "j", "enter").
		sees("pick it anyway")
	r.m.say(good, "matches now: something")
	r.keys("enter").picks("one-h100") // the question is still open
}

// The price of a row is shown in full, even after it went up a lot.
func TestWidthsAfterACheck(t *testing.T) {
	for _, columns := range [][]string{nil, {"gpu", "price", "pergpu"}} {
		r := prepared(t, func(o *Options) { o.Check, o.Columns = true, columns }, whole(five),
			whole([]api.InstanceType{repriced("one-h100", 1234.5678)}),
			whole([]api.InstanceType{repriced("one-h100", 21234.5678)}))
		r.start(120, 20)
		r.keys("j", "j", "enter").sees("1234.568▲").keys("esc").sees("one-h100")
		r.keys("enter").sees("21234.568▲")
	}
}

// The result of a check while the first list arrives stays, although the pages that were loaded before
// have another price.
func TestACheckWhileTheListArrives(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Check = true }, part(five, "c2"))
	r.hold = true
	r.start(80, 24)
	r.send(sourceOpenedMsg{load: r.m.load.number, source: r.source})
	r.send(pageLoadedMsg{load: r.m.load.number, step: stepOf(r.m.load.walk, part(five, "c2").page)})
	r.keys("j", "j", "enter")
	now := map[string]api.InstanceType{"one-h100": repriced("one-h100", 2.61)}
	r.send(checkedMsg{number: r.m.pick.number, verdict: verdict{now: now}})
	r.sees("Price went up: $2.00 → $2.61/h")
	r.send(clockTickedMsg{number: r.m.ticks})
	r.sees("Price went up: $2.00 → $2.61/h")
	r.hold = false
	r.keys("enter").picks("one-h100")
}

// The whole list also confirms an offer that cannot be requested alone.
func TestWholeListConfirmsOffersThatCannotBeAskedAlone(t *testing.T) {
	placeless := five[2]
	placeless.Region = ""
	rows := append(withoutID(five, "one-h100"), placeless)
	r := prepared(t, func(o *Options) { o.Check, o.Multi = true, true }, whole(rows), whole(nil), whole(rows))
	r.start(80, 24)
	r.keys("/", "type:h100", "enter", "space", "j", "space", "enter").picks("one-h100 two-h100").
		note("still listed, same price")
}

// A check of many offers is one request for the list, not one for each.
func TestCheckOfManyIsOneList(t *testing.T) {
	var many []api.InstanceType
	for i := range 40 {
		many = append(many, api.InstanceType{ID: fmt.Sprintf("id-%02d", i), GPUType: fmt.Sprintf("H%d", i+100),
			Region: "us-east-1", GPUCount: api.Some(int64(1)), HourlyRate: api.Some(float64(i) + 1)})
	}
	r := prepared(t, func(o *Options) { o.Check, o.Multi = true, true }, whole(many))
	r.start(120, 30)
	r.source.asks = nil
	r.keys("v", "G", "v", "enter")
	if n := len(r.m.Outcome().Picked); n != len(many) {
		t.Errorf("%d picked", n)
	}
	if len(r.source.asks) != 1 || r.source.asks[0] != (api.Ask{}) {
		t.Errorf("asked %d times: %v", len(r.source.asks), r.source.asks)
	}
}
