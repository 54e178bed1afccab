package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"time"
)

func load(env map[string]string, config string) (Config, error) {
	return LoadConfig(Surroundings{
		Env:  func(name string) string { return env[name] },
		Home: "/home/me",
		ReadFile: func(path string) ([]byte, error) {
			if config == "" || path != "/home/me/.runcrate/config.yaml" {
				return nil, fs.ErrNotExist
			}
			return []byte(config), nil
		},
		Now: func() time.Time { return time.Date(2026, 1, 2, 15, 0, 0, 0, time.UTC) },
	})
}

// An expired login is reported before any request, in whatever format its time is written; its refresh
// token is never used.
func TestFaultALoginThatHasRunOut(t *testing.T) {
	for _, at := range []string{"2026-01-02T14:59:59Z", `"2026-01-02T16:59:59+02:00"`, "2026-01-02T14:59:59.123456Z",
		"2026-01-02 14:59:59", "1767365999", "1767365999000", "1767365999.5"} {
		_, err := load(map[string]string{"RUNCRATE_ENVIRONMENT": "e"},
			"access_token: t2\nrefresh_token: r2\nproject_id: p2\nexpires_at: "+at)
		what, do := Explain(err)
		if !errors.Is(err, ErrLoginOver) || !NoAccess(err) || what != "your login has expired" ||
			!strings.Contains(do, "runcrate ps") {
			t.Errorf("%s: %v, %q, %q", at, err, what, do)
		}
		if cfg, err := load(map[string]string{"RUNCRATE_API_KEY": "k"},
			"access_token: t2\nproject_id: p2\nexpires_at: "+at); err != nil || cfg.Credentials.secret != "k" {
			t.Errorf("%s: a key in the environment: %v", at, err)
		}
	}
}

func TestCredentialsAreFoundWhereTheOfficialToolKeepsThem(t *testing.T) {
	for _, c := range []struct {
		name   string
		env    map[string]string
		config string
		want   string // address, headers, source
	}{
		{"environment", map[string]string{"RUNCRATE_API_KEY": "k1"}, "api_key: k2",
			"https://runcrate.ai/api/v1 Bearer k1 / / the key from RUNCRATE_API_KEY"},
		{"token in the environment", map[string]string{"RUNCRATE_ACCESS_TOKEN": "t1", "RUNCRATE_PROJECT_ID": "p1",
			"RUNCRATE_ENVIRONMENT": "e1"}, "api_key: k2",
			"https://runcrate.ai/api/v1 Bearer t1 / p1 / e1 the token from RUNCRATE_ACCESS_TOKEN"},
		{"key before token", map[string]string{"RUNCRATE_API_KEY": "k1", "RUNCRATE_ACCESS_TOKEN": "t1"}, "",
			"https://runcrate.ai/api/v1 Bearer k1 / / the key from RUNCRATE_API_KEY"},
		{"in the file a login goes before a key", nil, "api_key: k2\naccess_token: t2\nproject_id: p2",
			"https://runcrate.ai/api/v1 Bearer t2 / p2 / the token in ~/.runcrate/config.yaml"},
		{"a key in the environment goes before the file",
			map[string]string{"RUNCRATE_API_KEY": "k1", "RUNCRATE_PROJECT_ID": "p1"},
			"access_token: t2\nproject_id: p2",
			"https://runcrate.ai/api/v1 Bearer k1 / / the key from RUNCRATE_API_KEY"},
		{"the project of the environment over the file's", map[string]string{"RUNCRATE_PROJECT_ID": "p1"},
			"access_token: t2\nproject_id: p2\nenvironment: e2",
			"https://runcrate.ai/api/v1 Bearer t2 / p1 / e2 the token in ~/.runcrate/config.yaml"},
		{"the environment of the environment over the file's", map[string]string{"RUNCRATE_ENVIRONMENT": "e1"},
			"access_token: t2\nproject_id: p2\nenvironment: e2",
			"https://runcrate.ai/api/v1 Bearer t2 / p2 / e1 the token in ~/.runcrate/config.yaml"},
		{"a token of the environment with the project of the file", map[string]string{"RUNCRATE_ACCESS_TOKEN": "t1"},
			"project_id: p2", "https://runcrate.ai/api/v1 Bearer t1 / p2 / the token from RUNCRATE_ACCESS_TOKEN"},
		{"a login that has not run out", nil, "access_token: t2\nproject_id: p2\nexpires_at: 2026-01-02T15:00:01Z",
			"https://runcrate.ai/api/v1 Bearer t2 / p2 / the token in ~/.runcrate/config.yaml"},
		{"a time that cannot be read", nil, "access_token: t2\nproject_id: p2\nexpires_at: soon",
			"https://runcrate.ai/api/v1 Bearer t2 / p2 / the token in ~/.runcrate/config.yaml"},
		{"the time of a login does not hold for a key", nil, "api_key: k2\nexpires_at: 2020-01-01T00:00:00Z",
			"https://runcrate.ai/api/v1 Bearer k2 / / the key in ~/.runcrate/config.yaml"},
		{"file", nil, "api_key: k2\nother: [1, 2]\n",
			"https://runcrate.ai/api/v1 Bearer k2 / / the key in ~/.runcrate/config.yaml"},
		{"token in the file", nil,
			"access_token: t2\nproject_id: p2\nenvironment: e2\napi_url: https://eu.runcrate.ai\n",
			"https://eu.runcrate.ai/api/v1 Bearer t2 / p2 / e2 the token in ~/.runcrate/config.yaml"},
		{"address in the environment wins", map[string]string{"RUNCRATE_API_URL": "https://a.example/"},
			"api_key: k2\napi_url: https://b.example",
			"https://a.example/api/v1 Bearer k2 / / the key in ~/.runcrate/config.yaml"},
		{"with /api/v1 already", map[string]string{"RUNCRATE_API_KEY": "k",
			"RUNCRATE_API_URL": "https://a.example/x/api/v1/"}, "",
			"https://a.example/x/api/v1 Bearer k / / the key from RUNCRATE_API_KEY"},
		{"loopback without TLS", map[string]string{"RUNCRATE_API_KEY": "k",
			"RUNCRATE_API_URL": "http://127.0.0.1:8080"}, "",
			"http://127.0.0.1:8080/api/v1 Bearer k / / the key from RUNCRATE_API_KEY"},
		{"spaces and Bearer are trimmed", map[string]string{"RUNCRATE_API_KEY": " Bearer k1 \n"}, "",
			"https://runcrate.ai/api/v1 Bearer k1 / / the key from RUNCRATE_API_KEY"},
		{"an empty key is none", map[string]string{"RUNCRATE_API_KEY": " "}, "api_key: k2",
			"https://runcrate.ai/api/v1 Bearer k2 / / the key in ~/.runcrate/config.yaml"},
		{"null is none", nil, "api_key: null\naccess_token: t\nproject_id: p",
			"https://runcrate.ai/api/v1 Bearer t / p / the token in ~/.runcrate/config.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg, err := load(c.env, c.config)
			if err != nil {
				t.Fatal(err)
			}
			h := http.Header{}
			cfg.Credentials.set(h)
			have := strings.Join(strings.Fields(
				fmt.Sprintf("%s %s / %s / %s %s", cfg.Base, h.Get("Authorization"), h.Get("X-Project-Id"),
					h.Get("X-Environment"), cfg.Credentials.source)), " ")
			if have != c.want {
				t.Errorf("%s\nwant %s", have, c.want)
			}
		})
	}
}

func TestFaultUnusableCredentials(t *testing.T) {
	for _, c := range []struct {
		name   string
		env    map[string]string
		config string
		want   string
	}{
		{"a line break in the key", map[string]string{"RUNCRATE_API_KEY": "rc_live_se\ncret"}, "",
			"the key from RUNCRATE_API_KEY has a space"},
		{"a control character", map[string]string{"RUNCRATE_API_KEY": "rc_live_se\x1bcret"}, "",
			"the key from RUNCRATE_API_KEY has a space"},
		{"a token without a project", map[string]string{"RUNCRATE_ACCESS_TOKEN": "rc_live_secret"}, "",
			"needs RUNCRATE_PROJECT_ID"},
		{"malformed YAML", nil, "a: 1\napi_key: rc_live_secret: [\n",
			"~/.runcrate/config.yaml, line 2: not valid YAML"},
		{"a list", nil, "- rc_live_secret\n", "~/.runcrate/config.yaml, line 1: not a list of names and values"},
		{"http", map[string]string{"RUNCRATE_API_URL": "http://runcrate.ai"}, "",
			"RUNCRATE_API_URL: http:// would show the key"},
		{"a user name", map[string]string{"RUNCRATE_API_URL": "https://rc_live_secret@runcrate.ai"}, "",
			"a user name in it"},
		{"the inference API", nil, "api_url: https://api.runcrate.ai/v1", "api_url in ~/.runcrate/config.yaml: " +
			"api.runcrate.ai is the inference API; instance types are at https://runcrate.ai"},
		{"no address", map[string]string{"RUNCRATE_API_URL": "runcrate"}, "", "RUNCRATE_API_URL: not an address"},
		{"a query", map[string]string{"RUNCRATE_API_URL": "https://runcrate.ai/?key=rc_live_secret"}, "",
			"ends with its path"},
		{"another scheme", map[string]string{"RUNCRATE_API_URL": "ftp://runcrate.ai"}, "", "not an address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(c.env, c.config)
			var config *ConfigError
			if !errors.As(err, &config) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v, want …%s…", err, c.want)
			}
			if strings.Contains(err.Error(), "rc_live_se") || strings.Contains(err.Error(), "cret") {
				t.Errorf("%v shows the key", err)
			}
		})
	}
	if _, err := load(nil, ""); !errors.Is(err, ErrNoKey) {
		t.Errorf("without anything: %v", err)
	}
	if _, err := load(nil, "# empty\n"); !errors.Is(err, ErrNoKey) {
		t.Errorf("with an empty file: %v", err)
	}
}

func TestCredentialsNeverPrintTheSecret(t *testing.T) {
	c := Credentials{secret: canary, project: "p", source: "s"}
	cfg := Config{Credentials: c}
	asJSON, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fmt.Sprint(c), fmt.Sprintf("%v %+v %#v %s %q %x %d", c, c, c, c, c, c, c),
		fmt.Sprintf("%+v %#v", cfg, &cfg), string(asJSON), c.GoString(), c.String()} {
		if strings.Contains(s, canary) || strings.Contains(s, fmt.Sprintf("%x", canary)) {
			t.Errorf("%s", s)
		}
	}
}

// A message that repeats the key many times shows no part of it, however the message is shortened.
func TestAMessageFullOfTheKeyShowsNone(t *testing.T) {
	const secret = "rc_live_canary_0123456789"
	redact := newRedactor(secret)
	for _, of := range []string{`{"error":%q}`, `{"error":{"message":%q}}`, `{"error":{"code":%q}}`, `{"detail":%q}`,
		`{"detail":[{"loc":["query","x"],"msg":%q}]}`, `{"detail":[{"loc":[%[1]q],"msg":%[1]q}]}`} {
		for length := 470; length < 560; length++ {
			text := strings.Repeat("x", length%len(secret)) + strings.Repeat(secret, length/len(secret))
			body := fmt.Sprintf(of, text)
			if m := errorMessage([]byte(body), redact); strings.Contains(m, "rc_live_c") || m == "" {
				t.Fatalf("%s: %q", of, m)
			}
		}
	}
}
