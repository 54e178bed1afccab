package catalog

import (
	"math"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// packed holds only the values of a row that Run needs, in 88 bytes. Packed rows lie next to each other, so
// that reading a hundred thousand of them is one pass over a few megabytes.
type packed struct {
	codes [coded + 1]int32       // numbers of the row's spellings and of its GPU count; 0 is unknown
	num   [packedNumbers]float64 // NaN is unknown
}

// The numbers of a packed row.
const (
	packedPrice = iota
	packedPerGPU
	packedCPU
	packedMem
	packedDisk
	packedVRAM
	packedVRAMMost // upper bound of a range
	packedTotal
	packedTotalMost
	packedNumbers
)

// packedFields has the field of each number; -1 for the upper bound of a range.
var packedFields = [packedNumbers]query.Field{query.Price, query.PerGPU, query.CPU, query.Mem, query.Disk, query.VRAM,
	-1, query.TotalVRAM, -1}

// pack returns the packed form of a row.
func (l *lineage) pack(r Row) packed {
	it := r.p.InstanceType
	codes := [coded + 1]int32{r.p.codes[0], r.p.codes[1], r.p.codes[2], l.countCode(r)}
	return packed{codes: codes, num: [packedNumbers]float64{
		packedPrice: orNaN(it.HourlyRate), packedPerGPU: orNaN(r.p.PerGPU),
		packedCPU: orNaN(it.CPUCores), packedMem: orNaN(it.MemoryGB), packedDisk: orNaN(it.StorageGB),
		packedVRAM: leastOrNaN(r.VRAM()), packedVRAMMost: mostOrNaN(r.VRAM()), packedTotal: leastOrNaN(r.TotalVRAM()),
		packedTotalMost: mostOrNaN(r.TotalVRAM()),
	}}
}

func leastOrNaN(s known.Size) float64 { return orNaN(optional(s.Least, s)) }
func mostOrNaN(s known.Size) float64  { return orNaN(optional(s.Most, s)) }

func optional(v int64, of known.Size) api.Optional[float64] {
	return api.Optional[float64]{Value: float64(v), Known: of.Known()}
}

func orNaN[N int64 | float64](v api.Optional[N]) float64 {
	if !v.Known {
		return math.NaN()
	}
	return float64(v.Value)
}

// countCode returns the number of a row's GPU count, adding it if it is new.
func (l *lineage) countCode(r Row) int32 {
	if !r.p.GPUCount.Known {
		return 0
	}
	v := r.p.GPUCount.Value
	n, known := l.countCodes[v]
	if !known {
		n = int32(len(l.counts))
		l.countCodes[v] = n
		l.counts = append(l.counts, float64(v))
	}
	return n
}
