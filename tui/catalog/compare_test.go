package catalog

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gpupick/api"
)

func TestPerUnitFigures(t *testing.T) {
	r := of([]api.InstanceType{
		{ID: "a", GPUType: "H100 SXM", GPUCount: api.Some(int64(8)), CPUCores: api.Some(int64(200)),
			MemoryGB: api.Some(int64(1600)), HourlyRate: api.Some(16.0)}}).Rows().At(0)
	for name, c := range map[string]struct{ have, want float64 }{
		"per vCPU": {r.PerCPU().Value, 0.08}, "a GB": {r.PerGB().Value, 0.01},
		"VRAM": {float64(r.TotalVRAM().Least), 640}, "a GB of VRAM": {r.PerVRAM().Value, 0.025},
		"100 h": {r.Cost(100).Value, 1600}, "$1000": {r.Lasts(1000).Value, 62.5},
	} {
		if math.Abs(c.have-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, c.have, c.want)
		}
	}
	free := of([]api.InstanceType{
		{ID: "b", GPUType: "H100", HourlyRate: api.Some(0.0), MemoryGB: api.Some(int64(0))}}).Rows().At(0)
	for _, v := range []api.Optional[float64]{free.PerCPU(), free.PerGB(), free.PerVRAM(), free.Lasts(5)} {
		if v.Known {
			t.Errorf("%v is known", v)
		}
	}
	if v := free.Cost(10); v != api.Some(0.0) {
		t.Errorf("%v", v)
	}
}

// The best value is at least as good as every known one, and better than one of them.
func TestBest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 3))
	for range 2000 {
		values := make([]api.Optional[float64], 1+rnd.IntN(6))
		for i := range values {
			values[i] = api.Optional[float64]{Value: float64(rnd.IntN(3)), Known: rnd.IntN(4) > 0}
		}
		higher := rnd.IntN(2) == 0
		var want []bool
		for _, v := range values {
			best, beats := v.Known, false
			for _, o := range values {
				if o.Known && o.Value != v.Value {
					best = best && (v.Value > o.Value) == higher
					beats = true
				}
			}
			want = append(want, best && beats)
		}
		if have := Best(values, higher); !slices.Equal(have, want) {
			t.Fatalf("%v higher %v: %v, want %v", fmt.Sprint(values), higher, have, want)
		}
	}
}
