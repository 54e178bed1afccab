package wholefile_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"gpupick/api/wholefile"
)

// A write that fails leaves the old file, and no other.
func TestAFileIsWholeOrOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, c := range []struct {
		text string
		err  error
		want string
	}{{"old", nil, "old"}, {"half", io.ErrUnexpectedEOF, "old"}, {"new", nil, "new"}} {
		err := wholefile.Write(path, 0o640, func(w io.Writer) error {
			_, _ = io.WriteString(w, c.text)
			return c.err
		})
		have, _ := os.ReadFile(path)
		if err != c.err || string(have) != c.want {
			t.Errorf("%q, %v, want %q", have, err, c.want)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("%v", entries)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
