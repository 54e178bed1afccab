package query

import (
	"regexp"
	"sync"
)

// once returns a table that is made at its first use. Making all tables took two
// milliseconds at every start, and most starts need only a few.
func once[T any](table func() T) func() T { return sync.OnceValue(table) }

// form returns a regular expression that is compiled at its first use.
func form(expr string) func() *regexp.Regexp {
	return once(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
