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

// This file holds the actions that keys trigger.

func (m *Model) quit() tea.Cmd {
	m.quitting = true
	m.load.cancel()
	m.endCheck(m.pick.number)
	return tea.Quit
}

// copyRow copies the id under the cursor without quitting.
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

// suspend stops the process if something can resume it.
func (m *Model) suspend() tea.Cmd {
	if !m.opt.CanSuspend() {
		m.say(warn, "cannot suspend here")
		return nil
	}
	return suspendCmd()
}

// reload loads the whole list again, or the missing pages of a list whose load failed. During a pause between
// attempts it retries at once.
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
		m.load.setAside = m.list.ended() || m.list.catalog.Len() > 0
	}
	m.ticks++
	return tea.Batch(m.opt.openCmd(m.load.number), m.tickCmd())
}

// openDemo opens the demo from the screen that says that no key was found.
func (m *Model) openDemo() tea.Cmd {
	if m.load.phase != noKey || m.opt.Demo == nil {
		return nil
	}
	m.opt.Open, m.opt.IsDemo = m.opt.Demo, true
	return m.reload()
}

// Command returns the command line that lists what the table shows, quoted for the shell.
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
		filter = m.typed.Query.String() // the part of the line that is applied
	}
	if m.marks.only {
		filter = m.typed.Query.OneOf(query.ID, m.marks.values()).String()
	}
	if filter != "" {
		args = append(args, "--filter", filter)
	}
	// Always name the order: the settings may have a different default.
	return export.Shell(append(args, "--sort", m.order.String())...)
}

// saved tells the user that something was written to disk, or why it was not.
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

// leaveLine returns the focus to the table. Words that were held back while typing apply now, and the line is
// rewritten in its exact form, unless a piece of it is ambiguous or not understood.
func (m *Model) leaveLine() {
	m.history.add(m.line.Value())
	m.focus, m.writing = onTable, false
	m.line.Blur()
	m.settleLine()
}

// settleLine rewrites the line in its exact form if all of it is understood. Words that sort set the order and
// are removed from the filter.
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

// recall puts a filter from the history into the line.
func (m *Model) recall(text string) {
	if text == m.line.Value() {
		return
	}
	m.setLine(text)
	m.writing = true
}

// setLine replaces the text of the filter line.
func (m *Model) setLine(text string) {
	m.line.SetValue(text)
	m.line.CursorEnd()
}

// filterLike uses the value that the row under the cursor has in the sorted column: with only, the filter keeps
// offers with that value; otherwise it excludes them.
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

// drillDown applies a narrower filter; u restores the previous one.
func (m *Model) drillDown(query query.Query) {
	before := m.line.Value()
	m.rewrite(query)
	if m.line.Value() != before && before != "" {
		m.cleared = before
		m.say(quiet, keymap.Name(m.opt.Keys.Table.Restore)+" brings back the filter "+before)
	}
}

// restoreFilter restores the cleared filter and swaps it with the current one.
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

// history holds the filters of this session, oldest first.
type history struct {
	past  []string
	exact string // exact form of the last filter; it is not recorded as a filter of its own
	back  int    // how many filters back the line is; 0: not in the history
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

// earlier returns the filter before the one in the line, or now, the line's text, if there is none.
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

// later returns the filter after the one in the line; after the last filter, the draft.
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
