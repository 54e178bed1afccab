//go:build linux && (amd64 || arm64)

package hugepage

import (
	"iter"
	"strings"
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
	one   sync.Mutex
	first = new([64]byte)                                // of what is in the heap, or near it
	end   = uintptr(unsafe.Pointer(first)) &^ (step - 1) // of the part of the heap that is seen to
	huge  = given() && affordable()
)

func init() {
	if !huge {
		Heap()
		return
	}
	more()
	begun := uintptr(unsafe.Pointer(first)) &^ (page - 1) // in small pages already
	if !advise(begun, page, collapse) {
		advise(begun, page, populateWrite)
	}
}

// Heap sees to what the heap has outgrown.
func Heap() {
	one.Lock()
	defer one.Unlock()
	if huge {
		advise(end, step, hugePage)
	}
	for advise(end, step, populateWrite) { // refused where the heap does not reach yet
		if huge {
			more()
			return
		}
		end += step
	}
}

// more makes room behind the end of the heap and asks for huge pages there.
func more() {
	if !affordable() {
		huge = false
		return
	}
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

// given reports whether the system has huge pages for those who ask.
func given() bool {
	file, err := syscall.Open("/sys/kernel/mm/transparent_hugepage/enabled", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	var b [64]byte
	n, err := syscall.Read(file, b[:])
	_ = syscall.Close(file)
	return err == nil && !strings.Contains(string(b[:n]), "[never]")
}

// affordable reports whether so much address space can be had, and room to spare: it
// may be limited (ulimit -v, strict overcommit), and the runtime ends a program that
// asks for what it does not get. A limit on its memory, which counts room, is the
// user's wish to have little.
func affordable() bool {
	if _, limited := syscall.Getenv("GOMEMLIMIT"); limited {
		return false
	}
	probe, err := syscall.Mmap(-1, 0, 4*room, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return false
	}
	return syscall.Munmap(probe) == nil
}
