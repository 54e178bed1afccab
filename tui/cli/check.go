package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gpupick/api"
	"gpupick/styles"
	"gpupick/tui"
	"gpupick/tui/catalog"
	"gpupick/tui/clipboard"
	"gpupick/tui/export"
	"gpupick/tui/query"
	"gpupick/tui/settings"
	"gpupick/tui/terminal"
)

// misread returns the usage error for a filter that cannot be parsed, with the column.
func (w wanted) misread(e *query.SyntaxError) error {
	return usage("filter %q, column %d: %w", w.filter, len([]rune(w.filter[:e.At]))+1, e)
}

// check applies the settings, validates the flags and returns what they ask for.
func (r *run) check(args []string) (wanted, error) {
	f := &r.flags
	if err := r.applySettings(); err != nil {
		return wanted{}, err
	}
	w := wanted{limit: f.limit, clip: clipboard.Mode(f.clipboard)}
	w.filter = strings.TrimSpace(strings.Join(append([]string{f.filter}, args...), " "))
	reading := query.Read(w.filter)
	if e := reading.Err(); e != nil {
		return w, w.misread(e)
	}
	order, err := query.ParseSort(f.sort)
	if err != nil {
		return w, usage("--sort: %w", err)
	}
	if w.query = reading.Query.WithSort(order); !f.given("sort") {
		w.query = reading.Query.Ordered(order)
	}
	w.filter = reading.WithoutOrder()
	if !slices.Contains(clipboard.Modes, f.clipboard) {
		return w, usage("--clipboard %q: use one of %s", f.clipboard, strings.Join(clipboard.Modes, ", "))
	}
	if !slices.Contains(terminal.Renderers, f.renderer) {
		return w, usage("--renderer %q: use one of %s", f.renderer, strings.Join(terminal.Renderers, ", "))
	}
	if r.environ.Getenv("NO_COLOR") != "" && !f.given("theme") && !f.themed {
		f.theme = "plain"
	}
	if f.given("refresh") && f.refresh != 0 && f.refresh < settings.LeastRefresh {
		return w, usage("--refresh %v: the minimum is %v", f.refresh, settings.LeastRefresh)
	}
	if err := f.checkWait(w); err != nil {
		return w, err
	}
	if f.alert && f.refresh == 0 {
		f.refresh = tui.UsualRefresh // a user who waits for an alert does not press r
	}
	if w.theme, err = styles.Named(f.theme); err != nil {
		return w, usage("--theme: %w", err)
	}
	if err := f.checkOutput(&w); err != nil {
		return w, err
	}
	w.ask, err = f.checkAsk()
	return w, err
}

const noEarlierList = "is: compares with an earlier list, and -o has none; use it on the screen or " +
	"with --wait"

func (f *flags) checkOutput(w *wanted) error {
	if f.json {
		if f.output != "" && f.output != "json" {
			return usage("use either --json or -o %s, not both", f.output)
		}
		f.output = "json"
	}
	if f.given("limit") && f.limit < 1 {
		return usage("-n %d: the number of offers is at least 1", f.limit)
	}
	if f.multi && f.output != "" {
		return usage("--multi needs the screen; with -o use -n")
	}
	switch {
	case f.wait && f.alert:
		return usage("--alert needs the screen; --wait ends when a matching offer is listed")
	case f.output != "" && f.alert:
		return usage("--alert needs the screen; -o prints once")
	}
	if f.output != "" && !f.wait && w.query.AsksChanges() {
		return usage(noEarlierList)
	}
	if f.wait && f.output == "" {
		f.output = "id"
	}
	if f.refresh != 0 && f.given("refresh") && f.output != "" && !f.wait {
		return usage("--refresh needs the screen or --wait; -o prints once")
	}
	if f.output == "" {
		if f.limit > 0 {
			return usage("-n needs -o or --wait")
		}
		return nil
	}
	format, ok := export.Named(f.output)
	if !ok {
		return usage("-o %q: use one of %s", f.output, strings.Join(export.Names(), ", "))
	}
	w.format = &format
	if format.Creates() {
		if w.limit = cmp.Or(f.limit, export.CreatesUsually); w.limit > export.CreatesMost {
			return usage("-n %d: -o %s tries at most %d offers", f.limit, format.Name, export.CreatesMost)
		}
	}
	return nil
}

// checkWait returns an error for flags that do not fit --wait, or that need it.
func (f *flags) checkWait(w wanted) error {
	switch {
	case !f.wait && f.given("timeout"):
		return usage("--timeout needs --wait")
	case !f.wait:
	case f.given("timeout") && f.timeout <= 0:
		return usage("--timeout %v: the time must be more than 0", f.timeout)
	case f.file != "":
		return usage("--wait reloads the list; --file never changes")
	case f.multi:
		return usage("--multi needs the screen; with --wait use -n")
	case w.query.WantsOnly(query.Is, catalog.Gone.String()):
		return usage("--wait prints listed offers; is:gone matches none of them")
	case w.filter == "" && f.gpu == "" && f.region == "" && f.gpuCount == 0:
		return usage("--wait needs a filter")
	}
	return nil
}

func (f *flags) checkAsk() (api.Ask, error) {
	ask := api.Ask{GPUType: f.gpu, Region: f.region, GPUCount: f.gpuCount}
	if f.given("gpu-count") && f.gpuCount < 1 {
		return ask, usage("--gpu-count %d: the count is at least 1", f.gpuCount)
	}
	if i := strings.LastIndexByte(f.gpu, ':'); i >= 0 {
		n, err := strconv.Atoi(f.gpu[i+1:])
		switch {
		case err != nil || n < 1 || i == 0:
			return ask, usage("--gpu %q: write NAME or NAME:COUNT", f.gpu)
		case f.gpuCount != 0:
			return ask, usage("use either --gpu %s or --gpu-count, not both", f.gpu)
		}
		ask.GPUType, ask.GPUCount = f.gpu[:i], n
	}
	if f.given("file") && f.file == "" {
		return ask, usage("--file needs a file name; - reads standard input")
	}
	if f.file != "" && (ask != api.Ask{}) {
		return ask, usage("--gpu, --region and --gpu-count are for Runcrate; with --file use --filter")
	}
	if f.file != "" && f.demo {
		return ask, usage("use either --file or --demo, not both")
	}
	return ask, nil
}
