package view

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
)

// Command shows the full command line that reproduces the table.
type Command struct{}

// TheCommand is the name of the copied text in notices.
const TheCommand = "the command"

// Name identifies the view.
func (Command) Name() string { return "command" }

// Fit has nothing to do.
func (c Command) Fit(Frame) (View, Intent) { return c, nil }

// Target is empty: a load changes nothing in this menu.
func (Command) Target(Frame) Target { return Target{} }

// Key copies the command.
func (c Command) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	switch k := f.Keys.Command; {
	case key.Matches(msg, k.Copy):
		return c, CopyText{f.Command, TheCommand}
	case key.Matches(msg, k.Close):
		return c, Close{}
	}
	return c, Pass{}
}

// Foot draws the command.
func (Command) Foot(f Frame) []string {
	st, k := f.Styles, f.Keys.Command
	lines := []string{st.Accent.Render(" The command that lists these offers")}
	lines = append(lines, Wrap(f.Width-4, st.Text.Render, api.CleanText(f.Command))...)
	return append(lines, f.KeysLine(Hint{k.Copy, "copy"}, Hint{k.Close, "close"}))
}
