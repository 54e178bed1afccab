package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gpupick/api"
	"gpupick/api/when"
	"gpupick/keymap"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/view"
)

// noticeKind is the tone of a notice.
type noticeKind int

const (
	good noticeKind = iota
	warn
	bad
	quiet
)

// notice is a sentence that disappears after noticeTime.
type notice struct {
	kind   noticeKind
	text   string
	number int
	at     time.Time // when it was said
	before int       // number of the notice that was current when the key or message arrived
	byKey  bool      // a key set it, and the next key removes it
}

func (m *Model) say(kind noticeKind, text string) {
	m.notice = notice{kind: kind, text: api.CleanText(text), number: m.notice.number + 1, before: m.notice.before}
}

// noticed returns the notice, or without one the reason for a pending retry.
func (m *Model) noticed() notice {
	if m.notice.text == "" && m.list.catalog.Len() > 0 {
		return notice{kind: warn, text: m.waitingFor(m.opt.Now(), m.keyed(m.opt.Keys.Table.Reload))}
	}
	return m.notice
}

func (m *Model) noticeText() string {
	st, n := m.opt.Styles, m.noticed()
	switch n.kind {
	case warn:
		return st.Warn.Render(n.text)
	case bad:
		return st.Bad.Render(n.text)
	case quiet:
		return st.Dim.Render(n.text)
	}
	return st.Good.Render(n.text)
}

// banner returns what is wrong with the rows until they are loaded again: some are missing, or they are not the
// newest. What to do comes first, because the rest may be long.
func (s *store) banner(reload string, now time.Time) string {
	n := s.list.catalog.Len()
	var parts []string
	if (s.load.phase == failed || s.load.phase == noKey) && n > 0 {
		what, _ := api.Explain(s.load.err)
		of := when.Clock(s.list.at, now)
		switch {
		case s.list.extent == kept:
			parts = append(parts, fmt.Sprintf("Offline: %s. Showing the list from %s; offers and prices may have "+
				"changed · %s %s", what, of, reload, s.load.again()))
		case s.list.ended():
			parts = append(parts, fmt.Sprintf("Not reloaded: %s. Showing the list from %s · %s %s", what, of,
				reload, s.load.again()))
		case s.load.expired:
			parts = append(parts, fmt.Sprintf("%s loaded, the rest failed: %s · %s reloads all of it", cell.Int(n),
				what, reload))
		default:
			parts = append(parts, fmt.Sprintf("%s loaded, the rest failed: %s · %s resumes", cell.Int(n), what, reload))
		}
	}
	if s.list.why != "" {
		parts = append(parts, s.list.why)
	}
	return strings.Join(parts, " · ")
}

const bannerMost = 3 // lines

// bannerLines returns the banner, or the welcome, broken into lines.
func (m *Model) bannerLines() []string {
	if text := m.banner(keymap.Name(m.opt.Keys.Table.Reload), m.opt.Now()); text != "" {
		lines := view.Wrap(m.width-4, m.opt.Styles.Warn.Render, text)
		return lines[:min(len(lines), bannerMost)]
	}
	if m.welcome && m.height >= 20 {
		var lines []string
		for _, say := range welcome(m.opt.Keys.Table, m.opt.Captured) {
			lines = append(lines, "  "+m.opt.Styles.Accent.Render(cell.Cut(say, max(m.width-4, 0), "…")))
		}
		return lines
	}
	return nil
}

// welcome says what to do, on the first start and until the first key.
func welcome(k keymap.Table, captured bool) []string {
	name, pick := keymap.Name, " copies the selected id, prints it and quits · "
	if captured {
		pick = " picks the selected id and quits · "
	}
	return []string{
		"Press " + name(k.Filter) + " and type what you need: 8xh100 europe mem>=1tb price<30",
		name(k.Pick) + pick + name(k.Copy) + " copies it and stays",
		name(k.Facets) + " facets · " + name(k.Details) + " details · " + name(k.Help) +
			" shows all keys",
	}
}

// idMost is the longest id that the status line makes room for in advance.
const idMost = 46

// counts says how many offers match, out of how many: "412 of 624"; offers without a GPU are counted apart:
// "412 + 6 without a GPU of 624".
func counts(r catalog.Result, of int) string {
	n, without := cell.Int(r.Rows.Len()-r.NoGPU), cell.Int(r.NoGPU)
	switch {
	case r.OnlyWithoutGPU():
		n = without + " without a GPU"
	case r.NoGPU > 0:
		n += " + " + without + " without a GPU"
	}
	return n + " of " + cell.Int(of)
}

// statusText returns the status line without a notice and without styles; id is its end.
func (m *Model) statusText(id string) string {
	widest := min(m.grid().natural(idColumn), idMost)
	counts := counts(m.result, m.list.catalog.Len())
	if m.load.phase == loading && !m.list.ended() && m.result.Rows.Len() > 0 {
		counts += ", cheapest so far"
	}
	if n := m.result.Gone; n > 0 {
		counts += fmt.Sprintf(", %s gone", cell.Int(n))
	}
	counts = join([]string{counts, m.marks.inWords(len(m.markedRows), m.markedInView)})
	if from, to := m.marks.between(m.listed, m.rows.Cursor); to > from {
		counts = join([]string{counts, "range of " + cell.Int(to-from)})
	}
	dropped := ""
	if m.list.dropped > 0 {
		dropped = fmt.Sprintf("%s without a usable id", cell.Offers(m.list.dropped))
	}
	order := "by " + view.Describe(m.typed.Query.Sort)
	if m.list.catalog.Len() == 0 {
		counts, order = "", "" // the screen says why nothing is there
	}
	filter, names := m.typed.Query.String(), m.cuts.apart(m.current())
	var shown string
	for _, parts := range [][]string{{counts, dropped, filter, order, names}, {counts, dropped, order, names},
		{counts, order, names}, {counts, names}, {names}, {counts}, {}} {
		shown = join(append(parts, id))
		if cell.Width(shown)+max(widest-cell.Width(id), 0)+2 <= m.width {
			break
		}
	}
	if row := m.current(); !row.None() { // the change, if there is room for it
		if with := join([]string{strings.TrimSuffix(shown, id) + changed(row)}); changed(row) != "" &&
			cell.Width(with)+cell.Width(" · "+id)+1 <= m.width {
			shown = join([]string{with, id})
		}
	}
	return shown
}

// status draws the status line: how many rows match, the filter, the order, and the whole id under the cursor.
// The widest id decides which parts fit, so that nothing comes and goes while the cursor moves; the id itself
// is never dropped. A notice is on the right, or takes the line if both do not fit.
func (m *Model) status() string {
	if v, is := m.view().(view.WithStatus); is {
		return m.viewStatus(v.Status(m.frame()))
	}
	id := ""
	switch row := m.current(); {
	case !row.None():
		id = row.ID()
	case m.rows.Lost() && !m.choosing():
		id = m.whyLost()
	}
	shown := m.statusText(id)
	st := m.opt.Styles
	line := cell.Cut(shown, max(m.width-1, 0), "…")
	if head, ok := strings.CutSuffix(line, id); ok && id != "" {
		style := st.Accent
		if m.rows.Held {
			style = st.Warn
		}
		line = st.Dim.Render(head) + style.Render(id)
	} else {
		line = st.Dim.Render(line)
	}
	say := m.noticed().text
	if say == id {
		say = "" // the line shows it already
	}
	switch {
	case say == "":
		return " " + line
	case cell.Width(shown)+cell.Width(say)+4 <= m.width:
		return m.pen().Justify(" "+line, m.noticeText()+" ")
	}
	return cell.Cut(" "+m.noticeText(), m.width, "…")
}

func join(parts []string) string { return each(" · ", slices.Clone(parts)...) }
