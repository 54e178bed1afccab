package known

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Size is an amount of memory in GB, a range if the card's name leaves it open. The zero Size is unknown.
type Size struct{ Least, Most int64 }

// Known reports whether the size is known.
func (s Size) Known() bool { return s.Most > 0 }

// Times returns the size of n GPUs together.
func (s Size) Times(n int64) Size { return Size{s.Least * n, s.Most * n} }

// Card is what the name of a GPU tells.
type Card struct {
	Key        string // equal for names of the same card; empty for an empty name
	Name       string // our name, such as "H100 SXM"; empty if the table does not have the card
	Memory     Size   // of one GPU: from the name if it states a size, else from the table
	Form       string // "SXM", "PCIe", "NVL", "OAM", "Laptop"; empty if the name leaves it open
	Generation string // "Hopper", "CDNA3"; empty if unknown
	Arch       string // CPU architecture of the host, if the card determines it: "arm"
	Maker      string // "NVIDIA", "AMD", "Intel"; empty if unknown
	Family     string // equal for all sizes and forms of a card: "h 100"; empty if the table does not have it
	Part       bool   // a part of a card: a slice, a fraction or a profile
	None       bool   // the name says that there is no GPU

	Figures // of one whole GPU; unknown for a part of one
}

// entry is a line of cards.tsv.
type entry struct {
	name, form, generation, arch, maker, family string
	memory                                      Size
	figures                                     Figures
}

// cards maps lookup keys to lines of the table; see nameOf.
var cards = sync.OnceValue(func() map[string]*entry {
	all := map[string]*entry{}
	for _, f := range table("cards.tsv") {
		e := &entry{name: f[0], memory: sizeOf(f[2]), form: emptyIfDash(f[3]), generation: emptyIfDash(f[4]),
			arch:  emptyIfDash(f[5]),
			maker: f[6], figures: figures()[f[0]]}
		for i, name := range append([]string{f[0]}, strings.Split(emptyIfDash(f[1]), "; ")...) {
			n := nameOf(name)
			if i == 0 {
				e.family = n.words
			}
			if n.words != "" {
				all[n.lookup()] = e
			}
		}
	}
	return all
})

func emptyIfDash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// sizeOf reads "80", "40-80" or "-".
func sizeOf(s string) Size {
	least, most, isRange := strings.Cut(s, "-")
	if !isRange {
		most = least
	}
	a, _ := strconv.ParseInt(least, 10, 64)
	b, _ := strconv.ParseInt(most, 10, 64)
	return Size{a, b}
}

// FamilyName returns the common name of a card's sizes and forms: "H100" for "H100 SXM". It is empty if the
// table does not have the card.
func (c Card) FamilyName() string {
	var words []string
	for _, w := range strings.Fields(ShortCard(c.Name)) {
		if w != c.Form && strings.Trim(w, "0123456789") != "GB" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// ShortCard returns a GPU's name without the maker's words at the beginning, for narrow columns.
func ShortCard(name string) string {
	for {
		first, rest, found := strings.Cut(name, " ")
		if !found || !makers[strings.ToLower(first)] || strings.TrimSpace(rest) == "" {
			return name
		}
		name = rest
	}
}

// makers are words for the maker or product line of a card, which do not identify the card.
var makers = wordSet("nvidia amd intel habana tesla geforce instinct radeon")

// Cards returns the names of all cards in the table, in its order.
func Cards() []string {
	var names []string
	for _, f := range table("cards.tsv") {
		names = append(names, f[0])
	}
	return names
}

// noGPUNames are names that say that there is no GPU.
var noGPUNames = wordSet("cpu cpus cpuonly nogpu none")

// CardOf reads the name of a GPU.
func CardOf(text string) Card {
	folded := Fold(text)
	if noGPUNames[folded] {
		return Card{None: true}
	}
	n := nameOf(text)
	e := n.find()
	if e == nil {
		c := Card{Key: n.key(folded)}
		c.Memory = n.memory(Size{}, "")
		c.Part = n.slice != "" || n.mig
		if c.Part && !n.statesMemory() {
			c.Memory = Size{}
		}
		return c
	}
	c := Card{Name: e.name, Form: e.form, Generation: e.generation, Arch: e.arch, Maker: e.maker, Family: e.family}
	c.Memory = n.memory(e.memory, e.arch)
	switch {
	case n.slice != "" || n.mig:
		c.Part = true
		c.Name += n.sizeWords(e)
		if n.mig {
			c.Name += " MIG"
		}
		switch {
		case n.slice != "" && !n.mig && n.statesMemory(): // a profile
			c.Name += "-" + strings.ToUpper(n.slice)
		case n.slice != "":
			c.Name += " " + n.slice
		}
	default:
		c.Figures = e.figures
		c.Name += n.sizeWords(e)
	}
	c.Key = strings.ToLower(c.Name)
	return c
}

// find returns the table entry that the words mean, nil if there is none. The name may also state the card's
// own generation, or a form that the card has anyway.
func (n name) find() *entry {
	for _, words := range n.readings() {
		n.words = words
		bare := n
		bare.sizes = nil
		for _, n := range []name{n, bare} {
			if n.board {
				with := n
				with.board = false
				if e := cards()[with.lookup()]; e != nil {
					return e
				}
			}
			if e := cards()[n.lookup()]; e != nil && (!n.board || e.form == "" || e.form == n.form) {
				return e
			}
		}
		bare.form = ""
		if e := cards()[bare.lookup()]; e != nil && n.form == e.form {
			return e
		}
	}
	return nil
}

// readings returns the words to look up, in turn: as they are, without words for generations and memory types,
// and with the "rtx", "gtx" or "rx" that people omit before a number.
func (n name) readings() []string {
	list := []string{n.words}
	words := strings.Fields(n.words)
	generation := ""
	plain := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		if generations[w] && w != "ultra" {
			generation = w
		}
		return generations[w] || strings.HasPrefix(w, "hbm")
	})
	if joined := strings.Join(plain, " "); joined != n.words && joined != "" {
		if generation == "" || n.isOf(joined, generation) {
			list = append(list, joined)
		}
	}
	for _, words := range slices.Clone(list) {
		if words != "" && isDigit(words[0]) { // 4090, 6000 ada
			list = append(list, "rtx "+words, "gtx "+words)
			if number, _, _ := strings.Cut(words, " "); len(number) == 4 { // 7900 xtx
				list = append(list, "rx "+words)
			}
		}
	}
	return list
}

// isOf reports whether the card of these words is of a generation.
func (n name) isOf(words, generation string) bool {
	for _, w := range []string{words, "rtx " + words} {
		if e := cards()[w]; e != nil && strings.HasPrefix(strings.ToLower(e.generation), generation) {
			return true
		}
	}
	return false
}

// statesMemory reports whether a slice states its amount of memory.
func (n name) statesMemory() bool { return n.slice != "" && !strings.Contains(n.slice, "/") }

// memory returns the memory of one GPU: that of the slice, the stated size if a card of the table can have it,
// the stated total divided by the count, or the size in the table.
func (n name) memory(of Size, arch string) Size {
	fits := func(v int64) bool {
		if !of.Known() {
			return v >= 1 && v <= 300 // larger sizes are totals, or a CPU's memory
		}
		return v >= of.Least && v <= of.Most
	}
	switch {
	case n.mig && n.slice != "":
		v := number(strings.TrimSuffix(n.slice[strings.IndexByte(n.slice, '.')+1:], "gb"))
		return Size{v, v}
	case n.mig:
		return Size{}
	case n.statesMemory():
		v := number(strings.TrimRight(n.slice, "qcab"))
		return Size{v, v}
	case n.slice != "":
		a, b, _ := strings.Cut(n.slice, "/")
		whole := name{sizes: n.sizes}.memory(of, arch)
		if part, parts := number(a), number(b); whole.Known() && whole.Least*part%parts == 0 &&
			whole.Most*part%parts == 0 {
			return Size{whole.Least * part / parts, whole.Most * part / parts}
		}
		return Size{}
	case len(n.sizes) == 0:
		return of
	case len(n.sizes) > 1:
		if least, most := n.sizes[0], n.sizes[len(n.sizes)-1]; fits(least) && fits(most) {
			return Size{least, most}
		}
		return Size{}
	}
	v := n.sizes[0]
	switch {
	case fits(v), n.rebuilt:
		return Size{v, v}
	case n.count > 1 && v%n.count == 0 && fits(v/n.count):
		return Size{v / n.count, v / n.count}
	case arch != "" && v > of.Most:
		return of // the stated size is the memory of the CPU beside the GPU
	}
	return Size{}
}

// sizeWords returns the stated size for the card's name, such as " 80GB". It is empty if no size is stated, or
// if the card comes in that size only.
func (n name) sizeWords(e *entry) string {
	if len(n.sizes) != 1 || n.count == 0 && e.arch != "" && n.sizes[0] > e.memory.Most {
		return ""
	}
	v := n.sizes[0]
	if n.count > 1 && v%n.count == 0 && v > e.memory.Most {
		v /= n.count // the size is a total
	}
	if e.memory.Least == v && e.memory.Most == v {
		return ""
	}
	return fmt.Sprintf(" %dGB", v)
}

// key returns a key for names that the table does not have; it is equal for names with the same words.
func (n name) key(folded string) string {
	var b strings.Builder
	last := byte(0)
	for _, w := range strings.Fields(n.words) {
		if last != 0 && isDigit(last) && isDigit(w[0]) {
			b.WriteByte(' ') // A100-80GB is 100 and 80, not 10080
		}
		b.WriteString(w)
		last = w[len(w)-1]
	}
	key := b.String()
	if n.form != "" {
		key += " " + strings.ToLower(n.form)
	}
	for _, s := range n.sizes {
		key += fmt.Sprintf(" %dgb", s)
	}
	if n.mig {
		key += " mig"
	}
	if n.slice != "" {
		key += " " + n.slice
	}
	if strings.TrimSpace(key) == "" {
		return folded
	}
	return strings.TrimSpace(key)
}
