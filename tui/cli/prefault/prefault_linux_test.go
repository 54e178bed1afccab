package prefault

import (
	"bytes"
	"syscall"
	"testing"
	"unsafe"
)

// What is in the heap stays as it is, and what the heap has grown by is taken.
func TestHeapLeavesWhatIsInIt(t *testing.T) {
	var kept [][]byte
	before := next
	for i := range 64 {
		kept = append(kept, bytes.Repeat([]byte{byte(i)}, 1<<20))
		Heap()
	}
	for i, b := range kept {
		if !bytes.Equal(b, bytes.Repeat([]byte{byte(i)}, 1<<20)) {
			t.Fatalf("piece %d has changed", i)
		}
	}
	_, _, refused := syscall.Syscall(syscall.SYS_MADVISE, before, 0, populateWrite) // by a Linux that is too old
	switch taken := (next - before) >> 20; {
	case refused != 0 && taken != 0:
		t.Errorf("%d MB were taken by a system that cannot do it", taken)
	case refused == 0 && taken < 32:
		t.Errorf("of 64 MB only %d were taken", taken)
	}
}

// The same memory touched page by page, and taken at once before.
func BenchmarkTouch(b *testing.B) {
	for _, at := range []struct {
		name   string
		advice int
	}{{"page by page", 0}, {"at once", populateWrite}} {
		b.Run(at.name, func(b *testing.B) {
			b.SetBytes(step)
			for b.Loop() {
				m, err := syscall.Mmap(-1, 0, step, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
				if err != nil {
					b.Fatal(err)
				}
				if at.advice != 0 {
					if _, _, err := syscall.Syscall(syscall.SYS_MADVISE, uintptr(unsafe.Pointer(&m[0])), step, populateWrite); err != 0 {
						b.Skip(err)
					}
				}
				for i := 0; i < len(m); i += 4096 {
					m[i] = 1
				}
				_ = syscall.Munmap(m)
			}
		})
	}
}
