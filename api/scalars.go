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
	if v, ok := shortNumber(raw); ok {
		return Some(v)
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || v < 0 || v > maxExact || v == 0 && nonzeroMantissa(raw) {
		return Optional[float64]{}
	}
	return Some(v + 0) // -0 becomes 0
}

// shortNumber reads a number of at most 16 characters without sign and exponent, as nearly all are, faster than strconv
// and as exactly: both numbers that it divides are exact.
func shortNumber(raw []byte) (v float64, ok bool) {
	if len(raw) > 16 {
		return 0, false
	}
	digits, scale := uint64(0), 0.0
	for _, c := range raw {
		switch {
		case c >= '0' && c <= '9':
			digits, scale = digits*10+uint64(c-'0'), scale*10
		case c == '.' && scale == 0:
			scale = 1
		default:
			return 0, false
		}
	}
	if scale == 0 {
		scale = 1
	}
	return float64(digits) / scale, digits < maxExact
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

// whole returns a number that is whole, unknown for any other.
func whole(v Optional[float64]) Optional[int64] {
	if !v.Known || v.Value != math.Trunc(v.Value) {
		return Optional[int64]{}
	}
	return Some(int64(v.Value))
}

// share returns a fraction between 0 and 1: 0.125.
func share(v Optional[float64]) Optional[float64] {
	if !v.Known || v.Value <= 0 || v.Value >= 1 {
		return Optional[float64]{}
	}
	return v
}

// rateOf returns a rate in USD per hour. TidyRate corrects binary rounding errors, so that 0.36979999999999996 is
// shown, sorted and compared as 0.3698.
func rateOf(v Optional[float64]) Optional[float64] {
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
