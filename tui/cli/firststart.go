package cli

import (
	"os"
	"path/filepath"
)

// firstStart reports whether this is the user's first start, and records it in a
// file. If that fails, it reports false: better no welcome than one every time.
func (r *run) firstStart() bool {
	dir := r.environ.State()
	if dir == "" {
		return false
	}
	path := filepath.Join(dir, "started")
	if _, err := os.Lstat(path); err == nil || !os.IsNotExist(err) {
		return false
	}
	if os.MkdirAll(dir, 0o700) != nil {
		return false
	}
	return os.WriteFile(path, nil, 0o600) == nil
}
