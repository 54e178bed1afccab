// Package quiet keeps the terminal undisturbed until main runs.
//
// Importing Bubble Tea v1 queries the terminal for its background color before main: it writes OSC 11
// and CSI 6n and waits for the answer, up to five seconds on a terminal that gives none, even for
// --version and -o. It does not query a terminal whose TERM is "dumb". So this package, which is
// initialized before Bubble Tea, sets TERM to "dumb", and main begins by calling Restore.
//
// This package is initialized first because Go initializes packages in the order of their import paths
// as soon as their imports are ready, and this package imports only os, which must not change. The test
// on a silent pseudo-terminal in tui/cli checks this.
package quiet

import "os"

var term, wasSet = os.LookupEnv("TERM")

func init() { _ = os.Setenv("TERM", "dumb") }

// Restore puts TERM back to what it was.
func Restore() {
	if wasSet {
		_ = os.Setenv("TERM", term)
	} else {
		_ = os.Unsetenv("TERM")
	}
}
