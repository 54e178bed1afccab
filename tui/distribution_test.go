package tui

import (
	"strings"
	"testing"

	"gpupick/tui/view"

	tea "github.com/charmbracelet/bubbletea"
)

func TestPriceDistribution(t *testing.T) {
	r := newRig(t, 80, 24, whole(five), whole(five[:3])).keys("j", "j", "P").
		sees("$/GPU·HR", "FROM", "MEDIAN", "H100 · 2 offers, $2.00 to $2.00 per GPU, median $2.00",
			"▲ selected offer")
	if line := r.lineOf("H100  "); !strings.HasPrefix(line, view.CursorMark) ||
		!strings.Contains(line, view.StripMark) {
		t.Errorf("%q", line)
	}
	r.keys("g").sees("L4 · 1 offer, $0.50").keys("j").sees("A100 · 1 offer").keys("enter").
		sees(`/ gpu="A100"`, "1 of 5")
	if r.m.focus != onTable || r.id() != "mid-a100" {
		t.Errorf("on %s", r.id())
	}
	// The view shows the offers that match the filter, and follows a load.
	r.keys("X", "/", `type:"h"`, "enter", "P").seesNot("L4", "A100").sees("H100", "H200").keys("G").sees("H200 · ")
	r.run(r.m.reload())
	r.sees("H200 is no longer listed here").keys("enter").sees("H200 is no longer listed here").keys("k").
		sees("H100 · 1 offer").seesNot("H200").keys("q").sees("1 of 3")
	newRig(t, 80, 24, whole(nil)).keys("P").sees("No offers to show")
	bare := rowsOf("a X | | y")
	bare[0].HourlyRate.Known = false
	newRig(t, 80, 24, whole(bare)).keys("P").sees("These offers have no known price")
	bare = append(bare, rowsOf("b Y | | y")...)
	newRig(t, 120, 24, whole(bare)).keys("P").sees("1 offer without a price")
}

// The key b compares prices by other figures, in the picture and in the table, among all offers that have them.
func TestPricesByOtherFigures(t *testing.T) {
	rows := rowsOf("big H200-SXM | |||||||| us", "small L4 | | us", "odd Nobody's-Card | || us")
	r := newRig(t, 160, 24, whole(rows)).sees("VS BEST").keys("b").
		sees("VS $/GB", "compared per GB of VRAM*, among all offers shown")
	for id, want := range map[string]string{"big": "+36%", "small": "best", "odd": "–"} {
		if line := r.lineOf(id); !strings.Contains(line, want) {
			t.Errorf("%s: %q, want %s", id, line, want)
		}
	}
	r.keys("P").sees("$/GB·HR*", "0.021", "0.028").keys("G").sees("H200 SXM · 1 offer", "per GB of VRAM*").
		seesNot("Nobody").keys("b", "k").sees("$/TB/S·HR*", "0.83", "unknown for 1 offer").
		keys("b", "k").sees("$/PFLOPS·HR*").keys("b", "k").sees("$/GPU·HR", "Nobody")
	newRig(t, 100, 24, whole(rows[2:])).keys("b", "P").sees("These offers have no known price per GB of VRAM*")
}

func TestPriceDistributionAtEverySize(t *testing.T) {
	r := newRig(t, 80, 24, whole(demoRows(t))).keys("P")
	for w := 40; w < 220; w += 9 {
		for h := 8; h < 50; h += 13 {
			r.send(tea.WindowSizeMsg{Width: w, Height: h})
			r.keys("pgdown")
			checkFrame(t, r.m.View(), w, h)
			if !strings.Contains(r.lineOf(view.CursorMark), view.CursorMark) {
				t.Fatalf("%d×%d: the cursor is not on screen", w, h)
			}
		}
	}
}
