package tui

import (
	"strings"
	"testing"
)

func TestMarksBelongToIds(t *testing.T) {
	changed := append(rowsOf("new-cheapest T4 | | us-east-1"), five[1:]...) // without cheap-l4
	r := newRig(t, 100, 20, whole(five), whole(changed))
	r.keys("space", "j", "space").sees("● L4", "● H100", "2 marked", "y copy 2 ids", "Y copy as", "M clear marks")
	if r.id() != "two-h100" {
		t.Errorf("marking moved the cursor to %s", r.id())
	}
	r.keys("/", "type:h100", "enter").sees("2 marked, 1 hidden", "2 of 5").keys("s", "m").sees("2 marked, 1 hidden")
	r.keys("X", "t").sees("only 2 marked", "2 of 5", "cheap-l4").seesNot("A100  ")
	r.keys("t", "r").sees("1 marked, 1 gone", "5 of 5").keys("M").
		sees("2 marks cleared · u undoes").keys("u").sees("1 marked, 1 gone").keys("ctrl+r", "t").
		sees("No marked offers (space marks one)")
}

func TestMarkingARange(t *testing.T) {
	r := newRig(t, 120, 20, whole(five)).keys("j", "v").sees("Range started: move, then v again").keys("j", "j").
		sees("○ ", "range of 3").keys("v").sees("3 marked").seesNot("range of", "○")
	r.keys("M", "G", "v", "k", "k", "v").sees("3 marked")
	r.keys("M", "v", "esc", "j", "v").seesNot("1 marked", "2 marked")
}

func TestOnlyMarkedUnderAFilterThatHidesThem(t *testing.T) {
	newRig(t, 120, 20, whole(five)).keys("space", "t", "/", "type:h100", "enter").
		sees("No marked offer matches · t shows all offers").keys("t").sees("2 of 5")
	newRig(t, 120, 20, whole(five)).keys("space", "space", "t", "g", "space").sees("only 1 marked").
		seesNot("no longer", "gone")
}

func TestPickingAllThatAreMarked(t *testing.T) {
	multi := func(o *Options) { o.Multi = true }
	r := prepared(t, multi, whole(five))
	r.start(120, 20)
	r.keys("G", "space", "g", "space", "/", "type:h200", "enter").sees("enter copy & quit 2 ids").keys("enter")
	if r.picked() != "big-h200 cheap-l4" || strings.Join(r.copied, "|") != "big-h200\ncheap-l4" {
		t.Errorf("picked %q, copied %q", r.picked(), r.copied)
	}
	r = prepared(t, multi, whole(five))
	r.start(120, 20)
	if r.keys("j", "enter"); r.picked() != "mid-a100" {
		t.Errorf("without marks picked %q", r.picked())
	}
	// Without --multi, Enter acts on the offer under the cursor; y copies the marked ids.
	r = newRig(t, 120, 20, whole(five)).keys("space", "space", "y")
	if strings.Join(r.copied, "|") != "cheap-l4\nmid-a100" {
		t.Errorf("copied %q", r.copied)
	}
	if r.keys("enter"); r.picked() != "one-h100" {
		t.Errorf("picked %q", r.picked())
	}
}
