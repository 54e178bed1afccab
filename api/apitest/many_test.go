package apitest

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

func TestMany(t *testing.T) {
	demo, err := os.ReadFile("../../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 100, 624, 20000} {
		body, err := Many(demo, n)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ Data []map[string]any }
		if err := json.Unmarshal(body, &answer); err != nil || len(answer.Data) != n {
			t.Fatalf("%d rows, want %d: %v", len(answer.Data), n, err)
		}
		ids := map[any]bool{}
		for _, row := range answer.Data {
			ids[row["id"]] = true
		}
		if again, _ := Many(demo, n); len(ids) != n || !bytes.Equal(again, body) {
			t.Errorf("%d ids of %d, or another catalog the second time", len(ids), n)
		}
	}
	if _, err := Many([]byte(`{"data":[]}`), 3); err == nil {
		t.Error("rows were made of nothing")
	}
}
