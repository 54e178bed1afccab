package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"gpupick/tui/terminal/paint"
)

// TestPaintedFrames checks, over random keys and sizes, that a terminal updated by the painter
// shows the same as one on which every frame is written from scratch.
func TestPaintedFrames(t *testing.T) {
	painted, afresh := vt.NewEmulator(80, 24), vt.NewEmulator(80, 24)
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	for seed := range rounds {
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		var p paint.Painter
		r := prepared(t, func(o *Options) {
			o.ASCII = seed%4 == 0
			o.Styles = themed(t, []string{"dark", "light", "plain"}[seed%3])
			o.Demo = o.Open
		}, whole(append(oddities(hostile), demoRows(t)[:100]...)))
		r.start(80, 24)
		fz := &fuzzed{rig: r, hostile: hostile}
		for step := range 40 {
			b := byte(random.IntN(0x88)) // keys and sizes
			rest := make([]byte, 2)
			for i := range rest {
				rest[i] = byte(30 + random.IntN(100))
			}
			fz.act(b, rest)
			if r.quit || r.m.quitting {
				break
			}
			frame, w, h := r.m.View(), r.m.width, r.m.height
			if w == 0 || h == 0 {
				continue
			}
			painted.Resize(w, h)
			_, _ = painted.Write(p.Frame(frame, w, h))
			afresh.Resize(w, h)
			_, _ = afresh.WriteString("\x1b[m\x1b[2J")
			for y, line := range strings.Split(frame, "\n") {
				_, _ = fmt.Fprintf(afresh, "\x1b[%d;1H\x1b[m%s", y+1, line)
			}
			for y := range h {
				if got, want := styledLine(painted, w, y), styledLine(afresh, w, y); got != want {
					t.Fatalf("seed %d, step %d (%q), %d×%d, line %d\npainted %s\nafresh  %s", seed, step, b, w, h, y,
						got, want)
				}
			}
		}
	}
}

// styledLine returns a line of a terminal with its styles.
func styledLine(emu *vt.Emulator, w, y int) string {
	var b strings.Builder
	var style uv.Style
	for x := range w {
		c := emu.CellAt(x, y)
		if c.Style != style {
			style = c.Style
			_, _ = fmt.Fprintf(&b, "{%v}", style)
		}
		b.WriteString(c.Content)
	}
	return b.String()
}
