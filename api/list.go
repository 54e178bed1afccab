package api

import (
	"io"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// A List holds the rows of all pages of one load.
type List struct {
	Rows    Rows
	Dropped int       // rows that had no usable id
	Remark  string    // stays on screen with the list: why it is incomplete or empty
	At      time.Time // when the service sent it
}

// Encode writes rows in the JSON shape of the service's answer, each level indented by indent. Decode reads the same
// rows back.
func Encode(w io.Writer, rows iter.Seq[InstanceType], indent string) error {
	options := []jsontext.Options{jsontext.AllowInvalidUTF8(true), jsontext.EscapeForJS(true), // as encoding/json does
		jsontext.AllowDuplicateNames(true)} // the names are ours
	if indent != "" {
		options = append(options, jsontext.WithIndent(indent))
	}
	e := encoder{Encoder: jsontext.NewEncoder(w, options...)}
	e.write(jsontext.BeginObject, jsontext.String("data"), jsontext.BeginArray)
	for r := range rows {
		if e.row(&r); e.err != nil {
			break
		}
	}
	e.write(jsontext.EndArray, jsontext.EndObject)
	return e.err
}

// encoder writes rows until a write fails; err is that failure.
type encoder struct {
	*jsontext.Encoder
	err error
}

func (e *encoder) write(tokens ...jsontext.Token) {
	for _, t := range tokens {
		if e.err == nil {
			e.err = e.WriteToken(t)
		}
	}
}

func (e *encoder) row(r *InstanceType) {
	count := numberToken(r.GPUCount, jsontext.Int)
	if r.GPUShare.Known { // a fraction of one GPU is written as it was received
		count = numberToken(r.GPUShare, jsontext.Float)
	}
	e.write(jsontext.BeginObject,
		jsontext.String("id"), jsontext.String(r.ID),
		jsontext.String("gpu_type"), textToken(r.GPUType),
		jsontext.String("gpu_count"), count,
		jsontext.String("cpu_cores"), numberToken(r.CPUCores, jsontext.Int),
		jsontext.String("memory_gb"), numberToken(r.MemoryGB, jsontext.Int),
		jsontext.String("storage_gb"), numberToken(r.StorageGB, jsontext.Int),
		jsontext.String("region"), textToken(r.Region),
		jsontext.String("deployment_type"), textToken(r.DeploymentType),
		jsontext.String("hourly_rate"), numberToken(r.HourlyRate, jsontext.Float),
		jsontext.EndObject)
}

// textToken returns s as a JSON string, or null if s is empty.
func textToken(s string) jsontext.Token {
	if s == "" {
		return jsontext.Null
	}
	return jsontext.String(s)
}

// numberToken returns v as a JSON number, or null if v is unknown.
func numberToken[N any](v Optional[N], token func(N) jsontext.Token) jsontext.Token {
	if !v.Known {
		return jsontext.Null
	}
	return token(v.Value)
}
