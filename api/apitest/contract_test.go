package apitest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"gpupick/api"
	"gpupick/api/apitest"
)

const key = "rc_live_contract"

// contract is testdata/api/openapi.yaml, and a validator that holds requests
// and answers to it.
func contract(t *testing.T) validator.Validator {
	t.Helper()
	text, err := os.ReadFile("../../testdata/api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := libopenapi.NewDocument(text)
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, problems := v.ValidateDocument(); !ok {
		for _, p := range problems {
			t.Error(p.Message, p.Reason)
		}
		t.Fatal("the contract itself is not OpenAPI 3.1")
	}
	return v
}

// breaches are the ways in which a question and its answer break the contract.
func breaches(v validator.Validator, req *http.Request, resp *http.Response) []string {
	var list []string
	_, problems := v.ValidateHttpRequestSync(req)
	if resp != nil {
		_, more := v.ValidateHttpResponse(req, resp)
		problems = append(problems, more...)
	}
	for _, p := range problems {
		why := p.Message + ": " + p.Reason
		for _, s := range p.SchemaValidationErrors {
			why += "; " + s.Reason
		}
		list = append(list, why)
	}
	return list
}

// witness passes requests to the server and holds both sides to the contract.
type witness struct {
	t      *testing.T
	v      validator.Validator
	server *apitest.Server
	seen   int
}

func (w *witness) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, req)
	resp := rec.Result()
	body, _ := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	for _, b := range breaches(w.v, req, resp) {
		w.t.Errorf("%s → %d: %s", req.URL, resp.StatusCode, b)
	}
	w.seen++
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func catalogue(t *testing.T) []byte {
	t.Helper()
	body, err := os.ReadFile("../../testdata/api/catalogue.json")
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
	return api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials(secret, "the key")}, api.Options{Transport: via})
}

func TestClientAndServerKeepTheContract(t *testing.T) {
	server, err := apitest.New(catalogue(t), key, 150)
	if err != nil {
		t.Fatal(err)
	}
	w := &witness{t: t, v: contract(t), server: server}
	for _, ask := range []api.Ask{{}, {GPUType: "H100 SXM"}, {Region: ", US", GPUCount: 8}, {GPUType: "none such"}} {
		c, walk, rows := clientOf(t, w, key), api.Walk{}, 0
		for more := true; more; {
			page, err := c.Page(t.Context(), ask, walk.Cursor(), nil)
			if err != nil {
				t.Fatal(err)
			}
			rows += len(page.Rows)
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
	for _, body := range []string{`{"error":{"code":"c","message":"m"}}`, `{"error":"text"}`, `{"message":"m","code":"c"}`, `{"detail":"text"}`, `{"detail":[{"loc":["query","x"],"msg":"m"}]}`} {
		server.Then(apitest.Status(422, body))
		if _, err := clientOf(t, w, key).Page(t.Context(), api.Ask{}, "", nil); err == nil {
			t.Errorf("%s is no error", body)
		}
	}
	if w.seen < 15 {
		t.Errorf("only %d exchanges were witnessed", w.seen)
	}
}

// The validator must be able to say no, or the test above says nothing.
func TestTheContractCanBeBroken(t *testing.T) {
	v := contract(t)
	for name, body := range map[string]string{
		"a row without an id":     `{"data":[{"gpu_type":"A","gpu_count":1,"region":"r","hourly_rate":1}]}`,
		"a rate as text":          `{"data":[{"id":"a","gpu_type":"A","gpu_count":1,"region":"r","hourly_rate":"1"}]}`,
		"data that is not a list": `{"data":{}}`,
		"no data":                 `{"meta":null}`,
	} {
		req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types", nil)
		req.Header.Set("Authorization", "Bearer "+key)
		resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}
		if len(breaches(v, req, resp)) == 0 {
			t.Errorf("%s passes", name)
		}
	}
	req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types?gpu_count=none", nil)
	req.Header.Set("Authorization", "Bearer "+key)
	if len(breaches(v, req, nil)) == 0 {
		t.Error("gpu_count=none passes")
	}
}

// Fixtures are what the tests take for answers of the service: those that are
// not broken on purpose conform too.
func TestFixturesKeepTheContract(t *testing.T) {
	v := contract(t)
	req := httptest.NewRequest(http.MethodGet, "https://runcrate.ai/api/v1/instances/types", nil)
	req.Header.Set("Authorization", "Bearer "+key)
	var answer struct{ Data []json.RawMessage }
	if err := json.Unmarshal(catalogue(t), &answer); err != nil || len(answer.Data) == 0 {
		t.Fatal(len(answer.Data), err)
	}
	resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(catalogue(t)))}
	for _, b := range breaches(v, req, resp) {
		t.Error(b)
	}
}
