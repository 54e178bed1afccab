package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
)

const canary = "rc_live_canary_0123456789"

func demoCatalog(t testing.TB) []byte {
	t.Helper()
	body, err := os.ReadFile("../../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// needs skips a test if a tool is not installed; in CI the test runs and fails.
func needs(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil && os.Getenv("CI") == "" {
		t.Skip("without " + tool + " this cannot be tried; in CI this is a failure")
	}
}

// ran is the exit status and the output of a run.
type ran struct {
	status      int
	out, errOut string
}

// runs runs a command line without a terminal.
func runs(t *testing.T, env []string, stdin string, args ...string) ran {
	t.Helper()
	var out, errOut bytes.Buffer
	status := Program{Demo: demoCatalog(t), Pause: time.Millisecond}.Run(context.Background(), args,
		append([]string{"HOME=" + t.TempDir()}, env...), strings.NewReader(stdin), &out, &errOut)
	return ran{status, out.String(), errOut.String()}
}

// service starts a contract server and returns it with the environment that points to it.
func service(t *testing.T, catalog []byte, pageSize int) (*apitest.Server, []string) {
	t.Helper()
	s, err := apitest.New(catalog, canary, pageSize)
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

func TestFilterAndOrderOfTheOutput(t *testing.T) {
	_, env := service(t, demoCatalog(t), 100)
	r := runs(t, env, "", "-o", "json", "--filter", "gpu:h100 count:8 mem>=1tb", "--sort", "pergpu")
	page, err := api.Decode([]byte(r.out))
	if err != nil || page.Rows.Len() == 0 {
		t.Fatal(err, r)
	}
	last := 0.0
	for row := range page.Rows.All() {
		per := row.HourlyRate.Value / float64(row.GPUCount.Value)
		if per < last || !strings.Contains(strings.ToLower(row.GPUType), "h100") || row.GPUCount.Value != 8 ||
			row.MemoryGB.Value < 1000 {
			t.Errorf("%+v behind %v", row, last)
		}
		last = per
	}
	ids := runs(t, env, "", "-o", "id", "--filter", "gpu:h100 count:8 mem>=1tb", "--sort", "pergpu")
	var want []string
	for row := range page.Rows.All() {
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

func TestFlagsBecomeRequestParameters(t *testing.T) {
	s, env := service(t, demoCatalog(t), 0)
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

func TestFaultListWithFailedPageIsNotPrinted(t *testing.T) {
	s, env := service(t, demoCatalog(t), 100)
	s.Then(s.OK(), s.OK())
	s.Then(apitest.Times(api.Attempts, apitest.Status(500, `{"error":"out of order"}`))...)
	r := runs(t, env, "", "-o", "id")
	if r.status != 1 || r.out != "" || !strings.Contains(r.errOut, "returned an error (500): out of order") {
		t.Errorf("%+v", r)
	}
	s.Then(apitest.Body(`{"data":[{"id":"a","hourly_rate":1},{"no":"id"}],"meta":{"hasMore":true}}`))
	r = runs(t, env, "", "-o", "id")
	if r.out != "a\n" || !strings.Contains(r.errOut,
		"1 offer loaded; Runcrate has more offers but no cursor for them: a cheaper one may be missing") ||
		!strings.Contains(r.errOut, "offers without a usable id: 1") {
		t.Errorf("%+v", r)
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

// The create formats try offers in the order of the sort until one works: three by default, or -n.
func TestCreateFormats(t *testing.T) {
	_, env := service(t, demoCatalog(t), 100)
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

// saveFile writes a new file that only its owner can read, and never overwrites one.
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
	if _, err := r.saveFile(name, "b\n"); err == nil || !strings.Contains(err.Error(), "already exists") {
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
