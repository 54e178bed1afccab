// Package view has the views that open over the table: menus in place of the footer, and views that
// fill the body. A view is a value. It receives a Frame, the data to show and the room for it, and
// returns an Intent, what the user wants from the rest of the program.
package view

import (
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/query"
)

// Frame is the data that a view shows, and the room it has. Views do not keep the Frame.
type Frame struct {
	Pen
	Height int // lines of the body
	Lines  int // lines of the whole screen
	Keys   keymap.Keys

	Catalog *catalog.Catalog
	Query   query.Query
	Order   query.Sort
	Rows    catalog.Rows  // listed offers that match the filter
	NoGPU   bool          // there are rows, and none of them has a GPU
	Marked  []catalog.Row // marked offers that are still listed
	Marks   int           // number of marked ids, listed or not
	Row     catalog.Row   // the row under the table's cursor; the zero Row for none
	Columns []Column      // the table's columns in their order, then the others
	Command string        // the command line that reproduces the table
	Files   bool          // files can be written
	Measure catalog.Measure
}

// Column is a column of the table, as the menu of columns shows it.
type Column struct {
	Name, Title string
	Chosen      bool // one of the table's columns
	NoRoom      bool // chosen, but the screen is too narrow for it
}

// View is a menu or another view that is open over the table.
type View interface {
	// Name tells views, and the modes of a view, apart.
	Name() string
	// Fit returns the view adapted to a changed Frame. It may ask to be closed.
	Fit(Frame) (View, Intent)
	Key(tea.KeyMsg, Frame) (View, Intent)
	// Foot returns the lines in place of the footer. For a view without a body they are the menu itself.
	Foot(Frame) []string
	// Target returns what a key would act on.
	Target(Frame) Target
}

// FullBody is a view that takes the whole body.
type FullBody interface {
	View
	Body(Frame) []string
	Click(x, line int, f Frame) (View, Intent) // line counts from the top of the body
	Wheel(d int, f Frame) (View, Intent)
}

// WithStatus is a view with a status line of its own.
type WithStatus interface {
	View
	Status(Frame) Status
}

// Editor is a view with a text field.
type Editor interface {
	View
	Editing() bool        // the text field receives the keys
	Edit(tea.KeyMsg) View // a key for the text field, or a paste
}

// Target is what a key would act on. After it changes, keys wait until the user has seen the change.
type Target struct {
	Key   string // of the chosen item; empty for none
	Held  bool
	Offer api.InstanceType // the chosen item's data, if it is an offer
	More  string           // anything else that the key would act on
	Lines string           // the Keys of all items that the cursor can move to
}

// Status is the status line of a view: the chosen item in words, its place in the list, and an id.
type Status struct{ Say, Place, ID string }

// Intent is what the user wants from the rest of the program; nil for nothing.
type Intent interface{ intent() }

type (
	// Close closes the view. Why is the notice to show if the user did not ask for it.
	Close struct{ Why string }
	// Pass hands on a key that the view does not use.
	Pass struct{}
	// ClearNotice removes the notice, so that the status line shows the chosen item.
	ClearNotice struct{}
	// Say shows a notice.
	Say struct {
		Kind Kind
		Text string
	}
	// IfSeen does Do only if the chosen item has been on the screen for a moment.
	IfSeen struct{ Do Intent }
	// Become replaces this view with another one.
	Become struct{ View View }
	// Filter goes to the table with another filter.
	Filter struct{ Query query.Query }
	// Order sorts the table, and closes the view.
	Order struct{ Sort query.Sort }
	// SetColumns sets the table's columns, by name and in order; none for the default columns.
	SetColumns struct{ Columns []string }
	// SaveColumns writes the columns into the settings.
	SaveColumns struct{}
	// Unmark removes an offer's mark.
	Unmark struct{ ID string }
	// Copy copies the id of an offer.
	Copy struct{ Row catalog.Row }
	// CopyText copies a text, and closes the view.
	CopyText struct{ Text, What string }
	// SaveFile writes a text to a new file, and closes the view.
	SaveFile struct{ Name, Text string }
	// Pick picks an offer.
	Pick struct{ Row catalog.Row }
	// GoTo puts the cursor of the table on an offer, and closes the view.
	GoTo struct{ Row catalog.Row }
	// Replace picks an offer in place of the one that is no longer listed.
	Replace struct{ Gone, Row catalog.Row }
)

func (Close) intent()       {}
func (Pass) intent()        {}
func (ClearNotice) intent() {}
func (Say) intent()         {}
func (IfSeen) intent()      {}
func (Become) intent()      {}
func (Filter) intent()      {}
func (Order) intent()       {}
func (SetColumns) intent()  {}
func (SaveColumns) intent() {}
func (Unmark) intent()      {}
func (Copy) intent()        {}
func (CopyText) intent()    {}
func (SaveFile) intent()    {}
func (Pick) intent()        {}
func (GoTo) intent()        {}
func (Replace) intent()     {}

// Kind is the tone of a notice.
type Kind int

// The kinds of notices.
const (
	Good Kind = iota
	Warn
	Bad
	Quiet
)

func warn(text string) Intent { return Say{Warn, text} }
