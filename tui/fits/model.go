// Package fits estimates whether a language model fits into the memory of GPUs.
//
// What it needs is the weights, the KV cache of all tokens of all users, and an overhead for activations and the
// runtime:
//
//	(parameters × bytes of the format + tokens × users × KV bytes of a token) × 1.1
//
// The KV cache is kept in 16 bits, whatever the format of the weights. All GPUs of an offer work together if their
// number divides the model's attention heads, as tensor parallelism needs; else only one of them counts. Sizes are in
// GB of 10^9 bytes. It is an estimate: frameworks differ by some percent.
package fits

import (
	"embed"
	"strconv"
	"strings"
	"sync"
)

// Model is a language model as its published configuration describes it.
type Model struct {
	Name    string
	Params  float64 // billions; of a mixture of experts all of them, because all are in memory
	Layers  int
	Heads   int // attention heads
	Context int // the longest context in tokens; 0 if nobody says

	values   int // of one token in one layer of the KV cache
	window   int // tokens that a layer with a sliding window keeps
	windowed int // layers that have such a window
	typical  bool
}

// Typical reports whether the model was given by its size alone, so that a typical shape is assumed.
func (m Model) Typical() bool { return m.typical }

//go:embed models.tsv
var files embed.FS

// models are the models of the table, in its order.
var models = sync.OnceValue(func() []named {
	text, err := files.ReadFile("models.tsv")
	if err != nil {
		panic(err) // the file is part of the program
	}
	var all []named
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		if i == 0 {
			continue
		}
		f := strings.Split(line, "\t")
		n := named{Model: Model{Name: f[0], Params: number(f[2]), Layers: int(number(f[3])), Heads: int(number(f[4])),
			Context: int(number(f[8]))}}
		n.values = 2 * int(number(f[5])) * int(number(f[6])) // a key and a value
		switch kind, sizes, _ := strings.Cut(f[7], ":"); kind {
		case "mla": // one compressed vector, and the part of the key that carries the position
			latent, position, _ := strings.Cut(sizes, "+")
			n.values = int(number(latent) + number(position))
		case "window":
			window, layers, _ := strings.Cut(sizes, ":")
			n.window, n.windowed = int(number(window)), int(number(layers))
		}
		for _, name := range append([]string{f[0]}, strings.Split(f[1], "; ")...) {
			n.spellings = append(n.spellings, folded(name))
		}
		all = append(all, n)
	}
	return all
})

// named is a model with its spellings, folded.
type named struct {
	Model
	spellings []string
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}

// folded removes what people write differently: case, spaces and signs.
func folded(s string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "", ".", "", ":", "").Replace(strings.ToLower(s))
}

// Names returns the names of the models in the table.
func Names() []string {
	var names []string
	for _, m := range models() {
		names = append(names, m.Name)
	}
	return names
}

// shapes are dense models of the usual kind, grouped-query attention with 8 KV heads of 128, by their largest size in
// billions. They are those of Llama 3 and Qwen 2.5, whose configurations models.tsv names.
var shapes = []struct {
	params        float64
	layers, heads int
}{{4, 28, 24}, {9, 32, 32}, {16, 48, 40}, {40, 64, 40}, {80, 80, 64}, {150, 88, 96}, {2000, 126, 128}}

// ModelNamed returns the model with a name, or the typical one of a size: 70b.
func ModelNamed(text string) (Model, bool) {
	name := folded(text)
	for _, m := range models() {
		for _, s := range m.spellings {
			if s == name {
				return m.Model, true
			}
		}
	}
	low := strings.ToLower(strings.TrimSpace(text))
	size, scale := strings.TrimSuffix(low, "b"), 1.0
	if trillions, is := strings.CutSuffix(low, "t"); is {
		size, scale = trillions, 1000.0
	}
	params, err := strconv.ParseFloat(size, 64)
	if params *= scale; err != nil || size == low || params < 0.1 || params > 2000 {
		return Model{}, false
	}
	for _, s := range shapes {
		if params <= s.params {
			return Model{Name: strconv.FormatFloat(params, 'f', -1, 64) + "b", Params: params, Layers: s.layers,
				Heads: s.heads, values: 2 * 8 * 128, typical: true}, true
		}
	}
	return Model{}, false
}
