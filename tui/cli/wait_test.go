package cli

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/tui/feed"
)

// waits runs --wait with a simulated clock: a sleep takes no time, and calls then with
// the sleep's number.
func waits(t *testing.T, env []string, then func(sleep int), args ...string) (r ran, slept []time.Duration) {
	t.Helper()
	var out, errOut bytes.Buffer
	now := time.Now()
	p := Program{Demo: demoCatalog(t), Pause: time.Millisecond,
		Now: func() time.Time { return now },
		Sleep: func(_ context.Context, d time.Duration) error {
			now = now.Add(d)
			slept = append(slept, d.Round(time.Second))
			if len(slept) > 1000 {
				t.Fatal("it never ends")
			}
			then(len(slept))
			return nil
		}}
	status := p.Run(context.Background(), append([]string{"--wait"}, args...),
		append([]string{"HOME=" + t.TempDir()}, env...), strings.NewReader(""), &out, &errOut)
	return ran{status, out.String(), errOut.String()}, slept
}

func never(int) {}

// stock returns a catalog of 8×B200 offers, each given as "id rate".
func stock(rows ...string) []byte {
	var parts []string
	for _, r := range rows {
		f := strings.Fields(r)
		parts = append(parts, fmt.Sprintf(
			`{"id":%q,"gpu_type":"B200","gpu_count":8,"region":"us-east-1","hourly_rate":%s}`, f[0], f[1]))
	}
	return []byte(`{"data":[` + strings.Join(parts, ",") + `]}`)
}

func TestWaitUntilSomethingMatches(t *testing.T) {
	server, env := service(t, stock("dear 40"), 0)
	r, slept := waits(t, env, func(n int) {
		if n == 3 {
			_ = server.SetCatalog(stock("dear 40", "cheap-b 29", "cheap-a 28.5"))
		}
	}, "8xb200", "price<30")
	if r.status != 0 || r.out != "cheap-a\ncheap-b\n" || r.errOut != "gpupick: none of the 1 listed offers matches "+
		"8xb200 price<30 yet; reloading every 30s until one does\n" {
		t.Errorf("%+v", r)
	}
	if fmt.Sprint(slept) != "[30s 30s 30s]" || len(server.Asked()) != 4 {
		t.Errorf("slept %v, asked %d times", slept, len(server.Asked()))
	}
	r, _ = waits(t, env, never, "-o", "csv", "-n", "1", "8xb200", "price<30")
	if r.status != 0 ||
		r.out != "id,gpu_type,gpu_count,cpu_cores,memory_gb,storage_gb,region,deployment_type,hourly_rate\n"+
			"cheap-a,B200,8,,,,us-east-1,,28.5\n" || r.errOut != "" {
		t.Errorf("%+v", r)
	}
}

func TestWaitGivesUp(t *testing.T) {
	server, env := service(t, stock("dear 40"), 0)
	r, slept := waits(t, env, never, "--timeout", "100s", "8xb200", "price<30")
	if r.status != 3 || r.out != "" || !strings.HasSuffix(r.errOut,
		"gpupick: no matching offer (8xb200 price<30) was listed within 1m40s\n") {
		t.Errorf("%+v", r)
	}
	if fmt.Sprint(slept) != "[30s 30s 30s 10s]" || len(server.Asked()) != 5 { // with one final load
		t.Errorf("slept %v, asked %d times", slept, len(server.Asked()))
	}
	r, slept = waits(t, env, never, "--timeout", "3m", "--refresh", "2m", "price<30")
	if r.status != 3 || fmt.Sprint(slept) != "[2m0s 1m0s]" {
		t.Errorf("%+v, slept %v", r, slept)
	}
}

// A price is compared with that of the load before.
func TestWaitForACheaperOne(t *testing.T) {
	server, env := service(t, stock("a 40", "b 41"), 0)
	r, _ := waits(t, env, func(n int) { _ = server.SetCatalog(stock("a 40", fmt.Sprintf("b %d", 41+n%4/3*-2))) },
		"is:down")
	if r.status != 0 || r.out != "b\n" {
		t.Errorf("%+v", r)
	}
}

// Temporary failures are retried after longer and longer pauses, and each is printed once.
// Retry-After is respected.
func TestFaultWaitThroughFailures(t *testing.T) {
	server, env := service(t, stock("dear 40"), 0)
	down := apitest.Status(503, `{"error":"down"}`)
	r, slept := waits(t, env, func(n int) {
		switch n {
		case 1:
			server.Always(down)
		case 4:
			server.Always(apitest.With(apitest.Status(429, `{"error":"slow"}`), "Retry-After", "1800"))
		case 5:
			server.Always(nil)
			_ = server.SetCatalog(stock("cheap 20"))
		}
	}, "price<30")
	if r.status != 0 || r.out != "cheap\n" || fmt.Sprint(slept) != "[30s 1m0s 2m0s 4m0s 30m0s]" {
		t.Errorf("%+v, slept %v", r, slept)
	}
	if n := strings.Count(r.errOut, "\n"); n != 3 ||
		!strings.Contains(r.errOut, "Runcrate returned an error (503): down; retrying in 1m0s\n") {
		t.Errorf("said %d times: %s", n, r.errOut)
	}
	// The service asks for a longer pause than --timeout leaves: no further request is sent.
	server.Always(apitest.With(apitest.Status(429, `{"error":"slow"}`), "Retry-After", "1800"))
	asked := len(server.Asked())
	if r, slept = waits(t, env, never, "--timeout", "10m", "price<10"); r.status != 3 ||
		fmt.Sprint(slept) != "[10m0s]" || len(server.Asked()) != asked+1 {
		t.Errorf("%+v, slept %v", r, slept)
	}
}

// Permanent failures end --wait at once.
func TestFaultWaitEndsOnPermanentFailures(t *testing.T) {
	for _, c := range []struct {
		fault  http.Handler
		after  int // number of sleeps before the fault
		status int
	}{
		{apitest.Status(401, `{"error":"no"}`), 0, 4},
		{apitest.Status(401, `{"error":"no"}`), 2, 4},
		{apitest.Status(404, `{"error":"no"}`), 0, 1},
		{apitest.WebPage(), 0, 1},
	} {
		server, env := service(t, stock("dear 40"), 0)
		if c.after == 0 {
			server.Always(c.fault)
		}
		r, slept := waits(t, env, func(n int) {
			if n == c.after {
				server.Always(c.fault)
			}
		}, "price<30")
		if r.status != c.status || len(slept) != c.after || r.out != "" {
			t.Errorf("%+v, slept %v", r, slept)
		}
	}
	if r, slept := waits(t, nil, never, "price<30"); r.status != 4 || len(slept) > 0 {
		t.Errorf("%+v", r)
	}
}

// An incomplete list is not used for comparison, and its warnings are printed once.
func TestWaitIgnoresChangesInIncompleteLists(t *testing.T) {
	server, env := service(t, stock("a 40", "b 41"), 0)
	server.Always(apitest.Body(`{"data":[{"id":"a","gpu_type":"B200","gpu_count":8,"region":"us-east-1",` +
		`"hourly_rate":40},{"gpu_type":"X"}],"meta":{"hasMore":true}}`))
	r, slept := waits(t, env, func(n int) {
		switch n {
		case 3:
			server.Always(nil)
		case 5:
			_ = server.SetCatalog(stock("a 40", "b 41", "c 42"))
		}
	}, "is:new")
	if r.status != 0 || r.out != "c\n" || len(slept) != 5 {
		t.Errorf("%+v, slept %v", r, slept)
	}
	if n := strings.Count(r.errOut, "without a usable id"); n != 1 ||
		strings.Count(r.errOut, "no cursor for them") != 1 {
		t.Errorf("said %d times: %s", n, r.errOut)
	}
}

// --timeout also ends a load that is running.
func TestWaitTimeoutEndsARunningLoad(t *testing.T) {
	server, env := service(t, stock("a 40"), 0)
	release := make(chan struct{})
	defer close(release)
	server.Always(server.Held(release))
	r, slept := waits(t, env, never, "--timeout", "30ms", "price<10")
	if r.status != 3 || len(slept) > 0 ||
		r.errOut != "gpupick: no matching offer (price<10) was listed within 30ms\n" {
		t.Errorf("%+v, slept %v", r, slept)
	}
}

// Ids that are not safe in a command do not count toward -n.
func TestUnsafeIDsDoNotCountTowardTheLimit(t *testing.T) {
	_, env := service(t, []byte(`{"data":[{"id":"un safe","gpu_type":"B200","hourly_rate":1},{"id":"safe",`+
		`"gpu_type":"B200","hourly_rate":2}]}`), 0)
	for _, args := range [][]string{{"-o", "id", "-n", "1"}, {"--wait", "-n", "1", "b200"}} {
		if r := runs(t, env, "", args...); r.status != 0 || r.out != "safe\n" ||
			r.errOut != "gpupick: 1 offer skipped: its id is not safe in a command\n" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

// late is a source whose second answer does not come in time.
type late struct{ asked int }

func (l *late) Host() string { return "runcrate.ai" }

func (l *late) Page(context.Context, api.Ask, string, func(api.Wait)) (api.Page, error) {
	switch l.asked++; l.asked {
	case 1:
		return api.Page{}, nil
	case 2:
		return api.Page{}, fmt.Errorf("no answer: %w", context.DeadlineExceeded)
	}
	return api.Page{Rows: api.RowsOf([]api.InstanceType{{ID: "cheap-a", GPUType: "B200"}}...)}, nil
}

// A request that takes too long does not end the wait, with --timeout or without it.
func TestWaitGoesOnAfterALateAnswer(t *testing.T) {
	for _, flags := range [][]string{{"--wait"}, {"--wait", "--timeout", "1h"}} {
		var out, errOut bytes.Buffer
		r := &run{Program: Program{Sleep: func(context.Context, time.Duration) error { return nil }}, stdout: &out,
			stderr: &errOut, disk: newDisk()}
		cmd := r.command()
		if err := cmd.ParseFlags(flags); err != nil {
			t.Fatal(err)
		}
		r.flags.given = cmd.Flags().Changed
		w, err := r.check([]string{"b200"})
		if err != nil {
			t.Fatal(err)
		}
		source := &late{}
		err = r.waitFor(context.Background(), w, func() (feed.Source, error) { return source, nil })
		if err != nil || out.String() != "cheap-a\n" {
			t.Errorf("%v: %q, %q, %v", flags, out.String(), errOut.String(), err)
		}
	}
}
