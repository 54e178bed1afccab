package query

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gpupick/tui/known"
)

// maxTerms is the largest number of terms in a filter: a list keeps one bit for each.
const maxTerms = 64

// SyntaxError reports a piece of a filter that is not understood or may mean several things.
type SyntaxError struct {
	At         int // byte of the text at which the error is
	From, To   int // bytes of the piece: a word, a phrase or a term
	Reason     string
	Choices    []string // possible meanings in the exact form, the likeliest first
	Asked      bool     // the piece is understood, but may mean any of the choices
	Unfinished bool     // more letters may complete the piece
}

func (e *SyntaxError) Error() string { return e.Reason }

// scanner reads a text from left to right; pos is the next byte to read.
type scanner struct {
	text string
	pos  int
	term int // byte at which the current term begins
}

func (p *scanner) fail(at int, format string, args ...any) *SyntaxError {
	return &SyntaxError{At: at, From: p.term, To: len(p.text), Reason: fmt.Sprintf(format, args...)}
}

func (p *scanner) unfinished(format string, args ...any) *SyntaxError {
	e := p.fail(len(p.text), format, args...)
	e.Unfinished = true
	return e
}

func (p *scanner) rest() string { return p.text[p.pos:] }

func (p *scanner) spaces() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
}

// value is the text between two commas.
type value struct {
	text   string
	at     int
	quoted bool
}

// exactTerm reads a term in the exact form. A GPU with a count gives two terms: gpu:8xh100.
func (p *scanner) exactTerm() ([]Term, error) {
	negated := false
	if strings.ContainsRune("-!", rune(p.rest()[0])) && p.operator() == "" {
		negated = true
		p.pos++
		if p.pos == len(p.text) {
			return nil, p.unfinished("a term follows the %s", p.text[p.pos-1:])
		}
	}
	first, err := p.piece(true)
	if err != nil {
		return nil, err
	}
	if op := p.operatorBehind(first); op != "" {
		return p.comparison(first, op, negated)
	}
	values, err := p.list(first, "")
	if err != nil {
		return nil, err
	}
	return p.wordTerm(values, negated)
}

// operators are the signs of operators with their meaning, the longer signs first.
var operators = []struct{ sign, means string }{
	{"<=", "<="}, {">=", ">="}, {"!=", "!="}, {"==", "="}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="},
	{"<", "<"}, {">", ">"}, {"=", "="}, {":", ":"},
}

// operator returns the operator at the scanner's position, empty if there is none.
func (p *scanner) operator() string {
	for _, o := range operators {
		if strings.HasPrefix(p.rest(), o.sign) {
			return o.means
		}
	}
	return ""
}

func (p *scanner) skipOperator() {
	for _, o := range operators {
		if strings.HasPrefix(p.rest(), o.sign) {
			p.pos += len(o.sign)
			return
		}
	}
}

// operatorBehind returns the operator after a piece, which makes the piece a field.
// A space before the operator is allowed only after the name of a field:
// "price < 20" is one term, "h100 <20" is two.
func (p *scanner) operatorBehind(first value) string {
	if first.quoted {
		return ""
	}
	op := p.operator()
	if op != "" || first.text == "" {
		return op
	}
	if _, ok := FieldNamed(first.text); !ok {
		return ""
	}
	back := p.pos
	p.spaces()
	if op = p.operator(); op == "" || op == ":" {
		p.pos = back
		return ""
	}
	return op
}

// piece reads up to a space, a comma, a bar or the end of a sentence; with fieldToo also up to an operator.
func (p *scanner) piece(fieldToo bool) (value, error) {
	v := value{at: p.pos}
	if strings.HasPrefix(p.rest(), `"`) {
		return p.quoted()
	}
	for p.pos < len(p.text) {
		r, w := utf8.DecodeRuneInString(p.rest())
		if strings.ContainsRune(" \t,|\"", r) || fieldToo && p.operator() != "" || p.sentenceEnds(v.at, r, w) {
			break
		}
		p.pos += w
	}
	v.text = p.text[v.at:p.pos]
	return v, nil
}

// sentenceEnds reports whether sign r of w bytes ends a sentence and is not part of the piece that
// began at from: the period of "mem:220gb.", but not of "price<2.", where decimals may follow.
func (p *scanner) sentenceEnds(from int, r rune, w int) bool {
	behind := p.text[p.pos+w:]
	if !strings.ContainsRune(".;!?)]", r) || behind != "" && behind[0] != ' ' || p.pos == from {
		return false
	}
	return r != '.' || strings.Trim(p.text[from:p.pos], "$0123456789.") != ""
}

func (p *scanner) quoted() (value, error) {
	v := value{at: p.pos, quoted: true}
	var b strings.Builder
	for p.pos++; p.pos < len(p.text); p.pos++ {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			v.text = b.String()
			return v, nil
		case c == '\\' && p.pos+1 < len(p.text):
			p.pos++
			b.WriteByte(p.text[p.pos])
		default:
			b.WriteByte(c)
		}
	}
	return v, p.unfinished(`the quote is not closed`)
}

const twoFields = "alternatives of one term are about one field; write two terms"

// list reads the other alternatives after first. After a comma and a space, the
// list goes on only with a value of the field; anything else is a new term. Empty
// alternatives are skipped. head is the field and operator that the alternatives
// share, empty for words. It may be repeated after a comma; another field there
// is an error.
func (p *scanner) list(first value, head string) ([]value, error) {
	values := []value{first}
	for p.pos < len(p.text) && (p.text[p.pos] == ',' || p.text[p.pos] == '|') {
		p.pos++
		back := p.pos
		p.spaces()
		if p.pos == len(p.text) {
			p.pos = back
			break
		}
		own, at := p.headHere(), p.pos
		if own != "" && own == head {
			p.pos += len(head)
		} else if own != "" {
			if at == back {
				return nil, p.fail(at, twoFields)
			}
			p.pos = back
			break
		}
		v, err := p.piece(head == "")
		if err != nil {
			return nil, err
		}
		if v.at > back && own == "" && !p.isValueOf(head, v) {
			p.pos = back
			break
		}
		if head == "" && !v.quoted && p.operator() != "" {
			return nil, p.fail(v.at, twoFields)
		}
		values = append(values, v)
	}
	kept := values[:0]
	for _, v := range values {
		if v.text != "" {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		return nil, p.fail(first.at, "nothing to look for")
	}
	return kept, nil
}

// isValueOf reports whether a piece after a comma and a space is another value of the field in head:
// count:4, 8 but not count:4, europe.
func (p *scanner) isValueOf(head string, v value) bool {
	f, ok := FieldNamed(strings.TrimRight(head, ":=<>!≤≥≠ "))
	switch {
	case v.quoted:
		return true
	case head == "": // spoken words follow a quoted word and a comma
		return false
	case !ok:
		return true
	case strings.ContainsAny(head, "<>≤≥"): // a comparison has one value
		return false
	case f.IsNumber():
		from, to, _ := strings.Cut(strings.ToLower(v.text), "..")
		unit := strings.ContainsAny(v.text, "gGtT") && fields[f].unit != gigabytes && fields[f].unit != perSecond
		rest := strings.TrimLeft(p.rest(), " \t") // "count:4, 64 cores": 64 belongs to "cores"
		return !unit && !namesModel(v.text) && (rest == "" || rest[0] == ',') &&
			(exactNumber().MatchString(from) || exactNumber().MatchString(to))
	case f == GPU:
		return namesModel(v.text) || strings.Contains(v.text, "*") || strings.ContainsAny(v.text, "0123456789")
	case f.IsPlace():
		_, ok := known.AreaNamed(v.text)
		return ok
	case f == Region:
		return isArea(v.text) || strings.ContainsAny(v.text, "*-0123456789")
	}
	phrase, spoken := vocabulary()[known.Fold(v.text)]
	return !spoken || phrase.is == term && strings.HasPrefix(phrase.what, f.String()+":")
}

// headHere returns the field and operator at the scanner's position, as typed;
// empty if there are none.
func (p *scanner) headHere() string {
	ahead := *p
	name, err := ahead.piece(true)
	if err != nil || name.quoted {
		return ""
	}
	op := ahead.operator()
	if _, known := FieldNamed(name.text); op == "" || !known && name.text != "" {
		return ""
	}
	ahead.skipOperator()
	return p.text[p.pos:ahead.pos]
}

// comparison reads the operator and the values after the name of a field.
func (p *scanner) comparison(name value, op string, negated bool) ([]Term, error) {
	field, known := FieldNamed(name.text)
	opAt := p.pos
	p.skipOperator()
	p.spaces()
	switch {
	case name.text == "" && op == ":":
		return nil, p.fail(opAt, "a field stands before the colon, as in gpu:h100")
	case name.text == "":
		field = Price // a comparison without a field is about the price
	case !known:
		return nil, p.unknownField(name)
	}
	if op == ":" && strings.ContainsAny(p.operator(), "<>") { // price:<3
		op = p.operator()
		p.skipOperator()
		p.spaces()
	}
	if p.pos == len(p.text) {
		return nil, p.unfinished("%s%s needs a value", field, op)
	}
	if p.operator() != "" && p.operator() != ":" {
		return nil, p.fail(p.pos, "%s%s needs a value, not another operator", field, op)
	}
	first, err := p.piece(false)
	if err != nil {
		return nil, err
	}
	values, err := p.list(first, p.text[name.at:first.at])
	if err != nil {
		return nil, err
	}
	if len(values) == 1 {
		p.unitBehind(field, &values[0])
	}
	return p.fieldTerm(field, op, opAt, values, negated)
}

func (p *scanner) unknownField(name value) *SyntaxError {
	if near := NearestField(name.text); near != "" {
		e := p.fail(name.at, "no field %q; did you mean %s?", name.text, near)
		e.Choices = []string{near + p.text[name.at+len(name.text):p.pos] + p.restOfTerm()}
		return e
	}
	return p.fail(name.at, "no field %q; the fields are %s", name.text, fieldNames())
}

// restOfTerm returns the text from the scanner's position to the next blank outside quotes.
func (p *scanner) restOfTerm() string {
	quoted := false
	for i := p.pos; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case (c == ' ' || c == '\t') && !quoted:
			return p.text[p.pos:i]
		}
	}
	return p.rest()
}
