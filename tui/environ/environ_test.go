package environ

import "testing"

func TestVars(t *testing.T) {
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
	} {
		if h, con, st := c.vars.Home(), c.vars.Config(),
			c.vars.State(); h != c.home || con != c.config || st != c.state {
			t.Errorf("%q: %q, %q, %q", c.vars, h, con, st)
		}
	}
}
