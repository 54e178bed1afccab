package query

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gpupick/tui/known"
)

// Patterns of glued words, such as 8xh100, and of numbers.
var (
	countFirst = form(`^([0-9]{1,3})[xX*×](.*)$`)
	countLast  = form(`^(.*[0-9].*)[x*×]([0-9]{1,3})$`)
	countAlone = form(`^[x*×]([0-9]{1,3})$`)
	countGlued = form(`^([0-9]{1,2})([a-z].*)$`)
	unitBehind = form(`^(\$?[0-9]+(?:\.[0-9]+)?)(cents?|gpus?|cards?|cores?|vcpus?|cpus?|卡|张卡|枚|usd)$`)
	numberForm = form(`^(\$?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(gb|gib|g|gigs?|tb|tib|t|k)?(\$?)(\+?)$`)
	rangeForm  = form(
		`^(\$?)([0-9]+(?:\.[0-9]+)?)(gb|g|tb|t|\$)?(?:-|\.\.)(\$?)([0-9]+(?:\.[0-9]+)?)(gb|g|tb|t)?(\$?)$`)
	countForm   = form(`^[0-9]{1,3}$`)
	unitForm    = form(`^(gb|gib|gigs?|gigabytes?|tb|tib|terabytes?)$`)
	modelMemory = form(`^(.*[0-9][a-z]*)-([0-9]+gb?)$`)
)

// glued splits a glued word, such as 8xh100 or h100:80gb:8, unless the whole word is known.
func glued(w word) []word {
	text := strings.ToLower(w.text)
	if _, ok := named(text); ok {
		return []word{w}
	}
	cut := func(texts ...string) []word {
		var words []word
		for i, t := range texts {
			part := word{text: strings.TrimLeft(strings.TrimRight(t, sentenceEnds), "!"), from: w.from, to: w.to}
			if i == 0 {
				part.join, part.not = w.join, w.not
			}
			if part.text != "" {
				words = append(words, part)
			}
		}
		return words
	}
	if rest, ok := strings.CutPrefix(text, "non-"); ok { // non-us
		if _, known := named(rest); known {
			return []word{{text: rest, from: w.from, to: w.to, join: w.join, not: !w.not}}
		}
	}
	switch {
	case countAlone().MatchString(text):
		return cut(text[len(text)-len(strings.TrimLeft(text, "x*×")):] + "x")
	case strings.Contains(text, ":"):
		var words []word
		for _, part := range cut(strings.Split(text, ":")...) {
			words = append(words, glued(part)...)
		}
		return words
	}
	if m := countFirst().FindStringSubmatch(text); m != nil && m[2] != "" {
		return append(cut(m[1]+"x"), restOf(w, m[2])...)
	}
	if m := countLast().FindStringSubmatch(text); m != nil {
		name := w
		name.text = strings.TrimRight(m[1], sentenceEnds)
		return append(glued(name), word{text: m[2] + "x", from: w.from, to: w.to})
	}
	if m := unitBehind().FindStringSubmatch(text); m != nil {
		return cut(m[1], m[2])
	}
	if m := modelMemory().FindStringSubmatch(text); m != nil && rangeOf(text) == nil {
		return cut(m[1], m[2])
	}
	if m := countGlued().FindStringSubmatch(text); m != nil && isModel(m[2]) { // 8h100
		return cut(m[1]+"x", m[2])
	}
	return []word{w}
}

// rangeOf returns the match of a range: 2-4, $1-$2, 24-48gb. It is nil for any other text and for a card
// with a size, such as 4090-24gb, where the larger number comes first.
func rangeOf(text string) []string {
	m := rangeForm().FindStringSubmatch(text)
	if m == nil || isModel(text) || m[3] == "" && parse(m[2]) > parse(m[5]) && m[6] != "" {
		return nil
	}
	return m
}

// restOf splits the remaining text of a glued word.
func restOf(w word, text string) []word {
	return glued(word{text: strings.TrimLeft(text, "!"), from: w.from, to: w.to})
}

// number reads the number at word i, including a unit that is a separate word. n is the
// number of words read, 0 if there is no number.
func (r *reader) number(i int) (t token, n int) {
	text := strings.ToLower(r.words[i].text)
	t = token{from: i, to: i + 1, text: text, number: true, rangeEnd: math.NaN()}
	next := func(k int) string {
		if i+k < len(r.words) && r.words[i+k].join == apart {
			return strings.ToLower(r.words[i+k].text)
		}
		return ""
	}
	if m := rangeOf(text); m != nil {
		return t.ofRange(m, next(1))
	}
	if m := countFirst().FindStringSubmatch(text); m != nil && m[2] == "" {
		t.num, t.times = parse(m[1]), true
		return t, 1
	}
	if times := next(1); (text == "x" || text == "*") && countForm().MatchString(times) {
		t.num, t.times, t.to = parse(times), true, i+2
		return t, 2
	}
	m := numberForm().FindStringSubmatch(text)
	if m == nil {
		return t, 0
	}
	t.num, t.dollar, t.plus = parse(m[2]), m[1]+m[4] != "", m[5] != ""
	unit, words := m[3], 1
	if unit == "k" { // $1k
		t.num, unit = timesPowerOfTen(t.num, "e3"), ""
	}
	// 0,40
	if decimal := decimalsAfterComma(r, i+1); decimal != "" && (m[2] == "0" || t.dollar || i > 0 && isBound(r, i)) {
		t.num, words = parse(m[2]+"."+decimal), 2
	}
	if unit == "" && !t.dollar && unitForm().MatchString(next(words)) {
		unit = next(words)
		words++
	}
	if unit == "" && !t.dollar && (next(words) == "x" || next(words) == "*") {
		t.times = true
		words++
	}
	if unit == "" && next(words) == "$" {
		t.dollar = true
		words++
	}
	if unit == "" && !t.dollar && !t.times && words == 1 && !isBound(r, i) {
		for k := min(longestPhrase, len(r.words)-i); k >= 1; k-- { // a model, not a number: 4090, 6000 ada
			if r.together(i, i+k) && isModel(r.joined(i, i+k, " ")) &&
				(!isUnitOrNoun(next(k)) || numberForm().MatchString(next(k+1))) {
				return t, 0
			}
		}
	}
	t.to = i + words
	t.scale(unit)
	return t, words
}

// ofRange returns t as the range that the parts of a pattern are: 500gb-1tb. next is the word behind it, which may be
// its unit; words is how many words the range takes.
func (t token) ofRange(m []string, next string) (_ token, words int) {
	t.num, t.rangeEnd = parse(m[2]), parse(m[5])
	first, unit, words := m[3], m[6], 1
	if first == "$" {
		first, t.dollar = "", true
	}
	t.dollar = t.dollar || m[1]+m[4]+m[7] != ""
	if unit == "" && !t.dollar && unitForm().MatchString(next) {
		unit, words, t.to = next, 2, t.from+2
	}
	if first != "" && unit != "" && first[0] != unit[0] { // 500gb-1tb
		t.num = inGB(t.num, first)
		t.rangeEnd, t.size = inGB(t.rangeEnd, unit), true
		return t, words
	}
	t.scale(cmp.Or(unit, first))
	return t, words
}

// decimalsAfterComma returns word i if it is the decimals after a comma; the comma has already split the words.
func decimalsAfterComma(r *reader, i int) string {
	if i >= len(r.words) || r.words[i].join != tight {
		return ""
	}
	if f := r.words[i].text; len(f) <= 2 && strings.Trim(f, "0123456789") == "" {
		return f
	}
	return ""
}

// isBound reports whether a bound such as "at most" ends before word i.
func isBound(r *reader, i int) bool {
	for n := 1; n <= 3 && n <= i; n++ {
		if e := vocabulary()[known.Fold(r.joined(i-n, i, " "))]; e.is == bound || e.is == between {
			return true
		}
	}
	return false
}

// isUnitOrNoun reports whether a word says what the number before it measures: ram, gb, usd.
func isUnitOrNoun(word string) bool {
	e := vocabulary()[known.Fold(word)]
	return word != "" && (e.is == noun && e.what != "count" || e.is == currency) || unitForm().MatchString(word)
}

func isModel(text string) bool {
	_, ok := modelNamed(text)
	return ok
}

func parse(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}

// timesPowerOfTen multiplies a number by a power of ten ("e3") in decimal, so that 1.001 TB are exactly 1001 GB.
func timesPowerOfTen(v float64, power string) float64 {
	if math.IsNaN(v) {
		return v
	}
	return parse(formatNumber(v) + power)
}

// scale converts a number with a unit to GB.
func (t *token) scale(unit string) {
	if unit != "" {
		t.num, t.rangeEnd, t.size = inGB(t.num, unit), inGB(t.rangeEnd, unit), true
	}
}

// inGB converts a number of GB or TB to GB.
func inGB(v float64, unit string) float64 {
	if unit[0] == 't' {
		return timesPowerOfTen(v, "e3")
	}
	return v
}

// numberPhrase is a number with its bound, unit and noun.
type numberPhrase struct {
	op      string // "<" …; empty if there is no bound
	values  []float64
	to      float64 // end of a range; NaN if there is none
	size    bool
	dollar  bool
	times   bool
	inWords bool
	sign    bool // the bound is a sign: <
	noun    string
	per     bool // per GPU
	total   bool // of all GPUs together
	cents   bool
	commas  bool // several numbers with commas between them
	from    int  // first token
	n       int  // number of tokens
}

// quantity reads a number with its bound, unit and noun, which may come before or after it.
func (r *reader) quantity(i int) (clause, int) {
	q := &quantity{reader: r, at: i, numberPhrase: numberPhrase{to: math.NaN(), from: i}}
	for q.takeTotal() {
	}
	q.takeNoun()
	q.takePerGPU()
	for q.takeTotal() {
	}
	q.takeLink()
	q.takeBound()
	if q.op != "" {
		q.takeNoun()
		q.takePerGPU()
	}
	q.takeLink()
	both := q.next().is == between
	if both {
		q.at++
	}
	if !q.takeValue() {
		return r.notANumber(i)
	}
	if why := q.takeOthers(both); why != "" {
		return r.wrong(i, q.at, why, r.typedAs(i, q.at))
	}
	for q.takeBehind() {
	}
	if several := len(q.values) > 1 || !math.IsNaN(q.to); several && q.op != "" && !both &&
		lowerBounds[r.tokens[i].text] == "" {
		return r.wrong(i, q.at, "%q is not understood: a bound has one number", r.typedAs(i, q.at))
	}
	if s, ok := q.takeUnlisted(i); ok {
		return s, q.at - i
	}
	q.n = q.at - i
	if q.cents {
		for k := range q.values {
			q.values[k] = timesPowerOfTen(q.values[k], "e-2")
		}
		q.to = timesPowerOfTen(q.to, "e-2")
	}
	return r.quantityTerm(q.numberPhrase)
}

// quantity is an amount that is being read; at is the next token.
type quantity struct {
	*reader
	numberPhrase
	at int
}

// takeTotal reads a word that means all GPUs together, or the "of" after it: "total of 640gb".
func (q *quantity) takeTotal() bool {
	t := q.next()
	if t.is == filler && q.total && t.text == "of" || t.is == total {
		q.total = true
		q.at++
		return true
	}
	return false
}

// next returns the next token, an empty one after the last.
func (q *quantity) next() *token {
	if q.at < len(q.tokens) {
		return &q.tokens[q.at]
	}
	return &token{}
}

// amountInWordsFollows reports whether the token after the next one is a number in words.
func (q *quantity) amountInWordsFollows() bool {
	return q.at+1 < len(q.tokens) && q.tokens[q.at+1].is == amount
}

// takeNoun reads a noun before its number: "ram 1tb"; after a bound too: "minimum ram 1tb".
func (q *quantity) takeNoun() {
	t := q.next()
	switch {
	case q.noun != "" || t.is != noun || t.what == "count" || q.op != "" && !q.amountFollows():
		return
	case t.what == gpuCount:
		q.noun = "count"
	default:
		q.noun = t.what
	}
	q.at++
}

// takePerGPU reads "per gpu" before its number.
func (q *quantity) takePerGPU() {
	if q.next().is == perGPU && q.amountFollows() {
		q.per = true
		q.at++
	}
}

// takeLink reads a word between a noun or bound and its number: the "of" in "budget of $7".
func (q *quantity) takeLink() {
	if t := q.next(); t.is == filler && links[t.text] && q.amountFollows() {
		q.at++
	}
}

var links = map[string]bool{"of": true, "is": true, "for": true}

// amountFollows reports whether a number follows the next token, perhaps after bounds or links.
func (q *quantity) amountFollows() bool {
	at := q.at + 1
	for at < len(q.tokens) && (q.tokens[at].is == bound || links[q.tokens[at].text]) {
		at++
	}
	return at < len(q.tokens) && q.tokens[at].number
}

// numberFollows reports whether the token after the next one is a number.
func (q *quantity) numberFollows() bool { return q.at+1 < len(q.tokens) && q.tokens[q.at+1].number }

func (q *quantity) takeBound() {
	if t := q.next(); t.is == bound {
		q.op, q.sign = t.what, t.sign
		q.at++
	} else if op := lowerBounds[t.text]; op != "" && q.numberFollows() {
		q.op = op
		q.at++
	}
}

// takeValue reads the next token if it is a number.
func (q *quantity) takeValue() bool {
	t := q.next()
	switch {
	case (articles[t.text] || t.text == "an") && q.op != "" && q.at+1 < len(q.tokens) &&
		q.tokens[q.at+1].is == currency: // under a dollar
		q.values = append(q.values, 1)
	case t.is == amount:
		q.values, q.inWords = append(q.values, parse(t.what)), true
	case !t.number:
		return false
	default:
		q.values = append(q.values, t.num)
		q.size, q.dollar, q.times = q.size || t.size, q.dollar || t.dollar, q.times || t.times
		if !math.IsNaN(t.rangeEnd) {
			q.to = t.rangeEnd
		}
		if t.plus {
			q.op = ">="
		}
	}
	q.at++
	return true
}

// takeOthers reads the other numbers of a range or list; both means that there must be
// two. why is the error message, with a %q for the typed text; empty if there is no error.
func (q *quantity) takeOthers(both bool) (why string) {
	behind := func(words ...string) bool {
		if !slices.Contains(words, q.next().text) || !q.numberFollows() && !q.amountInWordsFollows() {
			return false
		}
		q.at++
		return q.takeValue()
	}
	switch {
	case both && !math.IsNaN(q.to): // between $1-$3
		return ""
	case both && !behind("and", "und", "et", "y", "to"):
		return "two numbers follow %q: between 1 and 2"
	case both, behind("to"):
		q.to, q.values = q.values[1], q.values[:1]
		return ""
	}
	for behind("or", "oder") {
	}
	for t := q.next(); t.join == tight && t.bare(); t = q.next() {
		q.takeValue()
		q.commas = true
		if len(t.text) == 3 && !strings.Contains(t.text, ".") {
			return "%q: write a number of thousands without its comma"
		}
	}
	return ""
}

// takeBehind reads a token after a number that belongs to it: a unit, a noun, "per gpu"
// or a bound. It reports whether there is one.
func (q *quantity) takeBehind() bool {
	switch t := q.next(); {
	case t.join == pause, t.not:
		return false
	case t.is == currency && !q.size:
		q.dollar, q.cents = true, t.what == "cents"
	case t.is == total:
		q.total = true
	case t.is == perGPU, t.join == tight && t.is == noun && t.what == "count" && !q.times: // 2/gpu
		q.per = true
	// $2 a gpu
	case t.text == "a" && (q.dollar || q.op != "") && q.at+1 < len(q.tokens) && q.tokens[q.at+1].what == "count":
		q.per = true
		q.at++
	case t.is == noun && t.what == "count" && q.dollar && q.at+1 < len(q.tokens) && isHour(q.tokens[q.at+1].text) &&
		q.tokens[q.at+1].join == tight: // $3 gpu/hr
		q.per = true
	case t.is == noun && t.what == gpuCount && q.noun == "" && q.mayBeOf("count"):
		q.noun = "count"
	case t.is == noun && t.what != gpuCount && q.noun == "" && q.mayBeOf(t.what):
		q.noun = t.what
	case t.is == bound && q.op == "" && suffixes[known.Fold(t.text)] && q.suffix(q.at):
		q.op = t.what
	case t.is == filler && isHour(t.text) && !q.times:
	case t.text == "of" && q.at+1 < len(q.tokens) && q.tokens[q.at+1].is == noun:
	default:
		return false
	}
	q.at++
	return true
}

// takeUnlisted reads a unit after a number that offers do not have, which is an error: "3 days", "$50 a
// month", "3 euros", "2 nodes". "1 node" is allowed: every offer is one machine.
func (q *quantity) takeUnlisted(i int) (clause, bool) {
	ahead := q.at
	if t := q.next(); (q.dollar || q.op != "") && (articles[t.text] || t.text == "an") && q.at+1 < len(q.tokens) {
		ahead++
	}
	if ahead >= len(q.tokens) || q.size || q.times || q.noun != "" || q.tokens[ahead].join == pause {
		return clause{}, false
	}
	t, why := q.tokens[ahead], ""
	switch {
	case t.is == filler && machines[known.Fold(t.text)] && !q.dollar && ahead == q.at:
		if q.op == "" && len(q.values) == 1 && q.values[0] == 1 && math.IsNaN(q.to) {
			q.at = ahead + 1
			return clause{from: q.tokens[i].from, to: t.to}, true
		}
		why = "each offer is one machine"
	case t.is != unavailable:
		return clause{}, false
	case foreign(t.text):
		why = "prices are in US dollars"
	case (q.dollar || q.op != "") && periods[t.text]:
		why = "prices are per hour"
	case q.dollar || q.op != "":
		return clause{}, false
	default:
		why = "the list does not say"
	}
	q.at = ahead + 1
	return clause{from: q.tokens[i].from, to: t.to,
		wrong: fmt.Sprintf("%q is not understood: %s", q.typedAs(i, q.at), why)}, true
}

// mayBeOf reports whether a noun can belong to the amount, given its unit: in "$5 ram 64gb" the
// ram belongs to 64gb.
func (q *quantity) mayBeOf(noun string) bool {
	switch {
	case q.dollar || q.per:
		return noun == "price" || noun == "pergpu" || noun == "count"
	case q.times:
		return noun == "count"
	case q.size:
		return noun != "price" && noun != "pergpu" && noun != "cpu"
	}
	return true
}

// suffixes are bounds that may follow their number: "$5 max", "80gb or more".
var suffixes = map[string]bool{
	"max": true, "maximum": true, "orless": true, "orcheaper": true, "min": true, "minimum": true, "ormore": true,
	"atmost": true, "atleast": true,
}

// suffix reports whether a bound belongs to the number before it because no number follows.
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

func (r *reader) wrong(i, end int, format string, args ...any) (clause, int) {
	s := clause{from: r.tokens[i].from, to: r.tokens[end-1].to, wrong: fmt.Sprintf(format, args...)}
	return s, end - i
}

// notANumber returns the error for a bound or a noun without a number.
func (r *reader) notANumber(i int) (clause, int) {
	t := r.tokens[i]
	s := clause{from: t.from, to: t.to, dangling: true}
	switch {
	case t.is == noun && t.what == "count": // "gpus in frankfurt" needs no number
		s.dangling = false
	case i+1 < len(r.tokens) && foreign(r.tokens[i+1].text):
		return r.wrong(i, i+2, "%q is not understood: prices are in US dollars", r.typedAs(i, i+2))
	case t.is == noun:
		f, _ := FieldNamed(t.what) // memory is another name of RAM
		s.wrong = fmt.Sprintf("how much %s? write %s", t.text, fields[f].example)
	case t.is == total:
		s.wrong = "total of what? write tvram>=640"
	case t.is == perGPU && r.ordersByPrice():
		s.dangling = false
	case t.is == perGPU, t.is == currency:
		s.wrong = fmt.Sprintf("a number stands before %q", t.text)
	default:
		s.wrong = fmt.Sprintf("a number follows %q", t.text)
	}
	return s, 1
}

// ordersByPrice changes an order by price before the tokens to one by price per GPU: "cheapest h100 per gpu".
// It reports whether there is such an order.
func (r *reader) ordersByPrice() bool {
	for i := range r.said {
		switch s := &r.said[i]; s.order {
		case "price", "-price":
			s.order = strings.Replace(s.order, "price", "pergpu", 1)
			return true
		}
	}
	return false
}

// largestCard is the most memory of one GPU, in GB; a larger size is the total of several GPUs.
const largestCard = 288

// quantityTerm turns a number into a term, or into a question if its field is unclear.
func (r *reader) quantityTerm(a numberPhrase) (clause, int) {
	s := clause{from: r.tokens[a.from].from, to: r.tokens[a.from+a.n-1].to}
	if a.per && a.noun != "" && !slices.Contains([]string{"price", "count", "vram"}, a.noun) {
		s.wrong = fmt.Sprintf("%q is not understood: there is no %s per GPU", r.typed(a), a.noun)
		return s, a.n
	}
	fields := r.fieldsOf(a)
	if cards := known.CardsNumbered(formatNumber(a.values[0])); len(cards) > 1 && a.n == 1 && r.tokens[a.from].bare() {
		for _, name := range cards[:min(len(cards), 3)] {
			s.ask = append(s.ask, "gpu:"+quoted(strings.ToLower(name)))
		}
	} else if len(fields) > 1 {
		s.dangling = true // a unit may follow
		for _, f := range fields {
			field, exact := a.exact(f)
			s.ask = append(s.ask, field+exact)
		}
	}
	if last := len(s.ask) - 1; last >= 0 {
		s.wrong = fmt.Sprintf("%q may be %s or %s", r.typed(a), strings.Join(s.ask[:last], ", "), s.ask[last])
		return s, a.n
	}
	field, exact := a.exact(fields[0])
	s.field, s.values = field, []string{exact}
	return s, a.n
}

// fieldsOf returns the fields that a number may belong to, the likeliest first.
func (r *reader) fieldsOf(a numberPhrase) []string {
	switch {
	case a.total && (a.noun == "vram" || a.noun == "memory" || a.noun == "" && a.size):
		return []string{"tvram"}
	case a.noun == "memory":
		return []string{"vram", "mem", "tvram"}
	case a.noun == "pergpu":
		return []string{"pergpu"}
	case a.per && (a.noun == "price" || a.dollar || !a.size && a.noun != "vram"):
		return []string{"pergpu"}
	case a.dollar:
		return []string{"price"}
	case a.times:
		return []string{"count"}
	case a.size && (a.noun == "count" || a.per): // 96gb card, 80gb per gpu
		return []string{"vram"}
	case a.noun != "":
		return []string{a.noun}
	case a.size:
		return r.sizesOf(a)
	}
	return r.bareFieldsOf(a)
}

// sizesOf returns the fields that a size without a noun may belong to.
func (r *reader) sizesOf(a numberPhrase) []string {
	v, beside := a.values[0], r.modelBeside(a.from, a.n)
	switch {
	case beside != nil && v == math.Trunc(v) && beside.Comes(int64(v)):
		return []string{"vram"}
	case beside == nil && v == math.Trunc(v) && known.HasMemory(int64(v)) && !oftenRAM(v):
		return []string{"vram"}
	case v > largestCard/2:
		return []string{"mem", "disk", "tvram"}
	}
	return []string{"vram", "mem", "disk"}
}

// bareFieldsOf returns the fields that a number with neither unit nor noun may belong to.
func (r *reader) bareFieldsOf(a numberPhrase) []string {
	v, beside := a.values[0], r.modelBeside(a.from, a.n)
	small := v == math.Trunc(v) && v <= 16
	if of := r.otherBound(a); of != "" {
		return []string{of}
	}
	switch {
	case a.inWords:
		return []string{"count"}
	case a.sign, a.op == "<":
		return []string{"price"}
	case a.op == "<=" && small && r.modelFollows(a.from+a.n):
		return []string{"count"}
	case a.op == "<=":
		return []string{"price"}
	case a.op == ">=" && small && (beside != nil || a.from == 0):
		return []string{"count"}
	case small && r.besideBeginning(a.from+a.n): // 8 h1, on the way to 8 h100
		return []string{"count"}
	case a.op != "" && a.op != "=":
	case !math.IsNaN(a.to) && beside != nil && a.to <= 16, len(a.values) > 1 && small && (beside != nil || !a.commas):
		return []string{"count"}
	case beside != nil && small && r.modelBefore(a.from) && beside.Comes(int64(v)):
		return []string{"count", "vram"} // 3060 12: 12 GPUs or 12 GB
	case beside != nil && small:
		return []string{"count"}
	}
	return []string{"count", "price", "mem"}
}

// otherBound returns the noun of a second bound that follows: that of 8 for the 4 of "at least 4 and at most
// 8 gpus". It is empty if there is no second bound.
func (r *reader) otherBound(a numberPhrase) string {
	at := a.from + a.n
	if a.op != "" && at < len(r.tokens) && and[r.tokens[at].text] {
		at++
	}
	if a.op == "" || at+2 >= len(r.tokens) || r.tokens[at].join == pause || r.tokens[at].is != bound ||
		r.tokens[at].what[0] == a.op[0] || !r.tokens[at+1].number {
		return ""
	}
	switch t := r.tokens[at+2]; {
	case r.tokens[at+1].dollar, t.is == noun && t.what == gpuCount:
		return ""
	case t.is == noun && t.join == apart && t.what != "memory":
		return t.what
	}
	return ""
}

// besideBeginning reports whether the beginning of a card's name follows.
func (r *reader) besideBeginning(at int) bool {
	return at < len(r.tokens) && r.tokens[at].begins && r.tokens[at].join == apart &&
		known.BeginsCard(known.Fold(r.tokens[at].text))
}

// oftenRAM reports whether a size is more often a machine's RAM than a card's memory.
func oftenRAM(gb float64) bool { return gb == 128 || gb == 256 || gb == 512 }

// exact returns a number in the exact form: the field with its operator, and the value.
// Without a bound a price is a maximum, a count is exact, and anything else is a minimum.
func (a *numberPhrase) exact(field string) (head, value string) {
	op := ">="
	switch {
	case field == "price" || field == "pergpu":
		op = "<="
	case field == "count":
		op = ":"
	case field == "vram" && a.noun != "memory" && a.values[0] > largestCard:
		field = "tvram"
	}
	switch a.op {
	case "":
	case "=":
		op = ":"
	default:
		op = a.op
	}
	switch {
	case !math.IsNaN(a.to):
		return field + ":", formatNumber(min(a.values[0], a.to)) + ".." + formatNumber(max(a.values[0], a.to))
	case len(a.values) > 1:
		var list []string
		for _, v := range a.values {
			list = append(list, formatNumber(v))
		}
		return field + ":", strings.Join(list, ",")
	}
	return field + op, formatNumber(a.values[0])
}

func (r *reader) typed(a numberPhrase) string { return r.typedAs(a.from, a.from+a.n) }

// typedAs returns the typed text of some tokens.
func (r *reader) typedAs(from, to int) string { return r.text[r.tokens[from].from:r.tokens[to-1].to] }

// modelBeside returns the model right after or before n tokens; nil if there is none.
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
	return at < len(r.tokens) && r.tokens[at].model != nil && r.tokens[at].join == apart
}

func (r *reader) modelBefore(at int) bool {
	return at > 0 && r.tokens[at-1].model != nil && r.tokens[at].join == apart
}
