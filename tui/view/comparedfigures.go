package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/known"
)

// comparison is the compared rows, and the lines with their figures.
type comparison struct {
	rows  []catalog.Row
	lines []comparedLine
	width int // columns of the screen for an offer, with the gap after it
}

type comparedLine struct {
	label string
	texts []string
	best  []bool
	money bool // aligned on the decimal point with the other lines of money
}

const (
	maxOfferWidth = 24 // maximum columns of the screen for an offer
	minOfferWidth = 14 // columns to which offers are narrowed, at the least, so that all fit
)

type (
	number  = api.Optional[float64]
	integer = api.Optional[int64]
)

// say adds a line of texts.
func (c *comparison) say(label string, text func(catalog.Row) string) {
	line := comparedLine{label: label, best: make([]bool, len(c.rows))}
	for _, r := range c.rows {
		line.texts = append(line.texts, text(r))
	}
	c.lines = append(c.lines, line)
}

// numbers adds a line of numbers and marks the best: the lowest, or the highest if higher.
func (c *comparison) numbers(label string, higher bool, value func(catalog.Row) number,
	text func(number, catalog.Row) string) {
	line := comparedLine{label: label}
	var values []number
	for _, r := range c.rows {
		values = append(values, value(r))
		line.texts = append(line.texts, text(value(r), r))
	}
	line.best = bestShown(catalog.Best(values, higher), line.texts)
	line.money = !higher
	c.lines = append(c.lines, line)
}

// whole adds a line of whole numbers. The highest is the best.
func (c *comparison) whole(label string, text func(integer) string, of func(catalog.Row) integer) {
	value := func(r catalog.Row) number { return number{Value: float64(of(r).Value), Known: of(r).Known} }
	c.numbers(label, true, value, func(_ number, r catalog.Row) string { return text(of(r)) })
}

// figure adds a line of technical figures. The highest is the best; ranges are not compared.
func (c *comparison) figure(label string, of func(catalog.Row) known.Figure) {
	c.numbers(label, true, func(r catalog.Row) number {
		return number{Value: of(r).Least, Known: of(r).Known() && of(r).Least == of(r).Most}
	}, func(_ number, r catalog.Row) string { return cell.Figure(of(r).Least, of(r).Most) })
}

// memory adds a line of sizes. The largest is the best; ranges of sizes are not compared.
func (c *comparison) memory(label string, of func(catalog.Row) known.Size) {
	least := func(r catalog.Row) number {
		return number{Value: float64(of(r).Least), Known: of(r).Known() && of(r).Least == of(r).Most}
	}
	c.numbers(label, true, least, func(_ number,
		r catalog.Row) string {
		return cell.SizeRange(of(r).Least, of(r).Most)
	})
}

// comparisonOf compares the marked rows: a line for each figure, in the order in which people look for them.
func comparisonOf(f Frame, set Assumptions) comparison {
	c := comparison{rows: f.Marked}
	rate := func(v number, r catalog.Row) string { return cell.PerGPU(v, r.HourlyRate()) }
	c.say("region", func(r catalog.Row) string { return cell.Text(r.Region()) })
	c.say("location*", func(r catalog.Row) string { return cell.Text(r.Place().Short()) })
	c.say("type", func(r catalog.Row) string { return cell.Text(r.DeploymentType()) })
	c.numbers("$/hr", false, func(r catalog.Row) number { return r.HourlyRate() },
		func(v number, _ catalog.Row) string { return cell.Rate(v) })
	c.numbers("per GPU", false, func(r catalog.Row) number { return r.PerGPU() }, rate)
	c.numbers("per vCPU", false, (catalog.Row).PerCPU, rate)
	c.numbers("per GB of RAM", false, (catalog.Row).PerGB, rate)
	two := func(v number, _ catalog.Row) string { return cell.Two(v) }
	c.numbers("per GB of VRAM*", false, (catalog.Row).PerVRAM, two)
	c.numbers(plain(set.Hours)+" h", false, func(r catalog.Row) number { return r.Cost(set.Hours) },
		func(v number, _ catalog.Row) string { return dollars(v) })
	c.numbers("$"+plain(set.Budget)+" lasts", true, func(r catalog.Row) number { return r.Lasts(set.Budget) },
		func(v number, _ catalog.Row) string { return inHours(v) })
	c.whole("GPUs", cell.Count, func(r catalog.Row) integer { return r.GPUCount() })
	c.memory("VRAM per GPU*", (catalog.Row).VRAM)
	c.memory("total VRAM*", (catalog.Row).TotalVRAM)
	c.say("form*", func(r catalog.Row) string { return cell.Text(r.Card().Form) })
	c.say("generation*", func(r catalog.Row) string { return cell.Text(r.Card().Generation) })
	c.whole("RAM", cell.Size, func(r catalog.Row) integer { return r.MemoryGB() })
	c.whole("vCPU", cell.Count, func(r catalog.Row) integer { return r.CPUCores() })
	c.whole("disk", cell.Size, func(r catalog.Row) integer { return r.StorageGB() })
	c.figure("GB/s per GPU*", (catalog.Row).Bandwidth)
	c.figure("TFLOPS per GPU*", (catalog.Row).TFLOPS16)
	c.numbers("per TB/s*", false, (catalog.Row).PerBandwidth, two)
	c.numbers("per PFLOPS*", false, (catalog.Row).PerFLOP, two)
	c.alignMoney()
	for i, r := range c.rows {
		c.width = max(c.width, cell.Width(CountedName(r)), min(cell.Width(r.ID()), 16))
		for _, line := range c.lines {
			c.width = max(c.width, cell.Width(line.texts[i])+2)
		}
	}
	c.width = min(c.width, maxOfferWidth) + Gap
	// narrow offers are better than offers scrolled off the screen
	c.width = min(c.width, max((f.Width-1-compareLabel)/len(c.rows), minOfferWidth+Gap))
	return c
}

// alignMoney puts the decimal points of all lines of money under each other.
func (c *comparison) alignMoney() {
	whole := 0
	for _, l := range c.lines {
		for _, text := range l.texts {
			if w, _ := cell.Point(text); l.money {
				whole = max(whole, cell.Width(w))
			}
		}
	}
	for _, l := range c.lines {
		for i, text := range l.texts {
			if w, _ := cell.Point(text); l.money {
				l.texts[i] = strings.Repeat(" ", whole-cell.Width(w)) + text
			}
		}
	}
}

// bestShown returns which texts are the best. Texts that look the same count as equal, and if all known
// texts look the same, none is the best.
func bestShown(best []bool, texts []string) []bool {
	at := slices.Index(best, true)
	if at < 0 || !slices.ContainsFunc(texts, func(t string) bool { return t != texts[at] && t != cell.Unknown }) {
		return make([]bool, len(texts))
	}
	for i := range best {
		best[i] = texts[i] == texts[at]
	}
	return best
}

// plain is a number without needless decimals: "1,000", "0.5".
func plain(v float64) string { return cell.Thousands(strconv.FormatFloat(v, 'f', -1, 64)) }

func dollars(v number) string {
	if !v.Known {
		return cell.Unknown
	}
	return cell.Dollars(v.Value)
}

// BudgetLasts says how long a budget lasts for an offer: "$1,000 lasts 20.8 days".
func BudgetLasts(budget float64, r catalog.Row) string {
	return "$" + plain(budget) + " lasts " + inHours(r.Lasts(budget))
}

// inHours writes a number of hours in the unit that suits it, from seconds to years.
func inHours(v number) string {
	const day, year = 24, 24 * 365
	switch {
	case !v.Known:
		return cell.Unknown
	case v.Value >= 2*year:
		return fmt.Sprintf("%.1f years", v.Value/year)
	case v.Value >= 2*day:
		return fmt.Sprintf("%.1f days", v.Value/day)
	case v.Value >= 1:
		return fmt.Sprintf("%.1f hours", v.Value)
	case v.Value*60 >= 1:
		return fmt.Sprintf("%.1f minutes", v.Value*60)
	}
	return fmt.Sprintf("%.2g seconds", v.Value*3600)
}
