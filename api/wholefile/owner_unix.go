//go:build unix

package wholefile

import (
	"os"
	"path/filepath"
	"syscall"
)

// keepOwner gives a new file the owner of the one that it replaces, or of the folder if there is none, so that root
// does not take a user's file away. For others it does nothing: they may not give files away.
func keepOwner(f *os.File, path string) {
	if os.Geteuid() != 0 {
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		info, err = os.Stat(filepath.Dir(path))
	}
	if err != nil {
		return
	}
	if of, ok := info.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(of.Uid), int(of.Gid)) // if it fails, the file is root's, as before
	}
}
