package tui

import (
	"context"
	"sync/atomic"
	"time"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/feed"
)

// An offer is checked with the service when it is picked, because the list may be minutes old and the offer no
// longer listed. The check is short. An offer that cannot be checked is picked anyway, with a note that says so.

// checkBudget is the longest time that the whole check of a pick may take.
const checkBudget = 1500 * time.Millisecond

// verdict is the result of a check.
type verdict struct {
	now       map[string]api.InstanceType // the offers that the service listed, by id
	list      *api.List                   // the whole list, if the check loaded it
	missing   string                      // why some offers could not be checked; empty if all were
	unchecked bool                        // the service was not asked
}

// noWord is the reason why a row cannot be requested on its own.
const noWord = "Runcrate gives no GPU or no region for it"

// aloneMost is how many requests for single rows a check sends. For more rows one request for the list is less.
const aloneMost = 4

// checkRows requests each row on its own, by GPU, region and count. If the service does not list one of them,
// checkRows sets notListedAlone and loads the whole list, as it does at once for many rows.
func checkRows(ctx context.Context, source feed.Source, ask api.Ask, rows []catalog.Row,
	notListedAlone *atomic.Bool) verdict {
	v := verdict{now: map[string]api.InstanceType{}}
	note := func(list api.List) {
		for it := range list.Rows.All() {
			v.now[it.ID] = it
		}
	}
	asks := map[api.Ask]bool{}
	for _, r := range rows {
		asks[askAlone(r)] = true
	}
	if len(asks) <= aloneMost {
		lost := false
		for _, r := range rows {
			if _, found := v.now[r.ID()]; found {
				continue
			}
			if r.GPUType() == "" || r.Region() == "" {
				v.missing = noWord
				continue
			}
			list, err := feed.All(ctx, source, askAlone(r), nil, nil)
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
	}
	list, err := feed.All(ctx, source, ask, nil, nil)
	switch {
	case err != nil:
		v.missing = whyNot(err)
	case list.Remark != "":
		v.missing = "Runcrate did not return its whole list"
	default:
		v.list, v.missing = &list, "" // the whole list also settles the rows that could not be requested alone
	}
	note(list)
	return v
}

// askAlone asks for a row and those of the same GPU, region and count.
func askAlone(r catalog.Row) api.Ask {
	return api.Ask{GPUType: r.GPUType(), Region: r.Region(), GPUCount: int(max(r.GPUCount().Value, 0))}
}

func whyNot(err error) string {
	what, _ := api.Explain(err)
	return what
}
