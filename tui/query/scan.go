package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gpupick/tui/known"
)

// gap skips the separator between two words and returns its kind. A slash, a bar or a comma without a
// space is tight and makes alternatives. A comma with a space, a semicolon, a period, a plus and an
// ampersand are a pause.
func (p *scanner) gap() join {
	how, comma, blank := apart, false, false
	for p.pos < len(p.text) {
		r, w := utf8.DecodeRuneInString(p.rest())
		switch {
		case isSpace(r) || strings.ContainsRune("()[]?!", r) && !(r == '!' && p.wordFollows()):
			blank = true
		case r == ',':
			comma = true
		case r == ';', r == '.' && p.endsWord(w):
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

// wordFollows reports whether the sign at the scanner's position is directly before a word: "!spot".
func (p *scanner) wordFollows() bool {
	return p.pos+1 < len(p.text) && !isSpace(rune(p.text[p.pos+1])) &&
		(p.pos == 0 || isSpace(rune(p.text[p.pos-1])))
}

// exactHere reports whether a term in the exact form begins at the scanner's position: a
// quote, a pattern such as mi2*, or a field with an operator. spoken are the words before it.
func (p *scanner) exactHere(spoken []word) bool {
	ahead := *p
	if p.dashOfRange() {
		return false
	}
	if strings.ContainsRune("-!", rune(ahead.rest()[0])) && ahead.operator() == "" {
		ahead.pos++
		if ahead.pos == len(ahead.text) || ahead.text[ahead.pos] == ' ' {
			return true // exactTerm reports the error
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
		return false // a noun may follow the number: >2 gpus
	}
	_, isField := FieldNamed(first.text)
	if strings.ContainsAny(op, "<>") && op != "!=" && !first.quoted &&
		(endsNoun(spoken, first.text) || !isField && namesModel(first.text)) {
		return false // gpu memory >= 80, h100<3
	}
	fieldLike := op != ":" || isField || !strings.ContainsAny(first.text, "0123456789")
	return op != "" && fieldLike || strings.HasPrefix(ahead.rest(), `"`)
}

// dashOfRange reports whether there is a dash at the scanner's position, with spaces and numbers on both
// sides: $1 - $2.
func (p *scanner) dashOfRange() bool {
	dash, w := utf8.DecodeRuneInString(p.rest())
	rest := p.rest()[w:]
	before := strings.TrimRight(p.text[:p.pos], " ")
	return strings.ContainsRune("-–—−", dash) && strings.HasPrefix(rest, " ") &&
		numberForm().MatchString(strings.ToLower(before[strings.LastIndexByte(before, ' ')+1:])) &&
		startsNumber().MatchString(rest)
}

var startsNumber = form(`^ +\$?\.?[0-9]`)

// endsNoun reports whether a word ends a noun or "per gpu" that began in the words before it: gpu memory. What belongs
// to an amount begins none: "$4/gpu price<1" and "$4 per gpu price<1" are a price per GPU and a price.
func endsNoun(spoken []word, last string) bool {
	said := last
	for i := len(spoken) - 1; i >= 0 && i > len(spoken)-longestPhrase; i-- {
		said = spoken[i].text + " " + said
		if is := vocabulary()[known.Fold(said)].is; (is == noun || is == perGPU) && !ofAmount(spoken, i) {
			return true
		}
	}
	return false
}

// ofAmount reports whether a word belongs to the amount before it: /gpu, per gpu, a gpu.
func ofAmount(spoken []word, i int) bool {
	if spoken[i].join == tight {
		return true
	}
	amount := func(k int) bool { return k >= 0 && numberForm().MatchString(strings.ToLower(spoken[k].text)) }
	per := func(k int) bool { return k >= 0 && perWords[strings.ToLower(spoken[k].text)] }
	return per(i) && amount(i-1) || per(i-1) && amount(i-2)
}

var perWords = map[string]bool{"per": true, "a": true, "each": true, "je": true, "pro": true, "par": true, "por": true}

// orderHere reads an order in the form of --sort: sort:-mem.
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

// spokenWord reads a word that is not part of an exact term.
func (p *scanner) spokenWord() word {
	w := word{from: p.pos}
	if p.dashOfRange() {
		_, n := utf8.DecodeRuneInString(p.rest())
		p.pos += n
		w.text, w.to = "to", p.pos
		return w
	}
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
		ends := p.endsWord(n)
		if isSpace(r) || strings.ContainsRune(partingSigns, r) || strings.ContainsRune("!.", r) && ends ||
			r == '+' && !ends {
			break
		}
		p.pos += n
	}
	said := strings.TrimRight(p.text[at:p.pos], sentenceEnds)
	w.text, w.to = plainSigns.Replace(said), at+len(said)
	return w
}

// endsWord reports whether nothing that may be part of a word follows the next n bytes.
func (p *scanner) endsWord(n int) bool {
	next, _ := utf8.DecodeRuneInString(p.text[p.pos+n:])
	return p.pos+n == len(p.text) || isSpace(next) || strings.ContainsRune(partingSigns, next)
}

// sentenceEnds are the signs that belong to no word that they end.
const sentenceEnds = "!.:"

// partingSigns are the signs that separate words.
const partingSigns = `,|/"()[]?;&<>≤≥`

// plainSigns replaces typographic signs with plain ones that mean the same.
var plainSigns = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‑", "-", "×", "x", "’", "'", "＄", "$", "¢", "cents")

// isSpace reports whether r separates words: no control character belongs to a word.
func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
