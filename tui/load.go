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

// phase is how far a load is.
type phase int

const (
	loading phase = iota
	ready
	failed
	noKey
)

// load is the load that is under way, or how the last one ended.
type load struct {
	phase   phase
	number  int // every load has its own; what comes for an earlier one is late
	began   time.Time
	source  feed.Source
	walk    api.Walk         // where to go on
	aside   bool             // there is a list already: what comes is put aside until it is all there
	pages   *catalog.Catalog // the pages that have come; nil: nothing has come yet
	widths  naturalWidths    // of pages, as far as that could be had
	shown   time.Time        // when rows were last shown
	came    time.Time        // when something last came
	dropped int
	total   api.Optional[int64] // rows there are, if the service has said so
	warning string
	wait    api.Wait // the pause before the attempt that is under way or waited for; zero: it is the first
	err     error
	expired bool // the service does not know its own cursor any more: there is no going on there
	ctx     context.Context
	cancel  context.CancelFunc
}

// extent is how much of the service's list a listing holds.
type extent int

const (
	arriving extent = iota // pages are still missing that can be asked for
	complete               // every row of the service
	partial                // every row that the service let us ask for, and it has more
	kept                   // what an earlier run put on disk; the service has not confirmed it since
)

// listing is what was loaded: what the table shows.
type listing struct {
	catalog *catalog.Catalog
	extent  extent
	why     string      // a warning that stays on the screen as long as the list does; empty without one
	dropped int         // rows that were left out because they have no usable id
	at      time.Time   // when the service gave it
	host    string      // the host that it comes from
	of      string      // the fingerprint of the account and the question that it answers
	past    []time.Time // the times of the earlier lists that changes are counted against, the oldest first
}

// ended reports whether no page is missing that could be asked for.
func (l listing) ended() bool { return l.extent != arriving }

// entire reports whether a row that is not in the list was not in the service's either. What was kept
// of a list that had rows missing says so in its warning.
func (l listing) entire() bool { return l.extent == complete || l.extent == kept && l.why == "" }

// store is what was loaded, and the load that is under way.
type store struct {
	load load    // that is under way, or how the last one ended
	list listing // what was loaded
}

// begin is the next load, from the first page on.
func (l load) begin(now time.Time) load {
	if l.cancel != nil {
		l.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	return load{phase: loading, number: l.number + 1, began: now, ctx: ctx, cancel: cancel}
}

// resume is the next load, from the page on that failed.
func (l load) resume(now time.Time) load {
	next := l.begin(now)
	next.walk, next.aside, next.pages, next.widths, next.dropped, next.warning = l.walk, l.aside, l.pages, l.widths,
		l.dropped, l.warning
	return next
}

// arrived takes a page, and shows it where that is worth it. The widths of columns are measured meanwhile.
func (s *store) arrived(step feed.Step, columns []column, now time.Time) (shown bool) {
	l := &s.load
	if l.pages == nil {
		l.pages = s.list.catalog
		if l.aside {
			l.pages = catalog.New(nil)
		}
	}
	l.pages = l.pages.Add(step.Page.Rows)
	l.walk, l.total, l.wait = step.Walk, step.Page.Total, api.Wait{}
	l.dropped += step.Page.Dropped
	if step.Page.Warning != "" {
		l.warning = step.Page.Warning
	}
	if !l.aside { // else it is shown with what has changed, which is another list
		l.widths = l.widths.ahead(l.pages, columns)
	}
	l.came = now
	if step.More {
		return s.showArrived(now)
	}
	s.finish(step.Why, now)
	return true
}

const (
	shownOften = 2000                   // rows: up to there whatever comes is shown
	shownEvery = 250 * time.Millisecond // beyond, this often,
	shownGrown = 4                      // or when there is so much more
)

// showArrived shows what has come, unless what is shown is nearly as much. Part of a new load never takes
// the place of a complete list, nor of a longer one of an earlier load.
func (s *store) showArrived(now time.Time) (done bool) {
	have, shown := s.load.pages, s.list.catalog
	if have == nil || have == shown || s.list.ended() || have.Len() < shown.Len() {
		return false
	}
	if shown.Len() > shownOften && (s.load.nearlyWhole(now) ||
		have.Len() < shownGrown*shown.Len() && now.Sub(s.load.shown) < shownEvery) {
		return false
	}
	s.list.catalog, s.list.dropped, s.load.shown = have, s.load.dropped, now
	return true
}

// nearlyWhole reports whether the rest is to be expected, at the pace of what has come,
// before the next rows would be shown: showing these would only keep it waiting. What
// has stopped coming is not to be expected.
func (l load) nearlyWhole(now time.Time) bool {
	have := l.pages.Len()
	left := float64(int(l.total.Value) - have)
	return l.total.Known && left > 0 && now.Sub(l.came) < shownEvery &&
		now.Sub(l.began).Seconds()*left/float64(have) < shownEvery.Seconds()
}

// anew is the same load, from the first page on.
func (l load) anew() load {
	l.walk, l.aside, l.pages, l.widths, l.dropped, l.warning = api.Walk{}, false, nil, naturalWidths{}, 0, ""
	return l
}

// fingerprinted is a source that tells accounts apart.
type fingerprinted interface{ Fingerprint(api.Ask) string }

// dated is a source whose answers are older than the moment they are read.
type dated interface{ Date() time.Time }

// loadedAt is how old what was just loaded is.
func (l load) loadedAt(now time.Time) time.Time {
	if d, ok := l.source.(dated); ok && !d.Date().IsZero() {
		return d.Date()
	}
	return now
}

// finish makes the rows that were loaded the list.
func (s *store) finish(why api.Incomplete, now time.Time) {
	loaded := listing{catalog: s.load.pages, extent: complete, why: s.load.warning,
		dropped: s.load.dropped, at: s.load.loadedAt(now)}
	if why != "" {
		loaded.extent = partial
		loaded.why = cell.Rows(loaded.catalog.Len()) + " loaded; " + string(why) + ": a cheaper one may be missing"
	}
	s.list = s.list.next(loaded)
	s.load.phase, s.load.err, s.load.pages = ready, nil, nil
}

// next is the list that takes this one's place, with what has changed between
// them, if both are all there is.
func (l listing) next(now listing) listing {
	now.host, now.of = l.host, l.of
	if l.entire() && now.entire() {
		now.catalog = now.catalog.Since(l.catalog)
		now.past = append(slices.Clip(l.past), l.at)
		now.past = now.past[max(len(now.past)-catalog.ChangeStays, 0):]
	}
	return now
}

// showFresh makes a whole list the list that came beside any load.
func (s *store) showFresh(list api.List) {
	if s.load.phase == loading && !s.load.aside {
		// What has come of the load so far is put aside: the list is another one now.
		s.load.aside = true
		if s.load.pages == nil {
			s.load.pages = s.list.catalog
		}
	}
	s.list = s.list.next(listing{catalog: catalog.New(list.Rows), extent: complete, dropped: list.Dropped, at: list.At})
	if s.load.phase != loading {
		s.load.phase, s.load.err = ready, nil
	}
}

// confirm takes what the service has just said of an offer into the list, and into what has come of a
// load that is under way: it is newer than that.
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

// broken ends a load that failed. Rows that are there stay.
func (s *store) broken(err error) {
	s.load.phase, s.load.err, s.load.wait = failed, err, api.Wait{}
	s.load.expired = s.load.walk.Cursor() != "" && refusesCursor(err)
	if errors.Is(err, api.ErrNoKey) {
		s.load.phase = noKey
	}
	if !s.load.aside && s.load.pages != nil {
		s.list.catalog, s.list.dropped = s.load.pages, s.load.dropped // all that has come, shown or not
	}
	if s.list.ended() {
		s.load.pages = nil // the next load begins anew
	}
}

// refusesCursor reports whether the question itself was refused: behind the
// first page, that is its cursor.
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

// pausing reports whether the load waits before it asks again.
func (l load) pausing(now time.Time) bool {
	return l.phase == loading && now.Before(l.wait.Until)
}

// attempt is which attempt at the page is under way or waited for, in words;
// empty for the first one.
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

// showLast shows the answer of an earlier run until the service's comes.
func (s *store) showLast(list api.List, c *catalog.Catalog) {
	if s.list.ended() || s.list.catalog.Len() > 0 || c.Len() == 0 {
		return // the service was faster, or there is nothing to see
	}
	s.load.aside = true
	s.list = listing{catalog: c, extent: kept, why: list.Remark, dropped: list.Dropped, at: list.At, host: s.list.host,
		of: s.list.of}
}
