package tui

// The smallest screen that anything is drawn on.
const (
	leastWidth  = 40
	leastHeight = 8
)

func (m *Model) tooSmall() bool { return m.width < leastWidth || m.height < leastHeight }

// Lines of the screen beside the body: the header, the filter line, the status
// and the footer, and a banner if there is one.
func (m *Model) bodyHeight() int {
	return max(m.height-4-len(m.bannerLines()), 1)
}

// tableHeight is the rows on screen: the body without the headings and what the
// details take.
func (m *Model) tableHeight() int {
	_, details := m.detailsTake()
	return max(m.bodyHeight()-1-details, 1)
}

// tableWidth is the width that the facets and the details beside the table leave.
func (m *Model) tableWidth() int {
	details, _ := m.detailsTake()
	return m.width - m.facetsWidth() - details
}

// facetsWidth is what the facets take from the table.
func (m *Model) facetsWidth() int {
	if m.facets.beside(m.width) {
		return m.facets.width(m.width) + 1
	}
	return 0
}
