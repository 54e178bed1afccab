package tui

import (
	"context"
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/feed"
)

// script is a source that answers each request with its next step; the last one is repeated.
type script struct {
	steps []step
	asked []string // cursors
	asks  []api.Ask

	last    *api.List // of an earlier run
	kept    []api.List
	keepErr error
	account string
}

func (s *script) Fingerprint(api.Ask) string { return s.account }

func (s *script) Last(api.Ask) (api.List, bool) {
	if s.last == nil {
		return api.List{}, false
	}
	return *s.last, true
}

func (s *script) Keep(_ api.Ask, list api.List, rows iter.Seq[api.InstanceType]) error {
	for r := range rows {
		list.Rows.Add(&r)
	}
	s.kept = append(s.kept, list)
	return s.keepErr
}

type step struct {
	page  api.Page
	err   error
	waits []api.Wait // pauses before the page
}

func (s *script) Host() string { return "runcrate.ai" }

func (s *script) Page(_ context.Context, ask api.Ask, cursor string, tell func(api.Wait)) (api.Page, error) {
	s.asked, s.asks = append(s.asked, cursor), append(s.asks, ask)
	if len(s.steps) == 0 {
		return api.Page{}, errors.New("nobody answers")
	}
	next := s.steps[0]
	if len(s.steps) > 1 {
		s.steps = s.steps[1:]
	}
	for _, w := range next.waits {
		tell(w)
	}
	return next.page, next.err
}

// rowsOf returns rows given as "id gpu count rate region", with count and rate as strokes.
func rowsOf(lines ...string) []api.InstanceType {
	var rows []api.InstanceType
	for _, line := range lines {
		f := strings.Fields(line)
		rows = append(rows, api.InstanceType{ID: f[0], GPUType: f[1], GPUCount: api.Some(int64(len(f[2]))),
			HourlyRate: api.Some(float64(len(f[3])) / 2), Region: f[4],
			MemoryGB: api.Some(int64(256)), CPUCores: api.Some(int64(32)), StorageGB: api.Some(int64(500)),
			DeploymentType: "vm"})
	}
	return rows
}

// five are the rows of most tests. Counts and rates are strokes: one GPU or $0.50 each.
var five = rowsOf(
	"cheap-l4 L4 | | us-east-1",
	"mid-a100 A100 | ||| eu-west-1",
	"one-h100 H100 | |||| us-east-1",
	"two-h100 H100 || |||||||| eu-west-1",
	"big-h200 H200 |||| |||||||||||||||| ap-northeast-1",
)

func whole(rows []api.InstanceType) step { return step{page: api.Page{Rows: api.RowsOf(rows...)}} }

func part(rows []api.InstanceType, cursor string) step {
	return step{page: api.Page{Rows: api.RowsOf(rows...), Cursor: cursor, HasMore: true}}
}

func failing(err error) step { return step{err: err} }

// demoRows returns the rows of the demo catalog.
func demoRows(t testing.TB) []api.InstanceType {
	t.Helper()
	body, err := os.ReadFile("../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := api.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(page.Rows.All())
}

// stepOf returns page as the next step of a walk.
func stepOf(walk api.Walk, page api.Page) feed.Step {
	s := feed.Step{Page: page}
	s.Walk, s.More, s.Why = walk.After(page)
	return s
}
