package cli

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"gpupick/api"
	"gpupick/api/when"
	"gpupick/styles"
	"gpupick/tui"
	"gpupick/tui/clipboard"
	"gpupick/tui/export"
	"gpupick/tui/feed"
	"gpupick/tui/terminal"
)

// do opens the screen, prints once, or waits for a match, as the flags ask.
func (r *run) do(cmd *cobra.Command, args []string) error {
	if err := longDash(cmd, args); err != nil {
		return err
	}
	w, err := r.check(args)
	if err != nil {
		return err
	}
	onStdout := terminal.IsTerminal(file(r.stdout))
	term := r.environ.Getenv("TERM")
	dumb := term == "dumb" || term == "" && runtime.GOOS != "windows" // Windows has no TERM
	if w.format == nil && onStdout && dumb {
		if w.query.AsksChanges() {
			return usage(noEarlierList)
		}
		table, _ := export.Named("table")
		w.format = &table
	}
	var screen *terminal.Screen
	if w.format == nil {
		if screen, err = terminal.Open(file(r.stdin), file(r.stdout)); err != nil || dumb {
			return usage("no terminal to browse in; add -o id (or table, csv, json)")
		}
		r.closers = append(r.closers, screen.Close)
	}
	open, err := r.source()
	if err != nil {
		return err
	}
	if r.flags.wait || w.format != nil {
		ctx, ended := terminal.WithoutTrace(cmd.Context())
		without := r.print
		if r.flags.wait {
			without = r.waitFor
		}
		err := without(ctx, w, open)
		return cmp.Or(ended(), err)
	}
	source, err := open()
	if err != nil && !(api.NoAccess(err) && onStdout) {
		return err // before the screen is drawn: a script that captures the output needs the exit status
	}
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	return r.browse(ctx, w, screen, source, open, !onStdout)
}

// browse shows the screen and then prints the picked ids. source is nil if it could not be opened.
func (r *run) browse(ctx context.Context, w wanted, screen *terminal.Screen, source feed.Source, open opener,
	captured bool) error {
	theme := w.theme.For(r.environ)
	renderer := styles.NewRenderer(screen.Out, r.environ, theme)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var copies sync.WaitGroup
	clip := clipboard.Clipboard{Mode: w.clip, GOOS: runtime.GOOS, Environ: r.environ, Terminal: screen.Writer()}
	model := tui.New(tui.Options{
		Source:   source,
		Open:     open,
		Demo:     r.demoSource(nil),
		IsDemo:   r.flags.demo,
		File:     r.flags.file,
		Ask:      w.ask,
		Filter:   w.filter,
		Sort:     w.query.Sort,
		Keys:     r.flags.keys,
		Styles:   styles.New(renderer, theme),
		ASCII:    !r.utf8(),
		Welcome:  r.firstStart(),
		Mouse:    r.flags.mouse,
		Columns:  r.flags.columns,
		Refresh:  r.flags.refresh,
		Multi:    r.flags.multi,
		Check:    !r.flags.noCheck && r.flags.file == "",
		Captured: captured,
		Copy: func(text string) clipboard.Outcome {
			copies.Add(1)
			defer copies.Done()
			return clip.Copy(ctx, text)
		},
		Alert:       r.alert(screen),
		CanSuspend:  terminal.CanSuspend,
		SaveColumns: r.columnsSaver(),
		SaveFile:    r.saveFile,
		LoadHistory: func() []string { return loadHistory(r.historyPath()) },
		KeepFilter:  r.keepFilter,
		Now:         time.Now,
	})
	last, err := terminal.Run(ctx, model, screen, r.flags.renderer)
	cancel()
	copies.Wait() // cancel stops running copies; no clipboard tool must outlive the program
	r.disk.settle()
	if err != nil {
		return err
	}
	return r.left(last.(*tui.Model).Outcome(), captured)
}

// left prints what the user has picked, and what may not have reached a clipboard.
func (r *run) left(left tui.Outcome, captured bool) (err error) {
	switch {
	case left.Interrupted:
		return &exitError{code: exitCanceled}
	case len(left.Picked) > 0:
		return r.picked(left)
	case captured:
		return &exitError{code: exitCanceled}
	}
	if len(left.Unconfirmed) > 0 { // so that an id is never lost
		_, err = fmt.Fprintln(r.stdout, strings.Join(left.Unconfirmed, "\n"))
	}
	if left.Demo && (left.Copied || len(left.Unconfirmed) > 0) {
		_, _ = fmt.Fprintln(r.stderr, demoWarning)
	}
	return err
}

// alert returns the function that notifies the user through the terminal; nil without --alert.
func (r *run) alert(screen *terminal.Screen) func(text string) {
	if !r.flags.alert {
		return nil
	}
	call := terminal.Notifier{Out: screen.Writer(), Environ: r.environ}
	return func(text string) { _ = call.Notify("gpupick", text) } // may fail: the screen shows the text, too
}

const demoWarning = "demo id, not a real offer"

// picked prints the ids to standard output, one per line. Standard error describes each
// offer, the one it replaces, the result of the check with the service, where the ids
// were copied to, and which marked offers were left out.
func (r *run) picked(left tui.Outcome) error {
	var ids []string
	for _, p := range left.Picked {
		ids = append(ids, p.ID())
	}
	if _, err := fmt.Fprintln(r.stdout, strings.Join(ids, "\n")); err != nil {
		return fmt.Errorf("cannot write the id: %w; it is %s", err, strings.Join(ids, " "))
	}
	for _, p := range left.Picked {
		say := []string{export.Line(p.Row)}
		if len(ids) > 1 {
			say = []string{p.ID(), export.Line(p.Row)}
		}
		if p.Changed != "" {
			say = append(say, "changed: "+p.Changed)
		}
		if p.InPlaceOf != "" {
			say = append(say, "in place of "+p.InPlaceOf+", which is no longer listed")
		}
		if len(ids) == 1 {
			say = append(say, r.pickRemarks(left)...)
		}
		r.remark(say)
	}
	if len(ids) > 1 {
		r.remark(r.pickRemarks(left))
	}
	if n := len(left.Unlisted); n > 0 {
		r.remark([]string{"not picked, no longer listed: " + strings.Join(left.Unlisted, " ")})
	}
	return nil
}

// pickRemarks returns the result of the check, where the ids were copied to, and warnings about an old
// list or the demo.
func (r *run) pickRemarks(left tui.Outcome) (say []string) {
	if left.Note != "" {
		say = append(say, left.Note)
	} else {
		say = append(say, "not checked")
	}
	if left.Clipboard.Say != "" {
		say = append(say, left.Clipboard.Say)
	}
	if !left.KeptAt.IsZero() {
		say = append(say, "from the list of "+when.Clock(left.KeptAt, time.Now())+", not confirmed by Runcrate")
	}
	if left.Demo {
		say = append(say, demoWarning)
	}
	return say
}

// remark writes parts to standard error as one line.
func (r *run) remark(parts []string) {
	if len(parts) > 0 {
		_, _ = fmt.Fprintln(r.stderr, strings.Join(parts, " · "))
	}
}

// utf8 reports whether the locale is UTF-8, as Windows and macOS are always taken to be.
func (r *run) utf8() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(r.environ.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
