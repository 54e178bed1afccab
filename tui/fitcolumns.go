package tui

import (
	"math"
	"strings"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

// grid holds everything that decides which columns are on the screen, and how wide they are.
type grid struct {
	columns []column
	widths  naturalWidths
	width   int  // width of the table
	shift   int  // columns that are scrolled away
	own     bool // the user has set the columns
}

// grid returns the grid of the table.
func (m *Model) grid() grid {
	return grid{columns: m.table, widths: m.widths, width: m.tableWidth(), shift: m.shift, own: !isDefault(m.columns)}
}

// layout returns the columns that fit the table's width. Without scrolling, columns are dropped by dropOrder:
// first the optional ones, then, after names are cut to their least width, the others. Scrolled, columns are
// dropped from the right; the GPU stays first and the id last.
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

// limited returns the width of column i, cut to most; a most of 0 does not cut it.
func (g grid) limited(i, most int) int {
	if most == 0 {
		return g.widths.width[i]
	}
	return min(g.widths.width[i], most)
}

// inTurn reports whether columns are dropped from the right: after scrolling, and if the
// user has set the columns and their order.
func (g grid) inTurn() bool { return g.shift > 0 || g.own }

// next returns the index in cols of the column to drop next.
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

// room returns the width that the columns leave free, negative if they do not fit.
func room(cols []placed, width int) int {
	left := width - markWidth - view.Gap*(len(cols)-1)
	for _, c := range cols {
		left -= c.width
	}
	return left
}

// growColumns gives the free width to the columns that were cut: to GPU and region until most names are whole,
// then to the id, then to the rest.
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
	if left < 0 && len(cols) > 0 { // not even two columns fit: cut the last one
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

// maxShift returns how many columns can be scrolled away: until the last one before the id
// is on screen. It is 0 if all columns fit.
func (g grid) maxShift() int {
	for g.shift = 0; g.shift < len(g.columns)-2; g.shift++ {
		if len(g.layout()) == len(g.columns)-g.shift {
			return g.shift
		}
	}
	return max(len(g.columns)-3, 0)
}

// naturalWidths are the widths that the columns would have with enough room. They cover all rows, not only
// those in view, so that nothing moves while the user filters or scrolls.
type naturalWidths struct {
	of       *catalog.Catalog
	columns  string // the column names, separated by spaces
	width    []int  // by column
	fraction []int  // by column: width from the decimal point on
}

// measured returns the widths for a catalog.
func (n naturalWidths) measured(c *catalog.Catalog, columns []column) naturalWidths {
	names := strings.Join(columnNames(columns), " ")
	if n.of == c && n.columns == names {
		return n
	}
	next := naturalWidths{of: c, columns: names, width: make([]int, len(columns)), fraction: make([]int, len(columns))}
	for i, col := range columns {
		width := 0
		if width, next.fraction[i] = col.measured(c); col.maxWidth > 0 {
			width = min(width, col.maxWidth)
		}
		next.width[i] = max(width, cell.Width(col.title))
	}
	return next
}

// measured returns the width of the longest text in the column, and that from the decimal point on.
func (col *column) measured(c *catalog.Catalog) (width, fraction int) {
	if col.name == vsColumn {
		return 0, 0 // the text depends on the view and is never wider than the title
	}
	whole := 0
	for _, r := range c.Widest(col.field).All() {
		switch {
		case col.title == idColumn && len(r.IDBytes()) <= width:
			continue // a text is not wider than its bytes
		case !col.priced:
			width = max(width, cell.Width(col.text(catalog.Result{}, r)))
			continue
		}
		// Prices nearly all differ, but few are wider than earlier ones.
		if v := col.number(r); v < 0.001 || v >= math.Pow10(whole) ||
			fraction <= cell.PlacesMost && cell.ShortPlaces(v) >= fraction {
			w, f := cell.Point(col.text(catalog.Result{}, r))
			whole, fraction = max(whole, len(w)), max(fraction, len(f))
		}
	}
	return max(width, whole+fraction), fraction
}

// nameCuts are the forms of the names of GPUs and regions that are too long for their columns.
type nameCuts struct {
	of          *catalog.Catalog
	gpu, region int // widths of the columns; 0 if there is none
	gpus        cell.Cuts
	regions     cell.Cuts
}

// fitted returns the cuts for the names of a catalog in the columns of the table.
func (n nameCuts) fitted(c *catalog.Catalog, cols []placed) nameCuts {
	next := nameCuts{of: c}
	for _, col := range cols {
		switch col.field {
		case query.GPU:
			next.gpu = col.width - col.counted
		case query.Region:
			next.region = col.width
		}
	}
	if n.of == c && n.gpu == next.gpu && n.region == next.region {
		return n
	}
	next.gpus = cell.NewCuts(texts(c.Spellings(query.GPU)), next.gpu, known.ShortCard)
	next.regions = cell.NewCuts(texts(c.Spellings(query.Region)), next.region, nil)
	return next
}

// apart names the GPU and the region of a row that reads like another one in the table; empty if none does.
func (n nameCuts) apart(r catalog.Row) string {
	if r.None() {
		return ""
	}
	gpu, region := "", ""
	if text := cell.Text(r.GPUType()); n.gpu > 0 && n.gpus.Alike(text) {
		gpu = text
	}
	if text := cell.Text(r.Region()); n.region > 0 && n.regions.Alike(text) {
		region = text
	}
	return join([]string{gpu, region})
}

// texts returns spellings as they are drawn.
func texts(spellings []string) []string {
	list := make([]string, len(spellings))
	for i, s := range spellings {
		list[i] = cell.Text(s)
	}
	return list
}
