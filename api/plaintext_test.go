package api

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func encoded(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	text, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestFilesInOtherEncodings(t *testing.T) {
	const body = ` {"data":[{"id":"a","region":"Zürich"}]}`
	for name, text := range map[string]string{"UTF-8": body, "UTF-8 with a mark": "\ufeff" + body,
		"UTF-16 LE": encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), body),
		"UTF-16 BE": encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), body)} {
		page, err := DecodeFile(strings.NewReader(text))
		if err != nil || page.Rows.Len() != 1 || page.Rows.At(0).Region != "Zürich" {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}

func TestFilesThatAreNoAnswer(t *testing.T) {
	const body = `[{"id":"a"}]`
	for text, want := range map[string]string{
		encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), body): "UTF-16 without",
		encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), body):    "UTF-16 without",
		encoded(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), body):          "UTF-32",
		encoded(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), body):          "UTF-32",
		"id,gpu_type,gpu_count\na,H100,8\n":                                      "-o csv",
		"id\tgpu_type\tgpu_count\na\tH100\t8\n":                                  "-o csv",
		"\x1f\x8b\x08":                                                           "gzip",
		"":                                                                       "empty",
		" \n":                                                                    "empty",
		"<html>":                                                                 "web page",
		"hello":                                                                  "not valid JSON",
		"\x00":                                                                   "not valid JSON",
	} {
		if _, err := DecodeFile(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// forever is a file that never ends, as /dev/zero.
type forever string

func (e forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e[i%len(e)]
	}
	return len(p), nil
}

// A file that never ends is refused where it stops being JSON, or at the limit.
func TestFilesWithoutAnEnd(t *testing.T) {
	for _, from := range []io.Reader{forever("\x00"), forever("y\n"),
		io.MultiReader(strings.NewReader("{} "), forever("x"))} {
		if _, err := DecodeFile(from); err == nil {
			t.Error("accepted")
		}
	}
	if testing.Short() {
		return
	}
	_, err := DecodeFile(forever(" "))
	if err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("%v", err)
	}
}
