package api

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"gpupick/api/apitest"
)

// TestMain is also a program that loads one page, for tests that need a separate
// process: with ASK_ONCE set to an address, it loads from there and prints the result.
func TestMain(m *testing.M) {
	origin := os.Getenv("ASK_ONCE")
	if origin == "" {
		goleak.VerifyTestMain(m)
		return
	}
	base, err := ParseBase(origin)
	if err != nil {
		log.Fatal(err)
	}
	c := NewClient(Config{Base: base, Credentials: NewCredentials(canary, "the key")}, Options{Pause: time.Millisecond})
	page, err := c.Page(context.Background(), Ask{}, "", nil)
	if err != nil {
		what, do := Explain(err)
		fmt.Print(what, "; ", do)
		return
	}
	fmt.Print(page.Rows.Len(), " rows")
}

// rawServer starts a server whose answers are raw bytes: it calls speak with the n-th
// connection, counted from 1, once a request has arrived on it.
func rawServer(t *testing.T, speak func(n int, c *net.TCPConn)) (origin string, connections *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	connections = new(atomic.Int32)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			n := connections.Add(1)
			if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
				speak(int(n), c.(*net.TCPConn))
			}
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return "http://" + l.Addr().String(), connections
}

func say(c *net.TCPConn, text string) { _, _ = c.Write([]byte(text)) }

// However a connection breaks in the middle of an answer, the page is requested again
// and nothing of the partial answer is used.
func TestFaultConnectionsThatBreakInMidBody(t *testing.T) {
	whole := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: "+
		"close\r\n\r\n%s", len(threeRows), threeRows)
	for name, half := range map[string]func(c *net.TCPConn){
		"a reset": func(c *net.TCPConn) {
			say(c, whole[:len(whole)-20])
			_ = c.SetLinger(0) // close sends RST
		},
		"a reset before the headers": func(c *net.TCPConn) { _ = c.SetLinger(0) },
		"a reset behind whole JSON": func(c *net.TCPConn) {
			say(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":[]}")
			_ = c.SetLinger(0)
		},
		"an end before Content-Length": func(c *net.TCPConn) { say(c, whole[:len(whole)-20]) },
		"chunks without an end": func(c *net.TCPConn) {
			say(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"data\":[]}\r\n")
		},
		"a chunk that is cut": func(c *net.TCPConn) {
			say(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"data\":[]}")
		},
		"a chunk with an impossible size": func(c *net.TCPConn) {
			say(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"data\":[]}\r\n0\r\n\r\n")
		},
		"gzip that is cut": func(c *net.TCPConn) {
			say(c, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\nConnection: "+
				"close\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xaa\x56")
		},
		"no HTTP at all": func(c *net.TCPConn) { say(c, "\x15\x03\x01\x00\x02\x02\x50") },
	} {
		t.Run(name, func(t *testing.T) {
			origin, connections := rawServer(t, func(n int, c *net.TCPConn) {
				if n == 1 {
					half(c)
					return
				}
				say(c, whole)
			})
			page, err := clientFor(t, origin, Options{Pause: time.Millisecond}).Page(t.Context(), Ask{}, "", nil)
			if err != nil || page.Rows.Len() != 3 {
				t.Errorf("%d rows, %v", page.Rows.Len(), err)
			}
			// net/http itself repeats a request that got no byte of an answer.
			if n := connections.Load(); n < 2 || n > 3 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

// certified starts a TLS server on 127.0.0.1 whose certificate is valid for host
// between from and until. It also returns a transport that trusts the certificate's
// issuer, and the number of TLS handshakes that clients began.
func certified(t *testing.T, from, until time.Time, host string) (*httptest.Server, *http.Transport, *atomic.Int32) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: from,
		NotAfter: until,
		IsCA:     true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	if ip := net.ParseIP(host); ip != nil {
		cert.IPAddresses = []net.IP{ip}
	} else {
		cert.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	hellos := new(atomic.Int32)
	server := httptest.NewUnstartedServer(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(threeRows) }))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
			hellos.Add(1)
			return nil, nil
		}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	via := newTransport()
	via.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
	via.TLSClientConfig.RootCAs.AddCert(parsed)
	return server, via, hellos
}

func TestFaultCertificates(t *testing.T) {
	now := time.Now()
	day := 24 * time.Hour
	for _, c := range []struct {
		name        string
		from, until time.Time
		host, want  string
	}{
		{"good", now.Add(-day), now.Add(day), "127.0.0.1", ""},
		{"expired", now.Add(-2 * day), now.Add(-day), "127.0.0.1", "has expired; is the clock of this computer right?"},
		{"not yet valid", now.Add(day), now.Add(2 * day), "127.0.0.1",
			"is not valid yet; is the clock of this computer right?"},
		{"of another host", now.Add(-day), now.Add(day), "runcrate.example",
			"is for another host; a captive portal or a proxy may be in the way"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server, via, hellos := certified(t, c.from, c.until, c.host)
			client := clientFor(t, server.URL, Options{Transport: via, Pause: time.Millisecond})
			page, err := client.Page(t.Context(), Ask{}, "", nil)
			if c.want == "" {
				if err != nil || page.Rows.Len() != 3 {
					t.Errorf("%v", err)
				}
				return
			}
			if err == nil || hellos.Load() != 1 {
				t.Fatalf("%v after %d attempts", err, hellos.Load())
			}
			what, do := Explain(err)
			if want := "the certificate of " + client.Host() + " " + c.want; what+"; "+do != want {
				t.Errorf("%s; %s\nwant %s", what, do, want)
			}
		})
	}
}

// piped returns a transport whose connections lead to speak and use the virtual clock.
func piped(speak func(c net.Conn)) *http.Transport {
	via := newTransport()
	via.Proxy = nil
	via.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go speak(theirs)
		return ours, nil
	}
	return via
}

func TestFaultAServerThatNeverAnswers(t *testing.T) {
	swallow := func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
	for _, c := range []struct {
		name, origin string
		speak        func(net.Conn)
		first        time.Duration // how long the first attempt takes
	}{
		{"no headers", "http://127.0.0.1", swallow, headerBudget},
		{"no TLS", "https://runcrate.ai", swallow, tlsBudget},
		{"a body that drips", "http://127.0.0.1", func(c net.Conn) {
			r := bufio.NewReader(c)
			if _, err := http.ReadRequest(r); err != nil {
				return
			}
			_, err := c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))
			for err == nil {
				time.Sleep(time.Second)
				_, err = c.Write([]byte(" "))
			}
		}, attemptBudget},
	} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			var waits []Wait
			client := clientFor(t, c.origin, Options{Transport: piped(c.speak)})
			_, err := client.Page(t.Context(), Ask{}, "", func(w Wait) {
				if waits = append(waits, w); len(waits) == 1 && time.Since(began) != c.first {
					t.Errorf("%s: the first attempt took %v, want %v", c.name, time.Since(began), c.first)
				}
			})
			if err == nil || !strings.HasSuffix(err.Error(), "did not answer in time") ||
				time.Since(began) > pageBudget || len(waits) == 0 {
				t.Errorf("%s: %v after %v and %d pauses", c.name, err, time.Since(began), len(waits))
			}
			client.Close()
			time.Sleep(2 * time.Second) // virtual time, for the server to notice the close
		})
	}
}

// The same with a real listener and shorter timeouts.
func TestFaultAListenerThatNeverAnswers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // only the kernel accepts connections
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	for _, scheme := range []string{"http", "https"} {
		via := newTransport()
		via.ResponseHeaderTimeout, via.TLSHandshakeTimeout = 50*time.Millisecond, 50*time.Millisecond
		waits := 0
		_, err = clientFor(t, scheme+"://"+l.Addr().String(), Options{Transport: via, Pause: time.Millisecond}).
			Page(t.Context(), Ask{}, "", func(Wait) { waits++ })
		if err == nil || err.Error() != l.Addr().String()+" did not answer in time" || waits != Attempts-1 {
			t.Errorf("%s: %v after %d pauses", scheme, err, waits)
		}
	}
}

func TestFaultHeadersWithoutEnd(t *testing.T) {
	origin, connections := rawServer(t, func(_ int, c *net.TCPConn) {
		say(c, "HTTP/1.1 200 OK\r\n")
		for range 2000 {
			say(c, "X-More: "+strings.Repeat("x", 100)+"\r\n")
		}
	})
	_, err := clientFor(t, origin, Options{Pause: time.Millisecond}).Page(t.Context(), Ask{}, "", nil)
	if err == nil || err.Error() != "unexpected answer: response headers too large" || connections.Load() != 1 {
		t.Errorf("%v after %d connections", err, connections.Load())
	}
}

// asksOnce loads a page in a separate process with its own environment, and returns
// what the process prints.
func asksOnce(t *testing.T, origin string, env ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "ASK_ONCE=" + origin}, env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

func TestFaultProxies(t *testing.T) {
	var seen, user atomic.Value
	var tried atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r.Method + " " + r.Host)
		tried.Add(1)
		user.Store(r.Header.Get("Proxy-Authorization"))
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	at := proxy.Listener.Addr().String()
	said := asksOnce(t, "https://runcrate.ai", "HTTPS_PROXY=http://someone:passw0rd@"+at)
	if seen.Load() != "CONNECT runcrate.ai:443" || user.Load() == "" {
		t.Errorf("the proxy saw %v from %v", seen.Load(), user.Load())
	}
	if said != "the proxy "+at+" refused to connect (407); check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY" ||
		tried.Load() != 1 {
		t.Errorf("%s, after %d attempts", said, tried.Load())
	}
	if asksOnce(t, "https://runcrate.ai", "ALL_PROXY=http://"+at); tried.Load() != 2 {
		t.Errorf("ALL_PROXY: %d attempts", tried.Load())
	}
	if asksOnce(t, "https://runcrate.test:1", "ALL_PROXY=http://"+at, "NO_PROXY=runcrate.test"); tried.Load() != 2 {
		t.Errorf("NO_PROXY: %d attempts", tried.Load())
	}
	proxy.Close()
	said += asksOnce(t, "https://runcrate.ai", "HTTPS_PROXY=http://someone:passw0rd@"+at)
	if !strings.HasSuffix(said, "the proxy "+at+" refused the connection; ") {
		t.Error(said)
	}
	if strings.Contains(said, "someone") || strings.Contains(said, "passw0rd") || strings.Contains(said, canary) {
		t.Errorf("a secret is in %s", said)
	}
	// Addresses on this machine are never requested through a proxy.
	s, err := apitest.New(threeRows, canary, 0)
	if err != nil {
		t.Fatal(err)
	}
	origin, stop, err := apitest.Listen(s)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if said := asksOnce(t, origin, "HTTP_PROXY=http://"+at, "HTTPS_PROXY=http://"+at); said != "3 rows" {
		t.Error(said)
	}
}

// An issuer that SSL_CERT_FILE names, such as the user's company, is trusted.
func TestAnIssuerNamedByTheUserIsTrusted(t *testing.T) {
	server, _, _ := certified(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour), "127.0.0.1")
	path := t.TempDir() + "/issuer.pem"
	issuer := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.TLS.Certificates[0].Certificate[0]})
	if err := os.WriteFile(path, issuer, 0o600); err != nil {
		t.Fatal(err)
	}
	if said := asksOnce(t, server.URL, "SSL_CERT_FILE="+path); said != "3 rows" {
		t.Error(said)
	}
	if said := asksOnce(t, server.URL); !strings.Contains(said,
		"is from an unknown issuer; behind a company proxy, name its certificate in SSL_CERT_FILE") {
		t.Error(said)
	}
}
