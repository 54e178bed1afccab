package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

// column is one column of the table. Its place here is its place on screen.
type column struct {
	name        string // in the settings
	title       string
	field       query.Field // that it shows and a sort by which it points out
	right       bool        // flush right
	priced      bool        // aligned on the decimal point
	dropOrder   int         // the order in which columns leave a narrow screen; 0: never
	minWidth    int         // the width that it can be cut to; 0: it is not cut
	sharedWidth int         // the width that it is cut to for the sake of an optional column
	maxWidth    int         // the width beyond which it is cut
	extra       bool        // it is there only for who asks for it
	text        func(result catalog.Result, r catalog.Row) string

	// What its text is made of, so that not every one has to be measured: a spelling
	// that many rows share, or a number, which has the wider text the larger it is.
	// Neither: rows rarely have the same.
	spelled bool
	number  func(r catalog.Row) float64
}

// allColumns has one line per column. The last one is the id, and stays the last.
var allColumns = []column{
	{name: "gpu", title: "GPU", field: query.GPU, minWidth: 10, sharedWidth: 15, maxWidth: 30,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.GPUType()) }, spelled: true},
	{name: "count", title: "COUNT", field: query.Count, right: true,
		text: func(_ catalog.Result, r catalog.Row) string { return view.CountText(r) }},
	{name: "price", title: "$/HR", field: query.Price, right: true, priced: true,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.Rate(r.HourlyRate()) },
		number: func(r catalog.Row) float64 { return numberOf(r.HourlyRate()) }},
	{name: wasColumn, title: "WAS", field: query.Is, right: true, dropOrder: 6,
		text: func(_ catalog.Result, r catalog.Row) string { return wasText(r) }},
	{name: "pergpu", title: "$/GPU·HR", field: query.PerGPU, right: true, priced: true, dropOrder: 7,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.PerGPU(r.PerGPU(), r.HourlyRate()) },
		number: func(r catalog.Row) float64 { return numberOf(r.PerGPU()) }},
	{name: "region", title: "REGION", field: query.Region, dropOrder: 9, minWidth: 10, sharedWidth: 15, maxWidth: 36,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.Region()) }, spelled: true},
	{name: "mem", title: "RAM", field: query.Mem, right: true, dropOrder: 8,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.Size(r.MemoryGB()) },
		number: func(r catalog.Row) float64 { return wholeOf(r.MemoryGB()) }},
	{name: "vram", title: "VRAM", field: query.VRAM, right: true, dropOrder: 5,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.SizeRange(r.VRAM().Least, r.VRAM().Most) }},
	{name: "tvram", title: "TOTAL VRAM", field: query.TotalVRAM, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string {
			return cell.SizeRange(r.TotalVRAM().Least, r.TotalVRAM().Most)
		}},
	{name: "cpu", title: "vCPU", field: query.CPU, right: true, dropOrder: 3,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.Count(r.CPUCores()) },
		number: func(r catalog.Row) float64 { return wholeOf(r.CPUCores()) }},
	{name: "disk", title: "DISK", field: query.Disk, right: true, dropOrder: 1,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.Size(r.StorageGB()) },
		number: func(r catalog.Row) float64 { return wholeOf(r.StorageGB()) }},
	{name: "type", title: "TYPE", field: query.Type, dropOrder: 2, minWidth: 10, sharedWidth: 10, maxWidth: 14,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.DeploymentType()) }, spelled: true},
	{name: "vsbest", title: "VS BEST", field: query.PerGPU, right: true, dropOrder: 4,
		text: func(result catalog.Result, r catalog.Row) string { return versus(result.VsBest(r)) }},
	{name: "id", title: "ID", field: query.ID, minWidth: 10, sharedWidth: 10, maxWidth: 128,
		text: func(_ catalog.Result, r catalog.Row) string { return r.ID() }},
}

const (
	markWidth = 2 // the cursor's sign, in front of the first column
	idColumn  = "ID"
	vsColumn  = "VS BEST"
	wasColumn = "was" // by name

	optional = 6 // columns with a drop order up to here leave before names are cut short for them
)

// ColumnNames are the columns that there are, by the names that settings have
// for them; the id, which is always there, aside.
func ColumnNames() []string { return columnNames(allColumns) }

func columnNames(columns []column) []string {
	var names []string
	for _, c := range columns[:len(columns)-1] {
		names = append(names, c.name)
	}
	return names
}

// usualColumns are those that are there where nothing else was said.
func usualColumns() []column {
	return slices.DeleteFunc(slices.Clone(allColumns), func(c column) bool { return c.extra })
}

// columnsNamed are the columns of those names and the id; without names, the usual ones.
func columnsNamed(names []string) []column {
	if len(names) == 0 {
		return usualColumns()
	}
	var list []column
	for _, name := range names {
		if i := slices.IndexFunc(allColumns, func(c column) bool { return c.name == name }); i >= 0 {
			list = append(list, allColumns[i])
		}
	}
	return append(list, allColumns[len(allColumns)-1])
}

// isDefault reports whether columns are the usual ones, in their usual order.
func isDefault(columns []column) bool {
	return slices.EqualFunc(columns, usualColumns(), func(a, b column) bool { return a.name == b.name })
}

// tableColumns are the columns without those that have nothing to say: while
// nothing has changed, there is no price before.
func (m *Model) tableColumns() []column {
	if m.list.catalog.Changes().Any() {
		return m.columns
	}
	return slices.DeleteFunc(slices.Clone(m.columns), func(c column) bool { return c.name == wasColumn })
}

// wasText is what a row was before: its rate, or that it was not there.
func wasText(r catalog.Row) string {
	switch r.Change() {
	case catalog.Unchanged:
		return ""
	case catalog.Dearer, catalog.Cheaper:
		return cell.Rate(r.Was())
	}
	return r.Change().String()
}

// changeSigns stand behind the rate of a row that has changed.
var changeSigns = map[catalog.Change]string{catalog.Appeared: "+", catalog.Dearer: "▲", catalog.Cheaper: "▼"}

// versus is how much dearer a GPU is here than the cheapest of its kind in view.
func versus(v api.Optional[float64]) string {
	switch {
	case !v.Known:
		return cell.Unknown
	case v.Value == 1:
		return "best"
	case v.Value >= 10:
		return fmt.Sprintf("×%.0f", v.Value)
	}
	percent := math.Round((v.Value - 1) * 100)
	if percent == 0 {
		return "+<1%"
	}
	return fmt.Sprintf("+%.0f%%", percent)
}

// wholeOf and numberOf are numbers for column.number: -1 is unknown.
func wholeOf(v api.Optional[int64]) float64 {
	return numberOf(api.Optional[float64]{Value: float64(v.Value), Known: v.Known})
}

func numberOf(v api.Optional[float64]) float64 {
	if !v.Known {
		return -1
	}
	return v.Value
}

// placed is a column on the screen.
type placed struct {
	column
	width    int
	minWidth int
	fraction int
}

// shape is the text of a cell at the column's width.
func (p placed) shape(text string) string {
	if p.priced {
		_, f := cell.Point(text)
		text += strings.Repeat(" ", max(p.fraction-len(f), 0))
	}
	if cell.Width(text) > p.width && p.field == query.GPU {
		text = known.ShortCard(text)
	}
	if cell.Width(text) > p.width {
		if p.title == idColumn {
			text = cell.CutMiddle(text, p.width, "…")
		} else {
			text = cell.Cut(text, p.width, "…")
		}
	}
	if p.right {
		return cell.Right(text, p.width)
	}
	return cell.Left(text, p.width)
}
