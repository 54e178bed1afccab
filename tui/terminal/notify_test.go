package terminal

import (
	"bytes"
	"strings"
	"testing"
)

func TestNotify(t *testing.T) {
	for _, c := range []struct {
		environ []string
		want    string
	}{
		{nil, "\a\x1b]9;gpupick: 8× B200, $29\a"},
		{[]string{"TERM=rxvt-unicode-256color"}, "\a\x1b]777;notify;gpupick;8× B200, $29\a"},
		{[]string{"TERM=foot"}, "\a\x1b]777;notify;gpupick;8× B200, $29\a"},
		{[]string{"VTE_VERSION=7600"}, "\a\x1b]777;notify;gpupick;8× B200, $29\a"},
		{[]string{"TMUX=/tmp/x,1,0"}, "\a\x1bPtmux;\x1b\x1b]9;gpupick: 8× B200, $29\a\x1b\\"},
		{[]string{"STY=1.x"}, "\a\x1bP\x1b]9;gpupick: 8× B200, $29\a\x1b\\"},
	} {
		var out bytes.Buffer
		if err := (Notifier{Out: &out, Environ: c.environ}).Notify("gpupick", "8× B200; $29"); err != nil ||
			out.String() != c.want {
			t.Errorf("%v: %q, %v; want %q", c.environ, out.String(), err, c.want)
		}
	}
}

// TestNotifyRemovesControlCharacters checks that no text can end the sequence that holds it.
func TestNotifyRemovesControlCharacters(t *testing.T) {
	var out bytes.Buffer
	_ = Notifier{Out: &out}.Notify("a\x1b\\b", "c\ad\u009ce\n;4;1"+strings.Repeat("x", 1000))
	if want := "\a\x1b]9;a\\b: cde,4,1" + strings.Repeat("x", notifyMost-7) + "\a"; out.String() != want {
		t.Errorf("%q", out.String())
	}
}
