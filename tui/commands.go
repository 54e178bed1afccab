package tui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/feed"
	"gpupick/tui/known"
	"gpupick/tui/terminal"
)

// Commands run outside the model and use only the values that they were created with. The outside functions
// that they call are in Options.

// openCmd opens the source of a load.
func (o Options) openCmd(number int) tea.Cmd {
	return func() tea.Msg {
		source, err := o.Open()
		if err != nil {
			return loadFailedMsg{load: number, err: err}
		}
		return sourceOpenedMsg{load: number, source: source}
	}
}

// pageCmd requests the next page of a load and listens for the pauses between its attempts.
func (o Options) pageCmd(l load) tea.Cmd {
	ctx, number, source, ask, walk := l.ctx, l.number, l.source, o.Ask, l.walk
	waits := make(chan api.Wait, api.Attempts) // room for every pause, so that the sender never blocks
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

// keepFilterCmd keeps a filter for later runs. That it cannot be kept changes nothing for this one.
func (o Options) keepFilterCmd(filter string) tea.Cmd {
	return func() tea.Msg {
		_ = o.KeepFilter(filter)
		return nil
	}
}

// waitCmd reports the next pause of a load, or nothing once the request for the page has ended.
func waitCmd(number, page int, waits <-chan api.Wait) tea.Cmd {
	return func() tea.Msg {
		if wait, more := <-waits; more {
			return waitBeganMsg{load: number, page: page, wait: wait, waits: waits}
		}
		return nil
	}
}

// readTables reads the tables of cards and places while the first page is on its way.
func readTables() tea.Msg {
	known.ReadTables()
	return nil
}

// lastCmd looks for the list that an earlier run saved.
func (o Options) lastCmd(number int, source feed.Source) tea.Cmd {
	keeper, keeps := source.(feed.Keeper)
	if !keeps {
		return nil
	}
	return func() tea.Msg {
		list, found := keeper.Last(o.Ask)
		if !found {
			return nil
		}
		return lastFoundMsg{load: number, list: list, catalog: catalog.New(list.Rows)}
	}
}

// keepCmd writes the list just loaded from source to disk.
func (o Options) keepCmd(source feed.Source, loaded listing) tea.Cmd {
	keeper, keeps := source.(feed.Keeper)
	if !keeps {
		return nil
	}
	rows := loaded.catalog.Rows() // called before the command runs, because Rows sorts them
	return func() tea.Msg {
		list := api.List{Dropped: loaded.dropped, Remark: loaded.why, At: loaded.at}
		return keptMsg{err: keeper.Keep(o.Ask, list, rows.Offers())}
	}
}

// copyCmd copies text; ids are the ids in it, nil if it is something else.
func (o Options) copyCmd(text, what string, ids []string) tea.Cmd {
	return func() tea.Msg {
		return copiedMsg{ids: ids, what: what, outcome: o.Copy(text)}
	}
}

// tickCmd wakes the model when something on the screen changes with time: the spinner during a load, otherwise
// the age of the list. A new load starts a new clock, and ticks of older clocks are dropped.
func (m *Model) tickCmd() tea.Cmd {
	d := time.Second
	switch {
	case m.load.phase == loading:
		d = spinnerStep
	case m.list.ended() && m.opt.Now().Sub(m.list.at) >= time.Minute:
		d = 15 * time.Second
	}
	return m.opt.after(d, clockTickedMsg{number: m.ticks})
}

// after sends msg to the model after d.
func (o Options) after(d time.Duration, msg tea.Msg) tea.Cmd {
	return o.Tick(d, func(time.Time) tea.Msg { return msg })
}

const noticeTime = 5 * time.Second

func (o Options) checkCmd(ctx context.Context, source feed.Source, p pickState) tea.Cmd {
	return func() tea.Msg {
		return checkedMsg{number: p.number, verdict: checkRows(ctx, source, o.Ask, p.meant, p.notListedAlone)}
	}
}

func suspendCmd() tea.Cmd {
	return tea.Exec(terminal.Suspender{}, func(err error) tea.Msg { return resumedMsg{err: err} })
}

func (o Options) alertCmd(text string) tea.Cmd {
	return func() tea.Msg {
		o.Alert(text)
		return nil
	}
}

func (o Options) saveFileCmd(name, text string) tea.Cmd {
	return func() tea.Msg {
		name, err := o.SaveFile(name, text)
		return savedMsg{"Written to " + name, err}
	}
}

func (o Options) saveColumnsCmd(names []string) tea.Cmd {
	return func() tea.Msg {
		where, err := o.SaveColumns(names)
		return savedMsg{"Columns saved in " + where, err}
	}
}
