package catalog

import "math"

// packed is what Run needs to know of a row, and nothing else: 64 bytes, in one
// array for all rows, so that going over a hundred thousand of them is reading a few
// megabytes from front to back.
type packed struct {
	codes [coded]int32           // numbers of its spellings
	count int32                  // number of its GPU count; 0 is unknown
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
	packedNumbers
)

// packedFields are the fields of these numbers.
var packedFields = [packedNumbers]Field{Price, PerGPU, CPU, Mem, Disk, VRAM}

// pack is a row, packed.
func (l *lineage) pack(r *Row) packed {
	p := packed{codes: r.codes, count: l.countCode(r)}
	for i, f := range packedFields {
		p.num[i] = math.NaN()
		if v := fields[f].number(r); v.Known {
			p.num[i] = v.Value
		}
	}
	return p
}

// countCode is the number of a row's GPU count.
func (l *lineage) countCode(r *Row) int32 {
	if !r.GPUCount.Known {
		return 0
	}
	n, known := l.countCodes[r.GPUCount.Value]
	if !known {
		n = int32(len(l.counts))
		l.countCodes[r.GPUCount.Value] = n
		l.counts = append(l.counts, float64(r.GPUCount.Value))
	}
	return n
}
