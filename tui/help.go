package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"gpupick/keymap"
	"gpupick/tui/cell"
	"gpupick/tui/query"
)

// helpPart is the help for one place: a title, and entries of a line or more.
type helpPart struct {
	title   string
	entries [][]string
}

// helpParts is all of the help, or the entries with what is looked for.
func (m *Model) helpParts() []helpPart {
	title := m.opt.Styles.Name
	spoken, exact := query.Guide()
	filters := []helpPart{
		{title: title.Render("The filter: what you can say"), entries: m.ruleLines(spoken)},
		{title: title.Render("The filter: its exact form"), entries: m.ruleLines(exact)},
	}
	var parts []helpPart
	for i, g := range m.opt.Keys.Groups() {
		part := helpPart{title: title.Render(g.Title)}
		for _, b := range g.Keys {
			part.entries = append(part.entries, m.helpLine(b.Help().Key, b.Help().Desc))
		}
		if parts = append(parts, part); i == 0 {
			parts = append(parts, filters...)
		}
	}
	typed := strings.ToLower(m.helpFinder.Value())
	for i := range parts {
		parts[i].entries = slices.DeleteFunc(parts[i].entries, func(e []string) bool {
			return !strings.Contains(strings.ToLower(ansi.Strip(strings.Join(e, " "))), typed)
		})
	}
	return slices.DeleteFunc(parts, func(p helpPart) bool { return len(p.entries) == 0 })
}

// helpLines is the help as it is drawn: on a wide screen in two columns.
func (m *Model) helpLines() []string {
	var groups [][]string
	for _, p := range m.helpParts() {
		lines := []string{p.title}
		for _, e := range p.entries {
			lines = append(lines, e...)
		}
		groups = append(groups, lines)
	}
	if len(groups) == 0 {
		return indent([]string{"nothing of the kind; " + keymap.Name(m.opt.Keys.Find.Leave) + " leaves the search"})
	}
	if m.width < 100 {
		var lines []string
		for _, g := range groups {
			lines = append(append(lines, g...), "")
		}
		return indent(lines)
	}
	return indent(beside(groups, m.width/2-2))
}

// ruleLines are rules of the filter language, each with as many examples as fit.
func (m *Model) ruleLines(rules []query.Rule) [][]string {
	var entries [][]string
	for _, rule := range rules {
		typed := rule.Examples[0].Typed
		for _, e := range rule.Examples[1:] {
			if more := typed + "  " + e.Typed; cell.Width(more) < helpKeys {
				typed = more
			}
		}
		entries = append(entries, m.helpLine(typed, rule.Means))
	}
	return entries
}

// helpLine is a key and what it does; on a narrow screen in two lines.
func (m *Model) helpLine(what, does string) []string {
	st := m.opt.Styles
	if m.width < 60 {
		return append([]string{st.Key.Render(what)}, m.wrap(st.Text.Render, does)...)
	}
	return []string{st.Key.Render(cell.Left(what, helpKeys)) + st.Text.Render(does)}
}

const helpKeys = 19 // columns for the keys

// beside sets groups in two columns: in turn into the one that is shorter.
func beside(groups [][]string, width int) []string {
	var left, right []string
	for _, g := range groups {
		if len(left) <= len(right) {
			left = append(append(left, g...), "")
		} else {
			right = append(append(right, g...), "")
		}
	}
	var lines []string
	for i := range max(len(left), len(right)) {
		line := ""
		if i < len(left) {
			line = left[i]
		}
		if i < len(right) {
			line = cell.Fill(line, width, "…") + "  " + right[i]
		}
		lines = append(lines, line)
	}
	return lines
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}

// enterHelp opens the help; closed, it leads back to where it was opened.
func (m *Model) enterHelp() {
	m.focus, m.helpTop, m.helpFrom = onHelp, 0, m.focus
}

func (m *Model) helpKey(msg tea.KeyMsg) {
	k := m.opt.Keys.Help
	page := max(m.bodyHeight()-1, 1)
	switch {
	case isBack(msg, k.Close) && m.helpFinder.Value() != "":
		m.helpFinder.SetValue("") // one step back
	case key.Matches(msg, k.Close):
		m.focus = m.helpFrom
		m.helpFinder.SetValue("")
		m.derive(onItsID)
	case key.Matches(msg, k.Find):
		m.focus = onHelpFind
		m.helpFinder.Focus()
	case key.Matches(msg, k.Up):
		m.helpTop--
	case key.Matches(msg, k.Down):
		m.helpTop++
	case key.Matches(msg, k.PageUp):
		m.helpTop -= page
	case key.Matches(msg, k.PageDown):
		m.helpTop += page
	}
	m.clampHelp()
}

// helpFindKey is a key while a key is looked for in the help.
func (m *Model) helpFindKey(msg tea.KeyMsg) {
	k := m.opt.Keys.Find
	switch {
	case key.Matches(msg, k.Leave):
		m.helpFinder.SetValue("")
		m.focus = onHelp
	case key.Matches(msg, k.Accept):
		m.focus = onHelp
	default:
		m.helpFinder, _ = m.helpFinder.Update(msg)
		m.helpTop = 0
	}
}

// clampHelp keeps the last line of the help at the bottom of the screen.
func (m *Model) clampHelp() {
	if m.focus == onHelp || m.focus == onHelpFind {
		m.helpTop = max(min(m.helpTop, len(m.helpLines())-m.bodyHeight()), 0)
	}
}
