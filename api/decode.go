package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Page is one answer of the service.
type Page struct {
	Rows      []InstanceType
	Dropped   int             // rows that had no usable id
	Cursor    string          // where the next page begins; empty if the service names none
	HasMore   bool            // the service says that there is a next page
	Total     Optional[int64] // rows in all pages, if the service says so
	RequestID string
	Warning   string // a lasting remark about the answer as a whole, or empty
}

// An AnswerError is an answer that is not what the service promises.
type AnswerError struct{ Reason string }

func (e *AnswerError) Error() string { return "unexpected answer: " + e.Reason }

// Decode reads an answer of the service: {"data": […], "meta": …}.
func Decode(body []byte) (Page, error) {
	return decode(body, func(s string) string { return s })
}

// decode is Decode for an answer that may repeat our key: redact takes it out
// of what is kept of the service's words.
func decode(body []byte, redact func(string) string) (Page, error) {
	if looksLikeHTML(body) {
		return Page{}, &AnswerError{Reason: "got a web page, not the API: captive portal, proxy or wrong address?"}
	}
	var top map[string]json.RawMessage
	if err := unmarshal(body, &top, "an object with data"); err != nil {
		return Page{}, err
	}
	data, ok := top["data"]
	if !ok {
		if msg := findMessage(top, redact); msg != "" {
			return Page{}, &AnswerError{Reason: "the service says: " + msg}
		}
		return Page{}, &AnswerError{Reason: "the answer has no data"}
	}
	page, err := decodeRows(data)
	if err != nil {
		return Page{}, err
	}
	page.readMeta(top["meta"], redact)
	return page, nil
}

// DecodeFile reads what a user may have saved: an answer of the service, our
// own JSON output, or the bare array that the official command line prints.
func DecodeFile(body []byte) (Page, error) {
	if t := bytes.TrimLeft(body, " \t\r\n"); len(t) > 0 && t[0] == '[' {
		if err := checkSyntax(body); err != nil {
			return Page{}, err
		}
		return decodeRows(body)
	}
	return Decode(body)
}

func decodeRows(data json.RawMessage) (Page, error) {
	if string(data) == "null" {
		return Page{Warning: "the service sent no list (data is null)"}, nil
	}
	var raw []json.RawMessage
	if err := unmarshal(data, &raw, "data to be a list"); err != nil {
		return Page{}, err
	}
	page := Page{Rows: make([]InstanceType, 0, len(raw))}
	for _, r := range raw {
		row, ok := decodeRow(r)
		if !ok {
			page.Dropped++
			continue
		}
		page.Rows = append(page.Rows, row)
	}
	return page, nil
}

func decodeRow(raw json.RawMessage) (InstanceType, bool) {
	// A map, not a struct: names count exactly as they are written, and of a
	// name that is there twice the last one counts.
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
		GPUCount:       intValue(f["gpu_count"]),
		CPUCores:       intValue(f["cpu_cores"]),
		MemoryGB:       intValue(f["memory_gb"]),
		StorageGB:      intValue(f["storage_gb"]),
		Region:         textValue(f["region"]),
		DeploymentType: textValue(f["deployment_type"]),
		HourlyRate:     rateValue(f["hourly_rate"]),
	}, true
}

func (p *Page) readMeta(raw json.RawMessage, redact func(string) string) {
	var meta map[string]json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &meta) != nil {
		return
	}
	p.Cursor, _ = stringValue(meta["cursor"]) // goes back escaped, is never drawn
	p.HasMore = string(meta["hasMore"]) == "true"
	p.Total = intValue(meta["total"])
	p.RequestID = redact(textValue(meta["requestId"]))
}

func stringValue(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

// textValue is the cleaned text, empty where there is none.
func textValue(raw json.RawMessage) string {
	s, _ := stringValue(raw)
	return strings.TrimSpace(CleanText(s))
}

var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// maxExact is the largest integer below which every integer is exact in a
// float64; what is larger was not meant.
const maxExact = 1<<53 - 1

// number reads a JSON number, or a number written as text. Negative, infinite
// and absurd ones are unknown.
func number(raw json.RawMessage) Optional[float64] {
	s := string(raw)
	if text, ok := stringValue(raw); ok {
		s = strings.TrimSpace(text)
	}
	if !plainNumber.MatchString(s) {
		return Optional[float64]{}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 || v > maxExact || v == 0 && strings.ContainsAny(strings.FieldsFunc(s, func(r rune) bool { return r == 'e' || r == 'E' })[0], "123456789") {
		return Optional[float64]{}
	}
	return Some(v + 0) // -0 becomes 0
}

func intValue(raw json.RawMessage) Optional[int64] {
	v := number(raw)
	if !v.Known || v.Value != math.Trunc(v.Value) {
		return Optional[int64]{}
	}
	return Some(int64(v.Value))
}

// rateValue is a rate in USD per hour. Sums made in binary are put right: what
// is within 1e-9 of a decimal with at most six places is that decimal, so that
// 0.36979999999999996 shows, sorts and compares as 0.3698.
func rateValue(raw json.RawMessage) Optional[float64] {
	v := number(raw)
	if v.Known {
		v.Value = TidyRate(v.Value)
	}
	return v
}

// TidyRate is the decimal of at most six places within 1e-9 of v, or v. What is
// not 0 does not become 0.
func TidyRate(v float64) float64 {
	if t := math.Round(v*1e6) / 1e6; math.Abs(t-v) <= 1e-9 && t > 0 {
		return t
	}
	return v
}

// unmarshal is json.Unmarshal with errors that say where, never what: the text
// of an answer may be anything.
func unmarshal(body []byte, into any, want string) error {
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

func checkSyntax(body []byte) error {
	var any json.RawMessage
	return unmarshal(body, &any, "JSON")
}

func looksLikeHTML(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n\ufeff"), []byte("<"))
}
