package feed

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"gpupick/api"
	"gpupick/tui/crash"
)

// pages is a source of some pages: at no cursor, at "2", at "3" and so on. It notes what it is asked.
type pages struct {
	many   int
	always *api.Page // the answer to everything; nil for pages
	mu     sync.Mutex
	asked  []string
	fails  map[string]error
	wait   map[string]api.Wait
}

func (p *pages) Host() string { return "runcrate.ai" }

func (p *pages) Page(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait)) (api.Page, error) {
	p.mu.Lock()
	p.asked = append(p.asked, strings.TrimSpace(ask.GPUType+" "+cursor))
	p.mu.Unlock()
	if w, is := p.wait[cursor]; is {
		tell(w)
	}
	if err := p.fails[cursor]; err != nil {
		return api.Page{}, err
	}
	if p.always != nil {
		return *p.always, nil
	}
	if cursor == "panic" {
		panic("on purpose")
	}
	if err := ctx.Err(); err != nil {
		return api.Page{}, err
	}
	number, _ := strconv.Atoi(cursor)
	page := api.Page{Rows: api.RowsOf(api.InstanceType{ID: ask.GPUType + "at " + cursor})}
	if number = max(number, 1); number < p.many {
		page.Cursor, page.HasMore = strconv.Itoa(number+1), true
	}
	return page, nil
}

// seen returns what was asked, once what is read ahead has been read.
func (p *pages) seen() []string {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

// inVirtualTime runs a test of reading ahead from a source.
func inVirtualTime(t *testing.T, source *pages, test func(t *testing.T, a *Ahead)) {
	synctest.Test(t, func(t *testing.T) { test(t, ReadAhead(source)) })
}

func read(ctx context.Context, t *testing.T, a *Ahead, gpu, cursor string) {
	t.Helper()
	page, err := a.Page(ctx, api.Ask{GPUType: gpu}, cursor, nil)
	if err != nil {
		t.Fatal(err)
	}
	if have := page.Rows.ID(0); have != gpu+"at "+cursor {
		t.Fatalf("the page at %q has %q", cursor, have)
	}
}

func TestPagesAreReadAhead(t *testing.T) {
	source := &pages{many: 3}
	inVirtualTime(t, source, func(t *testing.T, a *Ahead) {
		for _, cursor := range []string{"", "2", "3", "", "2", "3"} { // and the same list once more
			read(t.Context(), t, a, "", cursor)
			have, want := source.seen(), []string{"", "2", "3"}
			if len(have) > 3 {
				want = slices.Concat(want, want)
			}
			if !slices.Equal(have, want) {
				t.Errorf("after the page at %q, %q are read, want %q", cursor, have, want)
			}
		}
	})
}

// No more pages are read ahead than there is room for, and none of a list that was canceled.
func TestReadingAheadWaits(t *testing.T) {
	source := &pages{many: 1000}
	inVirtualTime(t, source, func(t *testing.T, a *Ahead) {
		ctx, cancel := context.WithCancel(t.Context())
		read(ctx, t, a, "", "")
		if have, want := len(source.seen()), 1+aheadMost+1; have != want { // the last one is in the hands of its reader
			t.Errorf("%d pages are read, want %d", have, want)
		}
		read(ctx, t, a, "", "2")
		before := len(source.seen())
		cancel()
		if have := len(source.seen()); have != before {
			t.Errorf("%d pages more are read for nobody", have-before)
		}
	})
}

// Pages that were read ahead belong to one list. Another list is read page by page meanwhile.
func TestListsAreNotMixed(t *testing.T) {
	source := &pages{many: 1000}
	inVirtualTime(t, source, func(t *testing.T, a *Ahead) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		read(ctx, t, a, "A", "")
		source.seen()
		for _, cursor := range []string{"", "2", "3"} {
			read(ctx, t, a, "B", cursor)
			read(t.Context(), t, a, "A", cursor) // another walk through the same list
			read(ctx, t, a, "A", map[string]string{"": "2", "2": "3", "3": "4"}[cursor])
		}
		have := source.seen()
		for _, want := range []string{"A 2", "B", "B 2", "B 3"} {
			if !slices.Contains(have, want) {
				t.Errorf("%q is not read", want)
			}
		}
		if slices.Contains(have, "B 4") {
			t.Error("both lists are read ahead")
		}
	})
}

// A load that was canceled does not keep others from being read ahead, and its pages are not taken for theirs.
func TestACanceledListIsForgotten(t *testing.T) {
	source := &pages{many: 3}
	inVirtualTime(t, source, func(t *testing.T, a *Ahead) {
		canceled, cancel := context.WithCancel(t.Context())
		read(canceled, t, a, "", "")
		source.seen()
		cancel()
		read(t.Context(), t, a, "", "2")
		if have := source.seen(); !slices.Equal(have, []string{"", "2", "3", "2", "3"}) {
			t.Errorf("%q", have)
		}
		if _, err := a.Page(canceled, api.Ask{}, "3", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

// Pauses and errors of a page that is read ahead reach whoever asks for that page, and the list can be read on.
func TestPausesAndErrorsOfAPageReadAhead(t *testing.T) {
	pause, broken := api.Wait{Attempt: 2}, errors.New("broken")
	source := &pages{many: 3, fails: map[string]error{"2": broken}, wait: map[string]api.Wait{"2": pause}}
	inVirtualTime(t, source, func(t *testing.T, a *Ahead) {
		var told []api.Wait
		tell := func(w api.Wait) { told = append(told, w) }
		if _, err := a.Page(t.Context(), api.Ask{}, "", tell); err != nil || len(told) > 0 {
			t.Fatalf("the first page: %v, %v", err, told)
		}
		_, err := a.Page(t.Context(), api.Ask{}, "2", tell)
		if err != broken || !slices.Equal(told, []api.Wait{pause}) {
			t.Fatalf("the second page: %v, %v", err, told)
		}
		source.fails = nil
		read(t.Context(), t, a, "", "2")
		read(t.Context(), t, a, "", "3")
	})
}

// A panic ends the program where the page is asked for, and says where it was.
func TestAPanicWhileReadingAheadIsNoError(t *testing.T) {
	inVirtualTime(t, &pages{}, func(t *testing.T, a *Ahead) {
		defer func() {
			if c, is := recover().(*crash.Crash); !is || !strings.Contains(c.Error(), "ahead_test.go") {
				t.Errorf("%v", c)
			}
		}()
		_, err := a.Page(t.Context(), api.Ask{}, "panic", nil)
		t.Errorf("%v", err)
	})
}

// Nothing is read ahead of a list that its reader gives up: it has an error beside the rows, or its cursors go in a
// circle.
func TestReadingAheadEndsWhereTheListDoes(t *testing.T) {
	for name, c := range map[string]struct {
		page  api.Page
		pages int
	}{
		"failed": {api.Page{Failed: "an error", Cursor: "2", HasMore: true}, 1},
		"circle": {api.Page{Cursor: "same", HasMore: true}, 2},
	} {
		source := &pages{always: &c.page}
		inVirtualTime(t, source, func(t *testing.T, a *Ahead) {
			_, _ = All(t.Context(), a, api.Ask{}, nil, nil)
			if have := len(source.seen()); have != c.pages {
				t.Errorf("%s: %d pages are read, want %d", name, have, c.pages)
			}
		})
	}
}
