package query

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"gpupick/tui/known"
)

// The forms of glued words and of numbers.
var (
	countFirst  = regexp.MustCompile(`^([0-9]{1,3})[x*×](.*)$`)
	countLast   = regexp.MustCompile(`^(.*[0-9].*)[x*×]([0-9]{1,3})$`)
	countAlone  = regexp.MustCompile(`^[x*×]([0-9]{1,3})$`)
	glued       = regexp.MustCompile(`^(\$?[0-9]+(?:\.[0-9]+)?)(gpus?|cards?|cores?|vcpus?|cpus?|卡|张卡|枚|usd)$`)
	numberForm  = regexp.MustCompile(`^(\$?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(gb|gib|g|tb|tib|t)?(\$?)(\+?)$`)
	rangeForm   = regexp.MustCompile(`^(\$?)([0-9]+(?:\.[0-9]+)?)(?:-|\.\.)(\$?)([0-9]+(?:\.[0-9]+)?)(gb|g|tb|t)?(\$?)$`)
	countForm   = regexp.MustCompile(`^[0-9]{1,3}$`)
	unitForm    = regexp.MustCompile(`^(gb|gib|tb|tib)$`)
	modelMemory = regexp.MustCompile(`^(.*[0-9][a-z]*)-([0-9]+gb?)$`)
)

// apart takes a glued word apart, unless it is known as a whole: 8xh100, h100:80gb:8.
func apart(w Word) []Word {
	text := strings.ToLower(w.Text)
	if _, ok := named(text); ok {
		return []Word{w}
	}
	cut := func(texts ...string) []Word {
		var words []Word
		for i, t := range texts {
			part := Word{Text: t, From: w.From, To: w.To}
			if i == 0 {
				part.Join, part.Not = w.Join, w.Not
			}
			if t != "" {
				words = append(words, part)
			}
		}
		return words
	}
	switch {
	case countAlone.MatchString(text):
		return cut(text[len(text)-len(strings.TrimLeft(text, "x*×")):] + "x")
	case strings.Contains(text, ":"):
		var words []Word
		for _, part := range cut(strings.Split(text, ":")...) {
			words = append(words, apart(part)...)
		}
		return words
	}
	if m := countFirst.FindStringSubmatch(text); m != nil && m[2] != "" {
		return append(cut(m[1]+"x"), restOf(w, m[2])...)
	}
	if m := countLast.FindStringSubmatch(text); m != nil {
		return cut(m[1], m[2]+"x")
	}
	if m := glued.FindStringSubmatch(text); m != nil {
		return cut(m[1], m[2])
	}
	if m := modelMemory.FindStringSubmatch(text); m != nil {
		return cut(m[1], m[2])
	}
	return []Word{w}
}

// restOf is what is left of a glued word.
func restOf(w Word, text string) []Word {
	return apart(Word{Text: text, From: w.From, To: w.To})
}

// number reads a number that begins with word i, with its unit if that is a word of its
// own; n is how many words it has, 0 if it is none.
func (r *reader) number(i int) (t token, n int) {
	text := strings.ToLower(r.words[i].Text)
	t = token{from: i, to: i + 1, text: text, number: true, to2: math.NaN()}
	next := func(k int) string {
		if i+k < len(r.words) && r.words[i+k].Join == Apart {
			return strings.ToLower(r.words[i+k].Text)
		}
		return ""
	}
	if m := rangeForm.FindStringSubmatch(text); m != nil && !isModel(text) {
		t.num, t.to2 = parse(m[2]), parse(m[4])
		t.dollar = m[1]+m[3]+m[6] != ""
		t.scale(m[5])
		return t, 1
	}
	if m := countFirst.FindStringSubmatch(text); m != nil && m[2] == "" {
		t.num, t.times = parse(m[1]), true
		return t, 1
	}
	if times := next(1); (text == "x" || text == "*") && countForm.MatchString(times) {
		t.num, t.times, t.to = parse(times), true, i+2
		return t, 2
	}
	m := numberForm.FindStringSubmatch(text)
	if m == nil {
		return t, 0
	}
	t.num, t.dollar, t.plus = parse(m[2]), m[1]+m[4] != "", m[5] != ""
	unit, words := m[3], 1
	if decimal := next0(r, i+1); decimal != "" && (m[2] == "0" || t.dollar || i > 0 && isBound(r, i)) { // 0,40
		t.num, words = parse(m[2]+"."+decimal), 2
	}
	if unit == "" && !t.dollar && unitForm.MatchString(next(words)) {
		unit = next(words)
		words++
	}
	if unit == "" && !t.dollar && (next(words) == "x" || next(words) == "*") {
		t.times = true
		words++
	}
	if unit == "" && (next(words) == "$" || next(words) == "€") && next(words) == "$" {
		t.dollar = true
		words++
	}
	if unit == "" && !t.dollar && !t.times && words == 1 && !isBound(r, i) {
		for k := min(longestPhrase, len(r.words)-i); k >= 1; k-- { // a model, as 4090 or 6000 ada
			if r.together(i, i+k) && isModel(r.joined(i, i+k, " ")) && !claimed(next(k)) {
				return t, 0
			}
		}
	}
	t.to = i + words
	t.scale(unit)
	return t, words
}

// next0 is the fraction behind a decimal comma, which parts words like any comma.
func next0(r *reader, i int) string {
	if i >= len(r.words) || r.words[i].Join != Tight {
		return ""
	}
	if f := r.words[i].Text; len(f) <= 2 && strings.Trim(f, "0123456789") == "" {
		return f
	}
	return ""
}

// isBound reports whether the word before i is a bound.
func isBound(r *reader, i int) bool {
	for n := 1; n <= 3 && n <= i; n++ {
		if e := vocabulary[known.Fold(r.joined(i-n, i, " "))]; e.is == bound || e.is == between {
			return true
		}
	}
	return false
}

// claimed reports whether a word says what the number before it is of.
func claimed(word string) bool {
	e := vocabulary[known.Fold(word)]
	return word != "" && (e.is == noun && e.what != "count" || e.is == currency) || unitForm.MatchString(word)
}

func isModel(text string) bool {
	_, ok := modelNamed(text)
	return ok
}

func parse(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}

// scale makes GB of a number with a unit.
func (t *token) scale(unit string) {
	if unit == "" {
		return
	}
	t.size = true
	if unit[0] == 't' {
		t.num, _ = strconv.ParseFloat(strconv.FormatFloat(t.num*1000, 'g', 12, 64), 64)
		t.to2, _ = strconv.ParseFloat(strconv.FormatFloat(t.to2*1000, 'g', 12, 64), 64)
	}
}

// amountOf is a number with all that is said about it.
type amountOf struct {
	op      string // "<" …; empty: nothing is said
	values  []float64
	to      float64 // of a range; NaN: none
	size    bool
	dollar  bool
	times   bool
	inWords bool
	sign    bool // the bound is a sign
	noun    string
	per     bool // per GPU
	from    int  // token
	n       int  // tokens
}

// quantity reads a number with its bound, its unit and its noun, on either side.
func (r *reader) quantity(i int) (said, int) {
	a := amountOf{to: math.NaN(), from: i}
	at := i
	peek := func() *token {
		if at < len(r.tokens) {
			return &r.tokens[at]
		}
		return &token{}
	}
	if t := peek(); t.is == noun && t.what != "count" {
		a.noun = t.what
		at++
	}
	takeBound := func() {
		if t := peek(); t.is == bound {
			a.op, a.sign = t.what, t.sign
			at++
		} else if op := lowerBounds[t.text]; op != "" && t.is == filler && at+1 < len(r.tokens) && r.tokens[at+1].number {
			a.op = op
			at++
		}
	}
	takeBound()
	both := peek().is == between
	if both {
		at++
	}
	value := func() bool {
		t := peek()
		if t.is == amount {
			a.values, a.inWords = append(a.values, parse(t.what)), true
			at++
			return true
		}
		if !t.number {
			return false
		}
		a.values = append(a.values, t.num)
		a.size, a.dollar, a.times = a.size || t.size, a.dollar || t.dollar, a.times || t.times
		if !math.IsNaN(t.to2) {
			a.to = t.to2
		}
		if t.plus {
			a.op = ">="
		}
		at++
		return true
	}
	if !value() {
		return r.notANumber(i)
	}
	second := func(word string) bool {
		if at+1 < len(r.tokens) && r.tokens[at].text == word && r.tokens[at+1].number {
			at++
			return value()
		}
		return false
	}
	switch {
	case both:
		if !second("and") && !second("und") && !second("et") && !second("y") {
			return r.wrong(i, at, "two numbers follow %q: between 1 and 2", r.tokens[i].text)
		}
		a.to, a.values = a.values[1], a.values[:1]
	case second("to"):
		a.to, a.values = a.values[1], a.values[:1]
	default:
		for second("or") || second("oder") {
		}
		for at < len(r.tokens) && r.tokens[at].join == Tight && r.tokens[at].bare() && value() {
			if text := r.tokens[at-1].text; len(text) == 3 && !strings.Contains(text, ".") {
				return r.wrong(i, at, "%q: write a number of thousands without its comma", r.typedAs(i, at))
			}
		}
	}
	for more := true; more; {
		t := peek()
		switch {
		case t.join == Pause, t.not:
			more = false
		case t.is == currency && !a.size:
			a.dollar = true
			at++
		case t.is == perGPU:
			a.per = true
			at++
		case t.join == Tight && t.is == noun && t.what == "count" && (a.dollar || a.op != "") && !a.times: // $2/gpu
			a.per = true
			at++
		case t.is == noun && a.noun == "":
			a.noun = t.what
			at++
		case t.is == bound && a.op == "" && r.suffix(at):
			a.op = t.what
			at++
		case t.is == filler && isHour(t.text) && !a.times, t.text == "of" && at+1 < len(r.tokens) && r.tokens[at+1].is == noun:
			at++
		default:
			more = false
		}
	}
	if several := len(a.values) > 1 || !math.IsNaN(a.to); several && a.op != "" && !both && lowerBounds[r.tokens[i].text] == "" {
		return r.wrong(i, at, "%q is not understood: a bound has one number", r.typedAs(i, at))
	}
	a.n = at - i
	return r.quantityTerm(a)
}

// suffix reports whether a bound belongs to the number before it: no number follows.
func (r *reader) suffix(at int) bool {
	return at+1 >= len(r.tokens) || !r.tokens[at+1].number && r.tokens[at+1].is != amount
}

func isHour(text string) bool {
	switch known.Fold(text) {
	case "hour", "hr", "h", "hourly", "perhour", "perhr", "anhour", "usdperhour":
		return true
	}
	return false
}

func (r *reader) wrong(i, end int, format string, args ...any) (said, int) {
	s := said{Part: Part{From: r.tokens[i].from, To: r.tokens[end-1].to, Wrong: fmt.Sprintf(format, args...)}}
	return s, end - i
}

// notANumber: a bound or a noun without its number.
func (r *reader) notANumber(i int) (said, int) {
	t := r.tokens[i]
	s := said{Part: Part{From: t.from, To: t.to, Dangling: true}}
	switch {
	case t.is == noun && t.what == "count": // "gpus in frankfurt" says nothing
		s.Dangling = false
	case t.is == noun:
		s.Wrong = fmt.Sprintf("how much %s? write %s>=64", t.text, map[bool]string{true: "mem", false: t.what}[t.what == "memory"])
	case t.is == perGPU, t.is == currency:
		s.Wrong = fmt.Sprintf("a number stands before %q", t.text)
	default:
		s.Wrong = fmt.Sprintf("a number follows %q", t.text)
	}
	return s, 1
}

// largestCard is the most memory that one GPU has, GB; more is that of several.
const largestCard = 288

// quantityTerm decides what a number is of.
func (r *reader) quantityTerm(a amountOf) (said, int) {
	first, last := r.tokens[a.from], r.tokens[a.from+a.n-1]
	s := said{Part: Part{From: first.from, To: last.to}}
	v := a.values[0]
	small := v == math.Trunc(v) && v <= 16
	ask := func(fields ...string) (said, int) {
		for _, f := range fields {
			s.Ask = append(s.Ask, f+a.exact(map[bool]string{true: "<=", false: ">="}[f == "price" || f == "pergpu"]))
		}
		s.Dangling = true // its unit may follow
		s.Wrong = fmt.Sprintf("%q may be %s", r.typed(a), strings.Join(s.Ask[:len(s.Ask)-1], ", ")+" or "+s.Ask[len(s.Ask)-1])
		return s, a.n
	}
	if cards := known.CardsNumbered(formatNumber(v)); len(cards) > 1 && a.n == 1 && r.tokens[a.from].bare() {
		for _, name := range cards[:min(len(cards), 3)] {
			s.Ask = append(s.Ask, "gpu:"+quoted(strings.ToLower(name)))
		}
		s.Wrong = fmt.Sprintf("%q may be %s", r.typed(a), strings.Join(s.Ask[:len(s.Ask)-1], ", ")+" or "+s.Ask[len(s.Ask)-1])
		return s, a.n
	}
	field, usual := a.noun, ""
	beside := r.besideModel(a.from, a.n)
	switch {
	case a.noun == "memory":
		return ask("vram", "mem", "tvram")
	case a.noun == "price" && a.per:
		field = "pergpu"
	case a.dollar && a.per, !a.size && a.per && (a.noun == "" || a.noun == "count"):
		field = "pergpu"
	case a.dollar:
		field = "price"
	case a.times:
		field = "count"
	case a.size && a.per && a.noun == "":
		field = "vram"
	case a.per && a.noun != "vram":
		return r.wrong(a.from, a.from+a.n, "%q is not understood: there is no %s per GPU", r.typed(a), a.noun)
	case a.size && a.noun == "count": // 96gb card
		field = "vram"
	case a.noun != "":
	case a.size && !beside && v == math.Trunc(v) && known.HasMemory(int64(v)) && !oftenRAM(v):
		field = "vram"
	case a.size && v > largestCard/2:
		return ask("mem", "disk", "tvram")
	case a.size:
		return ask("vram", "mem", "disk")
	case a.inWords:
		field = "count"
	case a.sign:
		field = "price"
	case a.op == "<":
		field = "price"
	case a.op == "<=" && r.modelFollows(a.from+a.n) && small:
		field = "count"
	case a.op == "<=":
		field = "price"
	case a.op == ">=" && small && (beside || r.first(a.from)):
		field = "count"
	case a.op != "":
		return ask("count", "price", "mem")
	case !math.IsNaN(a.to) && beside && a.to <= 16, len(a.values) > 1 && small:
		field = "count"
	case beside && small:
		if m := r.modelBeside(a.from, a.n); m != nil && m.Comes(int64(v)) && first.from > 0 && r.modelBefore(a.from) {
			s.Ask = []string{"count:" + formatNumber(v), "vram>=" + formatNumber(v)}
			s.Wrong = fmt.Sprintf("%q may be %s or %s", r.typed(a), s.Ask[0], s.Ask[1])
			return s, a.n
		}
		field = "count"
	default:
		return ask("count", "price", "mem")
	}
	switch field {
	case "price", "pergpu":
		usual = "<="
	case "count":
		usual = ":"
	default:
		usual = ">="
		if field == "vram" && v > largestCard {
			field = "tvram"
		}
	}
	exact := a.exact(usual)
	at := 0
	for at < len(exact) && strings.ContainsRune(":<>=", rune(exact[at])) {
		at++
	}
	s.field, s.values = field+exact[:at], []string{exact[at:]}
	return s, a.n
}

// oftenRAM: a machine has so much RAM more often than a card has.
func oftenRAM(gb float64) bool { return gb == 128 || gb == 256 || gb == 512 }

// exact is a number in the exact form, behind its field.
func (a *amountOf) exact(usual string) string {
	switch {
	case !math.IsNaN(a.to):
		return ":" + formatNumber(min(a.values[0], a.to)) + ".." + formatNumber(max(a.values[0], a.to))
	case len(a.values) > 1:
		var list []string
		for _, v := range a.values {
			list = append(list, formatNumber(v))
		}
		return ":" + strings.Join(list, ",")
	case a.op != "":
		return a.op + formatNumber(a.values[0])
	}
	return usual + formatNumber(a.values[0])
}

func (r *reader) typed(a amountOf) string { return r.typedAs(a.from, a.from+a.n) }

// typedAs is the text of some tokens.
func (r *reader) typedAs(from, to int) string {
	var b strings.Builder
	for i, t := range r.tokens[from:to] {
		switch {
		case i > 0 && t.join == Tight:
			b.WriteByte(',')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// besideModel reports whether a model stands beside the tokens, with nothing between.
func (r *reader) besideModel(from, n int) bool { return r.modelBeside(from, n) != nil }

func (r *reader) modelBeside(from, n int) *known.Model {
	if r.modelFollows(from + n) {
		return r.tokens[from+n].model
	}
	if r.modelBefore(from) {
		return r.tokens[from-1].model
	}
	return nil
}

func (r *reader) modelFollows(at int) bool {
	return at < len(r.tokens) && r.tokens[at].model != nil && r.tokens[at].join == Apart
}

func (r *reader) modelBefore(at int) bool {
	return at > 0 && r.tokens[at-1].model != nil && r.tokens[at].join == Apart
}

func (r *reader) first(at int) bool { return at == 0 }
