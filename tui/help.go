package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gpupick/keymap"
	"gpupick/tui/cell"
)

// language is the filter language in examples; the README has all of it.
var language = [][2]string{
	{"h100", "in the GPU, the region or the type"},
	{"8xh100", "8 of them: gpu:h100 count:8"},
	{"europe us", "a part of the world"},
	{"gpu:l4", "the model L4, not L40S"},
	{`gpu="H100 SXM"`, "exactly this GPU"},
	{"price<20 mem>=1tb", "numbers: price pergpu count mem cpu disk vram"},
	{"count:2..8", "from 2 to 8"},
	{"h100,h200", "one of them"},
	{"-spot", "not; -- before it on the command line"},
	{"type:none", "the service does not say"},
}

// helpLines is the help: all of it, or the lines with what is looked for.
func (m *Model) helpLines() []string {
	var groups [][]string
	for _, g := range m.opt.Keys.Groups() {
		groups = append(groups, m.helpGroup(g))
	}
	filter := []string{m.opt.Styles.Accent.Bold(true).Render("The filter")}
	for _, l := range language {
		filter = append(filter, m.helpLine(l[0], l[1])...)
	}
	groups = append(groups[:1], append([][]string{filter}, groups[1:]...)...)
	if typed := strings.ToLower(m.helpFinder.Value()); typed != "" {
		return indent(linesWith(groups, typed))
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

// linesWith are the lines that contain what was typed, under their titles.
func linesWith(groups [][]string, typed string) []string {
	var lines []string
	for _, g := range groups {
		title := true
		for _, line := range g[1:] {
			if !strings.Contains(strings.ToLower(ansi.Strip(line)), typed) {
				continue
			}
			if title {
				lines, title = append(lines, g[0]), false
			}
			lines = append(lines, line)
		}
	}
	if lines == nil {
		lines = []string{"nothing of the kind; esc leaves the search"}
	}
	return lines
}

func (m *Model) helpGroup(g keymap.Group) []string {
	lines := []string{m.opt.Styles.Accent.Bold(true).Render(g.Title)}
	for _, b := range g.Keys {
		lines = append(lines, m.helpLine(b.Help().Key, b.Help().Desc)...)
	}
	return lines
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
			line = cell.Left(line, width) + "  " + right[i]
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
