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

// KeysLine draws as many hints as fit, and always the last one, because it is the way out. A hint
// without a word shares the word of the next one. Of several keys for one action only the first is
// shown; the help lists them all.
func (p Pen) KeysLine(hints ...Hint) string {
	st := p.Styles
	show := func(h Hint) string { return keymap.Name(h.Binding) }
	width := func(hints []Hint) int {
		n := 0
		for _, h := range hints {
			if n += 1 + cell.Width(show(h)); h.Word != "" {
				n += 1 + cell.Width(h.Word) + 2 // the dot after it
			}
		}
		return n - 2
	}
	for n := len(hints) - 1; n > 0 && width(hints) > p.Width; n-- {
		hints = append(hints[:n-1:n-1], hints[len(hints)-1])
	}
	for len(hints) > 1 && hints[len(hints)-2].Word == "" { // the hint with its word did not fit
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

// menuItem is an item of a menu, already drawn, and its width in columns.
type menuItem struct {
	drawn string
	width int
}

// menu draws a menu: in one line, spaced as widely as fits, or in several lines if the screen is too narrow.
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

// HeldMark returns the mark in front of line i of a list: a sign at the place of a chosen item that is
// no longer listed, where the next key continues; a blank elsewhere.
func (p Pen) HeldMark(c scroll.Choice, i int) string {
	if c.Lost() && i == c.Cursor {
		return p.Styles.Warn.Render(LostMark)
	}
	return " "
}

// Wrap breaks a sentence into lines of at most width columns, and indents them by two. It also breaks a
// word that is wider than a line.
func Wrap(width int, style func(...string) string, s string) []string {
	var lines []string
	for _, line := range strings.Split(ansi.Wrap(s, max(width, 1), ""), "\n") {
		lines = append(lines, "  "+style(line))
	}
	return lines
}

// FillUp cuts lines to a height, or adds empty lines.
func FillUp(lines []string, height int) []string {
	if len(lines) > height {
		lines = lines[:height]
	}
	return append(lines, make([]string, height-len(lines))...)
}

// Justify puts left and right at the ends of a line, and cuts right if both do not fit.
func (p Pen) Justify(left, right string) string {
	space := p.Width - cell.Width(left) - cell.Width(right)
	if space < 1 {
		right = cell.Cut(right, max(p.Width-cell.Width(left)-1, 0), "…")
		space = max(p.Width-cell.Width(left)-cell.Width(right), 0)
	}
	return left + strings.Repeat(" ", space) + right
}

// Levels returns the signs for a count: none, then few to many. The highest does not fill its cell, so
// that the strips of neighboring lines stay apart.
func (p Pen) Levels() []rune {
	if p.ASCII {
		return []rune(".:-=+*#%")
	}
	return []rune("·▁▂▃▄▅▆▇")
}

// NewEditor returns a text field that gpupick draws itself.
func NewEditor() textinput.Model {
	e := textinput.New()
	e.Prompt = ""
	e.KeyMap.Paste = key.NewBinding(key.WithDisabled()) // its own paste reads the clipboard
	return e
}

// edited returns a copy of field after a key. field stays unchanged, because views are values.
func edited(field textinput.Model, msg tea.KeyMsg) textinput.Model {
	e := NewEditor()
	e.SetValue(field.Value())
	e.SetCursor(field.Position())
	e.Focus()
	e, _ = e.Update(msg)
	return e
}

// Join joins the parts that are not empty, with dots between them.
func Join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" }), " · ")
}

// Describe writes a sort order in words: "price ↑, RAM ↓".
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

// CountText writes the number of GPUs of an offer, which may be a fraction.
func CountText(r catalog.Row) string {
	switch {
	case r.GPUShare().Known:
		return strconv.FormatFloat(r.GPUShare().Value, 'f', -1, 64)
	case r.NoGPU() && !r.GPUCount().Known:
		return "0"
	}
	return cell.Count(r.GPUCount())
}

// CountedName writes the number and the name of an offer's GPUs: "8× H100".
func CountedName(r catalog.Row) string {
	if r.NoGPU() {
		return "no GPU"
	}
	return CountText(r) + "× " + known.ShortCard(cell.Text(r.GPUType()))
}

// RowItem returns a row as an item of a list; its id is both key and name.
func RowItem(r catalog.Row) scroll.Item { return scroll.Item{Key: r.ID(), Name: r.ID()} }

// IsBack reports whether a key of b first goes one step back before it closes: esc, or any key of b if
// the user has rebound it without esc.
func IsBack(msg tea.KeyMsg, b key.Binding) bool {
	return key.Matches(msg, b) && (msg.Type == tea.KeyEsc || !slices.Contains(b.Keys(), "esc"))
}

// Digit returns the line, counted from 0, that a digit key chooses.
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

// placeText writes a place in a list: "3 of 12".
func placeText(at, all int) string { return fmt.Sprintf("%d of %d", at, all) }
