package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gpupick/api/when"

	"github.com/cenkalti/backoff/v5"
)

// A Wait is a pause before a page is requested again.
type Wait struct {
	Attempt int // number of the attempt after the pause, from 2 to Attempts
	Until   time.Time
	Why     error // the error of the attempt before the pause
}

// A LaterError means that the service asks for a pause that does not fit into
// the attempts and the time budget of a page.
type LaterError struct {
	Until, Asked time.Time
	Answer       *StatusError
}

func (e *LaterError) Error() string {
	return fmt.Sprintf("Runcrate asks to wait until %s (%d)", when.Clock(e.Until, e.Asked), e.Answer.Status) +
		e.Answer.serviceMessage()
}

func (e *LaterError) Unwrap() error { return e.Answer }

// longestPause is the longest pause between two loads after failures, unless the usual pause is longer.
const longestPause = 10 * time.Minute

// Pause returns how long to wait before the next load after a number of consecutive failures, the last
// of them err: the usual pause, doubled for each failure, but never less than the service asked for.
func Pause(usual time.Duration, failures int, err error) time.Duration {
	pause := usual
	if failures > 0 {
		longer := backoff.ExponentialBackOff{InitialInterval: usual, Multiplier: 2,
			MaxInterval: max(longestPause, usual)}
		for range min(failures+1, 30) {
			pause = longer.NextBackOff()
		}
	}
	var later *LaterError
	if errors.As(err, &later) {
		pause = max(pause, later.Until.Sub(later.Asked))
	}
	return pause
}

// persist makes attempts until one succeeds, one fails permanently, or the budget
// is used up. tell, unless it is nil, is called before every pause.
func persist(ctx context.Context, pause time.Duration, attempt func(context.Context) (Page, error),
	tell func(Wait)) (Page, error) {
	within, cancel := context.WithTimeout(ctx, pageBudget)
	defer cancel()
	deadline, _ := within.Deadline()
	tries := 0
	var last error // reported instead of the library's own errors for a context that ended
	page, err := backoff.Retry(within, func() (Page, error) {
		tries++
		page, err := attempt(within)
		last = err
		if status := (*StatusError)(nil); errors.As(err, &status) && status.RetryAfter > 0 {
			now := time.Now()
			// The deadline must also leave time for the answer.
			if until := now.Add(status.RetryAfter); tries == Attempts || until.Add(headerBudget).After(deadline) {
				last = &LaterError{Until: until, Asked: now, Answer: status}
				return page, backoff.Permanent(last)
			}
			return page, errors.Join(err, &backoff.RetryAfterError{Duration: status.RetryAfter})
		}
		if err != nil && !temporary(err) {
			return page, backoff.Permanent(err)
		}
		return page, err
	},
		backoff.WithBackOff(&backoff.ExponentialBackOff{InitialInterval: pause, RandomizationFactor: 0.5, Multiplier: 2,
			MaxInterval: pauseMost}),
		backoff.WithMaxTries(Attempts),
		backoff.WithMaxElapsedTime(pageBudget),
		backoff.WithNotify(func(_ error, next time.Duration) {
			if tell != nil {
				tell(Wait{Attempt: tries + 1, Until: time.Now().Add(next), Why: last})
			}
		}),
	)
	switch {
	case err == nil:
		return page, nil
	case ctx.Err() != nil:
		return Page{}, ctx.Err()
	}
	return Page{}, last
}

// temporary reports whether the same request may succeed a little later.
func temporary(err error) bool {
	var status *StatusError
	var network *NetworkError
	switch {
	case errors.As(err, &status):
		switch s := status.Status; s {
		case http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusTooEarly, 500, 502, 503, 504:
			return true
		default:
			return s >= 520 && s <= 529 // statuses of a proxy in front of the service
		}
	case errors.As(err, &network):
		return network.Temporary
	}
	return false
}

// Passing reports whether a failure may end by itself, so that a caller with time
// may load again.
func Passing(err error) bool {
	var later *LaterError
	return temporary(err) || errors.As(err, &later)
}

const maxRetryAfter = 24 * time.Hour // larger values are taken for mistakes

// retryAfter returns how long an answer asks us to wait: its Retry-After (seconds or a
// date) or, without one, its X-RateLimit-Reset (a Unix time). Times are compared with the
// answer's own Date. Values that are negative, huge or not a time give 0.
func retryAfter(resp *http.Response, now time.Time) time.Duration {
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusRequestTimeout, http.StatusTooEarly:
	default:
		return 0
	}
	if sent, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		now = sent
	}
	var wait time.Duration
	text, reset := strings.TrimSpace(resp.Header.Get("Retry-After")),
		strings.TrimSpace(resp.Header.Get("X-RateLimit-Reset"))
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if until, err := http.ParseTime(text); err == nil {
		wait = until.Sub(now)
	} else if unix, err := strconv.ParseInt(reset, 10, 64); err == nil && text == "" {
		wait = time.Unix(unix, 0).Sub(now)
	}
	if wait < 0 || wait > maxRetryAfter {
		return 0
	}
	return wait
}
