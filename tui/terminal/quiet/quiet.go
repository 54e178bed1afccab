// Package quiet keeps the terminal undisturbed until main runs.
//
// Importing Bubble Tea v1 asks the terminal for its background color before
// main: it writes OSC 11 and CSI 6n and waits for the answer, up to five
// seconds on a terminal that gives none, even for --version and -o. It asks
// nothing of a terminal whose TERM is "dumb". So this package, which is
// initialized before it, says so, and Restore takes it back as the first thing
// that main does.
//
// It is initialized first because Go initializes packages in the order of their
// import paths as soon as what they import is ready, and this one imports only
// os: it must stay so. The test on a silent pseudo-terminal in tui/cli guards it.
package quiet

import "os"

var term, had = os.LookupEnv("TERM")

func init() { _ = os.Setenv("TERM", "dumb") }

// Restore puts TERM back to what it was.
func Restore() {
	if had {
		_ = os.Setenv("TERM", term)
	} else {
		_ = os.Unsetenv("TERM")
	}
}
