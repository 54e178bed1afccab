package export_test

import (
	"fmt"

	"gpupick/tui/export"
)

// A command line is quoted for a shell only where it has to be.
func ExampleShell() {
	fmt.Println(export.Shell("gpupick", "--filter", "8xh100 price<25", "--sort", "pergpu"))
	// Output: gpupick --filter '8xh100 price<25' --sort pergpu
}
