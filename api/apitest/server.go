// Package apitest provides a server that keeps the contract of the service's
// instance types, and breaks it on request. Tests and --demo use it through the
// ordinary client, so that the demo runs the same code as the real service does.
//
// The contract is testdata/api/openapi.yaml, and a test checks the server against
// it. To break it, queue faults (see faults.go): each fault replaces one answer.
package apitest

import (
	"bufio"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Path is the path of the endpoint.
const Path = "/api/v1/instances/types"

// Server answers like the service. Its methods may be called while it serves.
type Server struct {
	key      string
	pageSize int

	mu     sync.Mutex
	rows   []row
	faults []http.Handler
	always http.Handler
	asked  []string
}

// row is the raw JSON of a row, with the fields to filter and sort it by.
type row struct {
	raw         json.RawMessage
	gpu, region string
	count       float64
	rate        float64
}

// New returns a server of the rows in catalog, which is an answer of the service or
// a bare array. Requests must carry key. pageSize 0 puts all rows in one page.
func New(catalog []byte, key string, pageSize int) (*Server, error) {
	s := &Server{key: key, pageSize: pageSize}
	return s, s.SetCatalog(catalog)
}

// SetCatalog replaces the rows.
func (s *Server) SetCatalog(catalog []byte) error {
	var answer struct{ Data []json.RawMessage }
	if json.Unmarshal(catalog, &answer.Data) != nil {
		if err := json.Unmarshal(catalog, &answer); err != nil {
			return fmt.Errorf("catalog: %w", err)
		}
	}
	rows := make([]row, 0, len(answer.Data))
	for _, raw := range answer.Data {
		var f struct {
			GPU    any `json:"gpu_type"`
			Region any `json:"region"`
			Count  any `json:"gpu_count"`
			Rate   any `json:"hourly_rate"`
		}
		_ = json.Unmarshal(raw, &f) // a row that is broken on purpose is served as it is
		r := row{raw: raw}
		r.gpu, _ = f.GPU.(string)
		r.region, _ = f.Region.(string)
		r.count, _ = f.Count.(float64)
		r.rate, _ = f.Rate.(float64)
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.rate, b.rate) })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows = rows
	return nil
}

// Asked returns the raw query of every request so far, in order.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// Then queues faults: each of them gives one of the next answers.
func (s *Server) Then(faults ...http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// Always makes h answer every request while no fault is queued; nil restores the
// server's own answers.
func (s *Server) Always(h http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always = h
}

// take records the query and returns the next fault; nil means the server's own answer.
func (s *Server) take(query string) http.Handler {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, query)
	if len(s.faults) == 0 {
		return s.always
	}
	next := s.faults[0]
	s.faults = s.faults[1:]
	return next
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if fault := s.take(r.URL.RawQuery); fault != nil {
		fault.ServeHTTP(w, r)
		return
	}
	s.answer(w, r)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", "req_test")
	switch {
	case r.URL.Path != Path:
		write(w, http.StatusNotFound, `{"detail":"Not Found"}`)
	case r.Method != http.MethodGet:
		write(w, http.StatusMethodNotAllowed, `{"detail":"Method Not Allowed"}`)
	case r.Header.Get("Authorization") != "Bearer "+s.key:
		write(w, http.StatusUnauthorized, `{"error":{"code":"unauthorized","message":"Invalid API key"}}`)
	default:
		s.list(w, r)
	}
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	count := 0
	if text := q.Get("gpu_count"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			write(w, http.StatusUnprocessableEntity,
				`{"detail":[{"loc":["query","gpu_count"],"msg":"must be a positive whole number"}]}`)
			return
		}
		count = n
	}
	start, err := offset(q.Get("cursor"))
	if err != nil {
		write(w, http.StatusBadRequest, `{"error":{"code":"bad_cursor","message":"The cursor is not valid"}}`)
		return
	}
	s.mu.Lock()
	hits := s.rows
	if gpu, region := q.Get("gpu_type"), q.Get("region"); gpu != "" || region != "" || count > 0 {
		hits = nil
		for _, row := range s.rows {
			if matches(row.gpu, gpu) && matches(row.region, region) && (count == 0 || row.count == float64(count)) {
				hits = append(hits, row)
			}
		}
	}
	s.mu.Unlock() // the rows are replaced as a whole, never changed
	s.page(w, hits, start)
}

func matches(have, want string) bool { return want == "" || strings.EqualFold(have, want) }

// page writes a page of rows. SetCatalog has checked that the rows are valid JSON, so
// they are written unchanged, and even a large page costs nothing before its first byte.
func (s *Server) page(w http.ResponseWriter, hits []row, start int) {
	total, end := len(hits), len(hits)
	start = min(start, total)
	if s.pageSize > 0 {
		end = min(start+s.pageSize, total)
	}
	cursor := "null"
	if end < total {
		cursor = strconv.Quote(base64.RawURLEncoding.EncodeToString([]byte("from:" + strconv.Itoa(end))))
	}
	const begin = `{"data":[`
	rest := fmt.Sprintf(`],"meta":{"cursor":%s,"hasMore":%t,"total":%d,"requestId":"req_test"}}`, cursor, end < total,
		total)
	length := len(begin) + max(end-start-1, 0) + len(rest)
	for _, row := range hits[start:end] {
		length += len(row.raw)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(http.StatusOK)
	body := writers.Get().(*bufio.Writer)
	defer writers.Put(body)
	body.Reset(w)
	_, _ = body.WriteString(begin) // write errors are ignored, also by Flush
	for i, row := range hits[start:end] {
		if i > 0 {
			_ = body.WriteByte(',')
		}
		_, _ = body.Write(row.raw)
	}
	_, _ = body.WriteString(rest)
	_ = body.Flush()
}

const pageAtOnce = 128 << 10 // bytes of a page per write

var writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, pageAtOnce) }}

func offset(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return 0, err
	}
	n, ok := strings.CutPrefix(string(text), "from:")
	if !ok {
		return 0, errors.New("not one of our cursors")
	}
	return strconv.Atoi(n)
}

func write(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

// Listen serves h on a free loopback port until stop is called. origin is the
// value for RUNCRATE_API_URL.
func Listen(h http.Handler) (origin string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{Handler: h} // net/http recovers from a panic in h
	go func() { _ = srv.Serve(l) }()
	// stop closes l too, because Serve may not have started yet.
	return "http://" + l.Addr().String(), func() { _, _ = srv.Close(), l.Close() }, nil
}
