package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui"
	"gpupick/tui/catalog"
	"gpupick/tui/clipboard"
	"gpupick/tui/export"
	"gpupick/tui/query"
	"gpupick/tui/settings"
	"gpupick/tui/terminal"
)

// flags is the command line as it was given.
type flags struct {
	noHistory        bool // a setting only
	filter, sort     string
	gpu, region      string
	gpuCount         int
	output           string
	json             bool
	limit            int
	demo             bool
	multi            bool
	mouse            bool
	file             string
	theme, clipboard string
	renderer         string
	debug            string
	refresh          time.Duration
	noCheck, alert   bool
	wait             bool
	timeout          time.Duration

	columns []string    // from the settings; there is no flag
	keys    keymap.Keys // from the settings; there is no flag
	themed  bool        // the theme comes from the settings

	given func(name string) bool // whether a flag was on the command line
}

// wanted is what the command line asks for, after validation.
type wanted struct {
	filter string
	query  query.Query
	ask    api.Ask
	format *export.Format // nil: browse
	limit  int            // 0: all
	theme  styles.Theme
	clip   clipboard.Mode
}

const about = `Browse the GPU instance types that Runcrate rents out, and pick one.

Enter copies the selected id, prints it and quits. In id=$(gpupick 8xh100 europe)
it only prints it. Arguments are filter terms.`

const examples = `  gpupick                                    browse; ? shows help
  gpupick 8xh100 europe 'price<25'           browse what matches
  id=$(gpupick --filter '8xh100 europe')     pick for a script
  gpupick -o id -n 1 h100 --sort pergpu      the cheapest, without a screen
  gpupick --wait '8xb200 price<30'           wait until it is listed; for scripts
  gpupick --demo                             a sample, without a key
  gpupick -- -spot                           a term that starts with a dash`

// Command returns the declaration of the command line, for the manual; it must not be run.
func Command() *cobra.Command { return (&run{}).command() }

func (r *run) command() *cobra.Command {
	f := &r.flags
	cmd := &cobra.Command{
		Use:           "gpupick [term ...]",
		Short:         "Browse and pick GPU instance types",
		Long:          about + r.settingsHelp(),
		Example:       examples,
		Version:       version(),
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.given = cmd.Flags().Changed
			return r.do(cmd, args)
		},
		ValidArgsFunction: r.completeTerm,
	}
	cmd.SetFlagErrorFunc(flagError)
	cmd.AddCommand(&cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(r.stdout, "gpupick version "+version())
			return err
		}})
	wrapUsage(cmd)
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVarP(&f.filter, "filter", "f", "", "show offers that match `EXPR`, in the language of the / line")
	fs.StringVar(&f.sort, "sort", "price", "order by `SPEC`: price, -mem, pergpu,-cpu …")
	fs.StringVar(&f.gpu, "gpu", "", "request only `NAME[:N]`, sent as gpu_type and gpu_count")
	fs.StringVar(&f.region, "region", "", "request only `NAME`, sent as region")
	fs.IntVar(&f.gpuCount, "gpu-count", 0, "request only `N` GPUs, sent as gpu_count")
	fs.StringVarP(&f.output, "output", "o", "",
		"print in `FORMAT` instead of browsing: "+strings.Join(export.Names(), ", "))
	fs.BoolVar(&f.json, "json", false, "the same as -o json")
	fs.IntVarP(&f.limit, "limit", "n", 0, "with -o or --wait, print the first `N` offers")
	fs.BoolVar(&f.demo, "demo", false, "browse a built-in sample: no key, no network")
	fs.StringVar(&f.file, "file", "", "browse a saved answer at `PATH`; - reads standard input")
	fs.BoolVar(&f.mouse, "mouse", false, "start with the mouse on")
	fs.BoolVar(&f.multi, "multi", false, "Enter picks all marked offers, one id per line")
	fs.BoolVar(&f.noCheck, "no-check", false, "do not check an offer with Runcrate before it is picked")
	fs.Var((*pace)(&f.refresh), "refresh", "auto-refresh every `TIME`: 30s, 5m … or off")
	fs.Lookup("refresh").DefValue = "off"
	fs.BoolVar(&f.alert, "alert", false, "ring the bell and notify when a reload brings a matching offer")
	fs.BoolVar(&f.wait, "wait", false, "no screen: reload every 30s until a matching offer is listed, then print it")
	fs.DurationVar(&f.timeout, "timeout", 0, "with --wait, give up after `TIME`: 2h …")
	fs.StringVar(&f.theme, "theme", "auto",
		"use the colors `NAME`: "+strings.Join(styles.Names(), ", ")+"; NO_COLOR means plain")
	fs.StringVar(&f.clipboard, "clipboard", "auto", "copy by `WAY`: "+strings.Join(clipboard.Modes, ", "))
	fs.StringVar(&f.renderer, "renderer", "auto",
		"draw with `NAME`: "+strings.Join(terminal.Renderers, ", ")+"; if the screen looks wrong, try standard")
	fs.StringVar(&f.debug, "debug", "", "write a log for bug reports to `FILE`; it has no key, header or body")
	for name, values := range map[string][]string{"output": export.Names(), "theme": styles.Names(),
		"clipboard": clipboard.Modes, "renderer": terminal.Renderers, "sort": sortValues()} {
		// fails only for a flag that does not exist
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	for name, complete := range map[string]cobra.CompletionFunc{"filter": r.completeTerm,
		"gpu": r.completeNames(query.GPU), "region": r.completeNames(query.Region)} {
		_ = cmd.RegisterFlagCompletionFunc(name, complete)
	}
	return cmd
}

// wrapUsage breaks the lines of the flags in the usage at 80 columns. A template of our own would do the same, and make
// the program three megabytes larger, because the linker then keeps every method.
func wrapUsage(cmd *cobra.Command) {
	usage := cmd.UsageFunc()
	cmd.SetUsageFunc(func(c *cobra.Command) error {
		out, text := c.OutOrStderr(), &strings.Builder{}
		c.SetOut(text)
		defer c.SetOut(out)
		if err := usage(c); err != nil {
			return err
		}
		flags := c.LocalFlags()
		_, err := io.WriteString(out, strings.Replace(text.String(), strings.TrimRight(flags.FlagUsages(), "\n"),
			strings.TrimRight(flags.FlagUsagesWrapped(80), "\n"), 1))
		return err
	})
}

// addCompletion adds the completion command. By default an unknown shell would make it
// print its help; here that is a usage error.
func addCompletion(cmd *cobra.Command) {
	cmd.InitDefaultCompletionCmd("completion")
	for _, sub := range cmd.Commands() {
		if sub.Name() != "completion" {
			continue
		}
		sub.Args = cobra.ArbitraryArgs
		sub.RunE = func(*cobra.Command, []string) error {
			return usage("completion needs a shell: bash, zsh, fish or powershell")
		}
	}
}

// settingsHelp returns the help on the settings: the path of the file and their names.
func (r *run) settingsHelp() string {
	_, shown := r.settingsPath()
	if shown == "" {
		return ""
	}
	return fmt.Sprintf("\n\nSettings are read from %s: %s.", shown, strings.Join(settings.Names(), ", "))
}

func sortValues() []string {
	var values []string
	for _, f := range query.Fields() {
		values = append(values, query.SortKey{Field: f, Desc: f.Falls()}.String())
	}
	return values
}

// pace is the flag value for the time between two loads; 0 is off.
type pace time.Duration

func (p *pace) Set(s string) error {
	if s == "off" {
		*p = 0
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return err
	}
	*p = pace(d)
	return nil
}

func (p *pace) String() string { return time.Duration(*p).String() }
func (p *pace) Type() string   { return "TIME" }

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
	if f.output != "" && !f.wait && w.query.Asks(query.Is) {
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
