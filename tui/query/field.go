package query

import (
	"slices"
	"strings"
)

// Field is a property of an offer.
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
	Link
	Bandwidth
	TFLOPS
	PerVRAM
	PerBandwidth
	PerFLOP
	Fits
	Is
	fieldCount
)

// FieldCount is how many fields there are.
const FieldCount = int(fieldCount)

// kind is the type of a field's values.
type kind int

const (
	texts kind = iota
	numbers
	places
)

// unit is what a number of a field is measured in.
type unit int

const (
	plain     unit = iota
	usd            // USD per hour
	gigabytes      // GB
	perSecond      // GB/s
)

// spec describes a field.
type spec struct {
	name    string   // in the filter language
	also    []string // other names
	title   string   // its name in sentences
	kind    kind
	unit    unit
	facet   bool     // has a list of values with counts
	falls   bool     // a sort by it starts with the largest value
	letter  byte     // key in the sort menu; 0 if it is not there
	ofCard  bool     // the value follows from the GPU's name
	values  []string // all possible texts; nil if any text is possible
	example string   // a term with the field, in the exact form
	steps   []string // common numbers, for completion
}

// fields has one entry per field. The filter language, sorting, facets and messages all read this
// table. The list has its own table for how to get a field's value from an offer.
var fields = [fieldCount]spec{
	ID: {name: "id", also: []string{"instance_type_id", "slug"}, title: "id", example: "id:*h100*"},
	GPU: {name: "gpu", also: []string{"gpu_type", "card", "model"}, title: "GPU", letter: 'u', facet: true,
		example: "gpu:h100"},
	Region: {name: "region", also: []string{"location", "loc", "zone", "datacenter"}, title: "region", letter: 'r',
		facet: true, example: "region:us-east-1"},
	Area: {name: "area", also: []string{"continent", "country"}, title: "area", kind: places, example: "area:europe"},
	Type: {name: "type", also: []string{"deployment_type", "deployment", "kind"}, title: "type", letter: 't',
		facet: true, example: "type:vm"},
	Count: {name: "count", also: []string{"gpu_count", "gpus", "n", "num"}, title: "count", kind: numbers, letter: 'n',
		facet: true, falls: true, example: "count:8", steps: []string{"1", "2", "4", "8"}},
	Price: {name: "price", also: []string{"hourly_rate", "rate", "hourly", "cost", "usd"}, title: "price",
		kind: numbers, letter: 'p', unit: usd, example: "price<=20",
		steps: []string{"0.5", "1", "2", "5", "10", "20", "50"}},
	PerGPU: {name: "pergpu", also: []string{"per_gpu", "gpuprice", "unit"}, title: "$/GPU", kind: numbers, letter: 'g',
		unit: usd, example: "pergpu<=2.5", steps: []string{"0.5", "1", "1.5", "2", "2.5", "3", "5"}},
	CPU: {name: "cpu", also: []string{"cpu_cores", "cpus", "vcpu", "vcpus", "cores"}, title: "vCPU", kind: numbers,
		letter: 'c', falls: true, example: "cpu>=64", steps: []string{"8", "16", "32", "64", "96", "128", "192"}},
	Mem: {name: "mem", also: []string{"memory_gb", "memory", "ram"}, title: "RAM", kind: numbers, letter: 'm',
		unit: gigabytes, falls: true, example: "mem>=512gb",
		steps: []string{"64gb", "128gb", "256gb", "512gb", "1tb", "2tb"}},
	Disk: {name: "disk", also: []string{"storage_gb", "storage", "ssd"}, title: "disk", kind: numbers, letter: 'd',
		unit: gigabytes, falls: true, example: "disk>=1tb",
		steps: []string{"100gb", "500gb", "1tb", "2tb", "5tb", "10tb"}},
	VRAM: {name: "vram", also: []string{"gpu_memory", "gpumem", "gpuram"}, title: "VRAM", kind: numbers, letter: 'v',
		unit: gigabytes, falls: true, example: "vram>=80gb",
		steps: []string{"16gb", "24gb", "40gb", "48gb", "80gb", "96gb", "141gb", "180gb"}},
	TotalVRAM: {name: "tvram", also: []string{"totalvram", "total_vram", "vramtotal"}, title: "total VRAM",
		kind: numbers, unit: gigabytes, falls: true, example: "tvram>=640gb",
		steps: []string{"80gb", "160gb", "320gb", "640gb", "1tb"}},
	Form: {name: "form", also: []string{"formfactor", "form_factor", "socket"}, title: "form", ofCard: true,
		example: "form:sxm"},
	Generation: {name: "gen", also: []string{"generation", "architecture", "family"}, title: "generation", ofCard: true,
		example: "gen:hopper"},
	Arch: {name: "arch", also: []string{"cpu_arch", "host"}, title: "CPU architecture", ofCard: true,
		example: "arch:arm"},
	Maker: {name: "maker", also: []string{"vendor", "brand"}, title: "maker", ofCard: true, example: "maker:amd"},
	Link: {name: "link", also: []string{"interconnect"}, title: "link between GPUs", ofCard: true,
		example: "link:nvlink"},
	Bandwidth: {name: "bw", also: []string{"bandwidth", "memory_bandwidth", "membw"}, title: "memory bandwidth",
		kind: numbers, unit: perSecond, falls: true, example: "bw>=2tb/s",
		steps: []string{"300gb/s", "600gb/s", "1tb/s", "2tb/s", "3tb/s", "4.8tb/s", "8tb/s"}},
	TFLOPS: {name: "tflops", also: []string{"flops", "teraflops"}, title: "16-bit TFLOPS", kind: numbers, falls: true,
		example: "tflops>=300", steps: []string{"65", "125", "300", "900", "2000"}},
	PerVRAM: {name: "pervram", also: []string{"per_vram", "pergbvram"}, title: "$/GB of VRAM", kind: numbers,
		unit: usd, example: "pervram<=0.03", steps: []string{"0.01", "0.02", "0.03", "0.05"}},
	PerBandwidth: {name: "perbw", also: []string{"per_bw", "pertbs"}, title: "$/TB/s", kind: numbers, unit: usd,
		example: "perbw<=1", steps: []string{"0.3", "0.5", "0.75", "1", "2"}},
	PerFLOP: {name: "perflop", also: []string{"per_flop", "perpflops"}, title: "$/PFLOPS", kind: numbers, unit: usd,
		example: "perflop<=3", steps: []string{"1", "2", "3", "5", "10"}},
	Fits: {name: "fits", also: []string{"runs"}, title: "VRAM", example: "fits:llama-3.1-70b@fp8,32k"},
	Is: {name: "is", also: []string{"change", "changed"}, title: "change",
		values: []string{"new", "gone", "up", "down", "same", "unbeaten"}, example: "is:new"},
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

// IsNumber reports whether the field's values are numbers.
func (f Field) IsNumber() bool { return fields[f].kind == numbers }

// IsPlace reports whether the field's values are places.
func (f Field) IsPlace() bool { return fields[f].kind == places }

// IsPrice reports whether the field's values are USD per hour.
func (f Field) IsPrice() bool { return fields[f].unit == usd }

// IsValue reports whether offers have a value of the field: fits is a question about an offer instead.
func (f Field) IsValue() bool { return f != Fits }

// OfCard reports whether the field's value follows from the GPU's name.
func (f Field) OfCard() bool { return fields[f].ofCard }

// FieldNamed returns the field with a name, which may be any of its names in any case.
func FieldNamed(name string) (Field, bool) {
	name = strings.ToLower(name)
	for f := range fields {
		if fields[f].name == name || slices.Contains(fields[f].also, name) {
			return Field(f), true
		}
	}
	return 0, false
}

func fieldNames() string {
	var names []string
	for f := range fields {
		names = append(names, fields[f].name)
	}
	return strings.Join(names, " ")
}
