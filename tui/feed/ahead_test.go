package feed

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gpupick/api"
	"gpupick/tui/crash"
)

// pages is a source of three pages: at no cursor, at "2" and at "3". It notes what it is asked.
type pages struct {
	mu    sync.Mutex
	asked []string
	fails map[string]error
	wait  map[string]api.Wait
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
	if cursor == "panic" {
		panic("on purpose")
	}
	if err := ctx.Err(); err != nil {
		return api.Page{}, err
	}
	next := map[string]string{"": "2", "2": "3", "3": ""}[cursor]
	return api.Page{Rows: api.RowsOf(api.InstanceType{ID: ask.GPUType + "at " + cursor}), Cursor: next,
		HasMore: next != ""}, nil
}

func (p *pages) seen() []string {
	synctest.Wait() // until what is read ahead has been read
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

func read(t *testing.T, a *Ahead, ctx context.Context, gpu, cursor string) {
	t.Helper()
	page, err := a.Page(ctx, api.Ask{GPUType: gpu}, cursor, nil)
	if err != nil {
		t.Fatal(err)
	}
	if have := page.Rows.ID(0); have != gpu+"at "+cursor {
		t.Fatalf("the page at %q has %q", cursor, have)
	}
}

func TestTheNextPageIsReadAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &pages{}
		a := ReadAhead(source)
		for i, cursor := range []string{"", "2", "3"} {
			read(t, a, t.Context(), "", cursor)
			if have, want := source.seen(), []string{"", "2", "3"}[:min(i+2, 3)]; !slices.Equal(have, want) {
				t.Errorf("after the page at %q, %q are read, want %q", cursor, have, want)
			}
		}
		read(t, a, t.Context(), "", "") // the same list once more
		if have := source.seen(); !slices.Equal(have, []string{"", "2", "3", "", "2"}) {
			t.Errorf("read again: %q", have)
		}
	})
}

// A page that was read ahead is the page of one list, and no other list gets it. A list that is read while another one
// is read ahead is read page by page.
func TestListsAreNotMixed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &pages{}
		a := ReadAhead(source)
		read(t, a, t.Context(), "A", "")
		read(t, a, t.Context(), "B", "")
		read(t, a, t.Context(), "B", "2")
		read(t, a, t.Context(), "A", "2")
		read(t, a, t.Context(), "A", "3")
		if have := source.seen(); !slices.Equal(slices.Sorted(slices.Values(have)),
			[]string{"A", "A 2", "A 3", "B", "B 2"}) {
			t.Errorf("%q", have)
		}
	})
}

// A load that was canceled does not keep others from being read ahead, and its page is not taken for theirs.
func TestACanceledListIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &pages{}
		a := ReadAhead(source)
		canceled, cancel := context.WithCancel(t.Context())
		read(t, a, canceled, "", "")
		source.seen()
		cancel()
		read(t, a, t.Context(), "", "2")
		if have := source.seen(); !slices.Equal(have, []string{"", "2", "2", "3"}) {
			t.Errorf("%q", have)
		}
		if _, err := a.Page(canceled, api.Ask{}, "3", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

// Pauses and errors of a page that is read ahead reach whoever asks for that page.
func TestPausesAndErrorsOfAPageReadAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pause, broken := api.Wait{Attempt: 2, Until: time.Now()}, errors.New("broken")
		source := &pages{fails: map[string]error{"2": broken}, wait: map[string]api.Wait{"2": pause}}
		a := ReadAhead(source)
		var told []api.Wait
		tell := func(w api.Wait) { told = append(told, w) }
		if _, err := a.Page(t.Context(), api.Ask{}, "", tell); err != nil || len(told) > 0 {
			t.Fatalf("the first page: %v, %v", err, told)
		}
		_, err := a.Page(t.Context(), api.Ask{}, "2", tell)
		if err != broken || !slices.Equal(told, []api.Wait{pause}) {
			t.Fatalf("the second page: %v, %v", err, told)
		}
		var c *crash.Crash
		if _, err := a.Page(t.Context(), api.Ask{}, "panic", nil); !errors.As(err, &c) {
			t.Fatalf("a panic: %v", err)
		}
	})
}
