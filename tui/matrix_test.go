package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/known"
	"gpupick/tui/view"
)

func TestMatrix(t *testing.T) {
	r := newRig(t, 120, 24, whole(five), whole(append(rowsOf("new T4 | | mars"), five...))).keys("G", "x").
		sees("us-east-1", "eu-west-1", "ap-northeast-1",
			"H200 · ap-northeast-1 · 1 offer from $2.00 per GPU · big-h200",
			"enter go to these offers")
	// Ordered by price: L4 at 0.50, A100 at 1.50, then H100 and H200 at 2.00; the regions, too.
	r.sees("GPU 4 of 4, region 3 of 3")
	r.keys("k").sees("H100 · ap-northeast-1 · nothing").keys("enter").sees("No offers there").keys("tab").
		sees("H100 · us-east-1 · 1 offer").keys("tab").sees("H100 · eu-west-1").keys("tab", "N").
		sees("H100 · eu-west-1")
	// A load keeps the chosen GPU and region, even if they move.
	r.run(r.m.reload())
	r.sees("T4", "mars", "H100 · eu-west-1")
	r.keys("enter").sees(`/ gpu="H100" region="eu-west-1"`, "1 of 6")
	if r.id() != "two-h100" || r.m.focus != onTable {
		t.Errorf("on %s", r.id())
	}
	// The matrix shows the offers that match the filter.
	r.keys("X", "/", "type:h200,l4", "enter", "x").seesNot("A100", "eu-west-1").sees("L4", "H200").keys("esc").
		sees("2 of 6")
	newRig(t, 80, 24, whole(nil)).keys("x").sees("No offers to show")
	// A load that leaves nothing to show closes it.
	r = newRig(t, 80, 24, whole(five), whole(nil)).keys("x")
	r.run(r.m.reload())
	if r.m.focus != onTable {
		t.Error("an empty matrix is shown")
	}
}

// The matrix scrolls both ways, and its headings stay.
func TestMatrixScrolls(t *testing.T) {
	r := newRig(t, 60, 14, whole(demoRows(t))).keys("x", "G", "end")
	heads := func() (gpu, region string) {
		m := r.m
		grid := m.list.catalog.Matrix(m.result.Rows, catalog.Regions)
		keyGPU, keyRegion, _ := strings.Cut(m.view().Target(m.frame()).Key, "\n")
		for _, g := range grid.GPUs {
			if g.Key() == keyGPU {
				gpu = known.ShortCard(g.Label)
			}
		}
		for _, reg := range grid.Regions {
			if reg.Key() == keyRegion {
				region = reg.Label
			}
		}
		return gpu, region
	}
	for _, keys := range []string{"", "k", "h", "pgup", "g", "home", "j", "l", "pgdown"} {
		if keys != "" {
			r.keys(keys)
		}
		lines := strings.Split(plainText(r.m.View()), "\n")
		gpu, region := heads()
		if !strings.Contains(lines[2], region[:min(4, len(region))]) {
			t.Errorf("%s: %q is not in the heads %q", keys, region, lines[2])
		}
		at := -1
		for i, line := range lines {
			if strings.Contains(line, view.CursorMark) {
				at = i
			}
		}
		if at < 3 || !strings.HasPrefix(lines[at], " "+gpu[:min(4, len(gpu))]) {
			t.Errorf("%s: the cursor is on line %d of\n%s", keys, at, strings.Join(lines, "\n"))
		}
		checkFrame(t, r.m.View(), 60, 14)
	}
	for w := 40; w < 130; w += 7 {
		r.send(tea.WindowSizeMsg{Width: w, Height: 9})
		checkFrame(t, r.m.View(), w, 9)
	}
}
