package tui

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/feed"
	"gpupick/tui/query"
)

var errDown = errors.New("runcrate.ai refused the connection")

func TestAReloadKeepsTheCursorOnItsID(t *testing.T) {
	changed := append(rowsOf("new-cheapest T4 | | us-east-1"), five...)
	r := newRig(t, 120, 20, whole(five), whole(changed))
	r.keys("j", "j", "r").sees("6 of 6")
	if r.id() != "one-h100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	if r.m.rows.Cursor != 3 {
		t.Errorf("at %d", r.m.rows.Cursor)
	}
}

func TestALoadThatTakesTheRowAway(t *testing.T) {
	without := append(append([]api.InstanceType{}, five[:2]...), five[3:]...)
	// An incomplete list does not keep the row that it lacks, struck through: the cursor is in a gap.
	r := newRig(t, 120, 20, whole(five), step{page: api.Page{Rows: api.RowsOf(without...), HasMore: true}})
	r.keys("j", "j", "r").sees("one-h100 is not among the loaded offers", "▏  H100")
	r.keys("enter").sees("one-h100 is not among the loaded offers · ↑ ↓ choose another offer").
		keys("enter", "y", "space", "v", "Y").picks("")
	if len(r.copied) > 0 || len(r.m.marks.ids) > 0 || r.m.focus != onTable {
		t.Errorf("copied %q, marked %v", r.copied, r.m.marks.ids)
	}
	r.keys("j", "enter").picks("two-h100") // the row that is now in its place
}

func TestPagesArriveWhileOneWorks(t *testing.T) {
	r := prepared(t, func(*Options) {}, part(five[:2], "c2"), part(five[2:4], "c3"), whole(five[4:]))
	r.hold = true
	r.start(120, 20)
	r.now = r.now.Add(1200 * time.Millisecond)
	r.sees("loading from the service, page 1 · 1.2 s")
	r.runOne().runOne() // the source, the first page
	r.sees("page 2 · 1.2 s · 2 so far", "2 of 2, cheapest so far")
	r.keys("j", "r").sees("Already loading, page 2")
	r.runOne()
	r.sees("page 3", "4 of 4")
	if r.id() != "mid-a100" {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.release()
	r.sees("5 listed", "5 of 5 · by price")
	if fmt.Sprint(r.source.asked) != "[ c2 c3]" {
		t.Errorf("asked %q", r.source.asked)
	}
}

// runOne runs held commands, the oldest first, until one returns a message, which it sends. The
// commands that follow are held.
func (r *rig) runOne() *rig {
	for len(r.held) > 0 {
		next := r.held[0]
		r.held = r.held[1:]
		switch msg := next().(type) {
		case nil:
		case tea.BatchMsg:
			r.held = append(slices.Clone([]tea.Cmd(msg)), r.held...)
		default:
			r.send(msg)
			return r
		}
	}
	return r
}

func TestPagesArriveUnderASort(t *testing.T) {
	byCount := func(o *Options) { o.Sort = query.Sort{{Field: query.Count, Desc: true}} }
	r := prepared(t, byCount, part(five[:2], "c2"), part(five[2:4], "c3"), whole(five[4:]))
	r.start(120, 20)
	if r.id() != "big-h200" || r.m.rows.Offset != 0 {
		t.Errorf("untouched, the cursor is on %s", r.id())
	}
	r = prepared(t, byCount, part(five[:2], "c2"), part(five[2:4], "c3"), whole(five[4:]))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne().keys("j")
	r.release()
	if r.id() != "mid-a100" {
		t.Errorf("moved, the cursor is on %s", r.id())
	}
}

func TestWhatALoadDoesToTheRowUnderTheCursor(t *testing.T) {
	dearer := append([]api.InstanceType{}, five...)
	dearer[2].HourlyRate = api.Some(9.0)
	r := newRig(t, 120, 20, whole(five), whole(dearer)).keys("/", "type:price<5", "enter", "j", "j", "r")
	r.sees("one-h100 no longer matches").keys("enter").sees("one-h100 no longer matches · ↑ ↓ choose another offer")
	if r.quit {
		t.Error("Enter picked another row than the one that was seen")
	}
	// When a held term begins to match, the filter changes: no row counts as no longer listed.
	r = prepared(t, func(*Options) {}, part(five[:2], "c2"), whole(five[2:]))
	r.hold = true
	r.start(120, 20)
	r.runOne().runOne().keys("/", "type:h200").sees(`"h200" not applied yet`)
	r.release()
	r.sees("1 of 5").seesNot("gone", "no longer")
}

func TestAMissingKeyInTheMiddleOfAList(t *testing.T) {
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(errDown), whole(five[2:]))
	r.openErr = api.ErrNoKey
	r.keys("r").sees("2, incomplete", "2 loaded, the rest failed: no Runcrate key found", " · r resumes")
	r.openErr = nil
	r.keys("r").sees("5 listed")
	if fmt.Sprint(r.source.asked) != "[ c2 c2]" {
		t.Errorf("asked %q", r.source.asked)
	}
}

func TestALoadStartsAClockOfItsOwn(t *testing.T) {
	var waits []time.Duration
	r := prepared(t, func(o *Options) {
		o.Tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
			waits = append(waits, d)
			return nil
		}
	}, whole(five), whole(five))
	r.start(100, 20)
	r.now = r.now.Add(5 * time.Minute)
	old := clockTickedMsg{number: r.m.ticks}
	r.send(old)
	if last := waits[len(waits)-1]; last != 15*time.Second {
		t.Errorf("an old list is looked at every %v", last)
	}
	r.hold = true
	r.keys("r").sees("reloading, page 1 · 0.0 s · 5, 5 min ago")
	if last := waits[len(waits)-1]; last != spinnerStep {
		t.Errorf("the spinner turns every %v", last)
	}
	n := len(waits)
	if r.send(old); len(waits) != n {
		t.Error("the old clock goes on")
	}
}

func TestASavedAnswerIsAsOldAsItsFile(t *testing.T) {
	r := prepared(t, func(*Options) {}, whole(five))
	r.m.opt.Open = func() (feed.Source, error) { return savedFile{r.source, noon.Add(-72 * time.Hour)}, nil }
	r.start(100, 20)
	r.sees("3 days ago")
	empty := prepared(t, func(*Options) {}, whole(nil))
	empty.m.opt.Open = func() (feed.Source, error) { return savedFile{empty.source, noon}, nil }
	empty.start(100, 20)
	empty.sees("No offers in runcrate.ai")
}

type savedFile struct {
	*script
	date time.Time
}

func (s savedFile) Date() time.Time { return s.date }

func TestFaultAPageThatFails(t *testing.T) {
	r := newRig(t, 120, 20, part(five[:2], "c2"), failing(errDown), whole(five[2:]))
	r.sees("2 loaded, the rest failed: runcrate.ai refused the connection", " · r resumes", "2, incomplete", "cheap-l4")
	r.keys("r").sees("5 listed").seesNot("missing")
	if fmt.Sprint(r.source.asked) != "[ c2 c2]" {
		t.Errorf("asked %q: r should go on where it broke", r.source.asked)
	}
}

func TestFaultAReloadThatFails(t *testing.T) {
	r := newRig(t, 120, 20, whole(five), part(five[:1], "c2"), failing(errDown), whole(five[:3]))
	r.keys("G", "r").sees("Not reloaded: runcrate.ai refused the connection. "+
		"Showing the list from 12:00 · r retries", "5 of 5")
	if r.id() != "big-h200" {
		t.Errorf("the cursor is on %s", r.id())
	}
	r.keys("r").sees("3 listed")
	if fmt.Sprint(r.source.asked) != "[  c2 ]" {
		t.Errorf("asked %q: a list is loaded again from its beginning", r.source.asked)
	}
}

func TestFaultARejectedKey(t *testing.T) {
	r := newRig(t, 80, 24, failing(&api.StatusError{Status: 401, Source: "the key from RUNCRATE_API_KEY"}), whole(five))
	r.sees("The key from RUNCRATE_API_KEY was rejected (401)",
		"Check the key at https://www.runcrate.ai/dashboard/api-keys", "r retries", "not loaded")
	r.keys("r").sees("5 listed")
}

func TestFaultLateAnswers(t *testing.T) {
	r := newRig(t, 120, 20, whole(five))
	r.send(pageLoadedMsg{load: r.m.load.number - 1, step: feed.Step{Page: api.Page{Rows: api.RowsOf(five[:1]...)}}})
	r.send(loadFailedMsg{load: r.m.load.number + 1, err: errDown})
	r.send(sourceOpenedMsg{load: 0, source: nil})
	r.sees("5 listed")
}

func TestFaultAListThatIsNotWhole(t *testing.T) {
	r := newRig(t, 120, 20, part(five, ""))
	r.sees("5 offers loaded; Runcrate has more offers but no cursor for them: a cheaper one may be missing",
		"5 loaded, list incomplete")
	r.keys("/", "type:h100", "enter").sees("a cheaper one may be missing")
}

func TestFaultRowsWithoutAnID(t *testing.T) {
	newRig(t, 120, 20, step{page: api.Page{Rows: api.RowsOf(five...), Dropped: 3}}).sees("3 offers without a usable id")
	newRig(t, 120, 20, step{page: api.Page{Rows: api.RowsOf(five...),
		Warning: "Runcrate sent no list (data is null)"}}).
		sees("data is null")
}

func TestFaultEmptyList(t *testing.T) {
	r := prepared(t, func(o *Options) { o.Ask = api.Ask{GPUType: "H100", GPUCount: 8} }, whole(nil), whole(five))
	r.start(120, 20)
	r.sees("Runcrate lists no offers right now for gpu_type=H100 gpu_count=8; r reloads",
		"asked: gpu_type=H100 gpu_count=8", "0 listed")
	r.keys("r").sees("5 listed")
}

func TestNoKey(t *testing.T) {
	r := prepared(t, func(*Options) {}, whole(five))
	r.openErr = api.ErrNoKey
	r.m.opt.Demo = func() (feed.Source, error) { return &script{steps: []step{whole(five[:2])}}, nil }
	r.start(80, 24)
	r.sees("No Runcrate key found", "https://www.runcrate.ai/dashboard/api-keys", "start gpupick again", "press r",
		"d browses sample data")
	r.keys("d").sees("DEMO", "2 listed")
	again := prepared(t, func(*Options) {}, whole(five))
	again.openErr = api.ErrNoKey
	again.start(80, 24)
	again.seesNot("demo").keys("d").sees("No Runcrate key found")
	again.openErr = nil
	again.keys("r").sees("5 listed")
}

// rivals are offers of which the last costs more than two others that have at least as much.
var rivals = rowsOf("good-cheaper H100 || || us-east-1", "good-middle NVIDIA-H100 || ||| eu-west-1",
	"other-count H100 | | us-east-1", "dear-one H100 || |||| us-east-1")
