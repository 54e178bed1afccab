package known

import (
	"slices"
	"strings"
	"sync"
)

// Model is a GPU as somebody asks for it: a card, or all sizes and forms of one.
type Model struct {
	family string
	form   string // empty: any
	memory Size   // of one GPU; zero: any
	key    string // of a part of a card, which is no size or form of it
}

// makerOf are words that say who made a card, and a word in front of whose models they
// are left out.
var makerOf = map[string]string{"nvidia": "NVIDIA", "tesla": "NVIDIA", "geforce": "NVIDIA", "amd": "AMD",
	"instinct": "AMD", "radeon": "AMD", "intel": "Intel", "habana": "Intel"}

// besideModels are words that CardOf leaves aside in a name of the service, but which
// are wishes of their own where somebody asks.
var besideModels = wordSet("gpu gpus core cores graphics bare metal baremetal high perf low ram cc nvlink edition " +
	"generation memory card cards")

// wholeNames are the names of all cards, folded: some have a word in them that is a wish elsewhere.
var wholeNames = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, name := range Cards() {
		all[Fold(name)] = true
	}
	return all
})

// ModelNamed is the model that a name means, if the table has it. Every word of the name
// must be part of it: a size that the card does not come in makes it none.
func ModelNamed(name string) (Model, bool) {
	n := nameOf(name)
	if n.count > 0 || n.over || n.words == "" {
		return Model{}, false
	}
	for _, r := range Runs(name) {
		if besideModels[r.Text] && !wholeNames()[Fold(name)] {
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

// numbered are the cards by the number in their names, of those that are not told apart
// by their number: there is an RTX A6000, an RTX PRO 6000 and an RTX 6000.
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
			delete(all, number) // 3060 is one card, 3060 Ti another
		}
	}
	return all
})

// CardsNumbered are the cards that a number alone does not tell apart.
func CardsNumbered(number string) []string { return numbered()[number] }

func isAll(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return s != ""
}

// Is says whether a card is of the model. A card whose name leaves open what the model
// asks for may be one.
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

// Comes reports whether the model comes with so much memory, GB.
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

// HasMemory reports whether a card of the table has just so much memory, GB.
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

// cardNames are the names of the table, folded, with and without the words in front of
// the number that people leave out.
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
