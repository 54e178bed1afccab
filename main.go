// Command gpupick browses the GPU instance types that Runcrate rents out and
// picks one. What it does is in package cli; the README says how to use it.
package main

import (
	"context"
	_ "embed"
	"os"

	"gpupick/tui/cli"
	"gpupick/tui/terminal/quiet"
)

//go:embed testdata/api/catalog.json
var demo []byte

func main() {
	quiet.Restore() // first: package quiet has changed TERM so that nothing queries the terminal
	os.Exit(cli.Program{Demo: demo}.Run(context.Background(), os.Args[1:], os.Environ(), os.Stdin, os.Stdout,
		os.Stderr))
}
