package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/terminal"
)

// Update handles one message; receive has one case for each kind.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	notice := m.notice.number
	m.notice.before = notice
	m.skipFrame = false
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.KeyMsg:
		cmd = m.keys(msg)
	case tea.MouseMsg:
		cmd = m.mouseUsed(msg)
	default:
		before, was := m.targets(), m.shownLists()
		cmd = tea.Batch(m.receive(msg), m.settle(byMessage))
		m.seen.note(before, m.targets(), was, m.shownLists(), m.opt.Now())
	}
	if m.notice.number != notice {
		m.notice.at = m.opt.Now()
	}
	if m.notice.text != "" && !m.noticeTimer { // one timer for all notices, however fast they come
		m.noticeTimer = true
		cmd = tea.Batch(cmd, m.opt.after(noticeTime-m.opt.Now().Sub(m.notice.at),
			noticeExpiredMsg{number: m.notice.number}))
	}
	return m, cmd
}

// CanSkipFrame reports whether the last message changed nothing that is drawn: the rows that it brought are not
// shown yet.
func (m *Model) CanSkipFrame() bool { return m.skipFrame }

func (m *Model) receive(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = max(msg.Width, 0), max(msg.Height, 0)
	case sourceOpenedMsg:
		return m.sourceOpened(msg)
	case pageLoadedMsg:
		return m.pageLoaded(msg)
	case waitBeganMsg:
		return m.waitBegan(msg)
	case loadFailedMsg:
		return m.loadFailed(msg)
	case lastFoundMsg:
		if msg.load == m.load.number {
			m.showLast(msg.list, msg.catalog)
		}
	case keptMsg:
		m.kept(msg)
	case refreshDueMsg:
		return m.refreshDue(msg)
	case historyLoadedMsg:
		m.history.past = append(slices.Clip(msg.filters), m.history.past...)
	case savedMsg:
		m.saved(msg)
	case copiedMsg:
		return m.copied(msg)
	case checkedMsg:
		return m.checked(msg)
	case checkExpiredMsg:
		return m.checkExpired(msg)
	case clockTickedMsg:
		return m.clockTicked(msg)
	case terminal.StopAskedMsg:
		return m.suspend()
	case noticeExpiredMsg:
		m.noticeTimer = false
		if msg.number == m.notice.number {
			m.notice.text = ""
		}
	case resumedMsg:
		return m.resumed(msg)
	case terminal.RetakenMsg:
		return m.resumed(resumedMsg{})
	}
	return nil
}

func (m *Model) sourceOpened(msg sourceOpenedMsg) tea.Cmd {
	if msg.load != m.load.number {
		return nil
	}
	m.load.source, m.source = msg.source, msg.source
	if f, is := msg.source.(fingerprinted); is && f.Fingerprint(m.opt.Ask) != m.list.of {
		// Another account has logged in: the old list does not belong to it, nor
		// does the place at which its load stopped.
		m.list = listing{catalog: catalog.New(api.Rows{}), of: f.Fingerprint(m.opt.Ask)}
		m.load = m.load.anew()
		if m.endCheck(m.pick.number) {
			m.say(warn, "Not picked: another account has logged in")
		}
	}
	m.list.host = api.CleanText(msg.source.Host())
	var last tea.Cmd
	if !m.list.ended() && m.list.catalog.Len() == 0 { // there is nothing to show yet
		last = m.opt.lastCmd(m.load.number, m.load.source)
	}
	return tea.Batch(last, m.opt.pageCmd(m.load))
}

// waitBegan records a pause. A pause of a page that has arrived since is ignored.
func (m *Model) waitBegan(msg waitBeganMsg) tea.Cmd {
	if msg.load != m.load.number || m.load.phase != loading {
		return nil
	}
	if msg.page == m.load.walk.Pages() {
		m.load.wait = msg.wait
	}
	return waitCmd(msg.load, msg.page, msg.waits)
}

// kept says once, in a quiet notice, that the list was not written to disk.
func (m *Model) kept(msg keptMsg) {
	if msg.err == nil || m.keepFailed {
		return
	}
	m.keepFailed = true
	if m.notice.text == "" {
		m.say(quiet, "This list was not saved for offline use: "+msg.err.Error())
	}
}

// pageLoaded adds a page, and requests the next one or ends the load.
func (m *Model) pageLoaded(msg pageLoadedMsg) tea.Cmd {
	if msg.load != m.load.number {
		return nil
	}
	before := m.matching()
	shown := m.arrived(msg.step, m.opt.Now())
	if m.skipFrame = !shown; msg.step.More {
		return m.opt.pageCmd(m.load)
	}
	m.refresh.failures = 0
	m.then = func() tea.Cmd { return m.alert(before) }
	return tea.Batch(m.opt.keepCmd(m.load.source, m.list), m.nextRefresh())
}

func (m *Model) loadFailed(msg loadFailedMsg) tea.Cmd {
	if msg.load != m.load.number {
		return nil
	}
	m.broken(msg.err)
	m.refresh.failures++
	return m.nextRefresh()
}

func (m *Model) clockTicked(msg clockTickedMsg) tea.Cmd {
	if msg.number != m.ticks {
		return nil
	}
	if m.load.phase == loading {
		m.showArrived(m.opt.Now()) // rows that were too few to show when they arrived
	}
	return m.tickCmd()
}

// resumed turns the mouse on again after the program got the terminal back.
func (m *Model) resumed(msg resumedMsg) tea.Cmd {
	if msg.err != nil {
		m.say(warn, "Cannot suspend here")
	}
	if m.mouse {
		return mouseCmd(m.mouse)
	}
	return nil
}
