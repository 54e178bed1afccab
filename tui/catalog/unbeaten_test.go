package catalog

import (
	"math/rand/v2"
	"testing"

	"gpupick/api"
)

// Unbeaten offers, compared each with each: another one in the same country has at least as many GPUs of the same card
// or a better one, RAM, vCPUs and disk, costs no more, and has more of something or costs less.
func TestUnbeaten(t *testing.T) {
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	some := func(most int) api.Optional[int64] {
		if rnd.IntN(15) == 0 {
			return api.Optional[int64]{}
		}
		return api.Some(int64(1 + rnd.IntN(most)))
	}
	cards := []string{"H100 SXM", "H100-SXM5", "H100 PCIe", "A100 80GB", "L4", "A100", "Unheard Of 9000", ""}
	for range 30 {
		var offers []api.InstanceType
		for i := range 120 {
			o := api.InstanceType{ID: string(rune('a'+i%26)) + string(rune('a'+i/26)),
				GPUType: cards[rnd.IntN(len(cards))],
				Region:  []string{"us-east-1", "us-west-2", "eu-central-1", "global"}[rnd.IntN(4)], GPUCount: some(2),
				MemoryGB: some(3), CPUCores: some(3), StorageGB: some(2)}
			if rnd.IntN(15) > 0 {
				o.HourlyRate = api.Some(float64(1 + rnd.IntN(4)))
			}
			offers = append(offers, o)
		}
		c := of(offers)
		known := func(r Row) bool {
			return r.Place().Country != "" && r.GPUKey() != "" && r.HourlyRate().Known && r.GPUCount().Known &&
				r.MemoryGB().Known && r.CPUCores().Known && r.StorageGB().Known
		}
		betterCard := func(a, b Row) bool {
			if a.GPUKey() == b.GPUKey() {
				return true
			}
			return a.Bandwidth().Known() && b.Bandwidth().Known() && a.TFLOPS16().Known() && b.TFLOPS16().Known() &&
				a.VRAM().Least >= b.VRAM().Most && b.VRAM().Known() && a.Bandwidth().Least >= b.Bandwidth().Most &&
				a.TFLOPS16().Least >= b.TFLOPS16().Most
		}
		numbers := func(r Row) [4]int64 {
			return [4]int64{r.GPUCount().Value, r.MemoryGB().Value, r.CPUCores().Value, r.StorageGB().Value}
		}
		beats := func(a, b Row) bool {
			x, y := numbers(a), numbers(b)
			for i := range x {
				if x[i] < y[i] {
					return false
				}
			}
			return a.Place().Country == b.Place().Country && betterCard(a, b) &&
				a.HourlyRate().Value <= b.HourlyRate().Value &&
				(x != y || a.HourlyRate().Value < b.HourlyRate().Value || !betterCard(b, a))
		}
		want, unknowns := map[string]bool{}, 0
		for _, b := range c.Rows().All() {
			if !known(b) {
				unknowns++
				continue
			}
			beaten := false
			for _, a := range c.Rows().All() {
				beaten = beaten || a != b && known(a) && beats(a, b)
			}
			want[b.ID()] = !beaten
		}
		res := c.Run(mustParse(t, "is:unbeaten"))
		have := map[string]bool{}
		for _, r := range res.Rows.All() {
			if have[r.ID()] = true; !want[r.ID()] {
				t.Errorf("%s is beaten", r.ID())
			}
		}
		for id, is := range want {
			if is && !have[id] {
				t.Errorf("nothing beats %s", id)
			}
		}
		if len(res.LeftOut) != 1 || res.LeftOut[0].Rows != unknowns {
			t.Errorf("%+v are unknown, want %d", res.LeftOut, unknowns)
		}
	}
}
