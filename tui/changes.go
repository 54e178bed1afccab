package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// What has changed from list to list, in words.

// since is what has changed and since when: "since 09:14: +3 −2, 4 cheaper";
// empty if nothing has.
func (m *Model) since() string {
	n := m.list.catalog.Changes()
	return m.sinceWords(each(" ", counted("+%d", n.New), counted("−%d", n.Gone)), counted("%d cheaper", n.Cheaper), counted("%d dearer", n.Dearer))
}

// sinceShort is the same in signs: "since 09:14: +3 −2 ▼4".
func (m *Model) sinceShort() string {
	n := m.list.catalog.Changes()
	return m.sinceWords(each(" ", counted("+%d", n.New), counted("−%d", n.Gone), counted("▼%d", n.Cheaper), counted("▲%d", n.Dearer)))
}

// counted is a number in a form, empty for 0.
func counted(form string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(form, n)
}

// each is those of the parts that are not empty, with between between them.
func each(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}

func (m *Model) sinceWords(parts ...string) string {
	what := each(", ", parts...)
	if what == "" || len(m.list.past) == 0 {
		return ""
	}
	return "since " + api.Clock(m.list.past[0], m.opt.Now()) + ": " + what
}

// changed is what has become of a row: "was 16.20"; empty if nothing has.
func changed(r *catalog.Row) string {
	switch r.Change {
	case catalog.Unchanged:
		return ""
	case catalog.Dearer, catalog.Cheaper:
		return "was " + cell.Rate(r.Was)
	}
	return r.Change.String()
}

// priceStep is a rate before and now: "2.49 → 2.61 (+5 %)".
func priceStep(was, now api.Optional[float64]) string {
	say := cell.Rate(was) + " → " + cell.Rate(now)
	if by := difference(was, now); by != "" {
		say += " (" + by + ")"
	}
	return say
}

// difference is how much dearer or cheaper a rate is than another: "+5 %",
// "−20 %", "×11"; empty if that cannot be said.
func difference(was, now api.Optional[float64]) string {
	if !was.Known || !now.Known || was.Value <= 0 || was.Value == now.Value {
		return ""
	}
	by := now.Value / was.Value
	percent := math.Round((by - 1) * 100)
	switch {
	case by >= 10:
		return fmt.Sprintf("×%.0f", by)
	case percent > 0:
		return fmt.Sprintf("+%.0f %%", percent)
	case percent < 0:
		return fmt.Sprintf("−%.0f %%", -percent)
	case by > 1:
		return "+<1 %"
	}
	return "−<1 %"
}

// isThere reports whether a row can still be had; if not, it says so.
func (m *Model) isThere(r *catalog.Row) bool {
	if r.Change == catalog.Gone {
		m.say(bad, "gone: "+r.ID+" is no longer listed")
		return false
	}
	return true
}
