//go:build windows

package terminal

import (
	"errors"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// Open finds the console: stdin and stdout if they are one, otherwise CONIN$ and CONOUT$.
func Open(stdin, stdout *os.File) (*Screen, error) {
	s := &Screen{Out: stdout, in: stdin}
	var opened []*os.File
	s.close = func() {
		for _, f := range opened {
			_ = f.Close()
		}
	}
	for _, end := range []struct {
		file **os.File
		name string
	}{{&s.Out, "CONOUT$"}, {&s.in, "CONIN$"}} {
		if IsTerminal(*end.file) {
			continue
		}
		f, err := os.OpenFile(end.name, os.O_RDWR, 0)
		if err != nil {
			s.close()
			return nil, ErrNone
		}
		opened = append(opened, f)
		*end.file = f
	}
	return s, nil
}

// IsTerminal reports whether f is a console.
func IsTerminal(f *os.File) bool { return f != nil && term.IsTerminal(f.Fd()) }

// input is the console itself: v1 reads its events, not bytes.
func input(f *os.File) io.Reader { return f }

var coreDumps []os.Signal

// endings are the signals that end the program: ctrl+break.
var endings = []os.Signal{os.Interrupt}

// jobControl is empty: Windows has no job control.
var jobControl []os.Signal

var resizes []os.Signal

// hasPainter says that frames are left to Bubble Tea here, which knows how to
// set up a console.
const hasPainter = false

func number(os.Signal) int { return 2 }

func isContinue(os.Signal) bool { return false }

// foreground is always true: Windows has no job control.
func foreground(uintptr) bool { return true }

// CanSuspend is always false: Windows has no job control.
func CanSuspend() bool { return false }

// Suspender is never run here.
type Suspender struct{}

// Run fails.
func (Suspender) Run() error { return errors.New("Cannot suspend here") }

// SetStdin does nothing.
func (Suspender) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (Suspender) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (Suspender) SetStderr(io.Writer) {}
