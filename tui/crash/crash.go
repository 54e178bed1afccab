// Package crash catches panics. A panic in the background would end the process with the terminal still
// raw, and would print its value, which may hold any data.
package crash

import (
	"fmt"
	"runtime"
	"strings"
)

// A Crash is a caught panic. It says where the panic happened, and repeats no data.
type Crash struct{ Where string }

func (c *Crash) Error() string {
	return "gpupick has a defect and had to stop (" + c.Where + "); nothing was copied or rented"
}

// Go runs f in a new goroutine. A panic in f is passed to crashed, and does not end the process. Apart
// from the demo's server, whose requests recover from panics themselves, this is the only go statement
// of the program.
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

// Place returns the innermost line of gpupick's own code in the panic that is being recovered from.
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
