//go:build unix

package cli

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"gpupick/api"
	"gpupick/api/apitest"
)

// chaos answers like the server two times in three, and otherwise with one of the ways in
// which a service can fail.
func chaos(s *apitest.Server, rnd *rand.Rand) http.Handler {
	var one sync.Mutex // requests are concurrent
	faults := []http.Handler{
		apitest.Status(500, `{"error":"out of order"}`), apitest.Status(502, "<html>"), apitest.Status(429, "{}"),
		apitest.With(apitest.Status(503, "{}"), "Retry-After", "1"),
		apitest.With(apitest.Status(429, "{}"), "Retry-After", "3"), // the key does not cut it short
		apitest.WebPage(), apitest.Cut(`{"data":[{"id":"half`),
		apitest.Body(`{"data":[{"id":"odd\u001b[31m","hourly_rate":-1},{"id":7},null,[],{"id":"ok"}]}`),
		apitest.Body(`{"data":[{"id":"again"}],"meta":{"cursor":"round","hasMore":true}}`),
		apitest.Body(`{"data":[],"meta":{"hasMore":true}}`), apitest.Body("nonsense"),
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { // a reset
			if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
				_ = c.(*net.TCPConn).SetLinger(0)
				_ = c.Close()
			}
		}),
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // a slow body
			w.Header().Set("Content-Type", "application/json")
			for _, part := range []string{`{"data":`, `[{"id":`, `"slow"}`, `]}`} {
				select {
				case <-r.Context().Done():
					return
				case <-time.After(100 * time.Millisecond):
				}
				_, _ = w.Write([]byte(part))
				_ = http.NewResponseController(w).Flush()
			}
		}),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		one.Lock()
		n := rnd.IntN(3 * len(faults))
		one.Unlock()
		if n < len(faults) {
			faults[n].ServeHTTP(w, r)
			return
		}
		s.OK().ServeHTTP(w, r)
	})
}

// keysOfASoak are the keys that TestSoak types; none of them ends the program.
const keysOfASoak = "jkgGhl/8xh100eu price<20 \t\x1b\x1b[A\x1b[B\x1b[5~\x1b[6~0123@!vMtpXusSRCm?y>< " +
	"\x02\x06\x15\x04\x10\x0e\x7foca"

// TestSoak reloads every second from a service that fails at random, with keys typed at
// random, for GPUPICK_SOAK (2s by default). The heap and the goroutines must not grow, the
// terminal is restored, and the final list is the service's.
func TestSoak(t *testing.T) {
	lasts, err := time.ParseDuration(os.Getenv("GPUPICK_SOAK"))
	if err != nil {
		lasts = 2 * time.Second
	}
	server, env := service(t, demoCatalog(t), 100)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	server.Always(chaos(server, rand.New(rand.NewPCG(seed, 1))))
	rnd := rand.New(rand.NewPCG(seed, 2))
	home := t.TempDir()
	tty, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 40, Cols: 130}); err != nil {
		t.Fatal(err)
	}
	before, err := unix.IoctlGetTermios(int(theirs.Fd()), termiosRequest)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	emu := vt.NewEmulator(130, 40)
	read := make(chan struct{})
	go func() {
		defer close(read)
		buf := make([]byte, 1<<14)
		for {
			n, err := tty.Read(buf)
			mu.Lock()
			_, _ = emu.Write(buf[:n])
			mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	shows := func(text string) bool {
		mu.Lock()
		defer mu.Unlock()
		return strings.Contains(emu.String(), text)
	}
	baseline := runtime.NumGoroutine()
	ended := make(chan int, 1)
	var said strings.Builder
	go func() {
		p := Program{Demo: demoCatalog(t), Pause: 10 * time.Millisecond}
		ended <- p.Run(context.Background(), []string{"--clipboard", "off"},
			append(env, "HOME="+home, "TERM=xterm-256color", "LANG=C.UTF-8"), theirs, theirs, &said)
	}()
	types := func(keys string) {
		if _, err := tty.WriteString(keys); err != nil {
			t.Fatal(err)
		}
	}
	heap := func() (mb float64) {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	began, key, load, look := time.Now(), time.NewTicker(15*time.Millisecond), time.NewTicker(time.Second),
		time.NewTicker(max(lasts/20, 100*time.Millisecond))
	var heaps, goroutines []float64
	for time.Since(began) < lasts {
		select {
		case code := <-ended:
			t.Fatalf("it ended by itself with %d: %s", code, said.String())
		case <-key.C:
			types(string(keysOfASoak[rnd.IntN(len(keysOfASoak))]))
		case <-load.C:
			types("\x1b\x1b\x1b")
			for range 4 { // esc and a letter in one read would be alt and the letter
				<-key.C
			}
			types("r")
		case <-look.C:
			heaps, goroutines = append(heaps, heap()), append(goroutines, float64(runtime.NumGoroutine()-baseline))
		}
	}
	server.Always(nil)
	want := idsOf(t, demoCatalog(t))
	for give := time.Now().Add(patience); ; {
		types("\x1b\x1b\x1b\x1b")
		for range 4 {
			<-key.C
		}
		types("r")
		<-load.C
		if shows("624 listed") && shows("enter copy & quit") && slices.Equal(idsKept(t, home), want) {
			break
		}
		if time.Now().After(give) {
			t.Fatalf("the list is not there in the end, %d rows are kept:\n%s", len(idsKept(t, home)), emu.String())
		}
	}
	types("q")
	if code := <-ended; code != 0 {
		t.Errorf("status %d: %s", code, said.String())
	}
	if after, err := unix.IoctlGetTermios(int(theirs.Fd()), termiosRequest); err != nil || *after != *before {
		t.Error("the terminal's mode was changed")
	}
	t.Logf("%v, %d questions; heap %.1f MB, goroutines %.0f", lasts, len(server.Asked()), heaps, goroutines)
	if grows(heaps, 4) {
		t.Errorf("the heap grows: %.1f MB", heaps)
	}
	if grows(goroutines, 20) {
		t.Errorf("the goroutines become more: %.0f", goroutines)
	}
	_, _ = theirs.Close(), tty.Close()
	<-read
}

// grows reports whether the last samples are far above those of the first half.
func grows(samples []float64, slack float64) bool {
	n := len(samples)
	return n >= 6 && slices.Max(samples[n-3:]) > 1.5*slices.Max(samples[:n/2])+slack
}

// idsKept returns the ids of the answer saved below a home directory.
func idsKept(t *testing.T, home string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(home, ".local/state/gpupick/answer-*.json"))
	if len(files) == 0 {
		return nil
	}
	body, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(body), "\n")
	return idsOf(t, []byte(rows))
}

func idsOf(t *testing.T, body []byte) (ids []string) {
	t.Helper()
	page, err := api.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	for r := range page.Rows.All() {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return ids
}
