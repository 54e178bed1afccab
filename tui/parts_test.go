package tui

import (
	"fmt"
	"testing"
	"time"

	"gpupick/api"
)

// Rows are shown while their page arrives; what is read again takes their place when
// there is as much of it, and of a page that fails nothing stays.
func TestFaultRowsOfAPageThatBreaksAreTakenBack(t *testing.T) {
	arrives := func() *rig {
		r := prepared(t, func(o *Options) { o.Ahead = true }, part(five[:1], "c2"))
		r.hold = true
		r.start(120, 20)
		r.send(sourceOpenedMsg{load: r.m.load.number, source: r.source})
		r.brings(arrival{page: part(five[:1], "c2").page})
		r.sees("1 so far", "page 2")
		r.brings(arrival{page: api.Page{Rows: five[1:3]}, part: true})
		r.sees("3 so far", "page 2", five[1].ID, five[2].ID)
		return r
	}
	r := arrives()
	r.brings(arrival{again: true, part: true}, arrival{page: api.Page{Rows: five[3:4]}, part: true})
	r.sees("3 so far", five[1].ID) // half as much is no reason to take rows away
	r.brings(arrival{page: api.Page{Rows: five[4:], Told: 1}})
	r.sees("3 listed", five[3].ID, five[4].ID).seesNot(five[1].ID)

	r = arrives()
	r.brings(arrival{err: errDown})
	r.sees("1 loaded, the rest is missing (r goes on)").seesNot(five[1].ID)
	r.source.steps = []step{whole(five[1:])}
	r.hold = false
	r.keys("r").sees("5 listed")
}

// The rest that is to be expected at once is waited for, but not when it stops coming.
func TestTheRestThatStopsComing(t *testing.T) {
	many := make([]api.InstanceType, 2501)
	for i := range many {
		many[i] = five[0]
		many[i].ID = fmt.Sprint("row-", i)
	}
	r := prepared(t, func(o *Options) { o.Ahead = true }, whole(five))
	r.hold = true
	r.start(120, 20)
	r.send(sourceOpenedMsg{load: r.m.load.number, source: r.source})
	page := func(rows []api.InstanceType) arrival {
		return arrival{page: api.Page{Rows: rows, HasMore: true, Cursor: rows[0].ID, Total: api.Some(int64(2601))}}
	}
	r.now = r.now.Add(time.Second)
	r.brings(page(many[:2001]))
	r.sees("2001 of 2001")
	r.now = r.now.Add(100 * time.Millisecond)
	r.brings(page(many[2001:]))
	r.sees("2001 of 2001")
	if !r.m.Unseen() {
		t.Error("a frame of what is not shown")
	}
	ahead := r.m.load.widths
	if ahead.of != r.m.load.rows || ahead.of == r.m.list.catalog {
		t.Error("what has come is not measured before it is shown")
	}
	ahead.width[0]++ // as nothing else makes it
	r.now = r.now.Add(shownEvery)
	r.send(clockTickedMsg{number: r.m.ticks})
	r.sees("2501 of 2501")
	if r.m.widths.of != r.m.list.catalog || r.m.widths.width[0] != ahead.width[0] {
		t.Error("it is measured again when it is shown")
	}
	r.brings(arrival{page: api.Page{Rows: many[:1]}})
	if r.m.widths.of != r.m.list.catalog || r.m.load.widths.of != nil {
		t.Error("what was measured for the load is kept behind it")
	}
}

// brings is what comes of a load.
func (r *rig) brings(list ...arrival) {
	r.send(pagesLoadedMsg{load: r.m.load.number, arrivals: list, more: newArrivals()})
}
