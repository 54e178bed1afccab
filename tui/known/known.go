// Package known is what gpupick itself knows about the words of the service: which card a GPU's name means, how
// much memory that card has, and where a region is.
//
// Its rule is: better unknown than wrong. A name that leaves something open gets a range or no value, and a
// part of a text counts only if the other parts do not contradict it. The tables are text files with one line
// per card or place and a column for the source; a quotation mark there repeats the line above. Names, codes
// and continents of countries come from golang.org/x/text: a test writes their table and compares it. Each table is
// read when it is first needed. The package does no input or output and does not know the list of offers.
package known

import (
	"embed"
	"strings"
)

// Truth is whether a condition holds for a value. If the value is missing, neither a condition nor its negation
// holds.
type Truth int8

// The truths, in ascending order: of two alternatives, the greater truth counts.
const (
	No Truth = iota
	Unknown
	Yes
)

// Truly returns Yes or No.
func Truly(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// ReadTables reads the tables that the first offer needs. Without it, they are read when the first offer is.
func ReadTables() {
	cards()
	names()
	regions()
}

//go:embed *.tsv
var files embed.FS

// table returns the lines of a file without the header, split at tabs.
func table(name string) [][]string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the files are part of the program
	}
	_, rest, _ := strings.Cut(string(text), "\n")
	all := strings.Count(rest, "\n")
	lines := make([][]string, 0, all)
	fields := make([]string, 0, all+strings.Count(rest, "\t")) // of all lines
	for line := range strings.Lines(rest) {
		from := len(fields)
		for field := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\t") {
			fields = append(fields, field)
		}
		lines = append(lines, fields[from:len(fields):len(fields)])
	}
	return lines
}
