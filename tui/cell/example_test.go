package cell_test

import (
	"fmt"

	"gpupick/api"
	"gpupick/tui/cell"
)

func Example() {
	fmt.Println(cell.Width("8×H100"), cell.Width("東京"))
	fmt.Println(cell.CutMiddle("rapid-turing-h100x8-8616", 14, "…"))
	fmt.Println(cell.Rate(api.Some(16.8)), cell.Rate(api.Some(0.3698)), cell.Rate(api.Optional[float64]{}))
	fmt.Println(cell.Size(api.Some(int64(80))), cell.Size(api.Some(int64(1800))))
	// Output:
	// 6 4
	// rapid-tur…8616
	// 16.80 0.3698 –
	// 80 GB 1.8 TB
}
