// Package hugepage has the heap in pages of 2 MB instead of 4 kB.
//
// The first touch of each page is a fault. On most machines one costs well below a
// microsecond; on a virtual machine without nested page tables it is fifteen to twenty
// (go test -bench . ./tui/cli/hugepage), and then a start is faults more than anything
// else: 2,000 of them to show 5,000 rows, 16,000 for 100,000. Linux gives memory in
// pages of 2 MB to those who ask for it (MADV_HUGEPAGE), but one has to ask before it is
// touched, and the runtime touches what it gets at once, 4 MB at a time. So room for much
// more is made first and given back untouched: as a goroutine's stack, which goes back
// to the heap when that ends, without any garbage being collected. The heap grows into it.
//
// Room is address space; memory is taken as it is touched, as ever, though 2 MB at a time.
// Where address space is limited none is made. There, and where the system gives no huge
// pages, what the heap has grown by is taken with one call for every 4 MB
// (MADV_POPULATE_WRITE), which is better than nothing. Before Linux 5.14, which has no
// such call, nobody sees the heap outgrow its first room.
//
// The package is initialized early, so that the room is there for all others: it must go
// on importing next to nothing.
package hugepage
