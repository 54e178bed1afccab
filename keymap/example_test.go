package keymap_test

import (
	"fmt"

	"gpupick/keymap"
)

func ExampleDefault() {
	copying := keymap.Default().Table.Copy
	fmt.Println(copying.Keys(), copying.Help().Desc)
	// Output: [y] copy the id, or the marked ids, and stay
}
