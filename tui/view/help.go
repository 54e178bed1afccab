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
	"gpupick/tui/cell"
	"gpupick/tui/query"
)

// Help shows all keys and the filter language, or the entries that match a search.
type Help struct {
	place    string // where the user is, as the settings name places: its keys come first
	top      int    // first line on screen
	language bool   // only the filter language is shown
	finder   textinput.Model
	finding  bool // the search field receives the keys
}

// NewHelp returns the help, with the keys of a place first.
func NewHelp(place string) Help { return Help{place: place, finder: NewEditor()} }

// Name identifies the view, and whether the search field receives the keys.
func (h Help) Name() string {
	if h.finding {
		return "helpfind"
	}
	return "help"
}

// Fit keeps the help from scrolling past its last line.
func (h Help) Fit(f Frame) (View, Intent) {
	h.top = max(min(h.top, len(h.lines(f))-f.Height), 0)
	return h, nil
}

// Target is empty: no key acts on a line of the help.
func (h Help) Target(Frame) Target { return Target{} }

// Key scrolls, or opens the search.
func (h Help) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	if h.finding {
		return h.findKey(msg, f)
	}
	k, page := f.Keys.Help, max(f.Height-1, 1)
	switch {
	case IsBack(msg, k.Close) && h.finder.Value() != "":
		h.finder.SetValue("") // the first step back clears the search
	case key.Matches(msg, k.Close):
		return h, Close{}
	case key.Matches(msg, k.Find):
		h.finding = true
	case key.Matches(msg, k.Language):
		h.language, h.top = !h.language, 0
	case key.Matches(msg, k.Up):
		h.top--
	case key.Matches(msg, k.Down):
		h.top++
	case key.Matches(msg, k.PageUp):
		h.top -= page
	case key.Matches(msg, k.PageDown):
		h.top += page
	default:
		return h, Pass{}
	}
	return h.Fit(f)
}

// findKey handles a key of the search field.
func (h Help) findKey(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.Find
	switch {
	case key.Matches(msg, k.Leave):
		h.finder.SetValue("")
		h.finding = false
	case key.Matches(msg, k.Accept):
		h.finding = false
	default:
		return h.Edit(msg), nil
	}
	return h, nil
}

// Editing reports whether the search field receives the keys.
func (h Help) Editing() bool { return h.finding }

// Edit passes a key to the search field, and scrolls to the top.
func (h Help) Edit(msg tea.KeyMsg) View {
	h.finder = edited(h.finder, msg)
	h.top = 0
	return h
}

// Wheel scrolls.
func (h Help) Wheel(d int, f Frame) (View, Intent) {
	h.top += d * wheelLines
	return h.Fit(f)
}

// Click does nothing: there is nothing to choose.
func (h Help) Click(int, int, Frame) (View, Intent) { return h, nil }

// Body draws the part of the help that fits.
func (h Help) Body(f Frame) []string {
	lines := h.lines(f)
	return FillUp(lines[min(h.top, len(lines)):], f.Height)
}

// Foot draws the keys and the place in the help, or the search field.
func (h Help) Foot(f Frame) []string {
	st, k := f.Styles, f.Keys
	if h.finding {
		keys := f.KeysLine(Hint{k.Find.Accept, "keep the search"}, Hint{k.Find.Leave, "cancel"})
		return []string{st.Key.Render(" find ") + st.Text.Render(h.finder.Value()+CaretAtEnd) + keys}
	}
	other := "filter language"
	if h.language {
		other = "keys"
	}
	line := f.KeysLine(Hint{k.Help.Find, "find"}, Hint{k.Help.Language, other}, Hint{k.Help.Up, ""},
		Hint{k.Help.Down, "scroll"}, Hint{k.Help.Close, "close"})
	if typed := h.finder.Value(); typed != "" {
		line = f.KeysLine(Hint{k.Help.Find, "find " + strconv.Quote(typed)}, Hint{k.Help.Close, "show all"})
	}
	if total := len(h.lines(f)); total > f.Height {
		place := fmt.Sprintf(" · %d to %d of %d", h.top+1, min(h.top+f.Height, total), total)
		if cell.Width(line)+cell.Width(place) <= f.Width {
			line += st.Dim.Render(place)
		}
	}
	return []string{line}
}

// helpPart is the help for one place: a title, and entries of one line or more.
type helpPart struct {
	title   string
	entries [][]string
}

// parts returns all of the help, or only the entries that contain the search text.
func (h Help) parts(f Frame) []helpPart {
	title, half := f.Styles.Name, f.Width-4
	if f.Width >= twoColumns {
		half = f.Width/2 - 4
	}
	spoken, exact := query.Guide()
	filters := []helpPart{
		{title: title.Render("The filter: what you can say"), entries: f.ruleLines(spoken, half)},
		{title: title.Render("The filter: its exact form"), entries: f.ruleLines(exact, half)},
	}
	parts := filters
	if !h.language {
		groups := f.Keys.Groups()
		slices.SortStableFunc(groups, func(a, b keymap.Group) int { // those of the place first
			return slices.Index([]bool{true, false}, a.Place == h.place) - slices.Index([]bool{true, false},
				b.Place == h.place)
		})
		parts = nil
		for i, g := range groups {
			if i == 1 {
				parts = append(parts, filters...)
			}
			part := helpPart{title: title.Render(g.Title)}
			for _, b := range g.Keys {
				part.entries = append(part.entries, f.helpLine(b.Help().Key, b.Help().Desc, half))
			}
			parts = append(parts, part)
		}
	}
	typed := strings.ToLower(h.finder.Value())
	for i := range parts {
		parts[i].entries = slices.DeleteFunc(parts[i].entries, func(e []string) bool {
			return !strings.Contains(strings.ToLower(ansi.Strip(strings.Join(e, " "))), typed)
		})
	}
	return slices.DeleteFunc(parts, func(p helpPart) bool { return len(p.entries) == 0 })
}

// lines returns the drawn help: on a wide screen in two columns.
func (h Help) lines(f Frame) []string {
	var groups [][]string
	for _, p := range h.parts(f) {
		lines := []string{p.title}
		for _, e := range p.entries {
			lines = append(lines, e...)
		}
		groups = append(groups, lines)
	}
	if len(groups) == 0 {
		return indent([]string{"No key or term matches · " + keymap.Name(f.Keys.Find.Leave) + " ends the search"})
	}
	if f.Width < twoColumns {
		var lines []string
		for _, g := range groups {
			lines = append(append(lines, g...), "")
		}
		return indent(lines)
	}
	return indent(beside(groups, f.Width/2-2))
}

const (
	helpKeys   = 19  // columns for the keys
	twoColumns = 100 // least width for two columns
)

// ruleLines draws rules of the filter language, each with as many examples as fit.
func (p Pen) ruleLines(rules []query.Rule, width int) [][]string {
	var entries [][]string
	for _, rule := range rules {
		typed := rule.Examples[0].Typed
		for _, e := range rule.Examples[1:] {
			if more := typed + "  " + e.Typed; cell.Width(more) < helpKeys {
				typed = more
			}
		}
		entries = append(entries, p.helpLine(typed, rule.Means, width))
	}
	return entries
}

// helpLine draws a key and what it does in some columns; in a narrow help the two are on separate lines.
func (p Pen) helpLine(what, does string, width int) (lines []string) {
	st := p.Styles
	if width < 40 {
		return append([]string{st.Key.Render(what)}, Wrap(width, st.Text.Render, does)...)
	}
	for _, line := range strings.Split(ansi.Wrap(does, width-helpKeys, ""), "\n") {
		lines = append(lines, st.Key.Render(cell.Left(what+" ", helpKeys))+st.Text.Render(line))
		what = ""
	}
	return lines
}

// beside puts groups into two columns, each group into the shorter one.
func beside(groups [][]string, width int) []string {
	var left, right []string
	for _, g := range groups {
		if len(left) <= len(right) {
			left = append(append(left, g...), "")
		} else {
			right = append(append(right, g...), "")
		}
	}
	var lines []string
	for i := range max(len(left), len(right)) {
		line := ""
		if i < len(left) {
			line = left[i]
		}
		if i < len(right) {
			line = cell.Fill(line, width, "…") + "  " + right[i]
		}
		lines = append(lines, line)
	}
	return lines
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}
