package export

import (
	"strings"

	"gpupick/tui/catalog"
)

// Copy is a format in which rows are copied to the clipboard.
type Copy struct {
	Title  string
	Letter byte   // its key in the menu
	Ending string // file name extension, without the dot
	format Format
	Makes  bool // running the text creates an instance
	All    bool // running it creates an instance of every offer
}

// Copies are all clipboard formats, in menu order.
var Copies = []Copy{
	{Title: "id", Letter: 'i', Ending: "txt", format: Format{write: writeIDs}},
	{Title: "JSON", Letter: 'j', Ending: "json", format: Format{write: writeJSON}},
	{Title: "CSV", Letter: 'c', Ending: "csv", format: Format{write: writeSeparated(',')}},
	{Title: "Markdown", Letter: 'm', Ending: "md", format: Format{write: writeMarkdown}},
	{Title: "runcrate create", Letter: 'r', Ending: "sh", format: Format{write: writeCreate}, Makes: true},
	{Title: "curl", Letter: 'u', Ending: "sh", format: Format{write: writeCurl}, Makes: true},
	{Title: "Python", Letter: 'p', Ending: "py", format: Format{write: writePython}, Makes: true},
	{Title: "create all", Letter: 'a', Ending: "sh", format: Format{write: writeCreateAll}, Makes: true, All: true},
}

// Text returns the rows in this format, without the final line break, which would
// run a command when pasted. The error is an *UnsafeID if rows are left out.
func (c Copy) Text(rows []catalog.Row) (string, error) {
	var b strings.Builder
	err := c.format.Write(&b, rows)
	return strings.TrimRight(b.String(), "\n"), err
}
