package fits

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// The sums, computed apart from the published configurations: parameters and bytes; layers, KV heads and head size.
func TestTheSumOfAModel(t *testing.T) {
	gib := func(layers, heads, size, tokens int) float64 { return float64(2*2*layers*heads*size*tokens) / 1e9 }
	for ask, want := range map[string]float64{
		"70b@fp8,32k":             (70 + gib(80, 8, 128, 32768)) * 1.1, // 88.8
		"llama-3.1-70b@fp16":      (141.2 + gib(80, 8, 128, 8192)) * 1.1,
		"llama-3.1-70b@int4,128k": (35.3 + gib(80, 8, 128, 131072)) * 1.1,
		"llama 3.1 8b@fp16,x4":    (16.06 + 4*gib(32, 8, 128, 8192)) * 1.1,
		"llama-3.1-405b@fp8,8k":   (405.9 + gib(126, 8, 128, 8192)) * 1.1,
		"deepseek-v3@fp8":         (671 + float64(2*61*576*8192)/1e9) * 1.1, // 512 and 64 values, once
		"mixtral-8x7b@int4":       (23.35 + gib(32, 8, 128, 8192)) * 1.1,    // all experts
		"gpt-oss-120b@fp4,128k":   (58.4 + gib(18, 8, 64, 131072) + gib(18, 8, 64, 128)) * 1.1,
		"gemma-3-27b@bf16,1k":     (54.8 + gib(62, 16, 128, 1024)) * 1.1, // the window is as long as the context
	} {
		a, err := Parse(ask)
		if err != nil || math.Abs(a.Total()-want) > 1e-6 {
			t.Errorf("%s needs %.3f GB, want %.3f, %v", ask, a.Total(), want, err)
		}
		again, err := Parse(a.String())
		if err != nil || again != a {
			t.Errorf("%s prints as %s, which is %+v, %v", ask, a, again, err)
		}
		if long := a.Longest(a.Total()); long < a.Context || a.Model.Typical() && long > a.Context+1 {
			t.Errorf("%s: %d tokens fit into its own memory", ask, long)
		}
	}
}

func TestAsksThatAreNotUnderstood(t *testing.T) {
	var open *NoFormatError
	if _, err := Parse("70b"); !errors.As(err, &open) || fmt.Sprint(open.Asks) != "[70b@fp16 70b@fp8 70b@int4]" {
		t.Errorf("%v", err)
	}
	if _, err := Parse("70b@32k,x2"); !errors.As(err, &open) || open.Asks[1] != "70b@fp8,32k,x2" {
		t.Errorf("%v", err)
	}
	for text, want := range map[string]string{
		"nothing@fp8":            "no model",
		"70b@fp9":                `"fp9" is no format`,
		"70b@fp8,x0":             `"x0" is no format`,
		"llama-2-7b@fp16,32k":    "at most 4k tokens",
		"70b@fp8,99999999999999": "is no format",
		"0b@fp8":                 "no model",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestSpokenAsks(t *testing.T) {
	for text, want := range map[string]string{
		"70b fp8":                   "2 [70b@fp8]",
		"llama 70b fp8 32k in asia": "4 [llama-3.1-70b@fp8,32k]",
		"llama 3.1 70b":             "3 [llama-3.1-70b@fp16 llama-3.1-70b@fp8 llama-3.1-70b@int4]",
		"70b@int4,32k x4":           "2 [70b@int4,32k,x4]",
		"deepseek r1 4bit 8xh200":   "3 [deepseek-r1@int4]",
		"in asia":                   "0 []",
		"70b int4 model in asia":    "3 [70b@int4]",
		"70b int4 128k 4x asia":     "4 [70b@int4,128k,x4]",

		"llama 3.1 70b in fp16 with 128k context for 4 users under": "11 [llama-3.1-70b@fp16,128k,x4]",
	} {
		n, exact := Spoken(strings.Fields(text))
		if have := fmt.Sprint(n, " ", exact); have != want {
			t.Errorf("%s: %s, want %s", text, have, want)
		}
	}
}

// GPUs work together if their number divides the attention heads.
func TestGPUsThatWorkTogether(t *testing.T) {
	a, err := Parse("llama-3.1-70b@fp8") // 64 heads
	if err != nil {
		t.Fatal(err)
	}
	for gpus, want := range map[int64]int64{0: 0, 1: 1, 2: 2, 3: 1, 4: 4, 6: 1, 8: 8, 16: 16, 128: 1, 1 << 40: 1} {
		if have := a.Together(gpus); have != want {
			t.Errorf("%d GPUs: %d work together, want %d", gpus, have, want)
		}
	}
	if !math.IsNaN(a.PerGPU(0)) {
		t.Error("no GPU holds a model")
	}
}

// Every line of the table is plausible and has a source, and no spelling means two models.
func TestModels(t *testing.T) {
	seen := map[string]string{}
	for _, m := range models() {
		if m.Params <= 0 || m.Layers < 10 || m.Heads < 8 || m.values < 64 || m.Context < 1024 ||
			m.windowed >= m.Layers || (m.windowed > 0) != (m.window > 0) {
			t.Errorf("%+v", m)
		}
		for _, s := range slices.Compact(m.spellings) {
			if of, is := seen[s]; is && of != m.Name {
				t.Errorf("%s is %s and %s", s, of, m.Name)
			}
			seen[s] = m.Name
		}
	}
	text, _ := files.ReadFile("models.tsv")
	for line := range strings.Lines(string(text)) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) != 10 || len(f[9]) < 6 {
			t.Errorf("%q", line)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"70b@fp8", "llama-3.1-70b@int4,32k,x4", "7b", "@,", "1t@fp4,1m"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Spoken(strings.Fields(text))
		a, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(a.String()); err != nil || again != a {
			t.Errorf("%q prints as %s, which is %+v, %v", text, a, again, err)
		}
		if total := a.Total(); !(total > 0) || math.IsInf(total, 0) {
			t.Errorf("%q needs %v GB", text, total)
		}
	})
}
