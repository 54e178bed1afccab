package tui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
)

func TestDetails(t *testing.T) {
	r := newRig(t, 100, 30, whole(rivals)).keys("G", "p").
		sees("2 × H100", "dear-one", "us-east-1 (North America, United", "80 GB per GPU*, 160 GB total",
			"256 GB", "$48.00 a day · $1,440.00 for 30 days", "$1,000 lasts 20.8 days",
			"4th of 4 by price", "Cheaper, same or better specs (tab to choose):",
			"$1.00 us-east-1 good-cheaper", "$1.50 eu-west-1 good-middle")
	r.keys("tab", "j", "enter")
	if r.id() != "good-middle" || r.m.focus != onTable {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.keys("p").seesNot("as good or better")
	// Going to a row that the filter hides clears the filter, which can be restored.
	r = newRig(t, 100, 30, whole(rivals)).keys("/", "type:price>=2", "enter", "p", "tab", "enter").
		sees("It is outside the filter, which was cleared · u undoes")
	if r.id() != "good-cheaper" {
		t.Errorf("the cursor is on %s", r.id())
	}
	marked := newRig(t, 100, 30, whole(rivals)).keys("G", "space", "t", "p", "tab", "enter").
		sees("It is not marked: all offers shown · u undoes")
	if marked.id() != "good-cheaper" {
		t.Errorf("the cursor is on %s", marked.id())
	}
	low := newRig(t, 80, 24, whole(rivals)).keys("G", "p", "tab").
		sees("good-middle", "enter go to it")
	low.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	if low.m.focus != onTable {
		t.Error("a row can be chosen that is not on the screen")
	}
	newRig(t, 100, 30, whole(five)).keys("p").sees("No cheaper offer with these specs").keys("tab").sees("╭ GPU")
	wide := newRig(t, 200, 40, whole(rivals)).keys("p", "G").sees("│ 2 × H100").keys("tab", "tab").
		sees("enter go to it").keys("esc", "k").sees("│ 2 × NVIDIA-H100")
	if wide.quit {
		t.Error("esc in the details quit")
	}
}

func TestDetailsOfARowWithoutValues(t *testing.T) {
	newRig(t, 100, 30, whole([]api.InstanceType{{ID: "bare"}})).keys("p").
		sees("– × –", "No cheaper offer with these specs")
}

// Text that is cut in the left column of the details does not touch the right column.
func TestDetailsColumnsDoNotTouch(t *testing.T) {
	rows := slices.Clone(five)
	for i := range rows {
		rows[i].Region = "a region with a name that is far too long for half a screen"
	}
	r := prepared(t, func(*Options) {}, whole(rows))
	r.start(80, 24)
	r.keys("p")
	for _, line := range strings.Split(r.m.View(), "\n") {
		if i := strings.Index(line, "…"); i >= 0 && strings.Contains(line, " region ") &&
			!strings.HasPrefix(line[i:], "… ") {
			t.Errorf("%q", line)
		}
	}
	r.sees(" region  a region with")
}

// The details show the sum of what a model needs in the offer, what is left, and what the estimate rests on.
func TestDetailsOfAModelThatHasToFit(t *testing.T) {
	offer := func(gpu string, count int64) []step {
		return []step{whole([]api.InstanceType{{ID: "one", GPUType: gpu, GPUCount: api.Some(count), Region: "us-east-1",
			HourlyRate: api.Some(4.0)}})}
	}
	r := newRig(t, 160, 45, offer("H100 SXM", 2)...).keys("/", "type:fits:70b@fp8,32k", "enter", "p")
	r.sees("88.8 of 160 GB = (70 fp8 + 10.7 KV 32k) + 10%", "230,000 tokens", "shape typical of 70b", "estimate*")
	r = newRig(t, 160, 45, offer("A100 SXM 80GB", 3)...).keys("/", "type:fits:llama-3.1-8b@fp8,8k,x4", "enter", "p")
	r.sees("13.6 of 80 GB = (8 fp8 + 4.3 KV 8k × 4) + 10%", "120,000 tokens", "on one GPU: 3",
		"the GPU does not comput").seesNot("typical")
	newRig(t, 160, 45, offer("H100 SXM", 1)...).keys("/", "type:fits:llama-3.1-8b@fp8", "enter", "p").
		sees("its whole")
	newRig(t, 160, 45, offer("H100 SXM", 1)...).keys("/", "type:-fits:70b@fp16", "enter", "p").
		sees("does not: 157 of 80 GB").seesNot("up to")
}
