package api

import (
	"iter"
	"math"
	"slices"
)

// Rows is a list of instance types that is stored by columns: the values of row i are at index i. What many rows have
// in common (the GPUs, the region, the type) is stored once, and a column has its number. A row takes 48
// bytes and those of its id in this form, an [InstanceType] 160 and more.
//
//	GPUs     0 {H100 SXM 8}  1 {A100 1}       ids   h100-us-1a100-eu-7h100-eu-3
//	GPU      0    1    0                      ends  9  18  27
//	MemoryGB 2048 120  1024
//
// The zero Rows is empty. As with slices, an older copy of a Rows stays as it was when rows are appended to a newer
// one, but only one of the two may be appended to.
type Rows struct {
	GPUs    Numbered[GPUs]
	Regions Numbered[string]
	Types   Numbered[string]

	GPU, Region, Type             []int32   // numbers of the values above
	CPUCores, MemoryGB, StorageGB []float64 // NaN where unknown; memory and storage in GB
	HourlyRate                    []float64 // USD per hour for the whole instance; NaN where unknown

	ids  []byte   // all ids, one after the other
	ends []uint32 // by row: index in ids of the end of its id
}

// GPUs is what an instance type says about its GPUs.
type GPUs struct {
	Type  string
	Count Optional[int64]
	Share Optional[float64]
}

// Numbered numbers different values in the order in which they come.
type Numbered[T comparable] struct {
	Values  []T // by number
	numbers map[T]int32
	last    int32 // the number that was asked for last: rows with the same value often follow each other
}

// number returns the number of a value, which is new if the value is.
func (n *Numbered[T]) number(v T) int32 {
	if len(n.Values) > 0 && n.Values[n.last] == v {
		return n.last
	}
	at, there := n.numbers[v]
	if !there {
		if n.numbers == nil {
			n.numbers = map[T]int32{}
		}
		at = int32(len(n.Values))
		n.Values, n.numbers[v] = append(n.Values, v), at
	}
	n.last = at
	return at
}

// RowsOf returns the rows of a list.
func RowsOf(list ...InstanceType) Rows {
	var r Rows
	r.grow(len(list), 0)
	for i := range list {
		r.Add(&list[i])
	}
	return r
}

// Len returns the number of rows.
func (r *Rows) Len() int { return len(r.ends) }

// grow makes room for n more rows whose ids have so many bytes.
func (r *Rows) grow(n, bytes int) {
	for _, column := range []*[]int32{&r.GPU, &r.Region, &r.Type} {
		*column = roomFor(*column, n)
	}
	for _, column := range []*[]float64{&r.CPUCores, &r.MemoryGB, &r.StorageGB, &r.HourlyRate} {
		*column = roomFor(*column, n)
	}
	r.ends, r.ids = roomFor(r.ends, n), roomFor(r.ids, bytes)
}

// roomFor returns a column with room for n more values. A full column doubles: with less, the copies that become
// garbage take more memory than the room that is unused.
func roomFor[T any](column []T, n int) []T {
	if cap(column)-len(column) >= n {
		return column
	}
	return append(make([]T, 0, max(len(column)+n, 2*len(column))), column...)
}

// Add appends a row.
func (r *Rows) Add(it *InstanceType) {
	r.ids = append(r.ids, it.ID...)
	r.add(it)
}

// add appends a row whose id, and nothing after it, has been appended to ids.
func (r *Rows) add(it *InstanceType) {
	r.GPU = append(r.GPU, r.GPUs.number(GPUs{it.GPUType, it.GPUCount, it.GPUShare}))
	r.Region = append(r.Region, r.Regions.number(it.Region))
	r.Type = append(r.Type, r.Types.number(it.DeploymentType))
	r.CPUCores = append(r.CPUCores, orNaN(it.CPUCores))
	r.MemoryGB = append(r.MemoryGB, orNaN(it.MemoryGB))
	r.StorageGB = append(r.StorageGB, orNaN(it.StorageGB))
	r.HourlyRate = append(r.HourlyRate, orNaN(it.HourlyRate))
	r.ends = append(r.ends, uint32(len(r.ids)))
}

// Append appends rows. A first page is not copied.
func (r *Rows) Append(more Rows) {
	if r.Len() == 0 {
		*r = more.Clone()
		return
	}
	r.grow(more.Len(), len(more.ids))
	r.GPU = appendNumbers(r.GPU, &r.GPUs, more.GPU, more.GPUs.Values)
	r.Region = appendNumbers(r.Region, &r.Regions, more.Region, more.Regions.Values)
	r.Type = appendNumbers(r.Type, &r.Types, more.Type, more.Types.Values)
	r.CPUCores = append(r.CPUCores, more.CPUCores...)
	r.MemoryGB = append(r.MemoryGB, more.MemoryGB...)
	r.StorageGB = append(r.StorageGB, more.StorageGB...)
	r.HourlyRate = append(r.HourlyRate, more.HourlyRate...)
	behind := uint32(len(r.ids))
	r.ids = append(r.ids, more.ids...)
	for _, end := range more.ends {
		r.ends = append(r.ends, behind+end)
	}
}

// Clone returns a copy that can be appended to, whatever is appended to r. The columns are copied when that is done.
func (r Rows) Clone() Rows {
	for _, column := range []*[]int32{&r.GPU, &r.Region, &r.Type} {
		*column = slices.Clip(*column)
	}
	for _, column := range []*[]float64{&r.CPUCores, &r.MemoryGB, &r.StorageGB, &r.HourlyRate} {
		*column = slices.Clip(*column)
	}
	r.GPUs, r.Regions, r.Types = r.GPUs.clone(), r.Regions.clone(), r.Types.clone()
	r.ids, r.ends = slices.Clip(r.ids), slices.Clip(r.ends)
	return r
}

func (n Numbered[T]) clone() Numbered[T] {
	n.Values = slices.Clone(n.Values)
	n.numbers = make(map[T]int32, len(n.Values))
	for i, v := range n.Values { // not the map, which may have values that only a newer copy has
		n.numbers[v] = int32(i)
	}
	n.last = 0
	return n
}

// appendNumbers appends the numbers of other values to a column, as the numbers that known has for these values.
func appendNumbers[T comparable](column []int32, known *Numbered[T], numbers []int32, values []T) []int32 {
	ours := make([]int32, len(values))
	for i, v := range values {
		ours[i] = known.number(v)
	}
	for _, n := range numbers {
		column = append(column, ours[n])
	}
	return column
}

// ID returns the id of row i.
func (r *Rows) ID(i int) string { return string(r.IDBytes(i)) }

// IDBytes returns the id of row i, which must not be changed.
func (r *Rows) IDBytes(i int) []byte { return r.IDs(i, i+1) }

// IDs returns the ids of the rows from i to just before j, one after the other. They must not be changed.
func (r *Rows) IDs(i, j int) []byte {
	from := uint32(0)
	if i > 0 {
		from = r.ends[i-1]
	}
	return r.ids[from:r.ends[j-1]]
}

// At returns row i.
func (r *Rows) At(i int) InstanceType {
	gpus := &r.GPUs.Values[r.GPU[i]]
	return InstanceType{ID: r.ID(i), GPUType: gpus.Type, GPUCount: gpus.Count, GPUShare: gpus.Share,
		CPUCores: Whole(r.CPUCores[i]), MemoryGB: Whole(r.MemoryGB[i]), StorageGB: Whole(r.StorageGB[i]),
		Region: r.Regions.Values[r.Region[i]], DeploymentType: r.Types.Values[r.Type[i]],
		HourlyRate: Known(r.HourlyRate[i])}
}

// All iterates over the rows.
func (r Rows) All() iter.Seq[InstanceType] {
	return func(yield func(InstanceType) bool) {
		for i := range r.Len() {
			if !yield(r.At(i)) {
				return
			}
		}
	}
}

// Known returns a value of a column, unknown for NaN.
func Known(v float64) Optional[float64] {
	if math.IsNaN(v) {
		return Optional[float64]{}
	}
	return Some(v)
}

// Whole returns a value of a column of whole numbers, unknown for NaN.
func Whole(v float64) Optional[int64] {
	if math.IsNaN(v) {
		return Optional[int64]{}
	}
	return Some(int64(v))
}

func orNaN[N int64 | float64](v Optional[N]) float64 {
	if !v.Known {
		return math.NaN()
	}
	return float64(v.Value)
}
