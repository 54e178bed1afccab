// Package export writes rows in the formats of -o and of the clipboard. Field
// names are the service's own, so that gpupick and users of the official
// command line can read the output again.
package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// Format is a way to write rows.
type Format struct {
	Name  string
	About string // short description, for --help
	write func(io.Writer, []catalog.Row) error
}

// Formats are all formats, in the order of --help.
var Formats = []Format{
	{"id", "the ids, one per line", writeIDs},
	{"json", "the JSON of the service", writeJSON},
	{"csv", "comma-separated, with a header", writeSeparated(',')},
	{"tsv", "tab-separated, with a header", writeSeparated('\t')},
	{tableName, "aligned; on a terminal as wide as it", writeTable(0)},
	{"md", "a Markdown table", writeMarkdown},
	{"create", "a shell script that creates the first offer that works", writeCreate},
	{"create-curl", "the same, with curl", writeCurl},
	{"create-python", "the same, with runcrate-sdk", writePython},
}

// CreatesMost is the largest number of offers that a create program tries, and CreatesUsually the
// default number.
const (
	CreatesMost    = 20
	CreatesUsually = 3
)

// Creates reports whether the format is a program that creates an instance.
func (f Format) Creates() bool { return strings.HasPrefix(f.Name, "create") }

// InCommands reports whether the format leaves out ids that are not safe in a command.
func (f Format) InCommands() bool { return f.Name == "id" || f.Creates() }

// Named returns the format with a name, and whether there is one.
func Named(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names lists the formats' names.
func Names() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// Prints reports whether the format writes an id as the service gave it. A shell would read some ids as more than a
// word, a spreadsheet would calculate some, and some were cleaned for the screen.
func (f Format) Prints(id string) bool {
	switch {
	case f.InCommands():
		return api.CheckID(id) == nil
	case f.Name == "csv" || f.Name == "tsv":
		return !api.ChangedID(id) && defuse(id) == id
	}
	return !api.ChangedID(id)
}

// Fit returns the format for a terminal of a width: a table leaves out columns that do not fit.
func (f Format) Fit(width int) Format {
	if f.Name == tableName {
		f.write = writeTable(width)
	}
	return f
}

// Write writes rows to w.
func (f Format) Write(w io.Writer, rows []catalog.Row) error { return f.write(w, rows) }

// UnsafeID is the error for rows left out because their ids are not safe in a command, or, if Changed, cannot be
// written as the service gave them.
type UnsafeID struct {
	Rows    int
	Changed bool
}

func (e *UnsafeID) Error() string {
	ids, are, why := "its id", "is", "not safe in a command"
	if e.Rows > 1 {
		ids, are = "their ids", "are"
	}
	if e.Changed {
		are, why = "cannot", "be written as Runcrate gave it"
		if e.Rows > 1 {
			why = "be written as Runcrate gave them"
		}
	}
	return fmt.Sprintf("%s skipped: %s %s %s", cell.Offers(e.Rows), ids, are, why)
}

// writeIDs writes one id per line. The ids are meant to be pasted into commands, so
// unsafe ids are left out and reported in the error.
func writeIDs(w io.Writer, rows []catalog.Row) error {
	return eachSafe(rows, func(r catalog.Row) error {
		_, err := fmt.Fprintln(w, r.ID())
		return err
	})
}

func writeJSON(w io.Writer, rows []catalog.Row) error {
	plain := make([]api.InstanceType, len(rows))
	for i, r := range rows {
		plain[i] = r.InstanceType()
	}
	return api.Encode(w, slices.Values(plain), "  ")
}

var head = []string{"id", "gpu_type", "gpu_count", "cpu_cores", "memory_gb", "storage_gb", "region", "deployment_type",
	"hourly_rate"}

func writeSeparated(comma rune) func(io.Writer, []catalog.Row) error {
	return func(w io.Writer, rows []catalog.Row) error {
		out := csv.NewWriter(w)
		out.Comma = comma
		_ = out.Write(head) // Error returns a failed write
		for _, r := range rows {
			_ = out.Write([]string{defuse(r.ID()), defuse(r.GPUType()), gpuCount(r), integer(r.CPUCores()),
				integer(r.MemoryGB()),
				integer(r.StorageGB()), defuse(r.Region()), defuse(r.DeploymentType()), rate(r.HourlyRate())})
		}
		out.Flush()
		return out.Error()
	}
}

// defuse keeps a spreadsheet from running a text as a formula.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// gpuCount returns the number of GPUs as the service gave it: whole, or a fraction of one GPU.
func gpuCount(r catalog.Row) string {
	if r.GPUShare().Known {
		return strconv.FormatFloat(r.GPUShare().Value, 'f', -1, 64)
	}
	return integer(r.GPUCount())
}

func integer(v api.Optional[int64]) string {
	if !v.Known {
		return ""
	}
	return strconv.FormatInt(v.Value, 10)
}

func rate(v api.Optional[float64]) string {
	if !v.Known {
		return ""
	}
	return strconv.FormatFloat(v.Value, 'f', -1, 64)
}

// grid returns the rows as a table for people; right marks right-aligned columns.
func grid(rows []catalog.Row) (titles []string, right []bool, cells [][]string) {
	titles = []string{"GPU", "COUNT", "$/HR", "$/GPU·HR", "REGION", "RAM", "VRAM", "vCPU", "DISK", "TYPE", "ID"}
	right = []bool{false, true, true, true, false, true, true, true, true, false, false}
	for _, r := range rows {
		cells = append(cells, []string{cell.Text(r.GPUType()), cell.Count(r.GPUCount()), cell.Rate(r.HourlyRate()),
			cell.PerGPU(r.PerGPU(), r.HourlyRate()), cell.Text(r.Region()),
			cell.Size(r.MemoryGB()), cell.SizeRange(r.VRAM().Least, r.VRAM().Most), cell.Count(r.CPUCores()),
			cell.Size(r.StorageGB()), cell.Text(r.DeploymentType()), r.ID()})
	}
	for _, priced := range []int{2, 3} {
		alignPoint(cells, priced)
	}
	return titles, right, cells
}

// alignPoint pads the decimals of a column of numbers, so that right alignment
// puts their points in line.
func alignPoint(cells [][]string, col int) {
	widest := 0
	for _, c := range cells {
		_, fraction := cell.Point(c[col])
		widest = max(widest, len(fraction))
	}
	for _, c := range cells {
		_, fraction := cell.Point(c[col])
		c[col] += strings.Repeat(" ", widest-len(fraction))
	}
}

func writeMarkdown(w io.Writer, rows []catalog.Row) error {
	titles, right, cells := grid(rows)
	rule := make([]string, len(titles))
	for i := range rule {
		rule[i] = "---"
		if right[i] {
			rule[i] = "--:"
		}
	}
	escape := strings.NewReplacer("|", `\|`, "`", "\\`", "*", `\*`, "<", "&lt;", "[", `\[`)
	for n, line := range append([][]string{titles, rule}, cells...) {
		for i, c := range line {
			if n > 1 {
				line[i] = escape.Replace(strings.TrimSpace(c))
			}
		}
		if _, err := fmt.Fprintln(w, "| "+strings.Join(line, " | ")+" |"); err != nil {
			return err
		}
	}
	return nil
}
