package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/catalog"
)

// checked is a rig that checks before it picks; after the first list the source
// answers with steps, one a question.
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

func asUsual(*Options) {}

// at is a row of five at another rate.
func at(id string, rate float64) api.InstanceType {
	for _, r := range five {
		if r.ID == id {
			r.HourlyRate = api.Some(rate)
			return r
		}
	}
	return api.InstanceType{}
}

func but(rows []api.InstanceType, id string) []api.InstanceType {
	return slices.DeleteFunc(slices.Clone(rows), func(r api.InstanceType) bool { return r.ID == id })
}

func (r *rig) note(want string) *rig {
	r.t.Helper()
	if have := r.m.CheckNote(); have != want {
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

func TestCheckedAndTheSame(t *testing.T) {
	r := checkedRig(t, asUsual, part(five[:1], "c2"), whole(five[2:3])).keys("j", "j", "enter").picks("one-h100").note("still listed, same price")
	if want := (api.Ask{GPUType: "H100", Region: "us-east-1", GPUCount: 1}); len(r.source.asks) != 2 || r.source.asks[0] != want || r.source.asks[1] != want {
		t.Errorf("asked %v", r.source.asks)
	}
	if _, kept := r.m.KeptAt(); kept || !r.m.Confirmed() {
		t.Error("it is not confirmed")
	}
}

func TestCheckedAndDearer(t *testing.T) {
	r := checkedRig(t, asUsual, whole([]api.InstanceType{at("one-h100", 2.61)})).keys("j", "j", "enter").picks("")
	r.sees("2.00 → 2.61: enter again to take it", "2.61▲").keys("enter").picks("one-h100")
	if len(r.source.asks) != 1 {
		t.Errorf("asked %d times", len(r.source.asks))
	}
	// Whoever does something else meanwhile is told again.
	r = checkedRig(t, asUsual, whole([]api.InstanceType{at("one-h100", 2.61)}), whole([]api.InstanceType{at("one-h100", 2.75)})).keys("j", "j", "enter", "p", "enter").picks("")
	r.sees("2.61 → 2.75: enter again to take it").keys("enter").picks("one-h100")
	// A price that the service no longer says is no lower one.
	unknown := at("one-h100", 0)
	unknown.HourlyRate = api.Optional[float64]{}
	checkedRig(t, asUsual, whole([]api.InstanceType{unknown})).keys("j", "j", "enter").picks("").sees("2.00 → –: enter again")
}

func TestCheckedAndCheaper(t *testing.T) {
	checkedRig(t, asUsual, whole([]api.InstanceType{at("one-h100", 1.75)})).keys("j", "j", "enter").picks("one-h100").note("still listed, cheaper: 2.00 → 1.75")
}

func TestFaultTheRowIsGone(t *testing.T) {
	left := append(but(five, "one-h100"), rowsOf("new-h100 H100 | ||||| us-east-1")...)
	gone := func(more ...step) *rig {
		return checkedRig(t, asUsual, append([]step{whole(nil), whole(left)}, more...)...).keys("j", "j", "enter").picks("").
			sees("gone: one-h100, $2.00; nearest:", "▌", "new-h100", "two-h100", "5 available", "5 of 5, 1 gone", "enter take it")
	}
	r := gone(whole(left))
	if r.source.asks[1] != (api.Ask{}) {
		t.Errorf("asked %v", r.source.asks)
	}
	if len(r.source.kept) != 2 {
		t.Error("the whole list that was asked for is not kept")
	}
	r.keys("down", "enter").picks("two-h100").note("still listed, same price")
	r = gone(whole(left)).keys("esc").seesNot("nearest").keys("enter").sees("nearest:").keys("j", "j", "k", "enter").picks("new-h100")
	// The row itself is neither copied nor marked.
	r = gone().keys("esc", "y").sees("gone: one-h100 is no longer listed").keys("space")
	if len(r.copied) > 0 || len(r.m.marks.ids) > 0 {
		t.Errorf("copied %v, marked %v", r.copied, r.m.marks.ids)
	}
	// Nothing of its kind: a sentence.
	checkedRig(t, asUsual, whole(nil), whole(five[:2])).keys("G", "enter").picks("").sees("gone: big-h200; no other of this GPU is listed")
}

// "Gone" is said only when the whole list, asked again, lacks the id too.
func TestCheckedByAnotherSpelling(t *testing.T) {
	checkedRig(t, asUsual, whole(nil), whole(five)).keys("j", "j", "enter").picks("one-h100").note("still listed, same price")
}

func TestFaultAPickThatCannotBeChecked(t *testing.T) {
	partial := step{page: api.Page{Rows: five[:1], HasMore: true}}
	checkedRig(t, asUsual, whole(nil), partial).keys("j", "enter").picks("mid-a100").note("not checked: the service does not list all it has")
	checkedRig(t, asUsual, failing(errDown)).keys("j", "enter").picks("mid-a100").note("not checked: runcrate.ai refused the connection")
	checkedRig(t, asUsual, whole(nil), failing(errors.New("odd"))).keys("j", "enter").picks("mid-a100").note("not checked: odd")
	nameless := rowsOf("nameless X | | y")
	nameless[0].GPUType = ""
	r := prepared(t, func(o *Options) { o.Check = true }, whole(nameless))
	r.start(80, 24)
	r.source.asks = nil
	r.keys("enter").picks("nameless").note("not checked: the service names no GPU or no region for it")
	if len(r.source.asks) > 0 {
		t.Error("something was sent")
	}
	r = checkedRig(t, func(o *Options) { o.Check = false }).keys("enter").picks("cheap-l4").note("")
	if len(r.source.asks) > 0 {
		t.Error("something was sent")
	}
}

func TestFaultACheckTakesNoLonger(t *testing.T) {
	r := checkedRig(t, func(o *Options) { o.Captured = true })
	r.hold = true
	r.keys("j", "enter").sees("checking mid-a100 with the service…").keys("j", "y", "enter", "x")
	if r.id() != "mid-a100" {
		t.Errorf("on %s", r.id())
	}
	ctx := r.m.check
	r.send(checkExpiredMsg{number: r.m.check.number - 1})
	if r.m.quitting {
		t.Error("an older check's time counts")
	}
	r.send(checkExpiredMsg{number: ctx.number})
	if r.picked() != "mid-a100" || len(r.copied) > 0 {
		t.Errorf("picked %q, copied %v", r.picked(), r.copied)
	}
	r.note("not checked: no answer within 1.5 s")
}

func TestCheckCalledOff(t *testing.T) {
	r := checkedRig(t, asUsual)
	r.hold = true
	r.keys("enter", "esc").sees("not picked")
	r.release()
	r.picks("").keys("j", "enter").picks("mid-a100")
	r = checkedRig(t, asUsual)
	r.hold = true
	r.keys("enter", "q")
	r.release()
	if !r.quit || r.picked() != "" {
		t.Errorf("picked %q", r.picked())
	}
}

func TestCheckOfSeveral(t *testing.T) {
	multi := func(o *Options) { o.Multi = true }
	r := checkedRig(t, multi, whole(five[:1]), whole(five[2:3])).keys("space", "j", "j", "space", "enter").picks("cheap-l4 one-h100").note("still listed, same price")
	if len(r.source.asks) != 2 {
		t.Errorf("asked %v", r.source.asks)
	}
	dear := []api.InstanceType{at("one-h100", 3)}
	checkedRig(t, multi, whole(five[:1]), whole(dear)).keys("space", "j", "j", "space", "enter").picks("").sees("one-h100: 2.00 → 3.00: enter again").keys("enter").picks("cheap-l4 one-h100")
}

// A row that a load has taken away stays for three loads, struck through, and
// Enter offers what is nearest.
func TestGoneRowsStayForThreeLoads(t *testing.T) {
	r := newRig(t, 120, 24, whole(five), whole(but(five, "one-h100"))).keys("j", "j", "r").sees("gone: one-h100, the row you were on", "4 of 4, 1 gone", "since 12:00: −1")
	line := r.lineOf("one-h100")
	if !strings.Contains(line, "×H100") || r.m.current().Change != catalog.Gone {
		t.Errorf("it is not pointed out: %q", line)
	}
	r.keys("enter").picks("").sees("nearest:", "two-h100").keys("esc", "r", "r").sees("1 gone").keys("r").seesNot("one-h100 ", "1 gone", "since")
	if r.m.listed[2].ID != "two-h100" {
		t.Error("it is still listed")
	}
}

// lineOf is the line of the table with text in it.
func (r *rig) lineOf(text string) string {
	for _, line := range strings.Split(plainText(r.m.View()), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}
