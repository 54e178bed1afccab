package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/styles"
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
	r.defineFlags(cmd.Flags())
	r.completeFlags(cmd)
	return cmd
}

func (r *run) defineFlags(fs *pflag.FlagSet) {
	f := &r.flags
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
}

// completeFlags says what a shell offers behind a flag.
func (r *run) completeFlags(cmd *cobra.Command) {
	for name, values := range map[string][]string{"output": export.Names(), "theme": styles.Names(),
		"clipboard": clipboard.Modes, "renderer": terminal.Renderers} {
		// fails only for a flag that does not exist
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	for name, complete := range map[string]cobra.CompletionFunc{"filter": r.completeTerm, "sort": completeSort,
		"gpu": r.completeNames(query.GPU), "region": r.completeNames(query.Region)} {
		_ = cmd.RegisterFlagCompletionFunc(name, complete)
	}
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

// addCompletion adds the completion command, with our own script for bash. By default an unknown shell would make it
// print its help; here that is a usage error.
func addCompletion(cmd *cobra.Command) {
	cmd.InitDefaultCompletionCmd("completion")
	for _, sub := range cmd.Commands() {
		if sub.Name() != "completion" {
			continue
		}
		for _, shell := range sub.Commands() {
			switch shell.Name() {
			case "bash":
				shell.Long = aboutBash
				shell.RunE = func(*cobra.Command, []string) error {
					_, err := io.WriteString(cmd.OutOrStdout(), bashScript)
					return err
				}
			case "fish":
				shell.RunE = func(*cobra.Command, []string) error {
					_, err := io.WriteString(cmd.OutOrStdout(), fishScript(cmd))
					return err
				}
			case "zsh":
				shell.RunE = func(*cobra.Command, []string) error {
					_, err := io.WriteString(cmd.OutOrStdout(), zshScript(cmd))
					return err
				}
			}
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
