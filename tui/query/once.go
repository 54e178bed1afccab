package query

import (
	"regexp"
	"sync"
)

// once is a table that is made when it is first asked for. Making all of them took two
// milliseconds of every start, and most starts need few.
func once[T any](table func() T) func() T { return sync.OnceValue(table) }

// form is a regular expression, compiled when it is first asked for.
func form(expr string) func() *regexp.Regexp {
	return once(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
