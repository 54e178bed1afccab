// Package tui is the screen: the one model that Bubble Tea runs.
//
// The screen follows from a few facts: the loaded rows, the text of the filter line, the order, the cursor. A
// key or a message changes facts. Everything that follows from them (the rows that match, counts, column
// widths, choices) is then derived in derive.go and written nowhere else. Update lists the messages and View
// the parts of the screen. Input and output happen in commands, whose results are messages named in the past
// tense. Menus and views that open over the table are in package view.
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

// Options are the settings of a Model and everything that it uses from outside.
type Options struct {
	Source     feed.Source                 // where the first load reads from; nil: Open says
	Open       func() (feed.Source, error) // called for every load, so that r reads the credentials again
	Demo       func() (feed.Source, error) // d calls it if there is no key; nil: not offered
	IsDemo     bool                        // Open opens the demo
	File       string                      // the file that Open reads; empty if it reads none
	Ask        api.Ask
	Filter     string
	Sort       query.Sort
	Keys       keymap.Keys
	Styles     styles.Styles
	ASCII      bool          // no character beyond ASCII is drawn
	Welcome    bool          // show three lines that say what to do
	Mouse      bool          // the mouse is on at the start
	Columns    []string      // names of the columns in their order; nil: the default ones
	Refresh    time.Duration // interval of auto-refresh; 0: off
	Multi      bool          // Enter picks all marked rows
	Check      bool          // check a row with the service before it is picked
	Captured   bool          // the id goes to a program: Enter leaves the clipboard alone
	Copy       func(text string) clipboard.Outcome
	CanSuspend func() bool
	Alert      func(text string) // called when a row newly matches; nil: no alert

	// SaveColumns writes the columns to the user's settings and returns where those
	// are; nil: there are no settings to write.
	SaveColumns func(names []string) (where string, err error)
	// LoadHistory returns the filters of earlier runs, the oldest first, and KeepFilter adds one; nil: there are none.
	LoadHistory func() []string
	KeepFilter  func(filter string) error
	// SaveFile writes a text to a new file and returns its name; nil: files cannot be written.
	SaveFile func(name, text string) (string, error)
	Now      func() time.Time
	Tick     func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd // tea.Tick; tests have their own
}

// focus is the part of the screen that gets the keys.
type focus int

const (
	onTable focus = iota
	onLine
	onFacets
	onFind // searching for a value of a facet
	onDetails
	onChips
	onView // a menu or view over the table
)

// Model is the program's state.
type Model struct {
	opt           Options
	width, height int
	focus         focus

	store

	source feed.Source // the source that was opened last
	pick   pickState
	open   open

	line       textinput.Model
	facets     facets
	marks      marks
	details    details
	completion completion
	history    history
	undo       undo
	writing    bool // the line has changed since it got the focus
	order      query.Sort
	columns    []column // the id is the last
	measure    catalog.Measure
	refresh    refresh
	mouse      bool
	welcome    bool          // show the welcome until the first key
	chips      scroll.Choice // the chosen term of the filter
	shift      int           // columns that are scrolled away

	rows        scroll.Choice // the chosen offer of the table
	choice      scroll.Choice // the chosen line of the choices
	aim         string        // the id to put the cursor on when everything is derived next; empty for none
	moved       bool          // the user has placed the cursor since the rows last changed
	pressed     bool          // any key was pressed
	seen        seen          // what the user has seen; View updates it
	copying     bool          // the clipboard is being written
	copiedOnly  bool          // something was copied without being picked
	unconfirmed []string      // the ids copied last, if nothing confirms that they are in a clipboard
	notice      notice
	noticeTimer bool // a timer for the notice is running
	keepFailed  bool // the user was told that the list cannot be written to disk
	ticks       int  // the number of the running clock
	skipFrame   bool // see CanSkipFrame

	outcome  Outcome
	quitting bool

	then func() tea.Cmd // what a message still has to do when everything is derived; settle calls it

	derived // written in derive.go only
}

// New returns a model before its first load.
func New(opt Options) *Model {
	if opt.Tick == nil {
		opt.Tick = tea.Tick
	}
	m := &Model{opt: opt, order: opt.Sort, mouse: opt.Mouse, welcome: opt.Welcome,
		store: store{list: listing{catalog: catalog.New(api.Rows{})}}, columns: columnsNamed(opt.Columns)}
	m.refresh.every = opt.Refresh
	m.line, m.facets.finder, m.open.assumptions = view.NewEditor(), view.NewEditor(), view.UsualAssumptions
	m.line.SetValue(opt.Filter)
	m.load = m.load.begin(opt.Now())
	m.settle(byMessage)
	return m
}

// Init starts the first load.
func (m *Model) Init() tea.Cmd {
	first := m.opt.openCmd(m.load.number)
	if source := m.opt.Source; source != nil {
		first = m.sourceOpened(sourceOpenedMsg{load: m.load.number, source: source})
	}
	cmds := []tea.Cmd{first, m.tickCmd(), readTables}
	if m.mouse {
		cmds = append(cmds, mouseCmd(m.mouse))
	}
	if load := m.opt.LoadHistory; load != nil {
		cmds = append(cmds, func() tea.Msg { return historyLoadedMsg{load()} })
	}
	return tea.Batch(cmds...)
}

// current returns the chosen offer of the table, or the zero Row if none is chosen.
func (m *Model) current() catalog.Row {
	if !m.rows.Chosen() || m.rows.Cursor >= m.listed.Len() {
		return catalog.Row{}
	}
	return m.listed.At(m.rows.Cursor)
}

func (m *Model) listedItem(i int) scroll.Item { return view.RowItem(m.listed.At(i)) }

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
	if !m.list.entire() {
		return m.rows.Name + " is not among the loaded offers"
	}
	return m.rows.Name + " is no longer listed"
}
