package tui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/export"
	"gpupick/tui/query"
)

// The command that gives this view: what is asked for, the filter and the order.

const theCommand = "the command"

// Command is the command line that gives what the table shows, quoted for the
// shell.
func (m *Model) Command() string {
	args := []string{"gpupick"}
	switch {
	case m.opt.IsDemo:
		args = append(args, "--demo")
	case m.opt.File != "":
		args = append(args, "--file", m.opt.File)
	}
	ask := m.opt.Ask
	switch {
	case ask.GPUType != "" && ask.GPUCount > 0:
		args = append(args, "--gpu", ask.GPUType+":"+strconv.Itoa(ask.GPUCount))
	case ask.GPUType != "":
		args = append(args, "--gpu", ask.GPUType)
	case ask.GPUCount > 0:
		args = append(args, "--gpu-count", strconv.Itoa(ask.GPUCount))
	}
	if ask.Region != "" {
		args = append(args, "--region", ask.Region)
	}
	filter := strings.TrimSpace(m.line.Value())
	if m.typed.Err != nil || m.typed.Held != "" {
		filter = m.typed.Query.String() // what is applied
	}
	if m.marks.only {
		filter = m.typed.Query.OneOf(query.ID, m.marks.values()).String()
	}
	if filter != "" {
		args = append(args, "--filter", filter)
	}
	// The order is said even if it is the usual one: the settings may have another.
	return export.Shell(append(args, "--sort", m.order.String())...)
}

func (m *Model) commandKey(msg tea.KeyMsg) tea.Cmd {
	k := m.opt.Keys.Command
	switch {
	case key.Matches(msg, k.Copy):
		m.focus = onTable
		return m.copyOther(m.Command(), theCommand)
	case key.Matches(msg, k.Close):
		m.focus = onTable
	}
	return nil
}

// commandMenu draws the command, whole, and what can be done with it.
func (m *Model) commandMenu() []string {
	st, k := m.opt.Styles, m.opt.Keys.Command
	lines := []string{st.Accent.Render(" the command that gives this view")}
	lines = append(lines, wrapTo(m.width-4, st.Text.Render, api.CleanText(m.Command()))...)
	return append(lines, m.keysLine(hint{k.Copy, "copy"}, hint{k.Close, "close"}))
}
