// Package environ reads the environment: the variables, and the folders that they name. It reads a
// list that is handed in, so that tests have their own.
package environ

import (
	"path/filepath"
	"strings"
)

// Vars are the variables of an environment, as os.Environ gives them: NAME=value.
type Vars []string

// Environ is the list itself.
func (v Vars) Environ() []string { return v }

// Getenv is the value of a variable, empty if there is none. The last one of several counts, as it does
// for the programs that are started with the list.
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

// Config is the folder for the user's own settings, empty if there is no place.
func (v Vars) Config() string { return v.folder([]string{"XDG_CONFIG_HOME", "APPDATA"}, ".config") }

// State is the folder for what gpupick notes for itself, empty if there is no place.
func (v Vars) State() string {
	return v.folder([]string{"XDG_STATE_HOME", "LOCALAPPDATA"}, filepath.Join(".local", "state"))
}

// folder is that of gpupick in the first of the named folders that there is, or below the home directory.
// A folder that is not named from the root on is none.
func (v Vars) folder(names []string, below string) string {
	for _, name := range names {
		if base := v.Getenv(name); filepath.IsAbs(base) {
			return filepath.Join(base, "gpupick")
		}
	}
	if home := v.Home(); filepath.IsAbs(home) {
		return filepath.Join(home, below, "gpupick")
	}
	return ""
}
