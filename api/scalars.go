package api

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// stringValue returns the text of a JSON string, with U+FFFD for invalid Unicode, and
// whether raw is a string.
func stringValue(raw []byte) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	if inside := raw[1 : len(raw)-1]; bytes.IndexByte(inside, '\\') < 0 && utf8.Valid(inside) {
		return string(inside), true
	}
	text, _ := jsontext.AppendUnquote(nil, raw) // an error means only that it replaced invalid Unicode
	return string(text), true
}

// maxExact is the largest integer up to which every integer is exact in a
// float64; larger values are taken for mistakes.
const maxExact = 1<<53 - 1

// number reads a JSON number, or a number written as text. Numbers that are
// negative or larger than maxExact are unknown.
func number(raw []byte) Optional[float64] {
	if text, ok := stringValue(raw); ok {
		raw = []byte(strings.TrimSpace(text))
	}
	if !plainNumber(raw) {
		return Optional[float64]{}
	}
	if len(raw) <= 15 { // fast path: most numbers are short and whole
		n := 0.0
		for i, c := range raw {
			if c < '0' || c > '9' {
				break
			}
			if n = n*10 + float64(c-'0'); i == len(raw)-1 {
				return Some(n)
			}
		}
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || v < 0 || v > maxExact || v == 0 && nonzeroMantissa(raw) {
		return Optional[float64]{}
	}
	return Some(v + 0) // -0 becomes 0
}

// plainNumber reports whether s is a number as people write it: digits, with an optional
// minus sign, fraction and exponent. Leading zeros are allowed.
func plainNumber(s []byte) bool {
	digits := func() bool {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n > 0
	}
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	if !digits() {
		return false
	}
	if len(s) > 0 && s[0] == '.' {
		if s = s[1:]; !digits() {
			return false
		}
	}
	if len(s) > 0 && (s[0] == 'e' || s[0] == 'E') {
		if s = s[1:]; len(s) > 0 && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return len(s) == 0
}

// nonzeroMantissa reports whether a number that was parsed as 0 was not written as 0:
// 1e-400.
func nonzeroMantissa(s []byte) bool {
	for _, c := range s {
		switch {
		case c == 'e' || c == 'E':
			return false
		case c >= '1' && c <= '9':
			return true
		}
	}
	return false
}

func intValue(raw []byte) Optional[int64] {
	v := number(raw)
	if !v.Known || v.Value != math.Trunc(v.Value) {
		return Optional[int64]{}
	}
	return Some(int64(v.Value))
}

// shareValue reads a fraction between 0 and 1: 0.125.
func shareValue(raw []byte) Optional[float64] {
	v := number(raw)
	if !v.Known || v.Value <= 0 || v.Value >= 1 {
		return Optional[float64]{}
	}
	return v
}

// rateValue reads a rate in USD per hour. TidyRate corrects binary rounding errors, so
// that 0.36979999999999996 is shown, sorted and compared as 0.3698.
func rateValue(raw []byte) Optional[float64] {
	v := number(raw)
	if v.Known {
		v.Value = TidyRate(v.Value)
	}
	return v
}

// SameRate is the largest difference, in USD per hour, between two rates that count as
// equal: such differences are rounding errors.
const SameRate = 1e-9

// TidyRate returns v rounded to six decimal places if the result is within SameRate of
// v, and v itself otherwise. A rate that is not 0 never becomes 0.
func TidyRate(v float64) float64 {
	if t := math.Round(v*1e6) / 1e6; math.Abs(t-v) <= SameRate && t > 0 {
		return t
	}
	return v
}
