package cli

import (
	"os"
	"strings"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/api/snapshot"
)

// completed returns the completions for the shell, without their descriptions.
func completed(t *testing.T, env []string, args ...string) string {
	t.Helper()
	out := runs(t, env, "", append([]string{"__complete"}, args...)...).out
	var words []string
	for line := range strings.Lines(out) {
		word, _, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		words = append(words, word)
	}
	return strings.Join(words, "|")
}

func TestTheShellCompletes(t *testing.T) {
	for _, c := range []struct{ typed, want, never string }{
		{"h1", "h100|:", "GH200"},
		{"8xh100 eu", "8xh100 europe|8xh100 eu-RO-1|", "8xh100 A"}, // values without offers are left out
		{"8xh", "8xh100|8xh200|:", ""},
		{"is:", "is:new|is:gone|is:up|is:down|", ""}, // whatever the list has
		{"maker:", "maker:nvidia|maker:amd|", ""},
		{"mem", "mem>=64gb|mem>=128gb|", "mem>=|"},
		{"reg", "region:|", ""},
		{"gpu:h1", "gpu:h100|", "PCIe"}, // spaces would have to be quoted twice
		{"!region:us-", "!region:us-", "EU"},
		{"count:", "count:1|count:8|count:4|", "x"},
		{"gpu:l40s,a1", "gpu:l40s,a1", ""},
		{"zzz:", "", "|:|"},
	} {
		have := completed(t, nil, "--demo", c.typed)
		if !strings.HasPrefix(have, c.want) || c.never != "" && strings.Contains(have, c.never) {
			t.Errorf("%q is completed to %s", c.typed, have)
		}
	}
	for _, c := range []struct{ flag, typed, want string }{{"--gpu", "h100", "H100|H100 NVL|"},
		{"--gpu", "h100_", "H100_PCIe|H100_SXM5|"}, {"--region", "us-", "US-GA-1|US-TX-3|"},
		{"--filter", "gh", "gh200|"}, {"--filter", "h100 eur", "h100 europe|"},
		{"--sort", "mem,pr", "mem,id|"}, {"--sort", "", "id|"}, {"--renderer", "", "auto|standard|"}} {
		if have := completed(t, nil, "--demo", c.flag, c.typed); !strings.HasPrefix(have, c.want) {
			t.Errorf("%s %q is completed to %s", c.flag, c.typed, have)
		}
	}
}

// The names come from the last good answer of the same account. Without such an answer
// there are none, and no request is sent.
func TestTheShellCompletesFromTheLastAnswer(t *testing.T) {
	home := t.TempDir()
	env := []string{"HOME=" + home, "XDG_STATE_HOME=" + home, "RUNCRATE_API_KEY=rc_live_a",
		"RUNCRATE_API_URL=http://127.0.0.1:1"}
	if have := completed(t, env, "--gpu", ""); have != ":4" {
		t.Errorf("without an answer %s", have)
	}
	base, err := api.ParseBase("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	client := api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials("rc_live_a", "")}, api.Options{})
	store := snapshot.Store{Dir: home + "/gpupick", Now: time.Now}
	if err := store.Save(client.Fingerprint(api.Ask{}),
		api.List{Rows: api.RowsOf([]api.InstanceType{{ID: "a", GPUType: "Only Here"}}...),
			At: time.Now().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if have := completed(t, env, "--gpu", "on"); have != "Only Here|:4" {
		t.Errorf("after an answer %s", have)
	}
	for i := range env {
		env[i] = strings.Replace(env[i], "rc_live_a", "rc_live_b", 1)
	}
	if have := completed(t, env, "--gpu", ""); have != ":4" {
		t.Errorf("another account sees %s", have)
	}
	if _, err := os.Stat(home + "/.config"); err == nil {
		t.Error("completing has left something behind")
	}
}

// The scripts for zsh and fish complete inside an open quote, too.
func TestTheScriptsKnowOpenQuotes(t *testing.T) {
	out := runs(t, nil, "", "completion", "zsh").out
	if !strings.Contains(out, "#compdef gpupick") || !strings.Contains(out, `eval "${requestComp}'"`) {
		t.Error("the library's script is another one now")
	}
	if out = runs(t, nil, "", "completion", "fish").out; strings.Count(out, "string replace -r") != 2 {
		t.Error("the library's script for fish is another one now")
	}
}

func TestFlagsAreDescribedWithoutQuotes(t *testing.T) {
	out := runs(t, nil, "", "__complete", "--").out
	if strings.Contains(out, "`") || !strings.Contains(out, "copy by WAY") {
		t.Errorf("the descriptions of the flags: %s", out)
	}
}
