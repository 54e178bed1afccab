// Package known is what gpupick knows by itself of the words that the service
// uses: which card a GPU's name means and how much memory one has, and where a
// region is.
//
// Its rule is unknown before wrong. A name that leaves something open gets a range
// or nothing at all, and a part of a text is believed only where its neighbors do
// not speak against it. The tables are text files with a line for each card or
// place and a column for the source; a quotation mark there means that of the line
// above. Names, codes and continents of countries come from golang.org/x/text.
// Everything is read when it is first asked for. The package does no input or output
// and knows nothing of a list.
package known

import (
	"embed"
	"strings"
)

// Truth is what can be said of a value: a row that lacks it meets neither a
// condition nor its negation.
type Truth int8

// The truths, in the order in which the better of two alternatives wins.
const (
	No Truth = iota
	Unknown
	Yes
)

// Truly is the truth of what is known for sure.
func Truly(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

//go:embed *.tsv
var files embed.FS

// table is the lines of a file, without its head, split at the tabs.
func table(name string) [][]string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is part of the program
	}
	var lines [][]string
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		if i > 0 {
			lines = append(lines, strings.Split(line, "\t"))
		}
	}
	return lines
}
