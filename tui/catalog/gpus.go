package catalog

import (
	"strconv"
	"strings"

	"gpupick/api"
)

// makers are words in a GPU's name that say who made it and not what it is.
var makers = map[string]bool{"nvidia": true, "amd": true, "tesla": true, "geforce": true, "quadro": true}

// GPUKey is equal for two names of the same GPU: case, punctuation and the
// makers' words are left aside, so that "RTX4090" and "NVIDIA GeForce RTX 4090"
// are one. It is empty for an empty name.
func GPUKey(name string) string {
	runs := cutPrefixes(cutRuns(name))
	var b strings.Builder
	last := ""
	for _, r := range runs {
		if makers[r.text] {
			continue
		}
		if last != "" && digit(rune(last[0])) && digit(rune(r.text[0])) {
			b.WriteByte(' ') // A100-80GB is 100 and 80, not 10080
		}
		b.WriteString(r.text)
		last = r.text
	}
	if b.Len() == 0 {
		return Fold(name)
	}
	return b.String()
}

// ShortGPU is a GPU's name without the makers' words at its beginning, for where
// there is no room for all of it.
func ShortGPU(name string) string {
	for {
		first, rest, found := strings.Cut(name, " ")
		if !found || !makers[strings.ToLower(first)] || strings.TrimSpace(rest) == "" {
			return name
		}
		name = rest
	}
}

// anotherModel reports whether the run behind a match makes it another GPU:
// gpu:3060 is not an RTX 3060 Ti, gpu:l40 not an L40S, gpu:a10 not an A10G.
func anotherModel(next run) bool {
	switch next.text {
	case "ti", "super", "ada":
		return true
	case "s", "g", "d":
		return next.glued
	}
	return false
}

// memory is the VRAM of one card, GB, by the runs in its name. The first line
// that fits counts. A GPU that was sold with several sizes under the name alone
// is not here: a plain A100 may have 40 or 80, and unknown is unknown.
//
// Sources: NVIDIA data sheets (nvidia.com/en-us/data-center/…, design-visualization/…,
// geforce/graphics-cards/compare) and AMD Instinct and Radeon product pages
// (amd.com/en/products/accelerators), Intel Gaudi white papers; the document is
// named on each line.
var memory = []struct {
	name   string
	gb     int64
	source string
}{
	{"gb300", 288, "NVIDIA GB300 NVL72 data sheet"},
	{"gb200", 186, "NVIDIA GB200 NVL72 data sheet: 13.4 TB in 72"},
	{"b300", 288, "NVIDIA DGX B300 data sheet: 2.3 TB in eight"},
	{"b200", 180, "NVIDIA DGX B200 data sheet: 1,440 GB in eight"},
	{"h200", 141, "NVIDIA H200 data sheet"},
	{"h100 nvl", 94, "NVIDIA H100 data sheet, H100 NVL"},
	{"h100 mega", 80, "Google Cloud A3 Mega machine types"},
	{"h100", 80, "NVIDIA H100 data sheet, SXM and PCIe"},
	{"a100x", 80, "NVIDIA A100X converged accelerator data sheet"},
	{"h800", 80, "NVIDIA H800 data sheet"},
	{"l40s", 48, "NVIDIA L40S data sheet"},
	{"l40", 48, "NVIDIA L40 data sheet"},
	{"l4", 24, "NVIDIA L4 data sheet"},
	{"a40", 48, "NVIDIA A40 data sheet"},
	{"a30", 24, "NVIDIA A30 data sheet"},
	{"a16", 16, "NVIDIA A16 data sheet: 64 on a board of four GPUs"},
	{"a10g", 24, "Amazon EC2 G5 instances"},
	{"a10", 24, "NVIDIA A10 data sheet"},
	{"t4g", 16, "Amazon EC2 G5g instances"},
	{"t4", 16, "NVIDIA T4 data sheet"},
	{"p4", 8, "NVIDIA Tesla P4 data sheet"},
	{"k80", 12, "NVIDIA Tesla K80 data sheet: 24 on a board of two GPUs"},
	{"k520", 4, "NVIDIA GRID K520 data sheet: 8 on a board of two GPUs"},
	{"m60", 8, "NVIDIA Tesla M60 data sheet: 16 on a board of two GPUs"},
	{"m4000", 8, "NVIDIA Quadro M4000 data sheet"},
	{"p4000", 8, "NVIDIA Quadro P4000 data sheet"},
	{"rtx pro a 6000", 0, "not a name of NVIDIA's: an RTX A6000 has 48, an RTX PRO 6000 has 96"},
	{"rtx pro 6000", 96, "NVIDIA RTX PRO 6000 Blackwell data sheet"},
	{"rtx 6000 pro", 96, "NVIDIA RTX PRO 6000 Blackwell data sheet"},
	{"rtx 6000 ada", 48, "NVIDIA RTX 6000 Ada Generation data sheet"},
	{"rtx 5880 ada", 48, "NVIDIA RTX 5880 Ada Generation data sheet"},
	{"rtx 5000 ada", 32, "NVIDIA RTX 5000 Ada Generation data sheet"},
	{"rtx 4500 ada", 24, "NVIDIA RTX 4500 Ada Generation data sheet"},
	{"rtx 4000 ada", 20, "NVIDIA RTX 4000 Ada Generation data sheet"},
	{"rtx 2000 ada", 16, "NVIDIA RTX 2000 Ada Generation data sheet"},
	{"q rtx 8000", 48, "NVIDIA Quadro RTX 8000 data sheet"},
	{"q rtx 6000", 24, "NVIDIA Quadro RTX 6000 data sheet"},
	{"quadro rtx 8000", 48, "NVIDIA Quadro RTX 8000 data sheet"},
	{"quadro rtx 6000", 24, "NVIDIA Quadro RTX 6000 data sheet"},
	{"a6000", 48, "NVIDIA RTX A6000 data sheet"},
	{"a5000", 24, "NVIDIA RTX A5000 data sheet"},
	{"a4500", 20, "NVIDIA RTX A4500 data sheet"},
	{"a4000", 16, "NVIDIA RTX A4000 data sheet"},
	{"rtx 5090", 32, "GeForce RTX 5090 specifications"},
	{"rtx 5080", 16, "GeForce RTX 5080 specifications"},
	{"rtx 5070 ti", 16, "GeForce RTX 5070 Ti specifications"},
	{"rtx 5070", 12, "GeForce RTX 5070 specifications"},
	{"rtx 4090 d", 24, "GeForce RTX 4090 D specifications"},
	{"rtx 4090", 24, "GeForce RTX 4090 specifications"},
	{"rtx 4080", 16, "GeForce RTX 4080 specifications"},
	{"rtx 4080 s", 16, "GeForce RTX 4080 SUPER specifications"},
	{"rtx 4070 s ti", 16, "GeForce RTX 4070 Ti SUPER specifications"},
	{"rtx 4070 ti", 12, "GeForce RTX 4070 Ti specifications"},
	{"rtx 4070 s", 12, "GeForce RTX 4070 SUPER specifications"},
	{"rtx 4070", 12, "GeForce RTX 4070 specifications"},
	{"rtx 3090 ti", 24, "GeForce RTX 3090 Ti specifications"},
	{"rtx 3090", 24, "GeForce RTX 3090 specifications"},
	{"rtx 3080 ti", 12, "GeForce RTX 3080 Ti specifications"},
	{"rtx 3070 ti", 8, "GeForce RTX 3070 Ti specifications"},
	{"rtx 3070", 8, "GeForce RTX 3070 specifications"},
	{"rtx 3060 ti", 8, "GeForce RTX 3060 Ti specifications"},
	{"rtx 2080 ti", 11, "GeForce RTX 2080 Ti specifications"},
	{"rtx 2070", 8, "GeForce RTX 2070 specifications"},
	{"rtx 2060 s", 8, "GeForce RTX 2060 SUPER specifications"},
	{"gtx 1070 ti", 8, "GeForce GTX 1070 Ti specifications"},
	{"gtx 1070", 8, "GeForce GTX 1070 specifications"},
	{"mi355x", 288, "AMD Instinct MI355X data sheet"},
	{"mi350x", 288, "AMD Instinct MI350X data sheet"},
	{"mi325x", 256, "AMD Instinct MI325X data sheet"},
	{"mi300x", 192, "AMD Instinct MI300X data sheet"},
	{"mi250", 128, "AMD Instinct MI250 and MI250X data sheets"},
	{"mi210", 64, "AMD Instinct MI210 data sheet"},
	{"mi25", 16, "AMD Radeon Instinct MI25 data sheet"},
	{"v520", 8, "Amazon EC2 G4ad instances"},
	{"gaudi 3", 128, "Intel Gaudi 3 white paper"},
	{"gaudi 2", 96, "Intel Gaudi 2 white paper"},
}

// boards are names whose stated size is not one GPU's: it is that of a board of
// several (A16, K80, M60), or of the CPU beside it (GH200 480GB).
var boards = once(func() [][]run {
	return [][]run{cutRuns("gh200"), cutRuns("gb200"), cutRuns("gb300"), cutRuns("a16"), cutRuns("k80"), cutRuns("m60"), cutRuns("k520")}
})

var memoryRuns = once(func() [][]run {
	all := make([][]run, len(memory))
	for i, m := range memory {
		all[i] = cutPrefixes(cutRuns(m.name))
	}
	return all
})

// vram is the memory of one card, GB: the size that the name itself states
// ("A100-80GB", "RTX 4090 (48 GB mod)"), else that of the table.
func vram(name *text) api.Optional[int64] {
	if gb, ok := statedMemory(name); ok {
		return api.Some(gb)
	}
	for i, runs := range memoryRuns() {
		if name.has(runs, anotherModel) {
			return api.Optional[int64]{Value: memory[i].gb, Known: memory[i].gb > 0}
		}
	}
	return api.Optional[int64]{}
}

func statedMemory(name *text) (gb int64, ok bool) {
	for _, b := range boards() {
		if name.has(b, nil) {
			return 0, false
		}
	}
	for i := 1; i < len(name.runs); i++ {
		unit, size := name.runs[i], name.runs[i-1].text
		if unit.text != "gb" && (unit.text != "g" || !unit.glued) {
			continue
		}
		// "A10G" and "T4G" are models; a stated size stands apart from the letter before it.
		if gb, err := strconv.ParseInt(size, 10, 64); err == nil && gb >= 4 && gb <= 1024 && (i < 2 || !name.runs[i-1].glued) {
			return gb, true
		}
	}
	return 0, false
}
