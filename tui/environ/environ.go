// Package environ reads environment variables and the folders that they name. It reads them from a list
// that the caller passes in, so that tests can use their own.
package environ

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Vars are the variables of an environment, as os.Environ gives them: NAME=value.
type Vars []string

// Environ returns the list itself.
func (v Vars) Environ() []string { return v }

// Getenv returns the value of a variable; empty if it is not set. Of several with one name the last one
// counts, as it does for a program that is started with the list.
func (v Vars) Getenv(name string) string {
	for i := len(v) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(v[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// Home is the user's home directory, empty if there is none.
func (v Vars) Home() string {
	if home := v.Getenv("HOME"); home != "" {
		return home
	}
	return v.Getenv("USERPROFILE")
}

// Config is the folder for the user's settings; empty if the environment names none.
func (v Vars) Config() string { return v.folder([]string{"XDG_CONFIG_HOME", "APPDATA"}, ".config") }

// State is the folder for gpupick's own data; empty if the environment names none.
func (v Vars) State() string {
	return v.folder([]string{"XDG_STATE_HOME", "LOCALAPPDATA"}, filepath.Join(".local", "state"))
}

// folder returns gpupick's folder: inside the first folder that the variables in names name, or below
// the home directory. Relative paths do not count.
func (v Vars) folder(names []string, below string) string {
	for _, name := range names {
		if base := v.Getenv(name); filepath.IsAbs(base) {
			return filepath.Join(base, "gpupick")
		}
	}
	home := v.Home()
	if _, err := os.Stat(home); !filepath.IsAbs(home) || errors.Is(err, fs.ErrNotExist) {
		return "" // nobody's home: a folder in it would come into being with it
	}
	return filepath.Join(home, below, "gpupick")
}
