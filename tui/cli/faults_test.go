//go:build unix

package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
)

// These faults show only with the real program in a real terminal.

// written writes a file below a home directory and returns its path.
func written(t *testing.T, home, path, text string) string {
	t.Helper()
	full := filepath.Join(home, path)
	if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o700), os.WriteFile(full, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	return full
}

// waitForExit waits for the program to end and does not look at the terminal, which may be closed.
func (c *console) waitForExit(within time.Duration) {
	c.t.Helper()
	select {
	case <-c.end:
	case <-time.After(within):
		c.t.Fatalf("it is still there after %v", within)
	}
}

func TestFaultTheWindowIsClosed(t *testing.T) {
	for _, script := range []string{"exec $GPUPICK --demo", "trap '' HUP; exec $GPUPICK --demo"} {
		c := opens(t, script).shows("624 listed")
		_ = c.tty.Close()
		c.waitForExit(5 * time.Second)
		if c.cmd.ProcessState.Success() {
			t.Errorf("%s: status 0", script)
		}
	}
}

// fillUp stops reading from the terminal and types until the program cannot write any more:
// a terminal buffers some tens of kilobytes, a screen is four or five.
func (c *console) fillUp() {
	c.t.Helper()
	c.mu.Lock() // stops the reader until the caller unlocks
	frame := time.NewTicker(20 * time.Millisecond)
	defer frame.Stop()
	for range 75 {
		<-frame.C
		if _, err := c.tty.WriteString("Gg?q\x06\x06"); err != nil {
			c.t.Fatal(err)
		}
	}
}

func TestFaultATerminalThatTakesNoOutput(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		c := opens(t, "exec $GPUPICK --demo").shows("624 listed")
		c.fillUp()
		if err := c.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		c.waitForExit(5 * time.Second)
		c.mu.Unlock()
		if have, want := c.cmd.ProcessState.ExitCode(), 128+int(signal); have != want {
			t.Errorf("status %d, want %d", have, want)
		}
		if after := c.mode(); after != c.before {
			t.Error("the terminal's mode was changed")
		}
	}
}

func TestFaultASecondSignalEndsAtOnce(t *testing.T) {
	c := opens(t, "exec $GPUPICK --demo").shows("624 listed")
	c.fillUp()
	defer c.mu.Unlock()
	for range 2 {
		if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
	}
	c.waitForExit(5 * time.Second)
	if after := c.mode(); after != c.before {
		t.Error("the terminal's mode was changed")
	}
}

func TestFaultOutputThatCannotBeWritten(t *testing.T) {
	c := opens(t, "exec $GPUPICK --demo -o csv >/dev/full").ends(1)
	say := "gpupick: cannot write the output: write /dev/stdout: no space left on device"
	if !strings.Contains(c.screen(), say) {
		t.Error(c.screen())
	}
	c = opens(t, "exec $GPUPICK --demo --clipboard off 8xh100 eu >/dev/full").shows("16 of 624").types("\r").ends(1)
	if !strings.Contains(c.bytes(), "gpupick: cannot write the id: write /dev/stdout: no space left on device; "+
		"it is rapid-turing-h100x8-8616") {
		t.Error(c.screen())
	}
	opens(t, "$GPUPICK --demo -o csv | head -n 1; echo status ${PIPESTATUS[0]}").shows("id,gpu_type").shows("status").
		ends(0)
	opens(t, "exec $GPUPICK --demo -o csv >&-").ends(0)
}

// Without a network the last answer is shown, is marked as old, and can be picked from.
func TestFaultOfflineInATerminal(t *testing.T) {
	server, env := service(t, demoCatalog(t), 100)
	c := opens(t, "$GPUPICK; echo; $GPUPICK --clipboard off", env...).shows("624 listed")
	c.until("it is kept", func() bool { return len(answers(t, c.home)) == 1 })
	server.Always(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	c.types("q").shows("list from ").shows("attempt 2 of 4").
		shows("the answer · r retries now").
		types("/8xh100 eu\r\r").ends(0)
	if !strings.Contains(c.screen(), "rapid-turing-h100x8-8616") ||
		!strings.Contains(c.screen(), "not confirmed by Runcrate") {
		t.Error(c.screen())
	}
}

// answers returns the files with saved answers below a home directory.
func answers(t *testing.T, home string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(home, ".local/state/gpupick/answer-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFaultNowhereToKeepTheList(t *testing.T) {
	_, env := service(t, demoCatalog(t), 100)
	for script, why := range map[string]string{
		"export HOME=/dev/null/x; exec $GPUPICK": "not a directory",
		"ulimit -f 8; exec $GPUPICK":             "file too large", // stands for a full disk
		"unset HOME; exec $GPUPICK":              "there is no home directory",
	} {
		c := opens(t, script, env...).shows("624 listed").shows("not saved for offline use: " + why).
			types("/8xh100 eu\r").
			shows("16 of 624").types("\x03").ends(130)
		if left := answers(t, c.home); len(left) > 0 {
			t.Errorf("%s: %v", script, left)
		}
	}
}

func TestFaultASettingsFileThatIsWrong(t *testing.T) {
	c := opens(t, "mkdir -p $HOME/.config/gpupick; echo 'them: dark' > $HOME/.config/gpupick/config.yaml; $GPUPICK "+
		"--demo; echo status $?; exec $GPUPICK --demo -o id").shows("status 2").ends(2)
	said := "gpupick: ~/.config/gpupick/config.yaml, line 1: no such setting; did you mean theme?"
	if strings.Count(c.bytes(), said) != 2 {
		t.Errorf("%q", c.bytes())
	}
	if help := opens(t, "exec $GPUPICK --help").ends(0).
		bytes(); !strings.Contains(help, "Settings are read from ~/.config/gpupick/config.yaml: theme, columns") {
		t.Errorf("%q", help)
	}
	opens(t, "mkdir -p $HOME/.config/gpupick/config.yaml; exec $GPUPICK --demo").
		shows("gpupick: ~/.config/gpupick/config.yaml: is a directory").ends(2)
	opens(t, "mkdir -p $HOME/x/gpupick; : > $HOME/x/gpupick/config.yaml; XDG_CONFIG_HOME=$HOME/x exec $GPUPICK --demo").
		shows("624 listed").types("q").ends(0)
}

func TestSettingsInATerminal(t *testing.T) {
	c := opens(t, `mkdir -p $HOME/.config/gpupick; printf '# mine\ntheme: plain\nsort: -mem\nmouse: true\nrefresh: `+
		`1m\ncolumns: [region, gpu, mem] # few\nkeys: {table: {quit: Q}} # not by accident\n' > `+
		`$HOME/.config/gpupick/config.yaml; exec $GPUPICK --demo`)
	c.shows("624 listed").shows("by RAM ↓").shows("every 1 min").until("the columns", func() bool {
		line := strings.Split(c.screen(), "\n")[2]
		r, g, m := strings.Index(line, "REGION"), strings.Index(line, "GPU"), strings.Index(line, "RAM")
		return r >= 0 && r < g && g < m && !strings.Contains(line, "$/HR")
	})
	c.until("the mouse to be on", func() bool { return strings.Contains(c.bytes(), "\x1b[?1002h") })
	if color.MatchString(c.bytes()) {
		t.Error("theme: plain has no effect")
	}
	c.types("C>w").shows("Columns saved in ~/.config/gpupick/config.yaml").types("qqQ").ends(0)
	if body, err := os.ReadFile(filepath.Join(c.home, ".config/gpupick/config.yaml")); err != nil ||
		string(body) != "# mine\ntheme: plain\nsort: -mem\nmouse: true\nrefresh: 1m\ncolumns: [gpu, region, mem] # "+
			"few\nkeys: {table: {quit: Q}} # not by accident\n" {
		t.Errorf("%s, %v", body, err)
	}
	c = opens(t, `mkdir -p $HOME/.config/gpupick; echo 'theme: dark' > $HOME/.config/gpupick/config.yaml; exec `+
		`$GPUPICK --demo`, "NO_COLOR=1").shows("624 listed").types("q").ends(0)
	if !color.MatchString(c.bytes()) {
		t.Error("a theme that was named is without colors under NO_COLOR")
	}
	// The order in the settings does not change printed output, and --refresh has a minimum.
	_, env := service(t, demoCatalog(t), 0)
	home := t.TempDir()
	written(t, home, ".config/gpupick/config.yaml", "sort: -price\n")
	env = append(env, "HOME="+home)
	if r := runs(t, env, "", "-o", "id", "-n", "1"); r.out != "quiet-bohr-rtx3060-021a\n" {
		t.Errorf("%+v", r)
	}
	for _, flag := range []string{"--refresh=1s", "--refresh=-30s"} {
		if r := runs(t, env, "", flag); r.status != 2 || !strings.Contains(r.errOut, "the minimum is 10s") {
			t.Errorf("%+v", r)
		}
	}
}

// TestFaultKeyIsNeverWritten runs every failure with a recognizable key
// and looks for it in everything that the program writes: output, screens, logs,
// files, and the arguments and environment of the tools that it runs.
func TestFaultKeyIsNeverWritten(t *testing.T) {
	server, env := service(t, demoCatalog(t), 100)
	home := t.TempDir()
	env = append(env, "HOME="+home)
	log := filepath.Join(home, "debug.log")
	var said strings.Builder
	tell := func(parts ...string) { said.WriteString(strings.Join(parts, "\n")) }
	printed := func(env []string, args ...string) ran {
		r := runs(t, env, "", append(args, "-o", "id", "--debug", log)...)
		tell(r.out, r.errOut)
		return r
	}
	faults := everyFault(server)
	for name, fault := range faults {
		server.Always(fault)
		if r := printed(env); r.status == 0 && !strings.HasPrefix(name, "ok") {
			t.Errorf("%s is no fault", name)
		}
	}
	server.Always(nil)
	for _, more := range [][]string{
		{"RUNCRATE_API_KEY=" + canary + "\nx"}, {"RUNCRATE_API_KEY=" + canary + " x"},
		{"RUNCRATE_API_KEY=\x1b" + canary}, {"RUNCRATE_API_KEY=Bearer  " + canary},
		{"RUNCRATE_API_URL=http://" + canary + "@runcrate.ai"}, {"RUNCRATE_API_URL=https://runcrate.ai/?k=" + canary},
		{"RUNCRATE_API_URL=" + canary},
		{"RUNCRATE_API_KEY=", "RUNCRATE_ACCESS_TOKEN=" + canary},
		{"RUNCRATE_API_KEY=", "RUNCRATE_ACCESS_TOKEN=" + canary, "RUNCRATE_PROJECT_ID=" + canary + "\n."},
		{"RUNCRATE_API_URL=http://127.0.0.1:1"},
	} {
		printed(append(env[:len(env):len(env)], more...))
	}
	for path, text := range map[string]string{
		".runcrate/config.yaml":       "api_key: " + canary + ": [\n",
		".config/gpupick/config.yaml": "theme: " + canary + "\n",
	} {
		other := t.TempDir()
		written(t, other, path, text)
		if r := printed([]string{"HOME=" + other, env[0]}); r.status != 2 {
			t.Errorf("%s: status %d, %s", path, r.status, r.errOut)
		}
	}
	tell(onScreens(t, server, faults, env)...)
	said.WriteString(filesBelow(t, home))
	if i := strings.Index(said.String(), canary); i >= 0 {
		t.Errorf("the key is in …%s…", said.String()[max(i-300, 0):min(i+100, said.Len())])
	}
	if body, _ := os.ReadFile(log); !bytes.Contains(body, []byte("path=/api/v1/instances/types status=401")) ||
		!bytes.Contains(body, []byte("status=503")) {
		t.Error("the log has not got what it is for")
	}
	if info, err := os.Stat(log); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// everyFault returns the ways in which an answer can be wrong, with the key in it wherever
// it fits.
func everyFault(s *apitest.Server) map[string]http.Handler {
	faults := map[string]http.Handler{
		"a web page": apitest.WebPage(),
		"a redirect": apitest.Redirect("https://" + canary + ".example/" + canary),
		"cut":        apitest.Cut(`{"data":[` + canary),
		"no JSON":    apitest.Body(canary),
		"null":       apitest.Body(`{"data":{"` + canary + `":1}}`),
		"a message":  apitest.Body(`{"message":"` + canary + `"}`),
		"ok: hostile ids": apitest.Body(`{"data":[{"id":"a b` + "`" + `"},{"id":"a"}],"meta":{"requestId":"` + canary +
			`","hasMore":true}}`),
		"ok: no ids":   apitest.Body(`{"data":[{"` + canary + `":1},{"id":"a"}],"meta":{"cursor":"` + canary + `"}}`),
		"a request id": apitest.With(apitest.Status(400, `{"error":"`+canary+`"}`), "X-Request-Id", canary),
		"asks to wait": apitest.With(apitest.Status(503, `{"error":"`+canary+`"}`), "Retry-After", "3600"),
		"headers":      apitest.With(apitest.Status(200, `{"data":[]}`), "X-More", strings.Repeat(canary, 5000)),
	}
	for _, status := range []int{400, 401, 402, 403, 404, 418, 422, 429, 500, 501, 502, 503, 504, 520} {
		faults[fmt.Sprint(status)] = apitest.Status(status,
			fmt.Sprintf(`{"error":{"code":"%s","message":"%s %s"}}`, canary, strings.Repeat("x", 180), canary))
	}
	return faults
}

// onScreens shows failures that do not depend on timing on a real screen, then copies
// with a tool that records everything it is given.
func onScreens(t *testing.T, server *apitest.Server, faults map[string]http.Handler, env []string) (seen []string) {
	for name, shows := range map[string]string{
		"401": "was rejected (401)", "422": "rejected the request", "a redirect": "would send your key",
		"a web page":   "captive portal",
		"asks to wait": "asks to wait until", "no JSON": "not valid JSON", "ok: hostile ids": "no cursor for them",
	} {
		server.Always(faults[name])
		c := opens(t, "exec $GPUPICK", env[:2]...).shows(shows).types("y?q").types("q").ends(0)
		seen = append(seen, c.bytes(), filesBelow(t, c.home))
	}
	server.Always(nil)
	c := opens(t,
		`mkdir $HOME/bin; printf '#!/bin/sh\ncat >$HOME/given; env >>$HOME/given; echo "$@" >>$HOME/given; '`+
			`'cat /proc/$PPID/cmdline >>$HOME/given' >$HOME/bin/xclip; chmod +x $HOME/bin/xclip
		DISPLAY=:7 PATH=$HOME/bin:$PATH exec $GPUPICK`, env[:2]...).
		shows("624 listed").types("y").shows("copied")
	c.until("it is kept", func() bool { return len(answers(t, c.home)) == 1 }).types("q").ends(0)
	given := filesBelow(t, c.home)
	if !strings.Contains(given, "quiet-bohr-rtx3060-021a") || !strings.Contains(given, "-selection clipboard") ||
		strings.Contains(given, "RUNCRATE_API_KEY") {
		t.Error("the tool was not given what it needs, or more")
	}
	return append(seen, c.bytes(), given)
}

// filesBelow returns the path and the content of every file below a directory.
func filesBelow(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		all.WriteString(path + "\n")
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		all.Write(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// Over SSH in a real tmux, y copies to the tmux buffer, and the notice says how to paste it.
func TestFaultCopyingInARealTmux(t *testing.T) {
	needs(t, "tmux")
	dir, err := os.MkdirTemp("", "gp") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	tmux := func(args ...string) string {
		cmd := exec.Command("tmux", append([]string{"-S", dir + "/s", "-f", "/dev/null"}, args...)...)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LANG=C.UTF-8", "TERM=xterm",
			"SSH_TTY=/dev/pts/9"}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("tmux %v: %v", args, err)
		}
		return string(out)
	}
	defer tmux("kill-server")
	tmux("new-session", "-d", "-s", "x", "-x", "100", "-y", "30", path+" --demo gh200")
	shows := func(text string) (screen string) {
		for give := time.Now().Add(patience); !strings.Contains(screen, text); screen = tmux("capture-pane", "-p", "-t",
			"x") {
			if time.Now().After(give) {
				t.Fatalf("no %q on\n%s", text, screen)
			}
		}
		return screen
	}
	shows("8 of 624")
	tmux("send-keys", "-t", "x", "j", "y")
	screen := shows("in the tmux buffer (prefix ] pastes) · demo id, not a real offer")
	if have := tmux("show-buffer"); api.CheckID(have) != nil || !strings.Contains(screen, " "+have+" in the tmux") {
		t.Errorf("the buffer has %q\n%s", have, screen)
	}
}

// During a pause of ours, r retries at once; one that the service asked for is not cut short. q quits at once.
func TestFaultKeysAnswerDuringAPause(t *testing.T) {
	server, env := service(t, demoCatalog(t), 0)
	busy := apitest.With(apitest.Status(503, `{"error":"too busy"}`), "Retry-After", "30")
	server.Always(busy)
	opens(t, "exec $GPUPICK", env...).shows("attempt 2 of 4 in 30 s").shows("too busy").types("r").
		shows("Runcrate asks to wait ").types("q").ends(0)
	server.Always(apitest.Status(503, `{"error":"too busy"}`))
	c := opens(t, "exec $GPUPICK", env...).shows("attempt 2 of 4")
	server.Always(nil)
	c.types("r").shows("624 listed").types("q").ends(0)
}
