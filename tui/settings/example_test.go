package settings_test

import (
	"fmt"

	"gpupick/tui/settings"
)

func ExampleParse() {
	choices := settings.Choices{Themes: []string{"dark", "light"}}
	s, err := settings.Parse([]byte("theme: dark\nrefresh: 1m\n"), "config.yaml", choices)
	fmt.Println(s.Theme, s.Refresh, err)
	_, err = settings.Parse([]byte("mouse: false\nthem: dark\n"), "config.yaml", choices)
	fmt.Println(err)
	// Output:
	// dark 1m0s <nil>
	// config.yaml, line 2: no such setting; did you mean theme?
}
