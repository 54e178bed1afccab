package tui

import (
	"errors"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/view"
)

// stateLines returns the lines shown in place of the table; nil if there is a table.
func (m *Model) stateLines() []string {
	switch {
	case m.listed.Len() > 0 && m.list.catalog.Len() > 0: // rows that are no longer listed make no table by themselves
		return nil
	case m.list.catalog.Len() > 0 && m.marks.only && !m.unsettled():
		return append([]string{""}, m.wrap(m.opt.Styles.Warn.Render,
			"No marked offer matches · "+m.keyed(m.opt.Keys.Table.OnlyMarked)+" shows all offers")...)
	case m.list.catalog.Len() > 0 && !m.choosing():
		return append([]string{""}, m.wrap(m.opt.Styles.Warn.Render, "No match yet · still loading")...)
	case m.list.catalog.Len() > 0:
		return m.choiceLines()
	}
	p := statePen{m.pen(), m.store, m.opt, m.tableWidth() - 4, m.keyed}
	switch m.load.phase {
	case noKey:
		return p.noKeyLines()
	case failed:
		return p.failedLines()
	case ready:
		return p.emptyLines()
	}
	return p.loadingLines()
}

// statePen draws the state of a load that has brought no rows.
type statePen struct {
	view.Pen
	store
	opt   Options
	width int
	keyed func(key.Binding) string // the name of a key of the table
}

func (p statePen) wrap(style func(...string) string, s string) []string {
	return view.Wrap(p.width, style, s)
}

// quietLoad is how long a load may take before it is mentioned in place of the table: a text
// that is shown only for a moment distracts.
const quietLoad = 150 * time.Millisecond

func (p statePen) loadingLines() []string {
	if p.load.elapsed(p.opt.Now()) < quietLoad && p.load.wait.Attempt == 0 {
		return []string{""}
	}
	from := "the service"
	if h := p.list.host; h != "" {
		from = h
	}
	lines := []string{"", "  " + p.Styles.Accent.Render(
		p.load.progress("loading from "+from+", ", p.ASCII, p.opt.Now()))}
	if why := p.waitingFor(p.opt.Now(), p.keyed(p.opt.Keys.Table.Reload)); why != "" {
		lines = append(lines, p.wrap(p.Styles.Warn.Render, why)...)
	}
	return lines
}

// waitingFor says why a page is requested again, and which key retries at once; empty if no retry is pending.
func (s *store) waitingFor(now time.Time, reload string) string {
	if s.load.phase != loading || s.load.wait.Attempt == 0 {
		return ""
	}
	why, _ := api.Explain(s.load.wait.Why)
	if s.load.pausing(now) && s.load.notBefore(now).IsZero() {
		why += " · " + reload + " retries now"
	}
	return why
}

func (p statePen) emptyLines() []string {
	st := p.Styles
	say := "Runcrate lists no offers right now"
	if _, isFile := p.load.source.(dated); isFile {
		say = "No offers in " + p.list.host
	}
	if a := p.opt.Ask.String(); a != "" {
		say += " for " + a
	}
	lines := append([]string{""}, p.wrap(st.Warn.Render, say+"; "+p.keyed(p.opt.Keys.Table.Reload)+" reloads")...)
	if p.list.dropped > 0 {
		lines = append(lines, "  "+st.Dim.Render(cell.Offers(p.list.dropped)+" without a usable id"))
	}
	return lines
}

// keyed names a key of the table; while the filter line has the focus, also the key that leaves it.
func (m *Model) keyed(b key.Binding) string {
	if m.focus == onLine {
		return keymap.Name(m.opt.Keys.Line.Leave) + ", then " + keymap.Name(b)
	}
	return keymap.Name(b)
}

func (p statePen) failedLines() []string {
	what, do := api.Explain(p.load.err)
	lines := append([]string{""}, p.wrap(p.Styles.Bad.Render, sentence(what))...)
	if do != "" {
		lines = append(lines, p.wrap(p.Styles.Text.Render, sentence(do))...)
	}
	return append(lines, "", "  "+p.Styles.Key.Render(p.keyed(p.opt.Keys.Table.Reload))+
		p.Styles.Dim.Render(" "+p.load.again()))
}

// again says what r does after a failure.
func (l load) again() string {
	var later *api.LaterError
	switch {
	case errors.As(l.err, &later):
		return "retries then"
	case l.expired:
		return "reloads all of it"
	}
	return "retries"
}

func (p statePen) noKeyLines() []string {
	st := p.Styles
	lines := []string{"", "  " + st.Warn.Render("No Runcrate key found."), ""}
	lines = append(lines, p.wrap(st.Text.Render,
		"Set RUNCRATE_API_KEY (keys are made at "+api.KeysPage+
			") and start gpupick again, or log in with `runcrate login` and press "+p.keyed(p.opt.Keys.Table.Reload)+
			".")...)
	if p.opt.Demo != nil {
		lines = append(lines, "")
		lines = append(lines, p.wrap(st.Text.Render,
			p.keyed(p.opt.Keys.Table.Demo)+" browses sample data, without a key and without a network.")...)
	}
	return lines
}

// wrap breaks a sentence into lines that fit; a word that is wider than a line
// is broken too.
func (m *Model) wrap(style func(...string) string, s string) []string {
	return view.Wrap(m.tableWidth()-4, style, s)
}
