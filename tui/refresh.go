package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/api/when"
)

// refresh is the loading by itself. Its clock is a timer of the process: while
// the program is suspended it stands still.
type refresh struct {
	every    time.Duration // 0: off
	number   int           // of the timer that runs; an older one is late
	failures int           // in a row
}

// UsualRefresh is the time between two loads where nothing else was said.
const UsualRefresh = 30 * time.Second

// toggleRefresh turns the loading by itself on or off.
func (m *Model) toggleRefresh() tea.Cmd {
	if m.refresh.every > 0 {
		m.refresh.every = 0
		m.refresh.number++
		say := "no longer loads by itself"
		if m.opt.Alert != nil {
			say += ", so nothing rings either"
		}
		m.say(good, say)
		return nil
	}
	m.refresh.every, m.refresh.failures = UsualRefresh, 0
	if m.opt.Refresh > 0 {
		m.refresh.every = m.opt.Refresh
	}
	m.say(good, "loads by itself every "+when.Span(m.refresh.every))
	return m.nextRefresh()
}

// nextRefresh starts the timer for the next load: the usual time, doubled with
// each failure, and never before the service wants to be asked again.
func (m *Model) nextRefresh() tea.Cmd {
	if m.refresh.every == 0 || m.load.phase == loading {
		return nil // a load that is under way starts the timer when it ends
	}
	wait := api.Pause(m.refresh.every, m.refresh.failures, m.load.err)
	m.refresh.number++
	return m.opt.after(wait, refreshDueMsg{number: m.refresh.number})
}

// refreshDue loads, unless somebody has done so meanwhile.
func (m *Model) refreshDue(msg refreshDueMsg) tea.Cmd {
	if msg.number != m.refresh.number || m.refresh.every == 0 || m.load.phase == loading {
		return nil
	}
	return m.reload()
}
