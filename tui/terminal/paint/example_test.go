package paint_test

import (
	"fmt"

	"gpupick/tui/terminal/paint"
)

// When one digit of a frame changes, only that digit is written.
func ExamplePainter() {
	var p paint.Painter
	p.Frame("H100 SXM  2.49\nH200 SXM  3.35", 20, 2)
	fmt.Printf("%q\n", p.Frame("H100 SXM  2.39\nH200 SXM  3.35", 20, 2))
	// Output: "\x1b[1;13H3"
}
