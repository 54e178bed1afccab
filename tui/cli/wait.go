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

// lastLook is how long the load at the end of the time may take.
const lastLook = 5 * time.Second

// waitFor loads again and again until something matches, and prints it. What
// fails only for the moment is waited out; what will not get better by itself
// ends it at once.
func (r *run) waitFor(ctx context.Context, w wanted, open opener) error {
	every := cmp.Or(r.flags.refresh, tui.UsualRefresh)
	var end time.Time
	if r.flags.timeout > 0 {
		end = r.now().Add(r.flags.timeout)
	}
	var last *catalog.Catalog // the last that was whole
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
				return err // it may be a slip of the finger, and would be waited for without end
			}
			if last != nil && whole {
				c = c.Since(last)
			}
			if found := c.Run(asked).Rows; len(found) > 0 {
				return r.write(w, found)
			}
			if !began {
				r.tell(fmt.Sprintf("none of the %d listed offers matches %s yet; asking again every %v until one is "+
					"listed", c.Len(), r.waitedFor(w), every))
			}
			began, bad = true, setback{}
			if whole {
				last = c
			}
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			return r.timeIsOver(w)
		case refusesUs(err), !began && !api.Passing(err):
			return err
		default:
			pause = bad.after(err, every, r.tell)
		}
		over := false
		if left := end.Sub(r.now()); !end.IsZero() && pause >= left {
			if left <= 0 {
				return r.timeIsOver(w)
			}
			// A last look at the end, unless the service does not want to be asked.
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

// setback is the loads that have failed one after the other.
type setback struct {
	loads int
	said  string // what was last said about them
}

// after is how long to wait after one more failure: twice as long each time, and
// not before the service wants to be asked. What is new about it is said.
func (s *setback) after(err error, every time.Duration, tell func(string)) time.Duration {
	s.loads++
	pause := api.Pause(every, s.loads, err)
	if what, _ := api.Explain(err); what != s.said {
		s.said = what
		tell(fmt.Sprintf("%s; asking again in %v", what, pause.Round(time.Second)))
	}
	return pause
}

// loadWithin reads all pages, up to the end if there is one. What is to be said
// about them is said once.
func (r *run) loadWithin(ctx context.Context, end time.Time, w wanted, open opener) ([]api.InstanceType, bool, error) {
	if !end.IsZero() {
		left := end.Sub(r.now())
		if left <= 0 {
			left = lastLook
		}
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, left)
		defer cancel()
	}
	return r.loadAll(ctx, w.ask, open, r.tellOnce, nil)
}

// tellOnce says a sentence, unless it was said before.
func (r *run) tellOnce(sentence string) {
	if !slices.Contains(r.told, sentence) {
		r.told = append(r.told, sentence)
		r.tell(sentence)
	}
}

// refusesUs reports whether the service does not know who asks, which asking
// again does not change.
func refusesUs(err error) bool {
	var config *api.ConfigError
	var status *api.StatusError
	return api.NoAccess(err) || errors.As(err, &config) ||
		errors.As(err, &status) && (status.Status == 401 || status.Status == 403)
}

// waitedFor is the filter and what the service is asked for, in words.
func (r *run) waitedFor(w wanted) string {
	return strings.TrimSpace(w.ask.String() + " " + w.filter)
}

func (r *run) timeIsOver(w wanted) error {
	return &exitError{code: exitNoMatch, err: fmt.Errorf("no offer that matches %s was listed within %v",
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
