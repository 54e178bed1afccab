package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/export"
)

// matching are the ids that match now, to be compared with those that match after a load; nil if there is
// nothing to compare with: nobody wants a bell, or the list is not all there is. A list from disk counts
// only when the service has been asked once and did not answer: the first answer is compared with nothing.
func (m *Model) matching() map[string]bool {
	if m.opt.Alert == nil || !m.list.entire() || m.list.extent == kept && m.load.number == 1 {
		return nil
	}
	rows := m.matchingRows()
	ids := make(map[string]bool, len(rows))
	for _, r := range rows {
		ids[r.ID()] = true
	}
	return ids
}

// matchingRows are the rows that the filter leaves, whatever is marked.
func (m *Model) matchingRows() []catalog.Row {
	if m.marks.only {
		return m.list.catalog.Run(m.typed.Query).Rows
	}
	return m.result.Rows
}

// alert calls the user when a load has brought rows that match and did not
// before: new ones, and those that have become cheap enough.
func (m *Model) alert(before map[string]bool) tea.Cmd {
	if before == nil || m.list.extent == partial {
		return nil // what was missing from half a list is no news
	}
	var newly []catalog.Row
	for _, r := range m.matchingRows() {
		if !before[r.ID()] {
			newly = append(newly, r)
		}
	}
	if len(newly) == 0 {
		return nil
	}
	text := export.Line(newly[0])
	if more := len(newly) - 1; more > 0 {
		text += fmt.Sprintf(", and %d more", more)
	}
	m.say(good, "matches now: "+text)
	return m.opt.alertCmd(text)
}
