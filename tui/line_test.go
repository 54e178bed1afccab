package tui

import (
	"strings"
	"testing"

	"gpupick/styles"
	"gpupick/tui/query"
)

func TestFilterLine(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("/", "type:h100").sees("/ h100█", "2 of 5").seesNot("big-h200")
	r.keys("type: zzz").sees(`gpu:h100 · 2 offers · "zzz" not applied yet`, "2 of 5")
	r.keys("type: ").sees(`gpu:h100 · 2 offers · ignoring "zzz"`, "2 of 5")
	r.keys("ctrl+w", "ctrl+w", "type:memm:8").sees(`all offers · 5 offers · ignoring "memm:8" (mem:8?)`)
	r.keys("ctrl+u", "type:q?sS/X", "ctrl+a", "type:-").sees("/ -▏q?sS/X")
	r.keys("ctrl+e", "ctrl+u", "type:h100", "down").sees("2 of 5")
	if r.id() != "two-h100" || r.m.focus != onLine {
		t.Errorf("the arrow in the line: %s", r.id())
	}
	r.keys("ctrl+a", "ctrl+e")
	if r.id() != "two-h100" {
		t.Error("moving the caret moved the row cursor")
	}
	r.keys("enter")
	if r.m.focus != onTable || r.id() != "two-h100" {
		t.Errorf("after enter: %s", r.id())
	}
	r.keys("esc").sees("5 of 5", "Filter cleared · u undoes")
	r.keys("u").sees("2 of 5", "/ gpu:h100")
	r.keys("X").sees("5 of 5").keys("u").sees("2 of 5")
	r.keys("X", "X").sees("No filter to clear").keys("u").sees("2 of 5")
}

func TestHistory(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("/", "type:h100", "enter", "/", "ctrl+u", "type:l4", "enter", "/", "ctrl+p").sees("/ l4█").keys("ctrl+p").
		sees("/ h100█")
	r.keys("ctrl+p").sees("/ h100█").keys("ctrl+n").sees("/ l4█")
	r.keys("ctrl+u", "type:a100", "ctrl+p").sees("/ h100█")
	draft := newRig(t, 120, 20, whole(five)).keys("/", "type:h100", "enter", "/", "ctrl+u", "type:a1", "ctrl+p").
		sees("/ h100█").keys("ctrl+n")
	draft.sees("/ a1█", "1 of 5")
	// The filter in the line is the latest of the history: going back and forward leads to it again.
	newRig(t, 120, 20, whole(five)).keys("/", "type:gpu:h100", "enter", "/", "ctrl+p", "ctrl+n").sees("/ gpu:h100 █")
}

// A paste acts as no key: it goes into the text field, or opens the filter line.
func TestPasteGoesOnlyIntoATextField(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.keys("paste:qqq/\r").sees("/ qqq/ █").keys("esc")
	if r.quit || r.m.focus != onTable {
		t.Fatal("a paste acted on the table")
	}
	r.keys("/", "paste:h100\r\nus\x1b[31m").sees("/ h100 us█").keys("enter", "paste:l4").sees("/ gpu:h100 area:us l4█")
	newRig(t, 120, 20, whole(five)).keys("s", "paste:h100").sees("Nothing to paste into")
	newRig(t, 120, 20, whole(five)).keys("x", "paste:h100").sees("/ h100█", "2 offers").keys("enter").sees("H100")
}

// The screen shows below the line how the filter was read, and which terms are not applied, at every
// width and in every state.
func TestReadingIsShownBelowTheLine(t *testing.T) {
	for _, c := range []struct {
		w    int
		keys []string
		line string
	}{
		{80, []string{"type:h100 memm:8"}, `   gpu:h100 · 2 offers · ignoring "memm:8" (mem:8?)`},
		{80, []string{"type:h100 memm:8", "ctrl+a"}, `   gpu:h100 · 2 offers · ignoring "memm:8" (mem:8?)`},
		{80, []string{"type:" + strings.Repeat("h100 ", 20) + "memm:8"},
			`   gpu:h100 gpu:h100 gpu:h100 gpu:h100… · 2 offers · ignoring "memm:8" (mem:8?)`},
		{40, []string{"type:h100 price<20 memm:8"}, `   gpu:h10… · 2 offers · ignoring "mem…`},
		{80, []string{"type:cheapest per gpu h100 in europe un"},
			`   gpu:h100 area:europe · 1 offer by $/GPU ↑ · "un" not applied yet`},
		{80, []string{"type:h100 512gb "}, `   gpu:h100 · 2 offers · "512gb" may be mem>=512, disk>=512 or tvram>=512`},
	} {
		r := newRig(t, c.w, 12, whole(five)).keys("/").keys(c.keys...)
		if lines := strings.Split(plainText(r.m.View()), "\n"); strings.TrimRight(lines[2], " ") != c.line {
			t.Errorf("%v: %q, want %q", c.keys, lines[2], c.line)
		}
	}
	newRig(t, 80, 12, whole(nil)).keys("/", "type:memm:8").sees(`ignoring "memm:8"`)
	newRig(t, 80, 12, failing(errDown)).keys("/", "type:memm:8").sees(`ignoring "memm:8"`, "refused")
}

// Each kind of word in the line has its own style, with and without color.
func TestStylesOfTheLine(t *testing.T) {
	const text = "h100 please 512gb fooo vram>"
	for _, theme := range []string{"dark", "plain"} {
		r := prepared(t, func(o *Options) { o.Styles = themed(t, theme) }, whole(five))
		r.start(120, 20)
		line := strings.Split(r.keys("/", "type:"+text).m.View(), "\n")[1]
		st := r.m.opt.Styles
		for _, want := range []string{st.Filler.Render("please"), st.Asked.Render("512gb"), st.Unknown.Render("fooo"),
			st.Held.Render("vram>")} {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %q is not in %q", theme, want, line)
			}
		}
		looks := map[string]bool{}
		for _, s := range []styles.Style{st.Text, st.Filler, st.Held, st.Asked, st.Unknown} {
			looks[s.Render("x")] = true
		}
		if len(looks) != 5 {
			t.Errorf("%s: only %d looks", theme, len(looks))
		}
	}
}

// Enter in the line asks what an unclear word means, and Enter again takes the likeliest answer. Neither
// picks an offer.
func TestEnterAsksAboutUnclearWords(t *testing.T) {
	r := newRig(t, 100, 24, whole(demoRows(t))).keys("/", "type:h100 512gb", "enter").picks("")
	r.sees(`What is meant by "512gb"?`, "▌1  mem>=512 → 56 offers", " 2  disk>=512 → ", "Remove 512gb → 103 offers").
		seesNot("H100 SXM")
	r.keys("enter").picks("").sees("/ gpu:h100 mem>=512", "56 of 624", "H100")
	r = newRig(t, 100, 24, whole(five)).keys("/", "type:hopper germny rdma", "enter").
		sees(`"germny" is not understood. Did you mean:`, "▌1  area:germany → no match")
	r.keys("j", "enter").sees(`"rdma" is not understood: the list does not say`, "▌1  Remove rdma").keys("enter").
		sees("/ gen:hopper ")
	newRig(t, 100, 24, whole(five)).keys("/", "type:h100 fooo", "enter").seesNot("two-h100").
		sees(`"fooo" is not understood`)
}

func TestNothingMatches(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("/", "type:h100 price<1 eu", "enter")
	newRig(t, 100, 24, whole(five)).keys("/", `type:"zzz" `).sees("esc, then X clears the filter")
	r.sees("No match", "Remove gpu:h100 → still no match", "1  Remove price<1 → 1 offer from $2.00 per GPU",
		"X clears the filter", "0 of 5")
	newRig(t, 100, 24, whole(five)).keys("/", "type:cheapest per gpu h100", "enter").
		sees("/ gpu:h100 ", "by $/GPU", "Sorted by $/GPU ↑")
}

func TestEnterRemovesTheChosenTerm(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("/", "type:h100 price<1 us count:2", "enter")
	r.sees("No match", "Remove gpu:h100 → still no match")
	r = newRig(t, 100, 24, whole(five)).keys("/", "type:gpu:h100 us count:2", "enter").
		sees("▌1  Remove area:us → 1 offer", " 2  Remove count:2 → 1 offer", "enter applies it")
	r.keys("j").sees("▌2  Remove count:2").keys("j", "j").sees("▌2  Remove count:2").keys("enter").
		sees("/ gpu:h100 area:us", "1 of 5")
	if r.quit || r.id() != "one-h100" {
		t.Errorf("the cursor is on %q", r.id())
	}
	r.keys("/", "ctrl+p").sees("/ gpu:h100 us count:2█") // the history has the filter as it was
}

func TestOnlyThisValueAndWithoutIt(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("s", "r", "j", "@").
		sees(" only ", `▌r region="eu-west-1"`, `u gpu="A100"`, "n count:1", "m mem:256").
		keys("enter").sees(`/ region="eu-west-1"`, "2 of 5")
	r.keys("!").sees(" not ").keys("u").sees(`-gpu="A100"`, "1 of 5", "Filter changed · u undoes")
	r.keys("X", "s", "p", "@", "esc").sees("5 of 5").keys("@", "left", "right", "enter").sees("/ price:0.5", "1 of 5")
}

func TestOffersHiddenForUnknownValuesAreCounted(t *testing.T) {
	newRig(t, 100, 24, whole(five)).keys("/", "type:vram>=80").sees("1 offer with unknown VRAM hidden", "3 of 5")
}

func TestStartingWithAFilterAndAnOrder(t *testing.T) {
	r := prepared(t, func(o *Options) {
		o.Filter = "h100"
		o.Sort = query.Sort{{Field: query.Count, Desc: true}}
	}, whole(five))
	r.start(100, 24)
	r.sees("/ h100", "2 of 5", "by count ↓")
	if r.id() != "two-h100" {
		t.Errorf("the cursor is on %s", r.id())
	}
}

func TestCompletionInTheLine(t *testing.T) {
	r := newRig(t, 100, 24, whole(demoRows(t))).keys("/", "type:gh", "tab").sees(`/ gpu:gh200█`, "8 of 624")
	r.keys("ctrl+u", "type:reg", "tab").sees("/ region:█", `"region:" not applied yet`).keys("tab").
		sees("tab insert", "  us-").keys("down", "tab").sees(`/ region="`)
	if len(r.m.completion.list) > 0 || r.m.result.Rows.Len() == 0 {
		t.Error("the list is still open, or nothing matches")
	}
	r.keys("ctrl+u", "type:h1", "tab").sees("H100").keys("esc")
	if r.m.focus != onLine || len(r.m.completion.list) > 0 {
		t.Error("esc did not only close the list")
	}
	r.keys("tab", "type:00").sees("/ h100█")
	if len(r.m.completion.list) > 0 {
		t.Error("typing did not close the list")
	}
	r.keys("ctrl+u", "type:zzzz", "tab").sees("Nothing to complete")
	r.keys("ctrl+u", "type:gpu:h count:8", "ctrl+a", "right", "right", "right", "right", "right", "tab", "tab").
		sees(" count:8")
	if r.m.line.Value() == "gpu:h count:8" {
		t.Errorf("in the middle of the line: %q", r.m.line.Value())
	}
	r.keys("ctrl+e", "ctrl+u", "type:gpu:h", "tab", "paste: price<50").sees("/ gpu:h price<50█")
	if len(r.m.completion.list) > 0 {
		t.Error("a paste did not close the list")
	}
}

func TestChips(t *testing.T) {
	r := newRig(t, 100, 24, whole(five)).keys("backspace").sees("No filter to remove a term from")
	r.keys("/", "type:h100 us count:1", "enter", "backspace").sees("count:1 ×").keys("left").sees("area:us ×").
		keys("backspace").sees("/ gpu:h100 count:1", "count:1 ×", "1 of 5")
	r.keys("left", "left", "enter").sees("/ count:1", "3 of 5").keys("x").sees("5 of 5", "enter copy & quit")
	r.keys("/", "type:l4", "enter", "backspace", "esc")
	if r.m.focus != onTable || r.quit {
		t.Error("esc does not lead back to the table")
	}
	narrow := newRig(t, 40, 12, whole(five)).
		keys("/", "type:h100 us count:1 price<20 mem>=1 cpu>1", "enter", "backspace").sees("cpu>1 ×")
	narrow.keys("left", "left", "left", "left", "left").sees("h100 ×")
}
