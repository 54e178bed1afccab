package api

import (
	"encoding/json"
	"io"
	"time"
)

// A List is the pages of one answer put together.
type List struct {
	Rows    []InstanceType
	Dropped int       // rows that had no usable id
	Remark  string    // what is lastingly to be said about it: that it is not whole, or why it is empty
	At      time.Time // when the service gave it
}

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

// Encode writes rows as the service would answer them, each level of it indented
// by indent; Decode reads the same rows back.
func Encode(w io.Writer, rows []InstanceType, indent string) error {
	out := struct {
		Data []serviceRow `json:"data"`
	}{Data: make([]serviceRow, len(rows))}
	for i, r := range rows {
		out.Data[i] = serviceRow{r.ID, textPointer(r.GPUType), pointer(r.GPUCount), pointer(r.CPUCores), pointer(r.MemoryGB),
			pointer(r.StorageGB), textPointer(r.Region), textPointer(r.DeploymentType), pointer(r.HourlyRate)}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(out)
}
