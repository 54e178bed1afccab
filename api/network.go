package api

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
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
