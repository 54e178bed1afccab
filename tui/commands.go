package tui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/feed"
	"gpupick/tui/terminal"
)

// Commands close over values; they know nothing of the model when they run.

// openCmd finds the source of the load that is under way.
func (m *Model) openCmd() tea.Cmd {
	number, open := m.load.number, m.opt.Open
	return func() tea.Msg {
		source, err := open()
		if err != nil {
			return loadFailedMsg{load: number, err: err}
		}
		return sourceOpenedMsg{load: number, source: source}
	}
}

// pageCmd asks for the next page, and listens for the pauses that takes.
func (m *Model) pageCmd() tea.Cmd {
	ctx, number, source, ask, walk := m.load.ctx, m.load.number, m.load.source, m.opt.Ask, m.load.walk
	waits := make(chan api.Wait, api.Attempts) // room for all there can be: who tells of one never waits for us
	return tea.Batch(func() tea.Msg {
		defer close(waits)
		step, err := feed.Next(ctx, source, ask, walk, func(w api.Wait) { waits <- w })
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return loadFailedMsg{load: number, err: err}
		}
		return pageLoadedMsg{load: number, step: step}
	}, waitCmd(number, walk.Pages(), waits))
}

// waitCmd hears of the next pause of a load; of none when the page has come.
func waitCmd(number, page int, waits <-chan api.Wait) tea.Cmd {
	return func() tea.Msg {
		if wait, more := <-waits; more {
			return waitBeganMsg{load: number, page: page, wait: wait, waits: waits}
		}
		return nil
	}
}

// lastCmd looks for the answer of an earlier run, if there is nothing to show.
func (m *Model) lastCmd() tea.Cmd {
	keeper, keeps := m.load.source.(feed.Keeper)
	if !keeps || m.list.whole || m.list.catalog.Len() > 0 {
		return nil
	}
	number, ask := m.load.number, m.opt.Ask
	return func() tea.Msg {
		list, found := keeper.Last(ask)
		if !found {
			return nil
		}
		return lastFoundMsg{load: number, list: list, catalog: catalog.New(list.Rows)}
	}
}

// keepCmd writes the list that source has just given to disk.
func (m *Model) keepCmd(source feed.Source) tea.Cmd {
	keeper, keeps := source.(feed.Keeper)
	if !keeps {
		return nil
	}
	ask, loaded, rows := m.opt.Ask, m.list, m.list.catalog.Rows() // asked for here: it puts them in order
	return func() tea.Msg {
		list := api.List{Dropped: loaded.dropped, Remark: loaded.why, At: loaded.at}
		return keptMsg{err: keeper.Keep(ask, list, unwrapped(rows))}
	}
}

func unwrapped(rows []*catalog.Row) api.Rows {
	return api.Rows{Len: len(rows), All: func(yield func(*api.InstanceType) bool) {
		for _, r := range rows {
			if !yield(r.InstanceType) {
				return
			}
		}
	}}
}

// copyCmd copies a text, which is ids or, if they are nil, something else.
func (m *Model) copyCmd(text, what string, ids []string) tea.Cmd {
	copyText := m.opt.Copy
	return func() tea.Msg {
		return copiedMsg{ids: ids, what: what, outcome: copyText(text)}
	}
}

// tickCmd wakes the model when something on the screen changes with time: the
// spinner while it loads, else the age of the list. A new load starts a new
// clock, and what an older one says is dropped.
func (m *Model) tickCmd() tea.Cmd {
	d := time.Second
	switch {
	case m.load.phase == loading:
		d = spinnerStep
	case m.list.whole && m.opt.Now().Sub(m.list.at) >= time.Minute:
		d = 15 * time.Second
	}
	number := m.ticks
	return m.opt.Tick(d, func(time.Time) tea.Msg { return clockTickedMsg{number: number} })
}

const noticeTime = 5 * time.Second

func (m *Model) expireCmd() tea.Cmd {
	number := m.notice.number
	return m.opt.Tick(noticeTime, func(time.Time) tea.Msg { return noticeExpiredMsg{number: number} })
}

func (m *Model) checkCmd(ctx context.Context) tea.Cmd {
	number, source, ask, rows, lacked := m.pick.number, m.source, m.opt.Ask, m.pick.meant, m.pick.lacked
	return func() tea.Msg { return checkedMsg{number: number, verdict: checkRows(ctx, source, ask, rows, lacked)} }
}

func (m *Model) checkTimeCmd() tea.Cmd {
	number := m.pick.number
	return m.opt.Tick(checkBudget, func(time.Time) tea.Msg { return checkExpiredMsg{number: number} })
}

func suspendCmd() tea.Cmd {
	return tea.Exec(terminal.Suspender{}, func(err error) tea.Msg { return resumedMsg{err: err} })
}

func (m *Model) refreshCmd(wait time.Duration) tea.Cmd {
	number := m.refresh.number
	return m.opt.Tick(wait, func(time.Time) tea.Msg { return refreshDueMsg{number: number} })
}

func (m *Model) alertCmd(text string) tea.Cmd {
	alert := m.opt.Alert
	return func() tea.Msg {
		alert(text)
		return nil
	}
}

func (m *Model) saveFileCmd(name, text string) tea.Cmd {
	save := m.opt.SaveFile
	return func() tea.Msg {
		name, err := save(name, text)
		return fileSavedMsg{name: name, err: err}
	}
}

func (m *Model) saveColumnsCmd() tea.Cmd {
	save, names := m.opt.SaveColumns, columnNames(m.columns)
	return func() tea.Msg {
		where, err := save(names)
		return columnsSavedMsg{where: where, err: err}
	}
}
