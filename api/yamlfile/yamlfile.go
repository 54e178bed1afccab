// Package yamlfile reads small YAML files that people write by hand and that may
// hold a key: its errors give the line, never the text of the file.
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

// Most is the maximum size of a file, in bytes.
const Most = 1 << 20

// An Error says what is wrong with a file, and in which line.
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

// Read reads the file at path. It fails with fs.ErrNotExist if there is no file,
// and with an *Error if it cannot be read or is not a regular file. Of a file that
// is too large it returns Most+1 bytes, which Parse rejects.
func Read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), // its folder does not exist either
		errors.Is(err, fs.ErrPermission): // or it is somebody else's, as HOME is in some containers
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

// Cause returns the cause of a file error without the path.
func Cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// Entry is a name and its value.
type Entry struct{ Key, Value *yaml.Node }

// ParseOne is Parse, but fails if the file holds a second document.
func ParseOne(body []byte) ([]Entry, error) {
	entries, err := Parse(body)
	if err != nil {
		return nil, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(body))
	var first, more yaml.Node
	if dec.Decode(&first) != nil {
		return entries, nil // the file is empty
	}
	switch err := dec.Decode(&more); {
	case errors.Is(err, io.EOF):
		return entries, nil
	case err != nil:
		return nil, malformed(err)
	}
	return nil, &Error{Line: more.Line, Reason: "a second document begins here"}
}

// Parse returns the entries of a file that is a list of names and values; an empty
// file has none. Aliases are not expanded.
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

// malformed returns the error for a file that is not valid YAML. The library's error may
// quote a line that holds a key, so only its line number is used.
func malformed(err error) error {
	e := &Error{Reason: "not valid YAML"}
	if m := lineIn.FindStringSubmatch(err.Error()); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
	}
	return e
}
