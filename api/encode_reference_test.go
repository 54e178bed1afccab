package api

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The reference: the slow and obvious way to write rows, with encoding/json.

// serviceRow is a row in the service's shape.
type serviceRow struct {
	ID             string   `json:"id"`
	GPUType        *string  `json:"gpu_type"`
	GPUCount       *int64   `json:"gpu_count"`
	CPUCores       *int64   `json:"cpu_cores"`
	MemoryGB       *int64   `json:"memory_gb"`
	StorageGB      *int64   `json:"storage_gb"`
	Region         *string  `json:"region"`
	DeploymentType *string  `json:"deployment_type"`
	HourlyRate     *float64 `json:"hourly_rate"`
}

func pointer[T any](v Optional[T]) *T {
	if !v.Known {
		return nil
	}
	return &v.Value
}

func textPointer(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func slowEncode(w io.Writer, rows []InstanceType, indent string) error {
	out := struct {
		Data []serviceRow `json:"data"`
	}{Data: make([]serviceRow, len(rows))}
	for i, r := range rows {
		out.Data[i] = serviceRow{r.ID, textPointer(r.GPUType), pointer(r.GPUCount), pointer(r.CPUCores),
			pointer(r.MemoryGB),
			pointer(r.StorageGB), textPointer(r.Region), textPointer(r.DeploymentType), pointer(r.HourlyRate)}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(out)
}

func TestEncodesLikeTheReference(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 3))
	texts := []string{"", "H100 SXM", `say "hi" \\`, "Türkiye, TR", "東京 🚀", "<&>", "a\u2028b", "tab\tline\n",
		"\x00\x1f\x7f", "\u00a0", "\ufffd"}
	text := func() string { return texts[rnd.IntN(len(texts))] }
	whole := func() Optional[int64] { return Optional[int64]{Value: rnd.Int64N(1 << 53), Known: rnd.IntN(3) > 0} }
	for _, n := range []int{0, 1, 2, 500} {
		var rows []InstanceType
		for range n {
			rate := []float64{0, 0.3698, 16.8, 1e-7, 1e21, 1e15, 123456.789, 5e-324, math.MaxInt32,
				rnd.Float64()}[rnd.IntN(10)]
			rows = append(rows, InstanceType{ID: text(), GPUType: text(), GPUCount: whole(), CPUCores: whole(),
				MemoryGB: whole(), StorageGB: whole(), Region: text(), DeploymentType: text(),
				HourlyRate: Optional[float64]{Value: rate, Known: rnd.IntN(3) > 0}})
		}
		for _, indent := range []string{"", "  "} {
			var have, want bytes.Buffer
			if err := Encode(&have, slices.Values(rows), indent); err != nil {
				t.Fatal(err)
			}
			if err := slowEncode(&want, rows, indent); err != nil {
				t.Fatal(err)
			}
			if have.String() != want.String() {
				t.Fatalf("%d rows, %q:\n%.2000s\nwant\n%.2000s", n, indent, have.String(), want.String())
			}
		}
	}
}
