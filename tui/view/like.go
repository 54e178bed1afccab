package view

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// Like is the menu of the values of one offer. The chosen one narrows the filter to offers that have the value
// too, or to those that do not. The field that the table is sorted by is chosen first.
type Like struct {
	Unlike bool // leaves the offers with the value out
	choice scroll.Choice
	begun  bool // the cursor has been put on the field that the table is sorted by
}

// Name identifies the view.
func (l Like) Name() string {
	if l.Unlike {
		return "unlike"
	}
	return "like"
}

// LikeFields are the fields of the menu, in its order.
var LikeFields = []query.Field{query.GPU, query.Region, query.Count, query.Type, query.Mem, query.VRAM,
	query.CPU, query.Disk, query.Price, query.PerGPU}

// Fit closes the menu if its offer is not in the table any more.
func (l Like) Fit(f Frame) (View, Intent) {
	if f.Row.None() {
		return l, Close{"The offer is no longer in the table"}
	}
	n := len(LikeFields)
	l.choice = l.choice.WithHeight(n).Over(n, l.item)
	if !l.begun {
		l.begun = true
		l.choice = l.choice.On(l.choice.To(max(slices.Index(LikeFields, f.Order.Primary().Field), 0)), l.item)
	}
	return l, nil
}

func (l Like) item(i int) scroll.Item {
	return scroll.Item{Key: LikeFields[i].String(), Name: LikeFields[i].Title()}
}

// Target is the offer whose values are shown.
func (l Like) Target(f Frame) Target {
	t := Target{Key: l.choice.Key, Held: l.choice.Held}
	if !f.Row.None() {
		t.Offer = f.Row.InstanceType()
	}
	return t
}

// Key filters by a field, or moves the cursor.
func (l Like) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.Like
	switch {
	case key.Matches(msg, k.Close):
		return l, Close{}
	case key.Matches(msg, k.Left):
		l.choice = l.choice.On(l.choice.Move(-1), l.item)
		return l, nil
	case key.Matches(msg, k.Right):
		l.choice = l.choice.On(l.choice.Move(1), l.item)
		return l, nil
	case key.Matches(msg, k.Take) && l.choice.Chosen():
		return l, IfSeen{l.by(LikeFields[l.choice.Cursor], f)}
	}
	if field, is := fieldOfLetter(msg.String()); is && slices.Contains(LikeFields, field) {
		return l, IfSeen{l.by(field, f)}
	}
	return l, Pass{}
}

// by returns the intent to filter by the offer's value of a field.
func (l Like) by(field query.Field, f Frame) Intent {
	if l.Unlike {
		return Filter{f.Query.Unlike(f.Row.Value(field))}
	}
	return Filter{f.Query.OnlyLike(f.Row.Value(field))}
}

// Foot draws the menu.
func (l Like) Foot(f Frame) []string {
	st, head := f.Styles, " only "
	if l.Unlike {
		head = " not "
	}
	var items []menuItem
	for i, field := range LikeFields {
		letter, word := string(field.Letter()), api.CleanText(f.Row.Value(field).Is().String())
		word = cell.Cut(word, max(f.Width-cell.Width(head)-4, 8), "…")
		drawn := " " + st.Key.Render(letter) + st.Text.Render(" "+word)
		if l.choice.Is(i) {
			drawn = st.Accent.Render(CursorMark) + st.Row.Render(letter+" "+word)
		}
		items = append(items, menuItem{drawn, 3 + cell.Width(word)})
	}
	out, does := keymap.Name(f.Keys.Like.Close), f.Keys.Like.Close.Help().Desc
	items = append(items, menuItem{st.Key.Render(out) + st.Text.Render(" "+does), cell.Width(out + " " + does)})
	return f.menu(head, items)
}
