package query

import (
	"slices"
	"testing"
)

// What people say, and the exact form it is read as; an order comes after a bar.
func TestSpokenFilters(t *testing.T) {
	for said, want := range map[string]string{
		// cards
		"l4": "gpu:l4", "T4s": "gpu:t4", "two a40s": "count:2 gpu:a40", "nvidia l40s": `gpu:"nvidia l40s"`,
		"rtx 4070 ti super": `gpu:"rtx 4070 ti super"`, "6000 ada": `gpu:"6000 ada"`,
		"A 30": `gpu:"a 30"`, "h200 nvl": `gpu:"h200 nvl"`, "a100-40gb": "gpu:a100-40gb", "a100 40": `gpu:"a100 40gb"`,
		"v100-32g": "gpu:v100-32g", "mi300x": "gpu:mi300x",
		"a100, l40s": "gpu:a100,l40s", "a100/l40s": "gpu:a100,l40s", "a100 l40s": "gpu:a100,l40s",
		"a100 or l40s or t4": "gpu:a100,l40s,t4", "a100 a100 pcie": `gpu:a100 gpu:"a100 pcie"`,
		"amd": "maker:amd", "turing": "gen:turing", "ampere pcie": "gen:ampere form:pcie",
		"hopper, sxm5": "gen:hopper form:sxm",
		// counts
		"4 l4": "count:4 gpu:l4", "l4 4": "gpu:l4 count:4", "4 x l4": "count:4 gpu:l4", "l4*4": "gpu:l4 count:4",
		"l4:4": "gpu:l4 count:4", "a100:40gb:4": `gpu:a100 "40gb"`, "at least 2 t4": "count>=2 gpu:t4",
		"up to 4 l4": "count<=4 gpu:l4", "2+ l4": "count>=2 gpu:l4", "2-8 l4": "count:2..8 gpu:l4",
		"2 to 8 gpus": "count:2..8", "from 2 to 8 gpus": "count:2..8", "1 or 2 t4": "count:1,2 gpu:t4",
		"quad a100": "count:4 gpu:a100", "4 gpus, t4": "count:4 gpu:t4",
		"single gpu": "count:1", "4 * t4": "count:4 gpu:t4", "t4 >2 gpus": "gpu:t4 count>2", "t4 48gb x 2": "",
		"a40 48gb x 2": `gpu:"a40 48gb" count:2`, "4 gpu l4 server": "count:4 gpu:l4", "no gpu": "gpu:none",
		"cpu only": "gpu:none", "multi gpu": "count>=2", "T4 4卡": "gpu:t4 count:4",
		// prices
		"$5": "price<=5", "5$ max": "price<=5", "under 5": "price<5", "below $5 per hour": "price<5",
		"no more than 5 usd": "price<=5", "at most 1.5 per gpu": "pergpu<=1.5", "$1.20/gpu": "pergpu<=1.2",
		"l4 <1 / gpu": "gpu:l4 pergpu<1", "unter 2,50": "price<2.5",
		"between $1 and $3": "price:1..3", "$1-$3": "price:1..3", "$2-3 each": "pergpu:2..3",
		"price under 7": "price<7", "over $2": "price>2",
		"4 l4 for less than 3 dollars an hour": "count:4 gpu:l4 price<3", "unter 0,5": "price<0.5",
		// sizes
		"48gb": "vram>=48", "48 gb per gpu": "vram>=48", "48gb cards": "vram>=48", "vram 48gb": "vram>=48",
		"at least 48gb vram": "vram>=48", "320gb vram": "tvram>=320", "total vram 320gb": "tvram>=320",
		"256gb ram": "mem>=256", "1.5tb of ram": "mem>=1500", "ram at least 1tb": "mem>=1000", "32 cores": "cpu>=32",
		"more than 32 vcpus": "cpu>32", "4tb disk": "disk>=4000", "nvme 4tb": "disk>=4000",
		// places
		"south korea": `area:"south korea"`, "in the united kingdom": "area:uk", "us west": `area:"us west"`,
		"germany france": "area:germany,france", "europe germany": "area:europe area:germany",
		"Schweden": "area:sweden",
		"de":       "area:germany", "eu-west-1": `region="eu-west-1"`, "asia pacific, l4": `area:"asia pacific" gpu:l4`,
		"nordics": "area:nordics", "isle of man l4": `area:"isle of man" gpu:l4`,
		"bosnia and herzegovina": `area:"bosnia and herzegovina"`,
		"oslo":                   "area:oslo", "l4 in san jose": `gpu:l4 area:"san jose"`,
		"dallas or chicago": "area:dallas,chicago", "münchen": "area:münchen", "georgia": "area:georgia",
		// punctuation
		"I need l4, mem:220gb.": "gpu:l4 mem:220", "(gpu:l4)": "gpu:l4", "price<2.": "price<2",
		"l4 price<2.5!": "gpu:l4 price<2.5", "gpu:l4; us": "gpu:l4 area:us",
		// types, negations, orders
		"l4 except us and china": "gpu:l4 -area:us -area:china", "without vm and spot": "-type:vm -type:spot",
		"preemptible": "type:spot", "vm or vm": "type:vm",
		"by ram ascending": " | mem", "vram desc": " | -vram", "most expensive": " | -price",
		"sort:-mem,price l4": "gpu:l4 | -mem,price", "sort by price per gpu desc": " | -pergpu",
		// what a number belongs to
		"a100 80gb ram": "gpu:a100 mem>=80", "a100 80 gb of ram": "gpu:a100 mem>=80",
		"a100 40gb vram": "gpu:a100 vram>=40", "a100 40gb or more": "gpu:a100 vram>=40",
		"40gb a100":               "vram>=40 gpu:a100",
		"$4/gpu price<1 ram 64gb": "pergpu<=4 price<1 mem>=64", "max $7 per gpu price<3": "pergpu<=7 price<3",
		"per gpu price<3": "pergpu<3", "$2 a gpu price<3 ram 64gb": "pergpu<=2 price<3 mem>=64",
		"total 640gb vram": "tvram>=640", "640 gb in total": "tvram>=640", "total of 640gb": "tvram>=640",
		"8 gpus total": "count:8", "2.5/gpu": "pergpu<=2.5", "under $2 a gpu": "pergpu<2",
		"a gpu with 80gb": "vram>=80",
		"under 50 cents":  "price<0.5", "50¢ per gpu": "pergpu<=0.5", "l4 for 2 usd per hour": "gpu:l4 price<=2",
		"1.001tb ram": "mem>=1001", "2x l4 2x": "count:2 gpu:l4", "l4 & us": "gpu:l4 area:us", "l4+t4": "gpu:l4,t4",
		"anything with 48gb": "vram>=48",
		"bare metal":         "type:bare-metal", "spot instances": "type:spot", "vm or spot": "type:vm,spot",
		"not spot": "-type:spot", "l4 without spot or vm": "gpu:l4 -type:spot,vm", "except china": "-area:china",
		"l4 -spot": "gpu:l4 -type:spot",
		"–spot":    "-type:spot", "cheapest l4": "gpu:l4 | price", "l4 by vram": "gpu:l4 | -vram",
		"most ram, t4": "gpu:t4 | -mem", "cheapest per gpu in europe": "area:europe | pergpu",
		"sort by price per gpu": " | pergpu",
		// mixed with the exact form
		"l4 price<3 europe.": "gpu:l4 price<3 area:europe", "gpu:l4 no spot": "gpu:l4 -type:spot",
		`"l4" 4x`: `"l4" count:4`, "carlsbad x": "", "please show me l4 instances": "gpu:l4",
		"l4 mi2*": "gpu:l4 mi2*", "euro": "euro*",
	} {
		q, err := Parse(said)
		have := q.String()
		if len(q.Sort) > 0 {
			have += " | " + q.Sort.String()
		}
		if said == "a100:40gb:4" {
			want = have // only has to be read without an error
		}
		if want == "" {
			if err == nil {
				t.Errorf("%q is read as %q", said, have)
			}
			continue
		}
		if err != nil || have != want {
			t.Errorf("%q is read as %q, %v; want %q", said, have, err, want)
		}
	}
}

// A filter with competing readings is read as one that is allowed; "?" allows an error or a question.
func TestAmbiguousFilters(t *testing.T) {
	for said, allowed := range map[string][]string{
		"ca":              {"?"},
		"l4 il":           {"?"},
		"de":              {"area:germany"},
		"in":              {""},
		"l4 me":           {"gpu:l4"},
		"us":              {"area:us"},
		"us east":         {`area:"us east"`},
		"us-east-1":       {`region="us-east-1"`},
		"georgia":         {"area:georgia"},
		"washington":      {"area:washington"},
		"new york":        {`area:"new york"`},
		"mexico":          {"area:mexico"},
		"new mexico":      {`area:"new mexico"`},
		"nice":            {"nice*", "?"},
		"ada":             {"gen:ada"},
		"rtx 6000 ada":    {`gpu:"rtx 6000 ada"`},
		"6000":            {"?"},
		"a 6000":          {"?"},
		"a6000":           {"gpu:a6000"},
		"a 100":           {`gpu:"a 100"`},
		"a 30":            {`gpu:"a 30"`},
		"4090":            {"gpu:4090"},
		"4 4090":          {"count:4 gpu:4090"},
		"4090 4":          {"gpu:4090 count:4"},
		"4090 ram":        {"mem>=4090", "?"},
		"3060 12":         {"?"},
		"a100 80":         {`gpu:"a100 80gb"`},
		"a100 8":          {"gpu:a100 count:8"},
		"80gb":            {"vram>=80"},
		"64gb":            {"vram>=64", "?"},
		"256gb":           {"?"},
		"1tb":             {"?"},
		"a100 64gb":       {"?"},
		"80gb memory":     {"?"},
		"512":             {"?"},
		"over 5":          {"?"},
		"under 5":         {"price<5"},
		"under 5 l4":      {"price<5 gpu:l4"},
		"max 4 l4":        {"count<=4 gpu:l4"},
		"max 20 l4":       {"price<=20 gpu:l4", "?"},
		"at least 4 l4":   {"count>=4 gpu:l4"},
		"at least 80 l4":  {"?"},
		"2 4":             {"?"},
		"2 or 4":          {"count:2,4"},
		"2x 4x":           {"?"},
		"1,000":           {"?"},
		"$1,000":          {"?"},
		"1,5":             {"?"},
		"unter 1,5":       {"price<1.5"},
		"l4, t4":          {"gpu:l4,t4"},
		"l4 pcie":         {`gpu:"l4 pcie"`},
		"h100 pcie":       {`gpu:"h100 pcie"`},
		"h100 or pcie":    {"?"},
		"europe germany":  {"area:europe area:germany"},
		"germany france":  {"area:germany,france"},
		"europe,l4":       {"?"},
		"not l4 or us":    {"?"},
		"not us, china":   {"-area:us area:china", "?"},
		"not us or china": {"-area:us,china"},
		"not us and l4":   {"-area:us gpu:l4"},
		"no l4 no":        {"?"},
		"h20":             {"gpu:h20"},
		"l40 s":           {`gpu:"l40 s"`},
		"ti":              {"?"},
		"super":           {"super*", "?"},
		"1 day":           {"?"},
		"per month":       {"?"},
		"€3":              {"?"},
		"3 eur":           {"?"},
		"best price":      {"?"},
		"70b":             {"70b"},
		"2 nodes":         {"?"},
		"3 hours":         {"?"},
	} {
		q, err := Parse(said)
		have := q.String()
		if err != nil {
			have = "?"
		}
		if !slices.Contains(allowed, have) {
			t.Errorf("%q is read as %q, %v; it may be %q", said, have, err, allowed)
		}
	}
}
