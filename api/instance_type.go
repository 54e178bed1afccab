package api

import (
	"fmt"
	"strings"
)

// Optional is a value that the service may not have given. The zero Optional
// is unknown; Value means nothing unless Known is true.
type Optional[T any] struct {
	Value T
	Known bool
}

// Some is a known value.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Known: true} }

// InstanceType is one combination of GPU, count and region that the service lists.
// Its texts are clean (see [CleanText]) and empty where the service gave none.
type InstanceType struct {
	ID       string          // opaque; see CheckID before it goes into a command
	GPUType  string          // as the service spells it: "A100", "h100-sxm", "RTX 4090"
	GPUCount Optional[int64] // GPUs in the instance
	// of one GPU, where the instance has but a part of it: 0.125; GPUCount is unknown then
	GPUShare       Optional[float64]
	CPUCores       Optional[int64]   // virtual CPUs
	MemoryGB       Optional[int64]   // RAM, GB
	StorageGB      Optional[int64]   // disk, GB
	Region         string            // free text: "us-east-1", "Quebec, CA"
	DeploymentType string            // "vm", "container", …; often missing
	HourlyRate     Optional[float64] // USD per hour for the whole instance
}

// idMost is how long an id may be.
const idMost = 128

// usableID reports whether an id may be pasted into a shell without surprises: a
// letter or a digit, then these and . _ : / @ + -. That leaves out everything that a
// shell, a URL or a terminal gives a meaning of its own.
func usableID(id string) bool {
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case i > 0 && strings.IndexByte("._:/@+-", c) >= 0:
		default:
			return false
		}
	}
	return id != "" && len(id) <= idMost
}

// CheckID reports why an id must not be copied, or nil. A cleaned id never
// passes unless cleaning left it as it was: every mark that CleanText puts is
// outside the permitted characters.
func CheckID(id string) error {
	if usableID(id) {
		return nil
	}
	if len(id) > idMost {
		return fmt.Errorf("the id is %d characters long; an id has at most %d", len(id), idMost)
	}
	return fmt.Errorf("the id %q has characters that are not safe in a command", id)
}
