// Package cli is the command line: it reads flags and the environment, puts
// the parts together, and decides where the screen goes and how the program
// ends.
//
// The id is all that ever reaches the standard output of a program that picks;
// everything said to a person goes to the screen or to the standard error, one
// sentence each. Without a screen not one escape byte is written.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"gpupick/api"
	"gpupick/tui/environ"
	"gpupick/tui/terminal"
)

// Exit statuses.
const (
	exitOK       = 0
	exitFailure  = 1
	exitUsage    = 2
	exitNoMatch  = 3 // with --wait: not in time
	exitNoAccess = 4
	exitBrokeOff = 130
)

// Program is what main hands in.
type Program struct {
	Demo  []byte        // the catalogue of --demo, as the service would answer it
	Pause time.Duration // before a question is asked a second time; 0: as api has it

	// The clock of --wait; nil: the real one.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

// Run runs the command line args and returns the exit status. A screen needs
// stdin, stdout to be files; anything else is taken for a pipe.
func (p Program) Run(ctx context.Context, args []string, vars environ.Vars, stdin io.Reader, stdout,
	stderr io.Writer) int {
	r := &run{Program: p, environ: vars, stdin: stdin, stdout: stdout, stderr: stderr, disk: newDisk()}
	defer r.close()
	cmd := r.command()
	cmd.SetArgs(args)
	cmd.SetIn(stdin)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	addCompletion(cmd) // it remembers the outputs
	cmd.AddCommand(filterTopic())
	return r.status(cmd.ExecuteContext(ctx))
}

// run is one run of the program.
type run struct {
	Program
	environ environ.Vars
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
	flags   flags
	closers []func()
	disk    *disk
	told    []string // sentences that are not repeated
}

func (r *run) close() {
	for i := len(r.closers) - 1; i >= 0; i-- {
		r.closers[i]()
	}
}

// An exitError ends the program with a status, and a sentence unless it is nil.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// status says what went wrong, in one sentence, and makes it an exit status.
func (r *run) status(err error) int {
	if err == nil {
		return exitOK
	}
	code := exitFailure
	var (
		exit   *exitError
		config *api.ConfigError
		status *api.StatusError
		signal *terminal.Signalled
	)
	switch {
	case errors.As(err, &exit):
		code = exit.code
		if exit.err == nil {
			return code
		}
	case errors.As(err, &signal):
		return 128 + signal.Number
	case errors.As(err, &config):
		code = exitUsage
	case api.NoAccess(err), errors.As(err, &status) && status.Status == 401:
		code = exitNoAccess
	}
	what, do := api.Explain(err)
	if do != "" {
		what += "; " + do
	}
	r.tell(what)
	return code
}

// tell says a sentence to the person, cleaned like everything that is drawn.
func (r *run) tell(sentence string) {
	_, _ = fmt.Fprintln(r.stderr, "gpupick: "+api.CleanText(sentence))
}

// file is f as a file, nil if it is none.
func file(f any) *os.File {
	osFile, _ := f.(*os.File)
	return osFile
}
