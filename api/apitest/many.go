package apitest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Many is a catalogue of n rows, made from those of a smaller one: the same for the
// same n, in about the order of their rates, each with an id of its own and a rate a
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
		return nil, errors.New("catalogue: no rows to make more of")
	}
	type model struct {
		id   string
		rate float64 // NaN if it has none
		rest []byte  // of the row, from its first name on
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
			return nil, fmt.Errorf("catalogue: %w", err)
		}
		m.rest = rest[1:]
		models[i] = m
	}
	var out bytes.Buffer
	out.WriteString(`{"data":[`)
	for i := range n {
		m := models[i*len(models)/n] // neighbours stay neighbours, so that rates rise
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
