package query

import (
	"strings"
	"testing"

	"gpupick/tui/known"
)

func TestContainsMatchesAtRunStart(t *testing.T) {
	for _, c := range []struct {
		word, value string
		want        bool
	}{
		{"us", "us-east-1", true}, {"us", ", US", true}, {"us", "newyork-usa-1", true}, {"us", "EU-SE-1", false},
		{"us", "australia", false},
		{"h100", "NVIDIA H100 SXM", true}, {"h100", "GH200", false}, {"h100", "GH100", false},
		{"80gb", "A100-80GB", true}, {"0gb", "A100-80GB", false},
		{"useast", "us-east-1", true}, {"rtx4090", "RTX 4090", true}, {"a6000", "RTXA6000", true},
	} {
		card := known.CardOf(c.value)
		if have := NewGPU(c.value, &card).Contains(c.word); have != c.want {
			t.Errorf("%s in %s: %v", c.word, c.value, have)
		}
	}
}

func TestSyntaxErrorPosition(t *testing.T) {
	for text, column := range map[string]int{
		"h100 memm:8": 5, "price<20 gpu<5": 12, "h100 count:8,x": 13, "h100 price<": 11, `h100 "open`: 10, "-8xh100": 0,
		"h100 cpu>64gb": 9, "8xh100,2xl4": 7, ":8": 0,
		"price<5,6": 8, "h100,price<20": 5,
	} {
		_, err := Parse(text)
		e, ok := err.(*SyntaxError)
		if !ok || e.At != column {
			t.Errorf("%q: %+v, want column %d", text, err, column)
		}
	}
	if _, err := Parse(strings.Repeat(`"a" `, maxTerms+1)); err == nil {
		t.Error("more terms than there are bits were accepted")
	}
}

func TestParseSort(t *testing.T) {
	for text, want := range map[string]string{
		"price": "price", "-mem": "-mem", "pergpu,-cpu": "pergpu,-cpu", " ram , +count": "mem,count",
		"pirce": `no field "pirce" to sort by; did you mean price?`, "": `no field "" to sort by; the fields are id ` +
			`gpu region area type count price pergpu cpu mem disk vram tvram form gen arch maker link ` +
			`bw tflops pervram perbw perflop fits is`,
	} {
		order, err := ParseSort(text)
		have := order.String()
		if err != nil {
			have = err.Error()
		}
		if have != want {
			t.Errorf("%q: %s, want %s", text, have, want)
		}
	}
}

func TestSortByAndThen(t *testing.T) {
	var s Sort
	for _, step := range []struct {
		do   func(Sort) Sort
		want string
	}{
		{func(s Sort) Sort { return s.By(Mem) }, "-mem"},
		{func(s Sort) Sort { return s.By(Mem) }, "mem"},
		{func(s Sort) Sort { return s.Then(CPU) }, "mem,-cpu"},
		{func(s Sort) Sort { return s.Then(CPU) }, "mem,cpu"},
		{func(s Sort) Sort { return s.Then(Mem) }, "-mem,cpu"},
		{func(s Sort) Sort { return s.By(Mem) }, "-mem"},
		{func(s Sort) Sort { return s.By(Price) }, "price"},
		{func(s Sort) Sort { return s.By(Price) }, "-price"},
	} {
		if s = step.do(s); s.String() != step.want {
			t.Errorf("%s, want %s", s, step.want)
		}
	}
	if (Sort)(nil).By(Price).String() != "-price" || (Sort)(nil).Then(Mem).String() != "price,-mem" {
		t.Error("the zero order is not by price")
	}
}

// What has to fit, in the exact form and as people say it. Without a format there are three answers.
func TestFits(t *testing.T) {
	for text, want := range map[string]string{
		"fits:70b@fp8":                              "fits:70b@fp8",
		"fits:llama-3.1-70b@int4,32k,x4":            "fits:llama-3.1-70b@int4,32k,x4",
		"fits = 70b@FP8, count:8":                   "fits:70b@fp8 count:8",
		"runs:8b@fp16":                              "fits:8b@fp16",
		"-fits:8b@fp16,x1":                          "-fits:8b@fp16",
		"8x fits 70b fp8 europe":                    "count:8 fits:70b@fp8 area:europe",
		"fits a 70b model in int4 with 32k context": "fits:70b@int4,32k",
		"not fits 70b fp8":                          "-fits:70b@fp8",
		"fits llama 3.1 8b fp16 under $2":           "fits:llama-3.1-8b@fp16 price<2",
	} {
		if r := Read(text + " "); r.Err() != nil || r.Query.String() != want {
			t.Errorf("%q is read as %q, %v, want %q", text, r.Query, r.Err(), want)
		}
	}
	for text, want := range map[string]string{
		"fits 70b ":           `"fits 70b" may be fits:70b@fp16, fits:70b@fp8 or fits:70b@int4`,
		"fits:70b x ":         "fits:70b may be fits:70b@fp16, fits:70b@fp8, fits:70b@int4: the format",
		"fits:zzz@fp8 x":      `no model "zzz"`,
		"fits<70b@fp8 x":      "fits is a question; write fits:70b@fp8",
		"fits:8b@fp8,9q h100": `"9q" is no format`,
	} {
		if r := Read(text); r.Err() == nil || !strings.Contains(r.Err().Reason, want) {
			t.Errorf("%q: %v, want %s", text, r.Err(), want)
		}
	}
}
