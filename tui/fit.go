package tui

import (
	"fmt"
	"strings"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/fits"
	"gpupick/tui/view"
)

// fitLines draws, for each model that the filter asks to fit, the sum of what it needs in the row.
func (p detailsPen) fitLines(width int) (lines []string) {
	for _, t := range p.query.Terms {
		for i := range t.Any() {
			if ask, ok := t.Any()[i].Fit(); ok {
				lines = append(lines, p.fact(width, "fits", fitText(ask, p.row))...)
			}
		}
	}
	return lines
}

// fitText says whether a model fits into an offer and why: 89 of 160 GB = (70 weights + 10.7 KV for 32k) + 10%.
func fitText(ask fits.Ask, r catalog.Row) string {
	if !r.VRAM().Known() || !r.GPUCount().Known || r.GPUCount().Value < 1 {
		return ask.Model.Name + ": unknown, because the VRAM is"
	}
	gpus := ask.Together(r.GPUCount().Value)
	memory := float64(r.VRAM().Least * gpus)
	context := fits.Tokens(ask.Context)
	if ask.Users > 1 {
		context += fmt.Sprintf(" × %d", ask.Users)
	}
	verdict := ""
	if memory < ask.Total() {
		verdict = "does not: "
	}
	parts := []string{fmt.Sprintf("%s%s of %s GB = (%s %s + %s KV %s) + 10%%", verdict, view.GB(ask.Total()),
		view.GB(memory), view.GB(ask.Weights()), ask.Format.Name, view.GB(ask.KV()), context)}
	switch long := ask.Longest(memory); {
	case verdict != "":
	case long == ask.Model.Context:
		parts = append(parts, "up to its whole context")
	default:
		parts = append(parts, "up to "+cell.Int(roundedDown(long))+" tokens")
	}
	if gpus < r.GPUCount().Value {
		parts = append(parts, fmt.Sprintf("on one GPU: %d do not divide %d heads", r.GPUCount().Value, ask.Model.Heads))
	}
	if ask.Model.Typical() {
		parts = append(parts, "shape typical of "+ask.Model.Name)
	}
	if lack := lacks(ask.Format.Name, r); lack != "" {
		parts = append(parts, lack)
	}
	return strings.Join(append(parts, "estimate*"), " · ")
}

// roundedDown keeps two significant digits: an estimate is worth no more.
func roundedDown(n int) int {
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	return n / unit * unit
}

// lacks says that the GPU does not compute in a format; empty if it does, or if the table does not say.
func lacks(format string, r catalog.Row) string {
	card := r.Card()
	switch {
	case format == "fp8" && card.Format8 == "int8",
		format == "bf16" && (card.Generation == "Volta" || card.Generation == "Turing" || card.Generation == "Pascal"):
		return "the GPU does not compute in " + format
	}
	return ""
}
