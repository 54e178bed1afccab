package export

import (
	"strings"

	"gpupick/tui/catalog"
)

// Copy is a form in which rows go to the clipboard.
type Copy struct {
	Title  string
	Letter byte // its key in the menu
	format Format
}

// Copies are all forms, in the order of the menu.
var Copies = []Copy{
	{"id", 'i', Format{write: writeIDs}},
	{"JSON", 'j', Format{write: writeJSON}},
	{"CSV", 'c', Format{write: writeSeparated(',')}},
	{"Markdown", 'm', Format{write: writeMarkdown}},
	{"runcrate create", 'r', Format{write: writeCreate}},
	{"curl", 'u', Format{write: writeCurl}},
	{"Python", 'p', Format{write: writePython}},
}

// Text is the rows in that form, without a line break at the end: a pasted one
// would run a command. It fails with an *UnsafeID if a row is left out.
func (c Copy) Text(rows []*catalog.Row) (string, error) {
	var b strings.Builder
	err := c.format.Write(&b, rows)
	return strings.TrimRight(b.String(), "\n"), err
}
