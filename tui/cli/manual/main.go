// Command manual writes the manual page, from the same declaration as --help:
//
//	go run ./tui/cli/manual > gpupick.1
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra/doc"

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
	cmd.Long += cli.FilterManual() + more
	cmd.DisableAutoGenTag = true
	return doc.GenMan(cmd, &doc.GenManHeader{Title: "GPUPICK", Section: "1", Source: "gpupick", Manual: "User commands",
		Date: &date}, w)
}

// more is the part of the manual that --help does not have.
const more = `

# EXIT STATUS

**0** an id was picked, rows were printed, or you looked and quit;

**1** something failed, and one sentence on the standard error says what;

**2** wrong usage or configuration;

**3** nothing matched (with -o), or not in time (with --wait);

**4** not authenticated;

**130** quit without a pick while captured, or ctrl+c;

**128+n** ended by signal n.

# ENVIRONMENT

**RUNCRATE_API_KEY**, or **RUNCRATE_ACCESS_TOKEN** with **RUNCRATE_PROJECT_ID** and **RUNCRATE_ENVIRONMENT**, say
who asks; else ~/.runcrate/config.yaml does, which is only read.

**RUNCRATE_API_URL** is where to ask.

**NO_COLOR** means the theme plain, unless a theme is named.

# FILES

~/.config/gpupick/config.yaml has the settings, and ~/.local/state/gpupick the last
good answers; XDG_CONFIG_HOME and XDG_STATE_HOME move them.
`
