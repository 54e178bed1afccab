package api

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Optional is a value that the service may not have given. The zero Optional
// is unknown; Value means nothing unless Known is true.
type Optional[T any] struct {
	Value T
	Known bool
}

// Some returns a known value.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Known: true} }

// InstanceType is one combination of GPU, count and region that the service lists.
// Its texts are clean (see [CleanText]) and empty where the service gave none.
type InstanceType struct {
	ID       string          // opaque; call CheckID before using it in a command
	GPUType  string          // as the service spells it: "A100", "h100-sxm", "RTX 4090"
	GPUCount Optional[int64] // GPUs in the instance
	// fraction of one GPU, if the instance has less than one: 0.125; then GPUCount is unknown
	GPUShare       Optional[float64]
	CPUCores       Optional[int64]   // virtual CPUs
	MemoryGB       Optional[int64]   // RAM, GB
	StorageGB      Optional[int64]   // disk, GB
	Region         string            // free text: "us-east-1", "Quebec, CA"
	DeploymentType string            // "vm", "container", …; often missing
	HourlyRate     Optional[float64] // USD per hour for the whole instance
}

// maxIDLength is the maximum length of an id, in bytes.
const maxIDLength = 128

// usableID reports whether an id is safe to paste into a shell: it has only letters,
// digits and . _ : / @ + -, and begins with a letter or a digit. That excludes every
// character with a special meaning to a shell or a terminal.
func usableID(id string) bool {
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case i > 0 && strings.IndexByte("._:/@+-", c) >= 0:
		default:
			return false
		}
	}
	return id != "" && len(id) <= maxIDLength
}

// ChangedID reports whether CleanText has changed an id, or may have: it is not the service's then.
func ChangedID(id string) bool {
	return strings.ContainsRune(id, textMark) || utf8.RuneCountInString(id) >= textMax
}

// CheckID returns the reason why an id must not be copied, or nil. It rejects every
// id that CleanText has changed: the marks that CleanText inserts are not allowed.
func CheckID(id string) error {
	if usableID(id) {
		return nil
	}
	if len(id) > maxIDLength {
		return fmt.Errorf("the id is %d characters long; an id has at most %d", len(id), maxIDLength)
	}
	return fmt.Errorf("the id %q has characters that are not safe in a command", id)
}
