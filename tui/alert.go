package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/tui/catalog"
	"gpupick/tui/export"
)

// matching returns the ids that match now, to compare with those that match after a load. It returns nil if
// there is nothing to compare: no alert is set, or the list is incomplete. During the first load a list from
// disk does not count either: the first answer is compared with nothing.
func (m *Model) matching() map[string]bool {
	if m.opt.Alert == nil || !m.list.entire() || m.list.extent == kept && m.load.number == 1 {
		return nil
	}
	rows := m.matchingRows()
	ids := make(map[string]bool, rows.Len())
	for _, r := range rows.All() {
		ids[r.ID()] = true
	}
	return ids
}

// matchingRows returns the rows that match the filter, even while only marked rows are shown.
func (m *Model) matchingRows() catalog.Rows {
	if m.marks.only {
		return m.list.catalog.Run(m.typed.Query).Rows
	}
	return m.result.Rows
}

// alert notifies the user of rows that match after a load and are not in before: new
// rows, and rows that became cheap enough.
func (m *Model) alert(before map[string]bool) tea.Cmd {
	if before == nil || m.list.extent == partial {
		return nil // a partial list is not compared
	}
	var newly []catalog.Row
	for _, r := range m.matchingRows().All() {
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
