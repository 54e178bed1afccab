package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
)

const canary = "rc_live_canary_0123456789"

func demoCatalogue(t testing.TB) []byte {
	t.Helper()
	body, err := os.ReadFile("../../testdata/api/catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// needs skips a test for which a tool of the machine is missing; in CI that is a
// failure.
func needs(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil && os.Getenv("CI") == "" {
		t.Skip("without " + tool + " this cannot be tried; in CI this is a failure")
	}
}

// ran is what a run left behind.
type ran struct {
	status      int
	out, errOut string
}

// runs runs a command line without a terminal.
func runs(t *testing.T, env []string, stdin string, args ...string) ran {
	t.Helper()
	var out, errOut bytes.Buffer
	status := Program{Demo: demoCatalogue(t), Pause: time.Millisecond}.Run(context.Background(), args,
		append([]string{"HOME=" + t.TempDir()}, env...), strings.NewReader(stdin), &out, &errOut)
	return ran{status, out.String(), errOut.String()}
}

// service is a contract server, and the environment that leads to it.
func service(t *testing.T, catalogue []byte, pageSize int) (*apitest.Server, []string) {
	t.Helper()
	s, err := apitest.New(catalogue, canary, pageSize)
	if err != nil {
		t.Fatal(err)
	}
	origin, stop, err := apitest.Listen(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return s, []string{"RUNCRATE_API_URL=" + origin, "RUNCRATE_API_KEY=" + canary}
}

func TestExitStatusesAndSentences(t *testing.T) {
	_, env := service(t, demoCatalogue(t), 100)
	wrongKey := append(slices.Clone(env), "RUNCRATE_API_KEY=rc_live_wrong")
	for _, c := range []struct {
		name   string
		env    []string
		args   []string
		status int
		says   string // on stderr
	}{
		{"rows", env, []string{"-o", "id", "h100"}, 0, ""},
		{"demo", nil, []string{"--demo", "-o", "id"}, 0, ""},
		{"version", nil, []string{"--version"}, 0, ""},
		{"help", nil, []string{"--help"}, 0, ""},
		{"completion", nil, []string{"completion", "bash"}, 0, ""},
		{"nothing matches", env, []string{"-o", "id", `"zzz"`}, 3,
			"gpupick: no offer matches \"zzz\" (624 searched)\n"},
		{"too many to create", env, []string{"-o", "create", "-n", "21"}, 2,
			"gpupick: -n 21: -o create tries at most 20 offers\n"},
		{"a login that has run out", []string{"HOME=" + expiredHome(t)}, []string{"-o", "id"}, 4,
			"gpupick: your login has run out; any runcrate command renews it, `runcrate ps` for one\n"},
		{"a beginning of several", env, []string{"-o", "id", "l4 nor"}, 2, "gpupick: filter \"l4 nor\", column 4: " +
			"\"nor\" may be area:\"north america\", area:nordics or area:norway\n"},
		{"a beginning in the middle", env, []string{"-o", "id", "germ l4"}, 2, "gpupick: filter \"germ l4\", column " +
			"1: \"germ\" is not understood; did you mean area:germany?\n"},
		{"a word that is nowhere", env, []string{"-o", "id", "h100 hoper"}, 2, "gpupick: filter \"h100 hoper\", " +
			"column 6: \"hoper\" is not understood; did you mean gen:hopper?\n"},
		{"a size of anything", env, []string{"-o", "id", "1tb"}, 2,
			"gpupick: filter \"1tb\", column 1: \"1tb\" may be mem>=1000, disk>=1000 or tvram>=1000\n"},
		{"nothing for what was asked", env, []string{"-o", "id", "--gpu", "H1000:8"}, 3,
			"gpupick: runcrate lists no offers right now for gpu_type=H1000 gpu_count=8\n"},
		{"no terminal", env, []string{"h100"}, 2, "gpupick: no terminal to pick on; add -o id (or table, csv, json)\n"},
		{"no key", nil, []string{"-o", "id"}, 4, "gpupick: no Runcrate key found; set RUNCRATE_API_KEY, or log in " +
			"with `runcrate login`; keys are made at https://www.runcrate.ai/dashboard/api-keys\n"},
		{"a key that is refused", wrongKey, []string{"-o", "id"}, 4, "gpupick: the key from RUNCRATE_API_KEY was " +
			"rejected (401): Invalid API key (request req_test); check the key at " +
			"https://www.runcrate.ai/dashboard/api-keys\n"},
		{"an unusable key", []string{"RUNCRATE_API_KEY=a b"}, []string{"-o", "id"}, 2, "gpupick: the key from " +
			"RUNCRATE_API_KEY has a space, a line break or another character that a key cannot have\n"},
		{"an unusable address", []string{"RUNCRATE_API_KEY=a", "RUNCRATE_API_URL=http://runcrate.ai"},
			[]string{"-o", "id"}, 2,
			"gpupick: RUNCRATE_API_URL: http:// would show the key to the network; use https://\n"},
		{"a filter", nil, []string{"h100", "memm>5", "-o", "id"}, 2,
			"gpupick: filter \"h100 memm>5\", column 6: no field \"memm\"; did you mean mem?\n"},
		{"a sort", nil, []string{"--sort", "pirce", "-o", "id"}, 2,
			"gpupick: --sort: no field \"pirce\" to sort by; did you mean price?\n"},
		{"a format", nil, []string{"-o", "xml"}, 2, "gpupick: -o \"xml\": there are id, json, csv, tsv, table, md, " +
			"create, create-curl, create-python\n"},
		{"two formats", nil, []string{"-o", "csv", "--json"}, 2, "gpupick: --json and -o csv contradict each other\n"},
		{"-o again and again", nil, []string{"--refresh", "30s", "-o", "id"}, 2,
			"gpupick: --refresh is for the screen; -o prints once\n"},
		{"what has changed, printed", nil, []string{"-o", "id", "h100 is:new"}, 2, "gpupick: is: compares with an " +
			"earlier list, and what prints once has none; it is for the screen and for --wait\n"},
		{"a time for no wait", nil, []string{"--timeout", "1h", "-o", "id"}, 2,
			"gpupick: --timeout goes with --wait\n"},
		{"a time that is none", nil, []string{"--wait", "--timeout", "-1h", "h100"}, 2,
			"gpupick: --timeout -1h0m0s: a time is more than 0\n"},
		{"waiting for nothing", nil, []string{"--wait"}, 2, "gpupick: --wait for what? add a filter\n"},
		{"waiting for a file", nil, []string{"--wait", "--file", "x", "h100"}, 2,
			"gpupick: --wait asks the service again and again; a file is what it is\n"},
		{"waiting and marking", nil, []string{"--wait", "--multi", "h100"}, 2,
			"gpupick: --multi is for picking on the screen; with --wait use -n\n"},
		{"waiting and ringing", nil, []string{"--wait", "--alert", "h100"}, 2,
			"gpupick: --alert is for the screen; --wait ends when something that matches is listed\n"},
		{"waiting without pause", nil, []string{"--wait", "--refresh", "1s", "h100"}, 2,
			"gpupick: --refresh 1s: the least is 10s\n"},
		{"waiting is over at once", env, []string{"--wait", "h100"}, 0, ""},
		{"-o and ringing", nil, []string{"-o", "id", "--alert"}, 2,
			"gpupick: --alert is for the screen; -o prints once\n"},
		{"waiting for what is gone", nil, []string{"--wait", "is:gone"}, 2,
			"gpupick: --wait prints what matches, and what is gone is never printed\n"},
		{"a pace that is none", nil, []string{"--refresh", "soon"}, 2, "gpupick: invalid argument \"soon\" for " +
			"\"--refresh\" flag: a time is written 30s or 5m; off is none\n"},
		{"-n alone", nil, []string{"-n", "3"}, 2, "gpupick: -n goes with -o or --wait\n"},
		{"-n negative", nil, []string{"-n", "-3", "-o", "id"}, 2, "gpupick: -n -3: a number of rows is at least 1\n"},
		{"-n 0", nil, []string{"-n", "0", "-o", "id"}, 2, "gpupick: -n 0: a number of rows is at least 1\n"},
		{"--gpu-count 0", nil, []string{"--gpu-count", "0", "-o", "id"}, 2,
			"gpupick: --gpu-count 0: a count is at least 1\n"},
		{"--file without a name", nil, []string{"--file", "", "-o", "id"}, 2,
			"gpupick: --file names no file; - is the standard input\n"},
		{"completion for no shell", nil, []string{"completion", "bahs"}, 2,
			"gpupick: completion for which shell? bash, zsh, fish or powershell\n"},
		{"a theme", nil, []string{"--theme", "pink"}, 2,
			"gpupick: --theme: no theme \"pink\"; there are auto, dark, light, plain\n"},
		{"a clipboard", nil, []string{"--clipboard", "pink"}, 2,
			"gpupick: --clipboard \"pink\": there are auto, native, osc52, off\n"},
		{"two counts", nil, []string{"--gpu", "H100:8", "--gpu-count", "4"}, 2,
			"gpupick: --gpu H100:8 and --gpu-count both give a count\n"},
		{"a count that is none", nil, []string{"--gpu", "H100:x"}, 2,
			"gpupick: --gpu \"H100:x\": write NAME or NAME:COUNT\n"},
		{"asking a file", nil, []string{"--file", "x", "--region", "y"}, 2,
			"gpupick: --gpu, --region and --gpu-count ask the service; with --file use --filter\n"},
		{"two sources", nil, []string{"--file", "x", "--demo"}, 2,
			"gpupick: --file and --demo are two places for the rows to come from\n"},
		{"a file that is not there", nil, []string{"--file", "/nonexistent/x", "-o", "id"}, 2,
			"gpupick: --file: stat /nonexistent/x: no such file or directory\n"},
		{"a flag", nil, []string{"--gpus"}, 2, "gpupick: unknown flag: --gpus\n"},
		{"a term that begins with a dash", nil, []string{"-region:us"}, 2, "gpupick: unknown flag -region:us; as a " +
			"filter term write '!region:us', or put -- before it\n"},
		{"a log that cannot be written", nil, []string{"--debug", "/nonexistent/x", "--demo", "-o", "id"}, 2,
			"gpupick: --debug: open /nonexistent/x: no such file or directory\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := runs(t, c.env, "", c.args...)
			if r.status != c.status || r.errOut != c.says {
				t.Errorf("status %d, %q\nwant %d, %q", r.status, r.errOut, c.status, c.says)
			}
			if (r.status == 0) == (r.out == "") {
				t.Errorf("status %d with %d bytes of output", r.status, len(r.out))
			}
			if strings.Contains(r.out+r.errOut, canary) || strings.ContainsAny(r.out+r.errOut, "\x1b\x07") {
				t.Errorf("a key or an escape in %q %q", r.out, r.errOut)
			}
		})
	}
}

func TestFilterAndOrderOfTheOutput(t *testing.T) {
	_, env := service(t, demoCatalogue(t), 100)
	r := runs(t, env, "", "-o", "json", "--filter", "gpu:h100 count:8 mem>=1tb", "--sort", "pergpu")
	page, err := api.DecodeFile([]byte(r.out))
	if err != nil || len(page.Rows) == 0 {
		t.Fatal(err, r)
	}
	last := 0.0
	for _, row := range page.Rows {
		per := row.HourlyRate.Value / float64(row.GPUCount.Value)
		if per < last || !strings.Contains(strings.ToLower(row.GPUType), "h100") || row.GPUCount.Value != 8 ||
			row.MemoryGB.Value < 1000 {
			t.Errorf("%+v behind %v", row, last)
		}
		last = per
	}
	ids := runs(t, env, "", "-o", "id", "--filter", "gpu:h100 count:8 mem>=1tb", "--sort", "pergpu")
	var want []string
	for _, row := range page.Rows {
		want = append(want, row.ID)
	}
	if ids.out != strings.Join(want, "\n")+"\n" {
		t.Errorf("ids %q", ids.out)
	}
	if first := runs(t, env, "", "-o", "id", "-n", "1", "gpu:h100", "count:8", "mem>=1tb", "--sort",
		"pergpu"); first.out != want[0]+"\n" {
		t.Errorf("the first: %q", first.out)
	}
}

func TestFlagsAskTheService(t *testing.T) {
	s, env := service(t, demoCatalogue(t), 0)
	r := runs(t, env, "", "-o", "csv", "--gpu", "H100 SXM:8", "--region", ", US")
	if s.Asked()[0] != "gpu_count=8&gpu_type=H100+SXM&region=%2C+US" {
		t.Errorf("asked %q", s.Asked())
	}
	if !strings.HasPrefix(r.out, "id,gpu_type") {
		t.Errorf("%+v", r)
	}
	runs(t, env, "", "-o", "id", "--gpu-count", "4")
	if s.Asked()[1] != "gpu_count=4" {
		t.Errorf("asked %q", s.Asked())
	}
}

func TestWhatIsPrintedCanBeReadAgain(t *testing.T) {
	whole := runs(t, nil, "", "--demo", "-o", "json")
	path := filepath.Join(t.TempDir(), "types.json")
	if err := os.WriteFile(path, []byte(whole.out), 0o600); err != nil {
		t.Fatal(err)
	}
	var bare struct{ Data json.RawMessage }
	if err := json.Unmarshal([]byte(whole.out), &bare); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]ran{
		"a file":         runs(t, nil, "", "--file", path, "-o", "json"),
		"standard input": runs(t, nil, whole.out, "--file", "-", "-o", "json"),
		"a bare array":   runs(t, nil, string(bare.Data), "--file", "-", "--json"),
	} {
		if r.out != whole.out || r.status != 0 {
			t.Errorf("%s: status %d, %s", name, r.status, r.errOut)
		}
	}
	broken := runs(t, nil, `{"data":[`, "--file", "-", "-o", "id")
	if broken.status != 1 || broken.errOut != "gpupick: unexpected answer: standard input: not valid JSON at byte 9\n" {
		t.Errorf("%+v", broken)
	}
}

func TestFormats(t *testing.T) {
	in := `{"data":[
		{"id":"a-1","gpu_type":"H100","gpu_count":8,"cpu_cores":null,"memory_gb":1800,"storage_gb":0,
		 "region":", US","deployment_type":"=cmd()","hourly_rate":16.8},
		{"id":"b$(x)","gpu_type":"a|b*","gpu_count":1,"region":"x,\"y\"","hourly_rate":0.36979999999999996}]}`
	for format, want := range map[string]string{
		"csv": "id,gpu_type,gpu_count,cpu_cores,memory_gb,storage_gb,region,deployment_type,hourly_rate\n" +
			"b$(x),a|b*,1,,,,\"x,\"\"y\"\"\",,0.3698\na-1,H100,8,,1800,0,\", US\",'=cmd(),16.8\n",
		"tsv": "id\tgpu_type\tgpu_count\tcpu_cores\tmemory_gb\tstorage_gb\tregion\tdeployment_type\thourly_rate\n" +
			"b$(x)\ta|b*\t1\t\t\t\t\"x,\"\"y\"\"\"\t\t0.3698\n" +
			"a-1\tH100\t8\t\t1800\t0\t, US\t'=cmd()\t16.8\n",
		"id": "a-1\n",
		"md": "| GPU | COUNT | $/HR | $/GPU·HR | REGION | RAM | VRAM | vCPU | DISK | TYPE | ID |\n| --- | --: | --: " +
			"| --: | --- | --: | --: | --: | --: | --- | --- |\n" +
			"| a\\|b\\* | 1 | 0.3698 | 0.3698 | x,\"y\" | – | – | – | – | – | b$(x) |\n| H100 | 8 | 16.80 | 2.10 | " +
			", US | 1.8 TB | 80 GB | – | 0 GB | =cmd() | a-1 |\n",
		"table": "GPU   COUNT     $/HR  $/GPU·HR  REGION     RAM   VRAM  vCPU  DISK  TYPE    ID\na|b*      1   " +
			"0.3698    0.3698  x,\"y\"        –      –     –     –  –       b$(x)\nH100      8  16.80      2.10    " +
			", US    1.8 TB  80 GB     –  0 GB  =cmd()  a-1\n",
	} {
		if r := runs(t, nil, in, "--file", "-", "-o", format); r.out != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, r.out, want)
		}
	}
	if r := runs(t, nil, in, "--file", "-", "-o",
		"id"); r.errOut != "gpupick: 1 row is left out: its id is not safe in a command\n" || r.status != 0 {
		t.Errorf("%+v", r)
	}
	if r := runs(t, nil, in, "--file", "-", "-o", "id", "a|b*"); r.status == 0 {
		t.Errorf("nothing was printed with status 0: %+v", r)
	}
	r := runs(t, nil, in, "--file", "-", "-o", "csv", "price<0")
	if rows, err := csv.NewReader(strings.NewReader(r.out)).ReadAll(); err != nil || len(rows) != 1 || r.status != 3 {
		t.Errorf("an empty CSV is its head: %q, %v, %d", r.out, err, r.status)
	}
	r = runs(t, nil, in, "--file", "-", "-o", "json", "price<0")
	if r.out != "{\n  \"data\": []\n}\n" {
		t.Errorf("an empty JSON: %q", r.out)
	}
}

func TestFaultHalfAListIsNotPrinted(t *testing.T) {
	s, env := service(t, demoCatalogue(t), 100)
	s.Then(s.OK(), s.OK())
	s.Then(apitest.Times(api.Attempts, apitest.Status(500, `{"error":"out of order"}`))...)
	r := runs(t, env, "", "-o", "id")
	if r.status != 1 || r.out != "" || !strings.Contains(r.errOut, "a problem of its own (500): out of order") {
		t.Errorf("%+v", r)
	}
	s.Then(apitest.Body(`{"data":[{"id":"a","hourly_rate":1},{"no":"id"}],"meta":{"hasMore":true}}`))
	r = runs(t, env, "", "-o", "id")
	if r.out != "a\n" || !strings.Contains(r.errOut,
		"1 row loaded; the service has more but gives no way to ask: a cheaper one may be missing") ||
		!strings.Contains(r.errOut, "rows without a usable id left out: 1") {
		t.Errorf("%+v", r)
	}
}

func TestCompletionKnowsTheValues(t *testing.T) {
	for flag, want := range map[string]string{"--sort": "-mem", "--theme": "light", "-o": "csv",
		"--clipboard": "osc52"} {
		if r := runs(t, nil, "", "__complete", flag, ""); !slices.Contains(strings.Split(r.out, "\n"), want) {
			t.Errorf("%s: %s", flag, r.out)
		}
	}
}

func TestPricesInTheOutputAreNumbers(t *testing.T) {
	r := runs(t, nil, "", "--demo", "-o", "csv")
	rows, err := csv.NewReader(strings.NewReader(r.out)).ReadAll()
	if err != nil || len(rows) != 625 {
		t.Fatal(err, len(rows))
	}
	for _, row := range rows[1:] {
		if _, err := strconv.ParseFloat(row[8], 64); err != nil {
			t.Error(err)
		}
	}
}

// How a word was read that is not written out, or that is the name of two places, is told.
func TestHowAWordWasReadIsTold(t *testing.T) {
	for filter, want := range map[string]string{
		"l4 germ":  "gpupick: \"germ\" read as area:germany\n",
		"san jose": "gpupick: \"san jose\" read as United States and Costa Rica\n", "h10": "", "us-ea": "",
		"germany": "",
	} {
		if r := runs(t, nil, "", "--demo", "-o", "id", "--filter", filter); r.errOut != want &&
			!strings.HasPrefix(r.errOut, want+"gpupick: no offer") {
			t.Errorf("%q: status %d, %q, want %q", filter, r.status, r.errOut, want)
		}
	}
}

// expiredHome is a home directory with a login that has run out.
func expiredHome(t *testing.T) string {
	home := t.TempDir()
	dir := filepath.Join(home, ".runcrate")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	config := "access_token: " + canary +
		"\nrefresh_token: r\nproject_id: p\nexpires_at: 2020-01-01T00:00:00Z\napi_key: k\n"
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

// The forms that create the first that works: three offers in the order asked for, or as many as are
// said.
func TestOutputsThatCreate(t *testing.T) {
	_, env := service(t, demoCatalogue(t), 100)
	ids := strings.Fields(runs(t, env, "", "-o", "id", "8xh100", "--sort", "pergpu").out)
	for format, call := range map[string]string{"create": "\ntry ", "create-curl": "\ntry ",
		"create-python": "\n    (\""} {
		for n, args := range map[int][]string{3: nil, 2: {"-n", "2"}, 1: {"-n", "1"}, 20: {"-n", "20"}} {
			r := runs(t, env, "", append([]string{"-o", format, "8xh100", "--sort", "pergpu"}, args...)...)
			if r.status != 0 || !strings.HasSuffix(r.out, "\n") || n > 1 && strings.Count(r.out, call) != n {
				t.Errorf("%s, %d: status %d, %s%s", format, n, r.status, r.errOut, r.out)
			}
			last := -1
			for _, id := range ids[:n] {
				at := strings.Index(r.out, id)
				if at <= last {
					t.Errorf("%s: %s is not at its place in %s", format, id, r.out)
				}
				last = at
			}
		}
	}
}

// A file is written once, for its owner alone.
func TestAFileIsNotOverwritten(t *testing.T) {
	home := t.TempDir()
	r := &run{environ: []string{"HOME=" + home}, disk: newDisk()}
	name, err := r.saveFile("~/offers.csv", "a\n")
	if err != nil || name != filepath.Join(home, "offers.csv") {
		t.Fatalf("%q, %v", name, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := r.saveFile(name, "b\n"); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("%v", err)
	}
	if _, err := r.saveFile(filepath.Join(home, "no", "such"), "b\n"); err == nil ||
		!strings.Contains(err.Error(), "no such file or directory") {
		t.Errorf("%v", err)
	}
	if body, _ := os.ReadFile(name); string(body) != "a\n" {
		t.Errorf("%q", body)
	}
}
