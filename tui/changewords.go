package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gpupick/api"
	"gpupick/api/when"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// This file puts the changes between lists into words.

// since returns how many offers changed and since when: "since 09:14: +3 −2, 4 cheaper"; empty if none did.
func (l listing) since(now time.Time) string {
	n := l.catalog.Changes()
	return l.sinceWords(now, each(" ", counted("+%d", n.New), counted("−%d", n.Gone)), counted("%d down", n.Cheaper),
		counted("%d up", n.Dearer))
}

// sinceShort is since with signs instead of words: "since 09:14: +3 −2 ▼4".
func (l listing) sinceShort(now time.Time) string {
	n := l.catalog.Changes()
	return l.sinceWords(now, each(" ", counted("+%d", n.New), counted("−%d", n.Gone), counted("▼%d", n.Cheaper),
		counted("▲%d", n.Dearer)))
}

// counted formats n; it returns "" for 0.
func counted(form string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(form, n)
}

// each joins the parts that are not empty, with between as the separator.
func each(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}

func (l listing) sinceWords(now time.Time, parts ...string) string {
	what := each(", ", parts...)
	if what == "" || len(l.past) == 0 {
		return ""
	}
	return "since " + when.Clock(l.past[0], now) + ": " + what
}

// changed returns how a row differs from the earlier list, "was 16.20" for a new price; empty if it does not.
func changed(r catalog.Row) string {
	switch r.Change() {
	case catalog.Unchanged:
		return ""
	case catalog.Dearer, catalog.Cheaper:
		return "was " + cell.Rate(r.Was())
	}
	return r.Change().String()
}

// differences returns the fields in which two states of an offer differ, each with the old and the new value:
// "8 → 4 GPUs", "Oslo → Paris", "$2.00 → $1.00/h (−50%)".
func differences(was, now api.InstanceType) (list []string) {
	step := func(before, after, unit string) {
		if before != after {
			list = append(list, before+" → "+after+unit)
		}
	}
	step(cell.Text(was.GPUType), cell.Text(now.GPUType), "")
	step(cell.Count(was.GPUCount), cell.Count(now.GPUCount), " GPUs")
	step(cell.Text(was.Region), cell.Text(now.Region), "")
	step(cell.Text(was.DeploymentType), cell.Text(now.DeploymentType), "")
	step(cell.Count(was.CPUCores), cell.Count(now.CPUCores), " vCPU")
	step(cell.Count(was.MemoryGB), cell.Count(now.MemoryGB), " GB RAM")
	step(cell.Count(was.StorageGB), cell.Count(now.StorageGB), " GB disk")
	if was.HourlyRate != now.HourlyRate {
		list = append(list, priceStep(was.HourlyRate, now.HourlyRate))
	}
	return list
}

// isCheaper reports whether the rate of an offer is known to have gone down.
func isCheaper(was, now catalog.Row) bool {
	a, b := was.HourlyRate(), now.HourlyRate()
	return a.Known && b.Known && b.Value < a.Value
}

// priceStep returns an old and a new hourly rate in words: "$2.49 → $2.61/h (+5%)".
func priceStep(was, now api.Optional[float64]) string {
	dollars := func(v api.Optional[float64]) string {
		if !v.Known {
			return cell.Unknown
		}
		return "$" + cell.Rate(v)
	}
	say := dollars(was) + " → " + dollars(now) + "/h"
	if by := cell.Difference(was, now); by != "" {
		say += " (" + by + ")"
	}
	return say
}
