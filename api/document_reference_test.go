package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The reference: the slow and obvious way to decode an answer, with encoding/json
// and a map for each row. The decoder must give the same result.

func slowDecode(body []byte, redact redactor) (Page, error) {
	if bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n\ufeff"), []byte("<")) {
		return Page{}, &AnswerError{Reason: "got a web page, not the API: captive portal, proxy or wrong address?"}
	}
	var top map[string]json.RawMessage
	if err := slowUnmarshal(body, &top, "an object with data"); err != nil {
		return Page{}, err
	}
	data, ok := top["data"]
	failed := string(top["success"]) == "false" || string(top["ok"]) == "false"
	for _, name := range []string{"error", "errors"} {
		var v any
		err := json.Unmarshal(top[name], &v)
		failed = failed || len(top[name]) > 0 &&
			(err != nil || !slices.Contains([]string{"<nil>", "false", "", "0", "map[]", "[]"}, fmt.Sprint(v)))
	}
	if ok && failed {
		page, _ := slowRows(data)
		page.Failed = "Runcrate returned an error"
		if msg := findMessage(top, redact); msg != "" {
			page.Failed += ": " + msg
		}
		if page.Rows.Len() == 0 {
			return Page{}, &AnswerError{Reason: page.Failed}
		}
		slowMeta(&page, top["meta"], redact)
		return page, nil
	}
	if !ok {
		if failed && findMessage(top, redact) == "" {
			return Page{}, &AnswerError{Reason: "Runcrate returned an error"}
		}
		if msg := findMessage(top, redact); msg != "" {
			return Page{}, &AnswerError{Reason: "Runcrate returned an error: " + msg}
		}
		return Page{}, &AnswerError{Reason: "the answer has no data"}
	}
	page, err := slowRows(data)
	if err != nil {
		return Page{}, err
	}
	slowMeta(&page, top["meta"], redact)
	return page, nil
}

func slowRows(data json.RawMessage) (Page, error) {
	if string(data) == "null" {
		return Page{Warning: "Runcrate sent no list (data is null)"}, nil
	}
	var raw []json.RawMessage
	if err := slowUnmarshal(data, &raw, "data to be a list"); err != nil {
		return Page{}, err
	}
	var page Page
	for _, r := range raw {
		row, ok := slowRow(r)
		if !ok {
			page.Dropped++
			continue
		}
		page.Rows.Add(&row)
	}
	return page, nil
}

func slowRow(raw json.RawMessage) (InstanceType, bool) {
	// A map, not a struct: names must match exactly, and if a name occurs twice,
	// the last value counts.
	var f map[string]json.RawMessage
	if json.Unmarshal(raw, &f) != nil {
		return InstanceType{}, false
	}
	id, ok := stringValue(f["id"])
	if !ok || id == "" {
		return InstanceType{}, false
	}
	return InstanceType{
		ID:             CleanText(id), // not trimmed: a changed id is another id
		GPUType:        textValue(f["gpu_type"]),
		GPUCount:       slowInt(f["gpu_count"]),
		GPUShare:       slowShare(f["gpu_count"]),
		CPUCores:       slowInt(f["cpu_cores"]),
		MemoryGB:       slowInt(f["memory_gb"]),
		StorageGB:      slowInt(f["storage_gb"]),
		Region:         textValue(f["region"]),
		DeploymentType: textValue(f["deployment_type"]),
		HourlyRate:     slowRate(f["hourly_rate"]),
	}, true
}

func slowMeta(p *Page, raw json.RawMessage, redact redactor) {
	var meta map[string]json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &meta) != nil {
		return
	}
	p.Cursor, _ = stringValue(meta["cursor"]) // not cleaned: it is sent back escaped and never drawn
	p.HasMore = string(meta["hasMore"]) == "true"
	p.Total = slowInt(meta["total"])
	p.RequestID = redact.mask(textValue(meta["requestId"]))
}

var slowNumberForm = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// slowExact is the largest integer up to which every integer is exact in a
// float64; larger values are taken for mistakes.
const slowExact = 1<<53 - 1

// slowNumber reads a JSON number, or a number written as text. Numbers that are
// negative or larger than slowExact are unknown.
func slowNumber(raw json.RawMessage) Optional[float64] {
	s := string(raw)
	if text, ok := stringValue(raw); ok {
		s = strings.TrimSpace(text)
	}
	if !slowNumberForm.MatchString(s) {
		return Optional[float64]{}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 || v > slowExact ||
		v == 0 && strings.ContainsAny(strings.FieldsFunc(s, func(r rune) bool { return r == 'e' || r == 'E' })[0],
			"123456789") {
		return Optional[float64]{}
	}
	return Some(v + 0) // -0 becomes 0
}

// slowShare reads a fraction between 0 and 1.
func slowShare(raw json.RawMessage) Optional[float64] {
	v := slowNumber(raw)
	if !v.Known || v.Value <= 0 || v.Value >= 1 {
		return Optional[float64]{}
	}
	return v
}

func slowInt(raw json.RawMessage) Optional[int64] {
	v := slowNumber(raw)
	if !v.Known || v.Value != math.Trunc(v.Value) {
		return Optional[int64]{}
	}
	return Some(int64(v.Value))
}

// slowRate reads a rate in USD per hour and corrects rounding errors with TidyRate.
func slowRate(raw json.RawMessage) Optional[float64] {
	v := slowNumber(raw)
	if v.Known {
		v.Value = TidyRate(v.Value)
	}
	return v
}

// slowUnmarshal is json.Unmarshal with errors that never quote the text: an answer
// may contain anything.
func slowUnmarshal(body []byte, into any, want string) error {
	err := json.Unmarshal(body, into)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return &AnswerError{Reason: fmt.Sprintf("not valid JSON at byte %d", syntax.Offset)}
	}
	return &AnswerError{Reason: "expected " + want}
}

// plain is everything that a page says, as text.
func plain(p Page) string {
	rows := slices.Collect(p.Rows.All())
	p.Rows = Rows{}
	return fmt.Sprintf("%+v %+v", p, rows)
}

// sameAsSlow fails the test unless the decoder and the reference agree.
func sameAsSlow(t *testing.T, body []byte) {
	t.Helper()
	want, wantErr := slowDecode(body, redactor{})
	have, err := Decode(body)
	if (err == nil) != (wantErr == nil) || err == nil && plain(have) != plain(want) {
		t.Fatalf("%q:\n%+v, %v; want\n%+v, %v", body, have, err, want, wantErr)
	}
	if err != nil && !strings.Contains(err.Error(), "at byte") && err.Error() != wantErr.Error() {
		t.Fatalf("%q: %v, want %v", body, err, wantErr)
	}
}

func TestDecodesLikeTheReference(t *testing.T) {
	value := []string{`"x"`, `"a\u0062c"`, `32`, `32.0`, `1e2`, `-1`, `-0`, `0`, `8.5`, `1e400`, `1e-400`, `"32"`,
		`" 2.50 "`, `"1,024"`, `"NaN"`, `null`, `true`, `[1]`, `{"a":1}`, `""`, `9007199254740993`,
		`0.36979999999999996`, `"\ud800"`, `" trim "`, "\"\xff\"", `"0x10"`, `0.00005`, `"1e2"`, `"+1"`, `"\u001b[31m"`,
		`123456789012345678901234567890`}
	for _, name := range []string{"id", "gpu_type", "gpu_count", "cpu_cores", "memory_gb", "storage_gb", "region",
		"deployment_type", "hourly_rate", "ID", "\\u0069d", "other"} {
		for _, v := range value {
			sameAsSlow(t, []byte(`{"data":[{"id":"a","`+name+`":`+v+`}]}`))
			sameAsSlow(t, []byte(
				`{"data":[{"`+name+`":`+v+`,"id":"a","`+name+`":3}],"meta":{"cursor":`+v+`,"hasMore":`+v+`,"total":`+v+
					`,"requestId":`+v+`}}`))
		}
	}
	for _, body := range []string{`{}`, `null`, `[]`, `3`, `"x"`, ` {"data":[]} `, `{"data":null}`, `{"data":{}}`,
		`{"data":3,"meta":{}}`, `{"data":[],"data":[{"id":"b"}]}`, `{"data":[{"id":"b"}],"data":null}`,
		`{"data":{},"data":[]}`,
		`{"data":[1,"x",null,[],{"id":""},{"id":3},{}]}`, `{"meta":{"hasMore":true},"data":[]}`,
		`{"data":[],"meta":null}`, `{"data":[],"meta":[]}`, `{"data":[],"meta":{"hasMore":true},"meta":{"cursor":"x"}}`,
		`{"error":"no"}`, `{"error":{"message":"no"}}`, `{"detail":[{"loc":["a"],"msg":"m"}]}`,
		`{"message":"a","error":""}`, `<html>`, " \n<x", "\ufeff<x", `{"data":[}`, `{"data":[]`, `{"data":[]}x`,
		`{"data":[]}{}`, ``, ` `, `{"data":[{"id":"a",}]}`, `{"data":[{"id":"a"} {"id":"b"}]}`,
		`{"error":"x","data":[]}`, `{"data":[{"id":"a"}],"x":[[[]]]}`} {
		sameAsSlow(t, []byte(body))
	}
}

// textValue returns the cleaned and trimmed text of a JSON string; empty for other values.
func textValue(raw []byte) string {
	s, _ := stringValue(raw)
	return strings.TrimSpace(CleanText(s))
}
