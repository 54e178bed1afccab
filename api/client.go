package api

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Ask limits which instance types the service lists; the zero Ask means all of them.
type Ask struct {
	GPUType  string
	Region   string
	GPUCount int // 0: any
}

// String returns the ask in the service's parameter names: "gpu_type=H100 gpu_count=8".
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

// Exchange is what a log may record about one request and its answer.
type Exchange struct {
	Method, Host, Path string
	Status             int // 0 if there was no answer
	Took               time.Duration
	RequestID          string
	Dropped            int // rows without a usable id
	Failure            string
}

// Options configure a Client; the zero Options are ready to use.
type Options struct {
	Transport http.RoundTripper // sends the requests; nil: the default. Tests pass their own
	Log       func(Exchange)    // called after every exchange; may be nil
	Version   string            // gpupick's version, for the service's logs
	Pause     time.Duration     // before the second attempt; 0: firstPause
}

// Client loads pages from the service. It is safe for concurrent use.
type Client struct {
	config   Config
	redactor redactor // of the key
	http     *http.Client
	log      func(Exchange)
	agent    string
	pause    time.Duration
	rows     atomic.Int64 // number of rows in the last page
}

// NewClient returns a client for the service at cfg.Base.
func NewClient(cfg Config, o Options) *Client {
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	if o.Log == nil {
		o.Log = func(Exchange) {}
	}
	return &Client{
		config:   cfg,
		redactor: newRedactor(cfg.Credentials.secret),
		log:      o.Log,
		agent:    "gpupick/" + o.Version,
		pause:    cmp.Or(o.Pause, firstPause),
		http: &http.Client{
			Transport:     o.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Host returns the service's host, for the screen.
func (c *Client) Host() string { return c.config.Base.Host }

// Close closes idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Page loads the page of ask at cursor (empty: the first page) and retries temporary
// failures. tell, unless it is nil, is called before every pause.
// It fails with a *StatusError, *NetworkError, *AnswerError, *RedirectError or
// *LaterError, or with the context's error if ctx was canceled.
func (c *Client) Page(ctx context.Context, ask Ask, cursor string, tell func(Wait)) (Page, error) {
	u := c.address(ask, cursor)
	return persist(ctx, c.pause, func(ctx context.Context) (Page, error) {
		limited, cancel := context.WithTimeout(ctx, attemptBudget)
		defer cancel()
		return c.get(limited, u)
	}, tell)
}

// address returns the URL of the page of ask at cursor.
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

// get loads a page and follows allowed redirects itself. Every hop is a new request
// with the key set again: net/http would forward the key to subdomains, other ports
// and plain http.
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
	return Page{}, &AnswerError{Reason: u.Host + " redirects in a loop"}
}

// clean makes text from outside safe for a terminal and masks our key.
func (c *Client) clean(s string) string { return c.redactor.clean(s) }

// followable reports whether a redirect leads to where the key belongs: https://H or
// https://www.H on the configured port, if the configured host is H or www.H.
func (c *Client) followable(to *url.URL) bool {
	from := c.config.Base
	if address := to.RequestURI(); c.redactor.mask(address) != address {
		return false // the key must not be part of a URL
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

// exchange sends one request and returns its page, or the target of a redirect.
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
			seen.Failure = c.clean(err.Error())
			if cause := errors.Unwrap(err); cause != nil {
				seen.Failure += " (" + c.clean(cause.Error()) + ")"
			}
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
			return page, nil, &AnswerError{Reason: fmt.Sprintf("redirected (%d) without a location", resp.StatusCode)}
		}
		return page, to, nil
	}
	// Every other status is a failure; errors while reading its body are ignored.
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo {
		late := time.AfterFunc(failureBudget, func() { _ = resp.Body.Close() })
		defer late.Stop()
		body, _ := io.ReadAll(io.LimitReader(resp.Body, failureBodyBudget))
		return page, nil, c.statusError(resp, body)
	}
	expect := int(c.rows.Load())
	if expect == 0 {
		expect = rowsIn(min(resp.ContentLength, bodyBudget))
	}
	page, err = decode(&limited{r: resp.Body, left: bodyBudget}, c.redactor, expect)
	if _, ours := err.(*AnswerError); err != nil && !ours {
		err = c.network(err)
	}
	if err == nil {
		c.rows.Store(int64(page.Rows.Len())) // the next page is probably as long
	}
	if err == nil && page.RequestID == "" {
		page.RequestID = seen.RequestID
	}
	return page, nil, err
}

// limited reads at most left bytes of a body; a longer body is an error.
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

// statusError returns the error for an answer with a failure status. A 401 or 403 counts
// against the key only if the service itself sent it: login pages and firewalls use the
// same statuses, without JSON.
func (c *Client) statusError(resp *http.Response, body []byte) error {
	aboutTheKey := resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden
	if who := foreignSender(resp.Header, body); aboutTheKey && who != "" {
		return &AnswerError{Reason: fmt.Sprintf("got %s, not the API (%d): captive portal, proxy or wrong address?",
			who, resp.StatusCode)}
	}
	return &StatusError{
		Status:    resp.StatusCode,
		Message:   errorMessage(body, c.redactor),
		RequestID: c.clean(resp.Header.Get("X-Request-Id")),
		Source:    c.config.Credentials.source,

		RetryAfter: retryAfter(resp, time.Now()),
	}
}

// foreignSender describes an answer that did not come from the service; empty if it may have
// come from it. Proxies identify themselves in their own headers (RFC 9110, RFC 9209).
func foreignSender(header http.Header, body []byte) string {
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
