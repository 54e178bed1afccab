package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gpupick/api"
	"gpupick/api/when"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/feed"
)

// phase is the state of a load.
type phase int

const (
	loading phase = iota
	ready
	failed
	noKey
)

// load is the load that is under way, or how the last one ended.
type load struct {
	phase      phase
	number     int // unique to each load; messages of earlier loads are dropped
	began      time.Time
	pressed    time.Time // when the reload key was last pressed
	source     feed.Source
	walk       api.Walk         // the place in the pages from which to read the next one
	setAside   bool             // another list is shown: new rows are set aside until all have arrived
	pages      *catalog.Catalog // the rows received so far; nil before the first page
	shown      time.Time        // when rows were last shown
	lastPageAt time.Time        // when the last page arrived
	dropped    int
	total      api.Optional[int64] // how many rows the service has, if it has said so
	warning    string
	wait       api.Wait // the pause before the current or next attempt; zero before the first one
	err        error
	expired    bool // the service rejected its own cursor: the load cannot be resumed
	ctx        context.Context
	cancel     context.CancelFunc
}

// extent is how much of the service's list a listing holds.
type extent int

const (
	arriving extent = iota // pages are missing that can still be requested
	complete               // every row of the service
	partial                // every row that could be requested; the service has more
	kept                   // the list that an earlier run saved; the service has not confirmed it since
)

// listing is the list that was loaded, which the table shows.
type listing struct {
	catalog *catalog.Catalog
	extent  extent
	why     string      // a warning that stays on the screen as long as the list does; empty for none
	dropped int         // rows omitted because they have no usable id
	at      time.Time   // when the service sent it
	host    string      // the host that it comes from
	of      string      // the fingerprint of the account and the request that the list answers
	past    []time.Time // the times of the earlier lists that changes are counted against, the oldest first
}

// ended reports whether every page that can be requested has arrived.
func (l listing) ended() bool { return l.extent != arriving }

// entire reports whether the list has every row of the service. A kept list that lacks rows has a warning.
func (l listing) entire() bool { return l.extent == complete || l.extent == kept && l.why == "" }

// store holds the list that is shown and the current load.
type store struct {
	load load    // the current load, or how the last one ended
	list listing // the list that is shown
}

// begin cancels this load and returns the next one, which starts at the first page.
func (l load) begin(now time.Time) load {
	if l.cancel != nil {
		l.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	return load{phase: loading, number: l.number + 1, began: now, pressed: l.pressed, ctx: ctx, cancel: cancel}
}

// resume returns the next load, which starts at the page that failed.
func (l load) resume(now time.Time) load {
	next := l.begin(now)
	next.walk, next.setAside, next.pages, next.dropped, next.warning = l.walk, l.setAside, l.pages, l.dropped, l.warning
	return next
}

// arrived adds a page to the load, and shows the rows if that is worthwhile.
func (s *store) arrived(step feed.Step, now time.Time) (shown bool) {
	l := &s.load
	if l.pages == nil {
		l.pages = s.list.catalog
		if l.setAside {
			l.pages = catalog.New(api.Rows{})
		}
	}
	l.pages = l.pages.Add(step.Page.Rows)
	l.walk, l.total, l.wait = step.Walk, step.Page.Total, api.Wait{}
	l.dropped += step.Page.Dropped
	if step.Page.Warning != "" {
		l.warning = step.Page.Warning
	}
	l.lastPageAt = now
	if step.More {
		return s.showArrived(now)
	}
	s.finish(step.Why, now)
	return true
}

const (
	shownOften = 2000                   // up to this many rows, every new page is shown, unless the rest comes at once
	shownEvery = 250 * time.Millisecond // beyond that, new rows are shown this often,
	shownGrown = 4                      // or when there are this many times as many
	shownSlow  = 100_000                // the time grows by shownEvery with each so many rows, as the work does
)

// showAgainAfter is the time that passes between two times that new rows are shown, with so many on the screen.
func showAgainAfter(rows int) time.Duration { return shownEvery * time.Duration(1+rows/shownSlow) }

// showArrived shows the rows received so far, unless the screen already shows nearly as many. Part of a new
// load never replaces a list that has ended, nor a longer list of an earlier load.
func (s *store) showArrived(now time.Time) (done bool) {
	have, shown := s.load.pages, s.list.catalog
	if have == nil || have == shown || s.list.ended() || have.Len() < shown.Len() {
		return false
	}
	soon := have.Len() < shownGrown*shown.Len() && now.Sub(s.load.shown) < showAgainAfter(shown.Len())
	if shown.Len() > 0 && s.load.nearlyWhole(now) || shown.Len() > shownOften && soon {
		return false
	}
	s.list.catalog, s.list.dropped, s.load.shown = have, s.load.dropped, now
	return true
}

// nearlyWhole reports whether the remaining rows should arrive, at the pace so far, within shownEvery: showing
// these rows now would only delay the rest. It is false if no page has arrived for that long.
func (l load) nearlyWhole(now time.Time) bool {
	have := l.pages.Len()
	left := float64(int(l.total.Value) - have)
	return l.total.Known && left > 0 && now.Sub(l.lastPageAt) < shownEvery &&
		now.Sub(l.began).Seconds()*left/float64(have) < shownEvery.Seconds()
}

// anew returns the same load, restarted at the first page.
func (l load) anew() load {
	l.walk, l.setAside, l.pages, l.dropped, l.warning = api.Walk{}, false, nil, 0, ""
	return l
}

// fingerprinted is a source that tells accounts apart.
type fingerprinted interface{ Fingerprint(api.Ask) string }

// dated is a source whose answers are older than the time at which they are read.
type dated interface{ Date() time.Time }

// loadedAt returns the time that the loaded rows date from.
func (l load) loadedAt(now time.Time) time.Time {
	if d, ok := l.source.(dated); ok && !d.Date().IsZero() {
		return d.Date()
	}
	return now
}

// finish ends the load and makes its rows the list.
func (s *store) finish(why api.Incomplete, now time.Time) {
	loaded := listing{catalog: s.load.pages, extent: complete, why: s.load.warning,
		dropped: s.load.dropped, at: s.load.loadedAt(now)}
	if why != "" {
		loaded.extent = partial
		loaded.why = cell.Offers(loaded.catalog.Len()) + " loaded; " + string(why) + ": a cheaper one may be missing"
	}
	s.list = s.list.next(loaded)
	s.load.phase, s.load.err, s.load.pages = ready, nil, nil
}

// next returns now as the list that replaces this one. If both are entire, it notes what has changed between them.
func (l listing) next(now listing) listing {
	now.host, now.of = l.host, l.of
	if l.entire() && now.entire() {
		now.catalog = now.catalog.Since(l.catalog)
		now.past = append(slices.Clip(l.past), l.at)
		now.past = now.past[max(len(now.past)-catalog.ChangeStays, 0):]
	}
	return now
}

// showFresh makes list, which was loaded whole outside of any load, the list that is shown.
func (s *store) showFresh(list api.List) {
	if s.load.phase == loading && !s.load.setAside {
		// Set aside the rows received so far: they are no longer part of the list that is shown.
		s.load.setAside = true
		if s.load.pages == nil {
			s.load.pages = s.list.catalog
		}
	}
	s.list = s.list.next(listing{catalog: catalog.New(list.Rows), extent: complete, dropped: list.Dropped, at: list.At})
	if s.load.phase != loading {
		s.load.phase, s.load.err = ready, nil
	}
}

// confirm updates an offer with what the service has just said about it, in the list and in the rows of a
// running load, which are older.
func (s *store) confirm(now api.InstanceType) {
	arriving := s.load.pages == s.list.catalog
	s.list.catalog = s.list.catalog.With(now)
	switch {
	case arriving:
		s.load.pages = s.list.catalog
	case s.load.pages != nil:
		if _, came := s.load.pages.At(now.ID); came {
			s.load.pages = s.load.pages.With(now)
		}
	}
}

// broken ends a load that failed. The list keeps its rows.
func (s *store) broken(err error) {
	s.load.phase, s.load.err, s.load.wait = failed, err, api.Wait{}
	s.load.expired = s.load.walk.Cursor() != "" && refusesCursor(err)
	if errors.Is(err, api.ErrNoKey) {
		s.load.phase = noKey
	}
	if !s.load.setAside && s.load.pages != nil {
		s.list.catalog, s.list.dropped = s.load.pages, s.load.dropped // all rows received, shown or not
	}
	if s.list.ended() {
		s.load.pages = nil // the next load starts at the first page
	}
}

// refusesCursor reports whether the service rejected the request itself.
// After the first page, that means its cursor.
func refusesCursor(err error) bool {
	var status *api.StatusError
	if !errors.As(err, &status) {
		return false
	}
	switch status.Status {
	case 400, 404, 410, 422:
		return true
	}
	return false
}

// heldFor is the longest time between two reload keys that are taken for one key held down: longer than the pause that
// a terminal makes before it repeats a key.
const heldFor = 700 * time.Millisecond

// notBefore returns the time before which the service has asked not to be asked, zero if there is none.
func (l load) notBefore(now time.Time) (until time.Time) {
	var answer *api.StatusError
	var later *api.LaterError
	switch {
	case l.pausing(now) && errors.As(l.wait.Why, &answer) && answer.RetryAfter > 0:
		return l.wait.Until
	case l.phase == failed && errors.As(l.err, &later) && now.Before(later.Until):
		return later.Until
	}
	return time.Time{}
}

// pausing reports whether the load waits before it asks again.
func (l load) pausing(now time.Time) bool {
	return l.phase == loading && now.Before(l.wait.Until)
}

// attempt says which attempt at the page is running or next; empty for the first one.
func (l load) attempt(now time.Time) string {
	w := l.wait
	if w.Attempt == 0 {
		return ""
	}
	say := fmt.Sprintf(", attempt %d of %d", w.Attempt, api.Attempts)
	if left := w.Until.Sub(now); left > 0 {
		say += " in " + when.Left(left)
	}
	return say
}

// showLast shows the list of an earlier run until the service's list arrives.
func (s *store) showLast(list api.List, c *catalog.Catalog) {
	if s.list.ended() || s.list.catalog.Len() > 0 || c.Len() == 0 {
		return // the service was faster, or there is nothing to show
	}
	s.load.setAside = true
	s.list = listing{catalog: c, extent: kept, why: list.Remark, dropped: list.Dropped, at: list.At, host: s.list.host,
		of: s.list.of}
}
