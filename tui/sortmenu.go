package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
)

// The menu of fields to sort by, in the footer's place: a letter sorts at once, the
// arrows and enter by any field, and typing narrows the menu down.

// sortMenu is the menu while it is open.
type sortMenu struct {
	further bool // adds a key instead of replacing all
	typed   string
	choice  scroll.Choice
}

var sortMenuOrder = []query.Field{
	query.Price, query.PerGPU, query.Count, query.Mem, query.VRAM, query.TotalVRAM, query.CPU, query.Disk,
	query.GPU, query.Region, query.Type, query.Form, query.Generation,
}

// sortFields are the fields in the menu, as far as they are found.
func (m *Model) sortFields() []query.Field {
	typed := strings.ToLower(m.sortMenu.typed)
	return slices.DeleteFunc(slices.Clone(sortMenuOrder), func(f query.Field) bool {
		return !strings.Contains(strings.ToLower(f.Title()), typed) && !strings.HasPrefix(f.String(), typed)
	})
}

func (m *Model) openSortMenu(further bool) {
	m.focus, m.sortMenu = onSortMenu, sortMenu{further: further}
	m.laySortMenu()
	at := slices.Index(m.sortFields(), m.order.Primary().Field)
	m.chooseSort(m.sortMenu.choice.To(max(at, 0)))
}

func (m *Model) sortItem(i int) scroll.Item {
	f := m.sortFields()[i]
	return scroll.Item{Key: f.String(), Name: f.Title()}
}

func (m *Model) laySortMenu() {
	n := len(m.sortFields())
	m.sortMenu.choice = scroll.Choice{}.WithHeight(max(n, 1)).Over(n, m.sortItem)
}

func (m *Model) chooseSort(w scroll.Window) { m.sortMenu.choice = m.sortMenu.choice.On(w, m.sortItem) }

func (m *Model) sortKey(msg tea.KeyMsg) {
	k, s := m.opt.Keys.SortMenu, &m.sortMenu
	switch {
	case key.Matches(msg, k.Close) && s.typed == "", msg.Type == tea.KeyEsc && s.typed == "":
		m.focus = onTable
	case msg.Type == tea.KeyEsc:
		s.typed = ""
		m.laySortMenu()
	case key.Matches(msg, k.Left):
		m.chooseSort(s.choice.Move(-1))
	case key.Matches(msg, k.Right):
		m.chooseSort(s.choice.Move(1))
	case key.Matches(msg, k.Take):
		if s.choice.Chosen() {
			m.sortBy(m.sortFields()[s.choice.Cursor])
		}
	case msg.Type == tea.KeyBackspace && s.typed != "":
		r := []rune(s.typed)
		s.typed = string(r[:len(r)-1])
		m.laySortMenu()
	case msg.Type == tea.KeyRunes:
		if f, is := fieldOfLetter(msg.String()); is && s.typed == "" {
			m.sortBy(f)
			return
		}
		s.typed += msg.String()
		m.laySortMenu()
	}
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

func (m *Model) sortBy(f query.Field) {
	if m.sortMenu.further {
		m.order = m.order.Then(f)
	} else {
		m.order = m.order.By(f)
	}
	m.focus = onTable
	m.derive(toFirstRow)
}

// sortMenuLines draws the menu.
func (m *Model) sortMenuLines() []string {
	st, s := m.opt.Styles, m.sortMenu
	head := " sort "
	if s.further {
		head = " then "
	}
	if s.typed != "" {
		head += s.typed + caretAtEnd + " "
	}
	var items []menuItem
	for i, f := range m.sortFields() {
		letter, word := " ", f.Title()+arrowIn(m.order, f)
		if f.Letter() != 0 && s.typed == "" {
			letter = string(f.Letter())
		}
		drawn := " " + st.Key.Render(letter) + st.Text.Render(" "+word)
		if s.choice.Is(i) {
			drawn = st.Accent.Render(cursorMark) + st.Row.Render(letter+" "+word)
		}
		items = append(items, menuItem{drawn, 3 + cell.Width(word)})
	}
	if len(items) == 0 {
		items = append(items, menuItem{st.Dim.Render("no such field"), cell.Width("no such field")})
	}
	out := m.opt.Keys.SortMenu.Close
	items = append(items, menuItem{st.Key.Render(keymap.Name(out)) + st.Text.Render(" "+out.Help().Desc), cell.Width(keymap.Name(out) + " " + out.Help().Desc)})
	return m.menu(head, items)
}

func arrowIn(s query.Sort, f query.Field) string {
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
