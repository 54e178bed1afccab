package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// Pen draws what the screen and the views share.
type Pen struct {
	Width  int // of the screen
	Styles styles.Styles
	ASCII  bool // no character beyond ASCII is drawn
}

// The signs of the screen.
const (
	CursorMark = "▌"
	LostMark   = "▏"
	CaretAtEnd = "█"
	StripMark  = "▲"

	Gap = 2 // between columns
)

// Hint is a key in the footer with a word for it.
type Hint struct {
	Binding key.Binding
	Word    string
}

// KeysLine is as many of the hints as fit, and always the last one: it is the way
// out. A hint without a word shares the word of the next one. Of several keys for
// one thing the first is shown; the help has all.
func (p Pen) KeysLine(hints ...Hint) string {
	st := p.Styles
	show := func(h Hint) string { return keymap.Name(h.Binding) }
	width := func(hints []Hint) int {
		n := 0
		for _, h := range hints {
			if n += 1 + cell.Width(show(h)); h.Word != "" {
				n += 1 + cell.Width(h.Word) + 2 // the dot behind it
			}
		}
		return n - 2
	}
	for n := len(hints) - 1; n > 0 && width(hints) > p.Width; n-- {
		hints = append(hints[:n-1:n-1], hints[len(hints)-1])
	}
	for len(hints) > 1 && hints[len(hints)-2].Word == "" { // its word has gone with another one
		hints = append(hints[:len(hints)-2:len(hints)-2], hints[len(hints)-1])
	}
	line, between := "", " "
	for _, h := range hints {
		line += st.Dim.Render(between) + st.Key.Render(show(h))
		between = " "
		if h.Word != "" {
			line += st.Dim.Render(" " + h.Word)
			between = " · "
		}
	}
	return line
}

// menuItem is one of the things in a menu, as it is drawn, and how wide it is.
type menuItem struct {
	drawn string
	width int
}

// menu draws a menu: in one line if the screen is wide enough, as roomy as fits,
// else in several.
func (p Pen) menu(head string, items []menuItem) []string {
	st, total := p.Styles, cell.Width(head)
	for _, item := range items {
		total += item.width
	}
	between := " "
	for _, b := range []string{" · ", "  "} {
		if total+(len(items)-1)*cell.Width(b) <= p.Width {
			between = b
			break
		}
	}
	lines, line, width := []string{}, st.Accent.Render(head), cell.Width(head)
	for i, item := range items {
		switch sep := cell.Width(between); {
		case i == 0:
		case width+sep+item.width > p.Width:
			lines = append(lines, line)
			line, width = strings.Repeat(" ", cell.Width(head)), cell.Width(head)
		default:
			line += st.Dim.Render(between)
			width += sep
		}
		line += item.drawn
		width += item.width
	}
	return append(lines, line)
}

// HeldMark stands in front of line i of a list where what was chosen is no longer
// listed: there the next key goes on. Elsewhere it is blank.
func (p Pen) HeldMark(c scroll.Choice, i int) string {
	if c.Lost() && i == c.Cursor {
		return p.Styles.Warn.Render(LostMark)
	}
	return " "
}

// Wrap breaks a sentence into indented lines of a width; a word that is wider than a line
// is broken too.
func Wrap(width int, style func(...string) string, s string) []string {
	var lines []string
	for _, line := range strings.Split(ansi.Wrap(s, max(width, 1), ""), "\n") {
		lines = append(lines, "  "+style(line))
	}
	return lines
}

// FillUp cuts or fills lines to a height.
func FillUp(lines []string, height int) []string {
	if len(lines) > height {
		lines = lines[:height]
	}
	return append(lines, make([]string, height-len(lines))...)
}

// Justify sets left and right at the ends of a line. What is on the right gives way.
func (p Pen) Justify(left, right string) string {
	space := p.Width - cell.Width(left) - cell.Width(right)
	if space < 1 {
		right = cell.Cut(right, max(p.Width-cell.Width(left)-1, 0), "…")
		space = max(p.Width-cell.Width(left)-cell.Width(right), 0)
	}
	return left + strings.Repeat(" ", space) + right
}

// Levels are the signs for how many there are at a place: none, then few to many.
// The fullest is not the whole cell: strips above each other stay apart.
func (p Pen) Levels() []rune {
	if p.ASCII {
		return []rune(".:-=+*#%")
	}
	return []rune("·▁▂▃▄▅▆▇")
}

// NewEditor is a text field that we draw ourselves.
func NewEditor() textinput.Model {
	e := textinput.New()
	e.Prompt = ""
	e.KeyMap.Paste = key.NewBinding(key.WithDisabled()) // it would read the clipboard by itself
	return e
}

// edited is a text field after a key of its own. The one before is left as it is: views are values.
func edited(field textinput.Model, msg tea.KeyMsg) textinput.Model {
	e := NewEditor()
	e.SetValue(field.Value())
	e.SetCursor(field.Position())
	e.Focus()
	e, _ = e.Update(msg)
	return e
}

// Join is the parts that say something, with dots between them.
func Join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" }), " · ")
}

// Describe is an order in words: "price ↑, RAM ↓".
func Describe(s query.Sort) string {
	if len(s) == 0 {
		s = query.Sort{s.Primary()}
	}
	var parts []string
	for _, k := range s {
		arrow := "↑"
		if k.Desc {
			arrow = "↓"
		}
		parts = append(parts, k.Field.Title()+" "+arrow)
	}
	return strings.Join(parts, ", ")
}

// CountText is how many GPUs an offer has: a part of one, too.
func CountText(r catalog.Row) string {
	switch {
	case r.GPUShare().Known:
		return strconv.FormatFloat(r.GPUShare().Value, 'f', -1, 64)
	case r.NoGPU() && !r.GPUCount().Known:
		return "0"
	}
	return cell.Count(r.GPUCount())
}

// CountedName is how many of which GPU: "8× H100".
func CountedName(r catalog.Row) string {
	if r.NoGPU() {
		return "no GPU"
	}
	return CountText(r) + "× " + known.ShortCard(cell.Text(r.GPUType()))
}

// RowItem is a row as an item of a list: the id tells it, and the user knows it by that.
func RowItem(r catalog.Row) scroll.Item { return scroll.Item{Key: r.ID(), Name: r.ID()} }

// IsBack reports whether a key of b's goes back one step before it leaves: esc, or any of them if the
// user has given others.
func IsBack(msg tea.KeyMsg, b key.Binding) bool {
	return key.Matches(msg, b) && (msg.Type == tea.KeyEsc || !slices.Contains(b.Keys(), "esc"))
}

// Digit is the line that a key chooses by its number, from 0.
func Digit(s string) (line int, is bool) {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '9' {
		return int(s[0] - '1'), true
	}
	return 0, false
}

// IDs are the ids of rows.
func IDs(rows []catalog.Row) []string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID())
	}
	return ids
}

// of is a place in a list: "3 of 12".
func of(at, all int) string { return fmt.Sprintf("%d of %d", at, all) }
