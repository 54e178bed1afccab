package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// A row is checked once more at the moment it is picked: whoever looks at a list
// for ten minutes may pick what has gone meanwhile. The check is short, and what
// cannot be checked is picked all the same, and said.

// checkBudget is how long the check of a pick takes at most, in all.
const checkBudget = 1500 * time.Millisecond

// check is the check that is under way.
type check struct {
	number int
	rows   []*catalog.Row // that are to be picked; nil: none is under way
	cancel context.CancelFunc
	agreed string // the ids whose new price was shown: Enter takes them
	note   string // how the last one went, for the way out
	done   bool   // the service has confirmed what was picked
}

// verdict is what a check has found.
type verdict struct {
	now     map[string]api.InstanceType // those that are still listed, by id
	list    *api.List                   // everything that is listed, if that was asked for
	missing string                      // why not all could be checked; empty: all were
}

// errNoWord says that there is nothing to ask for a row by.
var errNoWord = errors.New("the service names no GPU or no region for it")

// checkRows asks for each row alone, by its GPU, region and count; for one that
// does not come, for the whole list.
func checkRows(ctx context.Context, source Source, ask api.Ask, rows []*catalog.Row) verdict {
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
			v.missing = errNoWord.Error()
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
	m.check = check{number: m.check.number + 1, rows: rows, cancel: cancel}
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

// checkExpired picks without an answer.
func (m *Model) checkExpired(msg checkExpiredMsg) tea.Cmd {
	rows := m.endCheck(msg.number)
	if rows == nil {
		return nil
	}
	return m.pickUnchecked(rows, fmt.Sprintf("no answer within %g s", checkBudget.Seconds()))
}

func (m *Model) pickUnchecked(rows []*catalog.Row, why string) tea.Cmd {
	m.check.note = "not checked: " + why
	return m.pickNow(idsOf(rows))
}

// checked decides what a verdict means for the pick.
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
		keep = m.keepCmd()
	}
	var dearer, cheaper []string
	for _, r := range rows {
		now, listed := v.now[r.ID]
		if !listed {
			if v.list != nil {
				m.derive(onItsID)
				m.offerNear(r)
				return keep
			}
			continue
		}
		m.list.catalog = m.list.catalog.With(now)
		change := cell.Rate(r.HourlyRate) + " → " + cell.Rate(now.HourlyRate)
		if len(rows) > 1 {
			change = r.ID + ": " + change
		}
		switch {
		case now.HourlyRate == r.HourlyRate:
		case now.HourlyRate.Known && r.HourlyRate.Known && now.HourlyRate.Value < r.HourlyRate.Value:
			cheaper = append(cheaper, change)
		default:
			dearer = append(dearer, change)
		}
	}
	m.derive(onItsID)
	m.lost = false // whoever is picking is told more exactly
	switch {
	case len(dearer) > 0:
		m.check.agreed = strings.Join(idsOf(rows), " ")
		m.say(warn, strings.Join(dearer, ", ")+": enter again to take it")
		return keep
	case v.missing != "":
		return m.pickUnchecked(rows, v.missing)
	}
	m.check.done, m.check.note = true, "still listed, same price"
	if len(cheaper) > 0 {
		m.check.note = "still listed, cheaper: " + strings.Join(cheaper, ", ")
	}
	return tea.Batch(keep, m.pickNow(idsOf(rows)))
}

// CheckNote is how the check of what was picked went, in words; empty if it was
// not checked at all.
func (m Model) CheckNote() string { return m.check.note }

// Confirmed reports whether the service has confirmed what was picked.
func (m Model) Confirmed() bool { return m.check.done }

func idsOf(rows []*catalog.Row) []string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}
