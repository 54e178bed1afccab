package clipboard_test

import (
	"bytes"
	"context"
	"fmt"

	"gpupick/tui/clipboard"
)

// Over SSH, one escape sequence asks the terminal to copy.
func ExampleClipboard() {
	var terminal bytes.Buffer
	c := clipboard.Clipboard{Mode: "osc52", GOOS: "linux", Environ: []string{"SSH_TTY=/dev/pts/0"}, Terminal: &terminal}
	outcome := c.Copy(context.Background(), "rapid-turing-h100x8-8616")
	fmt.Println(outcome.Say)
	fmt.Printf("%q\n", terminal.String())
	// Output:
	// sent to the terminal's clipboard (unconfirmed)
	// "\x1b]52;c;cmFwaWQtdHVyaW5nLWgxMDB4OC04NjE2\a"
}
