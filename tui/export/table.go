package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

const (
	tableName   = "table"
	columnGap   = 2
	nameAtLeast = 12 // columns of a name that is cut
)

// Columns of the table that may be left out, the first one first. GPU, count, price and id always stay.
var dispensable = []string{"DISK", "TYPE", "vCPU", "VRAM", "$/GPU·HR", "RAM", "REGION"}

// writeTable returns a function that writes an aligned table of at most width columns; 0 means any width. Columns
// that do not fit are left out and names are cut, but never an id, which is there to be copied.
func writeTable(width int) func(io.Writer, []catalog.Row) error {
	return func(w io.Writer, rows []catalog.Row) error {
		titles, right, cells := grid(rows)
		lines := append([][]string{titles}, cells...)
		widths := widthsOf(lines)
		if width > 0 {
			fitTable(lines, widths, width)
		}
		for _, line := range lines {
			var parts []string
			for i, c := range line {
				switch {
				case widths[i] == 0:
				case right[i]:
					parts = append(parts, cell.Right(c, widths[i]))
				default:
					parts = append(parts, cell.Left(c, widths[i]))
				}
			}
			text := strings.TrimRight(strings.Join(parts, strings.Repeat(" ", columnGap)), " ")
			if _, err := fmt.Fprintln(w, text); err != nil {
				return err
			}
		}
		return nil
	}
}

func widthsOf(lines [][]string) []int {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, c := range line {
			widths[i] = max(widths[i], cell.Width(c))
		}
	}
	return widths
}

// fitTable reduces the widths of a table until it is at most width columns wide, and cuts the names to theirs. A
// column that is left out has the width 0.
func fitTable(lines [][]string, widths []int, width int) {
	titles := lines[0]
	names := []int{slices.Index(titles, "REGION"), slices.Index(titles, "GPU")}
	over := func() int {
		sum := -columnGap
		for _, w := range widths {
			if w > 0 {
				sum += w + columnGap
			}
		}
		return sum - width
	}
	spare := func() (n int) { // what cutting names can save
		for _, i := range names {
			n += max(widths[i]-nameAtLeast, 0)
		}
		return n
	}
	for _, title := range dispensable {
		if over() <= spare() {
			break
		}
		widths[slices.Index(titles, title)] = 0
	}
	for _, i := range names {
		less := min(max(over(), 0), max(widths[i]-nameAtLeast, 0))
		if less == 0 {
			continue
		}
		widths[i] -= less
		var all []string
		for _, line := range lines[1:] {
			all = append(all, line[i])
		}
		cuts := cell.NewCuts(all, widths[i], nil)
		for _, line := range lines[1:] {
			line[i] = cell.Cut(cuts.Of(line[i]), widths[i], "…")
		}
	}
}
