//go:build !unix

package snapshot

import (
	"errors"
	"io/fs"
	"os"
)

// openOwn opens a file to read, unless its name leads elsewhere.
func openOwn(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	return os.Open(path)
}

// own: the folder is in the user's own profile, whose rights are the system's
// to keep.
func own(fs.FileInfo) bool { return true }

func othersMayWrite(fs.FileInfo) bool { return false }
