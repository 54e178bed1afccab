// Command manual writes the manual page, from the same declarations as --help and the key help:
//
//	go run ./tui/cli/manual > gpupick.1
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/pflag"

	"gpupick/keymap"
	"gpupick/tui/cli"
)

func main() {
	if err := write(os.Stdout, time.Now()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write writes the manual page, dated date.
func write(w io.Writer, date time.Time) error {
	cmd := cli.Command()
	var b strings.Builder
	fmt.Fprintf(&b, "%% \"GPUPICK\" \"1\" \"%s\" \"gpupick\" \"User commands\"\n", date.Format("Jan 2006"))
	fmt.Fprintf(&b, "# NAME\n\ngpupick - %s\n\n", plain(cmd.Short))
	b.WriteString("# SYNOPSIS\n\n**gpupick** [*flags*] [*term* ...]\n\n**gpupick completion** *shell*\n\n" +
		"**gpupick version**\n\n")
	fmt.Fprintf(&b, "# DESCRIPTION\n\n%s\n\n", plain(cmd.Long))
	b.WriteString("# OPTIONS\n\n")
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	cmd.Flags().VisitAll(func(f *pflag.Flag) { b.WriteString(option(f)) })
	b.WriteString(strings.TrimSpace(cli.FilterManual()) + "\n\n")
	b.WriteString("# KEYS\n\n")
	for _, g := range keymap.Default().Groups() {
		fmt.Fprintf(&b, "## %s\n\n", plain(g.Title))
		for _, k := range g.Keys {
			fmt.Fprintf(&b, "**%s**\n: %s\n\n", plain(k.Help().Key), plain(k.Help().Desc))
		}
	}
	b.WriteString(more)
	fmt.Fprintf(&b, "# EXAMPLES\n\n```\n%s\n```\n", cmd.Example)
	_, err := w.Write(md2man.Render([]byte(b.String())))
	return err
}

// option returns a flag as an item of a list: its names, its value and what it is for.
func option(f *pflag.Flag) string {
	value, usage := pflag.UnquoteUsage(f)
	names := "**--" + f.Name + "**"
	if f.Shorthand != "" {
		names = "**-" + f.Shorthand + "**, " + names
	}
	if value != "" {
		names += " *" + plain(value) + "*"
	}
	usage = strings.ToUpper(usage[:1]) + usage[1:]
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "0s" {
		usage += " (usually " + f.DefValue + ")"
	}
	return names + "\n: " + plain(usage) + "\n\n"
}

// plain escapes what Markdown would read as its own signs.
var plain = strings.NewReplacer(`\`, `\\`, "*", `\*`, "<", `\<`, ">", `\>`, "_", `\_`, "[", `\[`, "]", `\]`, "`", "\\`",
	"~", `\~`).Replace

// more are the sections that --help does not have.
const more = `# FILES

**~/.config/gpupick/config.yaml**
: The settings: theme, columns, sort, refresh, clipboard, mouse, history, keys. **XDG_CONFIG_HOME** moves the folder.
  The program writes it only when you save columns with **w**.

**~/.local/state/gpupick**
: The last complete lists, for a start without a network, and the history of the filter line. **XDG_STATE_HOME** moves
  the folder.

**~/.runcrate/config.yaml**
: The login of the runcrate command line, which is only read.

# ENVIRONMENT

**RUNCRATE_API_KEY**
: The key that the service is asked with. It has priority over the login in a file.

**RUNCRATE_ACCESS_TOKEN**, **RUNCRATE_PROJECT_ID**, **RUNCRATE_ENVIRONMENT**
: The same for an access token: all three must be set.

**RUNCRATE_API_URL**
: The address of the service.

**HTTPS_PROXY**, **ALL_PROXY**, **NO_PROXY**
: The proxy, as in other programs.

**NO_COLOR**
: Means the theme plain, unless a theme is named.

**COLUMNS**, **LINES**
: The size of a terminal that does not tell its own.

# EXIT STATUS

**0**
: An id was picked, rows were printed, or you looked and quit.

**1**
: Something failed, and one sentence on the standard error says what.

**2**
: Wrong usage or configuration.

**3**
: Nothing matched (with **-o**), or not in time (with **--wait**).

**4**
: Not authenticated.

**130**
: Quit without a pick while captured, or ctrl+c.

**128+n**
: Ended by signal n.

`
