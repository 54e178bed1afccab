package styles

import (
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	"gpupick/tui/environ"

	"github.com/charmbracelet/lipgloss"
)

// backgrounds are the usual backgrounds for each theme: the darkest and the lightest.
var backgrounds = map[string][]string{"dark": {"#000000", "#282c34"}, "light": {"#ffffff", "#eee8d5"}}

const legible = 4.5 // WCAG 2.1, contrast of text

func TestColorsHaveEnoughContrast(t *testing.T) {
	for name, on := range backgrounds {
		theme, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		p := reflect.ValueOf(theme.palette)
		for i := range p.NumField() {
			field := p.Type().Field(i).Name
			ink, ok := p.Field(i).Interface().(lipgloss.Color)
			if !ok {
				t.Errorf("%s.%s is no color of its own", name, field)
				continue
			}
			against := on
			switch field {
			case "RowGround", "Idle":
				continue // a background, not a text color
			case "RowText":
				against = []string{string(theme.palette.RowGround.(lipgloss.Color))}
			}
			for _, ground := range against {
				if c := contrast(string(ink), ground); c < legible {
					t.Errorf("%s.%s %s on %s: %.2f:1", name, field, ink, ground, c)
				}
			}
		}
	}
}

// contrast returns the contrast ratio of WCAG 2.1 for two colors, written #rrggbb.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	var c [3]int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
		panic(err)
	}
	var l float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		l += weight * v
	}
	return l
}

func TestThemes(t *testing.T) {
	if _, err := Named("pink"); err == nil || !strings.Contains(err.Error(), "auto, dark, light, plain") {
		t.Error(err)
	}
	for _, theme := range Themes {
		for env, color := range map[string]bool{"TERM=xterm-256color": theme.Name != "plain",
			"TERM=vt100": theme.Name != "plain"} {
			st := New(NewRenderer(io.Discard, []string{env}, theme), theme)
			bad, row := st.Bad.Render("x"), st.Row.Render("x")
			if !strings.HasPrefix(row, "\x1b[1") {
				t.Errorf("%s, %s: the cursor's row is not set off: %q", theme.Name, env, row)
			}
			if has := strings.Contains(bad, "[1;3") || strings.Contains(bad, "[1;9"); has != color {
				t.Errorf("%s, %s: %q", theme.Name, env, bad)
			}
		}
	}
}

// auto is dark or light where the terminal names its ground and has the colors, else it stays as it is.
func TestAutoFollowsTheGround(t *testing.T) {
	for _, c := range []struct{ term, ground, want string }{
		{"xterm-256color", "15;0", "dark"}, {"xterm-256color", "0;15", "light"},
		{"xterm-256color", "0;default;7", "light"},
		{"xterm-256color", "", "auto"}, {"xterm-256color", "x", "auto"}, {"xterm", "15;0", "auto"},
	} {
		auto, _ := Named("auto")
		plain, _ := Named("plain")
		vars := environ.Vars{"TERM=" + c.term, "COLORFGBG=" + c.ground}
		if have := auto.For(vars).Name; have != c.want {
			t.Errorf("%+v: %s", c, have)
		}
		if plain.For(vars).Name != "plain" {
			t.Error("another theme follows the ground, too")
		}
	}
}
