package cli

import (
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/api/snapshot"
	"gpupick/api/yamlfile"
	"gpupick/tui/feed"
)

// opener returns the source of the rows; it is called for every load.
type opener func() (feed.Source, error)

// source returns the opener of the demo, of a file or of the service.
func (r *run) source() (opener, error) {
	log, err := r.logger()
	if err != nil {
		return nil, err
	}
	switch {
	case r.flags.demo:
		return r.demoSource(exchanges(log)), nil
	case r.flags.file != "":
		return r.fileSource()
	}
	return func() (feed.Source, error) {
		cfg, err := api.LoadConfig(api.Surroundings{Env: r.environ.Getenv, Home: r.environ.Home(),
			ReadFile: yamlfile.Read})
		if err != nil {
			return nil, err
		}
		client := api.NewClient(cfg, r.clientOptions(exchanges(log)))
		return live{Ahead: feed.ReadAhead(client), client: client,
			store: snapshot.Store{Dir: r.environ.State(), Now: time.Now}, disk: r.disk, log: log}, nil
	}, nil
}

func (r *run) clientOptions(log func(api.Exchange)) api.Options {
	return api.Options{Log: log, Version: version(), Pause: r.Pause}
}

// live is the service; its last good answer is saved on disk.
type live struct {
	*feed.Ahead // of the client
	client      *api.Client
	store       snapshot.Store
	disk        *disk
	log         *slog.Logger
}

// Fingerprint tells accounts apart.
func (l live) Fingerprint(ask api.Ask) string { return l.client.Fingerprint(ask) }

// Last returns the answer saved by an earlier run. An unusable one is only logged, since
// the next load replaces it.
func (l live) Last(ask api.Ask) (list api.List, found bool) {
	list, err := l.store.Load(l.Fingerprint(ask))
	if err != nil && !errors.Is(err, snapshot.ErrNone) {
		l.log.Info("last answer not used", "why", api.CleanText(err.Error()))
	}
	return list, err == nil
}

// Keep saves an answer for the next run.
func (l live) Keep(ask api.Ask, list api.List, rows iter.Seq[api.InstanceType]) error {
	err := l.disk.writeLater(func() error { return l.store.SaveRows(l.Fingerprint(ask), list, rows) })
	if err != nil {
		l.log.Info("answer not kept", "why", api.CleanText(err.Error()))
	}
	return err
}

const demoKey = "rc_live_demo"

// demoSource returns an opener for the contract server on a loopback port, used through
// the ordinary client: the demo runs the same code as the service.
func (r *run) demoSource(log func(api.Exchange)) opener {
	var client *api.Client
	return func() (feed.Source, error) {
		if client != nil {
			return client, nil
		}
		server, err := apitest.New(r.Demo, demoKey, 0)
		if err != nil {
			return nil, err
		}
		origin, stop, err := apitest.Listen(server)
		if err != nil {
			return nil, err
		}
		r.closers = append(r.closers, stop)
		base, err := api.ParseBase(origin)
		if err != nil {
			return nil, err
		}
		client = api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials(demoKey, "the demo's key")},
			r.clientOptions(log))
		return client, nil
	}
}

// fileSource returns an opener for a saved answer. A file is read for every load, standard
// input only once.
func (r *run) fileSource() (opener, error) {
	path := r.flags.file
	if path == "-" {
		const name = "standard input"
		page, err := readAnswer(name, r.stdin)
		if wrong := (*api.AnswerError)(nil); err != nil && !errors.As(err, &wrong) {
			return nil, usage("cannot read standard input: %w", err)
		}
		return func() (feed.Source, error) {
			return savedAnswer{name: name, read: func() (api.Page, error) { return page, err }}, nil
		}, nil
	}
	if info, err := os.Stat(path); err != nil {
		return nil, usage("--file: %w", err)
	} else if info.IsDir() {
		return nil, usage("--file: %s is a directory", path)
	}
	return func() (feed.Source, error) {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(path)
		return savedAnswer{name: name, date: info.ModTime(), read: func() (api.Page, error) {
			f, err := os.Open(path)
			if err != nil {
				return api.Page{}, err
			}
			defer func() { _ = f.Close() }()
			return readAnswer(name, f)
		}}, nil
	}, nil
}

// savedAnswer is a source that reads a saved answer instead of asking the service.
type savedAnswer struct {
	name string
	date time.Time // zero for the standard input
	read func() (api.Page, error)
}

// readAnswer reads a saved answer, whose name stands in front of what is wrong with it.
func readAnswer(name string, from io.Reader) (api.Page, error) {
	page, err := api.DecodeFile(from)
	if wrong := (*api.AnswerError)(nil); errors.As(err, &wrong) {
		err = &api.AnswerError{Reason: name + ": " + wrong.Reason}
	}
	page.Cursor = "" // a saved answer has no further pages
	return page, err
}

func (s savedAnswer) Host() string { return s.name }

// Date returns when the answer was saved, which is the age of its rows.
func (s savedAnswer) Date() time.Time { return s.date }

func (s savedAnswer) Page(context.Context, api.Ask, string, func(api.Wait)) (api.Page, error) {
	return s.read()
}

// openLog opens the log of --debug. Nothing waits for the other end of a pipe.
func openLog(path string) (*patientFile, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY|syscall.O_NONBLOCK, 0o600)
	switch {
	case errors.Is(err, syscall.ENXIO):
		return nil, usage("--debug: %s is a pipe that nothing reads; name a file", path)
	case err != nil:
		return nil, usage("--debug: %w", err)
	}
	return &patientFile{f}, nil
}

// patientFile drops what a pipe does not take within logPatience.
type patientFile struct{ *os.File }

const logPatience = 100 * time.Millisecond

func (f *patientFile) Write(b []byte) (int, error) {
	_ = f.SetWriteDeadline(time.Now().Add(logPatience)) // a file has none, and takes everything
	return f.File.Write(b)
}

// logger returns the log that --debug writes for bug reports; without --debug it is discarded.
func (r *run) logger() (*slog.Logger, error) {
	if r.flags.debug == "" {
		return slog.New(slog.DiscardHandler), nil
	}
	f, err := openLog(r.flags.debug)
	if err != nil {
		return nil, err
	}
	r.closers = append(r.closers, func() { _ = f.Close() })
	log := slog.New(slog.NewTextHandler(f, nil))
	log.Info("started", "version", version())
	return log, nil
}

// exchanges returns a function that logs an exchange with the service, without headers, body or query.
func exchanges(log *slog.Logger) func(api.Exchange) {
	return func(e api.Exchange) {
		log.Info("exchange", "method", e.Method, "host", e.Host, "path", e.Path, "status", e.Status, "ms",
			e.Took.Milliseconds(),
			"request", e.RequestID, "without_id", e.Dropped, "failure", e.Failure)
	}
}
