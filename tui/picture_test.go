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

// ground and ink are the background and text colors of the pictures, by theme.
var ground, ink = map[string]string{"dark": "#1b2130", "light": "#fbfbfa"},
	map[string]string{"dark": "#d8dee9", "light": "#2b303b"}

// pictures are the README's pictures: their names and sizes, and the keys that lead to each screen.
var pictures = []struct {
	name string
	w, h int
	keys []string
}{
	{"table", 140, 30, []string{"/", "type:gpu:h100 us,canada price<25", "enter", "s", "g", "j", "j", "space", "j", "j",
		"space", "k"}},
	{"details", 140, 28, []string{"0", "/", "type:8xh100 eu", "enter", "G", "p"}},
	{"matrix", 120, 16, []string{"/", "type:h100,h200,b200 us,eu", "enter", "x", "+"}},
	{"fits", 100, 24, []string{"/", "type:eu", "enter", "F", "right", "right", "up", "up", "enter", "p", "j"}},
	{"compare", 100, 24, []string{"/", "type:8xh100 eu", "enter", "space", "j", "space", "j", "j", "space", "c"}},
}

// TestPictures checks that the README's pictures show what the program draws. They are made
// from the program's output on an emulated terminal:
//
//	go test ./tui -run Pictures -update
func TestPictures(t *testing.T) {
	for _, theme := range []string{"dark", "light"} {
		for _, p := range pictures {
			path := fmt.Sprintf("../testdata/screens/%s-%s.svg", p.name, theme)
			r := prepared(t, func(o *Options) { o.Styles = themed(t, theme) }, whole(demoRows(t)))
			r.start(p.w, p.h)
			r.keys(p.keys...)
			r.now = r.now.Add(12 * time.Second)
			screen := vt.NewEmulator(p.w, p.h)
			if _, err := screen.Write([]byte(strings.ReplaceAll(r.m.View(), "\n", "\r\n"))); err != nil {
				t.Fatal(err)
			}
			picture := svg(screen, p.w, p.h, ground[theme], ink[theme])
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(path, picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if have, err := os.ReadFile(path); err != nil || !bytes.Equal(have, picture) {
				t.Errorf("%s is not what the program draws: go test ./tui -run Pictures -update (%v)", path, err)
			}
		}
	}
}

// svg draws a screen: a background and a text for each run of cells with the same look, with
// every letter at its column.
func svg(screen *vt.Emulator, w, h int, ground, ink string) []byte {
	const cw, ch = 8.4, 18.0
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, `+
		`SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n", float64(w)*cw+24,
		float64(h)*ch+24)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", ground)
	for y := range h {
		for x := 0; x < w; {
			first := appearanceAt(screen, x, y)
			text, n := "", 0
			for ; x+n < w && appearanceAt(screen, x+n, y) == first; n++ {
				c := " "
				if cell := screen.CellAt(x+n, y); cell != nil && cell.Content != "" {
					c = cell.Content
				}
				text += c
			}
			left, top := 12+float64(x)*cw, 12+float64(y)*ch
			if first.ground != "" {
				fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", left, top,
					float64(n)*cw, ch, first.ground)
			}
			if strings.TrimSpace(text) != "" {
				weight, fill := "", ink
				if first.bold {
					weight = ` font-weight="bold"`
				}
				if first.ink != "" {
					fill = first.ink
				}
				fmt.Fprintf(&b, `<text xml:space="preserve" x="%.1f" y="%.1f" textLength="%.1f" `+
					`lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n", left, top+13.5, float64(n)*cw, fill,
					weight, html.EscapeString(text))
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

func appearanceAt(screen *vt.Emulator, x, y int) appearance {
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
