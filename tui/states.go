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
	case len(m.listed) > 0 && m.list.catalog.Len() > 0: // rows that are no longer listed make no table by themselves
		return nil
	case m.list.catalog.Len() > 0 && m.marks.only && !m.unsettled():
		return append([]string{""}, m.wrap(m.opt.Styles.Warn.Render,
			"No marked row matches; "+m.keyed(m.opt.Keys.Table.OnlyMarked)+" shows all rows again.")...)
	case m.list.catalog.Len() > 0 && !m.choosing():
		return append([]string{""}, m.wrap(m.opt.Styles.Warn.Render, "No match yet · still loading")...)
	case m.list.catalog.Len() > 0:
		return m.choiceLines()
	case m.load.phase == noKey:
		return m.noKeyLines()
	case m.load.phase == failed:
		return m.failedLines()
	case m.load.phase == ready:
		return m.emptyLines()
	}
	return m.loadingLines()
}

// quietLoad is how long a load may take before it is mentioned in place of the table: a text
// that is shown only for a moment distracts.
const quietLoad = 150 * time.Millisecond

func (m *Model) loadingLines() []string {
	if m.load.elapsed(m.opt.Now()) < quietLoad && m.load.wait.Attempt == 0 {
		return []string{""}
	}
	from := "the service"
	if h := m.list.host; h != "" {
		from = h
	}
	lines := []string{"", "  " + m.opt.Styles.Accent.Render(
		m.load.progress("asking "+from+", ", m.opt.ASCII, m.opt.Now()))}
	if why := m.waitingFor(); why != "" {
		lines = append(lines, m.wrap(m.opt.Styles.Warn.Render, why)...)
	}
	return lines
}

// waitingFor says why a page is requested again, and which key retries at once; empty if no retry is pending.
func (m *Model) waitingFor() string {
	if m.load.phase != loading || m.load.wait.Attempt == 0 {
		return ""
	}
	why, _ := api.Explain(m.load.wait.Why)
	if m.load.pausing(m.opt.Now()) {
		why += " · " + m.keyed(m.opt.Keys.Table.Reload) + " tries now"
	}
	return why
}

func (m *Model) emptyLines() []string {
	st := m.opt.Styles
	say := "Runcrate lists no offers right now"
	if _, isFile := m.load.source.(dated); isFile {
		say = "There is nothing in " + m.list.host
	}
	if a := m.opt.Ask.String(); a != "" {
		say += " for " + a
	}
	lines := append([]string{""}, m.wrap(st.Warn.Render, say+"; "+m.keyed(m.opt.Keys.Table.Reload)+" reloads")...)
	if m.list.dropped > 0 {
		lines = append(lines, "  "+st.Dim.Render(cell.Rows(m.list.dropped)+" without a usable id left out"))
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

func (m *Model) failedLines() []string {
	what, do := api.Explain(m.load.err)
	lines := append([]string{""}, m.wrap(m.opt.Styles.Bad.Render, what)...)
	if do != "" {
		lines = append(lines, m.wrap(m.opt.Styles.Text.Render, do)...)
	}
	return append(lines, "", "  "+m.opt.Styles.Key.Render(m.keyed(m.opt.Keys.Table.Reload))+
		m.opt.Styles.Dim.Render(" "+m.load.again()))
}

// again says what r does after a failure.
func (l load) again() string {
	var later *api.LaterError
	switch {
	case errors.As(l.err, &later):
		return "tries then"
	case l.expired:
		return "asks for all of it again"
	}
	return "tries again"
}

func (m *Model) noKeyLines() []string {
	st := m.opt.Styles
	lines := []string{"", "  " + st.Warn.Render("No Runcrate key found."), ""}
	lines = append(lines, m.wrap(st.Text.Render,
		"Set RUNCRATE_API_KEY (keys are made at "+api.KeysPage+
			") and start gpupick again, or log in with `runcrate login` and press "+m.keyed(m.opt.Keys.Table.Reload)+
			".")...)
	if m.opt.Demo != nil {
		lines = append(lines, "")
		lines = append(lines, m.wrap(st.Text.Render,
			m.keyed(m.opt.Keys.Table.Demo)+" browses sample data, without a key and without a network.")...)
	}
	return lines
}

// wrap breaks a sentence into lines that fit; a word that is wider than a line
// is broken too.
func (m *Model) wrap(style func(...string) string, s string) []string {
	return view.Wrap(m.tableWidth()-4, style, s)
}
