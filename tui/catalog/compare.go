package catalog

import (
	"gpupick/api"
	"gpupick/tui/known"
)

// Figures by which rows are compared, computed from those that rows have. A figure is unknown if one of its
// parts is unknown.

// PerCPU is the price per vCPU, in USD per hour.
func (r Row) PerCPU() api.Optional[float64] { return over(r.rate(), r.c.offers.CPUCores[r.n]) }

// PerGB is the price per GB of RAM, in USD per hour.
func (r Row) PerGB() api.Optional[float64] { return over(r.rate(), r.c.offers.MemoryGB[r.n]) }

// PerVRAM is the price per GB of total VRAM, in USD per hour. It is unknown if the VRAM is a range.
func (r Row) PerVRAM() api.Optional[float64] {
	total := r.TotalVRAM()
	if total.Least != total.Most {
		return api.Optional[float64]{}
	}
	return over(r.rate(), leastOf(total))
}

// PerBandwidth is the price per TB/s of memory bandwidth of all GPUs together, in USD per hour. It is unknown if the
// bandwidth is a range.
func (r Row) PerBandwidth() api.Optional[float64] { return r.perFigure(r.Bandwidth()) }

// PerFLOP is the price per PFLOPS of dense 16-bit arithmetic of all GPUs together, in USD per hour.
func (r Row) PerFLOP() api.Optional[float64] { return r.perFigure(r.TFLOPS16()) }

// perFigure returns the price per thousand of a figure of one GPU.
func (r Row) perFigure(f known.Figure) api.Optional[float64] {
	if f.Least != f.Most || !f.Known() {
		return api.Optional[float64]{}
	}
	return over(r.c.perGPU[r.n], f.Least/1000)
}

// Measure is what prices are divided by to compare them.
type Measure int

// The measures. Prices per GPU are compared among offers of the same GPU, those by the other measures among all.
const (
	ByGPU Measure = iota
	ByVRAM
	ByBandwidth
	ByFLOPS
	measures
)

// Next is the measure after m, the first one after the last.
func (m Measure) Next() Measure { return (m + 1) % measures }

// Of returns a row's price by the measure, in USD per hour for a GPU, a GB of VRAM, a TB/s or a PFLOPS.
func (m Measure) Of(r Row) api.Optional[float64] {
	switch m {
	case ByVRAM:
		return r.PerVRAM()
	case ByBandwidth:
		return r.PerBandwidth()
	case ByFLOPS:
		return r.PerFLOP()
	}
	return r.PerGPU()
}

// Cost is the price of that many hours, in USD.
func (r Row) Cost(hours float64) api.Optional[float64] {
	return api.Known(r.rate() * hours)
}

// Lasts is the number of hours that a budget in USD lasts. It is unknown if the rate is 0.
func (r Row) Lasts(budget float64) api.Optional[float64] {
	return over(budget, r.rate())
}

// over returns a divided by b; unknown if one of them is unknown or b is 0 or less.
func over(a, b float64) api.Optional[float64] {
	if !(b > 0) { // also if b is NaN
		return api.Optional[float64]{}
	}
	return api.Known(a / b)
}

// rate is the price of the whole offer in USD per hour, NaN if it is unknown.
func (r Row) rate() float64 { return r.c.offers.HourlyRate[r.n] }

// Best reports for each value whether it is the best: the lowest, or the highest if higher. If all known values
// are equal, none is best.
func Best(values []api.Optional[float64], higher bool) []bool {
	best, worst := api.Optional[float64]{}, api.Optional[float64]{}
	better := func(a, b float64) bool { return a != b && (a > b) == higher }
	for _, v := range values {
		if v.Known && (!best.Known || better(v.Value, best.Value)) {
			best = v
		}
		if v.Known && (!worst.Known || better(worst.Value, v.Value)) {
			worst = v
		}
	}
	is := make([]bool, len(values))
	for i, v := range values {
		is[i] = v.Known && v == best && best != worst
	}
	return is
}
