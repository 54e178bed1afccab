package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// binary builds the real program once and returns its path. These tests include what
// happens before main.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gpupick-test")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "gpupick")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	out, err := exec.Command("go", "build", "-o", path, "gpupick").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// TestScripts runs the scripts of testdata/scripts with the real program. Besides the standard commands,
// they have:
//
//	exits STATUS gpupick ARGS…  runs it; it must print something with STATUS 0, and nothing with others but 3
//	says TEXT                   its standard error is exactly this sentence; empty for an empty TEXT
//	begins FILE OTHER           the text of FILE begins with that of OTHER
//	use service                 points the environment to a contract server with the demo's rows
func TestScripts(t *testing.T) {
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	_, environment := service(t, demoCatalog(t), 100)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/scripts",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", filepath.Dir(path)+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"says":   says,
			"begins": beginsWith,
			"use": func(ts *testscript.TestScript, _ bool, args []string) {
				if len(args) != 1 || args[0] != "service" {
					ts.Fatalf("usage: use service")
				}
				for _, v := range environment {
					name, value, _ := strings.Cut(v, "=")
					ts.Setenv(name, value)
				}
			},
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	have := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		have = exit.ExitCode()
	default:
		ts.Check(err)
	}
	if have != want {
		ts.Fatalf("exit status %d, want %d", have, want)
	}
	out, all := ts.ReadFile("stdout"), ts.ReadFile("stdout")+ts.ReadFile("stderr")
	if have == 0 && out == "" || have != 0 && have != exitNoMatch && out != "" {
		ts.Fatalf("status %d with %d bytes of output", have, len(out))
	}
	if strings.Contains(all, canary) || strings.ContainsAny(all, "\x1b\x07") {
		ts.Fatalf("a key or an escape byte in the output")
	}
}

func says(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: says TEXT")
	}
	want := ""
	if args[0] != "" {
		want = "gpupick: " + args[0] + "\n"
	}
	if have := ts.ReadFile("stderr"); have != want {
		ts.Fatalf("it says %q, want %q", have, want)
	}
}

func beginsWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: begins FILE OTHER")
	}
	if file, other := ts.ReadFile(args[0]), ts.ReadFile(args[1]); other == "" || !strings.HasPrefix(file, other) {
		ts.Fatalf("%s does not begin with %s", args[0], args[1])
	}
}
