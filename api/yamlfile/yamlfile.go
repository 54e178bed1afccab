// Package yamlfile reads small YAML files that people write by hand, such as
// may hold a key: whatever is wrong with one is told with its place, and never
// with its text.
package yamlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"syscall"

	"go.yaml.in/yaml/v3"
)

// Most is how large a file may be, in bytes.
const Most = 1 << 20

// An Error is what is wrong with a file, and where.
type Error struct {
	Line   int    // 0: the file as a whole
	Reason string // without any text of the file
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
	}
	return e.Reason
}

// Read reads the file at path. It fails with fs.ErrNotExist if there is none,
// and with an *Error if it cannot be read, is no file or is too large.
func Read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR): // nor is its folder there
		return nil, fs.ErrNotExist
	case err != nil:
		return nil, &Error{Reason: "cannot be read: " + Cause(err)}
	case info.IsDir():
		return nil, &Error{Reason: "is a directory"}
	case !info.Mode().IsRegular():
		return nil, &Error{Reason: "is not a file"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{Reason: "cannot be read: " + Cause(err)}
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(io.LimitReader(f, Most+1))
	if err != nil {
		return nil, &Error{Reason: "cannot be read: " + Cause(err)}
	}
	return body, nil
}

// Cause is the cause of a file error without the path.
func Cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// Entry is a name and what stands behind it.
type Entry struct{ Key, Value *yaml.Node }

// ParseOne is Parse for a file that may hold no second document.
func ParseOne(body []byte) ([]Entry, error) {
	entries, err := Parse(body)
	if err != nil {
		return nil, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(body))
	var first, more yaml.Node
	if dec.Decode(&first) != nil {
		return entries, nil // it is empty
	}
	switch err := dec.Decode(&more); {
	case errors.Is(err, io.EOF):
		return entries, nil
	case err != nil:
		return nil, malformed(err)
	}
	return nil, &Error{Line: more.Line, Reason: "a second document begins here"}
}

// Parse reads the entries of a file that is a list of names and values; none of
// an empty file. Nothing is expanded: an alias stays an alias.
func Parse(body []byte) ([]Entry, error) {
	if len(body) > Most {
		return nil, &Error{Reason: "is too large"}
	}
	dec := yaml.NewDecoder(bytes.NewReader(body))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, malformed(err)
	}
	if len(doc.Content) != 1 {
		return nil, nil
	}
	top := doc.Content[0]
	if top.Kind == yaml.ScalarNode && top.Tag == "!!null" {
		return nil, nil
	}
	if top.Kind != yaml.MappingNode {
		return nil, &Error{Line: top.Line, Reason: "not a list of names and values"}
	}
	var entries []Entry
	for i := 0; i+1 < len(top.Content); i += 2 {
		entries = append(entries, Entry{top.Content[i], top.Content[i+1]})
	}
	return entries, nil
}

var lineIn = regexp.MustCompile(`line ([0-9]+)`)

// malformed says where a file is no YAML. The library's error may quote the
// line, and the line may hold a key, so of its text only the number is used.
func malformed(err error) error {
	e := &Error{Reason: "not valid YAML"}
	if m := lineIn.FindStringSubmatch(err.Error()); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
	}
	return e
}
