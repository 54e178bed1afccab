package view

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
)

// everyView returns one view of each kind, as the table opens it, except those that have nothing to show.
func everyView(f Frame) map[string]View {
	views := map[string]View{"matrix": Matrix{}, "distribution": Picture{},
		"compare": NewCompare(UsualAssumptions, catalog.Row{}),
		"help":    NewHelp("table"), "sort": Sort{}, "then": Sort{Further: true}, "columns": Columns{},
		"command": Command{}, "planner": NewPlanner(f.Query)}
	if menu, rows := NewCopyAs(f, 0); len(rows) > 0 {
		views["copyas"] = menu
	}
	if f.Rows.Len() > 1 {
		if list := f.Catalog.Closest(f.Rows.At(0), NearMost); len(list) > 0 {
			views["near"] = NewNear(f.Rows.At(0), list)
		}
	}
	return views
}

var someCards = []string{"H100 SXM", "H100", "A100 80GB", "L4", "RTX 4090", "", "MI300X", "CPU", "odd \u0301 card"}

// randomFrame is a frame of random offers on a random screen.
func randomFrame(t *testing.T, rnd *rand.Rand) Frame {
	t.Helper()
	theme, err := styles.Named("dark")
	if err != nil {
		t.Fatal(err)
	}
	var offers []api.InstanceType
	for i := range rnd.IntN(40) {
		offer := api.InstanceType{ID: fmt.Sprintf("offer-%d", i), GPUType: someCards[rnd.IntN(len(someCards))],
			Region: []string{"us-east-1", "Oslo", "", "eu-west-1"}[rnd.IntN(4)], GPUCount: api.Some(int64(rnd.IntN(9)))}
		if rnd.IntN(5) > 0 {
			offer.HourlyRate = api.Some(rnd.Float64() * 30)
		}
		offers = append(offers, offer)
	}
	c := catalog.New(api.RowsOf(offers...))
	f := Frame{
		Pen: Pen{Width: 40 + rnd.IntN(160), Styles: styles.New(styles.NewRenderer(io.Discard, nil, theme), theme),
			ASCII: rnd.IntN(4) == 0},
		Height: 1 + rnd.IntN(40), Lines: 50, Keys: keymap.Default(), Catalog: c, Rows: c.Run(query.Query{}).Rows,
		Columns: []Column{{Name: "gpu", Title: "GPU", Chosen: true}, {Name: "mem", Title: "RAM"}},
		Command: "gpupick --demo --sort price",
	}
	if n := f.Rows.Len(); n > 0 {
		f.Row = f.Rows.At(rnd.IntN(n))
		f.Marked = f.Rows.List()[:rnd.IntN(n+1)]
		f.Marks = len(f.Marked)
	}
	f.NoGPU = c.Run(query.Query{}).OnlyWithoutGPU()
	return f
}

// drawn returns everything that a view shows.
func drawn(v View, f Frame) string {
	lines := v.Foot(f)
	if v, is := v.(FullBody); is {
		lines = append(v.Body(f), lines...)
	}
	if v, is := v.(WithStatus); is {
		lines = append(lines, fmt.Sprint(v.Status(f)))
	}
	return strings.Join(lines, "\n")
}

var viewKeys = []string{"up", "down", "left", "right", "enter", "tab", "shift+tab", " ", "home", "end", "pgup",
	"pgdown",
	"/", "b", "h", "1", "2", "9", "j", "k", "<", ">", "backspace", "esc", "x", "y", "w"}

func keyOf(name string) tea.KeyMsg {
	for t := tea.KeyType(-100); t < 40; t++ {
		if msg := (tea.KeyMsg{Type: t}); t != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// TestViewsAreValues checks that keys, clicks and loads return another view and leave the old one
// unchanged, that a body has the height of its frame, and that its lines fit the screen, except in the
// help.
func TestViewsAreValues(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	rnd := rand.New(rand.NewPCG(seed, 3))
	for range 50 {
		f := randomFrame(t, rnd)
		for name, v := range everyView(f) {
			did := []string{}
			fit := func(v View, f Frame) View {
				v, wants := v.Fit(f)
				if _, closes := wants.(Close); closes {
					return nil
				}
				return v
			}
			for v = fit(v, f); v != nil && len(did) < 30; {
				before := drawn(v, f)
				if body, is := v.(FullBody); is {
					lines := body.Body(f)
					for _, line := range lines {
						if cell.Width(line) > f.Width+1 && name != "help" {
							t.Fatalf("seed %d, %s after %q: a line of %d in %d columns: %q", seed, name, did,
								cell.Width(line), f.Width, line)
						}
					}
					if len(lines) != f.Height {
						t.Fatalf("seed %d, %s after %q: %d lines, %d wanted", seed, name, did, len(lines), f.Height)
					}
				}
				next, wants := v, Intent(nil)
				switch body, is := v.(FullBody); {
				case is && rnd.IntN(8) == 0:
					next, wants = body.Click(rnd.IntN(f.Width), rnd.IntN(f.Height), f)
					did = append(did, "click")
				case is && rnd.IntN(8) == 0:
					next, wants = body.Wheel(1-2*rnd.IntN(2), f)
					did = append(did, "wheel")
				default:
					key := viewKeys[rnd.IntN(len(viewKeys))]
					next, wants = v.Key(keyOf(key), f)
					did = append(did, key)
				}
				if after := drawn(v, f); after != before {
					t.Fatalf("seed %d, %s: %q has changed the view before it:\n%s\n%s", seed, name, did, before, after)
				}
				if _, closes := wants.(Close); closes {
					break
				}
				_ = v.Target(f)
				v = next
				if rnd.IntN(6) == 0 { // other offers, on a screen of another size
					other := randomFrame(t, rnd)
					if _, menu := v.(CopyAs); !menu {
						f, did = other, append(did, "a load")
					}
					v = fit(v, f)
				}
			}
		}
	}
}

// The planner changes what has to fit with the arrows and with letters, keeps a context that the model has, and shows
// the offers that hold it at once.
func TestPlanner(t *testing.T) {
	c := catalog.New(api.RowsOf([]api.InstanceType{
		{ID: "small", GPUType: "L4", GPUCount: api.Some(int64(1)), HourlyRate: api.Some(0.5)},
		{ID: "large", GPUType: "H100 SXM", GPUCount: api.Some(int64(2)), HourlyRate: api.Some(5.0)}}...))
	theme, _ := styles.Named("plain")
	f := Frame{Pen: Pen{Width: 100, Styles: styles.New(styles.NewRenderer(io.Discard, nil, theme), theme)}, Height: 24,
		Keys: keymap.Default(), Catalog: c}
	var v View = NewPlanner(query.Query{})
	v, _ = v.Fit(f)
	press := func(keys ...tea.KeyMsg) string {
		for _, k := range keys {
			v, _ = v.Key(k, f)
		}
		return strings.Join(v.Foot(f), "\n")
	}
	key := func(k tea.KeyType) tea.KeyMsg { return tea.KeyMsg{Type: k} }
	shows := func(screen string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(screen, w) {
				t.Errorf("%q is not on\n%s", w, screen)
			}
		}
	}
	shows(press(), "llama-3.1-70b", "fp8", "8k context", "1 user", "= 80.6 GB", "· 1 offer", "large")
	shows(press(key(tea.KeyRight), key(tea.KeyDown)), "int4", "(35.3 + 2.7 KV)")
	shows(press(key(tea.KeyLeft), tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("2-7b")}), "llama-2-7b", "4k context",
		"2 offers", "small")
	shows(press(key(tea.KeyBackspace), key(tea.KeyBackspace), key(tea.KeyBackspace), key(tea.KeyBackspace),
		tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("27b")}), "gemma-2-27b")
	shows(press(key(tea.KeyRight), key(tea.KeyRight), key(tea.KeyRight), key(tea.KeyUp), key(tea.KeyUp)), "4 users")
	_, wants := v.Key(key(tea.KeyEnter), f)
	filter, is := wants.(IfSeen).Do.(Filter)
	if !is || filter.Query.String() != "fits:gemma-2-27b@int4,4k,x4" {
		t.Errorf("%+v", wants)
	}
}
