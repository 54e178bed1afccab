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

// detach runs cmd in its own session, and kills its whole process group when cmd is canceled.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// find looks a tool up in the PATH of c's environment.
func (c Clipboard) find(name string) (string, error) {
	for _, dir := range filepath.SplitList(c.Environ.Getenv("PATH")) {
		if !filepath.IsAbs(dir) {
			continue // a relative folder could run a program from the current directory
		}
		path := filepath.Join(dir, strings.TrimSpace(name))
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return path, nil
		}
	}
	return "", errors.New("not found")
}
