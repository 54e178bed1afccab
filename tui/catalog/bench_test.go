package catalog

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/tui/query"
)

// sizes are the numbers of rows for the benchmarks.
var sizes = []struct {
	name string
	rows int
}{{"1k", 1000}, {"10k", 10_000}, {"100k", 100_000}, {"1M", 1_000_000}}

// many returns the rows of the file in GPUPICK_ROWS, or else n rows made from the demo's.
func many(b testing.TB, n int) []api.InstanceType {
	b.Helper()
	body, err := os.ReadFile(os.Getenv("GPUPICK_ROWS"))
	if err != nil {
		if body, err = os.ReadFile("../../testdata/api/catalog.json"); err == nil {
			body, err = apitest.Many(body, n)
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	page, err := api.DecodeFile(bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	return slices.Collect(page.Rows.All())
}

// BenchmarkRun measures what one key in the filter costs: the rows, their order, all facets, and what removing
// each term would add.
func BenchmarkRun(b *testing.B) {
	for _, size := range sizes {
		c := of(many(b, size.rows))
		for _, text := range []string{"", "h100", "8xh100 europe price<25", "gpu:a100,h100 region:us* mem>=512",
			"-spot -us", "a-b", "id:rapid", "id:*h100x8*",
			"bw>=2000 tflops>=300 perbw<=1", "fits:llama-3.1-70b@fp8", "is:unbeaten h100"} {
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

// BenchmarkSort measures the first use of an order, before it is cached.
func BenchmarkSort(b *testing.B) {
	for _, size := range sizes {
		c := of(many(b, size.rows))
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

// BenchmarkAdd measures adding all rows at once, and page by page.
func BenchmarkAdd(b *testing.B) {
	for _, size := range sizes {
		rows := many(b, size.rows)
		for _, page := range []int{len(rows), 500} {
			var pages []api.Rows
			for list := range slices.Chunk(rows, page) {
				pages = append(pages, api.RowsOf(list...))
			}
			b.Run(fmt.Sprintf("%s/pages of %d", size.name, page), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c := New(api.Rows{})
					for i := range pages {
						c = c.Add(pages[i])
					}
					c.Rows()
				}
			})
		}
	}
}
