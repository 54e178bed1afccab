package catalog

import (
	"math"
	"os"
	"testing"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// sheet has the figures of cards from their makers' data sheets, written down apart from the table of the program: the
// least memory in GB with which the card is sold, its bandwidth in GB/s, and its dense 16-bit TFLOPS; 0 where the test
// needs none.
var sheet = map[string][3]float64{
	"RTX 3060": {8}, "RTX 3060 Ti": {8, 448}, "RTX 3090": {24, 936}, "RTX 3090 Ti": {24, 1008},
	"RTX 4090": {24, 1008}, "RTX 4090 D": {24, 1008}, "RTX 5090": {32, 1792}, "RTX A4000": {16, 448},
	"RTX A5000": {24, 768}, "RTX A6000": {48, 768}, "RTX 6000 Ada": {48, 960}, "RTX PRO 6000": {96, 1597},
	"T4": {16, 300}, "T4G": {16, 320}, "A10": {24, 600}, "A10G": {24, 600}, "A16": {16, 200}, "A40": {48, 696},
	"L4": {24, 300}, "L40": {48, 864}, "L40S": {48, 864}, "V100": {16, 900}, "V100 32GB": {32, 900},
	"A100": {40}, "A100 SXM": {40}, "A100 80GB": {80, 1935, 312}, "A100 PCIe 80GB": {80, 1935, 312},
	"A100 SXM 80GB": {80, 2039, 312}, "A100X": {80, 2039, 312}, "H100": {80, 2000, 756}, "H100 PCIe": {80, 2000, 756},
	"H100 SXM": {80, 3350, 989.5}, "H100 NVL": {94, 3938, 835.5}, "H200": {141, 4800, 835.5},
	"H200 SXM": {141, 4800, 989.5}, "H200 NVL": {141, 4800, 835.5}, "GH200": {96, 4000, 989.5},
	"B200": {180, 8000, 2250}, "B300": {268, 8000, 2250}, "MI300X": {192, 5300, 1307}, "MI350X": {288, 8000, 2300},
	"Gaudi 2": {96, 2450, 432},
}

// sheetOf returns the figures of an offer's card, if its data sheet is above.
func sheetOf(r Row) (figures [3]float64, in bool) {
	figures, in = sheet[known.ShortCard(r.Card().Name)]
	return figures, in
}

// config is a model as its makers have published it.
type config struct {
	params                       float64 // billions
	layers, kvHeads, size, heads int
	latent                       int // numbers a layer and a token of a compressed KV cache; 0 if it is not compressed
	windows, window              int // how many layers see only so many tokens
}

var configs = map[string]config{
	"llama 8b": {params: 8.03, layers: 32, kvHeads: 8, size: 128, heads: 32},
	"70b":      {params: 70.6, layers: 80, kvHeads: 8, size: 128, heads: 64},
	"405b":     {params: 405.9, layers: 126, kvHeads: 8, size: 128, heads: 128},
	"qwen 7b":  {params: 7.62, layers: 28, kvHeads: 4, size: 128, heads: 28},
	"qwen 235": {params: 235, layers: 94, kvHeads: 4, size: 128, heads: 64},
	"mixtral":  {params: 140.6, layers: 56, kvHeads: 8, size: 128, heads: 48},
	"deepseek": {params: 671, layers: 61, heads: 128, latent: 512 + 64},
	"gemma":    {params: 27.4, layers: 62, kvHeads: 16, size: 128, heads: 32, windows: 52, window: 1024},
}

// needed returns the memory of weights, KV cache in 16 bits and 10 percent more, in GB.
func (m config) needed(bytes float64, tokens, users int) float64 {
	kv := 0.0
	for layer := range m.layers {
		seen := tokens
		if layer < m.windows {
			seen = min(seen, m.window)
		}
		numbers := 2 * m.kvHeads * m.size
		if m.latent > 0 {
			numbers = m.latent
		}
		kv += 2 * float64(numbers*seen*users) / 1e9
	}
	return (m.params*bytes + kv) * 1.1
}

// holds reports whether so many cards with so much memory each hold the model: one of them, or all together where
// their number divides the attention heads.
func (m config) holds(needed, memory float64, cards int64) bool {
	return memory >= needed || cards > 1 && m.heads%int(cards) == 0 && memory*float64(cards) >= needed
}

// The offers that hold a model, and the cheapest of them, computed apart from the published configurations and the
// cards' data sheets.
func TestOffersThatHoldAModel(t *testing.T) {
	c := offered(t)
	for _, task := range []struct {
		filter, model string
		bytes         float64
		tokens, users int
	}{
		{"fits:llama-3.1-70b@fp16", "70b", 2, 8192, 1},
		{"fits:llama-3.1-70b@fp8", "70b", 1, 8192, 1},
		{"fits:llama-3.1-70b@int4", "70b", 0.5, 8192, 1},
		{"fits:llama-3.1-70b@fp16,128k", "70b", 2, 131072, 1},
		{"fits:llama-3.1-70b@fp8,128k", "70b", 1, 131072, 1},
		{"fits:llama-3.1-70b@int4,128k", "70b", 0.5, 131072, 1},
		{"fits:llama-3.1-70b@int4,128k,x4", "70b", 0.5, 131072, 4},
		{"fits:llama-3.1-405b@fp8", "405b", 1, 8192, 1},
		{"fits:llama-3.1-405b@int4,32k", "405b", 0.5, 32768, 1},
		{"runs llama 3.1 8b in fp16 with 32k context", "llama 8b", 2, 32768, 1},
		{"fits:qwen2.5-7b@fp16", "qwen 7b", 2, 8192, 1},
		{"fits:qwen3-235b-a22b@int4", "qwen 235", 0.5, 8192, 1},
		{"fits:mixtral-8x22b@int4", "mixtral", 0.5, 8192, 1},
		{"fits:deepseek-v3@fp8", "deepseek", 1, 8192, 1},
		{"fits:deepseek-r1@int4,32k,x8", "deepseek", 0.5, 32768, 8},
		{"fits:gemma-3-27b@fp16,128k", "gemma", 2, 131072, 1},
	} {
		r := c.Read(task.filter)
		if r.Err != nil {
			t.Fatalf("%s: %v", task.filter, r.Err)
		}
		m := configs[task.model]
		needed := m.needed(task.bytes, task.tokens, task.users)
		want, unknown := map[string]bool{}, 0
		cheapest := ""
		for _, row := range c.Rows().All() {
			memory, gpus := row.VRAM(), row.GPUCount()
			switch {
			case !memory.Known() || !gpus.Known || gpus.Value < 1:
				unknown++
			case m.holds(needed, float64(memory.Least), gpus.Value):
				want[row.ID()] = true
			}
			if figures, in := sheetOf(row); in && cheapest == "" && row.HourlyRate().Known &&
				gpus.Value > 0 && m.holds(needed, figures[0], gpus.Value) {
				cheapest = row.ID()
			}
		}
		res := c.Run(r.Query)
		for _, row := range res.Rows.All() {
			if !want[row.ID()] {
				t.Errorf("%s: %s does not hold %.1f GB", task.filter, row.ID(), needed)
			}
			if failing, _ := judge(r.Query, row); failing != 0 {
				t.Errorf("%s: %s is judged otherwise on its own", task.filter, row.ID())
			}
		}
		if res.Rows.Len() != len(want) || len(want) == 0 {
			t.Errorf("%s: %d offers, want %d", task.filter, res.Rows.Len(), len(want))
		}
		for _, row := range res.Rows.All() { // the first whose card has a sheet
			if _, in := sheetOf(row); !in {
				continue
			}
			if row.ID() != cheapest {
				t.Errorf("%s: the cheapest is %s, want %s", task.filter, row.ID(), cheapest)
			}
			break
		}
		if len(res.LeftOut) != 1 || res.LeftOut[0].Rows != unknown {
			t.Errorf("%s: %+v are counted as unknown, want %d", task.filter, res.LeftOut, unknown)
		}
	}
}

// What work is worth: the first offer by a price per figure, among the cards whose data sheets are above.
func TestTheBestOfferForAFigure(t *testing.T) {
	c := offered(t)
	for _, task := range []struct {
		filter, sort string
		figure       int // in sheet
		least        float64
	}{
		{"vram>=24", "perbw", 1, 24}, {"vram>=80", "perbw", 1, 80}, {"vram>=80", "perflop", 2, 80},
		{"", "pervram", 0, 0}, {"vram>=141", "pervram", 0, 141},
	} {
		order, err := query.ParseSort(task.sort)
		if err != nil {
			t.Fatal(err)
		}
		var have, want Row
		best := math.Inf(1)
		for _, row := range c.Run(mustParse(t, task.filter).WithSort(order)).Rows.All() {
			price := row.PerGPU()
			figures, _ := sheetOf(row)
			value, _ := row.number(order[0].Field)
			if figures[task.figure] == 0 || figures[0] < task.least || math.IsNaN(value) {
				continue // the card has no sheet, or its name leaves the figure open
			}
			if have.None() {
				have = row
			}
			if per := price.Value / figures[task.figure]; price.Known && per < best {
				want, best = row, per
			}
		}
		if have.None() || have != want {
			t.Errorf("%s by %s: %s, want %s", task.filter, task.sort, have.ID(), want.ID())
		}
	}
}

// The unbeaten ones among 8×H100: each pair of offers is compared by the sheets.
func TestUnbeatenAmongEightH100(t *testing.T) {
	c := offered(t)
	beats := func(a, b Row) bool {
		x, _ := sheetOf(a)
		y, _ := sheetOf(b)
		if b.Card().Name == "H100" { // the name leaves open which one
			y = sheet["H100 SXM"]
		}
		same := a.GPUKey() == b.GPUKey()
		better := x[0] >= y[0] && x[1] >= y[1] && x[2] >= y[2] && y[2] > 0
		counts := func(r Row) [5]float64 {
			return [5]float64{wholeOrNaN(r.GPUCount()), wholeOrNaN(r.MemoryGB()), wholeOrNaN(r.CPUCores()),
				wholeOrNaN(r.StorageGB()), -r.rate()}
		}
		more := !same
		for i, v := range counts(a) {
			if w := counts(b)[i]; !(v >= w) {
				return false
			} else if v > w {
				more = true
			}
		}
		return (same || better) && more && a.Place().Country == b.Place().Country && a.Place().Country != "" &&
			!a.GPUShare().Known
	}
	res := c.Run(c.Read("8xh100 is:unbeaten").Query)
	unbeaten := map[string]bool{}
	for _, r := range res.Rows.All() {
		unbeaten[r.ID()] = true
	}
	compared := 0
	for _, r := range c.Run(c.Read("8xh100").Query).Rows.All() {
		if _, in := sheetOf(r); !in || r.Place().Country == "" || !r.HourlyRate().Known ||
			!r.MemoryGB().Known || !r.CPUCores().Known || !r.StorageGB().Known {
			continue
		}
		compared++
		by := ""
		for _, o := range c.Rows().All() {
			if _, in := sheetOf(o); in && beats(o, r) {
				by = o.ID()
			}
		}
		if by != "" && unbeaten[r.ID()] {
			t.Errorf("%s is beaten by %s", r.ID(), by)
		}
		if by == "" && !unbeaten[r.ID()] && os.Getenv("GPUPICK_ROWS") == "" { // elsewhere by a card without a sheet
			t.Errorf("%s is beaten by none", r.ID())
		}
	}
	if compared == 0 || len(unbeaten) == 0 {
		t.Errorf("%d compared, %d unbeaten", compared, len(unbeaten))
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
