package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/api/when"
)

// refresh is the state of auto-refresh. Its timer stands still while the program is suspended.
type refresh struct {
	every    time.Duration // 0: off
	number   int           // number of the running timer; older timers are ignored
	failures int           // failed loads in a row
}

// UsualRefresh is the default time between two loads.
const UsualRefresh = 30 * time.Second

// toggleRefresh turns auto-refresh on or off.
func (m *Model) toggleRefresh() tea.Cmd {
	if m.refresh.every > 0 {
		m.refresh.every = 0
		m.refresh.number++
		say := "Auto-refresh off"
		if m.opt.Alert != nil {
			say += ", no more alerts"
		}
		m.say(good, say)
		return nil
	}
	m.refresh.every, m.refresh.failures = UsualRefresh, 0
	if m.opt.Refresh > 0 {
		m.refresh.every = m.opt.Refresh
	}
	m.say(good, "Auto-refresh every "+when.Span(m.refresh.every))
	return m.nextRefresh()
}

// nextRefresh starts the timer for the next load: the interval, doubled with each failure,
// and never earlier than the service allows.
func (m *Model) nextRefresh() tea.Cmd {
	if m.refresh.every == 0 || m.load.phase == loading {
		return nil // a load that is under way starts the timer when it ends
	}
	wait := api.Pause(m.refresh.every, m.refresh.failures, m.load.err)
	m.refresh.number++
	return m.opt.after(wait, refreshDueMsg{number: m.refresh.number})
}

// refreshDue reloads, unless the timer is an old one, auto-refresh is off or a load is running.
func (m *Model) refreshDue(msg refreshDueMsg) tea.Cmd {
	if msg.number != m.refresh.number || m.refresh.every == 0 || m.load.phase == loading {
		return nil
	}
	return m.reload()
}
