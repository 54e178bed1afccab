package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/query"
	"gpupick/tui/view"
)

// column is one column of the table.
type column struct {
	name        string // its name in the settings
	title       string
	field       query.Field // the field it shows; a sort by this field highlights the title
	right       bool        // flush right
	priced      bool        // aligned on the decimal point
	dropOrder   int         // a narrow screen drops the lowest numbers first; 0: never dropped
	minWidth    int         // the least width it can be cut to; 0: it is not cut
	sharedWidth int         // the width it is cut to before optional columns are dropped
	maxWidth    int         // the width beyond which it is cut
	extra       bool        // shown only if the user asks for it
	text        func(result catalog.Result, r catalog.Row) string

	counted int                         // columns for the count in front of a GPU's name
	number  func(r catalog.Row) float64 // the price in a priced column, -1 if it is unknown
}

// allColumns lists the columns in screen order. The id must stay the last one.
var allColumns = []column{
	{name: "gpu", title: "GPU", field: query.GPU, minWidth: 10, sharedWidth: 15, maxWidth: 30,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.GPUType()) }},
	{name: "count", title: "COUNT", field: query.Count, right: true,
		text: func(_ catalog.Result, r catalog.Row) string { return view.CountText(r) }},
	{name: "price", title: "$/HR", field: query.Price, right: true, priced: true,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.ShortRate(r.HourlyRate()) },
		number: func(r catalog.Row) float64 { return numberOf(r.HourlyRate()) }},
	{name: wasColumn, title: "WAS", field: query.Is, right: true, dropOrder: 6,
		text: func(_ catalog.Result, r catalog.Row) string { return wasText(r) }},
	{name: "pergpu", title: "$/GPU·HR", field: query.PerGPU, right: true, priced: true, dropOrder: 7,
		text:   func(_ catalog.Result, r catalog.Row) string { return cell.ShortPerGPU(r.PerGPU(), r.HourlyRate()) },
		number: func(r catalog.Row) float64 { return numberOf(r.PerGPU()) }},
	{name: "region", title: "REGION", field: query.Region, dropOrder: 9, minWidth: 10, sharedWidth: 15, maxWidth: 36,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.Region()) }},
	{name: "mem", title: "RAM", field: query.Mem, right: true, dropOrder: 8,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Size(r.MemoryGB()) }},
	{name: "vram", title: "VRAM", field: query.VRAM, right: true, dropOrder: 5,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.SizeRange(r.VRAM().Least, r.VRAM().Most) }},
	{name: "tvram", title: "TOTAL VRAM", field: query.TotalVRAM, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string {
			return cell.SizeRange(r.TotalVRAM().Least, r.TotalVRAM().Most)
		}},
	{name: "bw", title: "GB/S", field: query.Bandwidth, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string {
			return cell.Figure(r.Bandwidth().Least, r.Bandwidth().Most)
		}},
	{name: "tflops", title: "TFLOPS", field: query.TFLOPS, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string {
			return cell.Figure(r.TFLOPS16().Least, r.TFLOPS16().Most)
		}},
	{name: "link", title: "LINK", field: query.Link, dropOrder: 1, minWidth: 6, sharedWidth: 6, maxWidth: 15,
		extra: true,
		text:  func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.Card().Link) }},
	{name: "pervram", title: "$/GB VRAM", field: query.PerVRAM, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Two(r.PerVRAM()) }},
	{name: "perbw", title: "$/TB/S", field: query.PerBandwidth, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Two(r.PerBandwidth()) }},
	{name: "perflop", title: "$/PFLOPS", field: query.PerFLOP, right: true, dropOrder: 1, extra: true,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Two(r.PerFLOP()) }},
	{name: "cpu", title: "vCPU", field: query.CPU, right: true, dropOrder: 3,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Count(r.CPUCores()) }},
	{name: "disk", title: "DISK", field: query.Disk, right: true, dropOrder: 1,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Size(r.StorageGB()) }},
	{name: "type", title: "TYPE", field: query.Type, dropOrder: 2, minWidth: 10, sharedWidth: 10, maxWidth: 14,
		text: func(_ catalog.Result, r catalog.Row) string { return cell.Text(r.DeploymentType()) }},
	{name: vsColumn, title: "VS BEST", field: query.PerGPU, right: true, dropOrder: 4,
		text: func(result catalog.Result, r catalog.Row) string { return versus(result.VsBest(r)) }},
	{name: "id", title: "ID", field: query.ID, minWidth: 10, sharedWidth: 10, maxWidth: 128,
		text: func(_ catalog.Result, r catalog.Row) string { return r.ID() }},
}

// narrowTable is the width below which the count stands in front of the GPU, as in "8× H100", and has no column.
const narrowTable = 64

// countedGPU is the column of the GPU with its count.
var countedGPU = column{name: "gpu", title: "GPU", field: query.GPU, minWidth: 13, sharedWidth: 18, maxWidth: 33,
	counted: cell.Width("16× "), text: func(_ catalog.Result, r catalog.Row) string {
		if r.NoGPU() || !r.GPUCount().Known {
			return cell.Text(r.GPUType())
		}
		return view.CountText(r) + "× " + cell.Text(r.GPUType())
	}}

const (
	markWidth = 3 // width of the cursor, the mark and a gap, left of the first column
	idColumn  = "ID"
	vsColumn  = "vsbest"
	wasColumn = "was" // like the one above a name; the first is a title

	optional = 6 // columns with a drop order up to this are dropped before names are cut further
)

// ColumnNames returns the names of all columns, as the settings have them, except the id, which is always shown.
func ColumnNames() []string { return columnNames(allColumns) }

func columnNames(columns []column) []string {
	var names []string
	for _, c := range columns[:len(columns)-1] {
		names = append(names, c.name)
	}
	return names
}

// usualColumns returns the columns that are shown by default.
func usualColumns() []column {
	return slices.DeleteFunc(slices.Clone(allColumns), func(c column) bool { return c.extra })
}

// columnsNamed returns the columns with these names and the id; without names, the default columns.
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

// isDefault reports whether columns are the default ones in their default order.
func isDefault(columns []column) bool {
	return slices.EqualFunc(columns, usualColumns(), func(a, b column) bool { return a.name == b.name })
}

// tableColumns returns the columns to show. The WAS column is omitted while nothing has changed.
func (m *Model) tableColumns() []column {
	narrow := m.tableWidth() < narrowTable && isDefault(m.columns)
	changes := m.list.catalog.Changes().Any()
	columns := slices.DeleteFunc(slices.Clone(m.columns), func(c column) bool {
		return c.name == wasColumn && !changes || c.name == "count" && narrow
	})
	if narrow {
		columns[0] = countedGPU
	}
	for i := range columns {
		if columns[i].name == vsColumn {
			columns[i].title = vsTitles[m.measure]
		}
	}
	return columns
}

// vsTitles are the titles of the column that compares prices. They are equally wide.
var vsTitles = map[catalog.Measure]string{catalog.ByGPU: "VS BEST", catalog.ByVRAM: "VS $/GB",
	catalog.ByBandwidth: "VS TB/S", catalog.ByFLOPS: "VS $/PF"}

// wasText returns a row's text in the WAS column: its earlier rate, or the name of its change.
func wasText(r catalog.Row) string {
	switch r.Change() {
	case catalog.Unchanged:
		return ""
	case catalog.Dearer, catalog.Cheaper:
		return cell.Rate(r.Was())
	}
	return r.Change().String()
}

// changeSigns are drawn after the rate of a row that has changed.
var changeSigns = map[catalog.Change]string{catalog.Appeared: "+", catalog.Dearer: "▲", catalog.Cheaper: "▼"}

// versus returns how much more a GPU costs here than the cheapest of its kind in view; v is the ratio.
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

// numberOf returns a number for column.number.
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

// shape cuts or pads the text of a cell to the column's width.
func (p placed) shape(text string, cuts nameCuts) string {
	if p.priced {
		_, f := cell.Point(text)
		text += strings.Repeat(" ", max(p.fraction-len(f), 0))
	}
	if cell.Width(text) > p.width {
		switch p.field {
		case query.GPU:
			text = cutGPU(text, cuts.gpus)
		case query.Region:
			text = cuts.regions.Of(text)
		}
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

// cutGPU cuts the name of a GPU, which a count may stand in front of.
func cutGPU(text string, cuts cell.Cuts) string {
	if count, name, counted := strings.Cut(text, "× "); counted {
		return count + "× " + cuts.Of(name)
	}
	return cuts.Of(text)
}
