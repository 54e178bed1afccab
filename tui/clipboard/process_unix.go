//go:build unix

package clipboard

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// detach gives cmd a session of its own, and ends all of it when it is ended.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// find looks a tool up in the PATH of c's environment.
func (c Clipboard) find(name string) (string, error) {
	for _, dir := range filepath.SplitList(c.Environ.Getenv("PATH")) {
		if !filepath.IsAbs(dir) {
			continue // a tool out of the current directory is nobody's intent
		}
		path := filepath.Join(dir, strings.TrimSpace(name))
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return path, nil
		}
	}
	return "", errors.New("not found")
}
