package apitest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// This file makes the demo catalog and checks that the repository holds the same
// one. After a change: go test ./api/apitest -run Catalog -update
var update = flag.Bool("update", false, "write the demo catalog anew")

const catalogFile = "../../testdata/api/catalog.json"

// model is a GPU model as providers offer it.
type model struct {
	spellings []string // how providers write its name
	tag       string   // its name in ids
	counts    []int
	perGPU    float64 // USD per hour, about the middle of the rates
	cpus, ram int     // per GPU; ram in GB
	disk      int     // GB per GPU
	offers    int
}

var models = []model{
	{[]string{"H100 SXM", "NVIDIA H100 SXM", "H100-SXM", "H100_SXM5", "H100"}, "h100", []int{1, 2, 4, 8, 8}, 2.55, 26,
		225, 1000, 58},
	{[]string{"H100 PCIe", "H100_PCIe", "H100 PCIE"}, "h100", []int{1, 2, 4, 8}, 2.35, 24, 180, 750, 30},
	{[]string{"H100 NVL", "NVIDIA H100 NVL"}, "h100", []int{1, 2}, 2.45, 20, 160, 500, 10},
	{[]string{"H100-80GB-HBM3"}, "h100", []int{8}, 2.75, 24, 240, 3000, 5},
	{[]string{"H200", "NVIDIA H200", "H200 SXM"}, "h200", []int{1, 2, 4, 8, 8}, 3.35, 24, 240, 1500, 34},
	{[]string{"GH200", "NVIDIA GH200"}, "gh200", []int{1}, 1.95, 64, 430, 4000, 8},
	{[]string{"B200", "NVIDIA B200"}, "b200", []int{1, 4, 8, 8}, 4.95, 28, 250, 2500, 24},
	{[]string{"B300"}, "b300", []int{8}, 6.10, 30, 330, 3500, 6},
	{[]string{"A100", "NVIDIA A100"}, "a100", []int{1, 2, 4, 8}, 1.15, 14, 110, 500, 28},
	{[]string{"A100-80GB", "A100 80GB", "NVIDIA A100 80GB PCIe"}, "a100", []int{1, 2, 4, 8}, 1.45, 16, 120, 1000, 36},
	{[]string{"A100 SXM4"}, "a100", []int{4, 8}, 1.60, 16, 125, 1000, 12},
	{[]string{"A100X"}, "a100x", []int{1}, 1.50, 16, 120, 1000, 2},
	{[]string{"L4", "NVIDIA L4"}, "l4", []int{1, 2, 4, 8}, 0.62, 8, 32, 200, 34},
	{[]string{"L40", "NVIDIA L40"}, "l40", []int{1, 2, 4}, 0.78, 14, 90, 300, 16},
	{[]string{"L40S", "NVIDIA L40S"}, "l40s", []int{1, 2, 4, 8}, 0.95, 14, 96, 400, 32},
	{[]string{"A10", "NVIDIA A10"}, "a10", []int{1, 2, 4}, 0.55, 15, 100, 400, 18},
	{[]string{"A10G", "NVIDIA A10G"}, "a10g", []int{1, 4, 8}, 1.02, 12, 48, 300, 18},
	{[]string{"A16"}, "a16", []int{1, 2}, 0.48, 6, 60, 350, 5},
	{[]string{"A40"}, "a40", []int{1, 2, 4, 8}, 0.42, 9, 50, 200, 12},
	{[]string{"A4000", "RTX A4000", "RTXA4000"}, "a4000", []int{1, 2}, 0.17, 8, 24, 100, 10},
	{[]string{"A5000", "RTX A5000", "RTXA5000"}, "a5000", []int{1, 2, 4}, 0.26, 9, 32, 150, 14},
	{[]string{"RTX A6000", "A6000", "RTXA6000"}, "tesla-a6000", []int{1, 2, 4, 8}, 0.49, 12, 56, 250, 22},
	{[]string{"RTX 6000 Ada", "RTX6000-Ada"}, "rtx6000ada", []int{1, 2, 4}, 0.79, 14, 60, 400, 14},
	{[]string{"RTX PRO 6000", "RTXPRO6000", "NVIDIA RTX PRO 6000 Blackwell"}, "rtxpro6000", []int{1, 2, 4, 8}, 1.55, 16,
		90, 600, 18},
	{[]string{"RTX 4090", "RTX4090", "NVIDIA GeForce RTX 4090"}, "rtx4090", []int{1, 2, 4, 8}, 0.39, 8, 48, 200, 44},
	{[]string{"RTX 4090D"}, "rtx4090d", []int{1}, 0.35, 8, 48, 200, 3},
	{[]string{"RTX 5090", "RTX5090"}, "rtx5090", []int{1, 2, 4, 8}, 0.65, 10, 60, 300, 20},
	{[]string{"RTX 3090", "RTX3090"}, "rtx3090", []int{1, 2, 4, 8}, 0.19, 7, 32, 150, 22},
	{[]string{"RTX 3090 Ti"}, "rtx3090ti", []int{1, 2}, 0.22, 8, 32, 150, 5},
	{[]string{"RTX 3060", "RTX3060"}, "rtx3060", []int{1, 2}, 0.075, 6, 16, 60, 7},
	{[]string{"RTX 3060 Ti"}, "rtx3060ti", []int{1}, 0.08, 6, 16, 60, 3},
	{[]string{"T4", "Tesla T4", "NVIDIA T4"}, "t4", []int{1, 2, 4}, 0.38, 8, 30, 125, 16},
	{[]string{"T4G"}, "t4g", []int{1, 2}, 0.45, 8, 16, 100, 3},
	{[]string{"V100", "Tesla V100", "V100-32GB"}, "v100", []int{1, 4, 8}, 0.55, 8, 61, 200, 18},
	{[]string{"MI300X", "AMD MI300X"}, "mi300x", []int{1, 8, 8}, 2.05, 20, 220, 1500, 12},
	{[]string{"MI350X"}, "mi350x", []int{8}, 3.60, 24, 300, 3000, 3},
	{[]string{"GAUDI2"}, "gaudi2", []int{8}, 1.30, 19, 128, 900, 2},
}

// regions lists regions in the spellings of providers; the empty one makes rows without a region.
var regions = []string{
	"us-east-1", "us-west-2", "us-central-1", "us-south-1", "eu-west-1", "eu-central-1", "eu-north-1", "ap-northeast-1",
	"ap-southeast-2", "ca-central-1", "sa-east-1",
	"EU-SE-1", "EU-RO-1", "EUR-IS-1", "US-TX-3", "US-GA-1", "CA-MTL-1", "AP-JP-1", "OC-AU-1",
	"Norway, NO", "Quebec, CA", "Texas, US", ", US", "Sweden, SE", "Japan, JP, AS", "Iceland, IS, EU", "Türkiye, TR",
	"Bács-Kiskun, HU, EU",
	"frankfurt-germany-1", "london-uk-1", "newyork-usa-1", "montreal-canada-2",
	"CANADA-1", "NORWAY-1", "FIN-01", "europe-west4", "asia-southeast1", "eastus", "uksouth", "me-west1",
	"australiaeast", "global", "",
}

var adjectives = strings.Fields("stoic bold upbeat kind ample quiet brave calm eager fancy gentle happy jolly keen " +
	"lively merry noble proud rapid sharp swift tidy vivid warm wise young")
var surnames = strings.Fields("tharp tesla curie noether turing hopper euler gauss lovelace ramanujan franklin bohr " +
	"fermi dirac planck kepler galois hilbert banach perlman mirzakhani kolmogorov")

// dice rolls numbers that depend only on names, so that changing one line of the
// tables above changes only that line's rows.
type dice string

func (d dice) roll(what string, n int) int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%s", d, what)
	x := h.Sum64() // FNV mixes its last bytes badly: mix once more
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return int(x % uint64(n))
}

type demoRow struct {
	ID             string  `json:"id"`
	GPUType        string  `json:"gpu_type"`
	GPUCount       *int    `json:"gpu_count,omitempty"`
	CPUCores       any     `json:"cpu_cores"`
	MemoryGB       any     `json:"memory_gb"`
	StorageGB      any     `json:"storage_gb"`
	Region         string  `json:"region"`
	DeploymentType any     `json:"deployment_type,omitempty"`
	HourlyRate     float64 `json:"hourly_rate"`
}

func makeRows() []demoRow {
	var rows []demoRow
	for _, m := range models {
		for i := range m.offers {
			rows = append(rows, makeRow(m, i))
		}
	}
	rows = append(slices.DeleteFunc(rows, func(r demoRow) bool { return slices.Contains(replaced, r.ID) }),
		withoutGPU()...)
	slices.SortStableFunc(rows, func(a, b demoRow) int {
		switch {
		case a.HourlyRate < b.HourlyRate:
			return -1
		case a.HourlyRate > b.HourlyRate:
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	return rows
}

// replaced lists the ids of the rows that the rows without a GPU replace.
var replaced = []string{"ample-hopper-a40x2-31dc", "tidy-banach-a40x2-0d77", "calm-bohr-a40x2-2a57",
	"keen-kolmogorov-v100x4-727a", "eager-dirac-v100x4-4a74"}

// withoutGPU returns machines without a GPU, which the service lists too: their GPU count
// is 0, 1 or missing, and the cheapest costs less than any GPU.
func withoutGPU() []demoRow {
	count := func(n int) *int { return &n }
	return []demoRow{
		{ID: "sleepy-archimedes-cpu_small-de28", GPUType: "CPU", GPUCount: count(0), CPUCores: 2, MemoryGB: 8,
			StorageGB: 40, Region: "us-east-1", DeploymentType: "vm", HourlyRate: 0.03},
		{ID: "quiet-hypatia-cpu_small-1b7a", GPUType: "CPU", CPUCores: 4, MemoryGB: 16, StorageGB: 80,
			Region: "EU-SE-1", DeploymentType: "vm", HourlyRate: 0.06},
		{ID: "brisk-euclid-cpu_medium-93c4", GPUType: "CPU", GPUCount: count(0), CPUCores: 8, MemoryGB: 32,
			StorageGB: 160, Region: "frankfurt-germany-1", DeploymentType: "container", HourlyRate: 0.39},
		{ID: "calm-thales-cpu_large-07fe", GPUType: "CPU", GPUCount: count(1), CPUCores: 32, MemoryGB: 128,
			StorageGB: 500, Region: "CA-MTL-1", DeploymentType: "vm", HourlyRate: 0.78},
		{ID: "proud-eudoxus-cpu_xlarge-4d10", GPUType: "cpu", GPUCount: count(0), CPUCores: 64, MemoryGB: 256,
			StorageGB: 1000, Region: "us-west-2", DeploymentType: "bare-metal", HourlyRate: 1.2},
	}
}

func makeRow(m model, i int) demoRow {
	d := dice(fmt.Sprintf("%s/%d", m.spellings[0], i))
	count := m.counts[d.roll("count", len(m.counts))]
	size := []float64{0.75, 1, 1, 1.25}[d.roll("size", 4)]
	ask := m.perGPU * (0.8 + float64(d.roll("price", 13))/20) * float64(count)
	places := 100.0
	if d.roll("places", 6) == 0 {
		places = 10000 // some providers set rates to a hundredth of a cent
	}
	row := demoRow{
		GPUType:    m.spellings[d.roll("spelling", len(m.spellings))],
		GPUCount:   &count,
		CPUCores:   int(float64(m.cpus*count) * size),
		MemoryGB:   int(float64(m.ram*count) * size),
		StorageGB:  m.disk * count,
		Region:     regions[d.roll("region", len(regions))],
		HourlyRate: math.Max(0.05, math.Round(ask*places)/places),
	}
	switch d.roll("type", 8) {
	case 0, 1, 2:
		row.DeploymentType = "vm"
	case 3, 4:
		row.DeploymentType = "container"
	case 5:
		row.DeploymentType = "bare-metal"
	case 6:
		row.DeploymentType = "spot"
		row.HourlyRate = math.Max(0.05, math.Round(row.HourlyRate*0.6*places)/places)
	}
	if d.roll("null type", 3) == 0 && row.DeploymentType == nil {
		row.DeploymentType = json.RawMessage("null") // present, but null
	}
	if d.roll("no disk", 12) == 0 {
		row.StorageGB = nil
	}
	if d.roll("no cpu", 40) == 0 {
		row.CPUCores = nil
	}
	if d.roll("wild", 25) == 0 { // "32.0", as real answers have it
		row.MemoryGB = json.RawMessage(fmt.Sprintf("%d.0", row.MemoryGB))
	}
	tag := m.tag
	if count > 1 {
		tag = fmt.Sprintf("%sx%d", m.tag, count)
	}
	row.ID = fmt.Sprintf("%s-%s-%s-%04x", adjectives[d.roll("adjective", len(adjectives))],
		surnames[d.roll("surname", len(surnames))], tag, d.roll("id", 1<<16))
	return row
}

func makeCatalog(t *testing.T) []byte {
	var b bytes.Buffer
	b.WriteString("{\"data\": [\n")
	rows := makeRows()
	for i, r := range rows {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		if i < len(rows)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

func TestCatalogMatchesTheGenerator(t *testing.T) {
	want := makeCatalog(t)
	if *update {
		if err := os.WriteFile(catalogFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(catalogFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Error("testdata/api/catalog.json is not what the generator makes: go test ./api/apitest -run Catalog " +
			"-update")
	}
}

func TestCatalogHasUnusualRows(t *testing.T) {
	rows := makeRows()
	if n := len(rows); n < 400 || n > 800 {
		t.Errorf("%d rows, want 400 to 800", n)
	}
	ids, names, rates := map[string]bool{}, map[string]int{}, map[float64]int{}
	var nullType, noType, fourPlaces, noRegion, float int
	noGPU := 0
	for _, r := range rows {
		if strings.EqualFold(r.GPUType, "CPU") {
			noGPU++
		}
		if ids[r.ID] {
			t.Errorf("id %s is set twice", r.ID)
		}
		ids[r.ID] = true
		names[r.GPUType]++
		rates[r.HourlyRate]++
		switch v := r.DeploymentType.(type) {
		case nil:
			noType++
		case json.RawMessage:
			if string(v) == "null" {
				nullType++
			}
		}
		if _, ok := r.MemoryGB.(json.RawMessage); ok {
			float++
		}
		if cents := r.HourlyRate * 100; math.Abs(cents-math.Round(cents)) > 1e-6 {
			fourPlaces++
		}
		if r.Region == "" {
			noRegion++
		}
	}
	for what, n := range map[string]int{"null deployment_type": nullType, "absent deployment_type": noType,
		"four decimals": fourPlaces, "no GPU": noGPU,
		"no region": noRegion, "32.0": float, "equal prices": len(rows) - len(rates)} {
		if n == 0 {
			t.Errorf("no row with %s", what)
		}
	}
	for _, name := range []string{"L4", "L40", "L40S", "A10", "A10G", "A100", "RTX4090", "RTX 4090",
		"NVIDIA GeForce RTX 4090", "GH200", "H200", "T4G", "T4"} {
		if names[name] == 0 {
			t.Errorf("no row of %s", name)
		}
	}
}
