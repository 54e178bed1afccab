package tui

import (
	"context"
	"sync/atomic"
	"time"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/feed"
)

// An offer is checked with the service at the moment it is picked: whoever looks at
// a list for ten minutes may pick what is no longer listed. The check is short, and
// what cannot be checked is picked all the same, and that is said.

// checkBudget is how long the check of a pick takes at most, in all.
const checkBudget = 1500 * time.Millisecond

// verdict is what a check has found.
type verdict struct {
	now       map[string]api.InstanceType // those that are still listed, by id
	list      *api.List                   // everything that is listed, if that was asked for
	missing   string                      // why not all could be checked; empty if all were
	unchecked bool                        // the service was not asked
}

// noWord says that there is nothing to ask for a row by.
const noWord = "Runcrate names no GPU or no region for it"

// checkRows asks for each row alone, by its GPU, region and count; for one that
// does not come, for the whole list.
func checkRows(ctx context.Context, source feed.Source, ask api.Ask, rows []catalog.Row,
	notListedAlone *atomic.Bool) verdict {
	v := verdict{now: map[string]api.InstanceType{}}
	note := func(list api.List) {
		for _, it := range list.Rows {
			v.now[it.ID] = it
		}
	}
	lost := false
	for _, r := range rows {
		if _, found := v.now[r.ID()]; found {
			continue
		}
		if r.GPUType() == "" || r.Region() == "" {
			v.missing = noWord
			continue
		}
		list, err := feed.All(ctx, source, api.Ask{GPUType: r.GPUType(), Region: r.Region(),
			GPUCount: int(max(r.GPUCount().Value, 0))}, nil, nil)
		if err != nil {
			v.missing = whyNot(err)
			return v
		}
		note(list)
		_, found := v.now[r.ID()]
		lost = lost || !found
	}
	if !lost {
		return v
	}
	notListedAlone.Store(true)
	list, err := feed.All(ctx, source, ask, nil, nil)
	switch {
	case err != nil:
		v.missing = whyNot(err)
	case list.Remark != "":
		v.missing = "Runcrate does not list all it has"
	default:
		v.list, v.missing = &list, "" // whatever could not be asked for alone is in it, or is not listed
	}
	note(list)
	return v
}

func whyNot(err error) string {
	what, _ := api.Explain(err)
	return what
}
