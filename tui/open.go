package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/view"
)

// Views open over the table. The model keeps them, passes them keys with what there is to show, and carries out
// their intents. Nothing else opens or closes a view.

// open holds the views over the table; the last one has the focus. When a view
// closes, the focus returns to what it covered.
type open struct {
	views       []view.View
	opened      int              // how many views were ever opened
	under       focus            // gets the focus when the last view is closed
	assumptions view.Assumptions // what the user has set in a comparison
	form        int              // the form that the user last copied in
}

// view returns the view that has the focus, nil if none is open.
func (m *Model) view() view.View {
	if n := len(m.open.views); n > 0 && m.focus == onView {
		return m.open.views[n-1]
	}
	return nil
}

// fullBody returns the view that covers the table, also while a menu or the filter line has the focus; nil if
// there is none.
func (m *Model) fullBody() view.FullBody {
	if m.focus != onView && m.focus != onLine {
		return nil
	}
	for _, v := range slices.Backward(m.open.views) {
		if v, is := v.(view.FullBody); is {
			return v
		}
	}
	return nil
}

// viewName returns the name of the view that has the focus, empty if none is open.
func (m *Model) viewName() string {
	if v := m.view(); v != nil {
		return v.Name()
	}
	return ""
}

// show opens a view, in place of those that are open.
func (m *Model) show(v view.View) {
	if m.focus != onView {
		m.open.under = m.focus
	}
	m.focus, m.open.views = onView, []view.View{v}
	m.open.opened++
}

// showOver opens a view over the part that has the focus, which gets it back when the view closes.
func (m *Model) showOver(v view.View) {
	if m.focus != onView {
		m.open.views, m.open.under = nil, m.focus
	}
	m.focus, m.open.views = onView, append(slices.Clip(m.open.views), v)
	m.open.opened++
}

// become replaces the open view with its next state. What the user has set in it is
// remembered for the next view of its kind.
func (m *Model) become(v view.View) {
	m.open.views = slices.Clone(m.open.views) // an earlier model may share this slice
	m.open.views[len(m.open.views)-1] = v
	switch v := v.(type) {
	case view.Compare:
		m.open.assumptions = v.Assumptions
	case view.CopyAs:
		m.open.form = v.Form
	}
}

// closeView closes the open view and says why; an empty why means that the user closed it.
func (m *Model) closeView(why string) {
	if m.pick.phase == offering {
		m.pick.phase = idle
	}
	n := len(m.open.views) - 1
	if m.open.views = m.open.views[:n:n]; n == 0 {
		m.focus = m.open.under
	}
	m.sayClosed(why)
}

// sayClosed says why the focused part was closed; an empty why means that the user closed it.
func (m *Model) sayClosed(why string) {
	if why != "" {
		m.seen.surprise(m.opt.Now())
		m.say(warn, why)
	}
}

// closeViews closes all views and returns the focus to the table.
func (m *Model) closeViews() { m.focus, m.open.views = onTable, nil }

// openKey passes a key to the open view.
func (m *Model) openKey(msg tea.KeyMsg) tea.Cmd {
	v, wants := m.view().Key(msg, m.frame())
	m.become(v)
	return m.do(wants, msg)
}

// do carries out the intent of the open view.
func (m *Model) do(wants view.Intent, msg tea.KeyMsg) tea.Cmd {
	switch wants := wants.(type) {
	case view.IfSeen:
		if m.viewMayAct(msg) {
			return m.do(wants.Do, msg)
		}
	case view.Pass:
		return m.viewKey(msg)
	case view.Close:
		m.closeView(wants.Why)
	case view.ClearNotice:
		m.notice.text = ""
	case view.Say:
		m.say(noticeKind(wants.Kind), wants.Text)
	case view.Become:
		m.become(wants.View)
	case view.Filter:
		m.closeViews()
		m.drillDown(wants.Query)
	case view.Order:
		m.closeViews()
		m.order = wants.Sort
	case view.SetColumns:
		m.columns, m.shift = columnsNamed(wants.Columns), 0
	case view.SaveColumns:
		if m.opt.SaveColumns != nil {
			return m.opt.saveColumnsCmd(columnNames(m.columns))
		}
		m.say(warn, "There is no home directory to save settings in")
	case view.Unmark:
		m.marks = m.marks.with(wants.ID, false)
		if c, is := m.view().(view.Compare); is {
			m.become(c.Unmarking()) // it chooses the next offer, because the user asked for it
		}
	case view.Copy:
		return m.copyOf(wants.Row)
	case view.CopyText:
		m.closeViews()
		return m.copyOther(wants.Text, wants.What)
	case view.SaveFile:
		m.closeViews()
		return m.opt.saveFileCmd(wants.Name, wants.Text)
	case view.Pick:
		return m.beginPick([]catalog.Row{wants.Row}, nil)
	case view.GoTo:
		m.goTo(wants.Row)
	case view.Replace:
		return m.takeNear(wants.Gone, wants.Row)
	}
	return nil
}

// viewKey handles a key that a view has no use for: over the whole body use one of the table's, in a menu none.
func (m *Model) viewKey(msg tea.KeyMsg) tea.Cmd {
	_, hasBody := m.view().(view.FullBody)
	if _, is := m.view().(view.Help); hasBody && !is {
		return m.actionKey(msg)
	}
	m.say(warn, keymap.Shown(msg.String())+" does nothing here · "+keymap.Name(m.opt.Keys.Table.Back)+" closes this")
	return nil
}

// showOffers opens a view of the offers that the table shows.
func (m *Model) showOffers(v view.View) {
	if m.result.Rows.Len() == 0 {
		m.say(warn, "No offers to show")
		return
	}
	m.show(v)
}

// showComparison opens the comparison of the marked offers, or of the one under the cursor if none is marked.
func (m *Model) showComparison() {
	switch {
	case len(m.markedRows) > 0:
	case m.fullBody() != nil:
		m.say(warn, m.opt.noMarks())
		return
	case m.current().None():
		m.sayNothingChosen()
		return
	}
	m.show(view.NewCompare(m.open.assumptions, m.current()))
}

// showLike opens the menu of the values of the offer under the cursor.
func (m *Model) showLike(msg tea.KeyMsg) {
	switch {
	case !m.tableMayAct(msg):
	case m.current().None():
		m.sayNothingChosen()
	default:
		m.showOver(view.Like{Unlike: key.Matches(msg, m.opt.Keys.Table.Unlike)})
	}
}

// showElsewhere opens the menu of the offers in other regions that are closest to the one under the cursor.
func (m *Model) showElsewhere(msg tea.KeyMsg) {
	row := m.current()
	switch {
	case !m.tableMayAct(msg):
		return
	case row.None():
		m.sayNothingChosen()
		return
	}
	list := m.list.catalog.ClosestElsewhere(row, view.ElsewhereMost)
	if len(list) == 0 {
		m.say(warn, "No other region lists this GPU")
		return
	}
	m.showOver(view.NewElsewhere(row, list))
}

// showCopyAs opens the menu of forms to copy in, if the rows to copy are listed and safe.
func (m *Model) showCopyAs(msg tea.KeyMsg) {
	if !m.tableMayAct(msg) {
		return
	}
	menu, rows := view.NewCopyAs(m.frame(), m.open.form)
	if len(rows) == 0 {
		m.sayNothingChosen()
		return
	}
	if m.canTake(rows) {
		m.notice.text = ""
		m.showOver(menu)
	}
}

// pen returns the drawing tools that the screen shares with the views.
func (m *Model) pen() view.Pen {
	return view.Pen{Width: m.width, Styles: m.opt.Styles, ASCII: m.opt.ASCII}
}

// frame returns what a view has to show, and how much room there is.
func (m *Model) frame() view.Frame {
	return view.Frame{
		Pen: m.pen(), Height: m.bodyHeight(), Lines: m.height, Keys: m.opt.Keys,
		Catalog: m.list.catalog, Query: m.typed.Query, Order: m.order,
		Rows: m.result.Rows, NoGPU: m.result.OnlyWithoutGPU(), Marked: m.markedRows, Marks: len(m.marks.ids),
		Row:     m.current(),
		Columns: columnsToChoose(m.columns, m.grid().layout(), m.shift > 0, m.list.catalog.Changes().Any()),
		Command: m.Command(), Files: m.opt.SaveFile != nil, Measure: m.measure,
	}
}

// columnsToChoose returns the columns of the table, then the others.
func columnsToChoose(all []column, onScreen []placed, shifted, changes bool) []view.Column {
	chosen := columnNames(all)
	names := slices.Clone(chosen)
	for _, name := range ColumnNames() {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var columns []view.Column
	for i, name := range names {
		idle := name == wasColumn && !changes // shown only after something has changed
		columns = append(columns, view.Column{
			Name: name, Title: columnsNamed([]string{name})[0].title, Chosen: i < len(chosen),
			NoRoom: i < len(chosen) && !slices.ContainsFunc(onScreen, func(c placed) bool { return c.name == name }) &&
				!shifted && !idle,
		})
	}
	return columns
}

// viewStatus draws the status line of a view: the chosen item, an id, and on the right the position in the
// list, as far as they fit in this order. A notice takes the place of the position, or the line if both do not fit.
func (m *Model) viewStatus(s view.Status) string {
	st := m.opt.Styles
	whole, right := view.Join(s.Say, s.ID), st.Dim.Render(s.Place)
	if m.notice.text != "" && m.notice.text != s.Say {
		right = m.noticeText()
		if cell.Width(whole)+cell.Width(right)+4 > m.width {
			return cell.Cut(" "+right, m.width, "…")
		}
	}
	room := m.width - 2
	if cell.Width(whole)+2+cell.Width(right) <= room {
		room -= cell.Width(right) + 2
	} else {
		right = ""
	}
	line := " " + st.Text.Render(cell.Cut(s.Say, max(room, 0), "…"))
	if s.ID != "" && cell.Width(whole) <= room {
		line += st.Dim.Render(" · ") + st.Accent.Render(s.ID)
	}
	return m.pen().Justify(line, right+" ")
}
