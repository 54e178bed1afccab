package catalog

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
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
}

func (e *SyntaxError) Error() string { return e.Reason }

// Parse reads a filter. It fails with a *SyntaxError.
func Parse(text string) (Query, error) {
	p := parser{text: text}
	q := Query{}
	for {
		p.spaces()
		if p.pos == len(text) {
			return q, nil
		}
		p.term = p.pos
		terms, err := p.parseTerm()
		if err != nil {
			return Query{}, err
		}
		q.Terms = append(q.Terms, terms...)
		if len(q.Terms) > maxTerms {
			return Query{}, p.fail(p.term, "a filter has at most %d terms", maxTerms)
		}
	}
}

// parser reads a text from left to right; pos is the byte it stands at.
type parser struct {
	text string
	pos  int
	term int // where the term begins
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
	values, err := p.list(first, true)
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
// behind it. Empty ones are passed over.
func (p *parser) list(first value, fieldToo bool) ([]value, error) {
	values := []value{first}
	for p.pos < len(p.text) && (p.text[p.pos] == ',' || p.text[p.pos] == '|') {
		p.pos++
		back := p.pos
		p.spaces()
		if p.pos == len(p.text) {
			p.pos = back
			break
		}
		v, err := p.piece(fieldToo)
		if err != nil {
			return nil, err
		}
		if fieldToo && !v.quoted && p.operator() != "" {
			if v.at != back { // "h100, price<20": the comma is only a pause
				p.pos = back
				break
			}
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
	case !known && op == ":" && strings.ContainsAny(name.text, "0123456789"):
		return p.gpuColonCount(name, negated)
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
	values, err := p.list(first, false)
	if err != nil {
		return nil, err
	}
	return p.fieldTerm(field, op, opAt, values, negated)
}

func (p *parser) unknownField(name value) *SyntaxError {
	if near := nearestField(name.text); near != "" {
		return p.fail(name.at, "no field %q; did you mean %s?", name.text, near)
	}
	return p.fail(name.at, "no field %q; the fields are %s", name.text, fieldNames())
}

// gpuColonCount reads "h100:8".
func (p *parser) gpuColonCount(name value, negated bool) ([]Term, error) {
	if p.pos == len(p.text) {
		return nil, p.unfinished("a count follows %s:", name.text)
	}
	v, err := p.piece(true)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(v.text)
	if err != nil || n < 0 {
		return nil, p.unknownField(name)
	}
	return p.pair([]value{name}, n, negated)
}

func (p *parser) fieldTerm(field Field, op string, opAt int, values []value, negated bool) ([]Term, error) {
	if op == "!=" {
		op, negated = "=", !negated
	}
	if field == GPU && op == ":" && !values[len(values)-1].quoted {
		if last := &values[len(values)-1]; countSuffix.MatchString(last.text) { // gpu:h100:8
			i := strings.LastIndexByte(last.text, ':')
			n, _ := strconv.Atoi(last.text[i+1:])
			last.text = last.text[:i]
			return p.pair(values, n, negated)
		}
	}
	t := Term{Negated: negated, from: p.term}
	for _, v := range values {
		c, err := p.condition(field, op, opAt, v)
		if err != nil {
			return nil, err
		}
		t.any = append(t.any, c)
	}
	if len(values) > 1 && strings.ContainsAny(op, "<>") {
		return nil, p.fail(values[1].at, "one number follows %s%s", field, op)
	}
	return []Term{t}, nil
}

func (p *parser) condition(field Field, op string, opAt int, v value) (condition, error) {
	s := &fields[field]
	ordered := strings.ContainsAny(op, "<>")
	if !v.quoted && !ordered && strings.EqualFold(v.text, "none") {
		return condition{kind: isMissing, field: field}, nil
	}
	switch {
	case s.number != nil:
		return p.numberCondition(field, op, v)
	case ordered:
		return condition{}, p.fail(opAt, "%s is text; write %s:%s", field, field, v.text)
	case s.place != nil:
		a, ok := areaNamed(v.text)
		if !ok {
			return condition{}, p.unknownArea(v)
		}
		return condition{kind: inArea, field: Area, value: v.text, area: a}, nil
	case op == "=":
		key := strings.ToLower(v.text)
		if field == GPU {
			key = GPUKey(v.text)
		}
		return condition{kind: isExactly, field: field, value: v.text, key: key}, nil
	case strings.Contains(v.text, "*"):
		return condition{kind: isLike, field: field, value: v.text, word: strings.ToLower(v.text)}, nil
	}
	runs := cutRuns(v.text)
	if field == GPU {
		runs = cutPrefixes(runs)
	}
	if len(runs) == 0 {
		return condition{}, p.fail(v.at, "%q has no letter or digit to look for", v.text)
	}
	return condition{kind: hasRuns, field: field, value: v.text, runs: runs}, nil
}

func (p *parser) unknownArea(v value) *SyntaxError {
	w := Fold(v.text)
	names := make([]string, 0, len(areas))
	for name := range areas {
		names = append(names, name)
		if strings.HasPrefix(name, w) && v.at+len(v.text) == len(p.text) {
			return p.unfinished("no area %q", v.text)
		}
	}
	if near := nearest(w, sorted(names)); near != "" {
		return p.fail(v.at, "no area %q; did you mean %s?", v.text, near)
	}
	return p.fail(v.at, "no area %q; areas are continents and countries: europe, us, canada, asia", v.text)
}

var (
	numberForm  = regexp.MustCompile(`^\$?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(gb|gib|g|tb|tib|t)?(?:usd|\$)?(?:/h|/hr|/hour)?$`)
	numberBegin = regexp.MustCompile(`^\$?[0-9]*\.?[0-9]*(gi?|ti?|us?|\$)?(/|/h|/ho|/hou)?$`)
	countSuffix = regexp.MustCompile(`^[^:]+:[0-9]{1,4}$`)
)

func (p *parser) numberCondition(field Field, op string, v value) (condition, error) {
	c := condition{kind: isBetween, field: field, lo: math.Inf(-1), hi: math.Inf(1)}
	from, to, isRange := strings.Cut(v.text, "..")
	if isRange && (op == ":" || op == "=") {
		return p.rangeCondition(c, v, from, to)
	}
	n, err := p.number(field, v.text, v.at)
	if err != nil {
		return c, err
	}
	switch op {
	case "<":
		c.kind, c.hi = isBelow, n
	case ">":
		c.kind, c.lo = isAbove, n
	case "<=":
		c.hi = n
	case ">=":
		c.lo = n
	default:
		c.lo, c.hi = n, n
	}
	return c, nil
}

func (p *parser) rangeCondition(c condition, v value, from, to string) (condition, error) {
	var err error
	if from == "" && to == "" {
		return c, p.unfinished("a range has a number on at least one side: 2..8")
	}
	if from != "" {
		if c.lo, err = p.number(c.field, from, v.at); err != nil {
			return c, err
		}
	}
	if to != "" {
		if c.hi, err = p.number(c.field, to, v.at+len(v.text)-len(to)); err != nil {
			return c, err
		}
	}
	if c.lo > c.hi {
		e := p.fail(v.at, "the range %s is the wrong way round: %s..%s", v.text, to, from)
		e.Unfinished = v.at+len(v.text) == len(p.text) // 8..1 on the way to 8..16
		return c, e
	}
	return c, nil
}

func (p *parser) number(field Field, text string, at int) (float64, error) {
	low := strings.ToLower(text)
	m := numberForm.FindStringSubmatch(low)
	if m == nil {
		if at+len(text) == len(p.text) && (numberBegin.MatchString(low) || strings.HasPrefix("none", low)) {
			return 0, p.unfinished("%q is not a number yet", text)
		}
		if a, b, ok := strings.Cut(low, "-"); ok && numberForm.MatchString(a) && numberForm.MatchString(b) {
			return 0, p.fail(at, "a range is written %s..%s", a, b)
		}
		return 0, p.fail(at, "%q is not a number", text)
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0, p.fail(at, "%q is too large a number", text)
	}
	if m[2] != "" && fields[field].unit != gigabytes {
		return 0, p.fail(at, "%s is not measured in %s", field, strings.ToUpper(m[2]))
	}
	if strings.HasPrefix(m[2], "t") {
		n *= 1000
	}
	return n, nil
}
