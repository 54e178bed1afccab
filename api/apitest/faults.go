package apitest

import (
	"fmt"
	"net/http"
	"slices"
)

// Times is a fault that happens again and again.
func Times(n int, fault http.Handler) []http.Handler {
	return slices.Repeat([]http.Handler{fault}, n)
}

// Status is an answer with a status and a body of any shape.
func Status(code int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { write(w, code, body) })
}

// With is h with a header more.
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

// coded writes a status of its own before the first byte.
type coded struct {
	http.ResponseWriter
	code int
	said bool
}

// Unwrap lets a http.ResponseController through.
func (c *coded) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *coded) Write(p []byte) (int, error) {
	if !c.said {
		c.said = true
		c.WriteHeader(c.code)
	}
	return c.ResponseWriter.Write(p)
}

// Body is an answer with status 200 and a body of any shape.
func Body(body string) http.Handler { return Status(http.StatusOK, body) }

// WebPage is what a captive portal answers.
func WebPage() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Welcome to our Wi-Fi</title>"))
	})
}

// Redirect is an answer that sends the client to location.
func Redirect(location string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	})
}

// Cut is an answer that breaks off in mid-body: it promises more than it sends.
func Cut(body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)+100))
		_, _ = w.Write([]byte(body))
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
}

// Held is the server's own answer, but only after release is closed.
func (s *Server) Held(release <-chan struct{}) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
			s.answer(w, r)
		case <-r.Context().Done():
		}
	})
}

// OK is the server's own answer, to stand in the queue before a fault.
func (s *Server) OK() http.Handler { return http.HandlerFunc(s.answer) }
