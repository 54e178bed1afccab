package catalog

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxTerms is how many terms a filter has at most: Run keeps one bit for each.
const maxTerms = 64

// SyntaxError is a filter that cannot be understood.
type SyntaxError struct {
	At         int // byte in the text
	Reason     string
	Unfinished bool // more letters may still make sense of it
	term       int  // byte at which the term begins
	asks       bool // it is a word that may mean several things
}

func (e *SyntaxError) Error() string { return e.Reason }

// Parse reads a filter. It fails with a *SyntaxError.
func Parse(text string) (Query, error) {
	q, _, err := read(text)
	return q, err
}

// parser reads a text from left to right; pos is the byte it stands at.
type parser struct {
	text string
	pos  int
	term int // where the term begins

	orders [][2]int // where words stand that sort
}

func (p *parser) fail(at int, format string, args ...any) *SyntaxError {
	return &SyntaxError{At: at, Reason: fmt.Sprintf(format, args...), term: p.term}
}

func (p *parser) unfinished(format string, args ...any) *SyntaxError {
	e := p.fail(len(p.text), format, args...)
	e.Unfinished = true
	return e
}

func (p *parser) rest() string { return p.text[p.pos:] }

func (p *parser) spaces() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
}

// value is one piece between commas.
type value struct {
	text   string
	at     int
	quoted bool
}

func (p *parser) parseTerm() ([]Term, error) {
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

// operators, the longer ones first.
var operators = []struct{ sign, means string }{
	{"<=", "<="}, {">=", ">="}, {"!=", "!="}, {"==", "="}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"<", "<"}, {">", ">"}, {"=", "="}, {":", ":"},
}

// operator is the operator at the parser's place, or empty.
func (p *parser) operator() string {
	for _, o := range operators {
		if strings.HasPrefix(p.rest(), o.sign) {
			return o.means
		}
	}
	return ""
}

func (p *parser) skipOperator() {
	for _, o := range operators {
		if strings.HasPrefix(p.rest(), o.sign) {
			p.pos += len(o.sign)
			return
		}
	}
}

// operatorBehind is the operator that follows a piece and makes it a field; a
// gap before it is allowed behind a field's name: "price < 20", but "h100 <20"
// is two terms.
func (p *parser) operatorBehind(first value) string {
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

// piece reads up to a space, a comma or, where a field may stand, an operator.
func (p *parser) piece(fieldToo bool) (value, error) {
	v := value{at: p.pos}
	if strings.HasPrefix(p.rest(), `"`) {
		return p.quoted()
	}
	for p.pos < len(p.text) {
		r, w := utf8.DecodeRuneInString(p.rest())
		if r == ' ' || r == '\t' || r == ',' || r == '|' || r == '"' || fieldToo && p.operator() != "" {
			break
		}
		p.pos += w
	}
	v.text = p.text[v.at:p.pos]
	return v, nil
}

func (p *parser) quoted() (value, error) {
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

// list reads the further alternatives behind first; a comma may have a gap
// behind it. Empty ones are passed over. head is the field and the operator that
// the alternatives share, empty for words: it may be repeated, but no other
// field may follow, unless the comma with a gap was only a pause between terms.
func (p *parser) list(first value, head string) ([]value, error) {
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
				return nil, p.fail(at, "alternatives of one term are about one field; write two terms")
			}
			p.pos = back
			break
		}
		v, err := p.piece(head == "")
		if err != nil {
			return nil, err
		}
		if head == "" && !v.quoted && p.operator() != "" {
			return nil, p.fail(v.at, "alternatives of one term are about one field; write two terms")
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

// headHere is the field and the operator at the parser's place, as they are
// written; empty if there are none.
func (p *parser) headHere() string {
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

// comparison reads what follows a field and an operator.
func (p *parser) comparison(name value, op string, negated bool) ([]Term, error) {
	field, known := FieldNamed(name.text)
	opAt := p.pos
	p.skipOperator()
	p.spaces()
	switch {
	case name.text == "" && op == ":":
		return nil, p.fail(opAt, "a field stands before the colon, as in gpu:h100")
	case name.text == "":
		field = Price // a bare comparison is of the price
	case !known:
		return nil, p.unknownField(name)
	}
	if p.pos == len(p.text) {
		return nil, p.unfinished("a value follows %s%s", field, op)
	}
	if p.operator() != "" && p.operator() != ":" {
		return nil, p.fail(p.pos, "a value follows %s%s, not another operator", field, op)
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

func (p *parser) unknownField(name value) *SyntaxError {
	if near := NearestField(name.text); near != "" {
		return p.fail(name.at, "no field %q; did you mean %s?", name.text, near)
	}
	return p.fail(name.at, "no field %q; the fields are %s", name.text, fieldNames())
}
