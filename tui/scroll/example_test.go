package scroll_test

import (
	"fmt"

	"gpupick/tui/scroll"
)

// The cursor stays on screen, and the screen stays full.
func ExampleWindow() {
	w := scroll.Window{}.WithHeight(10).WithLen(100)
	w = w.To(42)
	fmt.Println(w.Cursor, "of", w.Len, "with line", w.Offset, "on top")
	w = w.WithLen(12)
	fmt.Println(w.Cursor, "of", w.Len, "with line", w.Offset, "on top")
	// Output:
	// 42 of 100 with line 33 on top
	// 11 of 12 with line 2 on top
}
