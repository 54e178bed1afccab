package query

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gpupick/tui/known"
)

// Reading is the result of reading a filter: its query, and how each piece of its text was
// understood. A piece that is not understood has an error and is not in the query.
type Reading struct {
	Text  string
	Query Query
	Spans []Span // in the order of the text
}

// Span is a piece of a filter: a word, a phrase or a term.
type Span struct {
	From, To int // bytes of the text
	Look     Look
	Err      *SyntaxError // why it is not in the query; nil if it is
	Term     int          // index of its term in the query, -1 if it has none
	Terms    int          // number of terms it added, from Term on
	Order    bool         // it is an order
	Open     bool         // a word to search for in the list
	Begins   bool         // the beginning of a word; it matches every word that begins so
	Note     string       // how it was read, if that is not obvious; else empty
}

// Look is how a piece of a filter was understood.
type Look int

// The looks. A piece that is held, asked or not understood is not in the query.
const (
	Understood    Look = iota
	Filler             // it has no effect: "with", "please"
	Held               // it is not finished
	Asked              // it may mean several things
	NotUnderstood      // it has no known meaning
)

// Parse reads a filter. It fails with a *SyntaxError.
func Parse(text string) (Query, error) {
	r := Read(text)
	if e := r.Err(); e != nil {
		return Query{}, e
	}
	return r.Query, nil
}

// Err returns the error of the first piece that has one, nil if there is none.
func (r Reading) Err() *SyntaxError {
	for _, s := range r.Spans {
		if s.Err != nil {
			return s.Err
		}
	}
	return nil
}

// Notes returns the notes of the spans, which say how a piece was read if that is not obvious.
func Notes(spans []Span) []string {
	var notes []string
	for _, s := range spans {
		if s.Note != "" {
			notes = append(notes, s.Note)
		}
	}
	return notes
}

// Last returns the last piece that is not a filler.
func (r Reading) Last() (s Span, ok bool) {
	for i := len(r.Spans) - 1; i >= 0; i-- {
		if r.Spans[i].Look != Filler {
			return r.Spans[i], true
		}
	}
	return s, false
}

// WithoutOrder returns the text without the words for an order, such as "cheapest".
func (r Reading) WithoutOrder() string {
	text := r.Text
	for i := len(r.Spans) - 1; i >= 0; i-- {
		if s := r.Spans[i]; s.Order {
			text = strings.TrimRight(text[:s.From], " ,") + " " + strings.TrimLeft(text[s.To:], " ,")
		}
	}
	return strings.TrimSpace(text)
}

// Read reads a filter: exact terms and, between them, spoken words.
func Read(text string) Reading {
	p := &scanner{text: text}
	r := Reading{Text: text}
	var words []word
	for {
		how := p.gap()
		end := p.pos == len(text)
		if !end && !p.exactHere(words) {
			at := p.pos
			if w := p.spokenWord(); w.text != "" {
				w.join = how
				words = append(words, w)
			}
			p.pos = max(p.pos, at+1) // whatever it is, the scanner goes on behind it
			continue
		}
		r.addSpoken(words, end)
		words = nil
		if end {
			return r
		}
		p.term = p.pos
		if how == tight && len(r.Query.Terms) > 0 {
			r.fail(p.recovered(p.fail(p.pos, twoFields)))
			continue
		}
		if order, ok := p.orderHere(); ok {
			r.sort(order, Span{From: p.term, To: p.pos, Term: -1})
			continue
		}
		terms, err := p.exactTerm()
		if err != nil {
			r.fail(p.recovered(err.(*SyntaxError)))
			continue
		}
		r.add(Span{From: p.term, To: p.pos}, terms...)
	}
}

// recovered moves the scanner past an exact term with an error and sets the end of the error.
func (p *scanner) recovered(e *SyntaxError) *SyntaxError {
	p.pos = e.From
	p.pos += max(len(p.restOfTerm()), 1)
	for !utf8.RuneStart(p.text[min(p.pos, len(p.text)-1)]) && p.pos < len(p.text) {
		p.pos++
	}
	e.To = max(min(p.pos, len(p.text)), e.From)
	if e.To < len(p.text) && e.At == len(p.text) {
		e.At = e.To
	}
	e.Unfinished = e.Unfinished && e.To == len(p.text)
	return e
}

// add adds a piece and its terms.
func (r *Reading) add(s Span, terms ...Term) {
	if len(r.Query.Terms)+len(terms) > maxTerms {
		e := &SyntaxError{At: s.From, From: s.From, To: s.To,
			Reason: fmt.Sprintf("a filter has at most %d terms", maxTerms)}
		r.fail(e)
		return
	}
	s.Term, s.Terms = len(r.Query.Terms), len(terms)
	r.Query.Terms = append(r.Query.Terms, terms...)
	r.Spans = append(r.Spans, s)
}

func (r *Reading) fail(e *SyntaxError) {
	s := Span{From: e.From, To: e.To, Look: NotUnderstood, Err: e, Term: -1}
	switch {
	case e.Unfinished:
		s.Look = Held
	case e.Asked:
		s.Look = Asked
	}
	r.Spans = append(r.Spans, s)
}

// addSpoken adds the meaning of spoken words. end is true if no exact term follows them.
func (r *Reading) addSpoken(words []word, end bool) {
	if len(words) == 0 {
		return
	}
	unfinished := end && words[len(words)-1].to == len(r.Text)
	all := understand(r.Text, words, unfinished, end)
	last := len(all) - 1
	for last > 0 && all[last].filler {
		last--
	}
	first := make([]int, len(all)) // index of each piece's term, -1 if it has none
	for i, s := range all {
		open := i == last && (unfinished || end && s.dangling)
		span := Span{From: s.from, To: s.to, Term: -1, Note: s.note}
		switch {
		case s.filler:
			span.Look = Filler
			r.Spans = append(r.Spans, span)
		case s.into < i:
			if span.Term = first[s.into]; span.Term >= 0 {
				span.Terms = 1
			}
			r.Spans = append(r.Spans, span)
		default:
			first[i] = len(r.Query.Terms)
			if !r.addClause(s, span, open) {
				first[i] = -1
			}
		}
	}
}

// sort adds an order in the form of --sort.
func (r *Reading) sort(order string, span Span) {
	s, err := ParseSort(order)
	if err != nil {
		r.fail(&SyntaxError{At: span.From, From: span.From, To: span.To, Reason: err.Error(),
			Unfinished: span.To == len(r.Text)})
		return
	}
	r.Query.Sort = append(r.Query.Sort, s...)
	span.Order = true
	r.Spans = append(r.Spans, span)
}

// addClause adds the meaning of one piece and reports whether it is a term.
func (r *Reading) addClause(s clause, span Span, open bool) bool {
	fail := func(reason string) bool {
		e := &SyntaxError{At: s.from, From: s.from, To: s.to, Reason: reason, Choices: s.ask}
		if s.not {
			e.Choices = Negated(s.ask)
		}
		e.Unfinished, e.Asked = open, len(s.ask) > 0
		r.fail(e)
		return false
	}
	switch {
	case s.wrong != "":
		return fail(s.wrong)
	case s.order != "":
		r.sort(s.order, span)
		return false
	case strings.Contains(s.begins+s.open, "*"):
		return fail(fmt.Sprintf("a pattern names its field: gpu:%s", s.begins+s.open))
	case s.begins != "":
		span.Open, span.Begins = true, true
		r.add(span, Term{Negated: s.not, any: []Condition{Beginning(s.begins)}})
		return true
	case s.open != "":
		folded, inID := known.Fold(s.open), strings.Contains(strings.Trim(s.open, "-"), "-")
		if utf8.RuneCountInString(folded) < 3 && !inID || strings.Trim(folded, "0123456789") == "" {
			return fail(fmt.Sprintf("%q is not understood", s.open))
		}
		c := Condition{rel: hasWord, value: s.open, word: folded, inID: inID, whole: true}
		span.Open = true
		r.add(span, Term{Negated: s.not, any: []Condition{c}})
		return true
	}
	exact := scanner{text: s.exact()}
	terms, err := exact.exactTerm()
	if err != nil {
		return fail(err.Error())
	}
	r.add(span, terms...)
	return true
}

// Negated returns the negations of terms.
func Negated(terms []string) []string {
	list := make([]string, len(terms))
	for i, t := range terms {
		list[i] = "-" + t
	}
	return list
}

// Beginning returns the condition for all cards, regions, types and areas that the text
// may be the beginning of.
func Beginning(text string) Condition {
	word := known.Fold(text)
	c := Condition{rel: hasWord, value: text + "*", word: word, begins: true, inID: strings.Contains(text, "-")}
	if len(word) < 3 || strings.ContainsAny(word, "0123456789") {
		return c
	}
	for _, name := range known.PlaceNames() {
		if strings.HasPrefix(name, word) {
			a, _ := known.AreaNamed(name)
			c.areas = append(c.areas, a)
		}
	}
	return c
}
