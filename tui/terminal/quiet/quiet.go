// Package quiet keeps the terminal undisturbed until main runs.
//
// Importing Bubble Tea v1 queries the terminal for its background color before main: it writes OSC 11
// and CSI 6n and waits for the answer, up to five seconds on a terminal that gives none, even for
// --version and -o. It does not query a terminal whose TERM is "dumb". So this package, which is
// initialized before Bubble Tea, sets TERM to "dumb", and main begins by calling Restore.
//
// The width library reads RUNEWIDTH_EASTASIAN when it is imported, and would then count frames and dots as two columns,
// which terminals draw in one. So this package unsets it as well.
//
// This package is initialized first because Go initializes packages in the order of their import paths
// as soon as their imports are ready, and this package imports only os, which must not change. The test
// on a silent pseudo-terminal in tui/cli checks this.
package quiet

import "os"

// early are the variables that libraries read before main, with the value that they shall read; empty: none.
var early = []struct{ name, value string }{{"TERM", "dumb"}, {"RUNEWIDTH_EASTASIAN", ""}}

// before holds what they were, of those that were set.
var before = map[string]string{}

func init() {
	for _, v := range early {
		if was, set := os.LookupEnv(v.name); set {
			before[v.name] = was
		}
		put(v.name, v.value, v.value != "")
	}
}

// Restore puts the variables back to what they were.
func Restore() {
	for _, v := range early {
		was, set := before[v.name]
		put(v.name, was, set)
	}
}

func put(name, value string, set bool) {
	if set {
		_ = os.Setenv(name, value)
	} else {
		_ = os.Unsetenv(name)
	}
}
