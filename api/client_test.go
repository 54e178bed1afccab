package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gpupick/api/apitest"
)

const canary = "rc_live_canary_0123456789"

var threeRows = []byte(`{"data":[
	{"id":"a","gpu_type":"H100 SXM","gpu_count":1,"region":"us-east-1","hourly_rate":2},
	{"id":"b","gpu_type":"H100 SXM","gpu_count":8,"region":"Quebec, CA","hourly_rate":16},
	{"id":"c","gpu_type":"L4 & co","gpu_count":1,"region":"us-east-1","hourly_rate":0.5}]}`)

// served starts a contract server on a loopback port and returns a client for it.
func served(t *testing.T, pageSize int) (*Client, *apitest.Server) {
	t.Helper()
	s, err := apitest.New(threeRows, canary, pageSize)
	if err != nil {
		t.Fatal(err)
	}
	origin, stop, err := apitest.Listen(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return clientFor(t, origin, Options{Pause: time.Millisecond}), s
}

func clientFor(t *testing.T, origin string, o Options) *Client {
	t.Helper()
	base, err := ParseBase(origin)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(Config{Base: base, Credentials: NewCredentials(canary, "the key from RUNCRATE_API_KEY")}, o)
	t.Cleanup(c.Close)
	return c
}

func ids(rows Rows) string {
	var list []string
	for r := range rows.All() {
		list = append(list, r.ID)
	}
	return strings.Join(list, " ")
}

func TestAllPagesAreRead(t *testing.T) {
	c, s := served(t, 1)
	var walk Walk
	var all Rows
	for more := true; more; {
		page, err := c.Page(t.Context(), Ask{}, walk.Cursor(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all.Append(page.Rows)
		walk, more, _ = walk.After(page)
	}
	if ids(all) != "c a b" || len(s.Asked()) != 3 {
		t.Errorf("%s after %d questions", ids(all), len(s.Asked()))
	}
}

func TestQueryParametersAreEscaped(t *testing.T) {
	c, s := served(t, 0)
	page, err := c.Page(t.Context(), Ask{GPUType: "L4 & co", Region: "us-east-1", GPUCount: 1}, "", nil)
	if err != nil || ids(page.Rows) != "c" {
		t.Errorf("%s, %v", ids(page.Rows), err)
	}
	if asked := s.Asked()[0]; asked != "gpu_count=1&gpu_type=L4+%26+co&region=us-east-1" {
		t.Errorf("asked %s", asked)
	}
}

func TestFaultStatuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault http.Handler
		what  string
		do    string
		again bool // the request is retried before it fails
	}{
		{"401", apitest.Status(401, `{"error":{"code":"unauthorized","message":"Invalid API key"}}`),
			"the key from RUNCRATE_API_KEY was rejected (401): Invalid API key", "check the key at " + KeysPage, false},
		{"402", apitest.Status(402, `{"error":"no credit"}`), "Runcrate requires payment (402): no credit",
			"see your account at https://www.runcrate.ai/dashboard", false},
		{"403", apitest.Status(403, `{"message":"not yours","code":"forbidden"}`),
			"this key is not allowed to list instance types (403): not yours",
			"see your account at https://www.runcrate.ai/dashboard", false},
		{"404", apitest.Status(404, `{"detail":"Not Found"}`),
			"nothing is listed at this address (404): Not Found",
			"check RUNCRATE_API_URL; instance types are at https://runcrate.ai", false},
		{"422", apitest.Status(422, `{"detail":[{"loc":["query","gpu_count"],"msg":"must be positive"}]}`),
			"Runcrate rejected the request (422): gpu_count: must be positive", "", false},
		{"429", apitest.Status(429, `{}`), "Runcrate asks to slow down (429)", "", true},
		{"500", apitest.Status(500, `oops`), "Runcrate returned an error (500)", "", true},
		{"an HTML body", apitest.Status(502, `<html>Bad Gateway</html>`), "Runcrate returned an error (502)",
			"", true},
		{"a body of wrong types", apitest.Status(400, `{"error":[1],"message":{},"detail":7}`),
			"Runcrate rejected the request (400)", "", false},
		{"a hostile message", apitest.Status(400, `{"error":"a\u001b[31mb"}`),
			"Runcrate rejected the request (400): a▯b", "", false},
		{"a long message", apitest.Status(400, `{"error":"`+strings.Repeat("x", 500)+`"}`),
			"Runcrate rejected the request (400): " + strings.Repeat("x", 199) + "…", "", false},
		{"a message with the key in it", apitest.Status(400, `{"error":"bad key `+canary+`"}`),
			"Runcrate rejected the request (400): bad key rc_live_…", "", false},
		{"the key in an error with status 200", apitest.Body(`{"error":"bad key ` + canary + `"}`),
			"unexpected answer: Runcrate returned an error: bad key rc_live_…", "", false},
		{"a key that is cut", apitest.Status(400, `{"error":"`+strings.Repeat("x", 185)+` `+canary+`"}`),
			"Runcrate rejected the request (400): " + strings.Repeat("x", 185) + " rc_live_…", "", false},
		{"a key that is cut, with status 200",
			apitest.Body(`{"error":"` + strings.Repeat("x", 185) + ` ` + canary + `"}`),
			"unexpected answer: Runcrate returned an error: " + strings.Repeat("x", 185) + " rc_live_…", "", false},
		{"a key that is escaped", apitest.Status(400,
			`{"error":{"message":"bad key rc\u005flive\u005fcanary_0123456789"}}`),
			"Runcrate rejected the request (400): bad key rc_live_…", "", false},
		{"a status with a body that is cut", apitest.WithStatus(401, apitest.Cut(`{"error":`)),
			"the key from RUNCRATE_API_KEY was rejected (401)", "check the key at " + KeysPage, false},
		{"401 of a web page", apitest.Status(401, "\ufeff <!doctype html><title>Log in</title>"),
			"unexpected answer: got a web page, not the API (401): captive portal, proxy or wrong address?", "", false},
		{"403 of a web page", apitest.Status(403, "\n<html>denied"), "unexpected answer: got a web page, not the " +
			"API (403): captive portal, proxy or wrong address?", "", false},
		{"403 of a proxy", apitest.With(apitest.Status(403, ""), "Proxy-Status", "gate; error=http_request_denied"),
			"unexpected answer: got the refusal of a proxy, not the API (403): captive portal, proxy or wrong address?",
			"", false},
		{"403 of a firewall", apitest.Status(403, "error code: 1020"), "unexpected answer: got plain text, not the " +
			"API (403): captive portal, proxy or wrong address?", "", false},
		{"403 without words", apitest.Status(403, ""), "this key is not allowed to list instance types (403)",
			"see your account at https://www.runcrate.ai/dashboard", false},
		{"408", apitest.Status(408, `{}`), "Runcrate asks to retry (408)", "", true},
		{"425", apitest.Status(425, `{}`), "Runcrate asks to retry (425)", "", true},
		{"a gzip header without gzip", apitest.With(apitest.Body(`{"data":[],"meta":null}`), "Content-Encoding",
			"gzip"),
			"unexpected answer: not valid gzip", "", false},
		{"a request id with a key that is cut",
			apitest.With(apitest.Status(400, "{}"), "X-Request-Id", strings.Repeat("x", 500)+canary),
			CleanText("Runcrate rejected the request (400) (request " + strings.Repeat("x", 500) +
				"rc_live_…)"), "", false},
		{"a web page", apitest.WebPage(),
			"unexpected answer: got a web page, not the API: captive portal, proxy or wrong address?", "", false},
		{"cut in the middle", apitest.Cut(`{"data":[`), "HOST closed the connection in the middle of the answer", "",
			true},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, s := served(t, 0)
			s.Always(c.fault)
			_, err := client.Page(t.Context(), Ask{}, "", nil)
			if err == nil {
				t.Fatal("no error")
			}
			what, do := Explain(err)
			if want := strings.ReplaceAll(c.what, "HOST", client.Host()); what != want || do != c.do {
				t.Errorf("%s; %s\nwant %s; %s", what, do, want, c.do)
			}
			want := 1
			if c.again {
				want = Attempts
			}
			if n := len(s.Asked()); n != want {
				t.Errorf("asked %d times, want %d", n, want)
			}
			s.Always(nil)
			if page, err := client.Page(t.Context(), Ask{}, "", nil); err != nil || page.Rows.Len() != 3 {
				t.Errorf("afterwards: %d rows, %v", page.Rows.Len(), err)
			}
		})
	}
}

func TestFaultConnectionRefused(t *testing.T) {
	origin, stop, err := apitest.Listen(http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	stop()
	c := clientFor(t, origin, Options{Pause: time.Millisecond})
	_, err = c.Page(t.Context(), Ask{}, "", nil)
	if want := c.Host() + " refused the connection"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// roundTripFunc makes a function an http.RoundTripper.
type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(status int, body io.Reader, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(body)}
}

func TestFaultRedirects(t *testing.T) {
	for _, c := range []struct {
		from, to string
		followed bool
	}{
		{"https://runcrate.ai", "https://www.runcrate.ai/api/v1/instances/types", true},
		{"https://www.runcrate.ai", "https://runcrate.ai/api/v1/instances/types", true},
		{"https://runcrate.ai", "/elsewhere", true},
		{"https://runcrate.ai", "https://www.runcrate.ai/" + canary, false},
		{"https://runcrate.ai", "https://evil.example/x", false},
		{"https://runcrate.ai", "http://www.runcrate.ai/x", false},
		{"https://runcrate.ai", "https://www.runcrate.ai:8443/x", false},
		{"https://runcrate.ai", "https://api.runcrate.ai/x", false},
		{"https://runcrate.ai", "https://runcrate.ai@evil.example/x", false},
		{"https://runcrate.ai", "https://user@www.runcrate.ai/x", false},
		{"https://runcrate.ai", "https://www.runcrate.ai.evil.example/x", false},
		{"https://runcrate.ai", "//evil.example/x", false},
	} {
		t.Run(c.to, func(t *testing.T) {
			var seen []string
			client := clientFor(t, c.from, Options{
				Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
					seen = append(seen, r.URL.Scheme+"://"+r.URL.Host+" "+r.Header.Get("Authorization"))
					if len(seen) == 1 {
						resp := answer(http.StatusFound, strings.NewReader(""), "Location", c.to)
						resp.Request = r
						return resp, nil
					}
					return answer(200, bytes.NewReader(threeRows)), nil
				})})
			page, err := client.Page(t.Context(), Ask{}, "", nil)
			if c.followed {
				if err != nil || page.Rows.Len() != 3 || len(seen) != 2 ||
					!strings.HasSuffix(seen[1], "Bearer "+canary) {
					t.Errorf("%v after %q", err, seen)
				}
				return
			}
			var refused *RedirectError
			if !errors.As(err, &refused) || len(seen) != 1 {
				t.Errorf("%v after %q", err, seen)
			}
			if target, _ := url.Parse(c.to); refused != nil && !strings.Contains(err.Error(), target.Host) {
				t.Errorf("%v does not name %s", err, target.Host)
			}
		})
	}
}

func TestRedirectChainsDoNotReachOtherHosts(t *testing.T) {
	var seen []string
	c := clientFor(t, "https://runcrate.ai",
		Options{Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
			seen = append(seen, r.URL.Host)
			resp := answer(http.StatusFound, strings.NewReader(""), "Location", "https://www."+r.URL.Host+"/x")
			resp.Request = r
			return resp, nil
		})})
	if _, err := c.Page(t.Context(), Ask{}, "", nil); err == nil ||
		strings.Join(seen, " ") != "runcrate.ai www.runcrate.ai" {
		t.Errorf("%v after %q", err, seen)
	}
}

func TestFaultNoAnswer(t *testing.T) {
	for _, c := range []struct {
		name     string
		err      error
		what, do string
		again    bool
	}{
		{"no such host", &net.OpError{Op: "dial", Err: &net.DNSError{Name: "runcrate.ai", IsNotFound: true}},
			"cannot find runcrate.ai: network or DNS?", "the address comes from RUNCRATE_API_URL", false},
		{"refused", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, "runcrate.ai:443 refused the connection", "",
			true},
		{"unreachable", &net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH},
			"runcrate.ai:443 cannot be reached: no network?", "", true},
		{"proxy", &net.OpError{Op: "proxyconnect",
			Err: &net.OpError{Op: "dial", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 3128},
				Err: syscall.ECONNREFUSED}}, "the proxy 127.0.0.1:3128 refused the connection", "", true},
		{"no such proxy", &net.OpError{Op: "proxyconnect", Err: &net.DNSError{Name: "proxy.example", IsNotFound: true}},
			"cannot find the proxy proxy.example: network or DNS?",
			"check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY",
			false},
		{"unknown issuer", x509.UnknownAuthorityError{}, "the certificate of runcrate.ai is from an unknown issuer",
			"behind a company proxy, name its certificate in SSL_CERT_FILE", false},
		{"expired", x509.CertificateInvalidError{Reason: x509.Expired}, "the certificate of runcrate.ai has expired",
			"is the clock of this computer right?", false},
		{"not valid yet", x509.CertificateInvalidError{Reason: x509.Expired,
			Cert: &x509.Certificate{NotBefore: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}},
			"the certificate of runcrate.ai is not valid yet", "is the clock of this computer right?", false},
		{"unfit", x509.CertificateInvalidError{Reason: x509.IncompatibleUsage},
			"the certificate of runcrate.ai is not valid", "is the clock of this computer right?", false},
		{"another host's", x509.HostnameError{Certificate: &x509.Certificate{}, Host: "runcrate.ai"},
			"the certificate of runcrate.ai is for another host", "a captive portal or a proxy may be in the way",
			false},
		{"no TLS", tls.RecordHeaderError{}, "runcrate.ai does not speak TLS", "", false},
		{"TLS refused", &net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")},
			"runcrate.ai refused the TLS handshake", "", false},
		{"DNS does not answer", &net.OpError{Op: "dial", Err: &net.DNSError{Name: "runcrate.ai", IsTimeout: true}},
			"cannot look up runcrate.ai: DNS does not answer", "", true},
		{"timeout", &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded},
			"runcrate.ai:443 did not accept the connection in time", "", true},
		{"no answer", context.DeadlineExceeded, "runcrate.ai did not answer in time", "", true},
		{"headers without end", errors.New("net/http: server response headers exceeded 65536 bytes; aborted"),
			"unexpected answer: response headers too large", "", false},
		{"reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET},
			"runcrate.ai closed the connection in the middle of the answer", "", true},
		{"HTTP/2", errors.New("stream error: stream ID 1; INTERNAL_ERROR"), "runcrate.ai broke off the answer", "",
			true},
		{"no HTTP", errors.New("net/http: malformed HTTP response \"SSH-2.0\""),
			"runcrate.ai sends something that is not HTTP", "", true},
		{"anything else", errors.New("odd\x1b[2J " + canary), "no answer from runcrate.ai", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				client := clientFor(t, "https://runcrate.ai",
					Options{Transport: roundTripFunc(func(*http.Request) (*http.Response, error) {
						asked++
						return nil, c.err
					})})
				client.config.BaseFrom = "RUNCRATE_API_URL"
				_, err := client.Page(t.Context(), Ask{}, "", nil)
				if what, do := Explain(err); what != c.what || do != c.do {
					t.Errorf("%s: %s; %s\nwant %s; %s", c.name, what, do, c.what, c.do)
				}
				if again := asked == Attempts; again != c.again || !again && asked != 1 {
					t.Errorf("%s: asked %d times", c.name, asked)
				}
			})
		})
	}
}

func TestFaultAnUnknownIssuer(t *testing.T) {
	asked := false
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	_, err := clientFor(t, server.URL, Options{}).Page(t.Context(), Ask{}, "", nil)
	if err == nil || !strings.HasSuffix(err.Error(), "is from an unknown issuer") || asked {
		t.Errorf("%v, asked %v", err, asked)
	}
}

func TestTheTransportHasBudgets(t *testing.T) {
	tr := newTransport()
	if tr.ResponseHeaderTimeout != headerBudget || tr.TLSHandshakeTimeout != tlsBudget ||
		tr.MaxResponseHeaderBytes != headersBudget || tr.Proxy == nil || tr.TLSClientConfig != nil {
		t.Errorf("%+v", tr)
	}
}

func TestFaultAGzipBomb(t *testing.T) {
	zipped := func(s string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(s))
		_ = z.Close()
		return b.Bytes()
	}
	begin := zipped(`{"data":[""`)
	more := zipped(strings.Repeat(`,"`+strings.Repeat("a", 1<<16)+`"`, 16)) // still the beginning of valid JSON
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(begin)
		for range 2 * bodyBudget >> 20 {
			if _, err := w.Write(more); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	if _, err := clientFor(t, server.URL, Options{}).Page(t.Context(), Ask{}, "", nil); err == nil ||
		err.Error() != "unexpected answer: response too large" {
		t.Error(err)
	}
}

func TestRedirectLoopsEnd(t *testing.T) {
	asked := 0
	c := clientFor(t, "https://runcrate.ai",
		Options{Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
			asked++
			resp := answer(http.StatusFound, strings.NewReader(""), "Location", r.URL.String())
			resp.Request = r
			return resp, nil
		})})
	if _, err := c.Page(t.Context(), Ask{}, "", nil); err == nil || asked != hopBudget+1 {
		t.Errorf("%v after %d questions", err, asked)
	}
}

// dripping is a body that never ends and gives one byte per second.
type dripping struct{ ctx context.Context }

func (d dripping) Read(p []byte) (int, error) {
	select {
	case <-time.After(time.Second):
		p[0] = ' '
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

func TestFaultADrippingBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clientFor(t, "https://runcrate.ai",
			Options{Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
				return answer(200, dripping{r.Context()}), nil
			})})
		began := time.Now()
		_, err := c.Page(context.Background(), Ask{}, "", nil)
		if err == nil || err.Error() != "runcrate.ai did not answer in time" || time.Since(began) != pageBudget {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

func TestCancelReturnsContextCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clientFor(t, "https://runcrate.ai",
			Options{Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
				return answer(200, dripping{r.Context()}), nil
			})})
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(3*time.Second, cancel)
		if _, err := c.Page(ctx, Ask{}, "", nil); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// endless is a body of spaces that never ends; given counts its bytes.
type endless struct{ given *atomic.Int64 }

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	e.given.Add(int64(len(p)))
	return len(p), nil
}

func TestFaultAnEndlessBody(t *testing.T) {
	var given atomic.Int64
	c := clientFor(t, "https://runcrate.ai",
		Options{Transport: roundTripFunc(func(*http.Request) (*http.Response, error) {
			return answer(200, endless{&given}), nil
		})})
	_, err := c.Page(t.Context(), Ask{}, "", nil)
	if err == nil || err.Error() != "unexpected answer: response too large" || given.Load() > 2*bodyBudget {
		t.Errorf("%v after %d bytes", err, given.Load())
	}
}

func TestTheLogHasNoSecret(t *testing.T) {
	s, _ := apitest.New(threeRows, canary, 0)
	origin, stop, err := apitest.Listen(s)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	var log strings.Builder
	c := clientFor(t, origin, Options{Log: func(e Exchange) { fmt.Fprintf(&log, "%+v\n", e) }})
	s.Then(apitest.Status(400, `{"error":"`+canary+`"}`))
	s.Then(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Request-Id", canary)
		_, _ = w.Write([]byte(`{"data":[],"meta":{"requestId":"` + canary + `"}}`))
	}))
	for range 3 {
		page, _ := c.Page(t.Context(), Ask{}, "", nil)
		if strings.Contains(page.RequestID, canary) {
			t.Error("the request id has the key in it")
		}
		_, _ = c.Page(t.Context(), Ask{GPUType: "H100"}, "secret-cursor", nil)
	}
	if strings.Contains(log.String(), canary) || strings.Contains(log.String(), "secret-cursor") ||
		!strings.Contains(log.String(), "Status:400") {
		t.Error(log.String())
	}
}

func TestAskString(t *testing.T) {
	if s := (Ask{GPUType: "H100", Region: "us\x1b[31m", GPUCount: 8}).
		String(); s != "gpu_type=H100 region=us▯ gpu_count=8" {
		t.Errorf("%q", s)
	}
}
