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

// The forms of glued words and of numbers.
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

// glued takes a glued word apart, unless it is known as a whole: 8xh100, h100:80gb:8.
func glued(w word) []word {
	text := strings.ToLower(w.text)
	if _, ok := named(text); ok {
		return []word{w}
	}
	cut := func(texts ...string) []word {
		var words []word
		for i, t := range texts {
			part := word{text: t, from: w.from, to: w.to}
			if i == 0 {
				part.join, part.not = w.join, w.not
			}
			if t != "" {
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
		return cut(m[1], m[2]+"x")
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

// rangeOf is the match of a range, which names its smaller number first: 2-4, $1-$2, 24-48gb. It is nil for
// any other text, and for a card: 4090-24gb.
func rangeOf(text string) []string {
	m := rangeForm().FindStringSubmatch(text)
	if m == nil || isModel(text) || m[3] == "" && parse(m[2]) > parse(m[5]) && m[6] != "" {
		return nil
	}
	return m
}

// restOf is what is left of a glued word.
func restOf(w word, text string) []word {
	return glued(word{text: text, from: w.from, to: w.to})
}

// number reads a number that begins with word i, with its unit if that is a word of its
// own; n is how many words it has, 0 if it is none.
func (r *reader) number(i int) (t token, n int) {
	text := strings.ToLower(r.words[i].text)
	t = token{from: i, to: i + 1, text: text, number: true, to2: math.NaN()}
	next := func(k int) string {
		if i+k < len(r.words) && r.words[i+k].join == apart {
			return strings.ToLower(r.words[i+k].text)
		}
		return ""
	}
	if m := rangeOf(text); m != nil {
		t.num, t.to2 = parse(m[2]), parse(m[5])
		first, unit, words := m[3], m[6], 1
		if first == "$" {
			first, t.dollar = "", true
		}
		t.dollar = t.dollar || m[1]+m[4]+m[7] != ""
		if unit == "" && !t.dollar && unitForm().MatchString(next(1)) {
			unit, words, t.to = next(1), 2, i+2
		}
		if first != "" && unit != "" && first[0] != unit[0] { // 500gb-1tb
			t.num = inGB(t.num, first)
			t.to2, t.size = inGB(t.to2, unit), true
			return t, words
		}
		t.scale(cmp.Or(unit, first))
		return t, words
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
		t.num, unit = times(t.num, "e3"), ""
	}
	if decimal := next0(r, i+1); decimal != "" && (m[2] == "0" || t.dollar || i > 0 && isBound(r, i)) { // 0,40
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
	if unit == "" && (next(words) == "$" || next(words) == "€") && next(words) == "$" {
		t.dollar = true
		words++
	}
	if unit == "" && !t.dollar && !t.times && words == 1 && !isBound(r, i) {
		for k := min(longestPhrase, len(r.words)-i); k >= 1; k-- { // a model, as 4090 or 6000 ada
			if r.together(i, i+k) && isModel(r.joined(i, i+k, " ")) &&
				(!claimed(next(k)) || numberForm().MatchString(next(k+1))) {
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
	if i >= len(r.words) || r.words[i].join != tight {
		return ""
	}
	if f := r.words[i].text; len(f) <= 2 && strings.Trim(f, "0123456789") == "" {
		return f
	}
	return ""
}

// isBound reports whether the word before i is a bound.
func isBound(r *reader, i int) bool {
	for n := 1; n <= 3 && n <= i; n++ {
		if e := vocabulary()[known.Fold(r.joined(i-n, i, " "))]; e.is == bound || e.is == between {
			return true
		}
	}
	return false
}

// claimed reports whether a word says what the number before it is of.
func claimed(word string) bool {
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

// times is a number times a power of ten, by its decimals: 1.001 TB are 1001 GB.
func times(v float64, power string) float64 {
	if math.IsNaN(v) {
		return v
	}
	return parse(formatNumber(v) + power)
}

// scale makes GB of a number with a unit.
func (t *token) scale(unit string) {
	if unit != "" {
		t.num, t.to2, t.size = inGB(t.num, unit), inGB(t.to2, unit), true
	}
}

// inGB is a number of GB or TB in GB.
func inGB(v float64, unit string) float64 {
	if unit[0] == 't' {
		return times(v, "e3")
	}
	return v
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
	total   bool // of all GPUs together
	cents   bool
	commas  bool // several numbers with commas between them
	from    int  // token
	n       int  // tokens
}

// quantity reads a number with its bound, its unit and its noun, on either side.
func (r *reader) quantity(i int) (said, int) {
	q := &quantity{reader: r, at: i, amountOf: amountOf{to: math.NaN(), from: i}}
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
			q.values[k] = times(q.values[k], "e-2")
		}
		q.to = times(q.to, "e-2")
	}
	return r.quantityTerm(q.amountOf)
}

// quantity is an amount while it is read; at is the token to be read.
type quantity struct {
	*reader
	amountOf
	at int
}

// takeTotal takes a word for all GPUs together, and what may stand behind it: "total of 640gb".
func (q *quantity) takeTotal() bool {
	t := q.next()
	if t.is == filler && q.total && t.text == "of" || t.is == total {
		q.total = true
		q.at++
		return true
	}
	return false
}

// next is the token to be read, an empty one behind the last.
func (q *quantity) next() *token {
	if q.at < len(q.tokens) {
		return &q.tokens[q.at]
	}
	return &token{}
}

// amountInWordsFollows reports whether the token behind the next one is a number in words.
func (q *quantity) amountInWordsFollows() bool {
	return q.at+1 < len(q.tokens) && q.tokens[q.at+1].is == amount
}

// takeNoun takes what a number that follows is of: "ram 1tb", and behind a bound "minimum ram 1tb".
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

// takePerGPU takes "per gpu" before its number.
func (q *quantity) takePerGPU() {
	if q.next().is == perGPU && q.amountFollows() {
		q.per = true
		q.at++
	}
}

// takeLink takes a word between a noun or a bound and its number: "budget of $7".
func (q *quantity) takeLink() {
	if t := q.next(); t.is == filler && links[t.text] && q.amountFollows() {
		q.at++
	}
}

var links = map[string]bool{"of": true, "is": true, "for": true}

// amountFollows reports whether a number is behind the next token, maybe behind a bound or a link.
func (q *quantity) amountFollows() bool {
	at := q.at + 1
	for at < len(q.tokens) && (q.tokens[at].is == bound || links[q.tokens[at].text]) {
		at++
	}
	return at < len(q.tokens) && q.tokens[at].number
}

// numberFollows reports whether the token behind the next one is a number.
func (q *quantity) numberFollows() bool { return q.at+1 < len(q.tokens) && q.tokens[q.at+1].number }

func (q *quantity) takeBound() {
	if t := q.next(); t.is == bound {
		q.op, q.sign = t.what, t.sign
		q.at++
	} else if op := lowerBounds[t.text]; op != "" && t.is == filler && q.numberFollows() {
		q.op = op
		q.at++
	}
}

// takeValue takes a number, if the next token is one.
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
		if !math.IsNaN(t.to2) {
			q.to = t.to2
		}
		if t.plus {
			q.op = ">="
		}
	}
	q.at++
	return true
}

// takeOthers takes the further numbers of a range or a list; both says that there must be
// two. why is what is wrong with them, with a place for what was typed.
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

// takeBehind takes what stands behind a number and belongs to it: its unit, what it is
// of and for, a bound.
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

// takeUnlisted takes what makes a number one of things that offers do not have: "3 days", "$50 a month",
// "3 euros", "2 nodes". One machine is what every offer is.
func (q *quantity) takeUnlisted(i int) (said, bool) {
	ahead := q.at
	if t := q.next(); (q.dollar || q.op != "") && (articles[t.text] || t.text == "an") && q.at+1 < len(q.tokens) {
		ahead++
	}
	if ahead >= len(q.tokens) || q.size || q.times || q.noun != "" || q.tokens[ahead].join == pause {
		return said{}, false
	}
	t, why := q.tokens[ahead], ""
	switch {
	case t.is == filler && machines[known.Fold(t.text)] && !q.dollar && ahead == q.at:
		if q.op == "" && len(q.values) == 1 && q.values[0] == 1 && math.IsNaN(q.to) {
			q.at = ahead + 1
			return said{from: q.tokens[i].from, to: t.to}, true
		}
		why = "each offer is one machine"
	case t.is != unavailable:
		return said{}, false
	case foreign(t.text):
		why = "prices are in US dollars"
	case (q.dollar || q.op != "") && periods[t.text]:
		why = "prices are per hour"
	case q.dollar || q.op != "":
		return said{}, false
	default:
		why = "the list does not say"
	}
	q.at = ahead + 1
	return said{from: q.tokens[i].from, to: t.to,
		wrong: fmt.Sprintf("%q is not understood: %s", q.typedAs(i, q.at), why)}, true
}

// mayBeOf reports whether an amount with its unit may be of what a noun says: of "$5 ram 64gb" the
// ram belongs to what follows.
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

// suffixes are bounds that may stand behind their number: "$5 max", "80gb or more".
var suffixes = map[string]bool{
	"max": true, "maximum": true, "orless": true, "orcheaper": true, "min": true, "minimum": true, "ormore": true,
	"atmost": true, "atleast": true,
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
	s := said{from: r.tokens[i].from, to: r.tokens[end-1].to, wrong: fmt.Sprintf(format, args...)}
	return s, end - i
}

// notANumber: a bound or a noun without its number.
func (r *reader) notANumber(i int) (said, int) {
	t := r.tokens[i]
	s := said{from: t.from, to: t.to, dangling: true}
	switch {
	case t.is == noun && t.what == "count": // "gpus in frankfurt" says nothing
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

// ordersByPrice makes the order by price that was asked for one by the price per GPU: "cheapest h100 per gpu".
// It reports whether there is one.
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

// largestCard is the most memory that one GPU has, GB; more is that of several.
const largestCard = 288

// quantityTerm makes a term of a number, or a question.
func (r *reader) quantityTerm(a amountOf) (said, int) {
	s := said{from: r.tokens[a.from].from, to: r.tokens[a.from+a.n-1].to}
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
		s.dangling = true // its unit may follow
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

// fieldsOf is what a number may be of, the likeliest first.
func (r *reader) fieldsOf(a amountOf) []string {
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

// sizesOf is what a size may be of that does not say it.
func (r *reader) sizesOf(a amountOf) []string {
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

// bareFieldsOf is what a number may be of that has neither unit nor noun.
func (r *reader) bareFieldsOf(a amountOf) []string {
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
	case small && r.besideBeginning(a.from+a.n): // 8 h1
		return []string{"count"}
	case a.op != "" && a.op != "=":
	case !math.IsNaN(a.to) && beside != nil && a.to <= 16, len(a.values) > 1 && small && (beside != nil || !a.commas):
		return []string{"count"}
	case beside != nil && small && r.modelBefore(a.from) && beside.Comes(int64(v)):
		return []string{"count", "vram"} // 3060 12
	case beside != nil && small:
		return []string{"count"}
	}
	return []string{"count", "price", "mem"}
}

// otherBound is what the other bound of a number says it is of: "at least 4 and at most 8 gpus". It is empty
// where there is no other one.
func (r *reader) otherBound(a amountOf) string {
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

// oftenRAM: a machine has so much RAM more often than a card has.
func oftenRAM(gb float64) bool { return gb == 128 || gb == 256 || gb == 512 }

// exact is a number in the exact form: a field with its operator, and the value. A price
// is at most so much, a count just so many, anything else at least so much.
func (a *amountOf) exact(field string) (head, value string) {
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

func (r *reader) typed(a amountOf) string { return r.typedAs(a.from, a.from+a.n) }

// typedAs is the text of some tokens.
func (r *reader) typedAs(from, to int) string { return r.text[r.tokens[from].from:r.tokens[to-1].to] }

// modelBeside is the model that stands beside the tokens, with nothing between; nil if
// there is none.
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
