package known

import (
	"slices"
	"strings"
	"sync"
)

// Model is a GPU that a filter asks for: a card, or all sizes and forms of one.
type Model struct {
	family string
	form   string // empty means any
	memory Size   // of one GPU; zero means any
	key    string // key of a part of a card, such as a slice; empty otherwise
}

// makerOf maps words for a maker or its product line, which people omit before the model, to the maker.
var makerOf = map[string]string{"nvidia": "NVIDIA", "tesla": "NVIDIA", "geforce": "NVIDIA", "amd": "AMD",
	"instinct": "AMD", "radeon": "AMD", "intel": "Intel", "habana": "Intel"}

// notInModels are words that CardOf ignores in the service's names, but that mean something of their own in a
// filter.
var notInModels = wordSet("gpu gpus core cores graphics bare metal baremetal high perf low ram cc nvlink edition " +
	"generation memory card cards")

// wholeNames has the names of all cards, folded. Some contain a word that means something else in a filter.
var wholeNames = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, name := range Cards() {
		all[Fold(name)] = true
	}
	return all
})

// ModelNamed returns the model that a name means, if the table has it. Every word of the name must be part of
// it; with a size in which the card does not come, the name means no model.
func ModelNamed(name string) (Model, bool) {
	n := nameOf(name)
	if n.count > 0 || n.rebuilt || n.words == "" {
		return Model{}, false
	}
	for _, r := range Runs(name) {
		if notInModels[r.Text] && !wholeNames()[Fold(name)] {
			return Model{}, false
		}
	}
	e := n.find()
	if e == nil || isAll(n.words, isDigit) && len(numbered()[n.words]) > 0 {
		return Model{}, false
	}
	for _, r := range Runs(name) {
		if maker := makerOf[r.Text]; maker != "" && maker != e.maker {
			return Model{}, false
		}
	}
	if n.slice != "" || n.mig {
		return Model{key: CardOf(name).Key}, true
	}
	m := Model{family: e.family, form: n.form}
	if len(n.sizes) > 0 {
		m.memory = n.memory(e.memory, e.arch)
		one := m.memory.Least == m.memory.Most
		if !m.memory.Known() || one && !m.Comes(m.memory.Least) {
			return Model{}, false
		}
	}
	return m, true
}

// numbered maps numbers to the cards that have them in their names, for numbers that do not identify a card:
// there is an RTX A6000, an RTX PRO 6000 and an RTX 6000.
var numbered = sync.OnceValue(func() map[string][]string {
	all, alone := map[string][]string{}, map[string]bool{}
	families := map[string]bool{}
	for _, name := range Cards() {
		n := nameOf(name)
		words := strings.Fields(n.words)
		for i, w := range words {
			if i == 0 || len(w) != 4 || !isAll(w, isDigit) || families[n.words] {
				continue
			}
			families[n.words] = true
			if all[w] = append(all[w], name); i == 1 && slices.Contains([]string{"rtx", "gtx", "rx"}, words[0]) {
				continue
			}
			alone[w] = true
		}
	}
	for number := range all {
		if !alone[number] {
			delete(all, number) // suffixes tell the cards apart: 3060 and 3060 Ti
		}
	}
	return all
})

// CardsNumbered returns the cards with a number that does not tell them apart.
func CardsNumbered(number string) []string { return numbered()[number] }

func isAll(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return s != ""
}

// Is reports whether a card is of the model. It is Unknown if the card's name leaves open what the model
// requires.
func (m Model) Is(c Card) Truth {
	switch {
	case m.key != "":
		return Truly(c.Key == m.key)
	case c.Family != m.family || c.Part:
		return No
	case m.form != "" && c.Form != "" && c.Form != m.form:
		return No
	case m.memory.Known() && (!c.Memory.Known() ||
		c.Memory.Most >= m.memory.Least && c.Memory.Least <= m.memory.Most) && c.Memory != m.memory:
		return Unknown
	case m.memory.Known() && c.Memory != m.memory:
		return No
	case m.form != "" && c.Form == "":
		return Unknown
	}
	return Yes
}

// Comes reports whether the model comes with that much memory, in GB.
func (m Model) Comes(gb int64) bool {
	return slices.ContainsFunc(entries(), func(e *entry) bool {
		return e.family == m.family && (m.form == "" || e.form == "" || e.form == m.form) &&
			(e.memory.Least == gb || e.memory.Most == gb)
	})
}

// Excludes reports whether no card can be of both models.
func (m Model) Excludes(o Model) bool {
	return m.key != o.key || m.family != o.family || m.form != "" && o.form != "" && m.form != o.form ||
		m.memory.Known() && o.memory.Known() && m.memory != o.memory
}

// HasMemory reports whether a card of the table comes with exactly that much memory, in GB.
func HasMemory(gb int64) bool {
	return slices.ContainsFunc(entries(), func(e *entry) bool { return e.memory.Least == gb || e.memory.Most == gb })
}

var entries = sync.OnceValue(func() []*entry {
	var list []*entry
	for _, e := range cards() {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	return list
})

// cardNames lists the names in the table, folded, with and without the words before the number that people
// omit.
var cardNames = sync.OnceValue(func() []string {
	var list []string
	for _, name := range Cards() {
		for {
			list = append(list, Fold(name))
			first, rest, more := strings.Cut(name, " ")
			if !more || !makers[strings.ToLower(first)] &&
				!slices.Contains([]string{"rtx", "gtx", "rx", "quadro"}, strings.ToLower(first)) {
				break
			}
			name = rest
		}
	}
	return list
})

// BeginsCard reports whether a folded word is the beginning of the name of a card.
func BeginsCard(word string) bool {
	return slices.ContainsFunc(cardNames(),
		func(name string) bool { return len(name) > len(word) && strings.HasPrefix(name, word) })
}
