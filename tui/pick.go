package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/clipboard"
	"gpupick/tui/view"
)

// This file follows a pick from the key to the id, in order: which offers are meant, whether they can be
// picked, the check with the service, the question about changes or the closest offers in place of one that is
// no longer listed, the copy, and the outcome. Offers are picked as they were shown when the key was pressed;
// anything else is picked only if the user has chosen it.

// pickPhase is the state of a pick.
type pickPhase int

const (
	idle     pickPhase = iota
	checking           // the service is asked whether the offers are still as they were shown
	asking             // an offer has changed: Enter picks it anyway
	offering           // an offer is no longer listed: the closest offers are shown
	queued             // an earlier copy is under way
	copying            // the ids are being copied; then the program quits
)

// pickState is the current pick, or how the last one ended.
type pickState struct {
	phase          pickPhase
	number         int // number of the check; answers to earlier checks are dropped
	cancel         context.CancelFunc
	notListedAlone *atomic.Bool // the service did not list all of them when each was requested alone
	meant          []catalog.Row
	now            []catalog.Row // the same offers as they are now: the question is about them, and they are picked
	question       string        // the question about changes; empty if none is open
	verdict        verdict       // result of the check

	picks     map[string]Pick // what to report about an id when the program quits
	unlisted  []string        // marked ids that are no longer listed
	note      string          // how the check went
	confirmed bool            // the service has confirmed what is picked
}

// Outcome is how the user left the program.
type Outcome struct {
	Interrupted bool     // ctrl+c
	Picked      []Pick   // in the order of the table; none if the user only looked
	Unlisted    []string // marked ids that were left out because they are no longer listed
	Note        string   // how the check went, in words; empty if there was none
	Confirmed   bool     // the service has confirmed what was picked
	Clipboard   clipboard.Outcome
	Copied      bool     // something was copied without being picked
	Unconfirmed []string // the ids copied last, if nothing confirms that they are in a clipboard
	Demo        bool
	KeptAt      time.Time // when an earlier run loaded the list; zero if this run has confirmed it
}

// Pick is a picked offer.
type Pick struct {
	catalog.Row
	InPlaceOf string // the id meant at first, if that is no longer listed; empty if this one was meant
	Changed   string // what has changed since Enter was pressed: "$2.00 → $2.61/h (+31%)"; empty if nothing has
}

// Outcome returns how the user left the program, once it has ended.
func (m *Model) Outcome() Outcome {
	o := m.outcome
	o.Demo, o.Copied, o.Unconfirmed = m.opt.IsDemo, m.copiedOnly, m.unconfirmed
	if m.list.extent == kept && !o.Confirmed {
		o.KeptAt = m.list.at
	}
	return o
}

// pickPressed handles Enter in the table: it picks the marked offers or the one under the cursor, or applies
// the chosen line of the choices.
func (m *Model) pickPressed(msg tea.KeyMsg) tea.Cmd {
	row, marked := m.current(), m.markedRows
	switch {
	case !m.tableMayAct(msg):
		return nil
	case m.opt.Multi && len(marked) > 0:
		return m.beginPick(marked, m.marks.unlisted(m.list.catalog))
	case m.opt.Multi && len(m.marks.ids) > 0:
		m.say(warn, "None of the marked offers is listed any more · "+keymap.Name(m.opt.Keys.Table.Unmark)+
			" clears the marks")
		return nil
	case row.None() && m.choosing():
		m.takeChoice()
		return nil
	case row.None():
		m.sayNothingChosen()
		return nil
	}
	return m.beginPick([]catalog.Row{row}, nil)
}

// beginPick starts a pick: rows are picked as they are shown now.
func (m *Model) beginPick(rows []catalog.Row, unlisted []string) tea.Cmd {
	if m.pick.phase == queued || m.pick.phase == copying {
		m.say(warn, "Still copying")
		return nil
	}
	m.moved = true // picking an offer counts as moving to it
	m.pick = pickState{number: m.pick.number, unlisted: unlisted, picks: map[string]Pick{}}
	return m.continuePick(rows)
}

// continuePick continues a pick if its offers are listed and have ids that are safe in a command.
func (m *Model) continuePick(rows []catalog.Row) tea.Cmd {
	m.pick.meant = rows
	for _, r := range rows {
		if r.Change() == catalog.Gone {
			return m.offerNear(r)
		}
	}
	switch {
	case !m.canTake(rows):
		m.pick.phase = idle
		return nil
	case m.opt.Check && m.source != nil:
		return m.startCheck()
	}
	return m.decide(verdict{unchecked: true})
}

// startCheck asks the service whether the offers are still as they were shown.
func (m *Model) startCheck() tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	m.pick.phase, m.pick.number, m.pick.cancel, m.pick.notListedAlone = checking, m.pick.number+1, cancel,
		new(atomic.Bool)
	m.say(good, "Checking "+inWords(view.IDs(m.pick.meant))+" with Runcrate…")
	return tea.Batch(m.opt.checkCmd(ctx, m.source, m.pick),
		m.opt.after(checkBudget, checkExpiredMsg{number: m.pick.number}))
}

// endCheck ends the check with that number; it reports whether the check was running.
func (m *Model) endCheck(number int) bool {
	if m.pick.phase != checking || m.pick.number != number {
		return false
	}
	m.pick.cancel()
	m.pick.phase, m.notice.text = idle, ""
	return true
}

// checkKey handles a key during the check: it can only cancel the check or quit.
func (m *Model) checkKey(msg tea.KeyMsg) tea.Cmd {
	switch k := m.opt.Keys.Table; {
	case key.Matches(msg, k.Back):
		m.endCheck(m.pick.number)
		m.say(warn, "Not picked")
	case key.Matches(msg, k.Quit):
		return m.quit()
	}
	return nil
}

// checkExpired decides without an answer from the service.
func (m *Model) checkExpired(msg checkExpiredMsg) tea.Cmd {
	if !m.endCheck(msg.number) {
		return nil
	}
	missing := fmt.Sprintf("no answer within %g s", checkBudget.Seconds())
	if m.pick.notListedAlone.Load() {
		missing = fmt.Sprintf("Runcrate did not list it just now, and its whole list takes longer than %g s",
			checkBudget.Seconds())
	}
	return m.decide(verdict{missing: missing})
}

// checked updates the list with the answer of the service, and decides.
func (m *Model) checked(msg checkedMsg) tea.Cmd {
	if !m.endCheck(msg.number) {
		return nil
	}
	v := msg.verdict
	var keep tea.Cmd
	if v.list != nil {
		v.list.At = m.opt.Now()
		m.showFresh(*v.list)
		keep = m.opt.keepCmd(m.source, m.list)
	}
	for _, r := range m.pick.meant {
		if now, listed := v.now[r.ID()]; listed {
			m.confirm(now)
		}
	}
	m.then = func() tea.Cmd { return m.decide(v) } // decide once the new list is derived
	return keep
}

// since is how offers have changed since the key was pressed, through the check or a load.
type since struct {
	gone       catalog.Row   // an offer that is no longer listed; the zero Row if all are listed
	now        []catalog.Row // the offers as they are now
	diff       []string      // what has changed in each offer; empty if nothing has
	worse      bool          // something other than a lower price has changed
	onlyPrices bool          // only known prices have changed
}

func sincePressed(meant []catalog.Row, c *catalog.Catalog) since {
	s := since{onlyPrices: true}
	for _, was := range meant {
		is, listed := c.At(was.ID())
		if !listed {
			s.gone = was
			return s
		}
		diff := differences(was.InstanceType(), is.InstanceType())
		s.now, s.diff = append(s.now, is), append(s.diff, strings.Join(diff, ", "))
		if len(diff) == 0 {
			continue
		}
		onlyRate := len(diff) == 1 && was.HourlyRate() != is.HourlyRate()
		s.worse = s.worse || !onlyRate || !isCheaper(was, is)
		s.onlyPrices = s.onlyPrices && onlyRate && was.HourlyRate().Known && is.HourlyRate().Known
	}
	return s
}

// decide picks the offers, unless one of them is no longer listed or has changed since the key was pressed. An
// offer that only became cheaper needs no question.
func (m *Model) decide(v verdict) tea.Cmd {
	p := &m.pick
	is := sincePressed(p.meant, m.list.catalog)
	if !is.gone.None() {
		return m.offerNear(is.gone)
	}
	var changed []string
	for i, r := range is.now {
		pick := p.picks[r.ID()]
		pick.Row, pick.Changed = r, is.diff[i]
		p.picks[r.ID()] = pick
		if say := is.diff[i]; say != "" {
			if cur := m.current(); len(p.meant) > 1 || cur.None() || cur.ID() != r.ID() {
				say = r.ID() + ": " + say
			}
			changed = append(changed, say)
		}
	}
	p.now, p.verdict, p.confirmed = is.now, v, v.missing == "" && !v.unchecked
	switch {
	case v.unchecked:
	case v.missing != "":
		p.note = "not checked: " + v.missing
	case len(changed) == 0:
		p.note = "still listed, same price"
	case is.worse:
		p.note = "still listed, changed"
	default:
		p.note = "still listed, price went down"
	}
	if !is.worse {
		return m.copyAndLeave()
	}
	p.phase, p.question = asking, "Changed: "
	if is.onlyPrices {
		p.question = "Price went up: "
	}
	p.question += strings.Join(changed, "; ")
	return nil
}

// offerNear opens a menu of the offers closest to gone, which is no longer listed, if there are any.
func (m *Model) offerNear(gone catalog.Row) tea.Cmd {
	m.pick.phase, m.pick.question = idle, ""
	list := m.list.catalog.Closest(gone, view.NearMost)
	if len(list) == 0 {
		m.say(bad, gone.ID()+" is no longer listed, and no other offer has this GPU")
		return nil
	}
	m.notice.text = ""
	m.pick.phase = offering
	m.showOver(view.NewNear(gone, list))
	m.seen.surprise(m.opt.Now()) // keys typed ahead were meant for the table
	return nil
}

// takeNear continues the pick with row in place of gone, which is no longer listed.
func (m *Model) takeNear(gone, row catalog.Row) tea.Cmd {
	var rows []catalog.Row
	for _, r := range m.pick.meant {
		if r.ID() == gone.ID() {
			r = row
		}
		if !slices.ContainsFunc(rows, func(o catalog.Row) bool { return o.ID() == r.ID() }) {
			rows = append(rows, r)
		}
	}
	pick := m.pick.picks[row.ID()]
	pick.InPlaceOf = gone.ID()
	m.pick.picks[row.ID()] = pick
	m.pick.phase = idle
	m.goTo(row)
	m.seen.surprise(m.opt.Now())
	return m.continuePick(rows)
}

// questionKey handles a key while the question about changes is open. Enter picks anyway, esc cancels. Any
// other key cancels too; handled is false for it, and it then does what it always does.
func (m *Model) questionKey(msg tea.KeyMsg) (cmd tea.Cmd, handled bool) {
	switch {
	case key.Matches(msg, m.pickKey()):
		if !m.mayAct(m.seen.table.chosen, "press "+keymap.Shown(msg.String())+" again to pick it anyway") {
			return nil, true
		}
		m.seen.surprise(m.opt.Now())
		return m.copyAndLeave(), true
	case key.Matches(msg, m.opt.Keys.Table.Back):
		m.cancelQuestion()
		m.say(warn, "Not picked")
		return nil, true
	}
	m.cancelQuestion()
	return nil, false
}

func (m *Model) cancelQuestion() {
	if m.pick.phase == asking {
		m.pick.phase, m.pick.question = idle, ""
	}
}

// askAgain updates an open question after a load. If the offers have changed again, the question is asked anew. If
// there is nothing left to ask, the question is withdrawn without a pick, because the user has not answered it.
func (m *Model) askAgain() tea.Cmd {
	if m.pick.phase != asking {
		return nil
	}
	is := sincePressed(m.pick.meant, m.list.catalog)
	same := slices.EqualFunc(is.now, m.pick.now, func(a, b catalog.Row) bool {
		return a.InstanceType() == b.InstanceType()
	})
	switch {
	case is.gone.None() && same:
		return nil
	case is.gone.None() && !is.worse:
		why := "it is unchanged again"
		if strings.Join(is.diff, "") != "" {
			why = "its price went down"
		}
		m.cancelQuestion()
		m.say(warn, "Not picked: "+why+" · "+keymap.Name(m.pickKey())+" picks it")
		return nil
	}
	return m.decide(m.pick.verdict)
}

// copyAndLeave copies the ids and quits; if Captured, it only quits.
func (m *Model) copyAndLeave() tea.Cmd {
	m.pick.question = ""
	ids := view.IDs(m.pick.now)
	switch {
	case m.opt.Captured:
		return m.leave(clipboard.Outcome{})
	case m.copying:
		m.pick.phase = queued
		m.say(warn, "Still copying")
		return nil
	}
	m.pick.phase = copying
	return m.startCopy(ids)
}

// copyOf copies the ids of offers without quitting.
func (m *Model) copyOf(rows ...catalog.Row) tea.Cmd {
	switch {
	case !m.canTake(rows):
		return nil
	case m.copying:
		m.say(warn, "Still copying")
		return nil
	}
	return m.startCopy(view.IDs(rows))
}

func (m *Model) startCopy(ids []string) tea.Cmd {
	m.copying = true
	m.say(good, "Copying "+inWords(ids)+"…")
	return m.opt.copyCmd(strings.Join(ids, "\n"), inWords(ids), ids)
}

// copyOther copies a text other than ids, without quitting.
func (m *Model) copyOther(text, what string) tea.Cmd {
	if m.copying {
		m.say(warn, "Still copying")
		return nil
	}
	m.copying = true
	return m.opt.copyCmd(text, what, nil)
}

// copied handles the end of a copy. A pick that waited for it continues; if
// the same ids were copied, the pick is done.
func (m *Model) copied(msg copiedMsg) tea.Cmd {
	m.copying = false
	switch ids := view.IDs(m.pick.now); {
	case m.pick.phase == copying, m.pick.phase == queued && strings.Join(ids, "\n") == strings.Join(msg.ids, "\n"):
		return m.leave(msg.outcome)
	case m.pick.phase == queued:
		m.pick.phase = copying
		return m.startCopy(ids)
	}
	m.copiedOnly = m.copiedOnly || msg.outcome.Copied
	if m.unconfirmed = nil; msg.outcome.Sent || !msg.outcome.Copied {
		m.unconfirmed = msg.ids
	}
	kind := good
	if !msg.outcome.Copied {
		kind = warn
	}
	if m.opt.IsDemo && msg.what != view.TheCommand {
		m.say(kind, msg.what+" "+msg.outcome.Say+" · demo id, not a real offer")
		return nil
	}
	m.say(kind, msg.what+" "+msg.outcome.Say)
	return nil
}

// leave ends the program with the picked offers.
func (m *Model) leave(copied clipboard.Outcome) tea.Cmd {
	p := &m.pick
	m.outcome = Outcome{Unlisted: p.unlisted, Note: p.note, Confirmed: p.confirmed, Clipboard: copied}
	for _, r := range p.now {
		m.outcome.Picked = append(m.outcome.Picked, p.picks[r.ID()])
	}
	return m.quit()
}

// canTake reports whether all rows are listed and have ids that are safe in a
// command; if not, it says so.
func (m *Model) canTake(rows []catalog.Row) bool {
	for _, r := range rows {
		if r.Change() == catalog.Gone {
			m.say(bad, r.ID()+" is no longer listed")
			return false
		}
		if err := api.CheckID(r.ID()); err != nil {
			m.say(bad, "Not copied: "+err.Error())
			return false
		}
	}
	return true
}

// sayNothingChosen says why a key that acts on the chosen offer does nothing.
func (m *Model) sayNothingChosen() {
	t := m.opt.Keys.Table
	switch {
	case m.rows.Lost():
		m.say(warn, m.whyLost()+" · "+keymap.Name(t.Up)+" "+keymap.Name(t.Down)+" choose another offer")
	case m.load.phase == loading:
		m.say(warn, "No offer yet: still loading")
	default:
		m.say(warn, "No offer to act on")
	}
}

// inWords returns the id if there is one, else how many there are.
func inWords(ids []string) string {
	if len(ids) == 1 {
		return ids[0]
	}
	return cell.Int(len(ids)) + " ids"
}
