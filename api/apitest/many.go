package apitest

import (
	"encoding/json"
	"fmt"
	"math"
)

// Many is a catalogue of n rows, made from those of a smaller one: the same for the
// same n, in the order of their rates, each with an id of its own and a rate a
// little beside that of the row it is made from. It is for trying things at a size
// that no catalogue in the repository has.
func Many(catalogue []byte, n int) ([]byte, error) {
	var answer struct {
		Data []map[string]any `json:"data"`
	}
	if err := json.Unmarshal(catalogue, &answer); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	if len(answer.Data) == 0 {
		return nil, fmt.Errorf("catalogue: no rows to make more of")
	}
	rows := make([]map[string]any, n)
	for i := range rows {
		from := answer.Data[i*len(answer.Data)/n] // neighbours stay neighbours, so that rates rise
		row := make(map[string]any, len(from))
		for k, v := range from {
			row[k] = v
		}
		row["id"] = fmt.Sprintf("%v-%06x", from["id"], i*2654435761%(1<<24))
		if rate, ok := from["hourly_rate"].(float64); ok {
			row["hourly_rate"] = math.Round(rate*(1+float64(i*7919%1000)/20000)*1e4) / 1e4
		}
		rows[i] = row
	}
	return json.Marshal(map[string]any{"data": rows})
}
