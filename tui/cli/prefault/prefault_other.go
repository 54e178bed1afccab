//go:build !linux

package prefault

// Heap does nothing: the system is left to its ways.
func Heap() {}
