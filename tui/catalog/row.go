package catalog

import (
	"gpupick/api"
	"gpupick/tui/known"
)

// Row is one instance type of a Catalog: the values that the service gave, and those that follow from them. The zero
// Row means no row. Two Rows of one Catalog are the same row if they are equal. Code that outlives the Catalog keeps
// the id instead.
type Row struct {
	c *Catalog
	n int32 // the number of the row in the columns
}

// None reports whether r is no row at all.
func (r Row) None() bool { return r.c == nil }

func (r Row) gpu() *gpu       { return &r.c.gpus[r.c.offers.GPU[r.n]] }
func (r Row) region() *region { return &r.c.regions[r.c.offers.Region[r.n]] }

// InstanceType is the offer as the service gave it.
func (r Row) InstanceType() api.InstanceType { return r.c.offers.At(int(r.n)) }

// ID is the id that a create call takes.
func (r Row) ID() string { return r.c.offers.ID(int(r.n)) }

// IDBytes is the id, which must not be changed.
func (r Row) IDBytes() []byte { return r.c.offers.IDBytes(int(r.n)) }

// Is reports whether the row has that id.
func (r Row) Is(id string) bool { return string(r.c.offers.IDBytes(int(r.n))) == id }

// GPUType is the GPU as the service spells it.
func (r Row) GPUType() string { return r.gpu().Type }

// Region is the region as the service spells it.
func (r Row) Region() string { return r.c.offers.Regions.Values[r.c.offers.Region[r.n]] }

// DeploymentType is the type (vm, container, bare metal) as the service spells it.
func (r Row) DeploymentType() string { return r.c.offers.Types.Values[r.c.offers.Type[r.n]] }

// GPUCount is the number of GPUs.
func (r Row) GPUCount() api.Optional[int64] { return r.gpu().Count }

// GPUShare is the fraction of a GPU that the offer has; known only if it is less than one.
func (r Row) GPUShare() api.Optional[float64] { return r.gpu().Share }

// CPUCores is the number of vCPUs.
func (r Row) CPUCores() api.Optional[int64] { return api.Whole(r.c.offers.CPUCores[r.n]) }

// MemoryGB is the RAM in GB.
func (r Row) MemoryGB() api.Optional[int64] { return api.Whole(r.c.offers.MemoryGB[r.n]) }

// StorageGB is the disk in GB.
func (r Row) StorageGB() api.Optional[int64] { return api.Whole(r.c.offers.StorageGB[r.n]) }

// HourlyRate is the price of the whole offer, in USD per hour.
func (r Row) HourlyRate() api.Optional[float64] { return api.Known(r.c.offers.HourlyRate[r.n]) }

// PerGPU is the price per GPU, in USD per hour: the rate divided by the count.
func (r Row) PerGPU() api.Optional[float64] { return api.Known(r.c.perGPU[r.n]) }

// NoGPU reports whether the service says that there is no GPU. It is false if the service just does not name
// one.
func (r Row) NoGPU() bool { return r.gpu().none }

// Card is what the name of the GPU says, from our table, not from the service.
func (r Row) Card() known.Card { return *r.gpu().card }

// GPUKey is equal for rows with the same GPU; empty if the GPU has no name.
func (r Row) GPUKey() string { return r.gpu().key }

// Place is where the region is, from our table, not from the service.
func (r Row) Place() *known.Place { return &r.region().place }

// VRAM is the memory of one GPU in GB, a range if the name leaves it open. For a part of a card it is known
// only if the name says so.
func (r Row) VRAM() known.Size { return r.gpu().vram }

// TotalVRAM is the memory of all GPUs together, GB.
func (r Row) TotalVRAM() known.Size { return r.gpu().total }

// Bandwidth is the memory bandwidth of one GPU in GB/s, a range if the name leaves it open. For a fraction of a GPU it
// is unknown.
func (r Row) Bandwidth() known.Figure { return r.gpu().bandwidth }

// TFLOPS16 is the dense 16-bit arithmetic of one GPU in TFLOPS, a range if the name leaves it open. For a fraction of
// a GPU it is unknown.
func (r Row) TFLOPS16() known.Figure { return r.gpu().tflops }

// Change is how the row differs from an earlier list.
func (r Row) Change() Change { return r.c.change(r.n) }

// Was is the rate before the price went up or down, in USD per hour.
func (r Row) Was() api.Optional[float64] {
	if r.c.was == nil {
		return api.Optional[float64]{}
	}
	return api.Known(r.c.was[r.n])
}
