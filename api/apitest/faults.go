package apitest

import (
	"fmt"
	"net/http"
	"slices"
)

// Times returns a fault n times.
func Times(n int, fault http.Handler) []http.Handler {
	return slices.Repeat([]http.Handler{fault}, n)
}

// Status answers with a status and any body.
func Status(code int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { write(w, code, body) })
}

// With is h with one more header.
func With(h http.Handler, name, value string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		h.ServeHTTP(w, r)
	})
}

// WithStatus is h with another status.
func WithStatus(code int, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(&coded{w, code, false}, r) })
}

// coded sends its own status before the first byte of the body.
type coded struct {
	http.ResponseWriter
	code int
	sent bool
}

// Unwrap gives an http.ResponseController the wrapped writer.
func (c *coded) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *coded) Write(p []byte) (int, error) {
	if !c.sent {
		c.sent = true
		c.WriteHeader(c.code)
	}
	return c.ResponseWriter.Write(p)
}

// Body answers with status 200 and any body.
func Body(body string) http.Handler { return Status(http.StatusOK, body) }

// WebPage answers like a captive portal.
func WebPage() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Welcome to our Wi-Fi</title>"))
	})
}

// Redirect answers with a redirect to location.
func Redirect(location string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	})
}

// Cut answers with a body that ends early: Content-Length promises more bytes than it sends.
func Cut(body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)+100))
		_, _ = w.Write([]byte(body))
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
}

// Held gives the server's own answer, but only after release is closed.
func (s *Server) Held(release <-chan struct{}) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
			s.answer(w, r)
		case <-r.Context().Done():
		}
	})
}

// OK gives the server's own answer; it is for the queue, before a fault.
func (s *Server) OK() http.Handler { return http.HandlerFunc(s.answer) }
