package catalog

import (
	"gpupick/api"
	"gpupick/tui/known"
)

// None reports whether r is no row at all.
func (r Row) None() bool { return r.p == nil }

// InstanceType is the offer as the service gave it.
func (r Row) InstanceType() api.InstanceType { return *r.p.InstanceType }

// ID is the id that a create call takes.
func (r Row) ID() string { return r.p.ID }

// GPUType is the GPU as the service spells it.
func (r Row) GPUType() string { return r.p.GPUType }

// Region is the region as the service spells it.
func (r Row) Region() string { return r.p.Region }

// DeploymentType is the type (vm, container, bare metal) as the service spells it.
func (r Row) DeploymentType() string { return r.p.DeploymentType }

// GPUCount is the number of GPUs.
func (r Row) GPUCount() api.Optional[int64] { return r.p.GPUCount }

// GPUShare is the fraction of a GPU that the offer has; known only if it is less than one.
func (r Row) GPUShare() api.Optional[float64] { return r.p.GPUShare }

// CPUCores is the number of vCPUs.
func (r Row) CPUCores() api.Optional[int64] { return r.p.CPUCores }

// MemoryGB is the RAM in GB.
func (r Row) MemoryGB() api.Optional[int64] { return r.p.MemoryGB }

// StorageGB is the disk in GB.
func (r Row) StorageGB() api.Optional[int64] { return r.p.StorageGB }

// HourlyRate is the price of the whole offer, in USD per hour.
func (r Row) HourlyRate() api.Optional[float64] { return r.p.HourlyRate }

// PerGPU is the price per GPU, in USD per hour: the rate divided by the count.
func (r Row) PerGPU() api.Optional[float64] { return r.p.PerGPU }

// NoGPU reports whether the service says that there is no GPU. It is false if the service just does not name
// one.
func (r Row) NoGPU() bool { return r.p.NoGPU }

// Card is what the name of the GPU says, from our table, not from the service.
func (r Row) Card() known.Card { return r.p.Card }

// GPUKey is equal for rows with the same GPU; empty if the GPU has no name.
func (r Row) GPUKey() string { return r.p.GPUKey }

// Place is where the region is, from our table, not from the service.
func (r Row) Place() *known.Place { return r.p.Place }

// Change is how the row differs from an earlier list.
func (r Row) Change() Change { return r.p.Change }

// Was is the rate before the price went up or down, in USD per hour.
func (r Row) Was() api.Optional[float64] { return r.p.Was }
