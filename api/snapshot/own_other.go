//go:build !unix

package snapshot

import (
	"errors"
	"io/fs"
	"os"
)

// openOwn opens a file for reading. It refuses symbolic links and other special files.
func openOwn(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	return os.Open(path)
}

// ownedByUser always reports true: the folder is in the user's own profile, which the
// system protects.
func ownedByUser(fs.FileInfo) bool { return true }

func othersMayWrite(fs.FileInfo) bool { return false }
