package api

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A redactor masks a secret in text from outside, however the text spells it.
type redactor struct {
	secret   string
	spelled  func() *regexp.Regexp // nil: the secret is too short to be told from ordinary words
	shortest int                   // bytes of the shortest text that may contain the secret
	marks    [][]byte              // a text in ASCII without escapes that contains the secret contains one of them
}

// leastSecret is the length of the shortest secret that is recognized in other spellings than its own.
const leastSecret = 12

// keyPrefix returns what all keys of one kind have in common: "rc_live_". A key without it is as secret.
func keyPrefix(key string) string {
	parts := strings.SplitAfterN(key, "_", 3)
	if len(parts) < 3 {
		return ""
	}
	for _, p := range parts[:2] {
		if len(p) < 2 || len(p) > 9 || strings.Trim(p[:len(p)-1], "abcdefghijklmnopqrstuvwxyz") != "" {
			return ""
		}
	}
	return parts[0] + parts[1]
}

// newRedactor returns the redactor of a secret: it recognizes the secret in upper and lower case, in percent, HTML
// and JSON escapes, in hexadecimal and in base64, and without the prefix that all keys have.
func newRedactor(secret string) redactor {
	r := redactor{secret: secret, shortest: len(secret)}
	core := strings.TrimPrefix(secret, keyPrefix(secret))
	if len(core) < leastSecret {
		core = secret
	}
	if len(core) < leastSecret {
		return r
	}
	prefix := strings.TrimSuffix(secret, core)
	inHex := hex.EncodeToString([]byte(core))
	spellings := []string{`[0-9a-f]*` + inHex + `[0-9a-f]*`}
	r.marks = [][]byte{[]byte(strings.ToLower(core)), []byte(inHex)}
	escaped := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			fmt.Fprintf(&b, `(?:%s|%%(?:25)?%02x|&#0*%d;|&#x0*%x;|\\u00%02x|\\x%02x)`,
				regexp.QuoteMeta(string(rune(c))), c, c, c, c, c)
		}
		return b.String()
	}
	spellings = append(spellings, fmt.Sprintf("(?:%s)?", escaped(prefix))+escaped(core))
	for before := range 3 { // base64 writes three bytes as four letters, so there are three ways to begin
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", before) + core))
		// only the letters that do not depend on what stands around the secret
		inner := text[(before*8+5)/6 : (before+len(core))*8/6]
		spellings = append(spellings, `[\w+/-]*`+base64Letters.Replace(inner)+`[\w+/-]*=*`)
		same := strings.FieldsFunc(inner, func(c rune) bool { return c == '+' || c == '/' }) // in both alphabets
		r.marks = append(r.marks, []byte(strings.ToLower(longest(same))))
	}
	r.spelled = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)` + strings.Join(spellings, "|"))
	})
	r.shortest = len(core)
	return r
}

// base64Letters accepts the letters of both base64 alphabets.
var base64Letters = strings.NewReplacer("+", "[-+]", "/", "[/_]")

// mask returns s with the secret replaced.
func (r redactor) mask(s string) string {
	switch {
	case !r.suspects([]byte(s)):
		return s
	case r.spelled == nil:
		return strings.ReplaceAll(s, r.secret, masked)
	}
	return r.spelled().ReplaceAllString(s, masked)
}

// suspects reports whether a text may contain the secret. It is a fast answer for nearly all texts: the expression
// would take most of the time of loading a list.
func (r redactor) suspects(s []byte) bool {
	switch {
	case r.secret == "" || len(s) < r.shortest:
		return false
	case r.spelled == nil:
		return bytes.Contains(s, []byte(r.secret))
	}
	upper := false
	for _, c := range s {
		if c >= utf8.RuneSelf || c == '%' || c == '&' || c == '\\' {
			return true
		}
		upper = upper || c >= 'A' && c <= 'Z'
	}
	if upper {
		s = bytes.ToLower(s)
	}
	return slices.ContainsFunc(r.marks, func(mark []byte) bool { return bytes.Contains(s, mark) })
}

// longest returns the longest text of a list. That of an empty list is empty, which every text contains.
func longest(list []string) (most string) {
	for _, s := range list {
		if len(s) > len(most) {
			most = s
		}
	}
	return most
}

// clean makes text from outside safe for a terminal and masks the secret: once before
// cleaning, which may cut the text, and once after it, because cleaning may join its parts.
func (r redactor) clean(s string) string {
	s = r.mask(s)
	if clean := CleanText(s); clean != s {
		return r.mask(clean)
	}
	return s
}
