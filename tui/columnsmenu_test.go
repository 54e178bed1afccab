package tui

import (
	"errors"
	"strings"
	"testing"
)

// headings returns the column titles on the screen, in order.
func (r *rig) headings() string {
	var titles []string
	for _, c := range r.m.grid().layout() {
		titles = append(titles, c.title)
	}
	return strings.Join(titles, " ")
}

func TestChoosingColumns(t *testing.T) {
	const usual = "GPU COUNT $/HR $/GPU·HR REGION RAM VRAM vCPU DISK TYPE VS BEST ID"
	r := newRig(t, 200, 20, whole(five)).keys("0", "j")
	for _, c := range []struct{ keys, want string }{
		{"C", usual},
		{"right space", "GPU $/HR $/GPU·HR REGION RAM VRAM vCPU DISK TYPE VS BEST ID"},
		{"space", usual},
		{">", "GPU $/HR COUNT $/GPU·HR REGION RAM VRAM vCPU DISK TYPE VS BEST ID"},
		{"< <", "COUNT GPU $/HR $/GPU·HR REGION RAM VRAM vCPU DISK TYPE VS BEST ID"},
		{"<", "COUNT GPU $/HR $/GPU·HR REGION RAM VRAM vCPU DISK TYPE VS BEST ID"},
		{"space L space", "GPU COUNT $/HR $/GPU·HR REGION RAM VRAM vCPU DISK TYPE VS BEST ID"}, // moved while hidden
		{"backspace", usual},
		// the last column cannot be hidden
		{"space right space right space right space right space right space right space right space right space " +
			"right space right space", "VS BEST ID"},
		{"esc", "VS BEST ID"},
	} {
		if r.keys(strings.Fields(c.keys)...); r.headings() != c.want {
			t.Errorf("%s: %s\nwant %s", c.keys, r.headings(), c.want)
		}
		checkFrame(t, r.m.View(), 200, 20)
	}
	if r.id() != "mid-a100" || r.m.focus != onTable {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.keys("C", "backspace", "esc").sees("mid-a100")
}

func TestConfiguredOrderDecidesWhichColumnsFit(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Columns = []string{"disk", "type", "gpu", "price", "region", "mem"} },
		whole(demoRows(t)))
	r.start(50, 20)
	if have := r.headings(); have != "DISK TYPE GPU $/HR ID" && have != "DISK TYPE GPU ID" && have != "DISK TYPE ID" {
		t.Error(have)
	}
	for w := 40; w < 200; w++ {
		for _, columns := range [][]string{{"vsbest"}, {"disk", "gpu"}, {"region", "gpu", "type"}, {"id"}} {
			r := prepared(t, func(o *Options) { o.Columns = columns }, whole(five))
			r.start(w, 10)
			r.keys("right", "right", "left")
			checkFrame(t, r.m.View(), w, 10)
		}
	}
}

func TestColumnsAreWrittenToTheSettings(t *testing.T) {
	var saved []string
	var fails error
	r := prepared(t, func(o *Options) {
		o.SaveColumns = func(names []string) (string, error) {
			saved = names
			return "~/.config/gpupick/config.yaml", fails
		}
	}, whole(five))
	r.start(120, 20)
	r.keys("C", "space", "w").sees("Columns saved in ~/.config/gpupick/config.yaml")
	if have := strings.Join(saved, " "); have != "count price was pergpu region mem vram cpu disk type vsbest" {
		t.Errorf("%s", have)
	}
	fails = errors.New("~/.config/gpupick/config.yaml cannot be written: permission denied")
	r.keys("w").sees("Not written: ~/.config/gpupick/config.yaml cannot be written: permission denied")
	newRig(t, 120, 20, whole(five)).keys("C", "w").sees("There is no home directory to save settings in")
}
