package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// turn is one answer in a sequence; the last one is repeated.
type turn struct {
	status int
	header []string
	body   string
}

// history records the load of one page on a virtual clock: when requests were sent,
// and which pauses were reported.
type history struct {
	asked []time.Duration // times of the requests, since the start
	waits []Wait
	page  Page
	err   error
	took  time.Duration
}

// loadOnce loads one page from a service that gives turns as its answers.
func loadOnce(t *testing.T, turns ...turn) history {
	t.Helper()
	var h history
	began := time.Now()
	c := clientFor(t, "https://runcrate.ai",
		Options{Transport: roundTripFunc(func(*http.Request) (*http.Response, error) {
			now := turns[min(len(h.asked), len(turns)-1)]
			h.asked = append(h.asked, time.Since(began))
			return answer(now.status, strings.NewReader(now.body), now.header...), nil
		})})
	h.page, h.err = c.Page(t.Context(), Ask{}, "", func(w Wait) { h.waits = append(h.waits, w) })
	h.took = time.Since(began)
	return h
}

// pauses returns the times between the requests.
func (h history) pauses() (list []time.Duration) {
	for i := 1; i < len(h.asked); i++ {
		list = append(list, h.asked[i]-h.asked[i-1])
	}
	return list
}

func TestFaultServerErrorsAreTriedThreeTimesMore(t *testing.T) {
	for _, status := range []int{408, 425, 500, 502, 503, 504, 520, 524, 529, 429} {
		synctest.Test(t, func(t *testing.T) {
			h := loadOnce(t, turn{status: status})
			var failed *StatusError
			if !errors.As(h.err, &failed) || failed.Status != status || len(h.asked) != 4 {
				t.Fatalf("%d: asked %d times, %v", status, len(h.asked), h.err)
			}
			for i, pause := range h.pauses() {
				about := time.Second << i
				if pause < about/2 || pause > about*3/2 {
					t.Errorf("%d: pause %d is %v, not about %v", status, i, pause, about)
				}
				w := h.waits[i]
				if w.Attempt != i+2 || !errors.As(w.Why, &failed) {
					t.Errorf("%d: told %+v", status, w)
				}
			}
		})
	}
	for _, status := range []int{501, 505, 599, 400, 404, 410} {
		synctest.Test(t, func(t *testing.T) {
			if h := loadOnce(t, turn{status: status}); len(h.asked) != 1 || len(h.waits) != 0 || h.took != 0 {
				t.Errorf("%d: asked %d times in %v", status, len(h.asked), h.took)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { // a proxy may turn 200 into 203
		if h := loadOnce(t, turn{status: 203, body: string(threeRows)}); h.err != nil || h.page.Rows.Len() != 3 {
			t.Errorf("203: %v, %d rows", h.err, h.page.Rows.Len())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		h := loadOnce(t, turn{status: 500}, turn{status: 503}, turn{status: 200, body: string(threeRows)})
		if h.err != nil || h.page.Rows.Len() != 3 || len(h.asked) != 3 {
			t.Errorf("%v after %d questions", h.err, len(h.asked))
		}
	})
}

// Clients that fail at the same moment must not retry at the same moment.
func TestRetryPausesAreRandom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		seen := map[time.Duration]bool{}
		for range 8 {
			seen[loadOnce(t, turn{status: 500}).pauses()[0]] = true
		}
		if len(seen) < 3 {
			t.Errorf("%d different pauses of 8", len(seen))
		}
	})
}

func TestFaultRetryAfter(t *testing.T) {
	const sent = "Wed, 02 Jan 2030 10:00:00 GMT"
	for _, c := range []struct {
		name   string
		header []string
		wait   time.Duration // 0: our own pause
		later  time.Duration // the pause that the answer asks for, if it is too long for us
	}{
		{name: "seconds", header: []string{"Retry-After", "7"}, wait: 7 * time.Second},
		{name: "a date, by the answer's own clock",
			header: []string{"Retry-After", "Wed, 02 Jan 2030 10:00:09 GMT", "Date", sent}, wait: 9 * time.Second},
		{name: "too long", header: []string{"Retry-After", "3600"}, later: time.Hour},
		{name: "a date too far away", header: []string{"Retry-After", "Wed, 02 Jan 2030 10:10:00 GMT", "Date", sent},
			later: 10 * time.Minute},
		{name: "now", header: []string{"Retry-After", "0"}},
		{name: "negative", header: []string{"Retry-After", "-5"}},
		{name: "a date that has passed", header: []string{"Retry-After", "Wed, 02 Jan 2030 09:00:00 GMT", "Date",
			sent}},
		{name: "junk", header: []string{"Retry-After", "soon"}},
		{name: "huge", header: []string{"Retry-After", "99999999999999999999"}},
		{name: "a century", header: []string{"Retry-After", "2000000000"}},
		{name: "fractions", header: []string{"Retry-After", "1.5"}},
		{name: "a reset, by the answer's own clock", header: []string{"X-RateLimit-Reset", "1893578407", "Date", sent},
			wait: 7 * time.Second},
		{name: "a reset too far away", header: []string{"X-RateLimit-Reset", "1893579000", "Date", sent},
			later: 10 * time.Minute},
		{name: "seconds go before a reset", header: []string{"Retry-After", "7", "X-RateLimit-Reset", "1893579000",
			"Date", sent}, wait: 7 * time.Second},
		{name: "a reset that has passed", header: []string{"X-RateLimit-Reset", "1893578399", "Date", sent}},
		{name: "a reset in thousandths", header: []string{"X-RateLimit-Reset", "1893578407000", "Date", sent}},
		{name: "a reset that overflows", header: []string{"X-RateLimit-Reset", "9223372036854775807", "Date", sent}},
	} {
		for _, status := range []int{429, 503, 408, 425} {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				h := loadOnce(t, turn{status: status, header: c.header}, turn{status: 200, body: string(threeRows)})
				var later *LaterError
				switch {
				case c.later > 0:
					if !errors.As(h.err, &later) || h.took != 0 || !later.Until.Equal(began.Add(c.later)) {
						t.Errorf("%s, %d: %v after %v", c.name, status, h.err, h.took)
					}
				case h.err != nil || len(h.asked) != 2:
					t.Errorf("%s, %d: %v after %d questions", c.name, status, h.err, len(h.asked))
				case c.wait > 0 && h.took != c.wait, c.wait == 0 && (h.took < firstPause/2 || h.took > firstPause*3/2):
					t.Errorf("%s, %d: waited %v", c.name, status, h.took)
				case !h.waits[0].Until.Equal(began.Add(h.took)):
					t.Errorf("%s, %d: told %v, waited %v", c.name, status, h.waits[0].Until.Sub(began), h.took)
				}
			})
		}
	}
	synctest.Test(t, func(t *testing.T) { // other statuses: Retry-After is ignored
		if h := loadOnce(t, turn{status: 500, header: []string{"Retry-After", "30"}},
			turn{status: 200, body: string(threeRows)}); h.took > 2*time.Second {
			t.Errorf("waited %v", h.took)
		}
	})
	synctest.Test(t, func(t *testing.T) { // short pauses do not add attempts
		h := loadOnce(t, turn{status: 429, header: []string{"Retry-After", "1"}})
		var later *LaterError
		if !errors.As(h.err, &later) || len(h.asked) != 4 || h.took != 3*time.Second {
			t.Errorf("%v after %d questions in %v", h.err, len(h.asked), h.took)
		}
	})
}

func TestLaterErrorSaysHowLongToWait(t *testing.T) {
	asked := time.Date(2026, 1, 2, 13, 0, 0, 0, time.UTC)
	status := &StatusError{Status: 429, Message: "slowly", RequestID: "req_1"}
	for until, want := range map[time.Time]string{
		asked.Add(63 * time.Minute): "Runcrate asks to wait until 14:03 (429): slowly (request req_1)",
		asked.Add(13 * time.Hour):   "Runcrate asks to wait until Sat 02:00 (429): slowly (request req_1)",
	} {
		if what, _ := Explain(&LaterError{Until: until, Asked: asked, Answer: status}); what != want {
			t.Errorf("%s\nwant %s", what, want)
		}
	}
}

// However the attempts fail, a page takes no longer than its budget.
func TestFaultAllAttemptsShareOneBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, began := 0, time.Now()
		c := clientFor(t, "https://runcrate.ai",
			Options{Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
				asked++
				<-r.Context().Done()
				return nil, r.Context().Err()
			})})
		_, err := c.Page(t.Context(), Ask{}, "", nil)
		if err == nil || err.Error() != "runcrate.ai did not answer in time" || time.Since(began) != pageBudget ||
			asked != 3 {
			t.Errorf("%v after %d questions in %v", err, asked, time.Since(began))
		}
	})
}

func TestFaultCancelEndsAPauseAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := clientFor(t, "https://runcrate.ai",
			Options{Transport: roundTripFunc(func(*http.Request) (*http.Response, error) {
				return answer(503, strings.NewReader(""), "Retry-After", "30"), nil
			})})
		began := time.Now()
		time.AfterFunc(2*time.Second, cancel)
		if _, err := c.Page(ctx, Ask{}, "", nil); !errors.Is(err, context.Canceled) ||
			time.Since(began) != 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// An answer that ends early is requested again, and the part that arrived is not used.
func TestFaultHalfAnAnswerIsNeverDecoded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		c := clientFor(t, "https://runcrate.ai",
			Options{Transport: roundTripFunc(func(*http.Request) (*http.Response, error) {
				if asked++; asked == 1 { // complete JSON, but the body fails after it
					return answer(200, io.MultiReader(strings.NewReader(`{"data":[]}`), broken{io.ErrUnexpectedEOF})),
						nil
				}
				return answer(200, bytes.NewReader(threeRows)), nil
			})})
		page, err := c.Page(t.Context(), Ask{}, "", nil)
		if err != nil || page.Rows.Len() != 3 || asked != 2 {
			t.Errorf("%d rows, %v after %d questions", page.Rows.Len(), err, asked)
		}
	})
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

func TestFingerprintDependsOnServiceAccountAndAsk(t *testing.T) {
	seen := map[string]string{}
	add := func(name, origin string, cred Credentials, ask Ask) {
		base, err := ParseBase(origin)
		if err != nil {
			t.Fatal(err)
		}
		print := NewClient(Config{Base: base, Credentials: cred}, Options{}).Fingerprint(ask)
		if strings.Contains(print, "canary") || len(print) != 32 {
			t.Errorf("%s: %s", name, print)
		}
		if other, twice := seen[print]; twice {
			t.Errorf("%s and %s are one", name, other)
		}
		seen[print] = name
	}
	key := Credentials{secret: canary}
	add("a key", "https://runcrate.ai", key, Ask{})
	add("another address", "https://runcrate.example", key, Ask{})
	add("another key", "https://runcrate.ai", Credentials{secret: canary + "2"}, Ask{})
	add("a project", "https://runcrate.ai", Credentials{secret: canary, project: "p"}, Ask{})
	add("its environment", "https://runcrate.ai", Credentials{secret: canary, project: "p", environment: "e"}, Ask{})
	for i, ask := range []Ask{{GPUType: "a"}, {Region: "a"}, {GPUCount: 1}, {GPUType: "a", Region: "a"}} {
		add(fmt.Sprint("ask ", i), "https://runcrate.ai", key, ask)
	}
	prints := []string{}
	for _, token := range []string{"one", "two"} { // a new login is the same account
		base, _ := ParseBase("https://runcrate.ai")
		prints = append(prints, NewClient(Config{Base: base, Credentials: Credentials{secret: token, project: "p"}},
			Options{}).Fingerprint(Ask{}))
	}
	if prints[0] != prints[1] {
		t.Error("a new token is another account")
	}
}
