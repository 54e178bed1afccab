package catalog

import (
	"strings"
	"testing"

	"gpupick/api"
)

func TestWordsBeginWhereRunsBegin(t *testing.T) {
	for _, c := range []struct {
		word, value string
		want        bool
	}{
		{"us", "us-east-1", true}, {"us", ", US", true}, {"us", "newyork-usa-1", true}, {"us", "EU-SE-1", false}, {"us", "australia", false},
		{"h100", "NVIDIA H100 SXM", true}, {"h100", "GH200", false}, {"h100", "GH100", false}, {"80gb", "A100-80GB", true}, {"0gb", "A100-80GB", false},
		{"useast", "us-east-1", true}, {"rtx4090", "RTX 4090", true}, {"a6000", "RTXA6000", true},
	} {
		if have := newText(c.value, true).contains(c.word); have != c.want {
			t.Errorf("%s in %s: %v", c.word, c.value, have)
		}
	}
}

// The table of DESIGN's rule for field:value, both ways.
func TestRunsStandOneAfterTheOther(t *testing.T) {
	for _, c := range []struct {
		field     Field
		ask       string
		holds, no []string
	}{
		{GPU, "l4", []string{"L4", "NVIDIA L4", "L4_PCIE"}, []string{"L40", "L40S", "ML4"}},
		{GPU, "l40", []string{"L40", "L40_PCIE"}, []string{"L40S", "L4"}},
		{GPU, "a10", []string{"A10", "NVIDIA A10"}, []string{"A100", "A10G"}},
		{GPU, "h100", []string{"H100 SXM", "H100_PCIe", "H100-80GB-HBM3", "NVIDIA HGX H100"}, []string{"GH100", "H1000"}},
		{GPU, "h200", []string{"H200", "NVIDIA H200 SXM5"}, []string{"GH200"}},
		{GPU, "4090", []string{"RTX4090", "RTX 4090", "NVIDIA GeForce RTX 4090"}, []string{"RTX 4090D"}},
		{GPU, "4090d", []string{"RTX 4090D"}, []string{"RTX 4090"}},
		{GPU, "3060", []string{"RTX 3060", "RTX3060"}, []string{"RTX 3060 Ti", "RTX3060Ti"}},
		{GPU, "3060 ti", []string{"RTX 3060 Ti", "RTX3060Ti"}, []string{"RTX 3060"}},
		{GPU, "4070", nil, []string{"RTX 4070S", "RTX 4070S Ti", "RTX 4070 SUPER"}},
		{GPU, "6000", []string{"RTX 6000", "RTX PRO 6000", "A6000"}, []string{"RTX6000-Ada", "RTX 6000Ada"}},
		{GPU, "a6000", []string{"RTXA6000", "RTX A6000", "A6000", "A6000_PCIE_LOW_RAM"}, []string{"RTX 6000"}},
		{GPU, "pro6000", []string{"RTXPRO6000", "RTX PRO 6000", "RTX-PRO-6000"}, []string{"RTX PRO-A6000"}},
		{GPU, "rtxa6000", []string{"RTX A6000", "RTXA6000", "A6000"}, []string{"RTX 6000"}},
		{GPU, "t4", []string{"T4", "Tesla T4"}, []string{"T4G"}},
		{Region, "us", []string{"us-east-1", ", US, NA", "US-TX-3"}, []string{"AUS", "USA", "eastus"}},
		{Region, "us-east", []string{"us-east-1", "us-east1"}, []string{"us-west-1", "eastus"}},
		{Region, "east1", []string{"us-east1", "us-east-1"}, []string{"us-east-11"}},
		{Region, "quebec", []string{"Québec, CA", "Quebec, CA"}, nil},
	} {
		q := mustParse(t, c.field.String()+`:"`+c.ask+`"`)
		for _, list := range []struct {
			values []string
			want   bool
		}{{c.holds, true}, {c.no, false}} {
			for _, v := range list.values {
				it := api.InstanceType{ID: "x", GPUType: v, Region: v}
				if have := New([]api.InstanceType{it}).Matches(q); have != list.want {
					t.Errorf("%s of %q: %v", q, v, have)
				}
			}
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for text, column := range map[string]int{
		"h100 memm:8": 5, "price<20 gpu<5": 12, "h100 count:8,x": 13, "h100 price<": 11, `h100 "open`: 10, "-8xh100": 0, "h100 cpu>64gb": 9, "8xh100,2xl4": 7, ":8": 0,
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
		"price": "price", "-mem": "-mem", "pergpu,-cpu": "pergpu,-cpu", " ram , +count": "mem,count", "pirce": `no field "pirce" to sort by; did you mean price?`, "": `no field "" to sort by; the fields are id gpu region area type count price pergpu cpu mem disk vram tvram form gen arch maker is`,
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

func TestSortMenu(t *testing.T) {
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

func TestFacetsStandForTheCommonestSpelling(t *testing.T) {
	row := func(id, gpu, region string) api.InstanceType {
		return api.InstanceType{ID: id, GPUType: gpu, Region: region}
	}
	res := New([]api.InstanceType{row("a", "RTX4090", "US"), row("b", "RTX 4090", "us"), row("c", "RTX 4090", "us"), row("d", "L40", ""), row("e", "L4", "eu-1"), row("f", "L40S", "eu-10"), row("g", "L4", "eu-2")}).Run(Query{})
	for f, want := range map[Field]string{GPU: "L4 L40 L40S RTX 4090", Region: "eu-1 eu-2 eu-10 us "} {
		var labels []string
		for _, v := range res.Facets[f].Values {
			labels = append(labels, v.Label)
		}
		if have := strings.Join(labels, " "); have != want {
			t.Errorf("%s: %q, want %q", f, have, want)
		}
	}
}

func TestGPUsSortNaturally(t *testing.T) {
	var rows []api.InstanceType
	want := []string{"A10", "A16", "A100-80GB", "A800", "H100", "H100-80GB-HBM3", "H200", "L4", "L40", "L40S", "RTX 4090", "RTX 4090 (48 GB mod)", "RTX 6000 Ada", "A4000"}
	for i, name := range want {
		rows = append(rows, api.InstanceType{ID: strings.Repeat("z", len(want)-i), GPUType: name})
	}
	var have []string
	for _, r := range New(rows).Run(Query{Sort: Sort{{Field: GPU}}}).Rows {
		have = append(have, r.GPUType)
	}
	if strings.Join(have, "|") != strings.Join(want, "|") {
		t.Errorf("%q", have)
	}
}

// A country that is asked for is unknown where only the continent is known,
// unless the country lies elsewhere.
func TestAreasThatCannotBeTold(t *testing.T) {
	c := New([]api.InstanceType{{ID: "somewhere", Region: "Europe"}, {ID: "nowhere", Region: "global"}, {ID: "there", Region: "uksouth"}})
	for text, want := range map[string]string{"uk": "there 2", "-uk": " 2", "us": " 1", "-us": "somewhere there 1", "europe": "somewhere there 1"} {
		res := c.Run(mustParse(t, text))
		unknown := 0
		for _, l := range res.LeftOut {
			unknown += l.Rows
		}
		if have := strings.Join(idsOf(res.Rows), " ") + " " + formatNumber(float64(unknown)); have != want {
			t.Errorf("%s: %q, want %q", text, have, want)
		}
	}
}

func TestIdsThatCleaningMadeAlikeAreTwoRows(t *testing.T) {
	if n := New([]api.InstanceType{{ID: "d\uFFFD"}, {ID: "d\uFFFD"}, {ID: "d"}, {ID: "d"}}).Len(); n != 3 {
		t.Errorf("%d rows", n)
	}
}

func TestComplete(t *testing.T) {
	c := demo(t)
	for text, want := range map[string]string{
		"pri":            "price<= | price<=",
		"h100 vr":        "h100 vram>= | vram>=",
		"8xh100 germ":    `8xh100 germany | germany 3`,
		"gpu:gh":         `gpu="GH200" | gpu="GH200" 8`,
		`gpu:"gh`:        `gpu="GH200" | gpu="GH200" 8`,
		"-type:sp":       `-type="spot" | type="spot" 465`,
		`gpu="GH200",b3`: `gpu="GH200","B300" | gpu="GH200","B300" 14`,
		"area:icel":      "area:iceland | iceland 30",
		"quebec":         "quebec | quebec 33",
		"count:":         "count:1 | count:1 177",
		"price<":         "",
		"zzzz":           "",
		"memm:":          "",
		"price<<5 h":     "",
	} {
		have := ""
		if list := c.Complete(text); len(list) > 0 {
			have = list[0].Text + " | " + list[0].Show
			if list[0].Rows >= 0 {
				have += " " + formatNumber(float64(list[0].Rows))
			}
		}
		if have != want {
			t.Errorf("%q: %q, want %q", text, have, want)
		}
	}
}

// Whatever is offered is a filter, and leaves as many rows as it says.
func TestCompletionsKeepTheirPromise(t *testing.T) {
	c := demo(t)
	for _, text := range []string{"h", "r", "us", "gpu:", "region:", "type:", "count:", "8xh100 ", "8xh100 e", "europe gpu:h", "-gpu:a", "s", "region=", "a", "count:1,"} {
		for _, o := range c.Complete(text) {
			if o.Rows < 0 {
				continue
			}
			q, err := Parse(o.Text)
			if err != nil {
				t.Errorf("%q: %q: %v", text, o.Text, err)
			} else if rows := len(c.Run(q).Rows); rows != o.Rows {
				t.Errorf("%q: %q promises %d rows and leaves %d", text, o.Text, o.Rows, rows)
			}
		}
	}
}
