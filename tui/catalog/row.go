package catalog

import (
	"gpupick/api"
	"gpupick/tui/known"
)

// None reports whether r is no row at all.
func (r Row) None() bool { return r.p == nil }

// InstanceType is the offer as the service gave it.
func (r Row) InstanceType() api.InstanceType { return *r.p.InstanceType }

// ID is what a create call takes.
func (r Row) ID() string { return r.p.ID }

// GPUType is the GPU as the service spells it.
func (r Row) GPUType() string { return r.p.GPUType }

// Region is the region as the service spells it.
func (r Row) Region() string { return r.p.Region }

// DeploymentType is the type as the service spells it: vm, container, bare metal.
func (r Row) DeploymentType() string { return r.p.DeploymentType }

// GPUCount is how many GPUs there are.
func (r Row) GPUCount() api.Optional[int64] { return r.p.GPUCount }

// GPUShare is which part of a GPU it is, known only where it is less than one.
func (r Row) GPUShare() api.Optional[float64] { return r.p.GPUShare }

// CPUCores is how many vCPUs there are.
func (r Row) CPUCores() api.Optional[int64] { return r.p.CPUCores }

// MemoryGB is the RAM in GB.
func (r Row) MemoryGB() api.Optional[int64] { return r.p.MemoryGB }

// StorageGB is the disk in GB.
func (r Row) StorageGB() api.Optional[int64] { return r.p.StorageGB }

// HourlyRate is the price of the whole offer, in USD per hour.
func (r Row) HourlyRate() api.Optional[float64] { return r.p.HourlyRate }

// PerGPU is the rate over the count, in USD per hour and GPU.
func (r Row) PerGPU() api.Optional[float64] { return r.p.PerGPU }

// NoGPU reports whether the service says that there is no GPU. One that it does not name is unknown.
func (r Row) NoGPU() bool { return r.p.NoGPU }

// Card is what the name of the GPU tells; from our table, not the service's.
func (r Row) Card() known.Card { return r.p.Card }

// GPUKey is equal for rows of the same GPU; empty if there is no name.
func (r Row) GPUKey() string { return r.p.GPUKey }

// Place is where the region is; from our table, not the service's.
func (r Row) Place() *known.Place { return r.p.Place }

// Change is what has become of it against an earlier list.
func (r Row) Change() Change { return r.p.Change }

// Was is the rate before it became dearer or cheaper, in USD per hour.
func (r Row) Was() api.Optional[float64] { return r.p.Was }
