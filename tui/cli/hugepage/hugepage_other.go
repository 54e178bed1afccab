//go:build !linux || !(amd64 || arm64)

package hugepage

// Heap does nothing: the system is left to its ways.
func Heap() {}
