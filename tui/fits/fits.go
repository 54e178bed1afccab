package fits

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Format is how the weights are stored.
type Format struct {
	Name  string
	Bytes float64 // of one parameter
}

// Formats are the formats of weights, the usual three first.
var Formats = []Format{{"fp16", 2}, {"fp8", 1}, {"int4", 0.5}, {"bf16", 2}, {"int8", 1}, {"fp4", 0.5}}

// Asked are the formats that are offered if none is given.
var Asked = []string{"fp16", "fp8", "int4"}

// otherFormats are other names for formats.
var otherFormats = map[string]string{"16bit": "fp16", "half": "fp16", "bfloat16": "bf16", "float16": "fp16",
	"8bit": "fp8", "w8a8": "int8", "q8": "int8", "4bit": "int4", "q4": "int4", "awq": "int4", "gptq": "int4",
	"w4a16": "int4", "mxfp4": "fp4", "nvfp4": "fp4"}

// UsualContext is the context in tokens if none is given.
const UsualContext = 8192

const (
	kvBytes  = 2   // of one value of the KV cache
	overhead = 0.1 // of weights and KV cache together
	billion  = 1e9
)

// Ask is what has to fit: a model in a format, with a context for a number of users at once.
type Ask struct {
	Model   Model
	Format  Format
	Context int // tokens of each user
	Users   int
}

// NoFormatError means that an ask leaves the format open, on which the size depends fourfold.
type NoFormatError struct{ Asks []string }

func (e *NoFormatError) Error() string {
	return "say the format of the weights: " + strings.Join(e.Asks, ", ")
}

// Parse reads the exact form: 70b@fp8, llama-3.1-70b@int4,32k,x4. It returns a *NoFormatError without a format.
func Parse(text string) (Ask, error) {
	name, rest, _ := strings.Cut(text, "@")
	m, ok := ModelNamed(name)
	if !ok {
		return Ask{}, fmt.Errorf("no model %q; write its size, as in 70b@fp8, or one of %s …", strings.TrimSpace(name),
			strings.Join(Names()[:3], ", "))
	}
	a := Ask{Model: m, Context: UsualContext, Users: 1}
	for _, part := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !a.take(strings.ToLower(part)) {
			return Ask{}, fmt.Errorf("%q is no format, context or number of users; write as in 70b@fp8,32k,x4", part)
		}
	}
	switch {
	case a.Format.Name == "":
		e := &NoFormatError{}
		for _, f := range Asked {
			b := a
			b.Format, _ = formatNamed(f)
			e.Asks = append(e.Asks, b.String())
		}
		return a, e
	case m.Context > 0 && a.Context > m.Context:
		return Ask{}, fmt.Errorf("%s has a context of at most %s tokens", m.Name, Tokens(m.Context))
	}
	return a, nil
}

// Spoken reads what follows "fits" as people say it: llama 70b fp8 32k. n is the number of words that belong to it, 0
// if it begins with no model. exact is the ask in the exact form, or several if the format is missing.
func Spoken(words []string) (n int, exact []string) {
	for most := min(len(words), 5); most > 0; most-- {
		name, rest, _ := strings.Cut(strings.Join(words[:most], " "), "@")
		if _, ok := ModelNamed(name); !ok {
			continue
		}
		more, n := others(words[most:])
		n += most
		ask, err := Parse(strings.Join(append([]string{name + "@" + rest}, more...), ","))
		var open *NoFormatError
		switch {
		case errors.As(err, &open):
			return n, open.Asks
		case err != nil:
			return 0, nil
		}
		return n, []string{ask.String()}
	}
	return 0, nil
}

// Words around the parts of an ask, as in "a 70b model in fp8 with 32k context for 4 users".
var (
	between = map[string]bool{"with": true, "at": true, "in": true, "and": true, "for": true, "a": true, "of": true}
	behind  = map[string]bool{"context": true, "ctx": true, "tokens": true, "token": true, "model": true,
		"weights": true, "users": true, "user": true, "quantized": true}
)

// others returns the format, context and users that the next words give, and how many words belong to them.
func others(words []string) (parts []string, n int) {
	for i := 0; i < len(words); i++ {
		word := strings.ToLower(words[i])
		if i+1 < len(words) && strings.HasPrefix(strings.ToLower(words[i+1]), "user") {
			word = "x" + strings.TrimPrefix(word, "x") // "4 users"
		}
		switch {
		case new(Ask).take(word):
			parts, n = append(parts, word), i+1
		case behind[word]:
			n = i + 1
		case !between[word]:
			return parts, n
		}
	}
	return parts, n
}

func formatNamed(name string) (Format, bool) {
	if usual, is := otherFormats[strings.ReplaceAll(name, "-", "")]; is {
		name = usual
	}
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// take sets the part of the ask that a word gives: its format, context or users. ok is false if it gives none.
func (a *Ask) take(word string) (ok bool) {
	if f, is := formatNamed(word); is {
		a.Format = f
		return true
	}
	if users := strings.Trim(word, "x"); len(users) == len(word)-1 { // x4, 4x
		n, err := strconv.Atoi(users)
		a.Users = n
		return err == nil && n >= 1 && n <= 10_000
	}
	scale := 1.0
	for _, unit := range []struct {
		sign string
		of   float64
	}{{"k", 1024}, {"m", 1 << 20}} {
		if number, is := strings.CutSuffix(word, unit.sign); is {
			word, scale = number, unit.of
			break
		}
	}
	n, err := strconv.ParseFloat(word, 64)
	a.Context = int(n * scale)
	return err == nil && scale > 1 && a.Context >= 1 && a.Context <= 1<<26 || err == nil && n >= 256 && n <= 1<<26
}

// String is the ask in the exact form. The usual context and one user are left out.
func (a Ask) String() string {
	s := a.Model.Name + "@" + a.Format.Name
	if a.Context != UsualContext {
		s += "," + Tokens(a.Context)
	}
	if a.Users != 1 {
		s += fmt.Sprintf(",x%d", a.Users)
	}
	return s
}

// Tokens writes a number of tokens: 32k if it is a multiple of 1,024.
func Tokens(n int) string {
	if n%1024 == 0 {
		return strconv.Itoa(n/1024) + "k"
	}
	return strconv.Itoa(n)
}

// Weights is the size of the weights, GB.
func (a Ask) Weights() float64 { return a.Model.Params * a.Format.Bytes }

// KV is the size of the KV cache for all users, GB.
func (a Ask) KV() float64 { return a.kv(a.Context) }

func (a Ask) kv(context int) float64 {
	m := a.Model
	kept := (m.Layers-m.windowed)*context + m.windowed*min(context, m.window)
	return float64(m.values) * kvBytes * float64(kept) * float64(a.Users) / billion
}

// Total is the memory that the ask needs, GB.
func (a Ask) Total() float64 { return (a.Weights() + a.KV()) * (1 + overhead) }

// Together is how many of an offer's GPUs hold the model together: all if their number divides the heads, else one.
func (a Ask) Together(gpus int64) int64 {
	if gpus > 1 && a.Model.Heads%int(min(gpus, 1<<20)) == 0 {
		return gpus
	}
	return min(gpus, 1)
}

// PerGPU is the memory in GB that each of so many GPUs needs; NaN for less than one.
func (a Ask) PerGPU(gpus int64) float64 {
	if gpus < 1 {
		return math.NaN()
	}
	return a.Total() / float64(a.Together(gpus))
}

// Longest is the longest context in tokens that fits into so much memory, in GB; 0 if none does.
func (a Ask) Longest(memory float64) int {
	low, high := 0, 1<<26
	if a.Model.Context > 0 {
		high = a.Model.Context
	}
	for low < high {
		middle := (low + high + 1) / 2
		if (a.Weights()+a.kv(middle))*(1+overhead) <= memory {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}
