package apitest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v3"

	"gpupick/api"
	"gpupick/api/apitest"
)

const key = "rc_live_contract"

// contract is the part of testdata/api/openapi.yaml that describes a request and its answer:
// paths, methods, query parameters, the bearer token, statuses, and bodies by their JSON Schemas.
// Whether the file itself is valid OpenAPI 3.1 is not checked.
type contract struct {
	Servers []struct{ URL string }
	Paths   map[string]map[string]operation
	Parts   struct {
		Responses map[string]response
		Schemas   map[string]any
	} `yaml:"components"`
}

type operation struct {
	Parameters []struct {
		Name   string
		Schema map[string]any
	}
	Responses map[string]response
}

type response struct {
	Ref     string `yaml:"$ref"`
	Content map[string]struct{ Schema map[string]any }
}

func loadContract(t *testing.T) *contract {
	t.Helper()
	text, err := os.ReadFile("../../testdata/api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := &contract{}
	if err := yaml.Unmarshal(text, c); err != nil {
		t.Fatal(err)
	}
	if len(c.Servers) != 1 || len(c.Paths) == 0 || len(c.Parts.Schemas) == 0 {
		t.Fatal("the contract is not what this test reads")
	}
	return c
}

// validate validates a value against a schema of the contract, which may refer to its components.
func (c *contract) validate(schema map[string]any, value any) error {
	whole := map[string]any{"$defs": c.Parts.Schemas, "allOf": []any{schema}}
	text, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	text = bytes.ReplaceAll(text, []byte("#/components/schemas/"), []byte("#/$defs/"))
	var s jsonschema.Schema
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	resolved, err := s.Resolve(nil)
	if err != nil {
		return err
	}
	return resolved.Validate(value)
}

// breaches lists the ways in which a request and its answer break the contract.
func (c *contract) breaches(req *http.Request, resp *http.Response) (list []string) {
	breach := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	path, ours := strings.CutPrefix(req.URL.Scheme+"://"+req.URL.Host+req.URL.Path, c.Servers[0].URL)
	op, known := c.Paths[path][strings.ToLower(req.Method)]
	if !ours || !known {
		return []string{"no such question: " + req.Method + " " + req.URL.String()}
	}
	if token, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer "); !ok || token == "" {
		breach("no bearer token")
	}
	for name, values := range req.URL.Query() {
		i := slices.IndexFunc(op.Parameters, func(p struct {
			Name   string
			Schema map[string]any
		}) bool {
			return p.Name == name
		})
		if i < 0 || len(values) != 1 {
			breach("the parameter %s %d times", name, len(values))
			continue
		}
		var value any = values[0]
		if n, err := strconv.ParseFloat(values[0], 64); err == nil && op.Parameters[i].Schema["type"] != "string" {
			value = n
		}
		if err := c.validate(op.Parameters[i].Schema, value); err != nil {
			breach("%s=%s: %v", name, values[0], err)
		}
	}
	if resp == nil {
		return list
	}
	answer, known := op.Responses[strconv.Itoa(resp.StatusCode)]
	if name, is := strings.CutPrefix(answer.Ref, "#/components/responses/"); is {
		answer = c.Parts.Responses[name]
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	content, hasKind := answer.Content[kind]
	if !known || !hasKind {
		return append(list, fmt.Sprintf("an answer of status %d and type %q", resp.StatusCode, kind))
	}
	var body any
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		breach("%v", err)
	} else if err := c.validate(content.Schema, body); err != nil {
		breach("%v", err)
	}
	return list
}

// witness passes requests to the server and checks both sides against the contract.
type witness struct {
	t      *testing.T
	v      *contract
	server *apitest.Server
	seen   int
}

func (w *witness) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, req)
	resp := rec.Result()
	body, _ := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	for _, b := range w.v.breaches(req, resp) {
		w.t.Errorf("%s → %d: %s", req.URL, resp.StatusCode, b)
	}
	w.seen++
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func catalog(t *testing.T) []byte {
	t.Helper()
	body, err := os.ReadFile("../../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func clientOf(t *testing.T, via http.RoundTripper, secret string) *api.Client {
	t.Helper()
	base, err := api.ParseBase("https://runcrate.ai")
	if err != nil {
		t.Fatal(err)
	}
	return api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials(secret, "the key")},
		api.Options{Transport: via})
}

func TestClientAndServerKeepTheContract(t *testing.T) {
	server, err := apitest.New(catalog(t), key, 150)
	if err != nil {
		t.Fatal(err)
	}
	w := &witness{t: t, v: loadContract(t), server: server}
	for _, ask := range []api.Ask{{}, {GPUType: "H100 SXM"}, {Region: ", US", GPUCount: 8}, {GPUType: "none such"}} {
		c, walk, rows := clientOf(t, w, key), api.Walk{}, 0
		for more := true; more; {
			page, err := c.Page(t.Context(), ask, walk.Cursor(), nil)
			if err != nil {
				t.Fatal(err)
			}
			rows += page.Rows.Len()
			walk, more, _ = walk.After(page)
		}
		t.Logf("%q: %d rows in %d pages", ask, rows, walk.Pages())
	}
	if _, err := clientOf(t, w, "wrong").Page(t.Context(), api.Ask{}, "", nil); err == nil {
		t.Error("a wrong key was let in")
	}
	if _, err := clientOf(t, w, key).Page(t.Context(), api.Ask{}, "no cursor of ours", nil); err == nil {
		t.Error("a made-up cursor was let in")
	}
	for _, body := range []string{`{"error":{"code":"c","message":"m"}}`, `{"error":"text"}`,
		`{"message":"m","code":"c"}`, `{"detail":"text"}`, `{"detail":[{"loc":["query","x"],"msg":"m"}]}`} {
		server.Then(apitest.Status(422, body))
		if _, err := clientOf(t, w, key).Page(t.Context(), api.Ask{}, "", nil); err == nil {
			t.Errorf("%s is no error", body)
		}
	}
	if w.seen < 15 {
		t.Errorf("only %d exchanges were witnessed", w.seen)
	}
}

// The validator must reject what breaks the contract, or the test above proves nothing.
func TestValidatorRejectsBreaches(t *testing.T) {
	v := loadContract(t)
	for name, body := range map[string]string{
		"a row without an id":     `{"data":[{"gpu_type":"A","gpu_count":1,"region":"r","hourly_rate":1}]}`,
		"a rate as text":          `{"data":[{"id":"a","gpu_type":"A","gpu_count":1,"region":"r","hourly_rate":"1"}]}`,
		"data that is not a list": `{"data":{}}`,
		"no data":                 `{"meta":null}`,
	} {
		req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types", nil)
		req.Header.Set("Authorization", "Bearer "+key)
		resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(body))}
		if len(v.breaches(req, resp)) == 0 {
			t.Errorf("%s passes", name)
		}
	}
	for _, wrong := range []string{"?gpu_count=none", "?gpu_count=0", "?gpu_count=1.5", "?region=", "?page=2",
		"?region=a&region=b", "/x"} {
		req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types"+wrong, nil)
		req.Header.Set("Authorization", "Bearer "+key)
		if len(v.breaches(req, nil)) == 0 {
			t.Errorf("%s passes", wrong)
		}
	}
	req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types", nil)
	if len(v.breaches(req, nil)) == 0 {
		t.Error("a question without a token passes")
	}
	req.Header.Set("Authorization", "Bearer "+key)
	resp := &http.Response{StatusCode: 418, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader("{}"))}
	if len(v.breaches(req, resp)) == 0 {
		t.Error("a status that is not in the contract passes")
	}
}

// The demo catalog, which tests use as an answer of the service, keeps the contract too.
func TestDemoCatalogKeepsTheContract(t *testing.T) {
	v := loadContract(t)
	req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types", nil)
	req.Header.Set("Authorization", "Bearer "+key)
	var answer struct{ Data []json.RawMessage }
	if err := json.Unmarshal(catalog(t), &answer); err != nil || len(answer.Data) == 0 {
		t.Fatal(len(answer.Data), err)
	}
	resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(catalog(t)))}
	for _, b := range v.breaches(req, resp) {
		t.Error(b)
	}
}
