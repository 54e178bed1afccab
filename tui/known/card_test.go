package known

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// memoryIn formats a size as the test tables do: "80", "40-80", "-".
func memoryIn(s Size) string {
	switch {
	case !s.Known():
		return "-"
	case s.Least == s.Most:
		return fmt.Sprint(s.Least)
	}
	return fmt.Sprintf("%d-%d", s.Least, s.Most)
}

// The memory of one GPU, by kind of name.
func TestMemoryOfACard(t *testing.T) {
	for kind, names := range map[string]map[string]string{
		"a card": {"H100": "80", "H100 NVL": "94", "NVIDIA H200": "141", "L4": "24", "L40": "48", "L40S_PCIE": "48",
			"A10": "24", "A10G": "24", "T4": "16", "T4G": "16", "MI25": "16", "GAUDI2": "96", "B200": "180",
			"RTX 3060 Ti": "8", "Tesla P4": "8", "GTX 1070": "8", "TITAN V": "12", "Arc B580": "12",
			"Radeon RX 7900 XTX": "24", "AMD Radeon Pro V520": "8", "gpu_8x_h100_sxm5": "80"},
		"a card that comes in several": {"A100": "40-80", "A100 SXM4": "40-80", "V100": "16-32", "RTX 3080": "10-12",
			"P100": "12-16", "GH200": "96-144", "RTX PRO 5000": "48-72", "RTX 4060 Ti": "8-16", "RTX6000": "24-48"},
		"a size in the name": {"A100-80GB": "80", "A100_80G_PCIE": "80", "NVIDIA A100 80GB PCIe": "80",
			"V100_32G_PCIE": "32", "A100-SXM4-40GiB": "40", "A100 40960MiB": "40", "V100 16Gi": "16",
			"RTX A2000 6GB": "6", "GH200 144GB HBM3e": "144",
			"RTX PRO 6000 96GB": "96", "H100.80GB": "80", "A100 40/80GB": "40-80", "V100 16GB/32GB": "16-32",
			"something new 64GB": "64"},
		"no size of one card": {"A100 20GB": "-", "H100 40GB": "-", "H100 640GB": "-", "RTX 3090 48GB": "-",
			"something new": "-", "something new 640GB": "-", "": "-", "NVIDIA": "-"},
		"the memory of the CPU": {"GH200 480GB": "96-144", "NVIDIA GH200 624GB": "96-144"},
		"rebuilt with more":     {"RTX 4090 (48 GB mod)": "48", "RTX 2080 Ti 22GB modded": "22"},
		"a total": {"4x A100 320GB": "80", "8x H200 1128GB": "141", "2xL40S 96GB": "48",
			"8x H100 80GB": "80", "A100x4 80GB": "80"},
		"a slice": {"A100 MIG 3g.20gb": "20", "NVIDIA H100 80GB HBM3 MIG 1g.10gb": "10",
			"A30-2g.12gb": "12", "H200 MIG 1g.18gb+me": "18", "H100 MIG": "-"},
		"a fraction": {"A10 (1/3)": "8", "A10 1/6": "4", "H100 1/2": "40", "A100 (1/2)": "20-40",
			"A100 80GB 1/4": "20", "L4 1/5": "-", "½ L40S": "24"},
		"a profile": {"L40S-24Q": "24", "A40-8C": "8", "A16-4B": "4", "GRID A100D-40C": "40"},
		"a laptop's": {"RTX 4080 Laptop GPU": "12", "RTX 4090 Mobile": "16", "RTX 3070 Max-Q": "8",
			"RTX 3060 Notebook": "6", "RTX 9999 Laptop": "-", "RTX PRO 6000 Blackwell Max-Q Workstation Edition": "96"},
		"SUPER, in every writing": {"RTX 4070 Ti SUPER": "16", "RTX4070TiSUPER": "16", "RTX 4070S Ti": "16",
			"RTX 4080S": "16", "2080 SUPER": "8", "RTX 4070 Super": "12"},
		"Ada, in every writing": {"RTX4000AdaGeneration": "20", "RTX5000Ada": "32", "RTX-6000-Ada": "48",
			"6000 Ada": "48", "RTX 2000 Ada": "16"},
		"D, Pro and Quadro": {"4090D": "24", "RTX 5090 D": "32", "RTX 6000 Pro": "96", "rtxpro6000": "96",
			"Quadro RTX 6000": "24", "Q RTX 8000": "48", "Quadro RTX 4000": "8", "RTX 4000": "8-20",
			"NVIDIA RTX PRO-A6000 SE": "-"},
	} {
		for name, want := range names {
			if have := memoryIn(CardOf(name).Memory); have != want {
				t.Errorf("%s: %q has %s, want %s", kind, name, have, want)
			}
		}
	}
}

func TestSpellingsOfTheSameCard(t *testing.T) {
	seen := map[string]string{}
	for _, same := range [][]string{
		{"RTX 4090", "RTX4090", "NVIDIA GeForce RTX 4090", "nvidia-geforce-rtx-4090", "4090", "rtx_4090"},
		{"T4", "Tesla T4", "NVIDIA T4", "NVIDIA Tesla T4", "T4 16GB"},
		{"AMD Instinct MI300X", "MI300X", "AMD MI300X", "MI300X 192GB"},
		{"H100 SXM", "h100-sxm", "NVIDIA H100_SXM5", "NVIDIA H100 80GB HBM3", "HGX H100", "DGX H100"},
		{"H100 PCIe", "H100_PCIE", "H100-80G-PCIe", "H100 PCI-E"},
		{"H100 NVL", "NVIDIA H100_NVL", "H100 NVL 94GB"},
		{"H100", "NVIDIA H100", "H100 80GB", "8xH100"},
		{"A100 80GB", "A100-80GB", "NVIDIA A100 80Gi"},
		{"A100", "NVIDIA A100", "A100 Tensor Core GPU"},
		{"A100 SXM 80GB", "A100_80G_SXM4", "a100_sxm4_80g_dgx"},
		{"RTX A6000", "A6000", "RTXA6000", "A6000_PCIE_LOW_RAM"},
		{"RTX 4080 SUPER", "RTX 4080S", "RTX4080SUPER"},
		{"RTX 6000 Ada", "RTX6000-Ada", "RTX 6000 Ada Generation"},
		{"RTX PRO 6000", "RTX 6000 Pro", "RTXPRO6000", "RTX PRO 6000 Blackwell"},
		{"Quadro RTX 6000", "Q RTX 6000"}, {"RTX 6000", "RTX6000"}, {"RTX 4090 D", "RTX 4090D"},
		{"A100 MIG 3g.20gb"}, {"A100 1/2"}, {"A10"}, {"A10G"}, {"L4"}, {"L40"}, {"L40S"}, {"GH200", "GH200 480GB"},
		{"H200"}, {"RTX 4090 Laptop", "RTX 4090 Mobile"}, {"B200", "HGX B200"},
	} {
		for _, name := range same {
			c := CardOf(name)
			if c.Name != same[0] || c.Key != CardOf(same[0]).Key {
				t.Errorf("%q is %q (%q), want %q", name, c.Name, c.Key, same[0])
			}
		}
		key := CardOf(same[0]).Key
		if other, twice := seen[key]; twice {
			t.Errorf("%s and %s are one", same[0], other)
		}
		seen[key] = same[0]
	}
	// Names that the table does not have are the same card if their words are the same.
	if a, b := CardOf("NVIDIA New-5"), CardOf("new 5"); a.Key != b.Key || a.Key == "" || a.Name != "" {
		t.Errorf("%+v, %+v", a, b)
	}
	for _, name := range []string{"CPU", "cpu-only", "None"} {
		if c := CardOf(name); !c.None || c.Key != "" {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestFormGenerationArchAndMaker(t *testing.T) {
	for name, want := range map[string]string{
		"H100 SXM": "SXM Hopper  NVIDIA", "H100": " Hopper  NVIDIA", "H100 NVL": "NVL Hopper  NVIDIA",
		"L40S": "PCIe Ada  NVIDIA", "MI300X": "OAM CDNA3  AMD", "GH200": " Hopper arm NVIDIA",
		"T4G":     "PCIe Turing arm NVIDIA",
		"Gaudi 3": " Gaudi 3  Intel", "RTX 4090 Laptop": "Laptop Ada  NVIDIA", "unheard of": "   ",
	} {
		if c := CardOf(name); fmt.Sprintf("%s %s %s %s", c.Form, c.Generation, c.Arch, c.Maker) != want {
			t.Errorf("%q: %+v, want %q", name, c, want)
		}
	}
}

// Each line of the table is complete, has a source, and its names are read as that card.
func TestCardTable(t *testing.T) {
	seen := map[string]string{}
	for i, f := range table("cards.tsv") {
		if len(f) != 8 || strings.TrimSpace(f[7]) == "" {
			t.Fatalf("line %d: %q", i+2, f)
		}
		for _, name := range append([]string{f[0]}, strings.Split(emptyIfDash(f[1]), "; ")...) {
			if name == "" {
				continue
			}
			if c := CardOf(name); c.Name != f[0] {
				t.Errorf("line %d: %q is read as %q", i+2, name, c.Name)
			}
			if key := nameOf(name).lookup(); seen[key] != "" {
				t.Errorf("line %d: %q stands in two lines", i+2, name)
			} else {
				seen[key] = f[0]
			}
		}
		size := sizeOf(f[2])
		if f[2] != memoryIn(size) || size.Least > size.Most {
			t.Errorf("line %d: %q is no size", i+2, f[2])
		}
		// Our name with a size is read as the same card.
		for _, v := range []int64{size.Least, size.Most} {
			if c := CardOf(fmt.Sprintf("%s %dGB", f[0], v)); v > 0 &&
				(memoryIn(c.Memory) != fmt.Sprint(v) || CardOf(c.Name).Key != c.Key) {
				t.Errorf("line %d: with %d GB it is %+v", i+2, v, c)
			}
		}
	}
}

func TestShortCard(t *testing.T) {
	for name, want := range map[string]string{"NVIDIA H100 SXM": "H100 SXM", "NVIDIA GeForce RTX 4090": "RTX 4090",
		"NVIDIA": "NVIDIA", "Tesla ": "Tesla ", "H100": "H100", "RTX NVIDIA": "RTX NVIDIA",
		"Quadro RTX 6000": "Quadro RTX 6000"} {
		if have := ShortCard(name); have != want {
			t.Errorf("%q: %q, want %q", name, have, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"H100 SXM": "h100sxm", "A100-80GB": "a10080gb", "Türkiye, TR": "turkiyetr",
		"Hafnarfjarðarkaupstaður": "hafnarfjardarkaupstadur", "Łódź": "lodz", "": "", "–": "",
	} {
		if have := Fold(in); have != want {
			t.Errorf("%q: %q, want %q", in, have, want)
		}
	}
}

// Any name gives no panic and a valid size, and our name of the card is read as the same card.
// Every line of the figures belongs to a card of the table, has a source, and is plausible: 8-bit arithmetic is not
// slower than 16-bit, and of a range the least comes first.
func TestFigures(t *testing.T) {
	cards := Cards()
	seen := map[string]bool{}
	for _, f := range table("figures.tsv") {
		if !slices.Contains(cards, f[0]) || seen[f[0]] {
			t.Errorf("%s is not in the table, or twice", f[0])
		}
		seen[f[0]] = true
		of := figures()[f[0]]
		for _, g := range []Figure{of.Bandwidth, of.TFLOPS16, of.TFLOPS8} {
			if g.Least > g.Most || g.Least < 0 || g.Most > 30_000 || g.Known() && g.Least == 0 {
				t.Errorf("%s: %v", f[0], g)
			}
		}
		if len(f[6]) < 8 || (of.Format8 != "") != of.TFLOPS8.Known() || of.TFLOPS8.Known() && of.TFLOPS16.Known() &&
			of.TFLOPS8.Most < of.TFLOPS16.Most {
			t.Errorf("%q", f)
		}
	}
	for name, want := range map[string]float64{"NVIDIA H100 80GB HBM3": 3350, "H100 PCIe": 2000, "L4": 300,
		"MI300X":   5300,
		"RTX 4090": 1008, "H100 1g.10gb": 0, "Unheard Of 9000": 0} {
		if have := CardOf(name).Bandwidth; have.Least != want || have.Most != want {
			t.Errorf("%s: %v GB/s, want %v", name, have, want)
		}
	}
}

func FuzzCard(f *testing.F) {
	for _, name := range []string{"A100 MIG 4g.40gb", "8xH100 640GB", "RTX4070TiSUPER", "A10 (1/6)", "A10-4Q", "½ L40S",
		"RTX PRO 6000 Blackwell Max-Q Workstation Edition", "99999999x", "1/0 A10", "0g.0gb", "東京"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		c := CardOf(name)
		if c.Memory.Least < 0 || c.Memory.Least > c.Memory.Most || c.None && c.Key != "" {
			t.Errorf("%q: %+v", name, c)
		}
		if again := CardOf(c.Name); c.Name != "" && again.Key != c.Key {
			t.Errorf("%q is called %q, which is %q and not %q", name, c.Name, again.Key, c.Key)
		}
		if p := PlaceOf(name); p.Country != "" && p.Continent == "" {
			t.Errorf("%q: %+v", name, p)
		}
	})
}
