// Package feed brings a list from its source, page by page. The screen takes one step at a time, and
// shows what has come; without a screen all steps are taken at once. It draws nothing.
package feed

import (
	"context"

	"gpupick/api"
)

// Source is where offers come from; *api.Client is one.
type Source interface {
	// Page asks for the page at cursor and tells of every pause before it asks again.
	Page(ctx context.Context, ask api.Ask, cursor string, tell func(api.Wait)) (api.Page, error)
	Host() string // what the screen calls it
}

// A Keeper is a source whose last good answer outlives the program.
type Keeper interface {
	Last(api.Ask) (list api.List, found bool)
	Keep(ask api.Ask, list api.List, rows api.Rows) error // rows, not those of the list
}

// Step is a page, and where it leads.
type Step struct {
	Page api.Page
	Walk api.Walk       // from which to go on
	More bool           // there is a further page
	Why  api.Incomplete // why there is none although the service has more; empty if it has none
}

// Next reads the next page of a walk. tell, unless it is nil, is told of every pause. It fails as the
// source does.
func Next(ctx context.Context, source Source, ask api.Ask, walk api.Walk, tell func(api.Wait)) (Step, error) {
	page, err := source.Page(ctx, ask, walk.Cursor(), tell)
	if err != nil {
		return Step{}, err
	}
	s := Step{Page: page}
	s.Walk, s.More, s.Why = walk.After(page)
	return s, nil
}

// All reads every page of an answer. Its remark says why the list is not whole, empty if it is. each,
// unless it is nil, is shown every page.
func All(ctx context.Context, source Source, ask api.Ask, tell func(api.Wait), each func(api.Page)) (api.List, error) {
	var list api.List
	for step := (Step{More: true}); step.More; {
		var err error
		if step, err = Next(ctx, source, ask, step.Walk, tell); err != nil {
			return api.List{}, err
		}
		list.Rows, list.Dropped, list.Remark = append(list.Rows, step.Page.Rows...), list.Dropped+step.Page.Dropped,
			string(step.Why)
		if each != nil {
			each(step.Page)
		}
	}
	return list, nil
}
