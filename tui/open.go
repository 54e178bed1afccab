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

// What is open over the table: the model keeps the views, hands them their keys with what there is to
// show, and does what they want. Nothing else opens or closes one.

// open is the views over the table, the one that has the keys last. What one lies over, it gives the
// keys back to.
type open struct {
	views       []view.View
	opened      int              // counts the views that were ever opened
	under       focus            // has the keys when the last view is closed
	assumptions view.Assumptions // that the user has set in a comparison
	form        int              // that the user has copied in
}

// view is the one that has the keys, nil if none is open.
func (m *Model) view() view.View {
	if n := len(m.open.views); n > 0 && m.focus == onView {
		return m.open.views[n-1]
	}
	return nil
}

// viewName is the name of the view that has the keys, empty if none is open.
func (m *Model) viewName() string {
	if v := m.view(); v != nil {
		return v.Name()
	}
	return ""
}

// show opens a view, from the table or in place of another one.
func (m *Model) show(v view.View) {
	m.focus, m.open.views, m.open.under = onView, []view.View{v}, onTable
	m.open.opened++
}

// showOver opens a view over what has the keys, and gives them back to it.
func (m *Model) showOver(v view.View) {
	if m.focus != onView {
		m.open.views, m.open.under = nil, m.focus
	}
	m.focus, m.open.views = onView, append(slices.Clip(m.open.views), v)
	m.open.opened++
}

// become is the open view after something has happened to it. What the user has set in it is
// remembered for the next one.
func (m *Model) become(v view.View) {
	m.open.views = slices.Clone(m.open.views) // the model before this one has them too
	m.open.views[len(m.open.views)-1] = v
	switch v := v.(type) {
	case view.Compare:
		m.open.assumptions = v.Assumptions
	case view.CopyAs:
		m.open.form = v.Form
	}
}

// closeView closes the open view, and says why if it was not the user's wish.
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

// sayClosed says why what had the keys is closed, if it was not the user's wish.
func (m *Model) sayClosed(why string) {
	if why != "" {
		m.seen.surprise(m.opt.Now())
		m.say(warn, why)
	}
}

// closeViews goes back to the table.
func (m *Model) closeViews() { m.focus, m.open.views = onTable, nil }

// openKey is a key of the open view.
func (m *Model) openKey(msg tea.KeyMsg) tea.Cmd {
	v, wants := m.view().Key(msg, m.frame())
	m.become(v)
	return m.do(wants, msg)
}

// do does what the open view wants.
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
		m.say(warn, "there is no home directory to write settings in")
	case view.Unmark:
		m.unmark(wants.ID)
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
	case view.Replace:
		return m.takeNear(wants.Gone, wants.Row)
	}
	return nil
}

// unmark takes the mark of an offer away that is compared: it was the user's own doing, so the next
// one is chosen.
func (m *Model) unmark(id string) {
	m.marks = m.marks.with(id, false)
	if c, is := m.view().(view.Compare); is {
		m.become(c.Unmarking())
	}
}

// viewKey is a key that means the same in every view as in the table.
func (m *Model) viewKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Table
	switch {
	case key.Matches(msg, k.Help):
		m.showOver(view.NewHelp())
	case key.Matches(msg, k.Reload):
		return m.reload()
	case key.Matches(msg, k.Refresh):
		return m.toggleRefresh()
	case key.Matches(msg, k.Matrix):
		m.showOffers(view.Matrix{})
	case key.Matches(msg, k.Picture):
		m.showOffers(view.Picture{})
	case key.Matches(msg, k.Command):
		m.show(view.Command{})
	}
	return nil
}

// showOffers opens a view of the offers that the table shows.
func (m *Model) showOffers(v view.View) {
	if len(m.result.Rows) == 0 {
		m.say(warn, "No offers to show")
		return
	}
	m.show(v)
}

// showComparison opens the comparison, if there is something to compare.
func (m *Model) showComparison() {
	switch len(m.markedRows) {
	case 0:
		m.say(warn, "mark two rows or more to compare them; "+keymap.Name(m.opt.Keys.Table.Mark)+" marks")
	case 1:
		m.say(warn, "one row is marked; mark another one to compare it with")
	default:
		m.show(view.NewCompare(m.open.assumptions))
	}
}

// showCopyAs opens the menu of forms to copy in, if what it would copy can be copied.
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
		m.show(menu)
	}
}

// pen draws what the screen shares with the views.
func (m *Model) pen() view.Pen {
	return view.Pen{Width: m.width, Styles: m.opt.Styles, ASCII: m.opt.ASCII}
}

// frame is what there is to show in a view.
func (m *Model) frame() view.Frame {
	f := view.Frame{
		Pen: m.pen(), Height: m.bodyHeight(), Lines: m.height, Keys: m.opt.Keys,
		Catalog: m.list.catalog, Query: m.typed.Query, Order: m.order,
		Rows: m.result.Rows, NoGPU: m.result.OnlyWithoutGPU(), Marked: m.markedRows, Marks: len(m.marks.ids),
		Row:     m.current(),
		Columns: m.columnsToChoose(), Command: m.Command(), Files: m.opt.SaveFile != nil,
	}
	if m.notice.text != "" {
		f.Notice = m.noticeText()
	}
	return f
}

// columnsToChoose are the columns of the table, then the others.
func (m *Model) columnsToChoose() []view.Column {
	onScreen := map[string]bool{}
	for _, c := range m.grid().layout() {
		onScreen[c.name] = true
	}
	chosen := columnNames(m.columns)
	names := slices.Clone(chosen)
	for _, name := range ColumnNames() {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var columns []view.Column
	for i, name := range names {
		idle := name == wasColumn && !m.list.catalog.Changes().Any() // shown when something has changed
		columns = append(columns, view.Column{
			Name: name, Title: columnsNamed([]string{name})[0].title, Chosen: i < len(chosen),
			NoRoom: i < len(chosen) && !onScreen[name] && m.shift == 0 && !idle,
		})
	}
	return columns
}

// viewStatus is the status line of a view: what is chosen, an id, and on the right the place in the
// list, as far as they fit in this order; a notice goes before the place.
func (m *Model) viewStatus(s view.Status) string {
	st := m.opt.Styles
	right := st.Dim.Render(s.Place)
	noticed := m.notice.text != "" && m.notice.text != s.Say
	if noticed {
		right = m.noticeText()
	}
	whole := view.Join(s.Say, s.ID)
	room := m.width - 2
	if noticed || cell.Width(whole)+2+cell.Width(right) <= room {
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
