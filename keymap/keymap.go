// Package keymap declares every key once: what it is, what it is called in the
// footer and in the help, and where it works. Matching, the footer, the help
// screen and the table in the README all read the same declaration.
package keymap

import "github.com/charmbracelet/bubbles/key"

// Keys are the keys by the place where they work.
type Keys struct {
	Anywhere   Anywhere
	Table      Table
	Line       Line
	Completion Completion
	Facets     Facets
	Find       Find
	Details    Details
	Chips      Chips
	SortMenu   SortMenu
	Like       Like
	Planner    Planner
	Columns    Columns
	Near       Near
	CopyAs     CopyAs
	Command    Command
	Matrix     Matrix
	Compare    Compare

	CompareEdit CompareEdit

	Picture Picture
	Help    Help
}

// Anywhere are keys that work in every place.
type Anywhere struct{ Interrupt, Suspend, Help, Reload, Repaint key.Binding }

// Table are the keys of the table.
type Table struct {
	Up, Down, Top, Bottom, PageUp, PageDown, HalfUp, HalfDown, Left, Right key.Binding

	Pick, Copy, CopyAs, Command, Matrix, Compare, Picture, Filter, Facets, HideFacets, GPU, Region, Count, Type,
	OnlyLike, Unlike, Elsewhere, Fits, Unbeaten, Basis, Mark, MarkRange, Unmark, OnlyMarked, Details, Chips, Clear,
	Undo, Redo, Sort, SortThen, Reload, Refresh, Columns, Mouse, Demo, Help, Back, Quit key.Binding
}

// Line are the keys of the filter line; every other key is typed or edits.
type Line struct{ Accept, Leave, Complete, RowUp, RowDown, PageUp, PageDown, Earlier, Later key.Binding }

// Completion are the keys of the list of completions; every other key closes the list and goes to the line.
type Completion struct{ Take, Up, Down, Leave key.Binding }

// Facets are the keys of the facets.
type Facets struct {
	Up, Down, Top, Bottom, PageUp, PageDown key.Binding

	Tick, TickAndGo, Only, Clear, All, Find, Order, GPU, Region, Count, Type, Table, Hide key.Binding
}

// Find are the keys of a search field; every other key is typed.
type Find struct{ Accept, Leave, Up, Down key.Binding }

// Details are the keys of the details, where better rows can be chosen.
type Details struct{ Up, Down, Go, Table, Close key.Binding }

// Chips are the keys of the filter's terms.
type Chips struct{ Left, Right, Drop, Table key.Binding }

// Like are the keys of the menu of values to narrow the filter to, besides the letters of its fields.
type Like struct{ Left, Right, Take, Close key.Binding }

// SortMenu are the keys of the sort menu besides the letters of its fields; every other character is typed.
type SortMenu struct{ Left, Right, Take, Close key.Binding }

// Planner are the keys of the menu of what has to fit; while the model is chosen, every other character is typed.
type Planner struct{ Left, Right, Up, Down, Erase, Take, Close key.Binding }

// Columns are the keys of the menu of columns.
type Columns struct{ Left, Right, Toggle, MoveLeft, MoveRight, Usual, Write, Close key.Binding }

// Near are the keys of the menu of offers closest to one that is no longer listed.
type Near struct{ Up, Down, Take, Back key.Binding }

// CopyAs are the keys of the menu of formats to copy in, besides the letters of the formats.
type CopyAs struct{ Left, Right, Which, File, Copy, Close key.Binding }

// Command are the keys while the command line is shown.
type Command struct{ Copy, Close key.Binding }

// Matrix are the keys of the price matrix.
type Matrix struct {
	Up, Down, Left, Right, Next, Previous, Top, Bottom, First, Last, PageUp, PageDown, Finer, Coarser, Go, Copy,
	Close key.Binding
}

// Compare are the keys of the comparison.
type Compare struct{ Left, Right, Up, Down, Pick, Copy, Unmark, Hours, Budget, Close key.Binding }

// CompareEdit are the keys while the hours or the budget of the comparison are typed.
type CompareEdit struct{ Accept, Leave key.Binding }

// Picture are the keys of the price distribution.
type Picture struct{ Up, Down, Top, Bottom, PageUp, PageDown, Go, Close key.Binding }

// Help are the keys of the help screen.
type Help struct{ Up, Down, PageUp, PageDown, Find, Language, Close key.Binding }

func bind(keys []string, show, does string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(show, does))
}

func on(keys ...string) []string { return keys }

// Default returns the default keys.
func Default() Keys {
	return Keys{
		Anywhere:   anywhereKeys(),
		Table:      tableKeys(),
		Line:       lineKeys(),
		Completion: completionKeys(),
		Facets:     facetsKeys(),
		Find:       findKeys(),
		Details:    detailsKeys(),
		Chips:      chipsKeys(),
		SortMenu:   sortMenuKeys(),
		Like:       likeKeys(),
		Planner:    plannerKeys(),
		Columns:    columnsKeys(),
		Near:       nearKeys(),
		CopyAs:     copyAsKeys(),
		Matrix:     matrixKeys(),
		Compare:    compareKeys(),
		Picture:    pictureKeys(),

		CompareEdit: CompareEdit{Accept: bind(on("enter", "tab"), "enter", "set"),
			Leave: bind(on("esc"), "esc", "cancel")},

		Command: Command{Copy: bind(on("y", "enter"), "y", "copy"),
			Close: bind(on("esc", "q", ":"), "esc", "close")},
		Help: helpKeys(),
	}
}

func anywhereKeys() Anywhere {
	return Anywhere{
		Interrupt: bind(on("ctrl+c"), "ctrl+c", "quit, from anywhere"),
		Suspend:   bind(on("ctrl+z"), "ctrl+z", "suspend; fg resumes"),
		Help:      bind(on("f1"), "f1", "help"),
		Reload:    bind(on("f5"), "f5", "reload the list"),
		Repaint:   bind(on("ctrl+l"), "ctrl+l", "repaint the screen"),
	}
}

func tableKeys() Table {
	return Table{
		Up:         bind(on("up", "k"), "↑ k", "row up"),
		Down:       bind(on("down", "j"), "↓ j", "row down"),
		Top:        bind(on("g", "home"), "g home", "first row"),
		Bottom:     bind(on("G", "end"), "G end", "last row"),
		PageUp:     bind(on("pgup", "ctrl+b"), "pgup ctrl+b", "page up"),
		PageDown:   bind(on("pgdown", "ctrl+f"), "pgdn ctrl+f", "page down"),
		HalfUp:     bind(on("ctrl+u"), "ctrl+u", "half a page up"),
		HalfDown:   bind(on("ctrl+d"), "ctrl+d", "half a page down"),
		Left:       bind(on("left", "h"), "← h", "columns to the left"),
		Right:      bind(on("right", "l"), "→ l", "columns to the right"),
		Pick:       bind(on("enter"), "enter", "copy the id, quit and print it"),
		Copy:       bind(on("y"), "y", "copy the id, or the marked ids, and stay"),
		CopyAs:     bind(on("Y"), "Y", "copy as JSON, CSV, a create call…"),
		Command:    bind(on(":"), ":", "show the command that lists these offers"),
		Matrix:     bind(on("x"), "x", "price matrix: the lowest price of each GPU in each region"),
		Compare:    bind(on("c"), "c", "compare the marked offers, or this one"),
		Picture:    bind(on("P"), "P", "price distribution of each GPU"),
		Filter:     bind(on("/"), "/", "filter"),
		Facets:     bind(on("tab"), "tab", "to the facets"),
		HideFacets: bind(on("0"), "0", "hide or show the facets"),
		GPU:        bind(on("1"), "1", "to the GPU facet"),
		Region:     bind(on("2"), "2", "to the region facet"),
		Count:      bind(on("3"), "3", "to the count facet"),
		Type:       bind(on("4"), "4", "to the type facet"),
		OnlyLike:   bind(on("@"), "@", "only offers with a value of this one; asks which"),
		Unlike:     bind(on("!"), "!", "no offers with a value of this one; asks which"),
		Elsewhere:  bind(on("e"), "e", "closest offers in other regions"),
		Fits:       bind(on("F"), "F", "what fits: plan for a language model"),
		Unbeaten:   bind(on("B"), "B", "only offers that no other one beats, or all"),
		Basis:      bind(on("b"), "b", "compare prices per GPU, GB of VRAM, TB/s or PFLOPS"),
		Details:    bind(on("p"), "p", "details of the offer, with cheaper ones"),
		Mark:       bind(on(" "), "space", "mark or unmark the offer, move down"),
		MarkRange:  bind(on("v"), "v", "start a range; again: mark up to here"),
		Unmark:     bind(on("M"), "M", "clear the marks"),
		OnlyMarked: bind(on("t"), "t", "show only the marked offers, or all"),
		Chips:      bind(on("backspace"), "backspace", "to the filter's terms, to remove one"),
		Clear:      bind(on("X"), "X", "clear the filter"),
		Undo:       bind(on("u"), "u", "undo"),
		Redo:       bind(on("ctrl+r"), "ctrl+r", "redo"),
		Sort:       bind(on("s"), "s", "sort by…; again reverses"),
		SortThen:   bind(on("S"), "S", "sort by a further field"),
		Reload:     bind(on("r"), "r", "reload; after a failure, retry"),
		Refresh:    bind(on("R"), "R", "auto-refresh on or off"),
		Columns:    bind(on("C"), "C", "choose and order the columns"),
		Mouse:      bind(on("m"), "m", "mouse on or off"),
		Demo:       bind(on("d"), "d", "browse the demo if there is no key"),
		Help:       bind(on("?"), "?", "help"),
		Back:       bind(on("esc"), "esc", "one step back, then clear the filter"),
		Quit:       bind(on("q"), "q", "quit"),
	}
}

func lineKeys() Line {
	return Line{
		Accept:   bind(on("enter"), "enter", "keep the filter"),
		Leave:    bind(on("esc"), "esc", "cancel: the filter as it was before"),
		Complete: bind(on("tab"), "tab", "complete fields, values, locations"),
		RowUp:    bind(on("up", "ctrl+k"), "↑ ctrl+k", "row up"),
		RowDown:  bind(on("down", "ctrl+j"), "↓ ctrl+j", "row down"),
		PageUp:   bind(on("pgup"), "pgup", "page up"),
		PageDown: bind(on("pgdown"), "pgdn", "page down"),
		Earlier:  bind(on("ctrl+p"), "ctrl+p", "an earlier filter"),
		Later:    bind(on("ctrl+n"), "ctrl+n", "a later filter"),
	}
}

func completionKeys() Completion {
	return Completion{
		Take:  bind(on("tab", "enter"), "tab", "insert"),
		Up:    bind(on("up", "ctrl+p", "shift+tab"), "↑", "up"),
		Down:  bind(on("down", "ctrl+n"), "↓", "down"),
		Leave: bind(on("esc"), "esc", "close the list"),
	}
}

func facetsKeys() Facets {
	return Facets{
		Up:        bind(on("up", "k"), "↑ k", "up"),
		Down:      bind(on("down", "j"), "↓ j", "down, into the next facet at the end"),
		Top:       bind(on("g", "home"), "g home", "first value"),
		Bottom:    bind(on("G", "end"), "G end", "last value"),
		PageUp:    bind(on("pgup", "ctrl+b"), "pgup ctrl+b", "page up"),
		PageDown:  bind(on("pgdown", "ctrl+f"), "pgdn ctrl+f", "page down"),
		Tick:      bind(on(" "), "space", "tick or untick"),
		TickAndGo: bind(on("enter"), "enter", "tick, then to the table"),
		Only:      bind(on("o"), "o", "tick only this"),
		Clear:     bind(on("c"), "c", "clear this facet"),
		All:       bind(on("a"), "a", "tick all found"),
		Find:      bind(on("/"), "/", "find a value or a location"),
		Order:     bind(on("O"), "O", "order by name, offers or price"),
		GPU:       bind(on("1"), "1", "to the GPU facet"),
		Region:    bind(on("2"), "2", "to the region facet"),
		Count:     bind(on("3"), "3", "to the count facet"),
		Type:      bind(on("4"), "4", "to the type facet"),
		Table:     bind(on("tab", "esc", "q"), "tab esc", "end the search, then to the table"),
		Hide:      bind(on("0"), "0", "hide the facets"),
	}
}

func findKeys() Find {
	return Find{
		Accept: bind(on("enter", "tab"), "enter", "select"),
		Leave:  bind(on("esc"), "esc", "cancel"),
		Up:     bind(on("up"), "↑", "up"),
		Down:   bind(on("down"), "↓", "down"),
	}
}

func detailsKeys() Details {
	return Details{
		Up:    bind(on("up", "k"), "↑ k", "up"),
		Down:  bind(on("down", "j"), "↓ j", "down"),
		Go:    bind(on("enter"), "enter", "go to that offer"),
		Table: bind(on("tab", "esc", "q"), "tab esc", "back to the table"),
		Close: bind(on("p"), "p", "close the details"),
	}
}

func chipsKeys() Chips {
	return Chips{
		Left:  bind(on("left", "h"), "← h", "left"),
		Right: bind(on("right", "l"), "→ l", "right"),
		Drop:  bind(on("backspace", "delete", "enter", "x"), "backspace", "remove the term"),
		Table: bind(on("esc", "tab", "q"), "esc", "back to the table"),
	}
}

func sortMenuKeys() SortMenu {
	return SortMenu{
		Left:  bind(on("left", "up", "shift+tab"), "←", "the field before"),
		Right: bind(on("right", "down", "tab"), "→", "the next field"),
		Take:  bind(on("enter"), "enter", "sort by the chosen field"),
		Close: bind(on("esc", "q", "s", "S"), "esc", "close"),
	}
}

func likeKeys() Like {
	return Like{
		Left:  bind(on("left", "up", "shift+tab"), "←", "the field before"),
		Right: bind(on("right", "down", "tab"), "→", "the next field"),
		Take:  bind(on("enter"), "enter", "filter by the chosen field"),
		Close: bind(on("esc", "q"), "esc", "cancel"),
	}
}

func plannerKeys() Planner {
	return Planner{
		Left:  bind(on("left", "shift+tab"), "←", "the field before"),
		Right: bind(on("right", "tab"), "→", "the next field"),
		Up:    bind(on("up"), "↑", "more, or the next one"),
		Down:  bind(on("down"), "↓", "less, or the one before"),
		Erase: bind(on("backspace"), "backspace", "erase a typed letter"),
		Take:  bind(on("enter"), "enter", "filter by it"),
		Close: bind(on("esc"), "esc", "close"),
	}
}

func columnsKeys() Columns {
	return Columns{
		Left:      bind(on("left", "h"), "← h", "left"),
		Right:     bind(on("right", "l"), "→ l", "right"),
		Toggle:    bind(on(" "), "space", "show or hide the column"),
		MoveLeft:  bind(on("<", "H", "shift+left"), "< H", "move the column left"),
		MoveRight: bind(on(">", "L", "shift+right"), "> L", "move the column right"),
		Usual:     bind(on("backspace"), "backspace", "restore defaults"),
		Write:     bind(on("w"), "w", "save as default"),
		Close:     bind(on("esc", "enter", "q", "C"), "esc", "close"),
	}
}

func nearKeys() Near {
	return Near{
		Up:   bind(on("up", "k"), "↑ k", "up"),
		Down: bind(on("down", "j"), "↓ j", "down"),
		Take: bind(on("enter"), "enter", "pick it, or go to it"),
		Back: bind(on("esc", "q"), "esc", "back to the table"),
	}
}

func copyAsKeys() CopyAs {
	return CopyAs{
		Left:  bind(on("left", "h", "shift+tab"), "← h", "left"),
		Right: bind(on("right", "l", "tab"), "→ l", "right"),
		Which: bind(on(" "), "space", "which offers: marked, this one, its closest, all shown"),
		File:  bind(on("w"), "w", "write to a file"),
		Copy:  bind(on("enter", "y"), "enter", "copy and stay"),
		Close: bind(on("esc", "q", "Y"), "esc", "close"),
	}
}

func matrixKeys() Matrix {
	return Matrix{
		Up:       bind(on("up", "k"), "↑ k", "up"),
		Down:     bind(on("down", "j"), "↓ j", "down"),
		Left:     bind(on("left", "h"), "← h", "left"),
		Right:    bind(on("right", "l"), "→ l", "right"),
		Next:     bind(on("tab", "n"), "tab", "the next location that has this GPU"),
		Previous: bind(on("shift+tab", "N"), "shift+tab", "the previous one"),
		Top:      bind(on("g"), "g", "the first GPU"),
		Bottom:   bind(on("G"), "G", "the last GPU"),
		First:    bind(on("home", "0"), "home", "the first location"),
		Last:     bind(on("end", "$"), "end", "the last location"),
		PageUp:   bind(on("pgup", "ctrl+b"), "pgup", "page up"),
		PageDown: bind(on("pgdown", "ctrl+f"), "pgdn", "page down"),
		Finer:    bind(on("+", "="), "+", "finer locations: countries, regions"),
		Coarser:  bind(on("-"), "-", "coarser locations"),
		Go:       bind(on("enter"), "enter", "to the table, filtered to this GPU and location"),
		Copy:     bind(on("y"), "y", "copy the id of the cheapest offer there"),
		Close:    bind(on("esc", "q", "x"), "esc", "close"),
	}
}

func compareKeys() Compare {
	return Compare{
		Left:   bind(on("left", "h", "shift+tab"), "← h", "the offer on the left"),
		Right:  bind(on("right", "l", "tab"), "→ l", "the offer on the right"),
		Up:     bind(on("up", "k"), "↑ k", "scroll up"),
		Down:   bind(on("down", "j"), "↓ j", "scroll down"),
		Pick:   bind(on("enter"), "enter", "copy the selected id, quit and print it"),
		Copy:   bind(on("y"), "y", "copy the selected id and stay"),
		Unmark: bind(on(" "), "space", "unmark the offer and remove it here"),
		Hours:  bind(on("n"), "n", "set the hours that the cost is for"),
		Budget: bind(on("b"), "b", "set the budget"),
		Close:  bind(on("esc", "q", "c"), "esc", "close"),
	}
}

func pictureKeys() Picture {
	return Picture{
		Up:       bind(on("up", "k"), "↑ k", "up"),
		Down:     bind(on("down", "j"), "↓ j", "down"),
		Top:      bind(on("g", "home"), "g home", "the first GPU"),
		Bottom:   bind(on("G", "end"), "G end", "the last GPU"),
		PageUp:   bind(on("pgup", "ctrl+b"), "pgup", "page up"),
		PageDown: bind(on("pgdown", "ctrl+f"), "pgdn", "page down"),
		Go:       bind(on("enter"), "enter", "to the table, filtered to this GPU"),
		Close:    bind(on("esc", "q", "P"), "esc", "close"),
	}
}

func helpKeys() Help {
	return Help{
		Up:       bind(on("up", "k"), "↑ k", "up"),
		Down:     bind(on("down", "j"), "↓ j", "down"),
		PageUp:   bind(on("pgup", "ctrl+b"), "pgup", "page up"),
		PageDown: bind(on("pgdown", "ctrl+f", " "), "pgdn", "page down"),
		Find:     bind(on("/"), "/", "find a key or a term"),
		Language: bind(on("f"), "f", "only the filter language, or all keys"),
		Close:    bind(on("esc", "q", "?", "enter"), "esc", "close"),
	}
}

// viewPlaces are the places over the table in which the table's keys for the actions in inViews work too.
var (
	viewPlaces    = []string{"matrix", "compare", "picture"}
	sharedActions = []string{"help", "reload", "refresh", "matrix", "picture", "command"}
)

// Group is the keys of one place, for the help screen and the README.
type Group struct {
	Title string
	Place string // its name in the settings
	Keys  []key.Binding
}

// Groups returns all keys by place.
func (k Keys) Groups() []Group {
	t, l, f := k.Table, k.Line, k.Facets
	return []Group{
		{"In the table", "table", []key.Binding{t.Pick, t.Copy, t.CopyAs, t.Filter, t.Facets, t.HideFacets, t.GPU,
			t.Region, t.Count, t.Type, t.OnlyLike, t.Unlike, t.Elsewhere, t.Fits, t.Unbeaten, t.Basis, t.Mark,
			t.MarkRange, t.Unmark, t.OnlyMarked, t.Compare, t.Details, t.Matrix, t.Picture, t.Chips, t.Clear,
			t.Undo, t.Redo, t.Sort, t.SortThen, t.Columns, t.Reload, t.Refresh,
			t.Command, t.Mouse, t.Demo, t.Help, t.Back, t.Quit}},
		{"Moving", "table", []key.Binding{t.Up, t.Down, t.Top, t.Bottom, t.PageUp, t.PageDown, t.HalfUp, t.HalfDown,
			t.Left, t.Right}},
		{"In the facets", "facets", []key.Binding{f.Tick, f.TickAndGo, f.Only, f.Clear, f.All, f.Find, f.Order,
			f.Table}},
		{"In the details", "details", []key.Binding{k.Details.Up, k.Details.Down, k.Details.Go, k.Details.Table,
			k.Details.Close}},
		{"On the filter's terms", "chips", []key.Binding{k.Chips.Left, k.Chips.Right, k.Chips.Drop, k.Chips.Table}},
		{"In the filter line", "line", []key.Binding{l.Accept, l.Leave, l.Complete, l.RowUp, l.RowDown, l.PageUp,
			l.PageDown, l.Earlier, l.Later, Editing}},
		{"Completing the line", "completion",
			[]key.Binding{k.Completion.Take, k.Completion.Up, k.Completion.Down, k.Completion.Leave}},
		{"Finding a value or a key", "find", []key.Binding{k.Find.Accept, k.Find.Up, k.Find.Down, k.Find.Leave}},
		{"In the sort menu", "sort-menu", []key.Binding{SortLetters, k.SortMenu.Left, k.SortMenu.Right, k.SortMenu.Take,
			k.SortMenu.Close}},
		{"In the menu of values", "like", []key.Binding{SortLetters, k.Like.Left, k.Like.Right, k.Like.Take,
			k.Like.Close}},
		{"In the planner of models", "planner", []key.Binding{k.Planner.Left, k.Planner.Right, k.Planner.Up,
			k.Planner.Down, k.Planner.Erase, k.Planner.Take, k.Planner.Close}},
		{"In the columns menu", "columns",
			[]key.Binding{k.Columns.Left, k.Columns.Right, k.Columns.Toggle, k.Columns.MoveLeft, k.Columns.MoveRight,
				k.Columns.Usual, k.Columns.Write, k.Columns.Close}},
		{"In the closest offers", "near", []key.Binding{k.Near.Up, k.Near.Down, k.Near.Take, k.Near.Back}},
		{"In the price matrix", "matrix", []key.Binding{k.Matrix.Go, k.Matrix.Copy, k.Matrix.Up, k.Matrix.Down,
			k.Matrix.Left,
			k.Matrix.Right, k.Matrix.Next, k.Matrix.Previous, k.Matrix.Top, k.Matrix.Bottom, k.Matrix.First,
			k.Matrix.Last, k.Matrix.PageUp, k.Matrix.PageDown, k.Matrix.Finer, k.Matrix.Coarser, k.Matrix.Close}},
		{"In the comparison", "compare", []key.Binding{k.Compare.Pick, k.Compare.Copy, k.Compare.Left, k.Compare.Right,
			k.Compare.Up, k.Compare.Down, k.Compare.Hours, k.Compare.Budget, k.Compare.Unmark, k.Compare.Close}},
		{"Typing hours or a budget", "compare-edit", []key.Binding{k.CompareEdit.Accept, k.CompareEdit.Leave}},
		{"In the price distribution", "picture",
			[]key.Binding{k.Picture.Go, k.Picture.Up, k.Picture.Down, k.Picture.Top,
				k.Picture.Bottom, k.Picture.PageUp, k.Picture.PageDown, k.Picture.Close}},
		{"In the copy menu", "copy-as", []key.Binding{CopyLetters, k.CopyAs.Left, k.CopyAs.Right, k.CopyAs.Which,
			k.CopyAs.File, k.CopyAs.Copy, k.CopyAs.Close}},
		{"In the command", "command", []key.Binding{k.Command.Copy, k.Command.Close}},
		{"In the help", "help", []key.Binding{k.Help.Up, k.Help.Down, k.Help.PageUp, k.Help.PageDown, k.Help.Find,
			k.Help.Language, k.Help.Close}},
		{"Anywhere", "anywhere", []key.Binding{k.Anywhere.Interrupt, k.Anywhere.Suspend, k.Anywhere.Help,
			k.Anywhere.Reload,
			k.Anywhere.Repaint}},
	}
}

// SortLetters are the letters in the sort menu. Package query declares them with the fields.
var SortLetters = bind(on("p", "g", "n", "m", "v", "c", "d", "u", "r", "t"), "a letter",
	"choose that field")

// CopyLetters are the letters in the menu of formats to copy in. Package export declares them with the formats.
var CopyLetters = bind(on("i", "j", "c", "m", "r", "u", "p", "a"), "a letter", "copy in that format")

// Editing are the usual keys of a line editor. The text field handles them itself.
var Editing = bind(on("ctrl+a", "ctrl+e", "ctrl+u", "ctrl+w", "ctrl+b", "ctrl+f"), "ctrl+a e u w b f",
	"start, end, delete to the start, delete a word, left, right")
