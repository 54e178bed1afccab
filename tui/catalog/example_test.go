package catalog_test

import (
	"fmt"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/query"
)

// Rows become a catalog, a filter becomes a query, and the result has everything that the screen says about the
// rows.
func Example() {
	rows := []api.InstanceType{
		{ID: "a", GPUType: "H100 SXM", GPUCount: api.Some(int64(8)), Region: "eu-west-1", HourlyRate: api.Some(16.8)},
		{ID: "b", GPUType: "NVIDIA H100-SXM", GPUCount: api.Some(int64(1)), Region: "us-east-1",
			HourlyRate: api.Some(2.49)},
		{ID: "c", GPUType: "GH200", GPUCount: api.Some(int64(1)), Region: "Paris, FR", HourlyRate: api.Some(1.99)},
	}
	q, err := query.Parse("h100 europe")
	if err != nil {
		fmt.Println(err)
	}
	result := catalog.New(api.RowsOf(rows...)).Run(q)
	for _, r := range result.Rows.All() {
		fmt.Println(r.ID(), r.PerGPU().Value, "USD an hour and GPU")
	}
	for _, d := range result.Drops {
		fmt.Println(d.Rows, "more without", d.Term)
	}
	// Output:
	// a 2.1 USD an hour and GPU
	// 1 more without gpu:h100
	// 1 more without area:europe
}
