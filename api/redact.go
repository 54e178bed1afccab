package api

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
)

// A redactor masks a secret in text from outside, however the text spells it.
type redactor struct {
	secret   string
	spelled  *regexp.Regexp // nil: the secret is too short to be told from ordinary words
	shortest int            // bytes of the shortest text that may contain the secret
}

// leastSecret is the length of the shortest secret that is recognized in other spellings than its own.
const leastSecret = 12

// keyPrefix is what all keys of one kind have in common; a key without it is as secret.
var keyPrefix = regexp.MustCompile(`^[a-z]{1,8}_[a-z]{1,8}_`)

// newRedactor returns the redactor of a secret: it recognizes the secret in upper and lower case, in percent, HTML
// and JSON escapes, in hexadecimal and in base64, and without the prefix that all keys have.
func newRedactor(secret string) redactor {
	r := redactor{secret: secret, shortest: len(secret)}
	core := strings.TrimPrefix(secret, keyPrefix.FindString(secret))
	if len(core) < leastSecret {
		core = secret
	}
	if len(core) < leastSecret {
		return r
	}
	prefix := strings.TrimSuffix(secret, core)
	spellings := []string{`[0-9a-f]*` + hex.EncodeToString([]byte(core)) + `[0-9a-f]*`}
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
	}
	r.spelled = regexp.MustCompile(`(?i)` + strings.Join(spellings, "|"))
	r.shortest = len(core)
	return r
}

// base64Letters accepts the letters of both base64 alphabets.
var base64Letters = strings.NewReplacer("+", "[-+]", "/", "[/_]")

// mask returns s with the secret replaced.
func (r redactor) mask(s string) string {
	switch {
	case r.secret == "" || len(s) < r.shortest:
		return s
	case r.spelled == nil:
		return strings.ReplaceAll(s, r.secret, masked)
	}
	return r.spelled.ReplaceAllString(s, masked)
}

// clean makes text from outside safe for a terminal and masks the secret: once before
// cleaning, which may cut the text, and once after it, because cleaning may join its parts.
func (r redactor) clean(s string) string { return r.mask(CleanText(r.mask(s))) }
