// Package prefault takes memory in large pieces that would else come page by page.
//
// The first touch of each 4 kB of the heap is a fault. On most machines one costs well
// below a microsecond; on a virtual machine without nested page tables it is
// fifteen to twenty (go test -bench . ./tui/cli/prefault), and then a start is faults more than
// anything else: 2,000 of them to show 5,000 rows, 16,000 for 100,000. So what the
// heap has been given by the system is taken with one call for every 4 MB
// (MADV_POPULATE_WRITE), which leaves what is in it as it is. It costs what the heap has
// been given and would not have used, which is little: a heap grows when it is full.
//
// It is initialized early, so that the first 4 MB are there for all other packages:
// it must go on importing next to nothing.
package prefault
