package api

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Ask is what the service is asked to leave out; the zero Ask is everything.
type Ask struct {
	GPUType  string
	Region   string
	GPUCount int // 0: any
}

// String is the question in words of the service: "gpu_type=H100 gpu_count=8".
func (a Ask) String() string {
	var parts []string
	for _, p := range a.params() {
		parts = append(parts, p[0]+"="+CleanText(p[1]))
	}
	return strings.Join(parts, " ")
}

func (a Ask) params() [][2]string {
	var p [][2]string
	if a.GPUType != "" {
		p = append(p, [2]string{"gpu_type", a.GPUType})
	}
	if a.Region != "" {
		p = append(p, [2]string{"region", a.Region})
	}
	if a.GPUCount > 0 {
		p = append(p, [2]string{"gpu_count", strconv.Itoa(a.GPUCount)})
	}
	return p
}

// Exchange is one request and its answer, as far as a log may know it.
type Exchange struct {
	Method, Host, Path string
	Status             int // 0 if there was no answer
	Took               time.Duration
	RequestID          string
	Dropped            int // rows without a usable id
	Failure            string
}

// Options are what a client can be given; the zero Options are right.
type Options struct {
	Transport http.RoundTripper // how requests travel; tests have their own
	Log       func(Exchange)    // told of every exchange
	Version   string            // of gpupick, for the service's logs
	Pause     time.Duration     // before the second attempt; 0: as the budget says
}

// Client asks the service. It is safe for concurrent use.
type Client struct {
	config Config
	http   *http.Client
	log    func(Exchange)
	agent  string
	pause  time.Duration
	rows   atomic.Int64 // of the last page
}

// NewClient is a client for the service at cfg.Base.
func NewClient(cfg Config, o Options) *Client {
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	if o.Log == nil {
		o.Log = func(Exchange) {}
	}
	return &Client{
		config: cfg,
		log:    o.Log,
		agent:  "gpupick/" + o.Version,
		pause:  cmp.Or(o.Pause, firstPause),
		http: &http.Client{
			Transport:     o.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: dialBudget}).DialContext,
		TLSHandshakeTimeout:    tlsBudget,
		ResponseHeaderTimeout:  headerBudget,
		MaxResponseHeaderBytes: headersBudget,
		ForceAttemptHTTP2:      true,
		IdleConnTimeout:        time.Minute,
		OnProxyConnectResponse: proxyAnswered,
		ReadBufferSize:         readAhead,
	}
}

// proxyAnswered makes a failure of a proxy's refusal; net/http keeps of it only
// the words behind the status.
func proxyAnswered(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &NetworkError{What: fmt.Sprintf("the proxy %s refuses to connect us (%d)", proxy.Host, answer.StatusCode),
		Do:  seeProxy,
		Err: errors.New("refused by the proxy"), Temporary: answer.StatusCode >= 500}
}

// Host is the service's host, for the screen.
func (c *Client) Host() string { return c.config.Base.Host }

// Close lets go of idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Page asks for the page at cursor (empty: the first) of what ask leaves, again
// and again where that may help; tell, unless it is nil, is told of every pause.
// It fails with a *StatusError, *NetworkError, *AnswerError, *RedirectError or
// *LaterError, or with the context's error if ctx was cancelled.
func (c *Client) Page(ctx context.Context, ask Ask, cursor string, tell func(Wait)) (Page, error) {
	u := c.address(ask, cursor)
	return persist(ctx, c.pause, func(ctx context.Context) (Page, error) {
		limited, cancel := context.WithTimeout(ctx, attemptBudget)
		defer cancel()
		return c.get(limited, u)
	}, tell)
}

// address is where the page at cursor is.
func (c *Client) address(ask Ask, cursor string) *url.URL {
	u := *c.config.Base
	u.Path += "/instances/types"
	q := url.Values{}
	for _, p := range ask.params() {
		q.Set(p[0], p[1])
	}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	u.RawQuery = q.Encode()
	return &u
}

// get follows the one redirect that is allowed and makes each hop a request of
// its own, with the key set afresh: net/http would carry the key along to
// subdomains, other ports and plain http.
func (c *Client) get(ctx context.Context, u *url.URL) (Page, error) {
	for range hopBudget + 1 {
		page, to, err := c.exchange(ctx, u)
		if err != nil || to == nil {
			return page, err
		}
		if !c.followable(to) {
			return Page{}, &RedirectError{From: u.Host, To: c.clean(to.Scheme + "://" + to.Host)}
		}
		u = to
	}
	return Page{}, &AnswerError{Reason: u.Host + " redirects in a circle"}
}

// clean is text from outside without what must not reach a terminal, and without
// our key: taken out before anything is cut off, and again from what cleaning has
// put together.
func (c *Client) clean(s string) string {
	redact := c.config.Credentials.redact
	return redact(CleanText(redact(s)))
}

// followable: only to where the key belongs, which is https://H and
// https://www.H on one port, H being the host that was configured.
func (c *Client) followable(to *url.URL) bool {
	from := c.config.Base
	if key := c.config.Credentials.secret; key != "" && strings.Contains(to.Path+"?"+to.RawQuery, key) {
		return false // it would travel in an address
	}
	a, b := strings.ToLower(from.Hostname()), strings.ToLower(to.Hostname())
	return from.Scheme == "https" && to.Scheme == "https" && to.User == nil && port(from) == port(to) &&
		(b == "www."+a || a == "www."+b || a == b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "http" {
		return "80"
	}
	return "443"
}

// exchange is one request and its answer: a page, or where to go instead.
func (c *Client) exchange(ctx context.Context, u *url.URL) (page Page, to *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return page, nil, &NetworkError{What: "cannot ask " + u.Host, Err: err}
	}
	c.config.Credentials.set(req.Header)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.agent)

	seen, start := Exchange{Method: req.Method, Host: u.Host, Path: c.clean(u.Path)}, time.Now()
	defer func() {
		seen.Took, seen.Dropped = time.Since(start), page.Dropped
		if err != nil {
			seen.Failure = CleanText(err.Error())
		}
		c.log(seen)
	}()

	resp, err := c.http.Do(req)
	if err != nil {
		return page, nil, c.network(err)
	}
	defer func() { _ = resp.Body.Close() }()
	seen.Status, seen.RequestID = resp.StatusCode, c.clean(resp.Header.Get("X-Request-Id"))

	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		to, err = resp.Location()
		if err != nil {
			return page, nil, &AnswerError{Reason: fmt.Sprintf("status %d without a place to go", resp.StatusCode)}
		}
		return page, to, nil
	}
	// whatever has come of its body
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo {
		body, _ := io.ReadAll(&limited{r: resp.Body, left: bodyBudget})
		return page, nil, c.statusError(resp, body)
	}
	page, err = decode(&limited{r: resp.Body, left: bodyBudget}, c.config.Credentials.redact, int(c.rows.Load()))
	if _, ours := err.(*AnswerError); err != nil && !ours {
		err = c.network(err)
	}
	if err == nil {
		c.rows.Store(int64(len(page.Rows))) // pages are of a size
	}
	if err == nil && page.RequestID == "" {
		page.RequestID = seen.RequestID
	}
	return page, nil, err
}

// limited is a body up to its budget; what is longer fails.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p[:min(len(p), l.left+1)])
	if l.left -= n; l.left < 0 {
		return 0, &AnswerError{Reason: "response too large"}
	}
	return n, err
}

// statusError is what an answer says that is no list. The key is blamed by the service
// alone: a login page and a firewall's refusal have the same statuses, and no JSON.
func (c *Client) statusError(resp *http.Response, body []byte) error {
	aboutTheKey := resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden
	if who := stranger(resp.Header, body); aboutTheKey && who != "" {
		return &AnswerError{Reason: fmt.Sprintf("got %s, not the API (%d): captive portal, proxy or wrong address?",
			who, resp.StatusCode)}
	}
	return &StatusError{
		Status:    resp.StatusCode,
		Message:   errorMessage(body, c.config.Credentials.redact),
		RequestID: c.clean(resp.Header.Get("X-Request-Id")),
		Source:    c.config.Credentials.source,

		RetryAfter: retryAfter(resp, time.Now()),
	}
}

// stranger is what came if it was not the service that answered; empty if it may have
// been. Proxies say who they are in headers of their own (RFC 9110, RFC 9209).
func stranger(header http.Header, body []byte) string {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n")
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case bytes.HasPrefix(body, []byte("<")), kind == "text/html":
		return "a web page"
	case header.Get("Proxy-Status") != "", header.Get("Proxy-Authenticate") != "", header.Get("X-Squid-Error") != "":
		return "the refusal of a proxy"
	case len(body) > 0 && !bytes.ContainsAny(body[:1], `{["`):
		return "plain text"
	}
	return ""
}
