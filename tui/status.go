package tui

import (
	"fmt"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// noticeKind is how a notice is meant.
type noticeKind int

const (
	good noticeKind = iota
	warn
	bad
)

// notice is a sentence that goes away by itself.
type notice struct {
	kind   noticeKind
	text   string
	number int
}

func (m *Model) say(kind noticeKind, text string) {
	m.notice = notice{kind: kind, text: text, number: m.notice.number + 1}
}

func (m *Model) noticeText() string {
	st := m.opt.Styles
	switch m.notice.kind {
	case warn:
		return st.Warn.Render(m.notice.text)
	case bad:
		return st.Bad.Render(m.notice.text)
	}
	return st.Good.Render(m.notice.text)
}

// banner is what is lastingly to be said about the rows: that they are not all,
// or not the newest.
func (m *Model) banner() string {
	n := m.list.catalog.Len()
	var parts []string
	if m.load.phase == failed && n > 0 {
		what, _ := api.Explain(m.load.err)
		if m.list.whole {
			parts = append(parts, fmt.Sprintf("not loaded again: %s; this is the list of %s; r tries again", what, m.list.at.Format("15:04")))
		} else {
			parts = append(parts, fmt.Sprintf("%d loaded, the rest is missing: %s; r goes on", n, what))
		}
	}
	if m.load.phase == noKey && n > 0 {
		parts = append(parts, "no key any more; this is the list of "+m.list.at.Format("15:04"))
	}
	if m.list.why != "" {
		parts = append(parts, m.list.why)
	}
	return strings.Join(parts, " · ")
}

func (m *Model) bannerLine() string {
	return m.opt.Styles.Warn.Render(cell.Cut(" "+m.banner(), m.width, "…"))
}

// status draws what is always to be seen: how many rows match, the filter, the
// order, and the whole id under the cursor. What does not fit leaves from the
// left to the right of this list, the id never.
//
// The notice stands on its right; noticed is false if there is no room for it.
func (m *Model) status() (line string, noticed bool) {
	st := m.opt.Styles
	id := ""
	if row := m.current(); row != nil {
		id = row.ID
	}
	counts := fmt.Sprintf("%d of %d", len(m.result.Rows), m.list.catalog.Len())
	if m.load.phase == loading && !m.list.whole && len(m.result.Rows) > 0 {
		counts += ", cheapest so far"
	}
	if m.list.dropped > 0 {
		counts += fmt.Sprintf(" · %s without a usable id left out", cell.Rows(m.list.dropped))
	}
	order := "by " + describe(m.order)
	filter := m.typed.Query.String()
	for _, parts := range [][]string{{counts, filter, order, id}, {counts, order, id}, {counts, id}, {id}} {
		text := join(parts)
		if cell.Width(text)+2 > m.width && len(parts) > 1 {
			continue
		}
		line = cell.Cut(text, max(m.width-1, 0), "…")
		if head, ok := strings.CutSuffix(line, id); ok && id != "" {
			line = st.Dim.Render(head) + st.Accent.Render(id)
		} else {
			line = st.Dim.Render(line)
		}
		if cell.Width(text)+cell.Width(m.notice.text)+4 <= m.width {
			return m.spreadLine(" "+line, m.noticeText()+" "), true
		}
		break
	}
	return " " + line, m.notice.text == ""
}

func join(parts []string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// describe is an order in words: "price ↑, RAM ↓".
func describe(s catalog.Sort) string {
	if len(s) == 0 {
		s = catalog.Sort{s.Primary()}
	}
	var parts []string
	for _, k := range s {
		arrow := "↑"
		if k.Desc {
			arrow = "↓"
		}
		parts = append(parts, k.Field.Title()+" "+arrow)
	}
	return strings.Join(parts, ", ")
}
