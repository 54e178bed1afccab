package cli

import (
	"os"
	"path/filepath"
)

// firstStart reports whether this is the first start on this account, and notes
// that it has been. Where that cannot be noted nobody is greeted: better no
// greeting than one every time.
func (r *run) firstStart() bool {
	dir := r.stateDir()
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

// stateDir is where gpupick notes things for itself, empty if there is no place.
func (r *run) stateDir() string {
	for _, base := range []string{r.env("XDG_STATE_HOME"), r.env("LOCALAPPDATA")} {
		if filepath.IsAbs(base) {
			return filepath.Join(base, "gpupick")
		}
	}
	if home := r.home(); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", "gpupick")
	}
	return ""
}
