// Package settings reads the user's configuration file, and writes one setting into it: the columns.
//
// Reading is strict: an unknown name or an invalid value is an error that names the line, the setting
// and what was probably meant. The error never repeats the text of the line, because an API key may
// have been pasted there.
package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"gpupick/api/yamlfile"
	"gpupick/keymap"
	"gpupick/tui/query"
)

// Settings are the values in a file. A setting that is not in the file is zero.
type Settings struct {
	Theme     string
	Columns   []string // in order, without the id, which is always the last column
	Sort      string   // in the syntax of --sort
	Refresh   time.Duration
	Clipboard string
	Mouse     bool
	NoHistory bool         // filters are not kept for later runs
	Keys      *keymap.Keys // all keys; nil if the file changes none
}

// Choices are the values that some settings can have.
type Choices struct{ Themes, Clipboards, Columns []string }

// LeastRefresh is the shortest interval for auto-refresh.
const LeastRefresh = 10 * time.Second

// An Error is what is wrong with a file.
type Error struct {
	Path   string
	Line   int    // 0: the file as a whole
	Name   string // the setting, if the error is about one
	Reason string
}

func (e *Error) Error() string {
	where := e.Path
	if e.Line > 0 {
		where += fmt.Sprintf(", line %d", e.Line)
	}
	if e.Name != "" {
		where += ", " + e.Name
	}
	return where + ": " + e.Reason
}

// Load reads the file at path, which messages call shown. If the file is missing or empty, the settings
// are zero. Load fails with an *Error.
func Load(path, shown string, c Choices) (Settings, error) {
	body, err := yamlfile.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, &Error{Path: shown, Reason: err.Error()}
	}
	return Parse(body, shown, c)
}

// Parse reads settings from the content of a file, which messages call shown.
func Parse(body []byte, shown string, c Choices) (Settings, error) {
	var s Settings
	entries, err := yamlfile.ParseOne(body)
	var wrong *yamlfile.Error
	if errors.As(err, &wrong) {
		return Settings{}, &Error{Path: shown, Line: wrong.Line, Reason: wrong.Reason}
	}
	seen := map[string]bool{}
	for _, e := range entries {
		name := e.Key.Value
		i := slices.IndexFunc(allSettings, func(o setting) bool { return o.name == name })
		switch {
		case e.Key.Kind != yaml.ScalarNode || i < 0:
			return Settings{}, &Error{Path: shown, Line: e.Key.Line, Reason: unknownSetting(e.Key)}
		case seen[name]:
			return Settings{}, &Error{Path: shown, Line: e.Key.Line, Name: name, Reason: "it is set twice"}
		}
		seen[name] = true
		if at, why := allSettings[i].read(&s, e.Value, c); why != "" {
			return Settings{}, &Error{Path: shown, Line: at.Line, Name: name, Reason: why}
		}
	}
	return s, nil
}

// setting is one setting of the file. read stores its value, or returns the invalid node and the reason.
type setting struct {
	name  string
	about string
	read  func(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string)
}

// allSettings has one line per setting.
var allSettings = []setting{
	{"theme", "auto, dark, light or plain", func(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string) {
		return v, oneOf(&s.Theme, v, c.Themes)
	}},
	{"columns", "a list, in their order", readColumns},
	{"sort", "as --sort", readSort},
	{"refresh", "30s, 5m …: auto-refresh", readRefresh},
	{"clipboard", "auto, native, osc52 or off", func(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string) {
		return v, oneOf(&s.Clipboard, v, c.Clipboards)
	}},
	{"mouse", "true or false", func(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
		if v.Kind != yaml.ScalarNode || v.Tag != "!!bool" || v.Decode(&s.Mouse) != nil {
			return v, "use true or false"
		}
		return v, ""
	}},
	{"history", "false: filters are not kept for later runs",
		func(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
			var keep bool
			if v.Kind != yaml.ScalarNode || v.Tag != "!!bool" || v.Decode(&keep) != nil {
				return v, "use true or false"
			}
			s.NoHistory = !keep
			return v, ""
		}},
	{"keys", "by place and action", readKeys},
}

// Names lists all settings.
func Names() []string {
	var names []string
	for _, s := range allSettings {
		names = append(names, s.name)
	}
	return names
}

// unknownSetting returns the error for a name that is not a setting. It suggests a setting if the name looks
// misspelled, and never repeats the name, which may be anything.
func unknownSetting(key *yaml.Node) string {
	if near := query.Nearest(key.Value, Names()); near != "" {
		return "no such setting; did you mean " + near + "?"
	}
	return "no such setting; the settings are " + strings.Join(Names(), ", ")
}

// oneOf reads one of several words.
func oneOf(to *string, v *yaml.Node, words []string) string {
	if v.Kind != yaml.ScalarNode || !slices.Contains(words, v.Value) {
		return suggestOr(v, words, "use one of "+strings.Join(words, ", "))
	}
	*to = v.Value
	return ""
}

// suggestOr returns the error for a value that is not in words: it suggests the nearest word, or returns otherwise.
func suggestOr(v *yaml.Node, words []string, otherwise string) string {
	if near := query.Nearest(v.Value, words); v.Kind == yaml.ScalarNode && near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

func readColumns(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string) {
	if v.Kind != yaml.SequenceNode {
		return v, "write a list: [" + strings.Join(c.Columns[:3], ", ") + ", …]"
	}
	names := []string{}
	for i, item := range v.Content {
		switch {
		case item.Kind == yaml.ScalarNode && item.Value == idColumn && i == len(v.Content)-1:
			continue
		case item.Kind == yaml.ScalarNode && item.Value == idColumn:
			return item, "the id is always the last column"
		case item.Kind != yaml.ScalarNode || !slices.Contains(c.Columns, item.Value):
			return item, suggestOr(item, c.Columns, "no such column; the columns are "+strings.Join(c.Columns, ", "))
		case slices.Contains(names, item.Value):
			return item, item.Value + " is set twice"
		}
		names = append(names, item.Value)
	}
	if len(names) == 0 {
		return v, "it names no column besides the id"
	}
	s.Columns = names
	return v, ""
}

const idColumn = "id"

func readSort(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
	const otherwise = "write an order such as price or -mem,pergpu"
	if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
		return v, otherwise
	}
	if _, err := query.ParseSort(v.Value); err != nil {
		for part := range strings.SplitSeq(v.Value, ",") {
			if near := query.NearestField(strings.TrimLeft(strings.TrimSpace(part), "-+")); near != "" {
				if _, there := query.FieldNamed(strings.TrimLeft(strings.TrimSpace(part), "-+")); !there {
					return v, "did you mean " + near + "?"
				}
			}
		}
		return v, otherwise
	}
	s.Sort = v.Value
	return v, ""
}

func readRefresh(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
	if v.Kind == yaml.ScalarNode && (v.Value == "off" || v.Value == "0") {
		return v, ""
	}
	d, err := time.ParseDuration(v.Value)
	switch {
	case v.Kind != yaml.ScalarNode || err != nil:
		return v, "write a time such as 30s or 5m, or off"
	case d < LeastRefresh:
		return v, "the minimum is " + LeastRefresh.String()
	}
	s.Refresh = d
	return v, ""
}
