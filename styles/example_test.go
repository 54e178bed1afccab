package styles_test

import (
	"fmt"

	"gpupick/styles"
)

func ExampleNamed() {
	_, err := styles.Named("solarized")
	fmt.Println(err)
	// Output: no theme "solarized"; use one of auto, dark, light, plain
}
