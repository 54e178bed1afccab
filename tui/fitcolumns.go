package tui

import (
	"math"
	"slices"
	"strings"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/view"
)

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
		all[i] = placed{column: c, width: g.limited(i, c.sharedWidth), fraction: g.widths.fraction[i],
			minWidth: g.limited(i, c.minWidth)}
	}
	if g.shift > 0 {
		all = append(all[:1:1], all[1+g.shift:]...)
	}
	for room(all, g.width) < 0 && len(all) > 2 && (g.inTurn() || all[g.next(all)].dropOrder <= optional) {
		all = without(all, g.next(all))
	}
	if room(all, g.width) < 0 {
		for i := range all {
			all[i].width = all[i].minWidth
		}
	}
	for room(all, g.width) < 0 && len(all) > 2 {
		all = without(all, g.next(all))
	}
	g.growColumns(all)
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

// next is the column that dropOrder next, by its place in cols.
func (g grid) next(cols []placed) int {
	at := len(cols) - 2
	if g.inTurn() {
		return at
	}
	for i, c := range cols {
		if c.dropOrder > 0 && (cols[at].dropOrder == 0 || c.dropOrder < cols[at].dropOrder) {
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

// growColumns gives what is left to the columns that were cut: GPU and region first,
// up to a width at which most names are whole, then the id, then all of it.
func (g grid) growColumns(cols []placed) {
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

// naturalWidths are what the columns would take if there were room: over all
// rows, not only those in view, so that nothing moves while one filters or
// scrolls.
type naturalWidths struct {
	of       *catalog.Catalog
	columns  string    // by name
	width    []int     // by column
	whole    []int     // by column: in front of the decimal point
	fraction []int     // by column: behind it, and with it
	largest  []float64 // by column: the largest number
}

// measured are the widths for a catalogue. They only grow while it does, and then
// only what has come is looked at.
func (n naturalWidths) measured(c *catalog.Catalog, columns []column) naturalWidths {
	names := strings.Join(columnNames(columns), " ")
	if n.of == c && n.columns == names {
		return n
	}
	rows, grown := c.Grown(n.of)
	next := naturalWidths{of: c, columns: names, width: slices.Clone(n.width), whole: slices.Clone(n.whole),
		fraction: slices.Clone(n.fraction), largest: slices.Clone(n.largest)}
	if !grown || n.columns != names {
		rows = append(slices.Clip(c.Rows()), c.GoneRows()...)
		next.width, next.whole, next.fraction, next.largest = make([]int, len(columns)), make([]int, len(columns)),
			make([]int, len(columns)), make([]float64, len(columns))
		for i := range next.largest {
			next.largest[i] = math.Inf(-1)
		}
	}
	for _, r := range rows { // row by row: what is far apart is the rows
		for i := range columns {
			next.look(i, &columns[i], r)
		}
	}
	for i, col := range columns {
		if col.spelled {
			for _, w := range c.Spellings(col.field) {
				next.width[i] = max(next.width[i], cell.Width(cell.Text(w)))
			}
		}
		next.width[i] = max(next.width[i], cell.Width(col.title), next.whole[i]+next.fraction[i])
		if col.maxWidth > 0 {
			next.width[i] = min(next.width[i], col.maxWidth)
		}
	}
	return next
}

// ahead are the widths for a catalogue that is not shown yet: rows are fast to look at while they have
// just been made. If c does not extend the catalogue of n, n is returned as it is, and measured does all of
// the work later.
func (n naturalWidths) ahead(c *catalog.Catalog, columns []column) naturalWidths {
	if n.of != nil {
		if _, grown := c.Grown(n.of); !grown || n.columns != strings.Join(columnNames(columns), " ") {
			return n
		}
	}
	return n.measured(c, columns)
}

// look measures a row's text in a column, unless it cannot be wider than others.
func (n *naturalWidths) look(i int, col *column, r catalog.Row) {
	switch {
	case col.spelled && r.Change() != catalog.Gone && !r.NoGPU():
		return // by its spelling
	case col.title == vsColumn:
		return // depends on the view; its title is as wide as it gets
	case col.priced: // they are nearly all different, and nearly none is wider than those before
		if v := col.number(r); v >= 0 && v < math.Pow10(n.whole[i]) && cell.Places(v) < n.fraction[i] {
			return
		}
	case col.number != nil:
		v := col.number(r)
		if v <= n.largest[i] {
			return
		}
		n.largest[i] = v
	}
	text := col.text(catalog.Result{}, r)
	if col.priced {
		w, f := cell.Point(text)
		n.whole[i], n.fraction[i] = max(n.whole[i], len(w)), max(n.fraction[i], len(f))
		return
	}
	n.width[i] = max(n.width[i], cell.Width(text))
}
