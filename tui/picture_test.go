package tui

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"image/color"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// TestPicture keeps the README's picture what the program draws. It is made
// from the program's own output, put on an emulated terminal:
//
//	go test ./tui -run Picture -update
func TestPicture(t *testing.T) {
	const path, w, h = "../testdata/screens/gpupick.svg", 140, 30
	r := prepared(t, func(o *Options) { o.Styles = themed(t, "dark") }, whole(demoRows(t)))
	r.start(w, h)
	r.keys("/", "type:gpu:h100 us,canada price<25", "enter", "s", "g", "j", "j", "space", "j", "j", "space", "k")
	r.now = r.now.Add(12 * time.Second)
	screen := vt.NewEmulator(w, h)
	if _, err := screen.Write([]byte(strings.ReplaceAll(r.m.View(), "\n", "\r\n"))); err != nil {
		t.Fatal(err)
	}
	picture := svg(screen, w, h)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(path); err != nil || !bytes.Equal(have, picture) {
		t.Errorf("the picture is not what the program draws: go test ./tui -run Picture -update (%v)", err)
	}
}

// svg draws a screen: a ground and a text for each stretch of one look, every
// letter at its column.
func svg(screen *vt.Emulator, w, h int) []byte {
	const cw, ch, ground, ink = 8.4, 18.0, "#1b2130", "#d8dee9"
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n", float64(w)*cw+24, float64(h)*ch+24)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", ground)
	for y := range h {
		for x := 0; x < w; {
			first := look(screen, x, y)
			text, n := "", 0
			for ; x+n < w && look(screen, x+n, y) == first; n++ {
				c := " "
				if cell := screen.CellAt(x+n, y); cell != nil && cell.Content != "" {
					c = cell.Content
				}
				text += c
			}
			left, top := 12+float64(x)*cw, 12+float64(y)*ch
			if first.ground != "" {
				fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", left, top, float64(n)*cw, ch, first.ground)
			}
			if strings.TrimSpace(text) != "" {
				weight, fill := "", ink
				if first.bold {
					weight = ` font-weight="bold"`
				}
				if first.ink != "" {
					fill = first.ink
				}
				fmt.Fprintf(&b, `<text xml:space="preserve" x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n", left, top+13.5, float64(n)*cw, fill, weight, html.EscapeString(text))
			}
			x += n
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

type appearance struct {
	ink, ground string
	bold        bool
}

func look(screen *vt.Emulator, x, y int) appearance {
	cell := screen.CellAt(x, y)
	if cell == nil {
		return appearance{}
	}
	return appearance{ink: hex(cell.Style.Fg), ground: hex(cell.Style.Bg), bold: cell.Style.Attrs&1 != 0}
}

func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
