package api_test

import (
	"fmt"

	"gpupick/api"
)

// Broken values do not affect the rest of the list; they are unknown, not 0.
func ExampleDecode() {
	page, err := api.Decode([]byte(`{"data": [
		{"id": "quiet-bohr-8616", "gpu_type": "H100 SXM", "gpu_count": 8, "hourly_rate": 11.627999999999999},
		{"id": "odd", "gpu_type": null, "gpu_count": "eight", "hourly_rate": -1}
	], "meta": {"hasMore": false}}`))
	if err != nil {
		fmt.Println(err)
	}
	for r := range page.Rows.All() {
		fmt.Println(r.ID, r.GPUCount, r.HourlyRate)
	}
	// Output:
	// quiet-bohr-8616 {8 true} {11.628 true}
	// odd {0 false} {0 false}
}

// A walk goes from page to page and detects a cursor that repeats.
func ExampleWalk() {
	var walk api.Walk
	for _, page := range []api.Page{{Cursor: "b", HasMore: true}, {Cursor: "b", HasMore: true}} {
		var more bool
		var why api.Incomplete
		walk, more, why = walk.After(page)
		fmt.Printf("%q %v %q\n", walk.Cursor(), more, why)
	}
	// Output:
	// "b" true ""
	// "b" false "Runcrate has more offers but no cursor for them"
}
