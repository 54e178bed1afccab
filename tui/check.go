package tui

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
)

// A row is checked once more at the moment it is picked: whoever looks at a list
// for ten minutes may pick what has gone meanwhile. The check is short, and what
// cannot be checked is picked all the same, and said.

// checkBudget is how long the check of a pick takes at most, in all.
const checkBudget = 1500 * time.Millisecond

// check is the check that is under way, or how the last one went.
type check struct {
	number int
	rows   []*catalog.Row // that are to be picked; nil: none is under way
	cancel context.CancelFunc
	agreed []*catalog.Row // whose new price was shown: Enter takes them at that
	shown  int            // the notice that says so: when it is gone, so is the agreement
	note   string         // how it went, for the way out
	done   bool           // the service has confirmed what was picked
	lacked *atomic.Bool   // the service did not list all of them when it was asked for them alone
}

// verdict is what a check has found.
type verdict struct {
	now     map[string]api.InstanceType // those that are still listed, by id
	list    *api.List                   // everything that is listed, if that was asked for
	missing string                      // why not all could be checked; empty: all were
}

// noWord says that there is nothing to ask for a row by.
const noWord = "the service names no GPU or no region for it"

// checkRows asks for each row alone, by its GPU, region and count; for one that
// does not come, for the whole list.
func checkRows(ctx context.Context, source Source, ask api.Ask, rows []*catalog.Row, lacked *atomic.Bool) verdict {
	v := verdict{now: map[string]api.InstanceType{}}
	note := func(list api.List) {
		for _, it := range list.Rows {
			v.now[it.ID] = it
		}
	}
	lost := false
	for _, r := range rows {
		if _, found := v.now[r.ID]; found {
			continue
		}
		if r.GPUType == "" || r.Region == "" {
			v.missing = noWord
			continue
		}
		list, err := readAll(ctx, source, api.Ask{GPUType: r.GPUType, Region: r.Region, GPUCount: int(r.GPUCount.Value)})
		if err != nil {
			v.missing = whyNot(err)
			return v
		}
		note(list)
		_, found := v.now[r.ID]
		lost = lost || !found
	}
	if !lost {
		return v
	}
	lacked.Store(true)
	list, err := readAll(ctx, source, ask)
	switch {
	case err != nil:
		v.missing = whyNot(err)
	case list.Remark != "":
		v.missing = "the service does not list all it has"
	default:
		v.list = &list
	}
	note(list)
	return v
}

func whyNot(err error) string {
	what, _ := api.Explain(err)
	return what
}

// readAll reads every page of an answer. A remark says that it is not whole.
func readAll(ctx context.Context, source Source, ask api.Ask) (api.List, error) {
	var list api.List
	for walk, more := (api.Walk{}), true; more; {
		page, err := source.Page(ctx, ask, walk.Cursor(), func(api.Wait) {})
		if err != nil {
			return api.List{}, err
		}
		list.Rows, list.Dropped = append(list.Rows, page.Rows...), list.Dropped+page.Dropped
		var why api.Incomplete
		walk, more, why = walk.After(page)
		list.Remark = string(why)
	}
	return list, nil
}

// startCheck checks rows before they are picked.
func (m *Model) startCheck(rows []*catalog.Row) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	m.check = check{number: m.check.number + 1, rows: rows, cancel: cancel, lacked: new(atomic.Bool)}
	m.say(good, "checking "+inWords(idsOf(rows))+" with the service…")
	return tea.Batch(m.checkCmd(ctx), m.checkTimeCmd())
}

// checking reports whether a check is under way.
func (m *Model) checking() bool { return m.check.rows != nil }

// endCheck ends the check that is under way, if number is its, and returns what
// was to be picked.
func (m *Model) endCheck(number int) (rows []*catalog.Row) {
	if number != m.check.number || !m.checking() {
		return nil
	}
	m.check.cancel()
	rows, m.check.rows = m.check.rows, nil
	return rows
}

// checkExpired decides without an answer.
func (m *Model) checkExpired(msg checkExpiredMsg) tea.Cmd {
	rows := m.endCheck(msg.number)
	if rows == nil {
		return nil
	}
	missing := fmt.Sprintf("no answer within %g s", checkBudget.Seconds())
	if m.check.lacked.Load() {
		missing = fmt.Sprintf("the service did not list it just now, and its whole list takes longer than %g s", checkBudget.Seconds())
	}
	return m.decide(rows, verdict{missing: missing})
}

// checked takes what the service has said into the list, and decides.
func (m *Model) checked(msg checkedMsg) tea.Cmd {
	rows := m.endCheck(msg.number)
	if rows == nil {
		return nil
	}
	v := msg.verdict
	var keep tea.Cmd
	if v.list != nil {
		v.list.At = m.opt.Now()
		m.showFresh(*v.list)
		keep = m.keepCmd(m.source)
	}
	for _, r := range rows {
		if now, listed := v.now[r.ID]; listed {
			m.list.catalog = m.list.catalog.With(now)
		}
	}
	m.derive(onItsID)
	return tea.Batch(keep, m.decide(rows, v))
}

// decide picks rows, unless one of them is gone or dearer than it was when Enter
// was pressed, by the check or by a load meanwhile.
func (m *Model) decide(rows []*catalog.Row, v verdict) tea.Cmd {
	var dearer, cheaper []string
	var now []*catalog.Row
	for _, r := range rows {
		is, listed := m.list.catalog.At(r.ID)
		if !listed {
			m.offerNear(r, rows)
			return nil
		}
		now = append(now, is)
		change := priceStep(r.HourlyRate, is.HourlyRate)
		if cur := m.current(); len(rows) > 1 || cur == nil || cur.ID != r.ID {
			change = r.ID + ": " + change
		}
		switch {
		case is.HourlyRate == r.HourlyRate:
		case is.HourlyRate.Known && r.HourlyRate.Known && is.HourlyRate.Value < r.HourlyRate.Value:
			cheaper = append(cheaper, change)
		default:
			dearer = append(dearer, change)
		}
	}
	m.check.done = v.missing == ""
	var steps []string
	if len(cheaper) > 0 {
		steps = append(steps, "cheaper: "+strings.Join(cheaper, ", "))
	}
	inDearer := "dearer: " + strings.Join(dearer, ", ")
	if len(dearer) > 0 {
		steps = append(steps, inDearer)
	}
	switch {
	case v.missing != "":
		m.check.note = "not checked: " + v.missing
	case len(steps) == 0:
		m.check.note = "still listed, same price"
	default:
		m.check.note = "still listed, " + strings.Join(steps, "; ")
	}
	if len(dearer) > 0 {
		m.check.agreed = now
		m.say(warn, inDearer+": "+keymap.Name(m.pickKey())+" again to take it")
		m.check.shown = m.notice.number
		return nil
	}
	return m.pickNow(idsOf(now))
}

// takeAgreed picks what the user was told the new price of, at that price. If a load
// has changed it again, or taken it away, that is said in its place.
func (m *Model) takeAgreed() (cmd tea.Cmd, taken bool) {
	agreed := m.check.agreed
	m.check.agreed = nil
	if len(agreed) == 0 || m.notice.text == "" || m.notice.number != m.check.shown {
		return nil, false
	}
	for _, r := range agreed {
		if now, listed := m.list.catalog.At(r.ID); !listed || now.HourlyRate != r.HourlyRate {
			return m.decide(agreed, verdict{}), true
		}
	}
	return m.pickNow(idsOf(agreed)), true
}

// CheckNote is how the check of what was picked went, in words; empty if it was
// not checked at all.
func (m *Model) CheckNote() string { return m.check.note }

// Confirmed reports whether the service has confirmed what was picked.
func (m *Model) Confirmed() bool { return m.check.done }

func idsOf(rows []*catalog.Row) []string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}
