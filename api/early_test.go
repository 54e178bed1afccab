package api

import (
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// unfinished is a body whose first bytes arrive and whose rest never does.
type unfinished struct {
	io.Reader
	closed chan struct{}
}

func unfinishedBody(text string) *unfinished {
	u := &unfinished{closed: make(chan struct{})}
	u.Reader = io.MultiReader(strings.NewReader(text), u.rest())
	return u
}

func (u *unfinished) rest() io.Reader {
	return readerFunc(func([]byte) (int, error) { <-u.closed; return 0, net.ErrClosed })
}

func (u *unfinished) Close() error {
	select {
	case <-u.closed:
	default:
		close(u.closed)
	}
	return nil
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// What the first bytes of an answer say is said at once, or within the seconds that a failed answer may take,
// and is not asked for again.
func TestFaultAnswersWhoseFirstBytesSayIt(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		within time.Duration
		want   string
	}{
		"broken JSON":      {200, `{"data": oops`, 0, "not valid JSON at byte 10"},
		"a web page":       {200, "\n<", 0, "got a web page"},
		"no JSON":          {200, "x", 0, "not valid JSON at byte 1"},
		"a rejected key":   {401, `{"error":"no"}`, failureBudget, "was rejected (401)"},
		"a rejected query": {400, `{"error":`, failureBudget, "rejected the request (400)"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				client := NewClient(Config{Base: &url.URL{Scheme: "https", Host: "api.test", Path: "/api/v1"},
					Credentials: NewCredentials(canary, "the key")},
					Options{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
						asked++
						return &http.Response{StatusCode: c.status, Body: unfinishedBody(c.body),
							Header: http.Header{}}, nil
					})})
				began := time.Now()
				_, err := client.Page(t.Context(), Ask{}, "", nil)
				if err == nil || !strings.Contains(err.Error(), c.want) || time.Since(began) > c.within || asked != 1 {
					t.Errorf("%v after %v and %d requests", err, time.Since(began), asked)
				}
			})
		})
	}
}

// What no further request can mend is not asked for again, and is said in gpupick's words.
func TestFaultWhatNeverGetsBetter(t *testing.T) {
	plain := httptest.NewUnstartedServer(http.NotFoundHandler())
	plain.Config.ErrorLog = log.New(io.Discard, "", 0)
	plain.Start()
	defer plain.Close()
	place, redirects := rawServer(t, func(_ int, c *net.TCPConn) {
		say(c, "HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n")
	})
	for origin, want := range map[string]string{
		strings.Replace(plain.URL, "http:", "https:", 1): " speaks plain HTTP, not HTTPS",
		"http://127.0.0.1:99999":                         " is no address: invalid port",
		place:                                            "redirected to something that is no address",
	} {
		waits := 0
		_, err := clientFor(t, origin, Options{Pause: time.Millisecond}).
			Page(t.Context(), Ask{}, "", func(Wait) { waits++ })
		if err == nil || !strings.Contains(err.Error(), want) || waits > 0 {
			t.Errorf("%s: %v after %d pauses", origin, err, waits)
		}
	}
	if redirects.Load() > 1 {
		t.Errorf("%d requests", redirects.Load())
	}
}

// An answer with rows and an error beside them is a part of the list, never all of it.
func TestFaultRowsWithAnError(t *testing.T) {
	for body, want := range map[string]string{
		`{"data":[{"id":"a"}],"error":"shard down"}`: "Runcrate returned an error: shard " +
			"down",
		`{"error":{"message":"shard down"},"data":[{"id":"a"}],"meta":{}}`: "Runcrate returned an error: shard " +
			"down",
		`{"data":[{"id":"a"}],"errors":[{"message":"x"}]}`:                      "Runcrate returned an error: x",
		`{"data":[{"id":"a"}],"success":false,"message":"late"}`:                "Runcrate returned an error: late",
		`{"data":[{"id":"a"}],"error":true}`:                                    "Runcrate returned an error",
		`{"data":[{"id":"a"}],"error":null,"errors":[ ],"message":"all right"}`: "",
		`{"data":[{"id":"a"}],"error":"","success":true}`:                       "",
	} {
		page, err := Decode([]byte(body))
		if err != nil || page.Rows.Len() != 1 || page.Failed != want {
			t.Errorf("%s: %q, %v", body, page.Failed, err)
		}
		if _, more, why := (Walk{}).After(page); more || string(why) != want {
			t.Errorf("%s: the walk goes on: %v, %q", body, more, why)
		}
		for _, nothing := range []string{"[]", "null"} {
			_, err := Decode([]byte(strings.Replace(body, `[{"id":"a"}]`, nothing, 1)))
			if want != "" && (err == nil || !strings.Contains(err.Error(), want)) || want == "" && err != nil {
				t.Errorf("%s without rows: %v", body, err)
			}
		}
	}
}

// A cursor that is too long to keep ends the walk, and the list is incomplete.
func TestFaultACursorWithoutMeasure(t *testing.T) {
	for size, want := range map[int]Incomplete{cursorBudget: "", cursorBudget + 1: NoWayOn} {
		page, err := Decode([]byte(`{"data":[],"meta":{"hasMore":true,"cursor":"` + strings.Repeat("x", size) + `"}}`))
		if _, more, why := (Walk{}).After(page); err != nil || more != (want == "") || why != want {
			t.Errorf("%d bytes: %v, %q, %v", size, more, why, err)
		}
	}
}
