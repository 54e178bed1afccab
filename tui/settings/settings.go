// Package settings reads the user's own configuration file, and writes one
// thing into it: the columns.
//
// The file is held to what it may say: a name that does not exist, or a value
// that makes no sense, is an error that names the line, the setting and what was
// probably meant. The text of the line is never repeated; a key may have been
// pasted there.
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

// Settings are what a file says. What it does not say is zero.
type Settings struct {
	Theme     string
	Columns   []string // in their order; the id, which is always the last one, aside
	Sort      string   // as --sort has it
	Refresh   time.Duration
	Clipboard string
	Mouse     bool
	Keys      *keymap.Keys // all of them; nil: none was changed
}

// Choices are the values that some settings can have.
type Choices struct{ Themes, Clipboards, Columns []string }

// LeastRefresh is how often the list may be loaded by itself at most.
const LeastRefresh = 10 * time.Second

// An Error is what is wrong with a file.
type Error struct {
	Path   string
	Line   int    // 0: the file as a whole
	Name   string // the setting, if it is one
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

// Load reads the file at path, which is called shown in messages. Without a
// file, and from an empty one, the settings are zero. It fails with an *Error.
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

// Parse reads what a file says.
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
		i := slices.IndexFunc(all, func(o setting) bool { return o.name == name })
		switch {
		case e.Key.Kind != yaml.ScalarNode || i < 0:
			return Settings{}, &Error{Path: shown, Line: e.Key.Line, Reason: unknown(e.Key)}
		case seen[name]:
			return Settings{}, &Error{Path: shown, Line: e.Key.Line, Name: name, Reason: "it is there twice"}
		}
		seen[name] = true
		if at, why := all[i].read(&s, e.Value, c); why != "" {
			return Settings{}, &Error{Path: shown, Line: at.Line, Name: name, Reason: why}
		}
	}
	return s, nil
}

// setting is one of the names in a file. read takes its value, or says which
// node makes no sense, and why.
type setting struct {
	name  string
	about string
	read  func(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string)
}

// all has one line per setting.
var all = []setting{
	{"theme", "auto, dark, light or plain", func(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string) {
		return v, oneOf(&s.Theme, v, c.Themes)
	}},
	{"columns", "a list, in their order", readColumns},
	{"sort", "as --sort", readSort},
	{"refresh", "30s, 5m …: load again by itself", readRefresh},
	{"clipboard", "auto, native, osc52 or off", func(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string) {
		return v, oneOf(&s.Clipboard, v, c.Clipboards)
	}},
	{"mouse", "true or false", func(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
		if v.Kind != yaml.ScalarNode || v.Tag != "!!bool" || v.Decode(&s.Mouse) != nil {
			return v, "it is true or false"
		}
		return v, ""
	}},
	{"keys", "by place and action", readKeys},
}

// Names lists all settings.
func Names() []string {
	var names []string
	for _, s := range all {
		names = append(names, s.name)
	}
	return names
}

// unknown is what to say of a name that is no setting. The name itself is
// repeated only if it is a slip of the finger: it may be anything.
func unknown(key *yaml.Node) string {
	if near := query.Nearest(key.Value, Names()); near != "" {
		return "no such setting; did you mean " + near + "?"
	}
	return "no such setting; there are " + strings.Join(Names(), ", ")
}

// oneOf reads one of several words.
func oneOf(to *string, v *yaml.Node, words []string) string {
	if v.Kind != yaml.ScalarNode || !slices.Contains(words, v.Value) {
		return meant(v, words, "it is one of "+strings.Join(words, ", "))
	}
	*to = v.Value
	return ""
}

// meant is what to say of a value that is none of words.
func meant(v *yaml.Node, words []string, otherwise string) string {
	if near := query.Nearest(v.Value, words); v.Kind == yaml.ScalarNode && near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

func readColumns(s *Settings, v *yaml.Node, c Choices) (*yaml.Node, string) {
	if v.Kind != yaml.SequenceNode {
		return v, "it is a list: [" + strings.Join(c.Columns[:3], ", ") + ", …]"
	}
	names := []string{}
	for i, item := range v.Content {
		switch {
		case item.Kind == yaml.ScalarNode && item.Value == idColumn && i == len(v.Content)-1:
			continue
		case item.Kind == yaml.ScalarNode && item.Value == idColumn:
			return item, "the id is always the last column"
		case item.Kind != yaml.ScalarNode || !slices.Contains(c.Columns, item.Value):
			return item, meant(item, c.Columns, "no such column; there are "+strings.Join(c.Columns, ", "))
		case slices.Contains(names, item.Value):
			return item, item.Value + " is there twice"
		}
		names = append(names, item.Value)
	}
	if len(names) == 0 {
		return v, "it names no column beside the id"
	}
	s.Columns = names
	return v, ""
}

const idColumn = "id"

func readSort(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
	const otherwise = "it is an order such as price or -mem,pergpu"
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
		return v, "it is a time such as 30s or 5m, or off"
	case d < LeastRefresh:
		return v, "the least is " + LeastRefresh.String()
	}
	s.Refresh = d
	return v, ""
}
