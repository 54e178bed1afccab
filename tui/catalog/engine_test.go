package catalog

import (
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/query"
)

// field:value matches whole runs of letters or digits, one after the other.
func TestFieldTermMatchesWholeRuns(t *testing.T) {
	for _, c := range []struct {
		field     query.Field
		ask       string
		holds, no []string
	}{
		{query.GPU, "l4", []string{"L4", "NVIDIA L4", "L4_PCIE"}, []string{"L40", "L40S", "ML4"}},
		{query.GPU, "l40", []string{"L40", "L40_PCIE"}, []string{"L40S", "L4"}},
		{query.GPU, "a10", []string{"A10", "NVIDIA A10"}, []string{"A100", "A10G"}},
		{query.GPU, "h100", []string{"H100 SXM", "H100_PCIe", "H100-80GB-HBM3", "NVIDIA HGX H100"},
			[]string{"GH100", "H1000"}},
		{query.GPU, "h200", []string{"H200", "NVIDIA H200 SXM5"}, []string{"GH200"}},
		{query.GPU, "4090", []string{"RTX4090", "RTX 4090", "NVIDIA GeForce RTX 4090"}, []string{"RTX 4090D"}},
		{query.GPU, "4090d", []string{"RTX 4090D"}, []string{"RTX 4090"}},
		{query.GPU, "3060", []string{"RTX 3060", "RTX3060"}, []string{"RTX 3060 Ti", "RTX3060Ti"}},
		{query.GPU, "3060 ti", []string{"RTX 3060 Ti", "RTX3060Ti"}, []string{"RTX 3060"}},
		{query.GPU, "4070", nil, []string{"RTX 4070S", "RTX 4070S Ti", "RTX 4070 SUPER"}},
		{query.GPU, "6000", []string{"RTX 6000", "RTX PRO 6000", "A6000"}, []string{"RTX6000-Ada", "RTX 6000Ada"}},
		{query.GPU, "a6000", []string{"RTXA6000", "RTX A6000", "A6000", "A6000_PCIE_LOW_RAM"}, []string{"RTX 6000"}},
		{query.GPU, "pro6000", []string{"RTXPRO6000", "RTX PRO 6000", "RTX-PRO-6000"}, []string{"RTX PRO-A6000"}},
		{query.GPU, "rtxa6000", []string{"RTX A6000", "RTXA6000", "A6000"}, []string{"RTX 6000"}},
		{query.GPU, "t4", []string{"T4", "Tesla T4"}, []string{"T4G"}},
		{query.Region, "us", []string{"us-east-1", ", US, NA", "US-TX-3"}, []string{"AUS", "USA", "eastus"}},
		{query.Region, "us-east", []string{"us-east-1", "us-east1"}, []string{"us-west-1", "eastus"}},
		{query.Region, "east1", []string{"us-east1", "us-east-1"}, []string{"us-east-11"}},
		{query.Region, "quebec", []string{"Québec, CA", "Quebec, CA"}, nil},
	} {
		q := mustParse(t, c.field.String()+`:"`+c.ask+`"`)
		for _, list := range []struct {
			values []string
			want   bool
		}{{c.holds, true}, {c.no, false}} {
			for _, v := range list.values {
				it := api.InstanceType{ID: "x", GPUType: v, Region: v}
				if have := of([]api.InstanceType{it}).Matches(q); have != list.want {
					t.Errorf("%s of %q: %v", q, v, have)
				}
			}
		}
	}
}

func TestFacetLabelsAreTheCommonestSpelling(t *testing.T) {
	row := func(id, gpu, region string) api.InstanceType {
		return api.InstanceType{ID: id, GPUType: gpu, Region: region}
	}
	res := of([]api.InstanceType{row("a", "RTX4090", "US"), row("b", "RTX 4090", "us"), row("c", "RTX 4090", "us"),
		row("d", "L40", ""), row("e", "L4", "eu-1"), row("f", "L40S", "eu-10"),
		row("g", "L4", "eu-2")}).Run(query.Query{})
	for f, want := range map[query.Field]string{query.GPU: "L4 L40 L40S RTX 4090",
		query.Region: "eu-1 eu-2 eu-10 us "} {
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
	want := []string{"A10", "A16", "A100-80GB", "A800", "H100", "H100-80GB-HBM3", "H200", "L4", "L40", "L40S",
		"RTX 4090", "RTX 4090 (48 GB mod)", "RTX 6000 Ada", "A4000"}
	for i, name := range want {
		rows = append(rows, api.InstanceType{ID: strings.Repeat("z", len(want)-i), GPUType: name})
	}
	var have []string
	for _, r := range of(rows).Run(query.Query{Sort: query.Sort{{Field: query.GPU}}}).Rows.All() {
		have = append(have, r.GPUType())
	}
	if strings.Join(have, "|") != strings.Join(want, "|") {
		t.Errorf("%q", have)
	}
}

// If only the continent of a region is known, it is unknown whether a country matches, unless the country is on
// another continent.
func TestAreaFilterWhenTheCountryIsUnknown(t *testing.T) {
	c := of([]api.InstanceType{{ID: "somewhere", Region: "Europe"}, {ID: "nowhere", Region: "global"},
		{ID: "there", Region: "uksouth"}})
	for text, want := range map[string]string{"uk": "there 2", "-uk": " 2", "us": " 1", "-us": "somewhere there 1",
		"europe": "somewhere there 1"} {
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

func TestUnsafeIDsThatLookAlikeStayTwoRows(t *testing.T) {
	if n := of([]api.InstanceType{{ID: "d▯"}, {ID: "d▯"}, {ID: "d"}, {ID: "d"}}).Len(); n != 3 {
		t.Errorf("%d rows", n)
	}
}
