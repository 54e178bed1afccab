package tui

import (
	"context"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
)

// arrivals are pages, and parts of them, on their way from whoever loads them to the
// screen. They are taken many at a time, and whoever takes them is not woken for each:
// that costs as much as a page.
type arrivals struct {
	list   chan arrival // closed when there are no more
	rows   atomic.Int64 // in it
	urgent chan struct{}
}

const (
	arrivalsAhead = 64                    // pages or parts that may wait to be shown
	arrivalsRows  = 8192                  // rows, about, that are taken at once: more would hold a frame up
	arrivalsFirst = 16 * time.Millisecond // that the first of them are waited for: a small list is one frame
	arrivalsWhile = 25 * time.Millisecond
)

func newArrivals() *arrivals {
	return &arrivals{list: make(chan arrival, arrivalsAhead), urgent: make(chan struct{}, 1)}
}

// bring brings one more; last says that it is the last one.
func (a *arrivals) bring(ctx context.Context, next arrival, last bool) {
	rows := a.rows.Add(int64(len(next.page.Rows)))
	select {
	case a.list <- next:
	case <-ctx.Done(): // nobody takes them any more
		return
	}
	if last || rows >= arrivalsRows || len(a.list) > arrivalsAhead/2 {
		select {
		case a.urgent <- struct{}{}:
		default:
		}
	}
}

// nextCmd waits for what comes next, and for a while for what else comes.
func (a *arrivals) nextCmd(number int, while time.Duration) tea.Cmd {
	return func() tea.Msg {
		first, more := <-a.list
		if !more {
			return nil
		}
		if a.rows.Load() < arrivalsRows {
			select {
			case <-time.After(while):
			case <-a.urgent:
			}
		}
		msg := pagesLoadedMsg{load: number, arrivals: []arrival{first}, more: a}
		for rows := len(first.page.Rows); ; rows += len(msg.arrivals[len(msg.arrivals)-1].page.Rows) {
			if rows < arrivalsRows {
				select {
				case next, more := <-a.list:
					if more {
						msg.arrivals = append(msg.arrivals, next)
						continue
					}
				default:
				}
			}
			a.rows.Add(-int64(rows))
			return msg
		}
	}
}

// take adds what has come. more says whether more of it is to come, why what keeps it
// from coming; of what is behind an error nothing is taken.
func (l *load) take(list []arrival) (more bool, why api.Incomplete, err error) {
	var come [][]api.InstanceType // and is to be added: pages that are there, and of one that is not
	there := 0                    // how much of it is of pages that are there
	add := func() {
		if there > 0 {
			l.rows = l.rows.Add(come[:there]...)
			l.pages = l.rows
		}
		if there < len(come) {
			l.rows = l.rows.Add(come[there:]...)
		}
		come, there = nil, 0
	}
	for _, a := range list {
		switch {
		case a.err != nil:
			add()
			return false, why, a.err
		case a.again:
			come = come[:there]
			add()
			l.rows = l.pages
		}
		come = append(come, a.page.Rows)
		if more = true; a.part {
			continue
		}
		there = len(come)
		l.walk, more, why = l.walk.After(a.page)
		l.dropped += a.page.Dropped
		l.total = a.page.Total
		if a.page.Warning != "" {
			l.warning = a.page.Warning
		}
	}
	add()
	return more, why, nil
}
