package cli

import (
	"os"
	"strings"
	"testing"

	"gpupick/tui/settings"
)

// The settings in the README are valid, and name every setting and every column.
func TestTheREADMEShowsUsableSettings(t *testing.T) {
	body, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(body), "```yaml\n")
	shown, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the README shows no settings")
	}
	s, err := settings.Parse([]byte(shown), "README.md", choices)
	if err != nil || strings.Join(s.Columns, " ") != strings.Join(choices.Columns, " ") {
		t.Errorf("%+v, %v", s, err)
	}
	for _, name := range settings.Names() {
		if !strings.Contains(shown, name+":") {
			t.Errorf("it does not show %s", name)
		}
	}
}
