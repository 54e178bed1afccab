package view

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
)

// Command is the command line that gives what the table shows, whole, and what can be done with it.
type Command struct{}

// TheCommand is what is copied, in words.
const TheCommand = "the command"

// Name is what tests call it.
func (Command) Name() string { return "command" }

// Fit has nothing to do.
func (c Command) Fit(Frame) (View, Intent) { return c, nil }

// Target is nothing that a load could change.
func (Command) Target(Frame) Target { return Target{} }

// Key copies the command.
func (c Command) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	switch k := f.Keys.Command; {
	case key.Matches(msg, k.Copy):
		return c, CopyText{f.Command, TheCommand}
	case key.Matches(msg, k.Close):
		return c, Close{}
	}
	return c, nil
}

// Foot draws the command.
func (Command) Foot(f Frame) []string {
	st, k := f.Styles, f.Keys.Command
	lines := []string{st.Accent.Render(" the command that gives this view")}
	lines = append(lines, Wrap(f.Width-4, st.Text.Render, api.CleanText(f.Command))...)
	return append(lines, f.KeysLine(Hint{k.Copy, "copy"}, Hint{k.Close, "close"}))
}
