package api

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
)

// KeysPage is the page where a user creates a key.
const KeysPage = "https://www.runcrate.ai/dashboard/api-keys"

// ErrNoKey says that no credentials were found anywhere.
var ErrNoKey = errors.New("no Runcrate key found")

// ErrLoginOver says that the login has expired. gpupick does not renew it: the refresh token works only
// once, so using it would log out the official command line.
var ErrLoginOver = errors.New("your login has expired")

// NoAccess reports whether err means that there are no usable credentials: none at all, or an expired login.
func NoAccess(err error) bool { return errors.Is(err, ErrNoKey) || errors.Is(err, ErrLoginOver) }

// A StatusError is an answer whose status is neither a success (200, 203) nor a redirect.
type StatusError struct {
	Status    int
	Message   string // the service's message: cleaned, at most 200 characters, without the key
	RequestID string
	Source    string // where the key came from, for 401

	RetryAfter time.Duration // how long the service asks us to wait; 0: it does not ask
}

func (e *StatusError) Error() string { return e.meaning() + e.serviceMessage() }

// serviceMessage returns the service's message and request id, to follow the meaning.
func (e *StatusError) serviceMessage() (say string) {
	if e.Message != "" {
		say = ": " + e.Message
	}
	if e.RequestID != "" {
		say += " (request " + e.RequestID + ")"
	}
	return say
}

func (e *StatusError) meaning() string {
	switch e.Status {
	case http.StatusUnauthorized:
		return e.Source + " was rejected (401)"
	case http.StatusPaymentRequired:
		return "Runcrate requires payment (402)"
	case http.StatusForbidden:
		return "this key is not allowed to list instance types (403)"
	case http.StatusNotFound:
		return "nothing is listed at this address (404)"
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return fmt.Sprintf("Runcrate rejected the request (%d)", e.Status)
	case http.StatusTooManyRequests:
		return "Runcrate asks to slow down (429)"
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return fmt.Sprintf("Runcrate asks to retry (%d)", e.Status)
	}
	if e.Status >= 500 {
		return fmt.Sprintf("Runcrate returned an error (%d)", e.Status)
	}
	return fmt.Sprintf("Runcrate returned status %d", e.Status)
}

// Hint says what the user can do about it.
func (e *StatusError) Hint() string {
	switch e.Status {
	case http.StatusUnauthorized:
		if strings.Contains(e.Source, "config.yaml") {
			return "log in again with `runcrate login`"
		}
		return "check the key at " + KeysPage
	case http.StatusNotFound:
		return "check RUNCRATE_API_URL; instance types are at https://runcrate.ai"
	case http.StatusPaymentRequired, http.StatusForbidden:
		return "see your account at https://www.runcrate.ai/dashboard"
	}
	return ""
}

// A NetworkError is a request that got no answer.
type NetworkError struct {
	What string // what happened: a sentence without the URL's path and without the key
	Do   string
	Err  error

	Temporary bool // the same request may succeed a little later
}

func (e *NetworkError) Error() string { return e.What }
func (e *NetworkError) Unwrap() error { return e.Err }

// Hint says what the user can do about it.
func (e *NetworkError) Hint() string { return e.Do }

// A RedirectError is a redirect to an address that must not get the key.
type RedirectError struct{ From, To string }

func (e *RedirectError) Error() string {
	return fmt.Sprintf("refused a redirect from %s to %s: it would send your key to another host", e.From, e.To)
}

// Explain returns two texts for the user: what happened, and what to do about it
// (empty if the only advice is to try again).
func Explain(err error) (what, do string) {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		do = h.Hint()
	}
	if errors.Is(err, ErrLoginOver) {
		do = "any runcrate command renews it, such as `runcrate ps`"
	}
	if errors.Is(err, ErrNoKey) {
		do = "set RUNCRATE_API_KEY, or log in with `runcrate login`; keys are made at " + KeysPage
	}
	return CleanText(err.Error()), do
}

// network turns an error of net/http into one of this package's errors. They name
// the host, but never the URL's path, query or user.
func (c *Client) network(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	var ours *NetworkError
	if errors.As(err, &ours) { // made by our own transport, in proxyAnswered
		return ours
	}
	if says(err, "failed to parse Location header") {
		return &AnswerError{Reason: "redirected to something that is no address"}
	}
	if says(err, "response headers exceeded", "response header list larger", "COMPRESSION_ERROR") {
		return &AnswerError{Reason: "response headers too large"}
	}
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt) {
		return &AnswerError{Reason: "not valid gzip"}
	}
	e := &NetworkError{Err: err, Temporary: true}
	c.name(e, err)
	return e
}

// name fills in e: what happened, what to do, and whether a retry may help.
func (c *Client) name(e *NetworkError, err error) {
	host := c.config.Base.Host
	var (
		dns     *net.DNSError
		op      *net.OpError
		timeout interface{ Timeout() bool }
		address *net.AddrError
	)
	at := net.JoinHostPort(c.config.Base.Hostname(), port(c.config.Base))
	viaProxy := errors.As(err, &op) && op.Op == "proxyconnect"
	if viaProxy {
		host = "the proxy"
		if errors.As(op.Err, &op) && op.Addr != nil {
			host += " " + op.Addr.String()
		}
		at = host
	}
	late := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &timeout) && timeout.Timeout()
	switch {
	case errors.As(err, &dns) && dns.IsNotFound && viaProxy:
		e.Temporary = false
		e.What = "cannot find the proxy " + CleanText(dns.Name) + ": network or DNS?"
		e.Do = seeProxy
	case errors.As(err, &dns) && dns.IsNotFound:
		e.Temporary = false
		e.What = "cannot find " + CleanText(dns.Name) + ": network or DNS?"
		e.Do = c.seeAddress()
	case errors.As(err, &dns):
		e.What = "cannot look up " + CleanText(dns.Name) + ": DNS does not answer"
	case untrusted(e, host, err):
		e.Temporary = false
	case errors.Is(err, http.ErrSchemeMismatch):
		e.Temporary = false
		e.What = at + " speaks plain HTTP, not HTTPS"
		e.Do = c.seeAddress()
	case errors.As(err, &address):
		e.Temporary = false
		e.What = at + " is no address: " + CleanText(address.Err)
		e.Do = c.seeAddress()
	case errors.Is(err, syscall.ECONNREFUSED):
		e.What = at + " refused the connection"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		e.What = at + " cannot be reached: no network?"
	case late && errors.As(err, &op) && op.Op == "dial":
		e.What = at + " did not accept the connection in time"
	case late:
		e.What = host + " did not answer in time"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		e.What = host + " closed the connection in the middle of the answer"
	case says(err, "stream error:", "GOAWAY", "http2:", "connection error:"):
		e.What = host + " broke off the answer"
	case says(err, "malformed HTTP", "malformed chunked", "malformed MIME", "bad Content-Length", "transfer encoding"):
		e.What = host + " sends something that is not HTTP"
	default:
		e.What = "no answer from " + host
	}
}

// says reports whether an error of net/http, which has no types for these, has one of the texts.
func says(err error, texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(err.Error(), text) })
}

// seeAddress says where the address comes from, if a user has set it.
func (c *Client) seeAddress() string {
	if c.config.BaseFrom == "" {
		return ""
	}
	return "the address comes from " + c.config.BaseFrom
}

const seeProxy = "check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY"

// untrusted reports whether err is a failure of a certificate or of TLS; if so, it
// fills in e.
func untrusted(e *NetworkError, host string, err error) bool {
	var (
		op       *net.OpError
		unknown  x509.UnknownAuthorityError
		invalid  x509.CertificateInvalidError
		hostname x509.HostnameError
		record   tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &unknown):
		e.What = "the certificate of " + host + " is from an unknown issuer"
		e.Do = "behind a company proxy, name its certificate in SSL_CERT_FILE"
	case errors.As(err, &hostname):
		e.What = "the certificate of " + host + " is for another host"
		e.Do = "a captive portal or a proxy may be in the way"
	case errors.As(err, &invalid):
		e.What = "the certificate of " + host + " " + invalidity(invalid)
		e.Do = "is the clock of this computer right?"
	case errors.As(err, &record):
		e.What = host + " does not speak TLS"
	case errors.As(err, &op) && op.Op == "remote error":
		e.What = host + " refused the TLS handshake"
	default:
		return false
	}
	return true
}

// invalidity says in what way a certificate is not valid.
func invalidity(err x509.CertificateInvalidError) string {
	switch {
	case err.Reason != x509.Expired:
		return "is not valid"
	case err.Cert != nil && time.Now().Before(err.Cert.NotBefore):
		return "is not valid yet"
	}
	return "has expired"
}

const messageMax = 200 // characters of the service's message that are shown

// errorMessage returns the service's message from the body of a failed answer:
// {"error": {"message": …}}, {"error": "…"}, {"message": …}, {"detail": "…"} or
// {"detail": [{"loc": […], "msg": …}]}. It is empty if the body has none of these.
//
// The key is masked after decoding and before the message is shortened in any way.
func errorMessage(body []byte, redact redactor) string {
	var top map[string]json.RawMessage
	if json.Unmarshal(body, &top) != nil {
		return ""
	}
	return findMessage(top, redact)
}

func findMessage(top map[string]json.RawMessage, redact redactor) string {
	for _, name := range []string{"error", "errors", "message", "detail"} {
		if m := messageIn(top[name], redact); m != "" {
			return shorten(redact.mask(m))
		}
	}
	return ""
}

// messageIn finds a message in a text, in an object, or in the first item of a list.
func messageIn(raw json.RawMessage, redact redactor) string {
	text := func(raw json.RawMessage) string {
		s, _ := stringValue(raw)
		return strings.TrimSpace(redact.clean(s))
	}
	if s := text(raw); s != "" {
		return s
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		return messageIn(list[0], redact)
	}
	var inner map[string]json.RawMessage
	if json.Unmarshal(raw, &inner) != nil {
		return ""
	}
	for _, name := range []string{"message", "msg", "code"} {
		if s := text(inner[name]); s != "" {
			return place(inner["loc"], redact) + s
		}
	}
	return ""
}

// place returns the last part of the place that a message is about: {"loc": ["query", "region"]}.
func place(raw json.RawMessage, redact redactor) string {
	var parts []any
	if json.Unmarshal(raw, &parts) != nil || len(parts) == 0 {
		return ""
	}
	return redact.clean(fmt.Sprint(parts[len(parts)-1])) + ": "
}

func shorten(s string) string {
	if r := []rune(s); len(r) > messageMax {
		return string(r[:messageMax-1]) + "…"
	}
	return s
}
