// Package cli is the command line: it reads flags and the environment, puts
// the parts together, and decides where the screen goes and how the program
// ends.
//
// A pick writes only the id to standard output; messages go to the screen or to
// standard error, one sentence each. Without a screen no escape bytes are written.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gpupick/api"
	"gpupick/tui/environ"
	"gpupick/tui/terminal"
)

// Exit statuses.
const (
	exitOK       = 0
	exitFailure  = 1
	exitUsage    = 2
	exitNoMatch  = 3 // with --wait: no match before --timeout
	exitNoAccess = 4
	exitCanceled = 130
)

// Program holds the demo's data, which main passes in, and what tests replace.
type Program struct {
	Demo  []byte        // the catalog of --demo, in the format of the service's answer
	Pause time.Duration // before a request is sent a second time; 0 for the default of package api

	// The clock of --wait; nil for the real one.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

// Run runs the command line args and returns the exit status. The screen needs
// stdin and stdout to be *os.File; anything else is treated as a pipe.
func (p Program) Run(ctx context.Context, args []string, vars environ.Vars, stdin io.Reader, stdout,
	stderr io.Writer) int {
	r := &run{Program: p, environ: vars, stdin: stdin, stdout: stdout, stderr: stderr, disk: newDisk()}
	defer r.close()
	cmd := r.command()
	cmd.SetArgs(args)
	cmd.SetIn(stdin)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	if len(args) == 3 && args[0] == bashRequest {
		return r.status(r.completeBash(args[1], args[2]))
	}
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		describePlainly(cmd)
	}
	addCompletion(cmd) // after SetOut: it keeps the output that is set now
	cmd.AddCommand(filterTopic())
	return r.status(cmd.ExecuteContext(ctx))
}

// run is one run of the program.
type run struct {
	Program
	environ     environ.Vars
	stdin       io.Reader
	stdout      io.Writer
	stderr      io.Writer
	flags       flags
	closers     []func()
	disk        *disk
	alreadyTold []string // sentences that tellOnce has printed
}

func (r *run) close() {
	for i := len(r.closers) - 1; i >= 0; i-- {
		r.closers[i]()
	}
}

// An exitError ends the program with the exit status code and prints err, unless it is nil.
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

// status prints err as one sentence and returns its exit status.
func (r *run) status(err error) int {
	if err == nil {
		return exitOK
	}
	code := exitFailure
	var (
		exit   *exitError
		config *api.ConfigError
		status *api.StatusError
		signal *terminal.Signaled
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

// tell prints a sentence to standard error, cleaned like all text on the screen.
func (r *run) tell(sentence string) {
	_, _ = fmt.Fprintln(r.stderr, "gpupick: "+api.CleanText(sentence))
}

// file returns f as an *os.File; nil if it is something else.
func file(f any) *os.File {
	osFile, _ := f.(*os.File)
	return osFile
}
