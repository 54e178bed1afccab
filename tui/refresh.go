package tui

import (
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
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

const slowestRefresh = 10 * time.Minute // after failures

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
	m.say(good, "loads by itself every "+inTime(m.refresh.every))
	return m.nextRefresh()
}

// nextRefresh starts the timer for the next load: the usual time, doubled with
// each failure, and never before the service wants to be asked again.
func (m *Model) nextRefresh() tea.Cmd {
	if m.refresh.every == 0 || m.load.phase == loading {
		return nil // a load that is under way starts the timer when it ends
	}
	wait := m.refresh.every
	for range min(m.refresh.failures, 10) {
		wait = min(2*wait, max(slowestRefresh, m.refresh.every))
	}
	var later *api.LaterError
	if errors.As(m.load.err, &later) {
		wait = max(wait, later.Until.Sub(m.opt.Now()))
	}
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

// inTime writes a time as people do: 30 s, 5 min.
func inTime(d time.Duration) string {
	if d >= time.Minute && d%time.Minute == 0 {
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%g s", d.Seconds())
}
