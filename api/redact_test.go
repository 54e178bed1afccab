package api

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode"
)

const secret = "rc_live_Canary-0123456789+abc/def"

// The spellings that an answer may repeat a key in.
func spellings() map[string]string {
	core := strings.TrimPrefix(secret, "rc_live_")
	all := map[string]string{"itself": secret, "without its prefix": core, "upper case": strings.ToUpper(secret),
		"lower case": strings.ToLower(secret), "a query": url.QueryEscape(secret), "a path": url.PathEscape(secret),
		"a query twice": url.QueryEscape(url.QueryEscape(secret)), "HTML": html.EscapeString(secret),
		"hexadecimal": hex.EncodeToString([]byte(secret))}
	var percent, entities, escapes strings.Builder
	for _, c := range []byte(secret) {
		fmt.Fprintf(&percent, "%%%02x", c)
		fmt.Fprintf(&entities, "&#x%X;", c)
		fmt.Fprintf(&escapes, `\u%04X`, c)
	}
	all["percent forms"], all["entities"], all["escapes"] = percent.String(), entities.String(), escapes.String()
	for name, e := range map[string]*base64.Encoding{"std": base64.StdEncoding, "url": base64.URLEncoding,
		"raw": base64.RawURLEncoding} {
		for _, before := range []string{"", "Bearer ", "x", "user:", "ab"} {
			for _, behind := range []string{"", "\n", ":x"} {
				all[fmt.Sprintf("base64 %s %q %q", name, before, behind)] = e.EncodeToString(
					[]byte(before + secret + behind))
			}
		}
	}
	return all
}

func TestAKeyIsMaskedInEverySpelling(t *testing.T) {
	r := newRedactor(secret)
	for name, text := range spellings() {
		for _, around := range []string{"%s", "key=%s rejected", "(%s)", "\x1b[1m%s\x1b[0m"} {
			have := r.clean(fmt.Sprintf(around, text))
			if !strings.Contains(have, "_live_…") || strings.Contains(strings.ToLower(have), "canary") ||
				strings.Contains(have, text) {
				t.Errorf("%s: %q becomes %q", name, text, have)
			}
			for from := range len(text) - 12 { // no long part of it is left
				if strings.Contains(have, text[from:from+12]) {
					t.Errorf("%s: %q is left in %q", name, text[from:from+12], have)
				}
			}
		}
	}
}

func TestOrdinaryTextIsNotMasked(t *testing.T) {
	r := newRedactor(secret)
	for _, text := range []string{"", "rc_live_", "0123456789", "H100_SXM5", "us-east-1", "sharp-curie-h100-d8ea",
		"the key was rejected", strings.Repeat("canary ", 20), strings.Repeat("0123456789", 10)} {
		if have := r.mask(text); have != text {
			t.Errorf("%q becomes %q", text, have)
		}
	}
	if have := newRedactor("abc").mask("abc ABC"); have != masked+" ABC" {
		t.Errorf("a short secret: %q", have)
	}
	if have := newRedactor("").mask("abc"); have != "abc" {
		t.Errorf("no secret: %q", have)
	}
}

// The fast answer says no only where the expression finds nothing.
func TestSuspectsEveryTextThatContainsAKey(t *testing.T) {
	r := newRedactor(secret)
	seed := rand.Uint64()
	t.Log("seed", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	mixed := func(s string) string { // upper and lower case at random, and now and then another letter
		return strings.Map(func(c rune) rune {
			switch rnd.IntN(60) {
			case 0:
				return []rune("\u212a\u017f-_+/%a0")[rnd.IntN(9)]
			case 1:
				return unicode.ToUpper(c)
			case 2:
				return unicode.ToLower(c)
			}
			return c
		}, s)
	}
	suspected := 0
	for range 300 {
		for name, text := range spellings() {
			text = mixed(text)
			if from := rnd.IntN(len(text)); rnd.IntN(2) == 0 {
				text = text[:from]
			}
			switch found := r.spelled().MatchString(text); {
			case r.suspects([]byte(text)):
				suspected++
			case found:
				t.Fatalf("%s: %q is not suspected", name, text)
			}
		}
	}
	if suspected == 0 || r.suspects([]byte("sharp-curie-h100-d8ea")) {
		t.Errorf("%d texts suspected", suspected)
	}
}

// A key whose base64 has no letter that is the same in both alphabets is masked as any other.
func TestSuspectsAKeyOfOddBytes(t *testing.T) {
	odd := strings.Repeat("\xff", 15)
	r := newRedactor(odd)
	if have := r.mask("ids " + base64.StdEncoding.EncodeToString([]byte(odd))); have != "ids "+masked {
		t.Errorf("%q", have)
	}
}

func TestKeyPrefix(t *testing.T) {
	for key, want := range map[string]string{"rc_live_abc": "rc_live_", "rc_live_": "rc_live_", "rc_abc": "", "": "",
		"_live_abc": "", "RC_live_abc": "", "rc_verylongword_x": "", "a_b_c_d": "a_b_", "rc__x": ""} {
		if have := keyPrefix(key); have != want {
			t.Errorf("%q: %q, want %q", key, have, want)
		}
	}
}

// A key in a row or a cursor stays out of the list, the saved list and later addresses.
func TestAKeyInAnAnswerIsNotKept(t *testing.T) {
	for name, text := range spellings() {
		page, err := decode(strings.NewReader(
			fmt.Sprintf(`{"data":[{"id":%q,"gpu_type":%q,"region":%q,"deployment_type":%q}],`+
				`"meta":{"cursor":%q,"hasMore":true,"requestId":%q}}`, "a"+text, text, "b "+text, text, text, text)),
			newRedactor(secret), 0)
		if err != nil || page.Rows.Len() != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		if all := plain(page); strings.Contains(all, text) || page.Cursor != "" || !page.HasMore {
			t.Errorf("%s: %s", name, all)
		}
		if CheckID(page.Rows.At(0).ID) == nil {
			t.Errorf("%s: the id %q can be copied", name, page.Rows.At(0).ID)
		}
	}
}
