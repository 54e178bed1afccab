package apitest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Many returns a catalog of n rows, made from the rows of a smaller catalog. The result
// depends only on its arguments. The rows are roughly sorted by rate; each has its own id,
// and a rate up to 5% above that of its original. Many is for tests at sizes that no
// catalog in the repository has.
func Many(catalog []byte, n int) ([]byte, error) {
	var answer struct {
		Data []map[string]any `json:"data"`
	}
	if err := json.Unmarshal(catalog, &answer); err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	if len(answer.Data) == 0 {
		return nil, errors.New("catalog: no rows to make more of")
	}
	type model struct {
		id   string
		rate float64 // NaN if it has none
		rest []byte  // the other members of the row, without the opening brace
	}
	models := make([]model, len(answer.Data))
	for i, row := range answer.Data {
		m := model{id: fmt.Sprint(row["id"]), rate: math.NaN()}
		if rate, ok := row["hourly_rate"].(float64); ok {
			m.rate = rate
			delete(row, "hourly_rate")
		}
		delete(row, "id")
		rest, err := json.Marshal(row)
		if err != nil {
			return nil, fmt.Errorf("catalog: %w", err)
		}
		m.rest = rest[1:]
		models[i] = m
	}
	var out bytes.Buffer
	out.WriteString(`{"data":[`)
	for i := range n {
		m := models[i*len(models)/n] // copies of a row stay together, so that rates rise
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, `{"id":%q`, fmt.Sprintf("%s-%06x", m.id, i*2654435761%(1<<24)))
		if !math.IsNaN(m.rate) {
			out.WriteString(`,"hourly_rate":` +
				strconv.FormatFloat(math.Round(m.rate*(1+float64(i*7919%1000)/20000)*1e4)/1e4, 'f', -1, 64))
		}
		if !bytes.HasPrefix(m.rest, []byte("}")) {
			out.WriteByte(',')
		}
		out.Write(m.rest)
	}
	out.WriteString(`]}`)
	return out.Bytes(), nil
}
