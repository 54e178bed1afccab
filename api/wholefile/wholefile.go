// Package wholefile writes files that are complete or absent: a reader finds the
// old file, the new file or no file, even while it is being written or after the
// writer was killed. The content first goes to a temporary file in the same
// folder, is flushed to disk, and then replaces the file in one step.
package wholefile

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	prefix = ".gpupick-" // of the temporary files
	suffix = ".tmp"
)

// Write replaces the file at path with write's output, and gives it the
// permissions mode. The folder must exist.
func Write(path string, mode os.FileMode, write func(io.Writer) error) error {
	return replace(path, mode, write, func(*os.File) {})
}

// Rewrite does what Write does, and leaves the file to the owner that it has.
func Rewrite(path string, mode os.FileMode, write func(io.Writer) error) error {
	return replace(path, mode, write, func(f *os.File) { keepOwner(f, path) })
}

func replace(path string, mode os.FileMode, write func(io.Writer) error, own func(*os.File)) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), prefix+"*"+suffix)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	own(f)
	if err = f.Chmod(mode); err != nil {
		return err
	}
	if err = write(f); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Sweep removes temporary files that killed writers left in a folder: those that
// are older than any write takes.
func Sweep(dir string, now time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) || !strings.HasSuffix(e.Name(), suffix) {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
