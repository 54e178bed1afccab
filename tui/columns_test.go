package tui

import (
	"math"
	"math/rand/v2"
	"testing"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// The widths are the same as if every text were measured, in whatever steps the list arrived.
func TestColumnWidthsEqualMeasuringEveryText(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	rows := oddities(hostile)
	for i, r := range demoRows(t) {
		r.MemoryGB = api.Some(int64(math.Pow(10, 5*random.Float64())))
		r.CPUCores = api.Some(int64(random.IntN(2000)))
		if r.StorageGB = api.Some(int64(math.Pow(10, 7*random.Float64()))); i%5 == 0 {
			r.StorageGB.Known, r.HourlyRate.Known = false, false
		}
		r.HourlyRate.Value = math.Round(1e6*math.Pow(10, 5*random.Float64()-3)) / 1e6
		if rows = append(rows, r); i%100 == 50 {
			r.GPUType, r.HourlyRate = "", api.Optional[float64]{}
			rows = append(rows, r) // same id: replaces the row before it
		}
	}
	var n naturalWidths
	c := catalog.New(api.Rows{})
	for len(rows) > 0 {
		most := min(1+random.IntN(90), len(rows))
		c, rows = c.Add(api.RowsOf(rows[:most]...)), rows[most:]
		if len(rows) > 0 && random.IntN(3) == 0 {
			continue // not every catalog is shown
		}
		n = n.measured(c, allColumns)
		for i, col := range allColumns {
			if col.title == vsColumn {
				continue
			}
			width, whole, fraction := cell.Width(col.title), 0, 0
			for _, r := range c.Rows().All() {
				text := col.text(catalog.Result{}, r)
				if col.priced {
					w, f := cell.Point(text)
					whole, fraction = max(whole, len(w)), max(fraction, len(f))
					text = ""
				}
				width = max(width, cell.Width(text))
			}
			width = max(width, whole+fraction)
			if col.maxWidth > 0 {
				width = min(width, col.maxWidth)
			}
			if n.width[i] != width || n.fraction[i] != fraction {
				t.Fatalf("%d rows, %s: %d wide, %d behind the point; want %d, %d", c.Len(), col.title, n.width[i],
					n.fraction[i], width, fraction)
			}
		}
	}
}
