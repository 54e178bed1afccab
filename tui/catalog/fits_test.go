package catalog

import (
	"testing"

	"gpupick/api"
)

// The offers that hold a model, computed apart from the published configurations: layers, KV heads, head size and
// attention heads, and the least memory that a card can have.
func TestOffersThatHoldAModel(t *testing.T) {
	c := demo(t)
	for _, task := range []struct {
		filter                       string
		params, bytes                float64
		layers, kvHeads, size, heads int
		tokens                       int
	}{
		{"fits:llama-3.1-70b@fp16", 70.6, 2, 80, 8, 128, 64, 8192},
		{"fits:llama-3.1-70b@fp8", 70.6, 1, 80, 8, 128, 64, 8192},
		{"fits:llama-3.1-70b@int4", 70.6, 0.5, 80, 8, 128, 64, 8192},
		{"fits:llama-3.1-70b@fp16,128k", 70.6, 2, 80, 8, 128, 64, 131072},
		{"fits:llama-3.1-70b@fp8,128k", 70.6, 1, 80, 8, 128, 64, 131072},
		{"fits:llama-3.1-70b@int4,128k", 70.6, 0.5, 80, 8, 128, 64, 131072},
		{"fits:llama-3.1-70b@int4,128k,x4", 70.6, 0.5, 80, 8, 128, 64, 4 * 131072},
		{"fits:llama-3.1-405b@fp8", 405.9, 1, 126, 8, 128, 128, 8192},
		{"runs llama 3.1 8b in fp16 with 32k context", 8.03, 2, 32, 8, 128, 32, 32768},
		{"fits:qwen2.5-7b@fp16", 7.62, 2, 28, 4, 128, 28, 8192},
		{"fits:mixtral-8x22b@int4", 140.6, 0.5, 56, 8, 128, 48, 8192},
	} {
		r := c.Read(task.filter)
		if r.Err != nil {
			t.Fatalf("%s: %v", task.filter, r.Err)
		}
		kv := 2 * 2 * float64(task.layers*task.kvHeads*task.size*task.tokens) / 1e9
		needed := (task.params*task.bytes + kv) * 1.1
		want, unknown := map[string]bool{}, 0
		for _, row := range c.Rows().All() {
			memory, gpus := row.VRAM(), row.GPUCount()
			switch {
			case !memory.Known() || !gpus.Known || gpus.Value < 1:
				unknown++
			case gpus.Value > 1 && task.heads%int(gpus.Value) == 0 && float64(memory.Least*gpus.Value) >= needed,
				float64(memory.Least) >= needed:
				want[row.ID()] = true
			}
		}
		res := c.Run(r.Query)
		for _, row := range res.Rows.All() {
			if !want[row.ID()] {
				t.Errorf("%s: %s does not hold %.1f GB", task.filter, row.ID(), needed)
			}
		}
		if res.Rows.Len() != len(want) || len(want) == 0 {
			t.Errorf("%s: %d offers, want %d", task.filter, res.Rows.Len(), len(want))
		}
		if len(res.LeftOut) != 1 || res.LeftOut[0].Rows != unknown {
			t.Errorf("%s: %+v are counted as unknown, want %d", task.filter, res.LeftOut, unknown)
		}
		for _, row := range res.Rows.All() { // the slow evaluation, for single rows, agrees
			if failing, _ := judge(r.Query, row); failing != 0 {
				t.Errorf("%s: %s is judged otherwise on its own", task.filter, row.ID())
			}
		}
	}
}

// What is not known never fits, and its negation does not hold either.
func TestUnknownMemoryNeverFits(t *testing.T) {
	c := of([]api.InstanceType{{ID: "odd", GPUType: "Unheard Of 9000", GPUCount: api.Some(int64(8))},
		{ID: "many", GPUType: "H100 SXM"}, {ID: "none", GPUType: "CPU", GPUCount: api.Some(int64(0))},
		{ID: "h100", GPUType: "H100 SXM", GPUCount: api.Some(int64(8))}})
	for filter, want := range map[string]string{"fits:70b@fp8": "h100", "-fits:70b@fp8": "",
		"-fits:2000b@fp16": "h100"} {
		have := ""
		for _, r := range c.Run(mustParse(t, filter)).Rows.All() {
			have += r.ID()
		}
		if have != want {
			t.Errorf("%s: %s, want %s", filter, have, want)
		}
	}
}
