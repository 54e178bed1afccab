package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gpupick/api"
	"gpupick/tui"
	"gpupick/tui/catalog"
)

// finalLoadTimeout is how long the final load, at the end of --timeout, may take.
const finalLoadTimeout = 5 * time.Second

// waitFor loads until offers match the filter, and prints them. It retries after temporary
// failures, and after any failure once a load has succeeded, unless the service refuses
// access; other failures end it at once.
func (r *run) waitFor(ctx context.Context, w wanted, open opener) error {
	every := cmp.Or(r.flags.refresh, tui.UsualRefresh)
	var end time.Time
	if r.flags.timeout > 0 {
		end = r.now().Add(r.flags.timeout)
	}
	var last *catalog.Catalog // the last complete list
	var bad setback
	began := false
	for {
		rows, whole, err := r.loadWithin(ctx, end, w, open)
		pause := every
		switch {
		case err == nil:
			c := catalog.New(rows)
			asked, err := r.finish(c, w)
			if err != nil {
				return err // may be a typo, for which it would wait forever
			}
			if last != nil && whole {
				c = c.Since(last)
			}
			if found := c.Run(asked).Rows.List(); len(found) > 0 {
				return r.write(w, found)
			}
			if !began {
				r.tell(fmt.Sprintf("none of the %d listed offers matches %s yet; reloading every %v until one does",
					c.Len(), r.waitedFor(w), every))
			}
			began, bad = true, setback{}
			if whole {
				last = c
			}
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errTimeIsOver):
			return r.timeIsOver(w)
		case accessRefused(err), !began && !api.Passing(err):
			return err
		default:
			pause = bad.after(err, every, r.tell)
		}
		over := false
		if left := end.Sub(r.now()); !end.IsZero() && pause >= left {
			if left <= 0 {
				return r.timeIsOver(w)
			}
			// One final load at the end, unless the service has asked for a longer pause.
			var later *api.LaterError
			over, pause = errors.As(err, &later), left
		}
		if err := r.sleep(ctx, pause); err != nil {
			return err
		}
		if over {
			return r.timeIsOver(w)
		}
	}
}

// setback counts the loads that have failed in a row.
type setback struct {
	loads int
	said  string // the failure that was printed last
}

// after counts one more failure and returns how long to wait: twice as long each time, and
// at least as long as the service asks. It prints err if it differs from the last failure.
func (s *setback) after(err error, every time.Duration, tell func(string)) time.Duration {
	s.loads++
	pause := api.Pause(every, s.loads, err)
	if what, _ := api.Explain(err); what != s.said {
		s.said = what
		tell(fmt.Sprintf("%s; retrying in %v", what, pause.Round(time.Second)))
	}
	return pause
}

// loadWithin reads all pages until end, or for lastLook once end is reached; a zero end is no
// limit. Each warning is printed once.
func (r *run) loadWithin(ctx context.Context, end time.Time, w wanted, open opener) (api.Rows, bool, error) {
	if !end.IsZero() {
		left := end.Sub(r.now())
		if left <= 0 {
			left = finalLoadTimeout
		}
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, left, errTimeIsOver)
		defer cancel()
	}
	rows, whole, err := r.loadAll(ctx, w.ask, open, r.tellOnce, nil)
	if err != nil && errors.Is(context.Cause(ctx), errTimeIsOver) {
		err = errTimeIsOver
	}
	return rows, whole, err
}

// errTimeIsOver means that the time of --timeout has ended; a request that took too long is another error.
var errTimeIsOver = errors.New("the time is over")

// tellOnce prints a sentence, unless it was printed before.
func (r *run) tellOnce(sentence string) {
	if !slices.Contains(r.alreadyTold, sentence) {
		r.alreadyTold = append(r.alreadyTold, sentence)
		r.tell(sentence)
	}
}

// accessRefused reports whether credentials are missing, unusable or rejected, so that a retry
// cannot help.
func accessRefused(err error) bool {
	var config *api.ConfigError
	var status *api.StatusError
	return api.NoAccess(err) || errors.As(err, &config) ||
		errors.As(err, &status) && (status.Status == 401 || status.Status == 403)
}

// waitedFor returns the parameters for the service and the filter, for messages.
func (r *run) waitedFor(w wanted) string {
	return strings.TrimSpace(w.ask.String() + " " + w.filter)
}

func (r *run) timeIsOver(w wanted) error {
	return &exitError{code: exitNoMatch, err: fmt.Errorf("no matching offer (%s) was listed within %v",
		r.waitedFor(w), r.flags.timeout)}
}

func (r *run) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// sleep waits, unless ctx ends first.
func (r *run) sleep(ctx context.Context, d time.Duration) error {
	if r.Sleep != nil {
		return r.Sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
