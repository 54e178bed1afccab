package cli

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gpupick/tui/query"
)

// flagError returns an error of the flag library as a usage error in our words. A filter term that begins with a
// dash looks like a flag; its error says how to write it.
func flagError(cmd *cobra.Command, err error) error {
	var (
		invalid *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
		unknown *pflag.NotExistError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &invalid):
		return usage("%s %q: %s", shown(invalid.GetFlag()), invalid.GetValue(), takes(invalid.GetFlag()))
	case errors.As(err, &missing):
		return usage("%s has no value: %s", shown(missing.GetFlag()), takes(missing.GetFlag()))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		term := unknown.GetSpecifiedShortnames()
		return usage("unknown flag -%s; as a filter term write '!%s', or put -- before it", term, term)
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if near := query.Nearest(name, flagNames(cmd)); near != "" {
			return usage("unknown flag --%s; did you mean --%s?", name, near)
		}
		return usage("unknown flag --%s; gpupick --help lists all of them", name)
	case errors.As(err, &syntax):
		return usage("%q is no flag; gpupick --help lists all of them", syntax.GetSpecifiedFlag())
	}
	return usage("%w", err)
}

// shown returns the shorter spelling of a flag.
func shown(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "-" + f.Shorthand
	}
	return "--" + f.Name
}

// takes says what to write for a flag.
func takes(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "write a whole number"
	case "bool":
		return "write " + shown(f) + " alone"
	case "duration":
		return "write a time such as 90s, 30m or 2h"
	case "TIME":
		return "write a time such as 30s or 5m, or off"
	}
	name, _ := pflag.UnquoteUsage(f)
	return "write " + shown(f) + " " + name
}

func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// longDash returns the usage error for a flag whose hyphens a text editor has made into a dash.
func longDash(cmd *cobra.Command, args []string) error {
	for _, arg := range args {
		dash, size := utf8.DecodeRuneInString(arg)
		if !strings.ContainsRune("‐‑‒–—―−", dash) {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimLeft(arg[size:], "-‐‑‒–—―−"), "=")
		if f := cmd.Flags(); name != "" && (f.Lookup(name) != nil || len(name) == 1 && f.ShorthandLookup(name) != nil) {
			hyphens := strings.Repeat("-", min(len(name), 2))
			return usage("%s begins with a long dash (%c); write %s%s", arg, dash, hyphens, name)
		}
	}
	return nil
}
