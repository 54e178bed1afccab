//go:build unix

package snapshot

import (
	"io/fs"
	"os"
	"syscall"
)

// openOwn opens a file to read, unless its name leads elsewhere, or to something
// that would keep us waiting.
func openOwn(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
}

// own reports whether a file is ours.
func own(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Getuid()
}

func othersMayWrite(info fs.FileInfo) bool { return info.Mode().Perm()&0o022 != 0 }
