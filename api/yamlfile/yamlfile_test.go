package yamlfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A folder of somebody else, as HOME is in some containers, holds no file of ours. A file of ours that cannot be read
// is an error.
func TestFilesWithoutRights(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("root may read everything; on Windows there are no such rights")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, []byte("a: 1\n"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an unreadable file: %v", err)
	}
	if err := os.Chmod(dir, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if _, err := Read(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder without rights: %v", err)
	}
}
