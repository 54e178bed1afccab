package cli

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/tui"
)

// opener finds where rows come from; it is called anew for every load.
type opener func() (tui.Source, error)

// source chooses where rows come from.
func (r *run) source() (opener, error) {
	log, err := r.logger()
	if err != nil {
		return nil, err
	}
	switch {
	case r.flags.demo:
		return r.demoSource(log), nil
	case r.flags.file != "":
		return r.fileSource()
	}
	return func() (tui.Source, error) {
		cfg, err := api.LoadConfig(api.Surroundings{Env: r.env, Home: r.home(), ReadFile: os.ReadFile})
		if err != nil {
			return nil, err
		}
		return api.NewClient(cfg, api.Options{Log: log, Version: version()}), nil
	}, nil
}

const demoKey = "rc_live_demo"

// demoSource is the contract server on a loopback port, behind the ordinary
// client: the demo runs every line that the real thing runs.
func (r *run) demoSource(log func(api.Exchange)) opener {
	var client *api.Client
	return func() (tui.Source, error) {
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
		client = api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials(demoKey, "the demo's key")}, api.Options{Log: log, Version: version()})
		return client, nil
	}
}

// fileSource is a saved answer. A file is read for every load; the standard
// input can be read but once.
func (r *run) fileSource() (opener, error) {
	path := r.flags.file
	if path == "-" {
		body, err := io.ReadAll(r.stdin)
		if err != nil {
			return nil, usage("the standard input cannot be read: %w", err)
		}
		return func() (tui.Source, error) {
			return savedAnswer{name: "standard input", read: func() ([]byte, error) { return body, nil }}, nil
		}, nil
	}
	if info, err := os.Stat(path); err != nil {
		return nil, usage("--file: %w", err)
	} else if info.IsDir() {
		return nil, usage("--file: %s is a directory", path)
	}
	return func() (tui.Source, error) {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		return savedAnswer{name: filepath.Base(path), date: info.ModTime(), read: func() ([]byte, error) { return os.ReadFile(path) }}, nil
	}, nil
}

// savedAnswer is a file in the place of the service.
type savedAnswer struct {
	name string
	date time.Time // zero for the standard input
	read func() ([]byte, error)
}

func (s savedAnswer) Host() string { return s.name }

// Date is when the answer was saved: the rows are as old as that.
func (s savedAnswer) Date() time.Time { return s.date }

func (s savedAnswer) Page(context.Context, api.Ask, string) (api.Page, error) {
	body, err := s.read()
	if err != nil {
		return api.Page{}, err
	}
	page, err := api.DecodeFile(body)
	page.Cursor = "" // of a list that goes on elsewhere, this is all there is
	return page, err
}

// logger writes the exchanges for a bug report: no header, no body, no query.
func (r *run) logger() (func(api.Exchange), error) {
	if r.flags.debug == "" {
		return nil, nil
	}
	f, err := os.OpenFile(r.flags.debug, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, usage("--debug: %w", err)
	}
	r.closers = append(r.closers, func() { _ = f.Close() })
	log := slog.New(slog.NewTextHandler(f, nil))
	log.Info("started", "version", version())
	return func(e api.Exchange) {
		log.Info("exchange", "method", e.Method, "host", e.Host, "path", e.Path, "status", e.Status, "ms", e.Took.Milliseconds(),
			"request", e.RequestID, "without_id", e.Dropped, "failure", e.Failure)
	}, nil
}
