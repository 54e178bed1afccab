package catalog

import (
	"fmt"
	"testing"

	"gpupick/api"
	"gpupick/tui/query"
)

// Offers without a GPU have no GPU figures, come last when sorted by price, match gpu:none, and are in neither
// the price matrix nor the price distribution.
func TestFaultOffersWithoutAGPU(t *testing.T) {
	row := func(id, gpu string, count api.Optional[int64], cpus int64, rate float64) api.InstanceType {
		return api.InstanceType{ID: id, GPUType: gpu, GPUCount: count, CPUCores: api.Some(cpus), Region: "us-east-1",
			HourlyRate: api.Some(rate)}
	}
	none, one := api.Optional[int64]{}, api.Some(int64(1))
	c := of([]api.InstanceType{
		row("cpu-0", "CPU", api.Some(int64(0)), 64, 0.1), row("cpu-1", "CPU", one, 2, 0.2),
		row("cpu", "cpu", none, 4, 0.3), row("h100-0", "H100", api.Some(int64(0)), 8, 0.4),
		row("h100", "H100", one, 16, 2), row("l4", "L4", one, 32, 1), row("uncounted", "L4", none, 1, 3),
		row("nameless", "", one, 1, 4),
	})
	for order, want := range map[string]string{
		"price":  "[l4 h100 uncounted nameless cpu-0 cpu-1 cpu h100-0]",
		"-price": "[nameless uncounted h100 l4 cpu-0 cpu-1 cpu h100-0]",
		"pergpu": "[l4 h100 nameless uncounted cpu-0 cpu-1 cpu h100-0]",
		"-cpu":   "[cpu-0 l4 h100 h100-0 cpu cpu-1 uncounted nameless]",
		"gpu":    "[h100 l4 uncounted nameless cpu-0 cpu-1 cpu h100-0]",
	} {
		s, err := query.ParseSort(order)
		if err != nil {
			t.Fatal(err)
		}
		res := c.Run(query.Query{Sort: s})
		if have := fmt.Sprint(idsOf(res.Rows)); have != want || res.NoGPU != 4 {
			t.Errorf("by %s: %s, want %s; %d without a GPU", order, have, want, res.NoGPU)
		}
		for _, r := range res.Rows.All() {
			if r.NoGPU() && (r.PerGPU().Known || r.VRAM().Known() || r.TotalVRAM().Known() || res.VsBest(r).Known) {
				t.Errorf("%s: %+v", r.ID(), r)
			}
		}
	}
	for text, want := range map[string]string{"gpu:none": "[nameless cpu-0 cpu-1 cpu h100-0]", "gpu:h100": "[h100]",
		"-gpu:none": "[l4 h100 uncounted]", "vram>=1": "[l4 h100 uncounted]"} {
		if have := fmt.Sprint(idsOf(c.Run(mustParse(t, text)).Rows)); have != want {
			t.Errorf("%s: %s, want %s", text, have, want)
		}
	}
	m := c.Matrix(c.Rows(), Regions)
	rows := 0
	for cell := range m.Cells() {
		rows += cell.Rows
	}
	if rows != 4 || len(c.Spread(c.Rows(), ByGPU).GPUs) != 3 {
		t.Errorf("%d rows in the matrix, %d in the picture", rows, len(c.Spread(c.Rows(), ByGPU).GPUs))
	}
	for _, v := range c.Run(query.Query{}).Facets[query.GPU].Values {
		if v.Label == "" && v.Rows != 5 || v.Label == "H100" && v.Rows != 1 {
			t.Errorf("%+v", v)
		}
	}
}

// The memory of a card may be a range: a condition holds if it holds for the whole range, fails if it fails for
// the whole range, and is unknown otherwise.
func TestFilterAndSortByAMemoryRange(t *testing.T) {
	var rows []api.InstanceType
	for i, gpu := range []string{"A100", "A100 80GB", "A100 40GB", "L40S", "unheard of"} {
		r := offer(gpu, float64(i))
		r.GPUType, r.GPUCount = gpu, api.Some(int64(2))
		rows = append(rows, r)
	}
	part := offer("part", 9)
	part.GPUType, part.GPUShare, part.GPUCount = "A100 80GB", api.Some(0.125), api.Optional[int64]{}
	slice := offer("slice", 10)
	slice.GPUType, slice.GPUShare, slice.GPUCount = "A100 MIG 1g.10gb", api.Some(0.125), api.Optional[int64]{}
	c := of(append(rows, part, slice))
	for text, want := range map[string]struct {
		ids     string
		unknown int
	}{
		"vram>=40": {"[A100 A100 80GB A100 40GB L40S]", 2}, "vram<=80": {"[A100 A100 80GB A100 40GB L40S slice]", 2},
		"vram>=41": {"[A100 80GB L40S]", 3}, "vram<=79": {"[A100 40GB L40S slice]", 3},
		"vram:40": {"[A100 40GB]", 3}, "vram:80": {"[A100 80GB]", 3}, "vram:60": {"[]", 3}, "vram>80": {"[]", 2},
		"vram<40": {"[slice]", 2}, "vram:40..80": {"[A100 A100 80GB A100 40GB L40S]", 2},
		"-vram>=41": {"[A100 40GB slice]", 3}, "vram:none": {"[unheard of part]", 0},
		"tvram>=80": {"[A100 A100 80GB A100 40GB L40S]", 2}, "totalvram>=100": {"[A100 80GB]", 3},
		"tvram:160": {"[A100 80GB]", 3}, "tvram:10": {"[slice]", 2},
		"form:pcie": {"[L40S]", 6}, "gen:ampere": {"[A100 A100 80GB A100 40GB part slice]", 1}, "arch:arm": {"[]", 7},
		"gen:ada": {"[L40S]", 1},
	} {
		res := c.Run(mustParse(t, text))
		unknown := 0
		for _, l := range res.LeftOut {
			unknown += l.Rows
		}
		if have := fmt.Sprint(idsOf(res.Rows)); have != want.ids || unknown != want.unknown {
			t.Errorf("%s: %s and %d unknown, want %s and %d", text, have, unknown, want.ids, want.unknown)
		}
	}
	// A range is sorted by its lower bound; unknown values are last in either direction.
	for order, want := range map[string]string{"vram": "[slice A100 A100 40GB L40S A100 80GB unheard of part]",
		"-tvram": "[A100 80GB L40S A100 A100 40GB slice unheard of part]"} {
		s, _ := query.ParseSort(order)
		if have := fmt.Sprint(idsOf(c.Run(query.Query{Sort: s}).Rows)); have != want {
			t.Errorf("by %s: %s, want %s", order, have, want)
		}
	}
	if r, _ := c.At("part"); r.PerGPU().Known || r.VRAM().Known() {
		t.Errorf("%+v", r)
	}
}
