package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/scroll"
	"gpupick/tui/view"
)

// A facet lists the values of a field, with the number of offers that each would leave and their
// lowest price per GPU. Ticks and the filter line are one query: a tick rewrites the line, and
// values that the line chooses are ticked.

// facetFields are the fields that have a facet, in screen order.
var facetFields = [...]query.Field{query.GPU, query.Region, query.Count, query.Type}

const (
	besideFrom  = 110 // least screen width for facets beside the table
	leastValues = 2   // least number of lines per facet
)

// facets is the state of the facets.
type facets struct {
	hidden bool                            // the user has hidden the facets beside the table
	at     int                             // the facet that has the cursor
	by     valueOrder                      // of the values of all facets
	chosen [len(facetFields)]scroll.Choice // the chosen value of each facet
	order  map[string]valuePlace           // the positions of the focused facet's values when it got the focus
	finder textinput.Model
}

// valuePlace is the position of a value when its facet got the focus.
type valuePlace struct {
	at   int
	dead bool // it had no match and no tick
}

// valueOrder is the order of the values of a facet.
type valueOrder int

const (
	byList  valueOrder = iota // as the list has them: names, counts
	byRows                    // most offers first
	byPrice                   // lowest price per GPU first
	valueOrders
)

func (o valueOrder) String() string { return [...]string{"name", "number of offers", "price"}[o] }

// orderFacets goes on to the next order of the values.
func (m *Model) orderFacets() {
	m.facets.by = (m.facets.by + 1) % valueOrders
	m.say(quiet, "Values by "+m.facets.by.String())
	at := m.facets.chosen[m.facets.at].Key
	m.enterFacet(m.facets.at)
	lines := m.facets.lines(m.facets.at, m.result)
	if i := slices.IndexFunc(lines, func(l facetLine) bool { return l.divider == 0 && l.Key() == at }); i >= 0 {
		c := m.facets.chosen[m.facets.at]
		m.facets.put(m.facets.at, m.result, c.WithLen(len(lines)).To(i), 1)
	}
}

// ordered returns the values of facet i in the order that the user has chosen.
func (f facets) ordered(i int, result catalog.Result) []catalog.FacetValue {
	values := slices.Clone(result.Facets[facetFields[i]].Values)
	slices.SortStableFunc(values, func(a, b catalog.FacetValue) int {
		if a.Ticked != b.Ticked { // ticked values stay at the top
			return map[bool]int{true: -1, false: 1}[a.Ticked]
		}
		switch f.by {
		case byRows:
			return b.Rows - a.Rows
		case byPrice:
			return comparePrices(a.From, b.From)
		}
		return 0
	})
	return values
}

// comparePrices orders prices, the unknown ones last.
func comparePrices(a, b api.Optional[float64]) int {
	switch {
	case a.Known && b.Known:
		return cmp.Compare(a.Value, b.Value)
	case a.Known:
		return -1
	case b.Known:
		return 1
	}
	return 0
}

// width returns the width of the facets: beside the table on a wide screen, or over it. Where there is room,
// the names of most regions fit whole.
func (f facets) width(screen int) int {
	switch {
	case screen >= 150:
		return 38
	case f.beside(screen):
		return 28
	}
	return min(max(screen/2, 28), 44)
}

// beside reports whether the facets stand beside the table.
func (f facets) beside(screen int) bool { return screen >= besideFrom && !f.hidden }

// facetsOpen reports whether the facets are on screen; on a narrow one they lie
// over the table while they have the focus.
func (m *Model) facetsOpen() bool {
	return m.facets.beside(m.width) || m.focus == onFacets || m.focus == onFind
}

// focusedFacet returns the index of the focused facet, or -1.
func (m *Model) focusedFacet() int {
	if m.focus == onFacets || m.focus == onFind {
		return m.facets.at
	}
	return -1
}

// facetLine is a line of a facet: a value, or the divider above the values with no match.
type facetLine struct {
	catalog.FacetValue
	divider int // number of values below the divider; 0: this is a value
}

// lines returns the lines of facet i that match the search text. While the facet has the focus, its
// values keep their order, so that nothing moves under the cursor. Without it, ticked values are at the
// top and those with no match at the bottom.
func (f facets) lines(i int, result catalog.Result) []facetLine {
	values := f.ordered(i, result)
	isDead := func(v catalog.FacetValue) bool { return v.Rows == 0 && !v.Ticked }
	if i == f.at && f.order != nil {
		place := func(v catalog.FacetValue) valuePlace {
			if p, there := f.order[v.Key()]; there {
				return p
			}
			// appeared after the facet got the focus
			return valuePlace{at: len(f.order), dead: v.Rows == 0 && !v.Ticked}
		}
		isDead = func(v catalog.FacetValue) bool { return place(v).dead }
		slices.SortStableFunc(values, func(a, b catalog.FacetValue) int { return place(a).at - place(b).at })
	}
	if typed := f.finder.Value(); i == f.at && typed != "" {
		found := catalog.Finder(facetFields[i], typed)
		values = slices.DeleteFunc(values, func(v catalog.FacetValue) bool { return !found(v) })
	}
	var lines, dead []facetLine
	for _, v := range values {
		if isDead(v) {
			dead = append(dead, facetLine{FacetValue: v})
			continue
		}
		lines = append(lines, facetLine{FacetValue: v})
	}
	if len(dead) > 0 {
		lines = append(append(lines, facetLine{divider: len(dead)}), dead...)
	}
	return lines
}

// shown returns the facets that fit on the screen: all, or the one that has or last had the focus.
func (f facets) shown(height int) []int {
	if height < len(facetFields)*(leastValues+1)+1 {
		return []int{f.at}
	}
	all := make([]int, len(facetFields))
	for i := range all {
		all[i] = i
	}
	return all
}

// itemOf returns the lines of a facet as list items. A divider has no key, so that it is never chosen.
func itemOf(lines []facetLine) func(i int) scroll.Item {
	return func(i int) scroll.Item {
		if lines[i].divider > 0 {
			return scroll.Item{}
		}
		return scroll.Item{Key: lines[i].Key(), Name: cell.Text(lines[i].Label)}
	}
}

// put moves the cursor of facet i to that of w. If that is the divider, the
// cursor moves on by one line in direction d.
func (f *facets) put(i int, result catalog.Result, w scroll.Window, d int) {
	lines := f.lines(i, result)
	if w.Cursor < len(lines) && lines[w.Cursor].divider > 0 {
		if w.Cursor+d < 0 || w.Cursor+d >= len(lines) {
			d = -d
		}
		w = w.Move(d)
	}
	f.chosen[i] = f.chosen[i].On(w, itemOf(lines))
}

// facetsFromTable handles the keys that lead from the table to the facets.
func (m *Model) facetsFromTable(msg tea.KeyMsg) bool {
	k := m.opt.Keys.Table
	switch {
	case key.Matches(msg, k.Facets):
		if m.facets.beside(m.width) || !m.enterDetails() { // over the table, they would hide the details
			m.enterFacet(m.facets.at)
		}
	case m.jumpToFacet(msg, k.GPU, k.Region, k.Count, k.Type):
	case key.Matches(msg, k.HideFacets):
		m.facets.hidden = !m.facets.hidden
		if m.width < besideFrom && !m.facets.hidden {
			m.enterFacet(m.facets.at)
		}
	default:
		return false
	}
	return true
}

// jumpToFacet focuses facet i if msg is the i-th of the keys, and reports whether it was one of them.
func (m *Model) jumpToFacet(msg tea.KeyMsg, jumps ...key.Binding) bool {
	for i, jump := range jumps {
		if key.Matches(msg, jump) {
			m.enterFacet(i)
			return true
		}
	}
	return false
}

// enterFacet moves the focus to facet i and records the order of its values. The cursor stays on its value.
func (m *Model) enterFacet(i int) {
	m.leaveFacets()
	m.focus = onFacets
	m.facets.hidden = false
	m.facets.at = i
	m.facets.order = map[string]valuePlace{}
	for at, v := range m.facets.ordered(i, m.result) {
		m.facets.order[v.Key()] = valuePlace{at: at, dead: v.Rows == 0 && !v.Ticked}
	}
	if c := m.facets.chosen[i]; !c.Chosen() { // it disappeared while the facet had no focus
		m.facets.put(m.facets.at, m.result, c.To(0), 1)
	}
}

// value returns the value under the cursor; ok is false if there is none.
func (f facets) value(result catalog.Result) (v catalog.FacetValue, ok bool) {
	lines, c := f.lines(f.at, result), f.chosen[f.at]
	if !c.Chosen() || c.Cursor >= len(lines) || lines[c.Cursor].divider > 0 {
		return v, false
	}
	return lines[c.Cursor].FacetValue, true
}

// leaveFacets returns the focus to the table. The facet scrolls to the top, where the ticked values are; its
// chosen value keeps its key and is found again when the facet gets the focus.
func (m *Model) leaveFacets() {
	m.focus = onTable
	m.facets.order = nil
	m.facets.finder.SetValue("")
	c := &m.facets.chosen[m.facets.at]
	c.Window = c.To(0)
}

func (m *Model) facetKey(msg tea.KeyMsg) tea.Cmd {
	k, w := m.opt.Keys.Facets, m.facets.chosen[m.facets.at].Window
	switch {
	case key.Matches(msg, k.Up):
		m.stepFacet(-1)
	case key.Matches(msg, k.Down):
		m.stepFacet(1)
	case key.Matches(msg, k.Top):
		m.facets.put(m.facets.at, m.result, w.To(0), 1)
	case key.Matches(msg, k.Bottom):
		m.facets.put(m.facets.at, m.result, w.To(w.Len-1), -1)
	case key.Matches(msg, k.PageUp):
		m.facets.put(m.facets.at, m.result, w.Page(-1), -1)
	case key.Matches(msg, k.PageDown):
		m.facets.put(m.facets.at, m.result, w.Page(1), 1)
	case key.Matches(msg, k.Tick) && m.valueMayBeTicked(msg):
		m.tick(query.Query.Toggle)
	case key.Matches(msg, k.TickAndGo) && m.valueMayBeTicked(msg):
		if v, _ := m.facets.value(m.result); !v.Ticked { // enter accepts, and takes nothing away
			m.tick(query.Query.Toggle)
		}
		m.leaveFacets()
	case key.Matches(msg, k.Only) && m.valueMayBeTicked(msg):
		m.tick(func(q query.Query, v query.Value, _ []query.Value) query.Query { return q.OnlyLike(v) })
	case key.Matches(msg, k.Clear):
		m.rewrite(m.typed.Query.Untick(facetFields[m.facets.at]))
	case key.Matches(msg, k.All) && m.mayAct(m.seen.view.lines, "press "+keymap.Name(k.All)+" again"):
		m.tickFound()
	case key.Matches(msg, k.Find):
		m.focus = onFind
		m.facets.finder.Focus()
		m.facets.finder.CursorEnd()
	case m.jumpToFacet(msg, k.GPU, k.Region, k.Count, k.Type):
	case key.Matches(msg, k.Order):
		m.orderFacets()
	case key.Matches(msg, k.Hide):
		m.facets.hidden = true
		m.leaveFacets()
	case key.Matches(msg, k.Table), key.Matches(msg, m.opt.Keys.Table.Facets):
		if view.IsBack(msg, k.Table) && m.facets.finder.Value() != "" {
			m.leaveFind()
			break
		}
		m.leaveFacets()
		if key.Matches(msg, m.opt.Keys.Table.Facets) { // the key that enters the facets goes on to the details
			m.enterDetails()
		}
	case key.Matches(msg, k.Tick, k.TickAndGo, k.Only, k.All): // it said why not
	default:
		return m.actionKey(msg)
	}
	return nil
}

// stepFacet moves the cursor by one line in direction d; past the last or first value it enters the next facet.
func (m *Model) stepFacet(d int) {
	i := m.facets.at
	c := m.facets.chosen[i]
	tried := m.facets
	tried.put(i, m.result, c.Move(d), d)
	if to := tried.chosen[i]; to.Cursor != c.Cursor || c.Held || m.focus != onFacets || m.facets.finder.Value() != "" {
		m.facets = tried
		return
	}
	if next := i + d; next >= 0 && next < len(facetFields) {
		m.enterFacet(next)
		w := m.facets.chosen[next].Window
		if d > 0 {
			m.facets.put(next, m.result, w.To(0), 1)
		} else {
			m.facets.put(next, m.result, w.To(w.Len-1), -1)
		}
	}
}

// valueMayBeTicked reports whether a key may act on the value under the cursor; if
// not, it says why.
func (m *Model) valueMayBeTicked(msg tea.KeyMsg) bool {
	if !m.viewMayAct(msg) {
		return false
	}
	if c := m.facets.chosen[m.facets.at]; c.Lost() {
		m.say(warn, c.Name+" is no longer listed")
		return false
	}
	return true
}

// tick changes the query with the value under the cursor.
func (m *Model) tick(change func(q query.Query, v query.Value, ticked []query.Value) query.Query) {
	f := facetFields[m.facets.at]
	if v, ok := m.facets.value(m.result); ok {
		m.rewrite(change(m.typed.Query, v.Of(f), m.result.Facets[f].Ticked()))
	}
}

// tickFound ticks all values that the search has found and that have a match;
// without a search it says how to begin one.
func (m *Model) tickFound() {
	if m.facets.finder.Value() == "" {
		m.say(warn, "Find values with "+keymap.Name(m.opt.Keys.Facets.Find)+" first, then "+
			keymap.Name(m.opt.Keys.Facets.All)+" ticks all that match")
		return
	}
	var found []query.Value
	f := facetFields[m.facets.at]
	for _, l := range m.facets.lines(m.facets.at, m.result) {
		if l.divider == 0 && l.Rows > 0 {
			found = append(found, l.Of(f))
		}
	}
	if len(found) > 0 {
		m.rewrite(m.typed.Query.TickAll(f, found, m.result.Facets[f].Ticked()))
	}
}

// rewrite replaces the text of the line with a query.
func (m *Model) rewrite(q query.Query) {
	m.history.add(m.line.Value())
	if e := m.typed.Err; e != nil {
		m.say(warn, strconv.Quote(m.line.Value()[e.From:e.To])+" was not understood and is left out")
	}
	m.setFilter(q.String())
}

// toggleUnbeaten limits the filter to the offers that no other one beats, and says what counts.
func (m *Model) toggleUnbeaten() {
	q, on := m.typed.Query.ToggleUnbeaten()
	before := m.result.Rows.Len()
	m.rewrite(q)
	if on {
		m.say(good, fmt.Sprintf("%s of %s are unbeaten in GPUs, RAM, vCPU, disk and price within a country",
			cell.Int(m.list.catalog.Run(q).Rows.Len()), cell.Int(before)))
	}
}

// findKey handles a key during the search for a value.
func (m *Model) findKey(msg tea.KeyMsg) {
	k := m.opt.Keys.Find
	switch {
	case key.Matches(msg, k.Accept):
		m.focus = onFacets
		m.facets.finder.Blur()
	case key.Matches(msg, k.Leave):
		m.leaveFind()
	case key.Matches(msg, k.Up):
		m.stepFacet(-1)
	case key.Matches(msg, k.Down):
		m.stepFacet(1)
	default:
		m.editFind(msg)
	}
}

func (m *Model) editFind(msg tea.KeyMsg) {
	m.facets.finder, _ = m.facets.finder.Update(msg)
	m.facets.chosen[m.facets.at] = scroll.Choice{}.Over(len(m.facets.lines(m.facets.at, m.result)),
		itemOf(m.facets.lines(m.facets.at, m.result)))
	m.facets.put(m.facets.at, m.result, m.facets.chosen[m.facets.at].To(0), 1)
}

func (m *Model) leaveFind() {
	m.focus = onFacets
	m.facets.finder.Blur()
	m.facets.finder.SetValue("")
}
