package tui

import (
	"slices"
	"strings"
	"testing"

	"gpupick/tui/view"

	tea "github.com/charmbracelet/bubbletea"
)

func TestCompare(t *testing.T) {
	// Without marks it shows the offer under the cursor, so that its cost needs no second one.
	alone := newRig(t, 80, 24, whole(five)).keys("j", "c").sees("1× A100", "24 h", "$36.00").
		seesNot(" marked").keys("space").
		sees("It is not marked")
	alone.keys("esc", "space", "c").sees("1× A100").seesNot("H100").keys("space").sees("No offer to compare is left")
	r := newRig(t, 80, 24, whole(five)).keys("space", "j", "space", "space", "k", "c").
		sees("1× L4", "1× H100", "2× H100", "$/hr", "24 h", "$12.00", "$1,000 lasts", "20.8 days", "3 of 3 marked")
	for label, want := range map[string]string{"$/hr": "0.50 ✓ 2.00 4.00", "per GPU": "0.50 ✓ 2.00 2.00",
		"GPUs": "1 1 2 ✓", "total VRAM*": "24 GB 80 GB 160 GB ✓", "disk": "500 GB 500 GB 500 GB",
		"24 h": "$12.00 ✓ $48.00 $96.00"} {
		if line := strings.Join(strings.Fields(strings.TrimPrefix(r.lineOf(" "+label+" "), " "+label)),
			" "); line != want {
			t.Errorf("%s: %q, want %q", label, line, want)
		}
	}
	r.keys("left").sees("2 of 3 marked").keys("y").sees("one-h100 copied")
	if len(r.copied) != 1 || r.copied[0] != "one-h100" {
		t.Errorf("copied %q", r.copied)
	}
	r.keys("h", "h", "h", "tab", "enter").picks("one-h100")
}

func TestCompareForHoursAndABudget(t *testing.T) {
	r := newRig(t, 80, 24, whole(five)).keys("space", "space", "c", "n").sees("Hours [24]: █", "enter set").
		keys("type:100", "enter").sees("100 h", "$50.00", "$150.00")
	r.keys("b").sees("Budget [$1,000]: █").keys("type:3", "enter").sees("$3 lasts", "6.0 hours", "2.0 hours").
		keys("n", "enter").sees("100 h")
	for _, odd := range []string{"0", "-1", "x", "NaN", "1e9", "Inf"} {
		r.keys("n", "type:"+odd, "enter").sees("Type a number above 0").keys("esc").sees("100 h")
	}
	r.keys("n", "paste: 0.5 \n", "enter").sees("0.5 h", "$0.25")
	// The hours and the budget are remembered.
	r.keys("q", "c").sees("0.5 h", "$3 lasts")
}

// The comparison shows the marked offers: one that is unmarked or no longer listed leaves it.
func TestCompareFollowsLoadsAndMarks(t *testing.T) {
	r := newRig(t, 80, 24, whole(five), whole(withoutID(five, "mid-a100"))).
		keys("space", "space", "space", "k", "c").
		sees("3 of 3 marked", " one-h100")
	r.run(r.m.reload())
	r.sees("2 of 2 marked, 1 gone", " one-h100").seesNot("A100").keys("space", "space").
		sees("No offer to compare is left")
	if r.m.focus != onTable {
		t.Error("it is still open")
	}
}

// If there is not enough room, the offers scroll sideways and the figures up and down; the
// labels stay.
func TestCompareScrolls(t *testing.T) {
	r := newRig(t, 60, 12, whole(demoRows(t))).keys("v", "j", "j", "j", "j", "j", "j", "j", "v", "g", "c")
	for range 9 {
		if !strings.Contains(r.lineOf(view.CursorMark), "× ") || !strings.Contains(r.m.View(), " region") {
			t.Errorf("the chosen row is not on screen:\n%s", plainText(r.m.View()))
		}
		checkFrame(t, r.m.View(), 60, 12)
		r.keys("right")
	}
	r.sees("8 of 8 marked").seesNot(" per PFLOPS").
		keys(slices.Repeat([]string{"j"}, 18)...).sees(" per PFLOPS", " id ").keys("k").seesNot(" per PFLOPS")
	for w := 40; w < 200; w += 11 {
		r.send(tea.WindowSizeMsg{Width: w, Height: 9})
		checkFrame(t, r.m.View(), w, 9)
	}
}
