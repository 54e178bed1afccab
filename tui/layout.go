package tui

// The smallest screen that the interface is drawn on.
const (
	leastWidth  = 40
	leastHeight = 8
)

func (m *Model) tooSmall() bool { return m.width < leastWidth || m.height < leastHeight }

// bodyHeight returns the lines that the header, the filter line, the status,
// the footer and a banner leave for the body.
func (m *Model) bodyHeight() int {
	return max(m.height-4-len(m.bannerLines()), 1)
}

// tableHeight returns how many rows fit on the screen: the body without the headings and the details below it.
func (m *Model) tableHeight() int {
	_, details := m.detailsTake()
	return max(m.bodyHeight()-1-details, 1)
}

// tableWidth returns the width that the facets and the details beside the table leave.
func (m *Model) tableWidth() int {
	details, _ := m.detailsTake()
	return m.width - m.facetsWidth() - details
}

// facetsWidth returns the width that the facets take from the table.
func (m *Model) facetsWidth() int {
	if m.facets.beside(m.width) {
		return m.facets.width(m.width) + 1
	}
	return 0
}
