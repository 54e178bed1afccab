package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api/when"
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

// copyPressed copies the marked ids, or the one under the cursor if none is marked, without quitting.
func (m *Model) copyPressed(msg tea.KeyMsg) tea.Cmd {
	row := m.current()
	switch {
	case !m.tableMayAct(msg):
	case len(m.markedRows) > 0:
		return m.copyOf(m.markedRows...)
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
		m.say(warn, "Cannot suspend here")
		return nil
	}
	return suspendCmd()
}

// reloadPressed reloads, unless the service has named a time that has not come. The key held down asks once, so that
// no burst of requests follows.
func (m *Model) reloadPressed() tea.Cmd {
	now := m.opt.Now()
	held := now.Sub(m.load.pressed) < heldFor
	m.load.pressed = now
	switch until := m.load.notBefore(now); {
	case !until.IsZero():
		wait := "until " + when.Clock(until, now)
		if left := until.Sub(now); left < time.Minute {
			wait = when.Left(left)
		}
		m.say(warn, "Runcrate asks to wait "+wait)
		return nil
	case held && (m.load.phase != loading || m.load.pausing(now)):
		return nil
	}
	return m.reload()
}

// reload loads the whole list again, or the missing pages of a list whose load failed. During a pause between
// attempts it retries at once.
func (m *Model) reload() tea.Cmd {
	now := m.opt.Now()
	switch {
	case m.load.pausing(now):
		m.load = m.load.resume(now)
	case m.load.phase == loading:
		m.say(warn, fmt.Sprintf("Already loading, page %d", m.load.walk.Pages()+1))
		return nil
	case m.load.phase != ready && !m.list.ended() && m.load.walk.Pages() > 0 && !m.load.expired:
		m.load = m.load.resume(now)
	default:
		m.load = m.load.begin(now)
		m.load.setAside = m.list.ended() || m.list.catalog.Len() > 0
	}
	m.ticks++
	return tea.Batch(m.opt.openCmd(m.load.number), m.tickCmd())
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

// focusLine moves the focus to the filter line, with the caret behind the filter, ready for another word.
func (m *Model) focusLine() {
	m.focus, m.writing = onLine, false
	m.line.Focus()
	if text := m.line.Value(); text != "" && !strings.HasSuffix(text, " ") {
		m.line.SetValue(text + " ")
	}
	m.line.CursorEnd()
}

// leaveLine takes the focus from the line. Words that were held back while typing apply now, and the line is
// rewritten in its exact form, unless a piece of it is ambiguous or not understood.
func (m *Model) leaveLine() {
	m.blurLine(strings.TrimSpace(m.line.Value()))
	m.settleLine()
}

// cancelLine takes the focus from the line and restores the filter from before. What was typed stays in the history.
func (m *Model) cancelLine() {
	typed, before := strings.TrimSpace(m.line.Value()), ""
	if v := m.undo.visit; v != nil {
		before = v.filter
	}
	m.blurLine(before)
	if typed != before && typed != "" {
		m.say(quiet, "Canceled · "+keymap.Name(m.opt.Keys.Table.Filter)+" "+keymap.Name(m.opt.Keys.Line.Earlier)+
			" recalls "+typed)
	}
}

// blurLine takes the focus from the line, which gets a text, and adds what was typed to the history.
func (m *Model) blurLine(text string) {
	if m.history.add(m.line.Value()); m.writing {
		m.history.fresh = strings.TrimSpace(m.line.Value())
	}
	m.focus, m.writing = onTable, false
	if len(m.open.views) > 0 {
		m.focus = onView // the line had the focus over a view
	}
	m.line.Blur()
	if text != m.line.Value() {
		m.setLine(text)
	}
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

// setLine replaces the text of the filter line.
func (m *Model) setLine(text string) {
	m.line.SetValue(text)
	m.line.CursorEnd()
}

// clearFilter clears the filter line.
func (m *Model) clearFilter() {
	if strings.TrimSpace(m.line.Value()) == "" {
		m.say(warn, "No filter to clear")
		return
	}
	m.setFilter("")
	m.say(quiet, "Filter cleared"+m.opt.undoes())
}

// drillDown applies another filter, and says that it can be undone.
func (m *Model) drillDown(query query.Query) {
	before := m.line.Value()
	m.rewrite(query)
	if m.line.Value() != before && before != "" {
		m.say(quiet, "Filter changed"+m.opt.undoes())
	}
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
	fresh string // a filter that was typed and is not kept for later runs yet; empty for none
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
