package catalog

import "gpupick/api"

// Figures that rows are compared by, beside those that they have. Each is unknown
// where a part of it is.

// PerCPU is USD per hour and vCPU.
func (r Row) PerCPU() api.Optional[float64] { return over(r.p.HourlyRate, whole(r.p.CPUCores)) }

// PerGB is USD per hour and GB of RAM.
func (r Row) PerGB() api.Optional[float64] { return over(r.p.HourlyRate, whole(r.p.MemoryGB)) }

// PerVRAM is USD per hour and GB of the memory of all GPUs; unknown where that is a range.
func (r Row) PerVRAM() api.Optional[float64] {
	total := r.TotalVRAM()
	if total.Least != total.Most {
		return api.Optional[float64]{}
	}
	return over(r.p.HourlyRate, optional(total.Least, total))
}

// Cost is USD for so many hours.
func (r Row) Cost(hours float64) api.Optional[float64] {
	return api.Optional[float64]{Value: r.p.HourlyRate.Value * hours, Known: r.p.HourlyRate.Known}
}

// Lasts is for how many hours a budget of so many USD lasts. It is unknown at a
// rate of 0.
func (r Row) Lasts(budget float64) api.Optional[float64] {
	return over(api.Some(budget), r.p.HourlyRate)
}

// over is a over b, as far as there is a b to share by.
func over(a, b api.Optional[float64]) api.Optional[float64] {
	if !a.Known || !b.Known || b.Value <= 0 {
		return api.Optional[float64]{}
	}
	return api.Some(a.Value / b.Value)
}

// Best tells which of the values is the best: the lowest, or the highest if
// higher. There is none where all that are known are equal: nothing speaks for
// one of them.
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
