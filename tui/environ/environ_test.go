package environ

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The folders of the test are below a temporary one, in place of the first slash.
func TestVars(t *testing.T) {
	root := t.TempDir()
	for _, home := range []string{"h", "b", "u"} {
		if err := os.Mkdir(filepath.Join(root, home), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	at := func(path string) string {
		name, value, is := strings.Cut(path, "=")
		if is && strings.HasPrefix(value, "/") {
			return name + "=" + filepath.Join(root, value)
		} else if strings.HasPrefix(path, "/") {
			return filepath.Join(root, path)
		}
		return path
	}
	for _, c := range []struct {
		vars                Vars
		home, config, state string
	}{
		{nil, "", "", ""},
		{Vars{"HOME=/h"}, "/h", "/h/.config/gpupick", "/h/.local/state/gpupick"},
		{Vars{"HOME=/a", "HOME=/b"}, "/b", "/b/.config/gpupick", "/b/.local/state/gpupick"},
		{Vars{"USERPROFILE=/u", "APPDATA=/roaming", "LOCALAPPDATA=/local"}, "/u", "/roaming/gpupick", "/local/gpupick"},
		{Vars{"HOME=/h", "XDG_CONFIG_HOME=/c", "XDG_STATE_HOME=/s"}, "/h", "/c/gpupick", "/s/gpupick"},
		{Vars{"HOME=/h", "XDG_CONFIG_HOME=c", "XDG_STATE_HOME="}, "/h", "/h/.config/gpupick",
			"/h/.local/state/gpupick"},
		{Vars{"HOME=h"}, "h", "", ""},
		{Vars{"HOME=/missing"}, "/missing", "", ""}, // it must not come into being
	} {
		for i := range c.vars {
			c.vars[i] = at(c.vars[i])
		}
		if h, con, st := c.vars.Home(), c.vars.Config(), c.vars.State(); h != at(c.home) || con != at(c.config) ||
			st != at(c.state) {
			t.Errorf("%q: %q, %q, %q", c.vars, h, con, st)
		}
	}
}
