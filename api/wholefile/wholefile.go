// Package wholefile writes files that are whole or absent: whoever reads one
// while it is written, or after the writer was killed, finds the old file, or
// the new one, or none. What is written stands beside the file under a name of
// its own first, reaches the disk, and takes the file's place in one step.
package wholefile

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	prefix = ".gpupick-" // of what is being written
	suffix = ".tmp"
)

// Write makes write's output the content of the file at path, readable by its
// owner alone unless mode says otherwise. The folder must be there.
func Write(path string, mode os.FileMode, write func(io.Writer) error) (err error) {
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

// Sweep removes what killed writers have left in a folder: what is older than
// any write takes.
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
