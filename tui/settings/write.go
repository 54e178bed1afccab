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

// SaveColumns writes the columns into the file at path, and leaves every other
// line of it, and every comment, as it is. Where the file is a link, what it
// leads to is written. shown is what the file is called in messages. A file that
// cannot be read as settings is not touched.
func SaveColumns(path, shown string, columns []string, c Choices) error {
	if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSymlink != 0 {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return &Error{Path: shown, Reason: "is a link that leads nowhere"}
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
		if mode&0o200 == 0 { // a new file in its place would go round that
			return &Error{Path: shown, Reason: "is read-only"}
		}
	}
	text, err := withColumns(body, shown, columns, c)
	if err != nil {
		return err
	}
	err = wholefile.Write(path, mode, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s cannot be written: %s", shown, yamlfile.Cause(err))
	}
	return nil
}

// withColumns is a file with other columns. Only the lines of that setting are
// made anew; the library would take blank lines and indents of the others away.
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
	first, end := len(lines), len(lines) // of the lines that are made anew
	name := &yaml.Node{Kind: yaml.ScalarNode, Value: "columns"}
	value := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	if at >= 0 {
		first, end = entries[at].Key.Line-1, lastLine(entries[at].Value)
		value, name.LineComment = entries[at].Value, entries[at].Key.LineComment
	}
	unsafe := &Error{Path: shown, Reason: "it is written in a way that is not safe to change; write columns: [" +
		strings.Join(columns, ", ") + "] there yourself"}
	if first > end || end > len(lines) { // the library ends lines at other signs too
		return nil, unsafe
	}
	made, err := entry(name, reordered(value, columns))
	if err != nil {
		return nil, err
	}
	text := []byte(strings.Join(lines[:first], "") + made + strings.Join(lines[end:], ""))
	// Whatever way the file is written: what comes out says what it is to say.
	want := before
	want.Columns = columns
	if after, err := Parse(text, shown, c); err != nil || !equal(after, want) || comments(text) < comments(body) {
		return nil, unsafe
	}
	return text, nil
}

// lastLine is the last line that a value takes.
func lastLine(v *yaml.Node) int {
	last := v.Line
	for _, item := range v.Content {
		last = max(last, lastLine(item))
	}
	return last
}

// reordered is a list with the items that columns names, each with the comments
// that it had; comments of an item that goes stay with the one behind it.
func reordered(v *yaml.Node, columns []string) *yaml.Node {
	out := *v
	out.Content = nil
	out.FootComment = "" // what stands below the list is not made anew
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
			out.Style &^= yaml.FlowStyle // a line has room for one comment only
		}
	}
	return &out
}

func join(comments ...string) string {
	return strings.Join(slices.DeleteFunc(comments, func(s string) bool { return s == "" }), "\n")
}

// entry is the setting as it stands in a file.
func entry(name, v *yaml.Node) (string, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	err := enc.Encode(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{name, v}})
	return b.String(), errors.Join(err, enc.Close())
}

// comments counts the signs that begin one.
func comments(body []byte) int { return bytes.Count(body, []byte("#")) }

func equal(a, b Settings) bool {
	same := slices.Equal(a.Columns, b.Columns) // nil and empty are the same
	a.Columns, b.Columns = nil, nil
	return same && reflect.DeepEqual(a, b)
}
