//go:build linux && (amd64 || arm64)

package hugepage

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// What is in the heap stays as it is, and huge pages were asked for before it grew,
// however much that is.
func TestTheHeapGrowsIntoIt(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // nothing is used twice
	const pieces = 96
	var kept [][]byte
	asked, before := 0, end
	for i := range pieces {
		b := make([]byte, 1<<20)
		if advised(t, uintptr(unsafe.Pointer(&b[1<<19]))) {
			asked++
		}
		for k := range b {
			b[k] = byte(i)
		}
		kept = append(kept, b)
		Heap()
	}
	for i, b := range kept {
		if bytes.Count(b, []byte{byte(i)}) != len(b) {
			t.Fatalf("piece %d has changed", i)
		}
	}
	_, _, refused := syscall.Syscall(syscall.SYS_MADVISE, before, 0, populateWrite) // by a Linux that is too old
	switch taken := (end - before) >> 20; {
	case huge && asked < pieces/2: // where room ends there are steps that nobody has asked for
		t.Errorf("of %d pieces only %d are where huge pages had been asked for", pieces, asked)
	case !huge && refused == 0 && taken < pieces/2:
		t.Errorf("of %d MB only %d were taken", pieces, taken)
	}
}

// Where no room is made the heap is taken as it grows.
func TestWithoutRoom(t *testing.T) {
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	again := exec.Command(binary, "-test.run=^TestTheHeapGrowsIntoIt$", "-test.count=1")
	again.Env = append(os.Environ(), "GOMEMLIMIT=1GiB")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAMemoryLimitIsRespected(t *testing.T) {
	if !affordable() {
		t.Error("there is no room at all")
	}
	t.Setenv("GOMEMLIMIT", "50MiB")
	if affordable() {
		t.Error("room is made although the memory is limited")
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
