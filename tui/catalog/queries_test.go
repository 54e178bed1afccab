package catalog

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"gpupick/api"
	"gpupick/tui/query"
)

// demo returns the demo catalog.
func demo(t testing.TB) *Catalog {
	t.Helper()
	body, err := os.ReadFile("../../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := api.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	return New(page.Rows)
}

// TestQueries runs the queries that people type by instinct.
// offered returns the offers of the file in GPUPICK_ROWS, or else those of the demo.
func offered(t *testing.T) *Catalog {
	t.Helper()
	path := os.Getenv("GPUPICK_ROWS")
	if path == "" {
		return demo(t)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	page, err := api.DecodeFile(f)
	if err != nil {
		t.Fatal(err)
	}
	return New(page.Rows)
}

func TestQueries(t *testing.T) {
	f, err := os.Open("../../testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	c, n := demo(t), 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		query, want, ok := strings.Cut(lines.Text(), " => ")
		if !ok {
			continue
		}
		want, _, _ = strings.Cut(want, "  # ")
		n++
		t.Run(query, func(t *testing.T) {
			if have := answer(c, query); have != want {
				t.Errorf("%s, want %s", have, want)
			}
		})
	}
	if n < 60 {
		t.Errorf("only %d queries", n)
	}
}

func answer(c *Catalog, text string) string {
	q, err := query.Parse(text)
	if err != nil {
		return "error: " + err.Error()
	}
	rows := c.Run(q).Rows.List()
	if len(rows) > 0 {
		return fmt.Sprint(len(rows), " ", rows[0].ID())
	}
	for _, o := range c.Choices(text, c.Read(text), c.Run(q)) {
		if !o.Remove {
			return "0 hint: " + o.Term
		}
	}
	return "0"
}
