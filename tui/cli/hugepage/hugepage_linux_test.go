//go:build linux && (amd64 || arm64)

package hugepage

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// What is in the heap stays as it is, and huge pages were asked for before it grew,
// however much that is.
func TestTheHeapGrowsIntoIt(t *testing.T) {
	const pieces, looks = 160, 8
	var kept [][]byte
	asked := 0
	for i := range pieces {
		b := make([]byte, 1<<20)
		if i%(pieces/looks) == 0 && advised(t, uintptr(unsafe.Pointer(&b[1<<19]))) {
			asked++
		}
		copy(b, bytes.Repeat([]byte{byte(i)}, 1<<20))
		kept = append(kept, b)
		Heap()
	}
	for i, b := range kept {
		if !bytes.Equal(b, bytes.Repeat([]byte{byte(i)}, 1<<20)) {
			t.Fatalf("piece %d has changed", i)
		}
	}
	if first := uintptr(unsafe.Pointer(&kept[0][0])) &^ (step - 1); !advise(first, page, hugePage) {
		return // by a system that has none
	}
	if asked < looks-1 { // where room ends there may be a step that nobody asked for
		t.Errorf("of %d pieces only %d are where huge pages had been asked for", looks, asked)
	}
}

// advised reports whether huge pages were asked for, for the memory at an address.
func advised(t *testing.T, at uintptr) bool {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	var from, to uintptr // of the area that is described
	for line := range strings.Lines(string(maps)) {
		if flags, found := strings.CutPrefix(line, "VmFlags:"); found && from <= at && at < to {
			return slices.Contains(strings.Fields(flags), "hg")
		}
		if before, _, is := strings.Cut(line, " "); is && strings.Contains(before, "-") {
			_, _ = fmt.Sscanf(before, "%x-%x", &from, &to)
		}
	}
	t.Fatalf("%#x is in none of\n%s", at, maps)
	return false
}

// The same memory touched in small pages and in huge ones.
func BenchmarkTouch(b *testing.B) {
	for _, pages := range []string{"small", "huge"} {
		b.Run(pages, func(b *testing.B) {
			b.SetBytes(step)
			for b.Loop() {
				m, err := syscall.Mmap(-1, 0, 2*step, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
				if err != nil {
					b.Fatal(err)
				}
				first := -uintptr(unsafe.Pointer(&m[0])) & (step - 1)
				if pages == "huge" && !advise(uintptr(unsafe.Pointer(&m[first])), step, hugePage) {
					b.Skip("there are none")
				}
				for i := uintptr(0); i < step; i += 4096 {
					m[first+i] = 1
				}
				_ = syscall.Munmap(m)
			}
		})
	}
}
