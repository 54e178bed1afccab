package catalog

import (
	"strings"
)

// Hint is what was probably meant by a filter that matches nothing, in words
// for the line under it; empty if nothing comes to mind. Each guess is tried:
// one that would match nothing either is not made.
func (c *Catalog) Hint(text string) string {
	for _, guess := range append(guesses[:len(guesses):len(guesses)], c.twoOfOneField) {
		for _, h := range guess(text) {
			if h.filter == "" {
				return h.say
			}
			if q, err := Parse(h.filter); err == nil && c.Matches(q) {
				return h.say
			}
		}
	}
	return ""
}

// hint is a guess; filter is the whole filter as it was probably meant.
type hint struct{ say, filter string }

var guesses = []func(string) []hint{notWord, orWord, cheapestWord, underWord, bareSize, bareNumber, noiseWord, bareCount, exactly}

var (
	notForm      = form(`(?i)(^|\s)(?:not|no|without|except)\s+(\S+)`)
	orForm       = form(`(?i)(\S)\s+or\s+(\S)`)
	andForm      = form(`(?i)\s+and\s+`)
	noiseForm    = form(`(?i)(^|\s)(?:in|with|at|for|the|of|a|gpus?|cards?|hour|please)(\s|$)`)
	numberTerm   = form(`(?i)(^|\s)([a-z_]+)\s+\$?([0-9.]+)(\s|$)`)
	cheapestForm = form(`(?i)(^|\s)(?:cheapest|cheap|lowest|best)(\s|$)`)
	underForm    = form(`(?i)(^|\s)(?:under|below|max|upto|less than)\s+\$?([0-9.]+)`)
	sizeForm     = form(`(?i)(^|\s)([0-9.]+)\s*(gb|tb|g|t)(\s|$)`)
	countForm    = form(`(?i)(^|\s)([0-9]{1,2})(?:\s*(?:x|gpus?|cards?))?(\s|$)`)
)

func notWord(text string) []hint {
	if m := notForm().FindStringSubmatch(text); m != nil {
		return []hint{{"-" + m[2] + "?", notForm().ReplaceAllString(text, "${1}-${2}")}}
	}
	return nil
}

func orWord(text string) []hint {
	if joined := orForm().ReplaceAllString(text, "${1},${2}"); joined != text {
		return []hint{{joined + "?", joined}}
	}
	if andForm().MatchString(text) {
		plain := andForm().ReplaceAllString(text, " ")
		return []hint{{"all terms must hold anyway: " + plain, plain}}
	}
	return nil
}

func cheapestWord(text string) []hint {
	if cheapestForm().MatchString(text) {
		return []hint{{say: "cheapest first already"}}
	}
	return nil
}

func underWord(text string) []hint {
	if m := underForm().FindStringSubmatch(text); m != nil {
		return []hint{{"price<" + m[2] + "?", underForm().ReplaceAllString(text, "${1}price<${2}")}}
	}
	return nil
}

// bareSize: a size alone is a word that may be in a GPU's name.
func bareSize(text string) []hint {
	m := sizeForm().FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	size := strings.ToLower(m[2] + m[3])
	as := func(field string) string {
		return sizeForm().ReplaceAllString(text, "${1}"+field+">="+size+"${4}")
	}
	return []hint{{"mem>=" + size + " or vram>=" + size + "?", as("vram")}, {"mem>=" + size + "?", as("mem")}, {"disk>=" + size + "?", as("disk")}}
}

// bareNumber: "price 20" lacks its operator: at most for a price, at least for
// what one wants more of.
func bareNumber(text string) []hint {
	m := numberTerm().FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	f, ok := FieldNamed(m[2])
	if !ok || fields[f].number == nil {
		return nil
	}
	term := f.String() + "<=" + m[3]
	if f.Falls() {
		term = f.String() + ">=" + m[3]
	}
	return []hint{{term + "?", numberTerm().ReplaceAllString(text, "${1}"+term+"${4}")}}
}

// noiseWord: words that mean something to people only.
func noiseWord(text string) []hint {
	plain := strings.Join(strings.Fields(noiseForm().ReplaceAllString(text, "${1}${2}")), " ")
	if plain == "" || plain == strings.Join(strings.Fields(text), " ") {
		return nil
	}
	return []hint{{plain + "?", plain}}
}

func bareCount(text string) []hint {
	m := countForm().FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	return []hint{{"count:" + m[2] + "?", countForm().ReplaceAllString(text, "${1}count:${2}${3}")}}
}

// pairedTerms is up to how many terms are tried in pairs.
const pairedTerms = 8

// twoOfOneField: two terms that no row can meet together, such as gpu:h100
// gpu:h200, were meant as alternatives.
func (c *Catalog) twoOfOneField(text string) []hint {
	q, err := Parse(text)
	if err != nil || len(q.Terms) > pairedTerms {
		return nil
	}
	var out []hint
	for i, a := range q.Terms {
		for _, b := range q.Terms[i+1:] {
			if joined, ok := c.joinTerms(a, b); ok {
				rest := Query{}
				for j, t := range q.Terms {
					if j == i {
						t = joined
					}
					if t.from != b.from {
						rest.Terms = append(rest.Terms, t)
					}
				}
				out = append(out, hint{"both must hold; " + joined.String() + "?", rest.String()})
			}
		}
	}
	return out
}

// joinTerms makes alternatives of two terms that each match something alone.
func (c *Catalog) joinTerms(a, b Term) (Term, bool) {
	fa, okA := a.Field()
	fb, okB := b.Field()
	if a.Negated || b.Negated || okA != okB || fa != fb || a.any[0].kind != b.any[0].kind {
		return Term{}, false
	}
	if k := a.any[0].kind; k == isAbove || k == isBelow || k == isBetween && a.any[0].lo != a.any[0].hi {
		return Term{}, false
	}
	if k := a.any[0].kind; k == hasWord && min(len(a.any[0].word), len(b.any[0].word)) < 2 || !c.Matches(Query{Terms: []Term{a}}) || !c.Matches(Query{Terms: []Term{b}}) {
		return Term{}, false
	}
	a.any = append(append([]condition{}, a.any...), b.any...)
	return a, true
}

// exactly: gpu="h100" names one spelling, gpu:h100 whatever has it in its name.
func exactly(text string) []hint {
	q, err := Parse(text)
	if err != nil {
		return nil
	}
	for i, t := range q.Terms {
		if c := t.any[0]; c.kind == isExactly && !t.Negated {
			wide := c.field.String() + ":" + quote(c.value)
			if !strings.Contains(c.value, " ") {
				wide = c.field.String() + ":" + c.value
			}
			rest := q.Without(i).String()
			return []hint{{wide + "?", strings.TrimSpace(rest + " " + wide)}}
		}
	}
	return nil
}
