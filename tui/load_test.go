package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/api/when"
	"gpupick/tui/catalog"
	"gpupick/tui/feed"
)

// timers are the timers that a model has started; the test decides when they fire.
type timers struct {
	asked []time.Duration
	ring  []func() tea.Msg
}

func (w *timers) tick(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
	w.asked = append(w.asked, d)
	w.ring = append(w.ring, func() tea.Msg { return f(noon) })
	return nil
}

// timed returns a rig that is not started yet, and its timers, which the test controls.
func timed(t *testing.T, change func(*Options), steps ...step) (*rig, *timers) {
	w := &timers{}
	r := prepared(t, func(o *Options) { o.Tick = w.tick; change(o) }, steps...)
	return r, w
}

// refreshes fires the timers of the auto-refresh, and returns the times they were set to.
func (r *rig) refreshes(w *timers) (waits []time.Duration) {
	asked, ring := w.asked, w.ring
	w.asked, w.ring = nil, nil
	for i, f := range ring {
		if msg, is := f().(refreshDueMsg); is {
			waits = append(waits, asked[i])
			r.send(msg)
		}
	}
	return waits
}

func TestAutoRefresh(t *testing.T) {
	r, w := timed(t, func(o *Options) { o.Refresh = 20 * time.Second }, whole(five), whole(five[:4]), failing(errDown),
		failing(errDown), failing(errDown), whole(five))
	r.start(120, 20)
	r.sees("every 20 s", "5 listed").keys("j")
	var waits []time.Duration
	for range 5 {
		waits = append(waits, r.refreshes(w)...)
	}
	if fmt.Sprint(waits) != "[20s 20s 40s 1m20s 2m40s]" {
		t.Errorf("waited %v", waits)
	}
	if r.id() != "mid-a100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	if waits = r.refreshes(w); fmt.Sprint(waits) != "[20s]" {
		t.Errorf("after a success: %v", waits)
	}
	r.keys("R").sees("Auto-refresh off").seesNot("every 20 s")
	asked := len(r.source.asked)
	r.refreshes(w)
	if len(r.source.asked) != asked {
		t.Error("it loads though that is off")
	}
	r.keys("R").sees("Auto-refresh every 20 s")
	if waits = r.refreshes(w); fmt.Sprint(waits) != "[20s]" {
		t.Errorf("turned on again: %v", waits)
	}
}

func TestAutoRefreshWaitsAsTheServiceAsks(t *testing.T) {
	later := &api.LaterError{Until: noon.Add(time.Hour), Asked: noon, Answer: &api.StatusError{Status: 429}}
	r, w := timed(t, func(o *Options) { o.Refresh = 20 * time.Second }, failing(later), whole(five))
	r.start(120, 20)
	if waits := r.refreshes(w); fmt.Sprint(waits) != "[1h0m0s]" {
		t.Errorf("waited %v", waits)
	}
}

func TestAutoRefreshRunsOneTimer(t *testing.T) {
	r, w := timed(t, func(*Options) {}, whole(five))
	r.start(120, 20)
	r.keys("R", "R", "R")
	asked := len(r.source.asked)
	r.refreshes(w)
	if n := len(r.source.asked) - asked; n != 1 {
		t.Errorf("loaded %d times", n)
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{30 * time.Second: "30 s", 5 * time.Minute: "5 min",
		90 * time.Second: "90 s"} {
		if have := when.Span(d); have != want {
			t.Errorf("%v: %s", d, have)
		}
	}
}

func TestFaultAWaitIsShown(t *testing.T) {
	busy := &api.StatusError{Status: 503, Message: "too busy"}
	r := prepared(t, func(*Options) {}, whole(five), whole(five))
	r.hold = true
	r.start(120, 20)
	wait := func() {
		waits := make(chan api.Wait)
		close(waits)
		r.send(waitBeganMsg{load: r.m.load.number, waits: waits, page: r.m.load.walk.Pages(),
			wait: api.Wait{Attempt: 2, Until: r.now.Add(7 * time.Second), Why: busy}})
	}
	wait()
	r.sees("page 1, attempt 2 of 4 in 7 s", "Runcrate returned an error (503): too busy · r retries now")
	r.now = r.now.Add(5500 * time.Millisecond)
	r.sees("attempt 2 of 4 in 2 s")
	r.now = r.now.Add(2 * time.Second)
	r.sees("page 1, attempt 2 of 4 · 7.5 s", "too busy").seesNot("retries now", " in ")
	r.keys("r").sees("Already loading, page 1") // the attempt is under way
	r.release()
	r.sees("5 listed").seesNot("attempt", "too busy")

	r.send(noticeExpiredMsg{number: r.m.notice.number})

	// With rows on the screen, the sentence is shown in the place of notices, and r retries
	// at once.
	r.hold = true
	r.keys("r")
	r.now = r.now.Add(6 * time.Second)
	wait()
	r.sees("reloading, page 1, attempt 2 of 4 in 7 s", "too busy · r retries now", "5 of 5")
	before := r.m.load.number
	r.keys("r").seesNot("attempt", "too busy")
	if r.m.load.number != before+1 {
		t.Error("r did not try now")
	}
	r.release()
	r.sees("5 listed")
	for _, key := range []string{"q", "ctrl+c"} {
		r := prepared(t, func(*Options) {}, whole(five))
		r.hold = true
		r.start(120, 20)
		ctx := r.m.load.ctx
		wait := make(chan api.Wait)
		close(wait)
		r.send(waitBeganMsg{load: r.m.load.number, waits: wait, page: r.m.load.walk.Pages(),
			wait: api.Wait{Attempt: 2, Until: r.now.Add(time.Minute), Why: busy}})
		r.held, r.hold = nil, false
		if r.keys(key); !r.quit || ctx.Err() == nil {
			t.Errorf("%s does not answer at once", key)
		}
	}
}

// The pauses that a source reports reach the model, in whatever order they and the page
// arrive.
func TestPausesReachTheModel(t *testing.T) {
	busy := &api.StatusError{Status: 503}
	r := prepared(t, func(*Options) {}, step{page: api.Page{Rows: api.RowsOf(five...)},
		waits: []api.Wait{{Attempt: 2, Why: busy}, {Attempt: 3, Why: busy}}})
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne() // the source, then the page: the pauses come late
	r.sees("5 listed").release()
	r.sees("5 listed").seesNot("attempt")

	r = prepared(t, func(*Options) {}, step{page: api.Page{Rows: api.RowsOf(five[:2]...), HasMore: true, Cursor: "c2"},
		waits: []api.Wait{{Attempt: 2, Why: busy}}}, whole(five[2:]))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne().runOne() // the source, the first page, then the pause before it
	r.sees("page 2").seesNot("attempt")
}

func TestFaultAskedToWaitForLong(t *testing.T) {
	later := &api.LaterError{Until: noon.Add(123 * time.Minute), Asked: noon, Answer: &api.StatusError{Status: 429}}
	newRig(t, 120, 20, failing(later)).sees("Runcrate asks to wait until 14:03 (429)", "r retries then")
	newRig(t, 120, 20, whole(five), failing(later)).keys("r").
		sees("Not reloaded: Runcrate asks to wait until 14:03 (429). "+
			"Showing the list from 12:00 · r retries then", "5 of 5")
}

// After a page's cursor has expired, r loads from the first page instead of trying that
// cursor again.
func TestACursorThatHasExpired(t *testing.T) {
	for _, status := range []int{400, 404, 410, 422} {
		r := newRig(t, 120, 20, part(five[:2], "c2"), failing(&api.StatusError{Status: status}), whole(five))
		r.sees("2 loaded, the rest failed: ", "r reloads all of it").keys("r").sees("5 listed")
		if fmt.Sprintf("%q", r.source.asked) != `["" "c2" ""]` {
			t.Errorf("%d: asked %q", status, r.source.asked)
		}
	}
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(&api.StatusError{Status: 401, Source: "the key"}),
		whole(five[2:]))
	r.sees("r resumes").keys("r").sees("5 listed")
}

// For another account, the list is loaded from its first page and replaces the old one.
func TestAnotherAccountBeginsAnew(t *testing.T) {
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(&api.StatusError{Status: 401, Source: "the key"}),
		whole(five[3:]))
	r.sees("2, incomplete")
	r.source.account = "another"
	r.keys("r").sees("2 listed", "big-h200", "cheap-l4 is no longer listed").seesNot("mid-a100")
	if fmt.Sprintf("%q", r.source.asked) != `["" "c2" ""]` || len(r.source.kept) != 1 ||
		r.source.kept[0].Rows.Len() != 2 {
		t.Errorf("asked %q, kept %+v", r.source.asked, r.source.kept)
	}
}

// withLastAnswer returns a rig that is not started yet, with the answer of an earlier run.
func withLastAnswer(t *testing.T, list api.List, steps ...step) *rig {
	r := prepared(t, func(*Options) {}, steps...)
	r.source.last = &list
	return r
}

func TestLastAnswerIsShownFirst(t *testing.T) {
	yesterday := api.List{Rows: api.RowsOf(five[:4]...), Dropped: 2, At: noon.Add(-15 * time.Hour)}
	r := withLastAnswer(t, yesterday, part(five[1:3], "c2"), whole(five[3:]))
	r.hold = true
	r.start(160, 20)
	r.runOne().runOne() // the source, then the disk
	r.sees("list from Thu 21:00", "page 1", "4 of 4", "2 offers without a usable id")
	r.keys("j", "j", "space", "/", "type:h100", "enter", "j")
	if r.id() != "two-h100" {
		t.Fatalf("the cursor is on %s", r.id())
	}
	r.runOne()
	r.sees("list from Thu 21:00", "page 2", "2 of 4") // a complete list stays until the next one is complete
	r.release()
	r.sees("4 listed", "just now", "2 of 4", "1 marked").seesNot("kept")
	if r.id() != "two-h100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	if !r.m.Outcome().KeptAt.IsZero() {
		t.Error("it is still called kept")
	}
	if len(r.source.kept) != 1 || r.source.kept[0].Rows.Len() != 4 || !r.source.kept[0].At.Equal(r.now) {
		t.Errorf("kept %+v", r.source.kept)
	}
}

func TestNewRowsAboveKeepTheTopInView(t *testing.T) {
	r := withLastAnswer(t, api.List{Rows: api.RowsOf(five[1:]...), At: noon.Add(-time.Hour)}, whole(five))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne().sees("list from 11:00").keys("k")
	r.release()
	if r.id() != "mid-a100" || r.m.rows.Offset != 0 {
		t.Errorf("the cursor is on %s, %d rows are above the screen", r.id(), r.m.rows.Offset)
	}
	r.sees("cheap-l4")
}

func TestARowThatIsOnlyInTheLastAnswer(t *testing.T) {
	r := withLastAnswer(t, api.List{Rows: api.RowsOf(five...), At: noon.Add(-time.Hour)}, whole(five[1:]))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne()
	r.release()
	r.sees("cheap-l4 is no longer listed").sendAtOnce(tea.KeyMsg{Type: tea.KeyEnter})
	if r.quit {
		t.Error("Enter picked another row than the one that was seen")
	}
}

func TestFaultOfflineTheLastAnswerIsStillUseful(t *testing.T) {
	r := withLastAnswer(t, api.List{Rows: api.RowsOf(five...), Remark: "5 offers loaded; the service has more",
		At: noon.Add(-15 * time.Hour)},
		failing(errDown), failing(errDown), whole(five[:2]))
	r.start(160, 20)
	r.sees("offline · list from Thu 21:00", "Offline: runcrate.ai refused the connection. Showing the list from "+
		"Thu 21:00; offers and prices may have changed · r retries", "5 offers loaded", "5 of 5")
	if len(r.source.kept) != 0 {
		t.Error("an old answer was kept as a new one")
	}
	r.keys("r").sees("offline · list from Thu 21:00")
	r.keys("j", "y")
	if strings.Join(r.copied, " ") != "mid-a100" {
		t.Errorf("copied %q", r.copied)
	}
	if r.m.Outcome().KeptAt.IsZero() {
		t.Error("it is not called kept")
	}
	r.keys("r").sees("2 listed").seesNot("kept", "not loaded")
}

// If the service is faster than the disk, the last answer is ignored.
func TestTheLastAnswerComesTooLate(t *testing.T) {
	r := withLastAnswer(t, api.List{Rows: api.RowsOf(five[:1]...), At: noon.Add(-time.Hour)}, whole(five))
	r.start(120, 20)
	r.source.last = nil
	r.send(lastFoundMsg{load: r.m.load.number, list: api.List{Rows: api.RowsOf(five[:1]...), At: noon.Add(-time.Hour)},
		catalog: r.m.list.catalog})
	r.sees("5 listed")
	r.send(lastFoundMsg{load: r.m.load.number - 1})
	r.sees("5 listed")
}

func TestFaultUnsavedListIsNotedOnce(t *testing.T) {
	r := prepared(t, func(*Options) {}, whole(five), whole(five))
	r.source.keepErr = errors.New("no space left on device")
	r.start(160, 20)
	r.sees("This list was not saved for offline use: no space left on device", "5 listed")
	r.keys("r").send(noticeExpiredMsg{number: r.m.notice.number})
	r.seesNot("not kept")
	r.keys("r").seesNot("not kept")
}

// Half a list is not saved. A list that the service cannot continue is saved with a remark.
func TestWhichListsAreSaved(t *testing.T) {
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(errDown))
	if len(r.source.kept) != 0 {
		t.Error("half a list was kept")
	}
	r = newRig(t, 120, 20, step{page: api.Page{Rows: api.RowsOf(five...), HasMore: true, Dropped: 1}})
	if k := r.source.kept; len(k) != 1 || k[0].Dropped != 1 || !strings.Contains(k[0].Remark, "no cursor for them") {
		t.Errorf("%+v", r.source.kept)
	}
}

// A pause at a later page is shown with its attempt, and r retries at once. A pause of a page that has
// already arrived is ignored.
func TestFaultAWaitAtALaterPage(t *testing.T) {
	r := prepared(t, func(*Options) {}, part(five[:2], "c2"), whole(five[2:]))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne().sees("2 so far")
	busy := api.Wait{Attempt: 2, Until: r.now.Add(7 * time.Second),
		Why: &api.StatusError{Status: 503, Message: "too busy"}}
	waits := make(chan api.Wait, 1)
	r.send(waitBeganMsg{load: r.m.load.number, page: 0, waits: waits, wait: busy})
	r.seesNot("attempt")
	r.send(waitBeganMsg{load: r.m.load.number, page: 1, waits: waits, wait: busy})
	r.sees("page 2, attempt 2 of 4 in 7 s")
	number := r.m.load.number
	if r.keys("r"); r.m.load.number == number {
		t.Error("r waits")
	}
}

// A page is not shown while the rest of the list is expected to arrive soon.
func TestPagesWaitForTheExpectedRest(t *testing.T) {
	many := make([]api.InstanceType, 2501)
	for i := range many {
		many[i] = five[0]
		many[i].ID = fmt.Sprint("row-", i)
	}
	page := func(rows []api.InstanceType) step {
		return step{page: api.Page{Rows: api.RowsOf(rows...), HasMore: true, Cursor: rows[0].ID,
			Total: api.Some(int64(2601))}}
	}
	r := prepared(t, func(*Options) {}, page(many[:2001]), page(many[2001:]), page(many[:1]))
	r.hold = true
	r.start(120, 20)
	r.now = r.now.Add(time.Second)
	r.runOne().runOne().sees("2,001 of 2,001")
	r.now = r.now.Add(100 * time.Millisecond)
	r.runOne().sees("2,001 of 2,001")
	if !r.m.CanSkipFrame() {
		t.Error("a frame of what is not shown")
	}
	// When no further page arrives, the loaded rows are shown.
	r.now = r.now.Add(time.Second)
	r.send(clockTickedMsg{number: r.m.ticks})
	r.sees("2,501 of 2,501")
}

// If a check reads the whole list while pages arrive, the later pages are not lost, and the
// list is the one of the load.
func TestAWholeListInTheMiddleOfALoad(t *testing.T) {
	r := prepared(t, func(*Options) {}, part(five[:3], "c2"))
	r.hold = true
	r.start(120, 20)
	r.send(sourceOpenedMsg{load: r.m.load.number, source: r.source})
	r.send(pageLoadedMsg{load: r.m.load.number, step: stepOf(r.m.load.walk, part(five[:3], "c2").page)})
	r.m.showFresh(api.List{Rows: api.RowsOf(five[1:4]...), At: r.now})
	r.m.settle(byMessage)
	late := append(rowsOf("newcomer T4 | | x"), repriced("mid-a100", 3), five[4])
	r.send(pageLoadedMsg{load: r.m.load.number, step: stepOf(r.m.load.walk, whole(late).page)})
	have := ""
	for _, row := range r.m.list.catalog.Rows().All() {
		have += row.ID() + " "
	}
	if have != "cheap-l4 newcomer one-h100 mid-a100 big-h200 " {
		t.Errorf("%s", have)
	}
}

// The same id is one offer, even if it cannot be copied. Two ids that were cleaned may have been different, and are
// not duplicated when a load starts again.
func TestUnsafeIDsAreNotDoubled(t *testing.T) {
	mark := string(api.TextMark)
	odd := rowsOf("x;y L4 | | a", "x;y L4 | || a", "x"+mark+" L4 | | a", "x"+mark+" L4 | || a")
	gone := failing(&api.StatusError{Status: 410})
	r := newRig(t, 120, 20, part(odd, "c2"), gone, part(odd, "c2"), gone, part(odd, "c2"), gone).keys("r", "r")
	if n := r.m.list.catalog.Len(); n != 3 {
		t.Errorf("%d rows", n)
	}
}

// The reload key held down asks once, whether the answers are quick, fail, or are waited for. After a pause it asks
// again.
func TestFaultTheReloadKeyHeldDown(t *testing.T) {
	busy := &api.StatusError{Status: 503, Message: "too busy"}
	hold := func(r *rig) {
		for range 50 {
			r.now = r.now.Add(30 * time.Millisecond)
			r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'r'}})
		}
	}
	for name, answers := range map[string]step{"quick": whole(five), "failing": failing(busy)} {
		r := newRig(t, 100, 20, whole(five), answers)
		r.now = r.now.Add(time.Minute)
		r.source.asked = nil
		if hold(r); len(r.source.asked) != 1 {
			t.Errorf("%s: asked %d times while the key was held", name, len(r.source.asked))
		}
		if r.keys("r"); len(r.source.asked) != 2 {
			t.Errorf("%s: the key does not ask again", name)
		}
	}

	// Our own pause is cut short once, and the pause after that is not, as long as the key is held.
	r := prepared(t, func(*Options) {}, whole(five))
	r.hold = true
	r.start(100, 20)
	loads := r.m.load.number
	for range 20 {
		waits := make(chan api.Wait)
		close(waits)
		r.now = r.now.Add(30 * time.Millisecond)
		r.send(waitBeganMsg{load: r.m.load.number, waits: waits, wait: api.Wait{Attempt: 2,
			Until: r.now.Add(7 * time.Second), Why: busy}})
		r.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'r'}})
	}
	if r.m.load.number != loads+1 {
		t.Errorf("%d attempts while the key was held", r.m.load.number-loads)
	}
}

// A pause that the service asked for is not cut short, and the key says how long it is.
func TestFaultTheServiceNamesAPause(t *testing.T) {
	r := prepared(t, func(*Options) {}, whole(five))
	r.hold = true
	r.start(100, 20)
	waits := make(chan api.Wait)
	close(waits)
	number := r.m.load.number
	r.send(waitBeganMsg{load: number, waits: waits, wait: api.Wait{Attempt: 2, Until: r.now.Add(7 * time.Second),
		Why: &api.StatusError{Status: 429, Message: "slow down", RetryAfter: 7 * time.Second}}})
	r.sees("attempt 2 of 4 in 7 s", "slow down").seesNot("retries now")
	if r.keys("r").sees("Runcrate asks to wait 7 s"); r.m.load.number != number {
		t.Error("the key did not wait")
	}

	later := &api.LaterError{Until: noon.Add(time.Hour), Asked: noon, Answer: &api.StatusError{Status: 429}}
	r = newRig(t, 100, 20, failing(later), whole(five))
	r.sees("Runcrate asks to wait until 13:00 (429)", "r retries then")
	r.keys("r").sees("Runcrate asks to wait until 13:00 ").seesNot("5 listed")
	r.now = r.now.Add(time.Hour)
	r.keys("r").sees("5 listed")
}

// The rows of a slow server are shown as often as it is worth it: the more rows there are, the more seldom, so that
// the work of showing a list grows with its length and not with its square.
func TestFaultAMillionRowsFromASlowServer(t *testing.T) {
	const page, pages = 10_000, 60
	times := func(paced time.Duration) (shown int) {
		s := store{list: listing{catalog: catalog.New(api.Rows{})}}
		now := noon
		s.load = load{phase: loading, began: now}
		for p := range pages {
			rows := make([]api.InstanceType, page)
			for i := range rows {
				rows[i] = api.InstanceType{ID: fmt.Sprintf("id-%d", p*page+i), GPUType: "H100"}
			}
			now = now.Add(paced)
			before := s.list.catalog
			s.arrived(feed.Step{Page: api.Page{Rows: api.RowsOf(rows...)}, More: true}, now)
			if s.list.catalog != before {
				shown++
			}
		}
		return shown
	}
	if often := times(250 * time.Millisecond); often < 10 || often > 25 {
		t.Errorf("600,000 rows in 15 s were shown %d times", often)
	}
	if each := times(5 * time.Second); each != pages {
		t.Errorf("pages five seconds apart were shown %d times of %d", each, pages)
	}
}
