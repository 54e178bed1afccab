// Package crash catches panics: one in the background would end the process with the terminal still raw
// and print the value of the panic, which may be anything that was at hand.
package crash

import (
	"fmt"
	"runtime"
	"strings"
)

// A Crash is a panic that was caught. It says where, and nothing of the data
// that was at hand.
type Crash struct{ Where string }

func (c *Crash) Error() string {
	return "gpupick has a defect and had to stop (" + c.Where + "); nothing was copied or rented"
}

// Go runs f beside the caller; apart from the demo's server, whose
// requests recover by themselves, it is the only go statement of the program. A
// panic in f is reported to crashed and goes no further: left alone it would
// end the process with the terminal still raw.
func Go(f func(), crashed func(*Crash)) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				crashed(&Crash{Where: "in the background, " + Place()})
			}
		}()
		f()
	}()
}

// Place is the innermost line of ours on the way to the panic that is being recovered from.
func Place() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicked := false
	for {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" {
			panicked = true
		} else if panicked && strings.HasPrefix(f.Function, "gpupick/") {
			file := f.File[strings.LastIndexByte(f.File, '/')+1:]
			return fmt.Sprintf("%s:%d", file, f.Line)
		}
		if !more {
			return "outside its own code"
		}
	}
}
