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
	if m.facets.beside(m.width) {
		return m.facets.width(m.width) + 1
	}
	return 0
}

// grid is what decides which columns are on the screen, and how wide they are.
type grid struct {
	columns []column
	widths  naturalWidths
	width   int  // of the table
	shift   int  // columns that are scrolled away
	own     bool // the user has said which columns there are
}

// grid is that of the table.
func (m *Model) grid() grid {
	return grid{columns: m.table, widths: m.widths, width: m.tableWidth(), shift: m.shift, own: !isDefault(m.columns)}
}

// layout chooses the columns for the width of the screen. With nothing scrolled
// away the columns leave in their order: the optional ones before names are cut
// short for them, the others when nothing else helps. Scrolled, the columns to
// the right of the GPU come in turn, and the id stays at the end.
func (g grid) layout() []placed {
	all := make([]placed, len(g.columns))
	for i, c := range g.columns {
		all[i] = placed{column: c, width: g.limited(i, c.fair), fraction: g.widths.fraction[i],
			least: g.limited(i, c.least)}
	}
	if g.shift > 0 {
		all = append(all[:1:1], all[1+g.shift:]...)
	}
	for room(all, g.width) < 0 && len(all) > 2 && (g.inTurn() || all[g.next(all)].leaves <= optional) {
		all = without(all, g.next(all))
	}
	if room(all, g.width) < 0 {
		for i := range all {
			all[i].width = all[i].least
		}
	}
	for room(all, g.width) < 0 && len(all) > 2 {
		all = without(all, g.next(all))
	}
	g.spread(all)
	return all
}

// limited is the width of column i, cut to most if it can be cut.
func (g grid) limited(i, most int) int {
	if most == 0 {
		return g.widths.width[i]
	}
	return min(g.widths.width[i], most)
}

// inTurn reports whether columns leave from the right: when some are scrolled
// away, and when the user has said which there are and in what order.
func (g grid) inTurn() bool { return g.shift > 0 || g.own }

// next is the column that leaves next, by its place in cols.
func (g grid) next(cols []placed) int {
	at := len(cols) - 2
	if g.inTurn() {
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
func (g grid) spread(cols []placed) {
	left := room(cols, g.width)
	grow := func(title string, to int) {
		for i := range cols {
			if cols[i].title != title || left <= 0 {
				continue
			}
			more := min(max(min(to, g.natural(title))-cols[i].width, 0), left)
			cols[i].width += more
			left -= more
		}
	}
	for _, step := range []struct {
		title string
		to    int
	}{{"GPU", 18}, {"REGION", 16}, {idColumn, 14}, {"GPU", 24}, {"REGION", 20}, {idColumn, 128}, {"TYPE", 14},
		{"REGION", 36}, {"GPU", 30}} {
		grow(step.title, step.to)
	}
	if left < 0 && len(cols) > 0 { // not even two columns fit: the last one is cut
		cols[len(cols)-1].width = max(cols[len(cols)-1].width+left, 0)
	}
}

func (g grid) natural(title string) int {
	for i, c := range g.columns {
		if c.title == title {
			return g.widths.width[i]
		}
	}
	return 0
}

// maxShift is how many columns can be scrolled away: until the last one beside
// the id is on screen. It is 0 when all columns fit.
func (g grid) maxShift() int {
	for g.shift = 0; g.shift < len(g.columns)-2; g.shift++ {
		if len(g.layout()) == len(g.columns)-g.shift {
			return g.shift
		}
	}
	return max(len(g.columns)-3, 0)
}
