package catalog

import (
	"slices"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
)

// Field is one of the things that are known about a row.
type Field int

// The fields, in the order in which they are listed to the user.
const (
	ID Field = iota
	GPU
	Region
	Area
	Type
	Count
	Price
	PerGPU
	CPU
	Mem
	Disk
	VRAM
	TotalVRAM
	Form
	Generation
	Arch
	Maker
	Is
	fieldCount
)

// unit is what a number of a field is measured in.
type unit int

const (
	plain     unit = iota
	usd            // USD per hour
	gigabytes      // GB
)

// spec is all that makes a field. Exactly one of text, place and number is set.
type spec struct {
	name   string   // in the filter language
	also   []string // other names of it
	title  string   // in sentences
	unit   unit
	facet  bool // has a list of values with counts
	falls  bool // a sort by it starts with the largest
	letter byte // in the sort menu; 0: not in it
	text   func(*Row) *text
	place  func(*Row) known.Place
	number func(*Row) api.Optional[float64]
	most   func(*Row) api.Optional[float64] // where number is the least of a range
	card   bool                             // follows from the GPU's name
	values func() []string                  // all that a text can be; nil: anything
}

// fields has one line per field. What is not here does not exist: filtering,
// sorting, facets and error messages all read this table.
var fields = [fieldCount]spec{
	ID:     {name: "id", also: []string{"instance_type_id", "slug"}, title: "id", text: func(r *Row) *text { return newText(r.ID, false) }},
	GPU:    {name: "gpu", also: []string{"gpu_type", "card", "model"}, title: "GPU", letter: 'u', facet: true, text: func(r *Row) *text { return r.gpuText }},
	Region: {name: "region", also: []string{"location", "loc", "zone", "datacenter"}, title: "region", letter: 'r', facet: true, text: func(r *Row) *text { return r.regionText }},
	Area:   {name: "area", also: []string{"continent", "country"}, title: "area", place: func(r *Row) known.Place { return *r.Place }},
	Type:   {name: "type", also: []string{"deployment_type", "deployment", "kind"}, title: "type", letter: 't', facet: true, text: func(r *Row) *text { return r.typeText }},
	Count:  {name: "count", also: []string{"gpu_count", "gpus", "n", "num"}, title: "count", letter: 'n', facet: true, falls: true, number: func(r *Row) api.Optional[float64] { return whole(r.GPUCount) }},
	Price:  {name: "price", also: []string{"hourly_rate", "rate", "hourly", "cost", "usd"}, title: "price", letter: 'p', unit: usd, number: func(r *Row) api.Optional[float64] { return r.HourlyRate }},
	PerGPU: {name: "pergpu", also: []string{"per_gpu", "gpuprice", "unit"}, title: "$/GPU", letter: 'g', unit: usd, number: func(r *Row) api.Optional[float64] { return r.PerGPU }},
	CPU:    {name: "cpu", also: []string{"cpu_cores", "cpus", "vcpu", "vcpus", "cores"}, title: "vCPU", letter: 'c', falls: true, number: func(r *Row) api.Optional[float64] { return whole(r.CPUCores) }},
	Mem:    {name: "mem", also: []string{"memory_gb", "memory", "ram"}, title: "RAM", letter: 'm', unit: gigabytes, falls: true, number: func(r *Row) api.Optional[float64] { return whole(r.MemoryGB) }},
	Disk:   {name: "disk", also: []string{"storage_gb", "storage", "ssd"}, title: "disk", letter: 'd', unit: gigabytes, falls: true, number: func(r *Row) api.Optional[float64] { return whole(r.StorageGB) }},
	VRAM: {name: "vram", also: []string{"gpu_memory", "gpumem", "gpuram"}, title: "VRAM", letter: 'v', unit: gigabytes, falls: true, number: func(r *Row) api.Optional[float64] { return optional(r.VRAM().Least, r.VRAM()) },
		most: func(r *Row) api.Optional[float64] { return optional(r.VRAM().Most, r.VRAM()) }},
	TotalVRAM: {name: "tvram", also: []string{"totalvram", "total_vram", "vramtotal"}, title: "total VRAM", unit: gigabytes, falls: true, number: func(r *Row) api.Optional[float64] { return optional(r.TotalVRAM().Least, r.TotalVRAM()) },
		most: func(r *Row) api.Optional[float64] { return optional(r.TotalVRAM().Most, r.TotalVRAM()) }},
	Form:       {name: "form", also: []string{"formfactor", "form_factor", "socket"}, title: "form", card: true, text: func(r *Row) *text { return r.derived[0] }},
	Generation: {name: "gen", also: []string{"generation", "architecture", "family"}, title: "generation", card: true, text: func(r *Row) *text { return r.derived[1] }},
	Arch:       {name: "arch", also: []string{"cpu_arch", "host"}, title: "CPU architecture", card: true, text: func(r *Row) *text { return r.derived[2] }},
	Maker:      {name: "maker", also: []string{"vendor", "brand"}, title: "maker", card: true, text: func(r *Row) *text { return r.derived[3] }},
	Is:         {name: "is", also: []string{"change", "changed"}, title: "change", text: func(r *Row) *text { return changeTexts()[r.Change] }, values: changeNames},
}

func whole(v api.Optional[int64]) api.Optional[float64] {
	return api.Optional[float64]{Value: float64(v.Value), Known: v.Known}
}

// Fields lists all fields.
func Fields() []Field {
	all := make([]Field, fieldCount)
	for i := range all {
		all[i] = Field(i)
	}
	return all
}

// String is the field's name in the filter language.
func (f Field) String() string { return fields[f].name }

// Title is the field's name in sentences and menus.
func (f Field) Title() string { return fields[f].title }

// Falls reports whether a sort by the field starts with the largest value.
func (f Field) Falls() bool { return fields[f].falls }

// Letter is the field's key in the sort menu.
func (f Field) Letter() byte { return fields[f].letter }

// HasFacet reports whether the field has a list of values with counts.
func (f Field) HasFacet() bool { return fields[f].facet }

// FieldNamed is the field with that name, or another of its names, case aside.
func FieldNamed(name string) (Field, bool) {
	name = strings.ToLower(name)
	for f := range fields {
		if fields[f].name == name || slices.Contains(fields[f].also, name) {
			return Field(f), true
		}
	}
	return 0, false
}

// Nearest is the name among names that is most like s, or empty if none is.
func Nearest(s string, names []string) string {
	if len(s) > 32 { // no slip of the finger
		return ""
	}
	best, at := "", 3
	for _, name := range names {
		d := distance(strings.ToLower(s), name)
		if strings.HasPrefix(name, strings.ToLower(s)) && len(s) > 1 {
			d = min(d, 1)
		}
		if d < at && d < len(name) && 2*d <= len(name) {
			best, at = name, d
		}
	}
	return best
}

// NearestField is the field name that s was probably meant to be.
func NearestField(s string) string {
	var names []string
	for f := range fields {
		names = append(names, fields[f].name)
	}
	for f := range fields {
		names = append(names, fields[f].also...)
	}
	return Nearest(s, names)
}

// distance is how many letters must be changed, added or removed, or swapped
// with their neighbour, to make a into b.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
