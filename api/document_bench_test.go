package api

import (
	"os"
	"testing"

	"gpupick/api/apitest"
)

// BenchmarkDecode compares the decoder with the reference in one run.
func BenchmarkDecode(b *testing.B) {
	demo, err := os.ReadFile("../testdata/api/catalog.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []struct {
		name string
		rows int
	}{{"5k", 5000}, {"100k", 100000}} {
		body, err := apitest.Many(demo, n.rows)
		if err != nil {
			b.Fatal(err)
		}
		for _, how := range []struct {
			name   string
			decode func([]byte) (Page, error)
		}{{"stream", Decode}, {"encoding-json",
			func(body []byte) (Page, error) { return slowDecode(body, redactor{}) }}} {
			b.Run(how.name+"/"+n.name, func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				b.ReportAllocs()
				for b.Loop() {
					if page, err := how.decode(body); err != nil || page.Rows.Len() != n.rows {
						b.Fatal(page.Rows.Len(), err)
					}
				}
				b.ReportMetric(float64(n.rows*b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}
