package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/keymap"
	"gpupick/tui/export"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

// Actions are what keys do.

func (m *Model) quit() tea.Cmd {
	m.quitting = true
	m.load.cancel()
	m.endCheck(m.pick.number)
	return tea.Quit
}

// copyRow copies the id under the cursor and stays.
func (m *Model) copyRow(msg tea.KeyMsg) tea.Cmd {
	row := m.current()
	switch {
	case !m.tableMayAct(msg):
	case row.None():
		m.sayNothingChosen()
	default:
		return m.copyOf(row)
	}
	return nil
}

// suspend stops the program, where somebody can continue it.
func (m *Model) suspend() tea.Cmd {
	if !m.opt.CanSuspend() {
		m.say(warn, "cannot suspend here")
		return nil
	}
	return suspendCmd()
}

// reload asks for the whole list again, or for the rest of one that broke off;
// in a pause it tries now.
func (m *Model) reload() tea.Cmd {
	switch {
	case m.load.pausing(m.opt.Now()):
		m.load = m.load.resume(m.opt.Now())
	case m.load.phase == loading:
		m.say(warn, fmt.Sprintf("already loading, page %d", m.load.walk.Pages()+1))
		return nil
	case m.load.phase != ready && !m.list.ended() && m.load.walk.Pages() > 0 && !m.load.expired:
		m.load = m.load.resume(m.opt.Now())
	default:
		m.load = m.load.begin(m.opt.Now())
		m.load.aside = m.list.ended() || m.list.catalog.Len() > 0
	}
	m.ticks++
	return tea.Batch(m.opt.openCmd(m.load.number), m.tickCmd())
}

// openDemo leaves the screen that asks for a key.
func (m *Model) openDemo() tea.Cmd {
	if m.load.phase != noKey || m.opt.Demo == nil {
		return nil
	}
	m.opt.Open, m.opt.IsDemo = m.opt.Demo, true
	return m.reload()
}

// Command is the command line that gives what the table shows, quoted for the
// shell.
func (m *Model) Command() string {
	args := []string{"gpupick"}
	switch {
	case m.opt.IsDemo:
		args = append(args, "--demo")
	case m.opt.File != "":
		args = append(args, "--file", m.opt.File)
	}
	ask := m.opt.Ask
	switch {
	case ask.GPUType != "" && ask.GPUCount > 0:
		args = append(args, "--gpu", ask.GPUType+":"+strconv.Itoa(ask.GPUCount))
	case ask.GPUType != "":
		args = append(args, "--gpu", ask.GPUType)
	case ask.GPUCount > 0:
		args = append(args, "--gpu-count", strconv.Itoa(ask.GPUCount))
	}
	if ask.Region != "" {
		args = append(args, "--region", ask.Region)
	}
	filter := strings.TrimSpace(m.line.Value())
	if m.typed.Err != nil || m.typed.Held != "" {
		filter = m.typed.Query.String() // what is applied
	}
	if m.marks.only {
		filter = m.typed.Query.OneOf(query.ID, m.marks.values()).String()
	}
	if filter != "" {
		args = append(args, "--filter", filter)
	}
	// The order is said even if it is the usual one: the settings may have another.
	return export.Shell(append(args, "--sort", m.order.String())...)
}

// saved says that something is written, or why not.
func (m *Model) saved(msg savedMsg) {
	if msg.err != nil {
		m.say(bad, "Not written: "+msg.err.Error())
		return
	}
	m.say(good, msg.say)
}

func (m *Model) focusLine() {
	m.focus, m.writing = onLine, false
	m.line.Focus()
	m.line.CursorEnd()
}

// leaveLine gives the keys back to the table. What was held back applies now, and the filter is
// written in its exact form; what of it is asked about or not understood stays as it was typed.
func (m *Model) leaveLine() {
	m.history.add(m.line.Value())
	m.focus, m.writing = onTable, false
	m.line.Blur()
	m.settleLine()
}

// settleLine writes the filter in its exact form if all of it is understood. Words that sort become
// the order: they are no part of the filter.
func (m *Model) settleLine() {
	read := m.list.catalog.Read(m.line.Value())
	if read.Err != nil {
		return
	}
	if asked := query.Read(m.line.Value()).Query.Sort; len(asked) > 0 {
		m.order = asked
		m.say(quiet, "Sorted by "+view.Describe(asked))
	}
	if exact := read.Query.String(); exact != m.line.Value() {
		m.history.exact = exact
		m.setLine(exact)
	}
}

// recall puts a filter of the history into the line.
func (m *Model) recall(text string) {
	if text == m.line.Value() {
		return
	}
	m.setLine(text)
	m.writing = true
}

// setLine writes the line.
func (m *Model) setLine(text string) {
	m.line.SetValue(text)
	m.line.CursorEnd()
}

// filterLike narrows the filter to the value that the row under the cursor has
// in the sorted column, or leaves that value out.
func (m *Model) filterLike(msg tea.KeyMsg, only bool) {
	row, f := m.current(), m.order.Primary().Field
	switch {
	case !m.tableMayAct(msg):
	case row.None():
		m.sayNothingChosen()
	case only:
		m.rewrite(m.typed.Query.OnlyLike(row.Value(f)))
	default:
		m.rewrite(m.typed.Query.Unlike(row.Value(f)))
	}
}

func (m *Model) clearFilter() {
	if m.line.Value() != "" {
		m.cleared = m.line.Value()
	}
	m.setFilter("")
}

// drillDown goes to the table with a narrower filter; u brings back the one before.
func (m *Model) drillDown(query query.Query) {
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
	m.setLine(text)
}

// history is the filters of this session, the latest last.
type history struct {
	past  []string
	exact string // what the last of them was written as: it is no filter of its own
	back  int    // how many steps back the line is
	draft string // what was being typed before the first step back
}

func (h *history) add(text string) {
	h.back, h.draft = 0, ""
	if text = strings.TrimSpace(text); text == "" ||
		len(h.past) > 0 && (h.past[len(h.past)-1] == text || h.exact == text) {
		return
	}
	h.exact = ""
	h.past = append(h.past[:len(h.past):len(h.past)], text)
}

// earlier is the filter before the one in the line; now if there is none.
func (h *history) earlier(now string) string {
	if h.back == 0 && len(h.past) > 0 && strings.TrimSpace(now) == h.past[len(h.past)-1] {
		h.back, h.draft = 1, now
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
