package export

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gpupick/api"
	"gpupick/tui/catalog"
)

const canary = `rc_live_canary\"x`

// requireTool skips a test whose tool is not installed; in CI the test fails instead.
func requireTool(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil && os.Getenv("CI") == "" {
		t.Skip(tool + " is not there")
	} else if err != nil {
		t.Fatal(tool + " is not there")
	}
}

// candidates returns offers with hostile text, in the order in which they are tried. The last id is unsafe.
func candidates() []catalog.Row {
	hostile := "`touch pwned` $(touch pwned) \"'; touch pwned #\\n"
	var rows []api.InstanceType
	for i, id := range []string{"first-1", "second.2", "third/3", "x;touch pwned"} {
		it := api.InstanceType{ID: id, GPUType: hostile, Region: hostile, DeploymentType: hostile,
			HourlyRate: api.Some(float64(i) + 1.24)}
		if i != 1 {
			it.GPUCount = api.Some(int64(8))
		}
		rows = append(rows, it)
	}
	return catalog.New(api.RowsOf(rows...)).Rows().List()
}

// answer is a response of the fake service: an HTTP status, 0 to break the connection, and a body.
type answer struct {
	status int
	text   string
}

const noLongerAvailable = `{"error":{"message":"This instance type is no longer available"}}`

// outcomes are the expected results of a program for a sequence of responses.
var outcomes = []struct {
	name    string
	answers []answer
	tried   int
	created bool
	says    string // expected on standard error
}{
	{"the first two are refused", []answer{{500, noLongerAvailable}, {500, noLongerAvailable}, {201, `{"id":"made"}`}},
		3, true,
		"refused: second.2"},
	{"the first works", []answer{{201, `{"id":"made"}`}}, 1, true, ""},
	{"a refusal of the question", []answer{{422, `{"error":"bad"}`}, {201, `{"id":"made"}`}}, 2, true,
		"refused: first-1"},
	{"all are refused", []answer{{500, noLongerAvailable}, {500, noLongerAvailable}, {500, noLongerAvailable}}, 3,
		false, "none of the 3 was created"},
	{"payment is due", []answer{{402, `{"error":"pay"}`}}, 1, false, "runcrate ps"},
	{"no access", []answer{{401, "no longer available"}}, 1, false, "runcrate ps"},
	{"too many questions", []answer{{429, noLongerAvailable}}, 1, false, "runcrate ps"},
	{"another problem of the service", []answer{{500, `{"error":"boom"}`}}, 1, false, "runcrate ps"},
	{"a gateway", []answer{{502, noLongerAvailable}}, 1, false, "runcrate ps"},
	{"it hangs up after reading", []answer{{0, ""}}, 1, false, "runcrate ps"},
}

// endpoint starts a fake service that sends the answers in turn and records the requests.
func endpoint(t *testing.T, answers []answer) (url string, asked func() []map[string]any, keys func() []string) {
	var mu sync.Mutex
	var bodies []map[string]any
	var secrets []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		raw, _ := io.ReadAll(r.Body)
		body := map[string]any{}
		if err := json.Unmarshal(raw, &body); err != nil {
			t.Errorf("%v: %s", err, raw)
		}
		a := answer{500, "asked once too often"}
		if len(bodies) < len(answers) {
			a = answers[len(bodies)]
		}
		bodies, secrets = append(bodies, body), append(secrets, r.Header.Get("Authorization"))
		if a.status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.text)
	}))
	server.Config.ErrorLog = nil
	t.Cleanup(server.Close)
	return server.URL, func() []map[string]any { mu.Lock(); defer mu.Unlock(); return bodies },
		func() []string { mu.Lock(); defer mu.Unlock(); return secrets }
}

func writeScript(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}

// runProgram runs a program in a directory that is first in PATH, so that it calls the fake commands there.
func runProgram(t *testing.T, dir string, env []string, program string, args ...string) (out, errOut string,
	status int) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{"PATH=" + dir + ":" + os.Getenv("PATH"), "HOME=" + dir, `NAME=my "box"`, "SSH_KEY_ID=k",
		"RUNCRATE_API_KEY=" + canary}, env...)
	var o, e strings.Builder
	cmd.Stdout, cmd.Stderr = &o, &e
	_ = cmd.Run() // callers check the exit code
	if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
		t.Error("a text of an offer was run")
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

func textOf(t *testing.T, format string) string {
	t.Helper()
	f, _ := Named(format)
	var b strings.Builder
	if err := f.Write(&b, candidates()); err == nil ||
		err.Error() != "1 offer skipped: its id is not safe in a command" {
		t.Errorf("%s: %v", format, err)
	}
	return b.String()
}

func checkOutcome(t *testing.T, n int, tried int, out, errOut string, status int) {
	t.Helper()
	o := outcomes[n]
	if tried != o.tried || (status == 0) != o.created || o.created != strings.Contains(out, "made") ||
		!strings.Contains(errOut, o.says) {
		t.Errorf("%d tries, status %d\n%s\n%s", tried, status, out, errOut)
	}
	if strings.Contains(out+errOut, "canary") {
		t.Error("the key is in the output")
	}
}

// The curl program, in both shells: its requests, when it tries the next offer, and where the key is.
func TestCreateWithCurl(t *testing.T) {
	requireTool(t, "curl")
	real, _ := exec.LookPath("curl")
	for _, shell := range []string{"sh", "bash"} {
		requireTool(t, shell)
		for n, o := range outcomes {
			t.Run(shell+"/"+o.name, func(t *testing.T) {
				dir := t.TempDir()
				url, asked, keys := endpoint(t, o.answers)
				// A wrapper sends the real curl to the fake service and records its arguments.
				writeScript(t, dir, "curl", fmt.Sprintf(
					"#!/bin/sh\nprintf '%%s\\n' \"$@\" >>args\nfor a; do shift; case "+
						"$a in https://www.runcrate.ai/*) a=%s ;; esac; set -- \"$@\" \"$a\"; done\nexec %s \"$@\"\n",
					url,
					real))
				out, errOut, status := runProgram(t, dir, nil, shell, "-c", textOf(t, "create-curl"))
				checkOutcome(t, n, len(asked()), out, errOut, status)
				for i, body := range asked() {
					if body["name"] != `my "box"` ||
						body["instance_type_id"] != []string{"first-1", "second.2", "third/3"}[i] ||
						(body["gpu_count"] != float64(8)) != (i == 1) || keys()[i] != "Bearer "+canary {
						t.Errorf("asked %v with %q", body, keys()[i])
					}
				}
				if args, _ := os.ReadFile(filepath.Join(dir, "args")); strings.Contains(string(args), "canary") ||
					!strings.Contains(string(args), "https://www.runcrate.ai/api/v1/instances\n") {
					t.Errorf("the arguments are %s", args)
				}
			})
		}
	}
}

// The program tries the next offer only if the official command line says "no longer available".
func TestCreateWithTheOfficialCommandLine(t *testing.T) {
	for _, shell := range []string{"sh", "bash"} {
		requireTool(t, shell)
		for n, o := range outcomes {
			if o.name == "a refusal of the question" || o.name == "no access" || o.name == "too many questions" ||
				o.name == "a gateway" {
				continue // the command line shows no HTTP status
			}
			t.Run(shell+"/"+o.name, func(t *testing.T) {
				dir := t.TempDir()
				var say strings.Builder
				for i, a := range o.answers {
					to := "exit 1"
					if a.status == 201 {
						to = "exit 0"
					}
					fmt.Fprintf(&say, "%d) echo '%s'; %s ;;\n", i+1, a.text, to)
				}
				writeScript(t, dir, "runcrate",
					"#!/bin/sh\necho x >>tries\nprintf '%s\\n' \"$*\" >>args\ncase $(wc -l "+
						"<tries | tr -d ' ') in\n"+say.String()+"esac\nexit 1\n")
				out, errOut, status := runProgram(t, dir, nil, shell, "-c", textOf(t, "create"))
				tries, _ := os.ReadFile(filepath.Join(dir, "tries"))
				checkOutcome(t, n, strings.Count(string(tries), "x"), out, errOut, status)
				args, _ := os.ReadFile(filepath.Join(dir, "args"))
				if first, _, _ := strings.Cut(string(args),
					"\n"); first != `instances create --name my "box" --type-id first-1 --gpu-count 8` {
					t.Errorf("called with %s", first)
				}
			})
		}
	}
	// Ctrl+C stops the program: the interrupted call may have created an instance.
	cut := t.TempDir()
	writeScript(t, cut, "runcrate", "#!/bin/sh\necho x >>tries\nkill -INT $$\n")
	if _, errOut, status := runProgram(t, cut, nil, "sh", "-c", textOf(t, "create")); status == 0 ||
		!strings.Contains(errOut, "runcrate ps") {
		t.Errorf("status %d, %s", status, errOut)
	}
	if tries, _ := os.ReadFile(filepath.Join(cut, "tries")); string(tries) != "x\n" {
		t.Errorf("tried %q", tries)
	}
	// Without a name no offer is tried, and the shell that the program is pasted into keeps running.
	dir := t.TempDir()
	writeScript(t, dir, "runcrate", "#!/bin/sh\ntouch called\n")
	if out, _, _ := runProgram(t, dir, []string{"NAME="}, "sh", "-c",
		textOf(t, "create")+"\necho still here"); out != "still here\n" {
		t.Errorf("%q", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "called")); err == nil {
		t.Error("it was called without a name")
	}
}

// The Python program, with a fake of the service's own package.
func TestCreateWithPython(t *testing.T) {
	requireTool(t, "python3")
	for n, o := range outcomes {
		t.Run(o.name, func(t *testing.T) {
			dir := t.TempDir()
			url, asked, _ := endpoint(t, o.answers)
			writeScript(t, dir, "runcrate.py", `import json, urllib.error, urllib.request

class APIError(Exception):
    def __init__(self, status_code, text):
        super().__init__(text)
        self.status_code = status_code

class Runcrate:
    instances = property(lambda self: self)
    def __enter__(self): return self
    def __exit__(self, *_): return None
    def create(self, **body):
        try:
            return urllib.request.urlopen("`+url+`", json.dumps(body).encode()).read().decode()
        except urllib.error.HTTPError as e:
            raise APIError(e.code, e.read().decode())
`)
			out, errOut, status := runProgram(t, dir, nil, "python3", "-c", textOf(t, "create-python"))
			checkOutcome(t, n, len(asked()), out, errOut, status)
			for i, body := range asked() {
				if body["instance_type_id"] != []string{"first-1", "second.2", "third/3"}[i] ||
					body["name"] != `my "box"` || body["ssh_key_id"] != "k" {
					t.Errorf("asked %v", body)
				}
			}
		})
	}
}

// Effect tells before a program runs what it does and costs.
func TestEffect(t *testing.T) {
	rows := candidates()[:3]
	two := api.RowsOf(api.InstanceType{ID: "a"}, api.InstanceType{ID: "b", HourlyRate: api.Some(2.0)})
	unpriced := catalog.New(two).Rows().List()
	for have, want := range map[string]string{
		Effect(rows, false): "creates one of 3, up to $3.24/h", Effect(rows, true): "creates all 3, $6.72/h",
		Effect(rows[:1], false): "creates it, $1.24/h",
		Effect(unpriced, false): "creates one of 2, price unknown",
		Effect(unpriced, true):  "creates all 2, price unknown",
	} {
		if have != want {
			t.Errorf("%q, want %q", have, want)
		}
	}
	if text := textOf(t, "create"); !strings.HasPrefix(text, "( # creates one of 3, up to $3.24/h\n") {
		t.Error(text)
	}
}
