package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// What follows from the facts of the model is derived after each key and each message. The fields of
// derived are assigned in this file and nowhere else; what is chosen in a list is brought into line here
// after keys have moved it. What costs something is done again only if what it depends on has changed.

// derived is what follows from the rest of the model.
type derived struct {
	question question      // what the result is of
	ran      int           // how many results there were
	typed    catalog.Typed // what of the line is applied
	result   catalog.Result
	listed   []catalog.Row // what the table shows: the result, and what is gone from it

	markedRows   []catalog.Row // that there are, in the order of the table; those out of view behind the others
	markedInView int

	choices  []catalog.Choice // what may be meant, where the filter asks or finds nothing
	table    []column         // those of the columns that have something to say; the id is the last
	widths   naturalWidths
	faceted  int    // the result that the facets were last laid out for
	fitted   fitted // what the open view was last fitted to
	wasEnded bool   // the load of the list that was shown last had ended
}

// question is what a result depends on.
type question struct {
	catalog *catalog.Catalog
	line    string
	writing bool
	order   string
	only    bool // marked offers
	marks   int  // how often they have changed
}

// fitted is what a view depends on.
type fitted struct{ opened, views, ran, width, height int }

// cause is what has changed the facts.
type cause int

const (
	byKey     cause = iota // or the mouse
	byMessage              // a load, a timer, another size
)

// event is what is noticed while everything is derived, and changes facts.
type event struct {
	say    string // empty: nothing is to be said
	leaves bool   // what has the keys has nothing left to show
}

// settle derives what follows from the facts that a key or a message has changed. What is noticed on
// the way may change facts in turn, so it is done twice at most.
func (m *Model) settle(by cause) (cmd tea.Cmd) {
	events := m.derive(by)
	if m.notice.number != m.notice.before { // what the key or the message has said itself is not replaced
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

// apply does what events are about; it reports whether a fact has changed.
func (m *Model) apply(events []event) (changed bool) {
	for _, e := range events {
		switch {
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

// derive writes everything that follows from the facts.
func (m *Model) derive(by cause) (events []event) {
	was, before := m.current(), m.question.catalog
	another := m.ask()
	loaded := m.question.catalog != before
	m.layChoices(by, another)
	m.rows = m.rows.WithHeight(m.tableHeight())
	switch {
	case m.aim != "":
		m.toAim()
	// until the user moves, the first offer of a list that arrives
	case another, loaded && !m.moved && (!m.wasEnded || !m.pressed):
		m.toFirst()
		if loaded {
			events = append(events, m.unlisted(was)...)
		}
	default:
		events = append(events, m.stayOn(was, loaded)...)
	}
	m.aim, m.wasEnded = "", m.list.ended()
	m.table = m.tableColumns()
	if m.widths.of != m.list.catalog && m.load.widths.of == m.list.catalog {
		m.widths = m.load.widths
	}
	m.widths = m.widths.measured(m.list.catalog, m.table)
	if m.width > 0 {
		m.shift = min(m.shift, m.grid().maxShift())
	}
	events = append(events, m.layFacets()...)
	events = append(events, m.layChips()...)
	events = append(events, m.layDetails()...)
	return append(events, m.fitView()...)
}

// ask runs the query, unless it has been run; it reports whether it is another one.
func (m *Model) ask() (another bool) {
	now := question{m.list.catalog, m.line.Value(), m.writing, m.order.String(), m.marks.only, m.marks.changes}
	if now == m.question {
		return false
	}
	before := m.typed.Query
	m.question = now
	m.ran++
	read := m.list.catalog.Read
	if m.writing { // the end of what is being typed may be held back
		read = m.list.catalog.Type
	}
	m.typed = read(m.line.Value())
	m.typed.Query = m.typed.Query.Ordered(m.order)
	var among func(catalog.Row) bool
	if m.marks.only {
		among = func(r catalog.Row) bool { return m.marks.ids[r.ID()] }
	}
	m.result = m.list.catalog.RunAmong(m.typed.Query, among)
	if m.listed = m.result.Listed(); m.unsettled() {
		m.listed = nil
	}
	m.markedRows, m.markedInView = m.collectMarked()
	return m.typed.Query.String() != before.String() || m.typed.Query.Sort.String() != before.Sort.String()
}

// collectMarked finds the marked rows that there are, and how many of them are in view.
func (m *Model) collectMarked() (rows []catalog.Row, inView int) {
	if len(m.marks.ids) == 0 {
		return nil, 0
	}
	seen := map[string]bool{}
	collect := func(from []catalog.Row) {
		for _, r := range from {
			if m.marks.ids[r.ID()] && !seen[r.ID()] {
				rows = append(rows, r)
				seen[r.ID()] = true
			}
		}
	}
	collect(m.result.Rows)
	inView = len(rows)
	collect(m.list.catalog.Rows())
	return rows, inView
}

// layChoices keeps the choice among the choices. What the user's own doing brings has its first line
// chosen, what a load brings has none.
func (m *Model) layChoices(by cause, another bool) {
	m.choices = nil
	if m.choosing() {
		m.choices = m.list.catalog.Choices(m.line.Value(), m.typed, m.result)
	}
	n := len(m.choices)
	kept := m.choice.WithHeight(n).Over(n, m.choiceItem)
	switch {
	case n == 0:
		m.choice = scroll.Choice{}
	case m.choice.Len == 0 && by != byKey:
		m.choice = scroll.Unchosen(n)
	case by == byKey && (another || kept.Lost() && !m.choice.Lost()):
		m.choice = scroll.Choice{}.WithHeight(n).Over(n, m.choiceItem)
	default:
		m.choice = kept
	}
}

// toFirst chooses the first offer, of those that are still listed if there are any.
func (m *Model) toFirst() {
	at := slices.IndexFunc(m.listed, func(r catalog.Row) bool { return r.Change() != catalog.Gone })
	m.rows = m.rows.On(m.rows.WithLen(len(m.listed)).To(max(at, 0)), m.listedItem)
	m.moved = false
}

// toAim chooses the offer that was aimed at.
func (m *Model) toAim() {
	at := slices.IndexFunc(m.listed, func(r catalog.Row) bool { return r.ID() == m.aim })
	m.rows = m.rows.On(m.rows.WithLen(len(m.listed)).To(max(at, 0)), m.listedItem)
	m.moved = true
}

// stayOn keeps the table's choice after the rows have changed; it notices that it is no longer listed.
func (m *Model) stayOn(was catalog.Row, loaded bool) []event {
	held := m.rows.Held
	m.rows = m.rows.Over(len(m.listed), m.listedItem)
	switch row := m.current(); {
	// the user's own doing: a mark was taken away where only marked offers are shown
	case !loaded && m.rows.Held && !held:
		m.rows = m.rows.On(m.rows.Window, m.listedItem)
	case m.rows.Lost() && !held:
		return []event{{say: m.whyLost()}}
	case !row.None() && row.Change() == catalog.Gone:
		return m.unlisted(was)
	}
	return nil
}

// unlisted notices of an offer that was listed until now that it no longer is.
func (m *Model) unlisted(was catalog.Row) []event {
	if was.None() || was.Change() == catalog.Gone {
		return nil
	}
	if _, listed := m.list.catalog.At(was.ID()); listed {
		return nil
	}
	return []event{{say: was.ID() + " is no longer listed"}}
}

// layFacets shares the height among the facets: what one does not need the others get. The count and
// the type need little; the rest goes to GPU and region in equal parts.
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
			c.Window = c.To(0) // what is ticked is on top, and to be seen
		}
		m.facets.chosen[i] = c
	}
	m.faceted = m.ran
	return events
}

// layChips keeps the choice among the terms: after one that was taken out the next is chosen. Without
// any the table has the keys.
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

// layDetails keeps the choice among the better offers that are shown; without any the table has the
// keys.
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

// fitView lets the open view follow what has changed.
func (m *Model) fitView() []event {
	now := fitted{m.open.opened, len(m.open.views), m.ran, m.width, m.bodyHeight()}
	if m.view() == nil || now == m.fitted {
		return nil
	}
	m.fitted = now
	v, wants := m.view().Fit(m.frame())
	m.become(v)
	switch wants := wants.(type) {
	case view.Close:
		return []event{{say: wants.Why, leaves: true}}
	case view.Say:
		return []event{{say: wants.Text}}
	}
	return nil
}
