package catalog

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gpupick/tui/known"
	"gpupick/tui/query"
)

// read reads a filter: exact terms, and in between what people say. tail is where its
// last term or phrase begins.
func read(text string) (q Query, tail int, err error) {
	p := &parser{text: text}
	return p.read()
}

// SplitOrder takes the words out of a filter that sort, as in "cheapest 8xh100". A filter
// that cannot be understood stays as it is.
func SplitOrder(text string) (filter string, order Sort) {
	p := &parser{text: text}
	q, _, err := p.read()
	if err != nil || len(q.Sort) == 0 {
		return text, nil
	}
	for _, at := range slices.Backward(p.orders) {
		text = strings.TrimRight(text[:at[0]], " ,") + " " + strings.TrimLeft(text[at[1]:], " ,")
	}
	return strings.TrimSpace(text), q.Sort
}

func (p *parser) read() (q Query, tail int, err error) {
	text := p.text
	var words []query.Word
	say := func() error {
		if len(words) == 0 {
			return nil
		}
		ending := p.pos == len(text)
		atEnd := ending && words[len(words)-1].To == len(text)
		parts := query.Read(words, atEnd)
		words = nil
		for i, part := range parts {
			tail = part.From
			last := i == len(parts)-1
			if err := p.spoken(&q, part, last && (atEnd || ending && part.Dangling), part.From); err != nil {
				return err
			}
		}
		return nil
	}
	for {
		join := p.gap()
		end := p.pos == len(text)
		if end || p.exactHere() {
			if err := say(); err != nil {
				return Query{}, tail, err
			}
			if end && len(q.Terms) <= maxTerms {
				return q, tail, nil
			}
			if end {
				return Query{}, tail, p.fail(p.term, "a filter has at most %d terms", maxTerms)
			}
			if join == query.Tight && len(q.Terms) > 0 {
				return Query{}, tail, p.fail(p.pos, "alternatives of one term are about one field; write two terms")
			}
			p.term, tail = p.pos, p.pos
			terms, err := p.parseTerm()
			if err != nil {
				return Query{}, tail, err
			}
			q.Terms = append(q.Terms, terms...)
		} else if w := p.spokenWord(); w.Text != "" {
			w.Join = join
			words = append(words, w)
		}
		if len(q.Terms) > maxTerms {
			return Query{}, tail, p.fail(p.term, "a filter has at most %d terms", maxTerms)
		}
	}
}

// gap skips what is between two words, and says how it joins them: a slash or a comma
// makes alternatives of them, a comma with a blank beside it is a pause.
func (p *parser) gap() query.Join {
	join, comma, blank := query.Apart, false, false
	for p.pos < len(p.text) {
		r, w := utf8.DecodeRuneInString(p.rest())
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("()[]?!", r) && !(r == '!' && p.wordFollows()):
			blank = true
		case r == ',':
			comma = true
		case r == ';', r == '.' && (p.pos+1 == len(p.text) || p.text[p.pos+1] == ' '):
			comma, blank = true, true
		case strings.ContainsRune("|/&+", r):
			join = query.Tight
		default:
			w = 0
		}
		if p.pos += w; w == 0 {
			break
		}
	}
	switch {
	case join == query.Tight:
	case comma && blank:
		join = query.Pause
	case comma:
		join = query.Tight
	}
	return join
}

// wordFollows reports whether the sign at the parser's place stands in front of a word.
func (p *parser) wordFollows() bool {
	return p.pos+1 < len(p.text) && !unicode.IsSpace(rune(p.text[p.pos+1])) && (p.pos == 0 || unicode.IsSpace(rune(p.text[p.pos-1])))
}

// exactHere reports whether a term of the exact form begins at the parser's place: with
// a quote, or with a field or a comparison.
func (p *parser) exactHere() bool {
	ahead := *p
	if strings.ContainsRune("-!", rune(ahead.rest()[0])) && ahead.operator() == "" {
		ahead.pos++
		if ahead.pos == len(ahead.text) || ahead.text[ahead.pos] == ' ' {
			return true // an error of its own
		}
	}
	if strings.HasPrefix(ahead.rest(), `"`) {
		return true
	}
	first, err := ahead.piece(true)
	if err != nil {
		return true
	}
	if strings.Contains(first.text, "*") && strings.HasSuffix(first.text, "*") && len(first.text) > 2 {
		return true
	}
	op := ahead.operatorBehind(first)
	if first.text == "" && strings.ContainsAny(op, "<>") && op != "!=" {
		return false // what it is of may stand behind the number: >2 gpus
	}
	_, isField := FieldNamed(first.text)
	return op != "" && (op != ":" || isField || !strings.ContainsAny(first.text, "0123456789")) || strings.HasPrefix(ahead.rest(), `"`)
}

// spokenWord reads a word that people say.
func (p *parser) spokenWord() query.Word {
	w := query.Word{From: p.pos}
	if r, n := utf8.DecodeRuneInString(p.rest()); strings.ContainsRune("-!–—−", r) {
		w.Not = true
		p.pos += n
	}
	at := p.pos
	if op := p.operator(); !w.Not && strings.ContainsAny(op, "<>") {
		p.skipOperator()
		w.Text, w.To = op, p.pos
		return w
	}
	for p.pos < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.rest())
		next := p.text[p.pos+n:]
		if unicode.IsSpace(r) || strings.ContainsRune(`,|/"()[]?;&`, r) || r == '!' && (next == "" || next[0] == ' ') || r == '.' && (next == "" || next[0] == ' ') || r == '+' && next != "" && next[0] != ' ' {
			break
		}
		p.pos += n
	}
	w.Text, w.To = plainSigns.Replace(p.text[at:p.pos]), p.pos
	return w
}

// plainSigns has the plain sign for others that mean the same.
var plainSigns = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‑", "-", "×", "x", "’", "'", "＄", "$")

// spoken adds what a part of the text means to a query. open is whether the text may go
// on with it.
func (p *parser) spoken(q *Query, part query.Part, open bool, from int) error {
	p.term = from
	fail := func(format string, args ...any) error {
		e := p.fail(from, format, args...)
		e.Unfinished, e.asks = open, len(part.Ask) > 0 && !part.Dangling
		return e
	}
	switch {
	case part.Wrong != "":
		return fail("%s", part.Wrong)
	case part.Order != "":
		order, err := ParseSort(part.Order)
		if err != nil {
			return fail("%v", err)
		}
		q.Sort = append(q.Sort, order...)
		p.orders = append(p.orders, [2]int{part.From, part.To})
	case part.Exact != "":
		exact := parser{text: part.Exact}
		terms, err := exact.parseTerm()
		if err != nil {
			return fail("%v", err)
		}
		for i := range terms {
			terms[i].from = from
		}
		q.Terms = append(q.Terms, terms...)
	case part.Begins != "":
		q.Terms = append(q.Terms, Term{Negated: part.Not, any: []condition{beginning(part.Begins)}, from: from})
	case part.Open != "":
		folded := known.Fold(part.Open)
		if utf8.RuneCountInString(folded) < 3 && !strings.Contains(part.Open, "-") || strings.Trim(folded, "0123456789") == "" {
			return fail("%q is not understood", part.Open)
		}
		c := condition{kind: hasWord, value: part.Open, word: folded, inID: strings.Contains(part.Open, "-"), whole: true}
		q.Terms = append(q.Terms, Term{Negated: part.Not, any: []condition{c}, from: from})
	}
	return nil
}

// beginning is met by all cards, regions, types and parts of the world that a folded word
// may become.
func beginning(text string) condition {
	word := known.Fold(text)
	c := condition{kind: hasWord, value: text + "*", word: word, begins: true, inID: strings.Contains(text, "-")}
	if len(word) < 3 || strings.ContainsAny(word, "0123456789") {
		return c
	}
	for _, name := range known.AreaNames() {
		if strings.HasPrefix(name, word) {
			a, _ := known.AreaNamed(name)
			c.areas = append(c.areas, a)
		}
	}
	return c
}

// Read reads a filter for this list: a word that only the list can explain must be in
// it. It fails with a *SyntaxError.
func (c *Catalog) Read(text string) (Query, error) {
	q, err := Parse(text)
	if err != nil {
		return q, err
	}
	if e := c.notUnderstood(q); e != nil {
		return Query{}, e
	}
	return q, nil
}

// notUnderstood is the first word that is neither known nor in the list.
func (c *Catalog) notUnderstood(q Query) *SyntaxError {
	if c.Len() == 0 {
		return nil
	}
	for _, t := range q.Terms {
		word := t.any[0]
		if word.kind != hasWord || !word.whole && !word.begins {
			continue
		}
		if t.Negated = false; c.Matches(Query{Terms: []Term{t}}) {
			continue
		}
		e := &SyntaxError{At: t.from, term: t.from, Reason: fmt.Sprintf("%q is not understood", strings.TrimSuffix(word.value, "*"))}
		if near := c.near(word.word); near != "" {
			e.Reason += "; did you mean " + near + "?"
		}
		return e
	}
	return nil
}

// near is what was probably meant by a word, in the exact form.
func (c *Catalog) near(word string) string {
	names := query.Names()
	var list []string
	for name := range names {
		list = append(list, name)
	}
	for _, name := range c.Spellings(GPU) {
		if folded := known.Fold(name); names[folded] == "" {
			names[folded] = "gpu:" + name
			if strings.ContainsAny(name, " ,") {
				names[folded] = "gpu:" + quote(name)
			}
			list = append(list, folded)
		}
	}
	list = slices.DeleteFunc(list, func(name string) bool { return word == "" || name == "" || name[0] != word[0] }) // slips spare the first letter
	slices.Sort(list)
	return names[Nearest(word, list)]
}
