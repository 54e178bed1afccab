package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// Page is one answer of the service.
type Page struct {
	Rows      Rows
	Dropped   int             // rows that had no usable id
	Cursor    string          // where the next page begins; empty if the service names none
	HasMore   bool            // the service says that there is a next page
	Total     Optional[int64] // rows in all pages, if the service says so
	RequestID string
	Warning   string // a remark about the whole answer that stays on screen, or empty
	Failed    string // an error that the service reports beside the rows: more rows exist; else empty
}

// An AnswerError is an answer that is not what the service promises.
type AnswerError struct{ Reason string }

func (e *AnswerError) Error() string { return "unexpected answer: " + e.Reason }

// Decode reads an answer of the service: {"data": […], "meta": …}.
func Decode(body []byte) (Page, error) {
	return decode(bytes.NewReader(body), redactor{}, 0)
}

// decode is Decode for an answer that is still arriving and may repeat our key, which
// redact masks. expect is the approximate number of rows, 0 if unknown. It fails with an
// *AnswerError, or with r's own error.
func decode(r io.Reader, redact redactor, expect int) (Page, error) {
	d := newDecoding(r)
	defer d.done()
	d.expect, d.redact = expect, redact
	if d.html {
		return Page{},
			d.failure(&AnswerError{Reason: "got a web page, not the API: captive portal, proxy or wrong address?"})
	}
	page, err := d.envelope()
	return page, d.failure(err)
}

// DecodeFile reads a file that a user may have saved: an answer of the service, our
// own JSON output, or the bare array that the official command line prints. A file that is
// no JSON is refused at its first byte, one of more than fileBudget bytes at its last.
func DecodeFile(r io.Reader) (Page, error) {
	text, err := plainText(&limited{r: r, left: fileBudget})
	if err != nil {
		return Page{}, err
	}
	d := newDecoding(text)
	defer d.done()
	if f, is := r.(fs.File); is {
		if info, err := f.Stat(); err == nil {
			d.expect = rowsIn(info.Size())
		}
	}
	if d.tokens.PeekKind() != '[' {
		if d.html {
			return Page{}, &AnswerError{Reason: "this is a web page, not a saved answer"}
		}
		page, err := d.envelope()
		return page, d.failure(err)
	}
	page, err := d.rows()
	if err == nil {
		err = d.end()
	}
	return page, d.failure(err)
}

// rowsIn returns about how many rows an answer of so many bytes has.
func rowsIn(bytes int64) int { return int(min(max(bytes, 0)/rowBytes, MaxRows)) }

// decoding reads an answer token by token while it arrives: neither the whole answer
// nor a tree of it is ever in memory. If a name occurs twice, the last value counts;
// invalid Unicode is replaced, and the rest of the text is kept.
type decoding struct {
	tokens   *jsontext.Decoder
	buffered *bufio.Reader
	source   *stickyReader
	html     bool              // the answer is a web page
	texts    map[string]string // short texts that many rows share, cleaned, by their raw JSON
	expect   int               // approximate number of rows; 0: unknown
	redact   redactor
}

// stickyReader remembers its reader's error, so that a broken connection is not reported
// as invalid JSON.
type stickyReader struct {
	r   io.Reader
	err error
}

func (f *stickyReader) Read(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err // the first error is final: r is not read again
	}
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

const (
	readAhead  = 64 << 10 // bytes
	sharedMost = 4096     // number of texts kept for sharing
	sharedLong = 256      // longest raw text kept, in bytes
	rowBytes   = 190      // bytes of a row in an answer, about
	expectID   = 32       // bytes of an id, about
)

// readers holds buffers for reuse by later pages.
var readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, readAhead) }}

// done returns the buffer to readers.
func (d *decoding) done() {
	d.buffered.Reset(nil)
	readers.Put(d.buffered)
}

func newDecoding(r io.Reader) *decoding {
	d := &decoding{source: &stickyReader{r: r}, texts: map[string]string{}}
	d.buffered = readers.Get().(*bufio.Reader)
	d.buffered.Reset(d.source)
	d.html = firstByte(d.buffered) == '<'
	d.tokens = jsontext.NewDecoder(d.buffered, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return d
}

// firstByte returns the first byte that is neither white space nor a byte order mark, 0 if there is none.
// It waits for no byte behind that one, because the rest may arrive slowly.
func firstByte(r *bufio.Reader) byte {
	for n := 1; ; n++ {
		head, err := r.Peek(n)
		if err != nil {
			return 0
		}
		rest := bytes.TrimLeft(head, " \t\r\n\ufeff")
		if !strings.HasPrefix("\ufeff", string(rest)) { // nothing, or a mark whose rest is on its way
			return rest[0]
		}
	}
}

// failure converts err into an error that gives the position, never the text: an
// answer may contain anything.
func (d *decoding) failure(err error) error {
	if err == nil {
		return nil
	}
	var syntax *jsontext.SyntacticError
	switch {
	case d.source.err != nil:
		return d.source.err
	case errors.As(err, &syntax):
		at := syntax.ByteOffset
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			at++ // the byte that is wrong, counted from 1
		}
		return &AnswerError{Reason: fmt.Sprintf("not valid JSON at byte %d", at)}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &AnswerError{Reason: fmt.Sprintf("not valid JSON at byte %d", d.tokens.InputOffset())}
	}
	return err
}

// end fails if anything but white space follows.
func (d *decoding) end() error {
	if kind := d.tokens.PeekKind(); kind != 0 {
		rest := d.tokens.UnreadBuffer()
		at := d.tokens.InputOffset() + int64(len(rest)-len(bytes.TrimLeft(rest, " \t\r\n")))
		return &AnswerError{Reason: fmt.Sprintf("not valid JSON at byte %d", at+1)}
	}
	_, err := d.tokens.ReadToken()
	if err == io.EOF {
		return nil
	}
	return err
}

// envelope reads the whole answer. It reports invalid JSON before a wrong shape.
func (d *decoding) envelope() (page Page, err error) {
	kind := d.tokens.PeekKind()
	if kind != '{' {
		if err := d.tokens.SkipValue(); err != nil {
			return Page{}, err
		}
		if err := d.end(); err != nil {
			return Page{}, err
		}
		if kind == 'n' {
			return Page{}, &AnswerError{Reason: "the answer has no data"}
		}
		return Page{}, &AnswerError{Reason: "expected an object with data"}
	}
	said := map[string]json.RawMessage{} // members that may hold the service's error message
	var shape error
	found := false
	err = d.members(func(name string) error {
		switch name {
		case "data":
			found = true
			rows, err := d.rows()
			var answer *AnswerError
			if shape = nil; errors.As(err, &answer) {
				shape = err
				err = nil
			}
			page.Rows, page.Dropped, page.Warning = rows.Rows, rows.Dropped, rows.Warning
			return err
		case "meta":
			page.Cursor, page.HasMore, page.Total, page.RequestID = "", false, Optional[int64]{}, ""
			return d.meta(&page)
		case "error", "errors", "message", "detail", "success", "ok":
			raw, err := d.tokens.ReadValue()
			said[name] = bytes.Clone(raw)
			return err
		}
		return d.tokens.SkipValue()
	})
	if err == nil {
		err = d.end()
	}
	failed := saysFailure(said)
	switch {
	case err != nil:
		return Page{}, err
	case found && !failed:
		return page, shape
	}
	page.Failed = "Runcrate returned an error"
	if message := findMessage(said, d.redact); message != "" {
		page.Failed += ": " + message
	} else if !failed {
		return Page{}, &AnswerError{Reason: "the answer has no data"}
	}
	if page.Rows.Len() == 0 {
		return Page{}, &AnswerError{Reason: page.Failed}
	}
	return page, nil
}
