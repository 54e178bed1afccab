package tui

import "gpupick/tui/view"

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
	if m.facetsBeside() {
		return m.panelWidth() + 1
	}
	return 0
}

// layout chooses the columns for the width of the screen. With nothing scrolled
// away the columns leave in their order: the optional ones before names are cut
// short for them, the others when nothing else helps. Scrolled, the columns to
// the right of the GPU come in turn, and the id stays at the end.
func (m *Model) layout() []placed {
	all := make([]placed, len(m.table))
	for i, c := range m.table {
		all[i] = placed{column: c, width: m.limited(i, c.fair), fraction: m.widths.fraction[i], least: m.limited(i, c.least)}
	}
	if m.shift > 0 {
		all = append(all[:1:1], all[1+m.shift:]...)
	}
	for room(all, m.tableWidth()) < 0 && len(all) > 2 && (m.inTurn() || all[m.next(all)].leaves <= optional) {
		all = without(all, m.next(all))
	}
	if room(all, m.tableWidth()) < 0 {
		for i := range all {
			all[i].width = all[i].least
		}
	}
	for room(all, m.tableWidth()) < 0 && len(all) > 2 {
		all = without(all, m.next(all))
	}
	m.spread(all)
	return all
}

// limited is the width of column i, cut to most if it can be cut.
func (m *Model) limited(i, most int) int {
	if most == 0 {
		return m.widths.width[i]
	}
	return min(m.widths.width[i], most)
}

// inTurn reports whether columns leave from the right: when some are scrolled
// away, and when the user has said which there are and in what order.
func (m *Model) inTurn() bool { return m.shift > 0 || !isDefault(m.columns) }

// next is the column that leaves next, by its place in cols.
func (m *Model) next(cols []placed) int {
	at := len(cols) - 2
	if m.inTurn() {
		return at
	}
	for i, c := range cols {
		if c.leaves > 0 && (cols[at].leaves == 0 || c.leaves < cols[at].leaves) {
			at = i
		}
	}
	return at
}

func without(cols []placed, i int) []placed { return append(cols[:i:i], cols[i+1:]...) }

// room is what is left of the width, negative if the columns do not fit.
func room(cols []placed, width int) int {
	left := width - markWidth - view.Gap*(len(cols)-1)
	for _, c := range cols {
		left -= c.width
	}
	return left
}

// spread gives what is left to the columns that were cut: GPU and region first,
// up to a width at which most names are whole, then the id, then all of it.
func (m *Model) spread(cols []placed) {
	left := room(cols, m.tableWidth())
	grow := func(title string, to int) {
		for i := range cols {
			if cols[i].title != title || left <= 0 {
				continue
			}
			more := min(max(min(to, m.natural(title))-cols[i].width, 0), left)
			cols[i].width += more
			left -= more
		}
	}
	for _, step := range []struct {
		title string
		to    int
	}{{"GPU", 18}, {"REGION", 16}, {idColumn, 14}, {"GPU", 24}, {"REGION", 20}, {idColumn, 128}, {"TYPE", 14}, {"REGION", 36}, {"GPU", 30}} {
		grow(step.title, step.to)
	}
	if left < 0 && len(cols) > 0 { // not even two columns fit: the last one is cut
		cols[len(cols)-1].width = max(cols[len(cols)-1].width+left, 0)
	}
}

func (m *Model) natural(title string) int {
	for i, c := range m.table {
		if c.title == title {
			return m.widths.width[i]
		}
	}
	return 0
}

// maxShift is how many columns can be scrolled away: until the last one beside
// the id is on screen. It is 0 when all columns fit.
func (m *Model) maxShift() int {
	if m.width == 0 {
		return 0
	}
	defer func(shift int) { m.shift = shift }(m.shift)
	for m.shift = 0; m.shift < len(m.table)-2; m.shift++ {
		if len(m.layout()) == len(m.table)-m.shift {
			return m.shift
		}
	}
	return max(len(m.table)-3, 0)
}
