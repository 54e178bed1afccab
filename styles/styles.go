// Package styles makes the [Styles] that the screen is drawn with from a [Palette] of named colors.
//
// Styles are made for one renderer, that of the terminal, and never at package level: a style made
// before its terminal is known has no colors. Color never carries a meaning alone: every style that
// means something comes with a sign.
package styles

import (
	"fmt"
	"io"
	"strings"

	"gpupick/tui/environ"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Palette is the colors of a theme. An empty color is the terminal's own.
type Palette struct {
	Text      lipgloss.TerminalColor
	Dim       lipgloss.TerminalColor // less important text
	Accent    lipgloss.TerminalColor // the program's name, keys, the cursor
	Price     lipgloss.TerminalColor
	Best      lipgloss.TerminalColor // the cheapest of its kind
	Good      lipgloss.TerminalColor // success
	Warn      lipgloss.TerminalColor
	Bad       lipgloss.TerminalColor
	Heading   lipgloss.TerminalColor // headings of columns
	RowText   lipgloss.TerminalColor // text of the cursor's row
	RowGround lipgloss.TerminalColor
	Idle      lipgloss.TerminalColor // ground of the cursor's row in a part of the screen that does not get the keys
}

// Theme is a named palette.
type Theme struct {
	Name    string
	About   string
	palette Palette
	reverse bool // the cursor's row is reversed instead of drawn on RowGround
	colors  bool
}

func ansi(n int) lipgloss.TerminalColor    { return lipgloss.ANSIColor(n) }
func hex(s string) lipgloss.TerminalColor  { return lipgloss.Color(s) }
func none() lipgloss.TerminalColor         { return lipgloss.NoColor{} }
func isNone(c lipgloss.TerminalColor) bool { _, ok := c.(lipgloss.NoColor); return ok }
func plainPalette() (p Palette) {
	return Palette{none(), none(), none(), none(), none(), none(), none(), none(), none(), none(), none(), none()}
}

// Themes are all themes, the default first.
var Themes = []Theme{
	{Name: "auto", About: "dark or light if the terminal says so, else its 16 colors", colors: true, palette: Palette{
		Text: none(), Dim: ansi(8), Accent: ansi(6), Price: ansi(2), Best: ansi(2), Good: ansi(2), Warn: ansi(3),
		Bad: ansi(1), Heading: ansi(6), RowText: ansi(15), RowGround: ansi(4), Idle: none()}},
	{Name: "dark", About: "for a dark ground", colors: true, palette: Palette{
		Text: hex("#d8dee9"), Dim: hex("#8f9bb3"), Accent: hex("#7fd1e0"), Price: hex("#f2d68a"), Best: hex("#a6d189"),
		Good: hex("#a6d189"), Warn: hex("#ef9f76"), Bad: hex("#f38ba8"), Heading: hex("#8f9bb3"),
		RowText: hex("#ffffff"), RowGround: hex("#2f3b54"), Idle: hex("#222938")}},
	{Name: "light", About: "for a light ground", colors: true, palette: Palette{
		Text: hex("#24292f"), Dim: hex("#57606a"), Accent: hex("#0a5c8a"), Price: hex("#6b4400"), Best: hex("#0f6630"),
		Good: hex("#0f6630"), Warn: hex("#8a4600"), Bad: hex("#a40e26"), Heading: hex("#57606a"),
		RowText: hex("#000000"), RowGround: hex("#d5e5f5"), Idle: hex("#eaf0f6")}},
	{Name: "plain", About: "no color", reverse: true, palette: plainPalette()},
}

// Names lists the themes' names.
func Names() []string {
	var names []string
	for _, t := range Themes {
		names = append(names, t.Name)
	}
	return names
}

// Named returns the theme with a name.
func Named(name string) (Theme, error) {
	for _, t := range Themes {
		if t.Name == name {
			return t, nil
		}
	}
	return Theme{}, fmt.Errorf("no theme %q; use one of %s", name, strings.Join(Names(), ", "))
}

// For returns the theme to draw with in a terminal. auto is dark or light if COLORFGBG tells the color of the ground,
// and the terminal has the colors for it. The terminal itself is not asked.
func (t Theme) For(vars environ.Vars) Theme {
	if t.Name != Themes[0].Name {
		return t
	}
	profile := termenv.NewOutput(io.Discard, termenv.WithEnvironment(vars), termenv.WithTTY(true)).ColorProfile()
	if profile == termenv.Ascii || profile == termenv.ANSI {
		return t
	}
	colors := strings.Split(vars.Getenv("COLORFGBG"), ";")
	switch ground := colors[len(colors)-1]; ground {
	case "0", "1", "2", "3", "4", "5", "6", "8":
		return themeNamed("dark")
	case "7", "9", "10", "11", "12", "13", "14", "15":
		return themeNamed("light")
	}
	return t
}

func themeNamed(name string) Theme {
	t, _ := Named(name)
	return t
}

// Styles are the styles that the screen is drawn with.
type Styles struct {
	Text, Dim, Accent, Price, Best, Good, Warn, Bad Style

	Name    Style // the program's name
	Heading Style // heading of a column
	Sorted  Style // heading of the column that the table is sorted by
	Row     Style // the cursor's row, in one style from end to end
	Idle    Style // the cursor's row in a part of the screen that does not get the keys
	Key     Style // a key in the footer or the help
	Demo    Style // the sign of the demo
	Over    Style // the list of completions over the table

	Filler  Style // words of the filter without a meaning
	Held    Style // an unfinished term of the filter
	Asked   Style // a term of the filter with several meanings
	Unknown Style // text of the filter that is not understood
}

// Style is a prepared style: the sequences written before and after a text. It is meant for text within
// one line, because a line break does not end it.
type Style struct{ prefix, suffix string }

// prepare works a style out once. Lipgloss would do so again for every text, and a screen has thousands.
func prepare(s lipgloss.Style) Style {
	const text = "x"
	before, behind, _ := strings.Cut(s.Render(text), text)
	return Style{prefix: before, suffix: behind}
}

// Render returns the texts in the style, with spaces between them.
func (s Style) Render(texts ...string) string {
	return s.prefix + strings.Join(texts, " ") + s.suffix
}

// NewRenderer returns a renderer for a terminal. It does not query the terminal: the colors follow from
// vars. Without colors the profile is ANSI, so that bold and reverse still work.
func NewRenderer(out io.Writer, vars environ.Vars, t Theme) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(out)
	profile := termenv.NewOutput(out, termenv.WithEnvironment(environ.Vars(vars)), termenv.WithTTY(true)).ColorProfile()
	if profile == termenv.Ascii || !t.colors {
		profile = termenv.ANSI
	}
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(t.Name != "light")
	return r
}

// New makes the styles of a theme for a renderer.
func New(r *lipgloss.Renderer, t Theme) Styles {
	p := t.palette
	ink := func(c lipgloss.TerminalColor) lipgloss.Style {
		s := r.NewStyle()
		if !isNone(c) {
			s = s.Foreground(c)
		}
		return s
	}
	row := ink(p.RowText).Bold(true)
	if t.reverse {
		row = row.Reverse(true)
	} else {
		row = row.Background(p.RowGround)
	}
	idle := ink(p.Text)
	if !isNone(p.Idle) {
		idle = idle.Background(p.Idle)
	}
	return Styles{
		Text: prepare(ink(p.Text)), Dim: prepare(ink(p.Dim)), Accent: prepare(ink(p.Accent)),
		Price: prepare(ink(p.Price)),
		Best:  prepare(ink(p.Best).Bold(true)), Good: prepare(ink(p.Good)), Warn: prepare(ink(p.Warn).Bold(true)),
		Bad:  prepare(ink(p.Bad).Bold(true)),
		Name: prepare(ink(p.Accent).Bold(true)), Heading: prepare(ink(p.Heading)),
		Sorted: prepare(ink(p.Accent).Bold(true)),
		Key:    prepare(ink(p.Accent).Bold(true)), Demo: prepare(ink(p.Warn).Bold(true).Reverse(true)),
		Row: prepare(row), Idle: prepare(idle), Over: prepare(ink(p.Text).Reverse(true)),
		Filler: prepare(ink(p.Dim).Faint(true)), Held: prepare(ink(p.Dim).Italic(true)),
		Asked: prepare(underlined(ink(p.Warn).Bold(true))), Unknown: prepare(underlined(ink(p.Bad))),
	}
}

// underlined returns a style with an underline that does not stop at blanks.
func underlined(s lipgloss.Style) lipgloss.Style { return s.Underline(true) }

// Strike strikes rendered text through from end to end. A lipgloss style would do so letter by letter,
// with an escape sequence for each.
func Strike(rendered string) string { return "\x1b[9m" + rendered + "\x1b[29m" }
