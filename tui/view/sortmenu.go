package view

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// Sort is the menu of fields to sort by. A field's letter sorts at once, the arrows and Enter sort by
// any field, and typing narrows the menu.
type Sort struct {
	Further bool // adds a sort key instead of replacing the order
	typed   string
	choice  scroll.Choice
	begun   bool // the cursor has been put on the field that the table is sorted by
}

// SortFields are the fields to sort by, in the order of the menu.
var SortFields = []query.Field{
	query.Price, query.PerGPU, query.Count, query.Mem, query.VRAM, query.TotalVRAM, query.CPU, query.Disk,
	query.GPU, query.Region, query.Type, query.Form, query.Generation, query.Bandwidth, query.TFLOPS, query.PerVRAM,
	query.PerBandwidth, query.PerFLOP,
}

// Name identifies the view.
func (s Sort) Name() string { return "sort" }

// fields returns the fields of the menu that match the typed text.
func (s Sort) fields() []query.Field {
	typed := strings.ToLower(s.typed)
	return slices.DeleteFunc(slices.Clone(SortFields), func(f query.Field) bool {
		return !strings.Contains(strings.ToLower(f.Title()), typed) && !strings.HasPrefix(f.String(), typed)
	})
}

func (s Sort) item(i int) scroll.Item {
	f := s.fields()[i]
	return scroll.Item{Key: f.String(), Name: f.Title()}
}

// Fit puts the cursor of a new menu on the field that the table is sorted by.
func (s Sort) Fit(f Frame) (View, Intent) {
	if !s.begun {
		s.begun = true
		s = s.toFirstMatch()
		s = s.to(s.choice.To(max(slices.Index(s.fields(), f.Order.Primary().Field), 0)))
	}
	return s, nil
}

// toFirstMatch puts the cursor on the first field that matches.
func (s Sort) toFirstMatch() Sort {
	n := len(s.fields())
	s.choice = scroll.Choice{}.WithHeight(max(n, 1)).Over(n, s.item)
	return s
}

// to puts the cursor where the user has moved it.
func (s Sort) to(w scroll.Window) Sort {
	s.choice = s.choice.On(w, s.item)
	return s
}

// Target is empty: a load changes nothing in this menu.
func (s Sort) Target(Frame) Target { return Target{} }

// Key sorts, moves the cursor or narrows the menu.
func (s Sort) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.SortMenu
	switch {
	case key.Matches(msg, k.Close) && s.typed == "", msg.Type == tea.KeyEsc && s.typed == "":
		return s, Close{}
	case msg.Type == tea.KeyEsc:
		s.typed = ""
		return s.toFirstMatch(), nil
	case key.Matches(msg, k.Left):
		return s.to(s.choice.Move(-1)), nil
	case key.Matches(msg, k.Right):
		return s.to(s.choice.Move(1)), nil
	case key.Matches(msg, k.Take):
		if s.choice.Chosen() {
			return s, s.by(s.fields()[s.choice.Cursor], f)
		}
	case msg.Type == tea.KeyBackspace && s.typed != "":
		r := []rune(s.typed)
		s.typed = string(r[:len(r)-1])
		return s.toFirstMatch(), nil
	case msg.Type == tea.KeyRunes:
		if field, is := fieldOfLetter(msg.String()); is && s.typed == "" {
			return s, s.by(field, f)
		}
		s.typed += api.CleanText(msg.String())
		return s.toFirstMatch(), nil
	}
	return s, nil
}

// by returns the intent to sort by a field.
func (s Sort) by(field query.Field, f Frame) Intent {
	if s.Further {
		return Order{f.Order.Then(field)}
	}
	return Order{f.Order.By(field)}
}

// fieldOfLetter is the field that a letter sorts by.
func fieldOfLetter(letter string) (query.Field, bool) {
	for _, f := range query.Fields() {
		if f.Letter() != 0 && letter == string(f.Letter()) {
			return f, true
		}
	}
	return 0, false
}

// Foot draws the menu.
func (s Sort) Foot(f Frame) []string {
	st := f.Styles
	head := " sort "
	if s.Further {
		head = " then "
	}
	if s.typed != "" {
		head += s.typed + CaretAtEnd + " "
	}
	var items []menuItem
	for i, field := range s.fields() {
		letter, word := " ", field.Title()+ArrowIn(f.Order, field)
		if field.Letter() != 0 && s.typed == "" {
			letter = string(field.Letter())
		}
		drawn := " " + st.Key.Render(letter) + st.Text.Render(" "+word)
		if s.choice.Is(i) {
			drawn = st.Accent.Render(CursorMark) + st.Row.Render(letter+" "+word)
		}
		items = append(items, menuItem{drawn, 3 + cell.Width(word)})
	}
	if len(items) == 0 {
		items = append(items, menuItem{st.Dim.Render("no such field"), cell.Width("no such field")})
	}
	out, does := keymap.Name(f.Keys.SortMenu.Close), f.Keys.SortMenu.Close.Help().Desc
	items = append(items, menuItem{st.Key.Render(out) + st.Text.Render(" "+does), cell.Width(out + " " + does)})
	return f.menu(head, items)
}

// ArrowIn returns the arrow of a field in a sort order; empty if the order does not use the field.
func ArrowIn(s query.Sort, f query.Field) string {
	if len(s) == 0 {
		s = query.Sort{s.Primary()}
	}
	for _, k := range s {
		switch {
		case k.Field == f && k.Desc:
			return "↓"
		case k.Field == f:
			return "↑"
		}
	}
	return ""
}
