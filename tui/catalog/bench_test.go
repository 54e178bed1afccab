package catalog

import (
	"fmt"
	"os"
	"testing"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/tui/query"
)

// sizes are the numbers of rows that the benchmarks are run at.
var sizes = []struct {
	name string
	rows int
}{{"1k", 1000}, {"10k", 10_000}, {"100k", 100_000}, {"1M", 1_000_000}}

// many are n rows, those of the file in GPUPICK_ROWS if there is one, else made
// from the demo's.
func many(b *testing.B, n int) []api.InstanceType {
	b.Helper()
	body, err := os.ReadFile(os.Getenv("GPUPICK_ROWS"))
	if err != nil {
		if body, err = os.ReadFile("../../testdata/api/catalogue.json"); err == nil {
			body, err = apitest.Many(body, n)
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	page, err := api.DecodeFile(body)
	if err != nil {
		b.Fatal(err)
	}
	return page.Rows
}

// BenchmarkRun is the work of a key in the filter: the rows, their order, all
// facets and what each term costs.
func BenchmarkRun(b *testing.B) {
	for _, size := range sizes {
		c := New(many(b, size.rows))
		for _, text := range []string{"", "h100", "8xh100 europe price<25", "gpu:a100,h100 region:us* mem>=512",
			"-spot -us", "a-b", "id:rapid", "id:*h100x8*"} {
			q, err := query.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(size.name+"/"+text, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c.Run(q)
				}
			})
		}
	}
}

// BenchmarkSort is the first time that an order is asked for; after that it is kept.
func BenchmarkSort(b *testing.B) {
	for _, size := range sizes {
		c := New(many(b, size.rows))
		for _, spec := range []string{"-mem", "pergpu,-cpu", "gpu", "region"} {
			order, err := query.ParseSort(spec)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(size.name+"/"+spec, func(b *testing.B) {
				for b.Loop() {
					c.orders = nil
					c.inOrder(order)
				}
			})
		}
	}
}

// BenchmarkAdd makes a catalogue of all rows at once, and page by page.
func BenchmarkAdd(b *testing.B) {
	for _, size := range sizes {
		rows := many(b, size.rows)
		for _, page := range []int{len(rows), 500} {
			b.Run(fmt.Sprintf("%s/pages of %d", size.name, page), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c := New(nil)
					for from := 0; from < len(rows); from += page {
						c = c.Add(rows[from:min(from+page, len(rows))])
					}
					c.Rows()
				}
			})
		}
	}
}
