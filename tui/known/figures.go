package known

import (
	"strconv"
	"strings"
	"sync"
)

// Figure is a technical figure of a card, a range if the card's name leaves it open. The zero Figure is unknown.
type Figure struct{ Least, Most float64 }

// Known reports whether the figure is known.
func (f Figure) Known() bool { return f.Most > 0 }

// Figures are the technical figures of one GPU, from the maker's documents that figures.tsv names. The arithmetic is
// dense: figures for sparse matrices, which are twice as large, are not used.
type Figures struct {
	Bandwidth Figure // of the memory, GB/s
	TFLOPS16  Figure // FP16 or BF16
	TFLOPS8   Figure // FP8 or INT8
	Format8   string // "fp8" or "int8", that of TFLOPS8
	Link      string // between the GPUs of one machine, if every card of the form has it: "NVLink"
}

// figures has the lines of figures.tsv by the card's name.
var figures = sync.OnceValue(func() map[string]Figures {
	all := map[string]Figures{}
	for _, f := range table("figures.tsv") {
		all[f[0]] = Figures{Bandwidth: figureOf(f[1]), TFLOPS16: figureOf(f[2]), TFLOPS8: figureOf(f[3]),
			Format8: emptyIfDash(f[4]), Link: emptyIfDash(f[5])}
	}
	return all
})

// figureOf reads "3350", "1555-2039" or "-".
func figureOf(s string) Figure {
	least, most, isRange := strings.Cut(s, "-")
	if !isRange {
		most = least
	}
	a, _ := strconv.ParseFloat(least, 64)
	b, _ := strconv.ParseFloat(most, 64)
	return Figure{a, b}
}
