//go:build !unix

package clipboard

import "os/exec"

func detach(*exec.Cmd) {}

func (c Clipboard) find(name string) (string, error) { return exec.LookPath(name) }
