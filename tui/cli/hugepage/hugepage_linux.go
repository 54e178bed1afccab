//go:build linux && (amd64 || arm64)

package hugepage

import (
	"iter"
	"sync"
	"syscall"
	"unsafe"
)

const (
	page = 2 << 20
	step = 4 << 20  // by which Go's heap grows at least
	room = 64 << 20 // that is made at a time; see wide

	hugePage      = 14 // MADV_HUGEPAGE
	populateWrite = 23 // MADV_POPULATE_WRITE, Linux 5.14
	collapse      = 25 // MADV_COLLAPSE, Linux 6.1
)

var (
	one sync.Mutex
	end = uintptr(unsafe.Pointer(new([64]byte))) &^ (step - 1) // of the part of the heap for which huge pages were asked
)

func init() {
	first := end
	more()
	if !advise(first, page, collapse) { // it is in small pages already
		advise(first, page, populateWrite)
	}
}

// Heap asks for more, if the heap has outgrown what was asked for.
func Heap() {
	one.Lock()
	defer one.Unlock()
	advise(end, step, hugePage)
	if advise(end, step, populateWrite) { // refused where the heap does not reach yet
		more()
	}
}

// more makes room behind the end of the heap and asks for huge pages there.
func more() {
	next, _ := iter.Pull(func(func(struct{}) bool) { wide() })
	next()
	for last := end + step + room; end < last; end += step {
		advise(end, step, hugePage)
	}
}

// wide needs nearly so much stack as there is to be room, and touches none of it.
func wide()

func advise(at, size, advice uintptr) (done bool) {
	_, _, err := syscall.Syscall(syscall.SYS_MADVISE, at, size, advice)
	return err == 0
}
