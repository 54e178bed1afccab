package export_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/export"
)

// A table has the width of its terminal as long as the id, the price and a recognizable GPU fit, and every id is
// whole at any width. Regions that differ at the end are still told apart.
func TestTableFitsItsTerminal(t *testing.T) {
	var offers []api.InstanceType
	for i, region := range []string{"asia-southeast1-a", "asia-southeast1-b", "FIN-01"} {
		offers = append(offers, api.InstanceType{ID: fmt.Sprintf("bold-banach-h100x8-4d5%d", i),
			GPUType: "NVIDIA H100 80GB HBM3", Region: region, GPUCount: api.Some(int64(8)),
			HourlyRate: api.Some(19.38), MemoryGB: api.Some(int64(1800)), CPUCores: api.Some(int64(208))})
	}
	rows := catalog.New(api.RowsOf(offers...)).Rows().List()
	table, _ := export.Named("table")
	for width := 1; width <= 200; width++ {
		var out bytes.Buffer
		if err := table.Fit(width).Write(&out, rows); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
		for i, line := range lines {
			if w := cell.Width(line); w > max(width, 12+2+5+2+5+2+23) {
				t.Errorf("%d columns: a line of %d: %q", width, w, line)
			}
			if i > 0 && !strings.HasSuffix(line, rows[i-1].ID()) {
				t.Errorf("%d columns: the id is cut: %q", width, line)
			}
		}
		apart := func(i int) string { return strings.TrimSuffix(lines[i], rows[i-1].ID()) }
		if strings.Contains(lines[0], "REGION") && apart(2) == apart(3) {
			t.Errorf("%d columns: two regions read alike:\n%s", width, out.String())
		}
	}
	var whole bytes.Buffer
	if err := table.Write(&whole, rows); err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(whole.String(), "\n"); !strings.Contains(first, "DISK") {
		t.Errorf("without a terminal a column is missing: %q", first)
	}
}
