package api

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"gpupick/api/yamlfile"
)

const (
	defaultOrigin = "https://runcrate.ai"
	apiPath       = "/api/v1"
	configName    = "~/.runcrate/config.yaml"
)

// A ConfigError is a setting of the user that cannot be used.
// Its text never contains the setting's value.
type ConfigError struct{ Reason string }

func (e *ConfigError) Error() string { return e.Reason }

// Credentials identify the account that sends a request. Every way of printing
// them gives "rc_live_…"; only the client, which writes the headers, reads them.
type Credentials struct {
	secret      string // API key or access token
	project     string // goes with an access token
	environment string // goes with an access token
	source      string // where they came from, in words: "the key from RUNCRATE_API_KEY"
}

// NewCredentials returns credentials for a key that the caller already has.
// source names the key in messages: "the demo key".
func NewCredentials(key, source string) Credentials {
	return Credentials{secret: key, source: source}
}

const masked = "rc_live_…"

func (Credentials) String() string   { return masked }
func (Credentials) GoString() string { return masked }

// Format keeps the secret out of every verb of package fmt.
func (Credentials) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// MarshalText keeps the secret out of JSON, YAML and logs.
func (Credentials) MarshalText() ([]byte, error) { return []byte(masked), nil }

func (c Credentials) set(h http.Header) {
	h.Set("Authorization", "Bearer "+c.secret)
	if c.project != "" {
		h.Set("X-Project-Id", c.project)
	}
	if c.environment != "" {
		h.Set("X-Environment", c.environment)
	}
}

// Config holds the service's address and the credentials.
type Config struct {
	Base        *url.URL // address of the API, including /api/v1
	BaseFrom    string   // name of the setting that gave the address; empty for the default
	Credentials Credentials
}

// Surroundings is the environment that LoadConfig reads.
type Surroundings struct {
	Env      func(string) string
	Home     string // the home directory; empty if there is none
	ReadFile func(string) ([]byte, error)
	Now      func() time.Time // the current time, to find expired logins; nil: time.Now
}

// LoadConfig finds the address and the credentials where the official command line
// keeps them: in the environment, then in ~/.runcrate/config.yaml, which is never
// written. In the file, a login takes precedence over a key. It fails with ErrNoKey
// if there are no credentials, with ErrLoginOver if the login in the file has expired,
// and with a *ConfigError if a setting cannot be used.
func LoadConfig(s Surroundings) (Config, error) {
	file, err := s.readConfig()
	if err != nil {
		return Config{}, err
	}
	cfg := Config{}
	if err := cfg.locate(s.Env("RUNCRATE_API_URL"), file.URL); err != nil {
		return cfg, err
	}
	// Both variables override the file's values, whichever token is used.
	project := cmp.Or(strings.TrimSpace(s.Env("RUNCRATE_PROJECT_ID")), file.Project)
	environment := cmp.Or(strings.TrimSpace(s.Env("RUNCRATE_ENVIRONMENT")), file.Environment)
	candidates := []struct {
		secret, source, need string
		token                bool
		expired              bool // the login's expires_at is past
	}{
		{secret: s.Env("RUNCRATE_API_KEY"), source: "the key from RUNCRATE_API_KEY"},
		{token: true, secret: s.Env("RUNCRATE_ACCESS_TOKEN"), source: "the token from RUNCRATE_ACCESS_TOKEN",
			need: "RUNCRATE_PROJECT_ID"},
		{token: true, secret: file.Token, source: "the token in " + configName, need: "project_id",
			expired: s.isPast(file.ExpiresAt)},
		{secret: file.Key, source: "the key in " + configName},
	}
	for _, c := range candidates {
		secret, err := header(c.secret, c.source)
		if err != nil {
			return cfg, err
		}
		if secret == "" {
			continue
		}
		if c.expired {
			return cfg, ErrLoginOver
		}
		cred := Credentials{secret: secret, source: c.source}
		if c.token {
			if cred.project, err = header(project, "the project that goes with "+c.source); err != nil {
				return cfg, err
			}
			if cred.environment, err = header(environment, "the environment that goes with "+c.source); err != nil {
				return cfg, err
			}
			if cred.project == "" {
				return cfg, &ConfigError{Reason: c.source + " needs " + c.need + " beside it"}
			}
		}
		cfg.Credentials = cred
		return cfg, nil
	}
	return cfg, ErrNoKey
}

// header returns v trimmed and without "Bearer ". It fails, naming v as what, if v
// has a character that a header cannot carry.
func header(v, what string) (string, error) {
	v = strings.TrimSpace(v)
	if rest, ok := strings.CutPrefix(v, "Bearer "); ok {
		v = strings.TrimSpace(rest)
	}
	for _, r := range v {
		if r <= ' ' || r > '~' || unicode.IsControl(r) {
			return "", &ConfigError{Reason: what +
				" has a space, a line break or another character that a key cannot have"}
		}
	}
	return v, nil
}

// locate sets the service's address: from the environment, from the
// configuration file, or to the default.
func (cfg *Config) locate(fromEnv, fromFile string) error {
	raw := defaultOrigin
	switch {
	case strings.TrimSpace(fromEnv) != "":
		raw, cfg.BaseFrom = fromEnv, "RUNCRATE_API_URL"
	case strings.TrimSpace(fromFile) != "":
		raw, cfg.BaseFrom = fromFile, "api_url in "+configName
	}
	base, err := ParseBase(strings.TrimSpace(raw))
	if err != nil {
		return &ConfigError{Reason: cfg.BaseFrom + ": " + err.Error()}
	}
	cfg.Base = base
	return nil
}

// ParseBase parses the service's address as a user may write it: an origin, or the
// address up to /api/v1. It refuses addresses to which the key must not be sent.
func ParseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, errors.New("not an address like https://runcrate.ai")
	case u.User != nil:
		return nil, errors.New("an address with a user name in it is not used")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("an address ends with its path")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, errors.New("http:// would show the key to the network; use https://")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("not an address like https://runcrate.ai")
	case strings.EqualFold(u.Hostname(), "api.runcrate.ai"):
		return nil, errors.New("api.runcrate.ai is the inference API; instance types are at https://runcrate.ai")
	}
	u.Path = strings.TrimRight(u.Path, "/")
	if !strings.HasSuffix(u.Path, apiPath) {
		u.Path += apiPath
	}
	u.RawPath = ""
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// configFile holds the settings that gpupick uses from the official command line's
// file; all others are ignored.
type configFile struct{ Key, Token, ExpiresAt, Project, Environment, URL string }

// isPast reports whether a time written by another program has passed: a date as in RFC 3339, or seconds
// or milliseconds since 1970. A time that cannot be parsed counts as not past.
func (s Surroundings) isPast(at string) bool {
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	at = strings.TrimSpace(at)
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, at); err == nil {
			return now().After(t)
		}
	}
	seconds, err := strconv.ParseFloat(at, 64)
	if err != nil || seconds <= 0 {
		return false
	}
	if seconds > 1e11 { // as seconds, that would be the year 5138: it is milliseconds
		seconds /= 1000
	}
	return float64(now().Unix()) > seconds
}

func (s Surroundings) readConfig() (configFile, error) {
	if s.Home == "" {
		return configFile{}, nil
	}
	body, err := s.ReadFile(filepath.Join(s.Home, ".runcrate", "config.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		return configFile{}, nil
	}
	var entries []yamlfile.Entry
	if err == nil {
		entries, err = yamlfile.Parse(body)
	}
	var wrong *yamlfile.Error
	switch {
	case errors.As(err, &wrong) && wrong.Line > 0:
		return configFile{}, &ConfigError{Reason: configName + ", " + wrong.Error()}
	case errors.As(err, &wrong):
		return configFile{}, &ConfigError{Reason: configName + ": " + wrong.Error()}
	case err != nil:
		return configFile{}, &ConfigError{Reason: configName + " cannot be read: " + yamlfile.Cause(err)}
	}
	text := func(name string) string {
		value := ""
		for _, e := range entries { // if a name occurs twice, the last one counts
			if e.Key.Value == name && e.Value.Kind == yaml.ScalarNode && e.Value.Tag != "!!null" {
				value = e.Value.Value
			}
		}
		return value
	}
	return configFile{Key: text("api_key"), Token: text("access_token"), ExpiresAt: text("expires_at"),
		Project:     text("project_id"),
		Environment: text("environment"), URL: text("api_url")}, nil
}
