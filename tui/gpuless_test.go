package tui

import (
	"strings"
	"testing"

	"gpupick/api"
)

// Offers without a GPU are shown and picked like others; views that compare GPUs leave
// them out.
func TestFaultOffersWithoutAGPUOnTheScreen(t *testing.T) {
	machines := rowsOf("small CPU | | us-east-1", "large CPU | || eu-west-1")
	for i := range machines {
		machines[i].GPUCount = api.Some(int64(0))
	}
	for n := 1; n <= 2; n++ {
		only := machines[:n]
		r := newRig(t, 80, 24, whole(only)).seesNot("+").
			sees([]string{"1 without a GPU of 1", "2 without a GPU of 2"}[n-1])
		for _, view := range []string{"x", "P"} {
			r.keys(view).sees("These offers have no GPU")
		}
		r.keys("p").sees("no GPU").sees("(– per GPU)").keys("p", "enter").picks("small")
	}
	mixed := append(append([]api.InstanceType{}, machines...), five...)
	r := newRig(t, 120, 24, whole(mixed)).sees("5 + 2 without a GPU of 7")
	if screen := r.m.View(); strings.Index(screen, "cheap-l4") > strings.Index(screen, "small") {
		t.Errorf("the cheapest machine without a GPU stands before the cheapest with one:\n%s", screen)
	}
	r.keys("x").seesNot("CPU ").keys("esc", "P").seesNot("CPU ").
		keys("esc", "/", "g", "p", "u", ":", "n", "o", "n", "e", "enter").sees("2 without a GPU of 7").keys("enter").
		picks("small")
}
