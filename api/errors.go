package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
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
