// Package tui is the screen: the one model that Bubble Tea runs.
//
// What is shown follows from a few facts: the rows that were loaded, the text of the filter line, the
// order, where the cursor is. A key or a message changes facts; whatever follows from them (the rows
// that match, counts, column widths, what is chosen) is derived once behind it, in derive.go, and
// written nowhere else. Update is a table of contents of messages, View one of parts of the screen;
// input and output happen in commands, and what commands bring back is a message in the past tense.
// What opens over the table is a view of its own, in package view.
package tui

import (
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui/catalog"
	"gpupick/tui/clipboard"
	"gpupick/tui/feed"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// Options are what a Model is made of: everything from outside comes in here.
type Options struct {
	Open       func() (feed.Source, error) // called for every load, so that r reads the credentials again
	Demo       func() (feed.Source, error) // what d opens without a key; nil: not offered
	IsDemo     bool                        // what Open gives is the demo
	File       string                      // what Open gives is what was saved there
	Ask        api.Ask
	Filter     string
	Sort       query.Sort
	Keys       keymap.Keys
	Styles     styles.Styles
	ASCII      bool          // no character beyond ASCII is drawn
	Welcome    bool          // say in three lines what to do
	Mouse      bool          // on at first
	Columns    []string      // by name, in their order; nil: as usual
	Refresh    time.Duration // load again by itself; 0: not
	Multi      bool          // Enter picks all marked rows
	Check      bool          // ask the service once more before a row is picked
	Captured   bool          // the id goes to a program: Enter leaves the clipboard alone
	Copy       func(text string) clipboard.Outcome
	CanSuspend func() bool
	Alert      func(text string) // called when a row newly matches; nil: nobody is

	// SaveColumns writes them into the user's settings and says where those are;
	// nil: there is no place for settings.
	SaveColumns func(names []string) (where string, err error)
	// SaveFile writes a text to a new file and gives its name; nil: there are no files.
	SaveFile func(name, text string) (string, error)
	Now      func() time.Time
	Tick     func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd // tea.Tick; tests have their own
}

// focus is what has the keys.
type focus int

const (
	onTable focus = iota
	onLine
	onFacets
	onFind // looking for a value of a facet
	onDetails
	onChips
	onView // over the table
)

// Model is the program's state.
type Model struct {
	opt           Options
	width, height int
	focus         focus

	store

	source feed.Source // that was opened last
	pick   errand
	open   open

	line       textinput.Model
	facets     facets
	marks      marks
	details    details
	completion completion
	history    history
	writing    bool   // the line has been changed since it has the keys
	cleared    string // the filter that u brings back
	order      query.Sort
	columns    []column // the id is the last
	refresh    refresh
	mouse      bool
	welcome    bool          // until the first key
	chips      scroll.Choice // of the filter's terms
	shift      int           // columns that are scrolled away

	rows       scroll.Choice // of an offer, in the table
	choice     scroll.Choice // of what may be meant by a filter that asks or finds nothing
	aim        string        // the id that the cursor goes to; empty: where it usually does
	moved      bool          // the user has placed the cursor since the rows last changed
	pressed    bool          // any key was pressed
	seen       seen          // what the user has seen; View notes it
	copying    bool          // the clipboard is being written
	copiedOnly bool          // something was copied without being picked
	notice     notice
	keepFailed bool // it was said that the list cannot be written to disk
	ticks      int  // the number of the clock that runs
	skipFrame  bool // see CanSkipFrame

	outcome  Outcome
	quitting bool

	then func() tea.Cmd // what a message leaves to do when everything is derived; settle calls it

	derived // written in derive.go only
}

// New is a model before its first load.
func New(opt Options) *Model {
	if opt.Tick == nil {
		opt.Tick = tea.Tick
	}
	m := &Model{opt: opt, order: opt.Sort, mouse: opt.Mouse, welcome: opt.Welcome,
		store: store{list: listing{catalog: catalog.New(nil)}}, columns: columnsNamed(opt.Columns)}
	m.refresh.every = opt.Refresh
	m.line, m.facets.finder, m.open.assumptions = view.NewEditor(), view.NewEditor(), view.UsualAssumptions
	m.line.SetValue(opt.Filter)
	m.load = m.load.begin(opt.Now())
	m.settle(byMessage)
	return m
}

// Init starts the first load.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.opt.openCmd(m.load.number), m.tickCmd()}
	if m.mouse {
		cmds = append(cmds, mouseCmd(m.mouse))
	}
	return tea.Batch(cmds...)
}

// current is the offer that is chosen in the table, the zero Row if none is.
func (m *Model) current() catalog.Row {
	if !m.rows.Chosen() || m.rows.Cursor >= len(m.listed) {
		return catalog.Row{}
	}
	return m.listed[m.rows.Cursor]
}

func (m *Model) listedItem(i int) scroll.Item { return view.RowItem(m.listed[i]) }

// chooseRow puts the cursor of the table where the user has moved it.
func (m *Model) chooseRow(w scroll.Window) {
	m.moved = m.moved || m.rows.Held || w.Cursor != m.rows.Cursor
	m.rows = m.rows.On(w, m.listedItem)
}

// whyLost says why the chosen offer is not in the table any more.
func (m *Model) whyLost() string {
	if _, listed := m.list.catalog.At(m.rows.Key); listed {
		return m.rows.Name + " no longer matches"
	}
	return m.rows.Name + " is no longer listed"
}
