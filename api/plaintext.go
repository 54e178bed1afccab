package api

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// plainText returns the text of a file as UTF-8 without a byte order mark. It reads UTF-16 with a byte order mark,
// which PowerShell's > writes. It fails with an *AnswerError if the first bytes show another kind of file.
func plainText(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	// UTF-32 comes first: its mark begins with that of UTF-16.
	for _, other := range []struct{ mark, name string }{
		{"\xff\xfe\x00\x00", "UTF-32"}, {"\x00\x00\xfe\xff", "UTF-32"}, {"{\x00\x00\x00", "UTF-32"},
		{"[\x00\x00\x00", "UTF-32"},
		{"\x00\x00\x00{", "UTF-32"}, {"\x00\x00\x00[", "UTF-32"},
		{"{\x00", "UTF-16 without a byte order mark"}, {"[\x00", "UTF-16 without a byte order mark"},
		{"\x00{", "UTF-16 without a byte order mark"}, {"\x00[", "UTF-16 without a byte order mark"},
		{"\x1f\x8b", "gzip"}, {"PK\x03\x04", "a zip archive"}, {"\x28\xb5\x2f\xfd", "zstd"},
	} {
		if bytes.HasPrefix(head, []byte(other.mark)) {
			return nil, &AnswerError{Reason: "this is " + other.name + "; save it as JSON in UTF-8"}
		}
	}
	if !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")) {
		if bytes.HasPrefix(head, []byte("\ufeff")) {
			_, _ = b.Discard(len("\ufeff"))
		}
		return b, notOurTable(b)
	}
	text := bufio.NewReader(transform.NewReader(b, unicode.BOMOverride(unicode.UTF8.NewDecoder())))
	return text, notOurTable(text)
}

// notOurTable fails if the file is empty, or one of our own outputs that is not JSON.
func notOurTable(text *bufio.Reader) error {
	for {
		c, err := text.ReadByte()
		switch {
		case err == io.EOF:
			return &AnswerError{Reason: "the file is empty"}
		case err != nil:
			return err
		case bytes.IndexByte([]byte(" \t\r\n"), c) >= 0:
			continue
		}
		if err := text.UnreadByte(); err != nil {
			return err
		}
		head, _ := text.Peek(32)
		switch {
		case bytes.HasPrefix(head, []byte("id,gpu_type,")), bytes.HasPrefix(head, []byte("id\tgpu_type\t")):
			return &AnswerError{Reason: "this is the output of -o csv or -o tsv; save the offers with -o json"}
		}
		return nil
	}
}
