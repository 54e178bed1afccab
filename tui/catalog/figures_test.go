package catalog

import (
	"math"
	"testing"

	"gpupick/api"
)

// The figures of an offer: those of one GPU from the table, and the price for a unit of them. Unknown figures satisfy
// no comparison and are counted.
func TestFiguresOfAnOffer(t *testing.T) {
	offer := func(id, gpu string, count int64, rate float64) api.InstanceType {
		return api.InstanceType{ID: id, GPUType: gpu, GPUCount: api.Some(count), HourlyRate: api.Some(rate)}
	}
	part := offer("part", "H100 SXM", 1, 1)
	part.GPUShare = api.Some(0.5)
	c := of([]api.InstanceType{offer("h100", "H100 SXM", 8, 16), offer("l4", "L4", 1, 0.6),
		offer("a100", "A100 SXM", 1, 1), offer("odd", "Unheard Of 9000", 1, 1), part})
	row := func(id string) Row { r, _ := c.At(id); return r }
	for _, want := range []struct {
		what       string
		have, want float64
	}{
		{"$/TB/s of 8×H100", row("h100").PerBandwidth().Value, 16 / (8 * 3.35)},
		{"$/GB of 8×H100", row("h100").PerVRAM().Value, 16.0 / 640},
		{"$/TB/s of an L4", row("l4").PerBandwidth().Value, 0.6 / 0.3},
		{"$/TB/s of an A100 of either size", row("a100").PerBandwidth().Value, 0},
		{"$/TB/s of half a card", row("part").PerBandwidth().Value, 0},
		{"$/TB/s of an unknown card", row("odd").PerBandwidth().Value, 0},
	} {
		if math.Abs(want.have-want.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", want.what, want.have, want.want)
		}
	}
	for filter, want := range map[string]string{
		"bw>=2tb/s":                      "h100",
		"bw>=1500":                       "a100 h100", // whichever size the A100 has
		"bw>=1600":                       "h100",
		"bw<1tb/s":                       "l4",
		"perbw<1":                        "h100",
		"link:nvlink":                    "a100 part h100",
		"tflops:none count:1":            "odd part",
		"sort:perbw link:nvlink perbw>0": "h100",
	} {
		q := c.Read(filter)
		if q.Err != nil {
			t.Fatal(q.Err)
		}
		have := ""
		for _, r := range c.Run(q.Query).Rows.All() {
			have += r.ID() + " "
		}
		if have != want && have != want+" " {
			t.Errorf("%s: %s, want %s", filter, have, want)
		}
	}
	res := c.Run(mustParse(t, "bw>=2tb/s"))
	if len(res.LeftOut) != 1 || res.LeftOut[0].Rows != 3 { // the A100 may have 2,039 GB/s
		t.Errorf("%+v", res.LeftOut)
	}
}
