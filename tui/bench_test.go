package tui

import (
	"os"
	"testing"

	"gpupick/api"
	"gpupick/api/apitest"
)

// BenchmarkKey measures keys typed into the filter, each from the key to the frame, at
// 100,000 rows.
func BenchmarkKey(b *testing.B) {
	body, err := os.ReadFile("../testdata/api/catalog.json")
	if err != nil {
		b.Fatal(err)
	}
	if body, err = apitest.Many(body, 100_000); err != nil {
		b.Fatal(err)
	}
	page, err := api.Decode(body)
	if err != nil {
		b.Fatal(err)
	}
	r := prepared(&testing.T{}, func(o *Options) { o.Styles = themed(b, "dark") }, step{page: page})
	r.start(160, 45)
	r.keys("/")
	for b.Loop() {
		for _, k := range []string{"h", "1", "0", "0", " ", "e", "u"} {
			r.keys(k)
			_ = r.m.View()
		}
		b.StopTimer()
		r.keys("ctrl+u")
		b.StartTimer()
	}
}
