package prefault

import (
	"sync"
	"syscall"
	"unsafe"
)

const (
	step          = 4 << 20 // by which Go's heap grows at least
	populateWrite = 23      // MADV_POPULATE_WRITE, Linux 5.14; older ones refuse it
)

var (
	one  sync.Mutex
	next = uintptr(unsafe.Pointer(new([64]byte))) &^ (step - 1) // the first of the heap that has not been taken
)

func init() { Heap() }

// Heap takes what the heap has grown by since it was last called.
func Heap() {
	one.Lock()
	defer one.Unlock()
	for {
		if _, _, err := syscall.Syscall(syscall.SYS_MADVISE, next, step, populateWrite); err != 0 {
			return // the heap ends here, or it cannot be done
		}
		next += step
	}
}
