// Package feed reads a list from its source, page by page. The screen reads one page at a time and shows the
// rows so far; without a screen, All reads all pages. Ahead reads further pages meanwhile. The package draws nothing.
package feed

import (
	"context"
	"iter"

	"gpupick/api"
)

// Source is where offers are read from; *api.Client is one.
type Source interface {
	// Page reads the page at cursor. It calls tell for every pause before a retry.
	Page(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait)) (api.Page, error)
	Host() string // the name on the screen
}

// Keeper is a source that stores its last good list for the next run of the program.
type Keeper interface {
	Last(api.Ask) (list api.List, found bool)
	Keep(ask api.Ask, list api.List, rows iter.Seq[api.InstanceType]) error // keeps rows in place of list.Rows
}

// Step is a page and the place where the next one starts.
type Step struct {
	Page api.Page
	Walk api.Walk       // the place after this page
	More bool           // there is a further page
	Why  api.Incomplete // why there is no further page although the service has more; empty if it has none
}

// Next reads the next page of a walk. It calls tell, unless it is nil, for every pause. Its errors are those of
// the source.
func Next(ctx context.Context, source Source, ask api.Ask, walk api.Walk, tell func(api.Wait)) (Step, error) {
	page, err := source.Page(ctx, ask, walk.Cursor(), tell)
	if err != nil {
		return Step{}, err
	}
	s := Step{Page: page}
	s.Walk, s.More, s.Why = walk.After(page)
	return s, nil
}

// All reads every page of an answer. The list's remark says why it is incomplete, empty if it is complete. All
// calls tell for every pause and each for every page, unless they are nil.
func All(ctx context.Context, source Source, ask api.Ask, tell func(api.Wait), each func(api.Page)) (api.List, error) {
	var list api.List
	for step := (Step{More: true}); step.More; {
		var err error
		if step, err = Next(ctx, source, ask, step.Walk, tell); err != nil {
			return api.List{}, err
		}
		if step.Page.Failed != "" {
			return api.List{}, &api.AnswerError{Reason: step.Page.Failed}
		}
		list.Rows.Append(step.Page.Rows)
		list.Dropped, list.Remark = list.Dropped+step.Page.Dropped, string(step.Why)
		if each != nil {
			each(step.Page)
		}
	}
	return list, nil
}
