package tui

import (
	"strings"
	"testing"

	"gpupick/api"
)

func TestANoticeHidesNoMenu(t *testing.T) {
	r := newRig(t, 60, 12, whole(demoRows(t))).keys("y").sees("quiet-bohr-rtx3060-021a copied").keys("s").
		sees("sort ▌p price↑")
	r.keys("esc", "y", "/").sees("enter keep")
}

func TestStatusLineKeepsItsText(t *testing.T) {
	r := newRig(t, 80, 24, step{page: api.Page{Rows: api.RowsOf(demoRows(t)...), Dropped: 3}})
	status := func() string {
		line := strings.Split(plainText(r.m.View()), "\n")[22]
		return strings.TrimSpace(strings.Replace(line, r.id(), "ID", 1))
	}
	first := status()
	for range 100 {
		if r.keys("j"); status() != first {
			t.Fatalf("on %s: %q, before %q", r.id(), status(), first)
		}
	}
}
