package export

import (
	"strings"

	"gpupick/tui/catalog"
)

// Copy is a form in which rows go to the clipboard.
type Copy struct {
	Title  string
	Letter byte   // its key in the menu
	Ending string // of the name of a file with it
	format Format
	Makes  bool // it creates an instance
	All    bool // of several offers it creates all
}

// Copies are all forms, in the order of the menu.
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

// Text is the rows in that form, without a line break at the end: a pasted one
// would run a command. It fails with an *UnsafeID if a row is left out.
func (c Copy) Text(rows []catalog.Row) (string, error) {
	var b strings.Builder
	err := c.format.Write(&b, rows)
	return strings.TrimRight(b.String(), "\n"), err
}
