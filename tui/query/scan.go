package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gap skips what is between two words, and says how it joins them: a slash or a comma
// makes alternatives of them; a comma with a blank beside it is a pause, and so are a plus and an
// ampersand.
func (p *scanner) gap() join {
	how, comma, blank := apart, false, false
	for p.pos < len(p.text) {
		r, w := utf8.DecodeRuneInString(p.rest())
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("()[]?!", r) && !(r == '!' && p.wordFollows()):
			blank = true
		case r == ',':
			comma = true
		case r == ';', r == '.' && (p.pos+1 == len(p.text) || p.text[p.pos+1] == ' '):
			comma, blank = true, true
		case strings.ContainsRune("&+", r):
			comma, blank = true, true
		case strings.ContainsRune("|/", r):
			how = tight
		default:
			w = 0
		}
		if p.pos += w; w == 0 {
			break
		}
	}
	switch {
	case how == tight:
	case comma && blank:
		how = pause
	case comma:
		how = tight
	}
	return how
}

// wordFollows reports whether the sign at the scanner's place stands in front of a word.
func (p *scanner) wordFollows() bool {
	return p.pos+1 < len(p.text) && !unicode.IsSpace(rune(p.text[p.pos+1])) &&
		(p.pos == 0 || unicode.IsSpace(rune(p.text[p.pos-1])))
}

// exactHere reports whether a term of the exact form begins at the scanner's place: with
// a quote, or with a field or a comparison.
func (p *scanner) exactHere() bool {
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
	fieldLike := op != ":" || isField || !strings.ContainsAny(first.text, "0123456789")
	return op != "" && fieldLike || strings.HasPrefix(ahead.rest(), `"`)
}

// orderHere reads an order that is written as --sort takes it: sort:-mem.
func (p *scanner) orderHere() (order string, ok bool) {
	for _, head := range []string{"sort:", "sort=", "order:", "order="} {
		if len(p.rest()) >= len(head) && strings.EqualFold(p.rest()[:len(head)], head) {
			term := p.restOfTerm()
			p.pos += len(term)
			return term[len(head):], true
		}
	}
	return "", false
}

// spokenWord reads a word that people say.
func (p *scanner) spokenWord() word {
	w := word{from: p.pos}
	if r, n := utf8.DecodeRuneInString(p.rest()); strings.ContainsRune("-!–—−", r) {
		w.not = true
		p.pos += n
	}
	at := p.pos
	if op := p.operator(); !w.not && strings.ContainsAny(op, "<>") {
		p.skipOperator()
		w.text, w.to = op, p.pos
		return w
	}
	for p.pos < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.rest())
		next := p.text[p.pos+n:]
		ends := next == "" || next[0] == ' '
		if unicode.IsSpace(r) || strings.ContainsRune(`,|/"()[]?;&`, r) || strings.ContainsRune("!.", r) && ends ||
			r == '+' && !ends {
			break
		}
		p.pos += n
	}
	w.text, w.to = plainSigns.Replace(p.text[at:p.pos]), p.pos
	return w
}

// plainSigns has the plain sign for others that mean the same.
var plainSigns = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‑", "-", "×", "x", "’", "'", "＄", "$", "¢", "cents")
