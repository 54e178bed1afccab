package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
)

// Actions are what keys do.

func (m *Model) quit() tea.Cmd {
	m.quitting = true
	m.load.cancel()
	m.endCheck(m.check.number)
	return tea.Quit
}

// copyRow copies the id under the cursor and stays.
func (m *Model) copyRow() tea.Cmd {
	if row := m.current(); row != nil {
		return m.copyOf(row)
	}
	return nil
}

// copyOf copies the id of a row and stays.
func (m *Model) copyOf(row *catalog.Row) tea.Cmd {
	switch {
	case !m.canTake([]*catalog.Row{row}):
		return nil
	case m.copying:
		m.say(warn, "still copying")
		return nil
	}
	return m.startCopy([]string{row.ID}, false)
}

// pickRow checks the row under the cursor, copies its id, quits and prints it;
// captured, it only prints. After a load took the row away, it waits for one
// more key.
func (m *Model) pickRow(lost bool) tea.Cmd {
	if cmd, taken := m.takeAgreed(); taken {
		return cmd
	}
	row, all := m.current(), m.marked()
	switch {
	case m.opt.Multi && len(all) > 0:
		return m.pickRows(all)
	case m.opt.Multi && len(m.marks.ids) > 0:
		m.say(warn, "none of the marked rows is left; "+keymap.Name(m.opt.Keys.Table.Unmark)+" clears the marks")
		return nil
	case row == nil:
		if m.rescuing() {
			m.dropTerm()
		}
		return nil
	case row.Change == catalog.Gone:
		m.offerNear(row, []*catalog.Row{row})
		return nil
	case lost:
		m.say(warn, "the list has changed; "+keymap.Name(m.opt.Keys.Table.Pick)+" again picks "+row.ID)
		return nil
	}
	return m.pickRows([]*catalog.Row{row})
}

// pickRows picks rows once the service has confirmed them.
func (m *Model) pickRows(rows []*catalog.Row) tea.Cmd {
	switch {
	case m.picking:
		m.say(warn, "still copying")
		return nil
	case !m.canTake(rows):
		return nil
	case m.opt.Check && m.source != nil:
		return m.startCheck(rows)
	}
	return m.pickNow(idsOf(rows))
}

// canTake reports whether all rows can be had and have ids that are safe in a
// command; if not, it says so.
func (m *Model) canTake(rows []*catalog.Row) bool {
	for _, r := range rows {
		if !m.isThere(r) {
			return false
		}
		if err := api.CheckID(r.ID); err != nil {
			m.say(bad, "not copied: "+err.Error())
			return false
		}
	}
	return true
}

// pickNow copies ids and quits; captured, it only quits.
func (m *Model) pickNow(ids []string) tea.Cmd {
	m.picking = true
	switch {
	case m.opt.Captured:
		return m.pick(copiedMsg{ids: ids})
	case m.copying:
		m.awaiting = ids
		m.say(warn, "still copying")
		return nil
	}
	return m.startCopy(ids, true)
}

func (m *Model) startCopy(ids []string, picking bool) tea.Cmd {
	m.copying = true
	m.say(good, "copying "+inWords(ids)+"…")
	return m.copyCmd(strings.Join(ids, "\n"), inWords(ids), ids, picking)
}

// inWords is one id, or how many there are.
func inWords(ids []string) string {
	if len(ids) == 1 {
		return ids[0]
	}
	return fmt.Sprintf("%d ids", len(ids))
}

// suspend stops the program, where somebody can continue it.
func (m *Model) suspend() tea.Cmd {
	if !m.opt.CanSuspend() {
		m.say(warn, "cannot suspend here")
		return nil
	}
	return suspendCmd()
}

func (m *Model) pick(msg copiedMsg) tea.Cmd {
	m.picked, m.pickOutcome = msg.ids, msg.outcome
	return m.quit()
}

// reload asks for the whole list again, or for the rest of one that broke off;
// in a pause it tries now.
func (m *Model) reload() tea.Cmd {
	switch {
	case m.pausing():
		m.load = m.load.resume(m.opt.Now())
	case m.load.phase == loading:
		m.say(warn, fmt.Sprintf("already loading, page %d", m.load.walk.Pages()+1))
		return nil
	case m.load.phase != ready && !m.list.whole && m.load.walk.Pages() > 0 && !m.load.expired:
		m.load = m.load.resume(m.opt.Now())
	default:
		m.load = m.load.begin(m.opt.Now())
		m.load.aside = m.list.whole || m.list.catalog.Len() > 0
	}
	m.ticks++
	m.derive(onItsID)
	return tea.Batch(m.openCmd(), m.tickCmd())
}

// openDemo leaves the screen that asks for a key.
func (m *Model) openDemo() tea.Cmd {
	if m.load.phase != noKey || m.opt.Demo == nil {
		return nil
	}
	m.opt.Open, m.opt.IsDemo = m.opt.Demo, true
	return m.reload()
}

func (m *Model) focusLine() {
	m.focus = onLine
	m.line.Focus()
	m.line.CursorEnd()
}

func (m *Model) leaveLine() {
	m.history.add(m.line.Value())
	m.focus, m.insisted = onTable, false
	m.line.Blur()
	m.derive(toFirstRow) // what was held back applies now; if nothing was, nothing moves
}

// recall puts a filter of the history into the line.
func (m *Model) recall(text string) {
	if text == m.line.Value() {
		return
	}
	m.line.SetValue(text)
	m.line.CursorEnd()
	m.derive(toFirstRow)
}

// filterLike narrows the filter to the value that the row under the cursor has
// in the sorted column, or leaves that value out.
func (m *Model) filterLike(only bool) {
	row := m.current()
	if row == nil {
		return
	}
	f := m.order.Primary().Field
	if only {
		m.rewrite(m.typed.Query.OnlyLike(f, row))
	} else {
		m.rewrite(m.typed.Query.Unlike(f, row))
	}
}

// rescuing reports whether the screen offers terms to drop.
func (m *Model) rescuing() bool {
	return len(m.listed) == 0 && m.list.catalog.Len() > 0 && !m.marks.only
}

// worthDropping are the terms without which something matches, by their place
// in the query.
func (m *Model) worthDropping() []int {
	var list []int
	for i, d := range m.result.Drops {
		if d.Rows > 0 {
			list = append(list, i)
		}
	}
	return list
}

// dropTerm takes the chosen term out of the filter.
func (m *Model) dropTerm() {
	if drops := m.worthDropping(); len(drops) > 0 {
		m.rewrite(m.typed.Query.Without(drops[m.rescue.Cursor]))
	}
}

func (m *Model) clearFilter() {
	if m.line.Value() != "" {
		m.cleared = m.line.Value()
	}
	m.setFilter("")
}

// drillDown goes to the table with a narrower filter; u brings back the one before.
func (m *Model) drillDown(query catalog.Query) {
	m.focus = onTable
	before := m.line.Value()
	m.rewrite(query)
	if m.line.Value() != before && before != "" {
		m.cleared = before
		m.say(quiet, keymap.Name(m.opt.Keys.Table.Restore)+" brings back the filter "+before)
	}
}

// restoreFilter brings the cleared filter back; a filter that is there changes
// places with it.
func (m *Model) restoreFilter() {
	if m.cleared == "" {
		m.say(warn, "no filter to bring back")
		return
	}
	text := m.cleared
	m.cleared, m.notice.text = m.line.Value(), ""
	m.setFilter(text)
}

func (m *Model) setFilter(text string) {
	m.completion = completion{}
	m.line.SetValue(text)
	m.line.CursorEnd()
	m.derive(toFirstRow)
}

// history is the filters of this session, the latest last.
type history struct {
	past  []string
	back  int    // how many steps back the line is
	draft string // what was being typed before the first step back
}

func (h *history) add(text string) {
	h.back, h.draft = 0, ""
	if text = strings.TrimSpace(text); text == "" || len(h.past) > 0 && h.past[len(h.past)-1] == text {
		return
	}
	h.past = append(h.past[:len(h.past):len(h.past)], text)
}

// earlier is the filter before the one in the line; now if there is none.
func (h *history) earlier(now string) string {
	if h.back == 0 && len(h.past) > 0 && strings.TrimSpace(now) == h.past[len(h.past)-1] {
		h.back = 1
	}
	if h.back < len(h.past) {
		if h.back == 0 {
			h.draft = now
		}
		h.back++
		return h.past[len(h.past)-h.back]
	}
	return now
}

// later is the filter after the one in the line; behind the last one, what was
// being typed.
func (h *history) later(now string) string {
	switch {
	case h.back > 1:
		h.back--
		return h.past[len(h.past)-h.back]
	case h.back == 1:
		h.back = 0
		return h.draft
	}
	return now
}
