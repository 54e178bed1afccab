package tui

import (
	"fmt"
	"time"

	"gpupick/api/when"
	"gpupick/tui/cell"
)

const spinnerStep = 100 * time.Millisecond

var spinnerFrames = []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

func spinner(ascii bool, elapsed time.Duration) string {
	if ascii {
		return "*"
	}
	return spinnerFrames[int(elapsed/spinnerStep)%len(spinnerFrames)]
}

// elapsed returns how long a load has been running.
func (l load) elapsed(now time.Time) time.Duration { return max(now.Sub(l.began), 0) }

// header draws the program's name, the source of the rows, and their freshness.
func (m *Model) header() string {
	st := m.opt.Styles
	left := " " + st.Name.Render("gpupick")
	switch host := m.list.host; {
	case m.opt.IsDemo:
		left += "  " + st.Demo.Render(" DEMO ")
		if m.width >= 100 {
			left += st.Dim.Render("  a sample, no real offers")
		}
	case host != "" && m.width >= 60:
		left += "   " + st.Text.Render(host)
	}
	if asked := m.opt.Ask.String(); asked != "" {
		left += st.Warn.Render("  asked: " + asked)
	}
	fresh := m.freshness(m.width-cell.Width(left)-2) + " "
	return m.pen().Justify(cell.Cut(left, max(m.width-cell.Width(fresh)-1, 0), "…"), fresh)
}

// freshness says how many rows there are, how old they are, whether a load is running, and, if it fits in width
// columns, what has changed.
func (m *Model) freshness(width int) string {
	st := m.opt.Styles
	n := m.list.catalog.Len()
	unit := ""
	switch {
	case m.refresh.every > 0:
		unit = st.Dim.Render(" · every " + when.Span(m.refresh.every))
		if m.opt.Alert != nil {
			unit = st.Dim.Render(" · alert, every " + when.Span(m.refresh.every))
		}
	case m.width >= 70:
		unit = st.Dim.Render(" · USD per hour")
	}
	switch {
	case m.load.phase == loading && m.list.extent == kept:
		return m.opt.Styles.Accent.Render(m.load.progress("", m.opt.ASCII, m.opt.Now())) +
			st.Warn.Render(" · list from "+when.Clock(m.list.at, m.opt.Now()))
	case m.load.phase == loading && m.list.ended():
		return m.opt.Styles.Accent.Render(m.load.progress("reloading, ", m.opt.ASCII, m.opt.Now())) +
			st.Dim.Render(fmt.Sprintf(" · %s, %s", cell.Int(n), when.Ago(m.opt.Now().Sub(m.list.at))))
	case m.load.phase == loading:
		return m.opt.Styles.Accent.Render(m.load.progress("", m.opt.ASCII, m.opt.Now())) +
			st.Dim.Render(" · "+cell.Int(n)+" so far")
	case m.load.phase == noKey && n == 0:
		return st.Warn.Render("no key")
	case m.list.extent == kept:
		return st.Warn.Render("offline · list from "+when.Clock(m.list.at, m.opt.Now())) + unit
	case m.list.ended() && m.list.why != "":
		return st.Warn.Render(cell.Int(n)+" loaded, list incomplete") +
			st.Dim.Render(" · "+when.Ago(m.opt.Now().Sub(m.list.at))) +
			unit
	case m.list.ended() && m.width < 70: // the status line may have no room for the counts
		marked := ""
		if k := len(m.marks.ids); k > 0 {
			marked = fmt.Sprintf(" · %s%d", rowMark, k)
		}
		return st.Text.Render(cell.Int(m.result.Rows.Len())+" of "+cell.Int(n)+marked) +
			st.Dim.Render(" · "+when.Ago(m.opt.Now().Sub(m.list.at)))
	case m.list.ended():
		is := st.Text.Render(cell.Int(n)+" listed") + st.Dim.Render(" · "+when.Ago(m.opt.Now().Sub(m.list.at)))
		if since := m.list.since(m.opt.Now()); since != "" {
			short := st.Text.Render(cell.Int(n)) + st.Dim.Render(" · "+when.Ago(m.opt.Now().Sub(m.list.at)))
			for _, with := range []string{is + st.Accent.Render(" · "+since) + unit, is + st.Accent.Render(" · "+since),
				short + st.Accent.Render(" · "+m.list.sinceShort(m.opt.Now()))} {
				if cell.Width(with) <= width {
					return with
				}
			}
		}
		return is + unit
	case n > 0:
		return st.Warn.Render(cell.Int(n)+", incomplete") + unit
	}
	return st.Bad.Render("not loaded")
}

// progress describes a running load: the page, the attempt, and the time that it has taken or still waits.
func (l load) progress(what string, ascii bool, now time.Time) string {
	say := fmt.Sprintf("%s %spage %d%s", spinner(ascii, l.elapsed(now)), what, l.walk.Pages()+1, l.attempt(now))
	if !l.pausing(now) {
		say += fmt.Sprintf(" · %.1f s", l.elapsed(now).Seconds())
	}
	return say
}
