// Package view is what opens over the table: menus in the footer's place, and views that take the
// whole body. A view is a value. It gets a Frame, which says what there is to show and how much room
// there is, and answers with an Intent, which says what the user wants of the rest of the program.
package view

import (
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/query"
)

// Frame is what there is to show, and where. A view keeps none of it.
type Frame struct {
	Pen
	Height int // lines of the body
	Lines  int // lines of the whole screen
	Keys   keymap.Keys
	Notice string // what is said just now, as it is drawn; empty if nothing is

	Catalog *catalog.Catalog
	Query   query.Query
	Order   query.Sort
	Rows    []catalog.Row // that match and are listed
	NoGPU   bool          // none of them has a GPU
	Marked  []catalog.Row // and listed
	Marks   int           // ids that are marked, listed or not
	Row     catalog.Row   // under the cursor of the table; the zero Row if none is chosen
	Columns []Column      // those of the table in their order, then the others
	Command string        // the command line that gives what the table shows
	Files   bool          // files can be written
}

// Column is a column of the table, as the menu of columns shows it.
type Column struct {
	Name, Title string
	Chosen      bool // by the user
	NoRoom      bool // chosen, and not on the screen for want of room
}

// View is what is open over the table.
type View interface {
	Name() string
	// Fit is the view after anything has changed. It may ask to be closed.
	Fit(Frame) (View, Intent)
	Key(tea.KeyMsg, Frame) (View, Intent)
	// Foot is the lines in the footer's place; without a body the menu itself.
	Foot(Frame) []string
	// Target is what a key would act on.
	Target(Frame) Target
}

// FullBody is a view that takes the whole body.
type FullBody interface {
	View
	Body(Frame) []string
	Click(x, line int, f Frame) (View, Intent) // line of the body
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
	Editing() bool        // the field has the keys
	Edit(tea.KeyMsg) View // a key of the field's own, or a paste
}

// Target is what a key would act on: while that changes under the user's eyes, keys wait.
type Target struct {
	Key   string // of what is chosen; empty if nothing is
	Held  bool
	Offer api.InstanceType // what it says, if it is an offer
	More  string           // what else the key would act on
	Lines string           // the keys of the lines that keys move through
}

// Status is the status line of a view: what is chosen, on the right the place in the list, and an id.
type Status struct{ Say, Place, ID string }

// Intent is what the user wants of the rest of the program; nil is nothing.
type Intent interface{ intent() }

type (
	// Close closes the view. Why is what to say if it was not the user's wish.
	Close struct{ Why string }
	// Pass is a key that the view does not know.
	Pass struct{}
	// ClearNotice takes what is said away: what is chosen is told in its place.
	ClearNotice struct{}
	// Say is a sentence to the user.
	Say struct {
		Kind Kind
		Text string
	}
	// IfSeen is what a key does to what is chosen: only where that has been on the screen for a moment.
	IfSeen struct{ Do Intent }
	// Become puts another view in the place of this one.
	Become struct{ View View }
	// Filter goes to the table with another filter.
	Filter struct{ Query query.Query }
	// Order sorts the table, and closes the view.
	Order struct{ Sort query.Sort }
	// SetColumns is the columns of the table, by name, in their order; none: the usual ones.
	SetColumns struct{ Columns []string }
	// SaveColumns writes the columns into the settings.
	SaveColumns struct{}
	// Unmark takes the mark of an offer away.
	Unmark struct{ ID string }
	// Copy copies the id of an offer.
	Copy struct{ Row catalog.Row }
	// CopyText copies a text, and closes the view.
	CopyText struct{ Text, What string }
	// SaveFile writes a text to a new file, and closes the view.
	SaveFile struct{ Name, Text string }
	// Pick picks an offer.
	Pick struct{ Row catalog.Row }
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
func (Replace) intent()     {}

// Kind is how a sentence is meant.
type Kind int

// The kinds.
const (
	Good Kind = iota
	Warn
	Bad
	Quiet
)

func warn(text string) Intent { return Say{Warn, text} }
