package view

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/export"
)

// CopyAs is the menu of formats to copy in, with a preview of the text above it.
type CopyAs struct {
	Form     int       // index of the chosen format in export.Copies
	sets     []copySet // the sets of offers to choose from
	setIndex int       // index of the chosen set
	naming   bool      // the user is typing a file name
	file     textinput.Model

	text   string // the text to copy, from the set's offers as they are now
	effect string // what running the text creates, if it creates anything
}

// copySet is a set of offers that can be copied together.
type copySet struct {
	what string // the set in words
	ids  []string
}

// NewCopyAs returns the menu and its first set of rows, empty if nothing can be copied. The sets: the
// marked offers, the offer under the cursor, that offer and its closest ones, all offers shown.
func NewCopyAs(f Frame, form int) (menu CopyAs, rows []catalog.Row) {
	menu.Form = form
	add := func(what string, set []catalog.Row) {
		if len(set) > 0 {
			menu.sets = append(menu.sets, copySet{what, IDs(set)})
		}
	}
	row, marked := f.Row, f.Marked
	if row.None() && len(marked) == 0 {
		return menu, nil // the chosen offer is no longer listed; nothing is copied in its place
	}
	add(cell.Int(len(marked))+" marked offers", marked)
	if len(marked) == 1 {
		menu.sets[0].what = "the marked offer"
	}
	if !row.None() {
		add(row.ID(), []catalog.Row{row})
		if closest := f.Catalog.Closest(row, NearMost-1); len(closest) > 0 {
			add("this offer and the closest ones", append([]catalog.Row{row}, closest...))
		}
	}
	if n := f.Rows.Len(); n > 1 {
		add("the "+cell.Int(n)+" offers shown", f.Rows.List())
	}
	if len(marked) > 0 {
		return menu, marked
	}
	return menu, []catalog.Row{row}
}

// Name identifies the view.
func (c CopyAs) Name() string { return "copyas" }

// set returns the chosen set.
func (c CopyAs) set() copySet { return c.sets[c.setIndex] }

// form returns the chosen format.
func (c CopyAs) form() export.Copy { return export.Copies[c.Form] }

// Fit updates the text to copy.
func (c CopyAs) Fit(f Frame) (View, Intent) {
	var rows []catalog.Row
	for _, id := range c.set().ids {
		row, there := f.Catalog.At(id)
		if !there {
			return c, Close{"Not copied: " + id + " is no longer listed"}
		}
		rows = append(rows, row)
	}
	form := c.form()
	if form.Makes && len(rows) > export.CreatesMost {
		rows = rows[:export.CreatesMost]
	}
	c.text, _ = form.Text(rows) // with no match whose id is not safe in a command
	c.effect = ""
	if form.Makes {
		c.effect = export.Effect(rows, form.All)
	}
	return c, nil
}

// Target is the text to copy.
func (c CopyAs) Target(Frame) Target { return Target{More: c.text} }

// Key chooses a format or a set of offers, or copies the text.
func (c CopyAs) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	if c.naming {
		return c.nameKey(msg, f)
	}
	for i, form := range export.Copies {
		if msg.String() == string(form.Letter) {
			c.Form = i
			return c.Fit(f)
		}
	}
	k := f.Keys.CopyAs
	switch n := len(export.Copies); {
	case key.Matches(msg, k.Left):
		c.Form = (c.Form + n - 1) % n
		return c.Fit(f)
	case key.Matches(msg, k.Right):
		c.Form = (c.Form + 1) % n
		return c.Fit(f)
	case key.Matches(msg, k.Which):
		c.setIndex = (c.setIndex + 1) % len(c.sets)
		return c.Fit(f)
	case c.text == "" && (key.Matches(msg, k.Copy) || key.Matches(msg, k.File)):
		return c, warn("No id here is safe in a command")
	case key.Matches(msg, k.Copy):
		return c, IfSeen{CopyText{c.text, fmt.Sprintf("%s of %s", c.form().Title, c.set().what)}}
	case key.Matches(msg, k.File):
		return c, IfSeen{Become{c.toFile()}}
	case key.Matches(msg, k.Close):
		return c, Close{}
	}
	return c, Pass{}
}

// toFile returns the menu with a text field for a file name.
func (c CopyAs) toFile() CopyAs {
	c.naming, c.file = true, NewEditor()
	c.file.SetValue("gpupick." + c.form().Ending)
	c.file.CursorEnd()
	return c
}

// nameKey handles a key while the user types a file name.
func (c CopyAs) nameKey(msg tea.KeyMsg, f Frame) (View, Intent) {
	switch k := f.Keys.Find; {
	case key.Matches(msg, k.Leave):
		c.naming = false
		return c, nil
	case !key.Matches(msg, k.Accept):
		return c.Edit(msg), nil
	}
	switch name := strings.TrimSpace(c.file.Value()); {
	case name == "":
		return c, warn("A file needs a name")
	case !f.Files:
		return c, warn("Files cannot be written here")
	default:
		return c, IfSeen{SaveFile{name, c.text + "\n"}}
	}
}

// Editing reports whether the user is typing a file name.
func (c CopyAs) Editing() bool { return c.naming }

// Edit passes a key to the text field.
func (c CopyAs) Edit(msg tea.KeyMsg) View {
	c.file = edited(c.file, msg)
	return c
}

// Foot draws the menu: the offers and the format, what the text creates, as much of the text as fits,
// and the formats.
func (c CopyAs) Foot(f Frame) []string {
	st, k := f.Styles, f.Keys.CopyAs
	head := st.Accent.Render(fmt.Sprintf(" copy %s as %s", c.set().what, c.form().Title))
	if c.effect != "" {
		head += st.Dim.Render(" · ") + st.Warn.Render(c.effect)
	}
	lines := append([]string{head}, c.preview(f)...)
	if c.naming {
		line := st.Key.Render(" write to ") + st.Text.Render(c.file.Value()+CaretAtEnd)
		return append(lines, line, f.KeysLine(Hint{f.Keys.Find.Accept, "write"}, Hint{f.Keys.Find.Leave, "back"}))
	}
	var items []menuItem
	for i, form := range export.Copies {
		letter, style, mark := st.Key.Render(string(form.Letter)), st.Text, " "
		if i == c.Form {
			mark = st.Accent.Render(CursorMark)
			style = st.Sorted
		}
		items = append(items, menuItem{mark + letter + style.Render(" "+form.Title), 3 + cell.Width(form.Title)})
	}
	lines = append(lines, f.menu("", items)...)
	hints := []Hint{{k.Copy, "copy"}, {k.Left, ""}, {k.Right, "choose"}}
	if len(c.sets) > 1 {
		hints = append(hints, Hint{k.Which, "which offers"})
	}
	return append(lines, f.KeysLine(append(hints, Hint{k.File, "to a file"}, Hint{k.Close, "close"})...))
}

// preview draws the text to copy, as many lines as fit.
func (c CopyAs) preview(f Frame) []string {
	st, most := f.Styles, max(min(10, f.Lines/2-4), 3)
	var preview []string
	whole := 0 // lines of the text that are shown
	for line := range strings.SplitSeq(c.text, "\n") {
		mark := " │ "
		broken := strings.Split(ansi.Hardwrap(line, max(f.Width-4, 1), true), "\n")
		if len(preview)+len(broken) > most {
			left := strings.Count(c.text, "\n") + 1 - whole
			return append(preview, "   "+st.Dim.Render("… "+cell.Plural(left, "line", "lines")+" more"))
		}
		for _, part := range broken {
			preview = append(preview, st.Dim.Render(mark)+st.Text.Render(part))
			mark = "   " // the line continues
		}
		whole++
	}
	return preview
}
