package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"

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

const spinnerStep = 100 * time.Millisecond

var spinnerFrames = []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

func (m *Model) spinner() string {
	if m.opt.ASCII {
		return "*"
	}
	return spinnerFrames[int(m.elapsed()/spinnerStep)%len(spinnerFrames)]
}

func (m *Model) elapsed() time.Duration { return max(m.opt.Now().Sub(m.load.began), 0) }

// header draws the program's name, where the rows come from, and how they are.
func (m *Model) header() string {
	st := m.opt.Styles
	left := " " + st.Name.Render("gpupick")
	switch host := m.host(); {
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
	return m.spreadLine(left, m.freshness()+" ")
}

func (m *Model) host() string {
	if m.load.source == nil {
		return ""
	}
	return api.CleanText(m.load.source.Host())
}

// freshness says how many rows there are, how old they are, and what is being
// done about it.
func (m *Model) freshness() string {
	st := m.opt.Styles
	n := m.list.catalog.Len()
	unit := ""
	if m.width >= 70 {
		unit = st.Dim.Render(" · USD per hour")
	}
	switch {
	case m.load.phase == loading && m.list.whole:
		return st.Accent.Render(m.spinner()+" loading again") + st.Dim.Render(fmt.Sprintf(" · %s, %s", cell.Rows(n), age(m.opt.Now().Sub(m.list.at))))
	case m.load.phase == loading:
		return st.Accent.Render(fmt.Sprintf("%s page %d", m.spinner(), m.load.walk.Pages()+1)) +
			st.Dim.Render(fmt.Sprintf(" · %d so far · %.1f s", n, m.elapsed().Seconds()))
	case m.load.phase == noKey:
		return st.Warn.Render("no key")
	case m.list.whole && m.list.why != "":
		return st.Warn.Render(fmt.Sprintf("%d of more", n)) + st.Dim.Render(" · "+age(m.opt.Now().Sub(m.list.at))) + unit
	case m.list.whole:
		return st.Text.Render(fmt.Sprintf("%d available", n)) + st.Dim.Render(" · "+age(m.opt.Now().Sub(m.list.at))) + unit
	case n > 0:
		return st.Warn.Render(fmt.Sprintf("%d, incomplete", n)) + unit
	}
	return st.Bad.Render("not loaded")
}

func age(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return "just now"
	case d < time.Minute:
		return fmt.Sprintf("%d s ago", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", d/time.Minute)
	}
	return fmt.Sprintf("%d h ago", d/time.Hour)
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

// footer draws the keys of whoever has the focus.
func (m *Model) footer() string {
	k := m.opt.Keys
	switch m.focus {
	case onLine:
		return m.keysLine(hint{k.Line.Accept, ""}, hint{k.Line.Leave, "to the table"}, hint{k.Line.RowUp, ""}, hint{k.Line.RowDown, "row"}, hint{k.Line.Earlier, "earlier filter"})
	case onSortMenu:
		return m.sortMenu()
	case onHelp:
		return m.keysLine(hint{k.Help.Close, "close"}, hint{k.Help.Up, ""}, hint{k.Help.Down, "scroll"})
	}
	pick := "copy & quit"
	if m.opt.Captured {
		pick = "pick"
	}
	if m.load.phase == noKey && m.opt.Demo != nil && m.list.catalog.Len() == 0 {
		return m.keysLine(hint{k.Table.Demo, "browse the demo"}, hint{k.Table.Reload, "look for the key again"}, hint{k.Table.Quit, "quit"})
	}
	return m.keysLine(hint{k.Table.Pick, pick}, hint{k.Table.Copy, "copy"}, hint{k.Table.Filter, "filter"}, hint{k.Table.Sort, "sort"},
		hint{k.Table.Clear, "clear"}, hint{k.Table.Reload, "reload"}, hint{k.Table.Help, "help"}, hint{k.Table.Quit, "quit"})
}

// hint is a key in the footer with a word for it.
type hint struct {
	binding key.Binding
	word    string
}

// keysLine is as many of the hints as fit. A hint without a word shares the
// word of the next one.
func (m *Model) keysLine(hints ...hint) string {
	st := m.opt.Styles
	line, width, between := "", 0, " "
	for _, h := range hints {
		show := h.binding.Help().Key
		width += cell.Width(between) + cell.Width(show) + 1 + cell.Width(h.word)
		if width > m.width {
			break
		}
		line += st.Dim.Render(between) + st.Key.Render(show)
		between = " "
		if h.word != "" {
			line += st.Dim.Render(" " + h.word)
			between = " · "
		}
	}
	return line
}

// sortMenu is the menu in one line, as roomy as the screen allows.
func (m *Model) sortMenu() string {
	st := m.opt.Styles
	head := " sort "
	if m.further {
		head = " then "
	}
	for _, between := range []string{" · ", "  ", " "} {
		line, width := st.Accent.Render(head), cell.Width(head)
		for i, f := range sortMenuOrder {
			sep := between
			if i == 0 {
				sep = ""
			}
			word := f.Title() + arrowIn(m.order, f)
			line += st.Dim.Render(sep) + st.Key.Render(string(f.Letter())) + " " + st.Text.Render(word)
			width += len(sep)/len(between)*cell.Width(between) + 2 + cell.Width(word)
		}
		if width <= m.width || between == " " {
			return line
		}
	}
	return ""
}

var sortMenuOrder = []catalog.Field{catalog.Price, catalog.PerGPU, catalog.Count, catalog.Mem, catalog.VRAM, catalog.CPU, catalog.Disk, catalog.GPU, catalog.Region, catalog.Type}

func arrowIn(s catalog.Sort, f catalog.Field) string {
	if len(s) == 0 {
		s = catalog.Sort{s.Primary()}
	}
	for _, k := range s {
		switch {
		case k.Field == f && k.Desc:
			return "↓"
		case k.Field == f:
			return "↑"
		}
	}
	return ""
}
