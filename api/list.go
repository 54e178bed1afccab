package api

import (
	"bytes"
	"io"
	"iter"
	"math"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// A List is the pages of one answer put together.
type List struct {
	Rows    []InstanceType
	Dropped int       // rows that had no usable id
	Remark  string    // what is lastingly to be said about it: that it is not whole, or why it is empty
	At      time.Time // when the service gave it
}

// Rows are rows wherever they lie: how many, and each of them. They are not to be
// changed.
type Rows struct {
	Len int
	All iter.Seq[*InstanceType]
}

// RowsOf are those of a slice.
func RowsOf(list []InstanceType) Rows {
	return Rows{Len: len(list), All: func(yield func(*InstanceType) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}}
}

// Encode is EncodeRows for a slice.
func Encode(w io.Writer, rows []InstanceType, indent string) error {
	return EncodeRows(w, RowsOf(rows), indent)
}

// EncodeRows writes rows as the service would answer them, each level of it indented
// by indent; Decode reads the same rows back.
func EncodeRows(w io.Writer, rows Rows, indent string) error {
	e := encoder{indent: indent}
	e.raw(`{`).line(1).name("data").raw(`[`)
	first := true
	for r := range rows.All {
		if !first {
			e.raw(`,`)
		}
		first = false
		e.line(2).row(r)
		if len(e.out) >= encodeAtOnce {
			if _, err := w.Write(e.out); err != nil {
				return err
			}
			e.out = e.out[:0]
		}
	}
	if !first {
		e.line(1)
	}
	e.raw(`]`).line(0).raw("}\n")
	_, err := w.Write(e.out)
	return err
}

// encodeAtOnce is how many bytes are written at a time.
const encodeAtOnce = 32 << 10

// encoder writes JSON of rows: as encoding/json would, without a tree of them.
type encoder struct {
	indent string
	out    []byte
}

func (e *encoder) raw(s string) *encoder {
	e.out = append(e.out, s...)
	return e
}

// line begins a line at a depth, if there are lines.
func (e *encoder) line(depth int) *encoder {
	if e.indent != "" {
		e.out = append(e.out, '\n')
		for range depth {
			e.out = append(e.out, e.indent...)
		}
	}
	return e
}

func (e *encoder) name(s string) *encoder {
	e.raw(`"`).raw(s).raw(`":`)
	if e.indent != "" {
		e.raw(" ")
	}
	return e
}

func (e *encoder) row(r *InstanceType) {
	e.raw(`{`)
	for i, f := range [...]struct {
		name  string
		value func()
	}{
		{"id", func() { e.text(r.ID, false) }},
		{"gpu_type", func() { e.text(r.GPUType, true) }},
		{"gpu_count", func() { e.count(r) }},
		{"cpu_cores", func() { e.whole(r.CPUCores) }},
		{"memory_gb", func() { e.whole(r.MemoryGB) }},
		{"storage_gb", func() { e.whole(r.StorageGB) }},
		{"region", func() { e.text(r.Region, true) }},
		{"deployment_type", func() { e.text(r.DeploymentType, true) }},
		{"hourly_rate", func() { e.rate(r.HourlyRate) }},
	} {
		if i > 0 {
			e.raw(`,`)
		}
		e.line(3).name(f.name)
		f.value()
	}
	e.line(2).raw(`}`)
}

// text writes a text; where an empty one is none, null.
func (e *encoder) text(s string, optional bool) {
	if optional && s == "" {
		e.raw("null")
		return
	}
	from := len(e.out)
	e.out, _ = jsontext.AppendQuote(e.out, s)                                        // it fails for what it replaces
	for _, sep := range [...][2]string{{"\u2028", `\u2028`}, {"\u2029", `\u2029`}} { // as encoding/json has it
		if bytes.Contains(e.out[from:], []byte(sep[0])) {
			e.out = append(e.out[:from], bytes.ReplaceAll(e.out[from:], []byte(sep[0]), []byte(sep[1]))...)
		}
	}
}

// count writes the number of GPUs as it came: a whole one, or a part of one.
func (e *encoder) count(r *InstanceType) {
	if r.GPUShare.Known {
		e.rate(r.GPUShare)
		return
	}
	e.whole(r.GPUCount)
}

func (e *encoder) whole(v Optional[int64]) {
	if !v.Known {
		e.raw("null")
		return
	}
	e.out = strconv.AppendInt(e.out, v.Value, 10)
}

func (e *encoder) rate(v Optional[float64]) {
	if !v.Known {
		e.raw("null")
		return
	}
	form := byte('f')
	if abs := math.Abs(v.Value); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		form = 'e'
	}
	e.out = strconv.AppendFloat(e.out, v.Value, form, -1, 64)
	// e-09 is e-9
	if n := len(e.out); form == 'e' && n >= 4 && e.out[n-4] == 'e' && e.out[n-3] == '-' && e.out[n-2] == '0' {
		e.out[n-2] = e.out[n-1]
		e.out = e.out[:n-1]
	}
}
