//go:build unix

package wholefile_test

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"gpupick/api/wholefile"
)

// A file that root writes stays its owner's, and a new one is the folder's owner's.
func TestRootLeavesAFileToItsOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	const user, other = 12345, 23456
	dir := t.TempDir()
	old := filepath.Join(dir, "old")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(old, other, other); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, user, user); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]uint32{old: other, filepath.Join(dir, "new"): user} {
		if err := wholefile.Rewrite(path, 0o600, func(io.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if of := info.Sys().(*syscall.Stat_t); of.Uid != want || of.Gid != want {
			t.Errorf("%s belongs to %d:%d, want %d", path, of.Uid, of.Gid, want)
		}
	}
}
