package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gpupick/api/wholefile"
	"gpupick/api/yamlfile"
)

// SaveColumns writes the columns into the file at path, which messages call shown. It keeps every other
// line and every comment, and follows a symbolic link. A file with invalid settings is not changed.
func SaveColumns(path, shown string, columns []string, c Choices) error {
	if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSymlink != 0 {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return &Error{Path: shown, Reason: "is a link to a file that does not exist"}
		}
	}
	body, err := yamlfile.Read(path)
	mode := os.FileMode(0o600)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("%s: %s", shown, yamlfile.Cause(err))
		}
	case err != nil:
		return &Error{Path: shown, Reason: err.Error()}
	default:
		if info, err := os.Stat(path); err == nil {
			mode = info.Mode().Perm()
		}
		if mode&0o200 == 0 { // replacing the file would bypass its mode
			return &Error{Path: shown, Reason: "is read-only"}
		}
	}
	text, err := withColumns(body, shown, columns, c)
	if err != nil {
		return err
	}
	err = wholefile.Rewrite(path, mode, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return fmt.Errorf("cannot write %s: %s", shown, yamlfile.Cause(err))
	}
	return nil
}

// withColumns returns body with other columns. It rewrites only the lines of that setting, because the
// YAML library would drop the blank lines and indents of the others.
func withColumns(body []byte, shown string, columns []string, c Choices) ([]byte, error) {
	before, err := Parse(body, shown, c)
	if err != nil {
		return nil, err
	}
	entries, err := yamlfile.Parse(body)
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(string(body), "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	} else {
		lines[last] += "\n"
	}
	at := slices.IndexFunc(entries, func(e yamlfile.Entry) bool { return e.Key.Value == "columns" })
	first, end := len(lines), len(lines) // range of the lines to rewrite
	name := &yaml.Node{Kind: yaml.ScalarNode, Value: "columns"}
	value := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	if at >= 0 {
		first, end = entries[at].Key.Line-1, lastLine(entries[at].Value)
		value, name.LineComment = entries[at].Value, entries[at].Key.LineComment
	}
	unsafe := &Error{Path: shown, Reason: "it cannot be changed safely; write columns: [" +
		strings.Join(columns, ", ") + "] in it yourself"}
	if first > end || end > len(lines) { // the library also ends lines at other characters
		return nil, unsafe
	}
	made, err := entry(name, reordered(value, columns))
	if err != nil {
		return nil, err
	}
	text := []byte(strings.Join(lines[:first], "") + made + strings.Join(lines[end:], ""))
	// However the file is written, the result must read back as intended.
	want := before
	want.Columns = columns
	if after, err := Parse(text, shown, c); err != nil || !equal(after, want) || comments(text) < comments(body) {
		return nil, unsafe
	}
	return text, nil
}

// lastLine returns the number of the last line of a value.
func lastLine(v *yaml.Node) int {
	last := v.Line
	for _, item := range v.Content {
		last = max(last, lastLine(item))
	}
	return last
}

// reordered returns the list with the items in columns, each with its comments. The comments of a
// removed item move to the next item that stays.
func reordered(v *yaml.Node, columns []string) *yaml.Node {
	out := *v
	out.Content = nil
	out.FootComment = "" // the lines below the list are not rewritten
	if n := len(v.Content); n > 0 {
		last := *v.Content[n-1]
		last.FootComment = ""
		v.Content = append(slices.Clone(v.Content[:n-1]), &last)
	}
	for _, name := range columns {
		item := &yaml.Node{Kind: yaml.ScalarNode, Value: name}
		for _, old := range v.Content {
			if old.Value == name {
				had := *old
				item = &had
			}
		}
		out.Content = append(out.Content, item)
	}
	for i, old := range v.Content {
		said := join(old.HeadComment, old.LineComment, old.FootComment)
		if said == "" || slices.Contains(columns, old.Value) {
			continue
		}
		next := out.Content[len(out.Content)-1]
		for _, later := range v.Content[i+1:] {
			if n := slices.Index(columns, later.Value); n >= 0 {
				next = out.Content[n]
				break
			}
		}
		next.HeadComment = join(said, next.HeadComment)
	}
	for _, item := range out.Content {
		if item.HeadComment != "" || item.LineComment != "" || item.FootComment != "" {
			out.Style &^= yaml.FlowStyle // a list on one line has room for only one comment
		}
	}
	return &out
}

func join(comments ...string) string {
	return strings.Join(slices.DeleteFunc(comments, func(s string) bool { return s == "" }), "\n")
}

// entry encodes the setting as YAML.
func entry(name, v *yaml.Node) (string, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	err := enc.Encode(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{name, v}})
	return b.String(), errors.Join(err, enc.Close())
}

// comments counts the signs that can begin a comment.
func comments(body []byte) int { return bytes.Count(body, []byte("#")) }

func equal(a, b Settings) bool {
	same := slices.Equal(a.Columns, b.Columns) // nil and empty are the same
	a.Columns, b.Columns = nil, nil
	return same && reflect.DeepEqual(a, b)
}
