package export

import (
	"fmt"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// Line describes an offer in one line: "8× H100 SXM · eu-west-1 · $16.80/h".
func Line(r catalog.Row) string {
	gpus := cell.Count(r.GPUCount()) + "× " + cell.Text(r.GPUType())
	if r.NoGPU() {
		gpus = "no GPU"
	}
	return fmt.Sprintf("%s · %s · $%s/h", gpus, cell.Text(r.Region()), cell.Rate(r.HourlyRate()))
}
