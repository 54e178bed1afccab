package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// After each key and each message, everything that follows from the facts of the model is derived here. The
// fields of derived are assigned only in this file. Keys move the choice in a list; this file then fits it to
// the current list. Expensive steps run again only if their inputs have changed.

// derived holds everything that follows from the other fields of the model.
type derived struct {
	question question      // the inputs of the result
	ran      int           // the number of results so far
	typed    catalog.Typed // the filter line as the list reads it
	result   catalog.Result
	listed   catalog.Rows // the rows of the table: the result, and matching rows that are no longer listed

	markedRows   []catalog.Row // the listed ones: those in view, in table order, then the others
	markedInView int

	choices  []catalog.Choice // suggested filters, if the filter is ambiguous or matches nothing
	table    []column         // the columns to show; the id is the last
	widths   naturalWidths
	cuts     nameCuts // how the names of GPUs and regions are cut in the table
	faceted  int      // the value of ran when the facets were last laid out
	fitted   fitted   // the values for which the open view was last laid out
	wasEnded bool     // the list that was shown last had ended
}

// question holds everything that a result depends on.
type question struct {
	catalog *catalog.Catalog
	line    string
	writing bool
	order   string
	only    bool // show only marked offers
	marks   int  // how often the marks have changed
	measure catalog.Measure
}

// fitted holds everything that the layout of a view depends on.
type fitted struct{ opened, views, ran, width, height int }

// cause is what has changed the facts of the model.
type cause int

const (
	byKey     cause = iota // a key or the mouse
	byMessage              // a load, a timer or a resize
)

// event is something that derive finds and apply acts on.
type event struct {
	say    string // the notice to show; empty for none
	leaves bool   // the focused part has nothing left to show and loses the focus
}

// settle derives everything after a key or a message has changed facts. The events that it finds may change
// facts again, so it derives at most twice.
func (m *Model) settle(by cause) (cmd tea.Cmd) {
	events := m.derive(by)
	if m.notice.number != m.notice.before { // do not replace the notice of this key or message
		events = slices.DeleteFunc(events, func(e event) bool { return !e.leaves })
	}
	changed := m.apply(events)
	if then := m.then; then != nil {
		m.then, changed = nil, true
		cmd = then()
	}
	if by == byMessage && m.pick.phase == asking {
		changed = true
		cmd = tea.Batch(cmd, m.askAgain())
	}
	if changed {
		m.apply(m.derive(by))
	}
	return cmd
}

// apply carries out events and reports whether a fact has changed.
func (m *Model) apply(events []event) (changed bool) {
	for _, e := range events {
		switch {
		case e.leaves && m.focus == onLine: // a view under the line has nothing left to show
			m.open.views = nil
		case e.leaves && m.view() != nil:
			m.closeView(e.say)
		case e.leaves:
			m.focus = onTable
			m.sayClosed(e.say)
		default:
			m.say(warn, e.say)
		}
		changed = changed || e.leaves
	}
	return changed
}

// derive computes everything that follows from the facts, and returns the events that it finds.
func (m *Model) derive(by cause) (events []event) {
	was, before := m.current(), m.question.catalog
	another := m.runQuery()
	loaded := m.question.catalog != before
	m.layChoices(by, another)
	m.rows = m.rows.WithHeight(m.tableHeight())
	switch {
	case m.aim != "":
		m.toAim()
	// until the user moves, the cursor stays on the first offer of an arriving list
	case another, loaded && !m.moved && (!m.wasEnded || !m.pressed):
		m.toFirst()
		if loaded {
			events = append(events, m.list.unlisted(was)...)
		}
	default:
		events = append(events, m.stayOn(was, loaded)...)
	}
	m.aim, m.wasEnded = "", m.list.ended()
	m.table = m.tableColumns()
	m.widths = m.widths.measured(m.list.catalog, m.table)
	if m.width > 0 {
		m.shift = min(m.shift, m.grid().maxShift())
		m.cuts = m.cuts.fitted(m.list.catalog, m.grid().layout())
	}
	events = append(events, m.layFacets()...)
	events = append(events, m.layChips()...)
	events = append(events, m.layDetails()...)
	return append(events, m.fitView()...)
}

// runQuery runs the query if its inputs have changed. It reports whether the query itself is a different one.
func (m *Model) runQuery() (another bool) {
	now := question{m.list.catalog, m.line.Value(), m.writing, m.order.String(), m.marks.only, m.marks.changes,
		m.measure}
	if now == m.question {
		return false
	}
	before := m.typed.Query
	m.question = now
	m.ran++
	read := m.list.catalog.Read
	if m.writing { // the last word may be held back while it is typed
		read = m.list.catalog.Type
	}
	m.typed = read(m.line.Value())
	m.typed.Query = m.typed.Query.Ordered(m.order)
	var among func(catalog.Row) bool
	if m.marks.only {
		among = func(r catalog.Row) bool { return m.marks.ids[r.ID()] }
	}
	m.result = m.list.catalog.RunAmong(m.typed.Query, among).By(m.measure)
	if m.listed = m.result.Listed; m.unsettled() {
		m.listed = catalog.Rows{}
	}
	m.markedRows, m.markedInView = m.marks.among(m.result.Rows, m.list.catalog)
	return m.typed.Query.String() != before.String() || m.typed.Query.Sort.String() != before.Sort.String()
}

// layChoices updates the choices and the chosen one. If a key made them appear, the
// first one is chosen; if a load did, none is.
func (m *Model) layChoices(by cause, another bool) {
	m.choices = nil
	if m.choosing() {
		m.choices = m.list.catalog.Choices(m.line.Value(), m.typed, m.result)
	}
	n := len(m.choices)
	kept := m.choice.WithHeight(n).Over(n, choiceItem(m.choices))
	switch {
	case n == 0:
		m.choice = scroll.Choice{}
	case m.choice.Len == 0 && by != byKey:
		m.choice = scroll.Unchosen(n)
	case by == byKey && (another || kept.Lost() && !m.choice.Lost()):
		m.choice = scroll.Choice{}.WithHeight(n).Over(n, choiceItem(m.choices))
	default:
		m.choice = kept
	}
}

// toFirst chooses the first row that is still listed, or the first row if none is.
func (m *Model) toFirst() {
	at := 0
	for i, r := range m.listed.All() {
		if r.Change() != catalog.Gone {
			at = i
			break
		}
	}
	m.rows = m.rows.On(m.rows.WithLen(m.listed.Len()).To(at), m.listedItem)
	m.moved = false
}

// toAim chooses the offer whose id is aim.
func (m *Model) toAim() {
	at := m.listed.Index(m.aim, 0)
	m.rows = m.rows.On(m.rows.WithLen(m.listed.Len()).To(max(at, 0)), m.listedItem)
	m.moved = true
}

// stayOn keeps the chosen row of the table after the rows have changed. It returns an event if that row no
// longer matches or is no longer listed.
func (m *Model) stayOn(was catalog.Row, loaded bool) []event {
	held := m.rows.Held
	m.rows = m.rows.OverAt(m.listed.Len(), m.listed.Index(m.rows.Key, m.rows.Cursor), m.listedItem)
	switch row := m.current(); {
	// the user removed a mark while only marked offers are shown: choose the row that took its place
	case !loaded && m.rows.Held && !held:
		m.rows = m.rows.On(m.rows.Window, m.listedItem)
	case m.rows.Lost() && !held:
		return []event{{say: m.whyLost()}}
	case !row.None() && row.Change() == catalog.Gone:
		return m.list.unlisted(was)
	}
	return nil
}

// unlisted returns an event if an offer that was listed until now is not in the list any more.
func (l listing) unlisted(was catalog.Row) []event {
	if was.None() || was.Change() == catalog.Gone {
		return nil
	}
	if _, listed := l.catalog.At(was.ID()); listed {
		return nil
	}
	return []event{{say: was.ID() + " is no longer listed"}}
}

// layFacets divides the height among the facets; lines that one facet does not need go to the others. Count and
// type need little; the rest goes to GPU and region in equal parts.
func (m *Model) layFacets() (events []event) {
	shown := m.facets.shown(m.bodyHeight())
	lines := m.bodyHeight() - len(shown) - 1
	var want, get [len(facetFields)]int
	for _, i := range shown {
		want[i] = max(len(m.result.Facets[facetFields[i]].Values)+1, leastValues)
		get[i] = leastValues
		lines -= leastValues
	}
	for gave := true; gave && lines > 0; {
		gave = false
		for _, i := range shown {
			if lines > 0 && get[i] < want[i] && (i < 2 || get[i] < 6 || len(shown) == 1) {
				get[i]++
				lines--
				gave = true
			}
		}
	}
	for i := range get {
		all := m.facets.lines(i, m.result)
		c := m.facets.chosen[i].WithHeight(get[i])
		if m.focusedFacet() == i {
			if c = c.Over(len(all), itemOf(all)); c.Lost() && !m.facets.chosen[i].Held {
				events = append(events, event{say: c.Name + " is no longer listed"})
			}
		} else if c.Window = c.WithLen(len(all)); m.faceted != m.ran {
			c.Window = c.To(0) // show the ticked values, which are at the top
		}
		m.facets.chosen[i] = c
	}
	m.faceted = m.ran
	return events
}

// layChips keeps the chosen chip. After a term is removed, the next one is
// chosen; without terms the table gets the focus.
func (m *Model) layChips() []event {
	n := len(m.typed.Query.Terms)
	switch {
	case m.focus != onChips:
		return nil
	case n == 0:
		return []event{{leaves: true}}
	}
	if m.chips = m.chips.WithHeight(n).Over(n, chips(m.typed.Query.Terms)); m.chips.Lost() {
		m.chips = m.chips.On(m.chips.Window, chips(m.typed.Query.Terms))
	}
	return nil
}

// layDetails keeps the chosen one of the better offers; without any the table gets the focus.
func (m *Model) layDetails() []event {
	if m.focus != onDetails {
		return nil
	}
	list := m.better()
	if len(list) == 0 {
		return []event{{say: "No cheaper offer with these specs any more", leaves: true}}
	}
	held := m.details.choice.Held
	item := func(i int) scroll.Item { return view.RowItem(list[i]) }
	m.details.choice = m.details.choice.WithHeight(len(list)).Over(len(list), item)
	if c := m.details.choice; c.Lost() && !held {
		return []event{{say: c.Name + " is no longer offered here"}}
	}
	return nil
}

// fitView lets the open view adapt to new rows or another size.
func (m *Model) fitView() []event {
	now := fitted{m.open.opened, len(m.open.views), m.ran, m.width, m.bodyHeight()}
	if (m.view() == nil && m.fullBody() == nil) || now == m.fitted {
		return nil
	}
	m.fitted = now
	v, wants := m.open.views[len(m.open.views)-1].Fit(m.frame())
	m.become(v)
	switch wants := wants.(type) {
	case view.Close:
		return []event{{say: wants.Why, leaves: true}}
	case view.Say:
		return []event{{say: wants.Text}}
	}
	return nil
}
