package query

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gpupick/tui/fits"
	"gpupick/tui/known"
)

// word is a word of a filter, without its commas and brackets.
type word struct {
	text     string
	from, to int  // its bytes in the filter
	not      bool // a dash or exclamation mark comes before it
	join     join // how it is joined to the word before
}

// join is the kind of separator between a word and the one before it.
type join int

// The ways in which words are joined.
const (
	apart join = iota // a space, or nothing between the parts of a glued word
	pause             // a comma with a space, or a semicolon
	tight             // a comma without a space, a slash or a bar
)

// understand finds out what words of a text mean. unfinished is true if the last word may still grow, end if
// the words are at the end of the text, where the last phrase may go on.
func understand(text string, words []word, unfinished, end bool) []clause {
	r := &reader{text: text}
	for _, w := range words {
		cut := glued(w)
		if w.not && len(cut) > 1 {
			var terms []string
			cut[0].not = false
			for _, s := range understand(text, cut, false, false) {
				terms = append(terms, "-"+s.exact())
			}
			return []clause{{from: w.from, to: w.to,
				wrong: "without which of them? write " + strings.Join(terms, " or "),
				ask:   terms}}
		}
		r.words = append(r.words, cut...)
	}
	r.cut(unfinished, end)
	r.understand()
	r.joinAlternatives()
	return r.said
}

// token is a word, a phrase of several words, or a number.
type token struct {
	entry
	from, to int
	join     join
	not      bool
	text     string // as typed, lower case

	number   bool
	num      float64
	rangeEnd float64 // end of a range; NaN if there is none
	size     bool    // num is in GB
	dollar   bool
	times    bool // a count: 8x
	plus     bool // 8+

	model  *known.Model
	area   *known.Area
	begins bool
	sign   bool // a bound that is a sign: <

	fits []string // a model that has to fit, in the exact form; several if its format is open
}

// signs are the bounds that are signs instead of words.
var signs = map[string]bool{"<": true, "<=": true, ">": true, ">=": true}

type reader struct {
	text   string // the whole filter
	words  []word
	tokens []token
	said   []clause
}

// cut splits the words into tokens and prefers the longest phrases.
func (r *reader) cut(unfinished, end bool) {
	words := r.words
	begin := len(words)
	switch {
	case unfinished:
		begin = min(r.partialNameAt(), r.partialPhraseAt())
	case end && begin > 0 && strings.Contains(words[begin-1].text, "-"): // m-o is whole, and may be part of an id
	case end:
		begin = min(r.nameStartAt(), r.partialPhraseAt())
	}
	for i := 0; i < len(words); {
		if i == begin {
			r.add(token{from: i, to: len(words), text: r.joined(i, len(words), ""), begins: true})
			break
		}
		if t, n := r.fit(i); n > 0 {
			r.add(t)
			i += n
			continue
		}
		if t, n := r.number(i); n > 0 {
			r.add(t)
			i += n
			continue
		}
		t, n := r.phrase(i, begin)
		r.add(t)
		i += n
	}
}

// runs are the words before a model that has to fit.
var runs = map[string]bool{"fits": true, "fit": true, "fitting": true, "runs": true, "run": true, "running": true,
	"holds": true, "hold": true, "serves": true, "serve": true}

// fit reads a model that has to fit, with its format, context and users, at word i: fits llama 70b fp8 32k.
func (r *reader) fit(i int) (t token, n int) {
	if !runs[strings.ToLower(r.words[i].text)] {
		return t, 0
	}
	var words []string
	for _, w := range r.words[i+1:] {
		if w.join == pause || w.not {
			break
		}
		words = append(words, w.text)
	}
	for len(words) > 0 && articles[strings.ToLower(words[0])] {
		words, n = words[1:], n+1
	}
	used, exact := fits.Spoken(words)
	if used == 0 {
		return t, 0
	}
	n += 1 + used
	t = token{from: i, to: i + n, text: r.joined(i, i+n, " "), fits: exact}
	return t, n
}

// add adds a token. It converts the token's from and to from words to bytes.
func (r *reader) add(t token) {
	first, last := r.words[t.from], r.words[t.to-1]
	t.join, t.not = first.join, first.not
	t.from, t.to = first.from, last.to
	r.tokens = append(r.tokens, t)
}

// joined returns the text of words i to j-1, in lower case.
func (r *reader) joined(i, j int, between string) string {
	var parts []string
	for _, w := range r.words[i:j] {
		parts = append(parts, strings.ToLower(w.text))
	}
	return strings.Join(parts, between)
}

// together reports whether words i to j-1 have only spaces between them and all have letters or digits.
func (r *reader) together(i, j int) bool {
	for k, w := range r.words[i:j] {
		if k > 0 && (w.join != apart || w.not) || j > i+1 && known.Fold(w.text) == "" {
			return false
		}
	}
	return true
}

// phrase returns the longest known phrase that begins with word i and its number of words.
func (r *reader) phrase(i, end int) (token, int) {
	for n := min(longestPhrase, end-i); n >= 1; n-- {
		if !r.together(i, i+n) || n > 1 && (r.sizeBelongsToNext(i+n-1) || r.forEachGPU(i) || r.timesSign(i+n-1)) {
			continue
		}
		if n > 1 && r.hasNonNameWord(i, n) && !isModel(r.joined(i, i+n, " ")) {
			if e, ok := vocabulary()[known.Fold(r.joined(i, i+n, " "))]; ok {
				return token{entry: e, text: r.joined(i, i+n, " "), from: i, to: i + n}, n
			}
			continue
		}
		spoken := r.joined(i, i+n, " ")
		if t, ok := named(spoken); ok {
			t.from, t.to = i, i+n
			return t, n
		}
	}
	return token{from: i, to: i + 1, text: r.joined(i, i+1, "")}, 1
}

// forEachGPU reports whether word i is the "gpu" of "$2/gpu", which is a whole phrase.
func (r *reader) forEachGPU(i int) bool {
	e := vocabulary()[known.Fold(r.words[i].text)]
	return i > 0 && r.words[i].join == tight && e.is == noun && e.what == "count"
}

// timesSign reports whether word i is the sign before a count: "a100 x 8" does not mean an A100X.
func (r *reader) timesSign(i int) bool {
	return (r.words[i].text == "x" || r.words[i].text == "X" || r.words[i].text == "*") &&
		i+1 < len(r.words) && countForm().MatchString(r.words[i+1].text)
}

// sizeBelongsToNext reports whether word i ends a size that belongs to the words after it: "h100 80gb ram"
// and "h100 80gb or more" do not mean an H100 with 80 GB.
func (r *reader) sizeBelongsToNext(i int) bool {
	text := func(k int) string {
		if k < 0 || k >= len(r.words) {
			return ""
		}
		return strings.ToLower(r.words[k].text)
	}
	if !numberForm().MatchString(text(i)) && !(unitForm().MatchString(text(i)) && numberForm().MatchString(text(i-1))) {
		return false
	}
	next := i + 1
	if text(next) == "of" {
		next++
	}
	return isUnitOrNoun(text(next)) && !unitForm().MatchString(text(next)) ||
		suffixes[known.Fold(text(next)+text(next+1))]
}

// hasNonNameWord reports whether one of n words cannot be part of the name of a card or a place.
func (r *reader) hasNonNameWord(i, n int) bool {
	for k, w := range r.words[i : i+n] {
		switch e := vocabulary()[known.Fold(w.text)]; e.is {
		case bound, between, noun, perGPU, total, falling, rising, not, or, order, orderBy, most, currency, unavailable:
			return true
		case filler:
			if k == n-1 || k == 0 && !articles[strings.ToLower(w.text)] { // "isle of man" is a place
				return true
			}
		}
	}
	return false
}

// and has the words that mean "and".
var and = map[string]bool{"and": true, "but": true, "und": true, "et": true, "y": true}

// articles may be part of a name: "the netherlands", "a 100".
var articles = map[string]bool{"a": true, "the": true}

// named returns what a phrase means on its own, and whether it is known.
func named(spoken string) (token, bool) {
	t := token{text: spoken}
	if signs[spoken] {
		t.entry, t.sign = entry{bound, spoken}, true
		return t, true
	}
	if foreign(spoken) && !strings.Contains(spoken, " ") {
		t.entry = entry{is: unavailable}
		return t, true
	}
	if a, ok := known.Flag(spoken); ok {
		t.area = &a
		return t, true
	}
	folded := known.Fold(spoken)
	if folded == "" {
		return t, false
	}
	e, ours := vocabulary()[folded]
	if m, ok := modelNamed(spoken); ok && !ours {
		t.model, t.text = &m.Model, m.text
		return t, true
	}
	if ours {
		t.entry = e
		return t, true
	}
	if a, ok := known.AreaWord(spoken); ok {
		t.area = &a
		return t, true
	}
	if known.RegionCode(spoken) {
		t.entry = entry{term, "region=" + strconv.Quote(spoken)}
		return t, true
	}
	if singular, plural := strings.CutSuffix(spoken, "s"); plural {
		if m, ok := modelNamed(singular); ok {
			t.model, t.text = &m.Model, m.text
			return t, true
		}
	}
	return t, false
}

type namedModel struct {
	known.Model
	text string
}

// modelNamed returns the model that a phrase names. In "a 4090" the "a" is an article, not part of the name.
func modelNamed(spoken string) (namedModel, bool) {
	if strings.ContainsAny(spoken, "*<>") {
		return namedModel{}, false
	}
	m, ok := known.ModelNamed(spoken)
	if number, of := strings.CutPrefix(spoken, "a "); ok && of {
		if _, alone := known.ModelNamed(number); alone || len(known.CardsNumbered(number)) > 1 {
			return namedModel{}, false
		}
	}
	return namedModel{m, spoken}, ok
}

// partialNameAt returns the index of the first word of an unfinished name at the end of the
// words; len(words) if there is none or the words are known as they are.
func (r *reader) partialNameAt() int {
	n := len(r.words)
	for i := max(0, n-longestPhrase+1); i < n; i++ {
		spoken := r.joined(i, n, " ")
		last := known.Fold(r.words[n-1].text)
		letter := i < n-1 && len(last) == 1 && strings.Trim(last, "0123456789") != ""
		if !r.together(i, n) || strings.ContainsAny(spoken, "*<>") || letter && !r.startsName(i, n-1) {
			continue
		}
		folded := known.Fold(spoken)
		// "eur" may become Europe, but the "day" of "$3 a day" does not become Dayton
		if t, ok := named(spoken); ok && !(t.is == unavailable && begins(folded) && !r.measures(i)) {
			return n
		}
		digits := strings.ContainsAny(folded, "0123456789")
		letters := strings.Trim(folded, "0123456789") != ""
		if _, isNumber := r.number(i); isNumber > 0 && i == n-1 || !letters {
			continue
		}
		if len(folded) >= 3 && begins(folded) || len(folded) >= 2 && digits && known.BeginsCard(folded) {
			return i
		}
	}
	if n > 0 {
		last := r.words[n-1]
		folded := known.Fold(last.text)
		if _, ok := named(strings.ToLower(last.text)); !ok && len(folded) >= 3 &&
			!strings.ContainsAny(folded[:1], "0123456789") {
			return n - 1
		}
	}
	return n
}

// measures reports whether word i is a unit, because a number, an article or "per" comes before it.
func (r *reader) measures(i int) bool {
	if i == 0 {
		return false
	}
	before := strings.ToLower(r.words[i-1].text)
	return before == "a" || before == "an" || before == "per" || r.words[i].join == tight ||
		numberForm().MatchString(before)
}

// partialPhraseAt returns the index of the first word of an unfinished phrase of the vocabulary, which
// means nothing without its end: "per" of "per gpu"; len(words) if there is none.
func (r *reader) partialPhraseAt() int {
	n := len(r.words)
	for i := max(0, n-longestPhrase+1); i < n; i++ {
		if !r.together(i, n) {
			continue
		}
		if _, whole := named(r.joined(i, n, " ")); whole {
			return n
		}
		_, alone := named(r.joined(i, i+1, ""))
		if w := known.Fold(r.joined(i, n, " ")); !alone && phraseStarts()[known.Fold(r.words[i].text)] &&
			becomesWord(w) {
			return i
		}
	}
	return n
}

// phraseStarts returns the first words of phrases of several words, folded.
var phraseStarts = once(func() map[string]bool {
	starts := map[string]bool{}
	vocabulary() // fills phrases
	for _, phrase := range phrases {
		if first, _, more := strings.Cut(phrase, " "); more {
			starts[known.Fold(first)] = true
		}
	}
	return starts
})

// nameStartAt returns the index of the first word of a name that lacks words: "south", which a space
// does not end; len(words) if there is none.
func (r *reader) nameStartAt() int {
	n := len(r.words)
	for i := max(0, n-longestPhrase+1); i < n; i++ {
		if r.startsName(i, n) {
			return i
		}
	}
	return n
}

// startsName reports whether words i to j-1 are the first words of a name but not a name themselves.
func (r *reader) startsName(i, j int) bool {
	spoken := r.joined(i, j, " ")
	_, whole := named(spoken)
	return !whole && r.together(i, j) && known.StartsName(known.Fold(spoken))
}

// becomesWord reports whether a folded word may still become a phrase of the vocabulary.
func becomesWord(w string) bool {
	for phrase, e := range vocabulary() {
		if e.is != unavailable && len(phrase) > len(w) && strings.HasPrefix(phrase, w) {
			return true
		}
	}
	return false
}

// begins reports whether a folded word is the beginning of a card's or a place's name.
func begins(folded string) bool {
	return known.BeginsCard(folded) || slices.ContainsFunc(known.PlaceNames(),
		func(name string) bool { return strings.HasPrefix(name, folded) })
}

// clause is the meaning of a piece of a filter: a term, an order, a word to search for, a question or
// an error.
type clause struct {
	from, to int // bytes of the filter
	filler   bool
	field    string   // of a term, with its operator
	values   []string // of a term, in the exact form
	model    *known.Model
	area     *known.Area
	order    string   // in the form of --sort
	open     string   // a word to search for in the list
	begins   string   // the same, but only the beginning of a word
	note     string   // a sentence that says how it was read
	wrong    string   // a sentence that says why it is not understood
	ask      []string // possible meanings, in the exact form
	dangling bool     // for wrong: more words must follow
	not      bool     // the term is negated
	or       bool     // the term is an alternative to the one before it
	into     int      // index of the piece whose term has its values: this one or an earlier one
}

// exact returns a term in the exact form.
func (s clause) exact() string {
	term := s.field + strings.Join(s.values, ",")
	if s.not {
		term = "-" + term
	}
	return term
}

// understand turns the tokens into pieces with a meaning.
func (r *reader) understand() {
	negated, alternative := -1, -1 // index of the token that says so, -1 if there is none
	also := ""                     // the field of a not that an "and" continues: "except us and china"
	for i := 0; i < len(r.tokens); {
		t := &r.tokens[i]
		switch {
		case t.is == not:
			negated = i
			i++
			continue
		case t.is == or:
			alternative = i
			i++
			continue
		case and[t.text] && i+1 < len(r.tokens):
			r.said = append(r.said, clause{from: t.from, to: t.to, filler: true})
			i++
			if s := r.lastSaid(); s != nil && s.not && negated < 0 {
				also = s.field
			}
			continue
		case t.is == filler && !(lowerBounds[t.text] != "" && i+1 < len(r.tokens) && r.tokens[i+1].number):
			r.said = append(r.said, clause{from: t.from, to: t.to, filler: true})
			i++
			continue
		}
		if r.namesWhatFollows(i) {
			r.said = append(r.said, clause{from: t.from, to: t.to, filler: true})
			i++
			continue
		}
		s, n := r.term(i)
		first := r.tokens[i]
		before := r.lastSaid()
		s.not = s.not || negated >= 0 || first.not
		s.or = alternative >= 0 || first.join == tight && before != nil
		if before != nil && negated < 0 && (alternative >= 0 || first.join == tight) {
			s.not = s.not || before.not
		}
		s.not = s.not || also != "" && also == s.field
		also = ""
		if alternative >= 0 {
			s.from = min(s.from, r.tokens[alternative].from)
		}
		if negated >= 0 {
			s.from = min(s.from, r.tokens[negated].from)
		}
		if s.not && s.wrong == "" && s.field == "" && s.open == "" && s.begins == "" { // an order, or a filler
			s.order, s.wrong = "", fmt.Sprintf("%q is not understood behind a not", first.text)
		}
		s.filler = s.field == "" && s.open == "" && s.begins == "" && s.wrong == "" && s.order == ""
		negated, alternative = -1, -1
		r.said = append(r.said, s)
		i += n
	}
	r.dangle(negated, alternative)
	slices.SortStableFunc(r.said, func(a, b clause) int { return a.from - b.from }) // fillers may come late
}

// dangle says of the tokens at these indexes, of which -1 is none, that nothing follows them.
func (r *reader) dangle(indexes ...int) {
	for _, at := range indexes {
		if at >= 0 {
			t := r.tokens[at]
			wrong := fmt.Sprintf("a term follows %q", t.text)
			r.said = append(r.said, clause{from: t.from, to: t.to, wrong: wrong, dangling: true})
		}
	}
}

// namesWhatFollows reports whether token i names the field of the next token: "region us", "type spot".
func (r *reader) namesWhatFollows(i int) bool {
	if i+1 >= len(r.tokens) || r.tokens[i+1].join != apart {
		return false
	}
	next := r.tokens[i+1]
	switch f, ok := FieldNamed(r.tokens[i].text); {
	case !ok || r.tokens[i].is != nothing:
		return false
	case f == Region || f == Area:
		return next.area != nil || strings.HasPrefix(next.what, "region=")
	case f == GPU:
		return next.model != nil
	default:
		return next.is == term && strings.HasPrefix(next.what, f.String()+":")
	}
}

// lastSaid returns the last piece that is not a filler, nil if there is none.
func (r *reader) lastSaid() *clause {
	for i := len(r.said) - 1; i >= 0; i-- {
		if !r.said[i].filler {
			return &r.said[i]
		}
	}
	return nil
}

// joinAlternatives moves the values of alternatives about one field into the first of their terms.
func (r *reader) joinAlternatives() {
	last := -1 // the piece whose term an alternative would join
	for i := range r.said {
		s := &r.said[i]
		s.into = i
		if s.filler {
			continue
		}
		at := -1
		if s.or && last >= 0 {
			at = last
			switch before := r.said[at]; {
			case before.wrong != "" || s.wrong != "":
			case before.field != s.field || s.field == "":
				at = s.refuse(twoFields)
			case before.not != s.not:
				at = s.refuse("of two alternatives either both or none has a not")
			}
		} else if !s.not {
			at = slices.IndexFunc(r.said[:i], func(o clause) bool {
				return !o.not && (o.excludes(*s) ||
					s.isNumber() && o.field == s.field && slices.Equal(o.values, s.values))
			})
		}
		if at >= 0 && s.field != "" && r.said[at].field == s.field {
			at = r.said[at].into
			for _, v := range s.values {
				if !slices.Contains(r.said[at].values, v) {
					r.said[at].values = append(r.said[at].values, v)
				}
			}
			s.into = at
			continue
		}
		if other := func(o clause) bool {
			return !o.not && o.field == s.field && !slices.Equal(o.values, s.values)
		}; !s.not && s.isNumber() && slices.ContainsFunc(r.said[:i], other) {
			s.refuse(fmt.Sprintf("%s%s twice, with different numbers", s.field, s.values[0]))
		}
		last = i
	}
}

// refuse replaces the meaning of a piece with an error. It returns -1: no piece to join.
func (s *clause) refuse(why string) int {
	*s = clause{from: s.from, to: s.to, wrong: why, into: s.into}
	return -1
}

// excludes reports whether no offer can meet both terms of one field, so that they are
// alternatives.
func (s clause) excludes(o clause) bool {
	switch {
	case s.field != o.field || s.field == "":
		return false
	case s.model != nil && o.model != nil:
		return s.model.Excludes(*o.model)
	case s.area != nil && o.area != nil:
		return !s.area.Overlaps(*o.area)
	}
	return (s.field == "type:" || s.field == "region=" || s.field == "maker:" || s.field == "gen:" ||
		s.field == "form:") && !slices.Equal(s.values, o.values)
}

func (s clause) isNumber() bool {
	return slices.ContainsFunc([]string{"count", "price", "pergpu", "mem", "vram", "tvram", "cpu", "disk"},
		func(f string) bool { return strings.HasPrefix(s.field, f) })
}

func quoted(s string) string {
	if strings.ContainsAny(s, " ,|\"/") {
		return strconv.Quote(s)
	}
	return s
}

// term reads the term that begins with token i and returns its number of tokens.
func (r *reader) term(i int) (clause, int) {
	t := r.tokens[i]
	s := clause{from: t.from, to: t.to}
	switch {
	case t.begins && becomesWord(known.Fold(t.text)):
		s.wrong, s.dangling = fmt.Sprintf("%q is not understood", t.text), true
		return s, 1
	case t.begins:
		s.begins = t.text
		return s, 1
	case len(t.fits) > 0:
		return fitTerm(t), 1
	case t.model != nil:
		return r.modelTerm(i)
	case t.area != nil:
		s.field, s.values, s.area = "area:", []string{quoted(cmp.Or(t.area.Name(), t.text))}, t.area
		if two := t.area.Two(); two != nil {
			s.note = fmt.Sprintf("%q read as %s", t.text, strings.Join(two, " and "))
		}
		return s, 1
	case t.is == term:
		at := strings.IndexAny(t.what, ":=>")
		op := t.what[at:]
		for op != "" && strings.ContainsAny(op[:1], ":=>") {
			op, at = op[1:], at+1
		}
		s.field, s.values = t.what[:at], []string{t.what[at:]}
		return s, 1
	case t.is == unavailable && foreign(t.text):
		s.wrong = fmt.Sprintf("%q is not understood: prices are in US dollars", t.text)
		return s, 1
	case t.is == unavailable:
		s.wrong = fmt.Sprintf("%q is not understood: the list does not say", t.text)
		return s, 1
	case t.is == order:
		s.order = t.what
		return s, 1
	case t.is == orderBy || t.is == most, t.is == noun && i+1 < len(r.tokens) &&
		(r.tokens[i+1].is == falling || r.tokens[i+1].is == rising):
		return r.orderTerm(i)
	case t.is == bound, t.is == between, t.is == noun, t.is == amount, t.is == total, t.is == currency, t.is == perGPU,
		t.number, lowerBounds[t.text] != "":
		return r.quantity(i)
	}
	return r.codeTerm(t), 1
}

// codeTerm reads a word that may be the code of a state or a country, and is left open otherwise.
func (r *reader) codeTerm(t token) clause {
	s := clause{from: t.from, to: t.to}
	if state, ok := r.stateOfPlace(t.text); ok { // dallas, tx
		a, _ := known.AreaNamed(state)
		s.field, s.values, s.area = "area:", []string{state}, &a
		return s
	}
	if state := known.StateCode(t.text); state != "" {
		s.ask = []string{"area:" + state}
		s.wrong = fmt.Sprintf("%q may be %s", t.text, s.ask[0])
		return s
	}
	if code, state, ok := known.CountryCode(t.text); ok {
		if state != "" && t.text != "de" {
			s.ask = []string{"area:" + code, "area:" + state}
			s.wrong = fmt.Sprintf("%q may be %s or %s", t.text, s.ask[0], s.ask[1])
			return s
		}
		a, _ := known.AreaNamed(code)
		s.field, s.values, s.area = "area:", []string{quoted(code)}, &a
		return s
	}
	s.open = t.text
	return s
}

// fitTerm reads a model that has to fit, and asks for its format if that is open.
func fitTerm(t token) clause {
	s := clause{from: t.from, to: t.to}
	if len(t.fits) == 1 {
		s.field, s.values = "fits:", t.fits
		return s
	}
	for _, exact := range t.fits {
		s.ask = append(s.ask, "fits:"+exact)
	}
	last := len(s.ask) - 1
	s.wrong = fmt.Sprintf("%q may be %s or %s", t.text, strings.Join(s.ask[:last], ", "), s.ask[last])
	return s
}

// stateOfPlace returns the US state of a two-letter code after a place in that state: "san jose, ca". ok is
// false if the code is also that of a country which the place is in.
func (r *reader) stateOfPlace(code string) (state string, ok bool) {
	before := r.lastSaid()
	if before == nil || before.area == nil || len(code) != 2 {
		return "", false
	}
	state = "us-" + code
	in, ok := known.AreaNamed(state)
	if !ok || !before.area.InCountry() || !before.area.Overlaps(in) {
		return "", false
	}
	country, _, isCountry := known.CountryCode(code)
	if of, ok := known.AreaNamed(country); isCountry && ok && before.area.Overlaps(of) {
		return "", false
	}
	return state, true
}

// modelTerm reads a model, and a number after it that is the size of its memory.
func (r *reader) modelTerm(i int) (clause, int) {
	t := r.tokens[i]
	s := clause{from: t.from, to: t.to, field: "gpu:", values: []string{quoted(t.text)}, model: t.model}
	if i+1 < len(r.tokens) {
		next := r.tokens[i+1]
		free := i+2 >= len(r.tokens) || r.tokens[i+2].join == pause || !r.tokens[i+2].qualifiesNumber()
		if next.join == apart && next.bare() && free && next.num > 16 && t.model.Comes(int64(next.num)) {
			text := t.text + " " + formatNumber(next.num) + "gb"
			if m, ok := known.ModelNamed(text); ok {
				s.values, s.model, s.to = []string{quoted(text)}, &m, next.to
				return s, 2
			}
		}
	}
	return s, 1
}

// bare reports whether a token is a single number without a unit or sign.
func (t *token) bare() bool {
	return t.number && math.IsNaN(t.rangeEnd) && !t.size && !t.dollar && !t.times && !t.plus
}

// qualifiesNumber reports whether a token can belong to the number before it.
func (t *token) qualifiesNumber() bool {
	return t.is == noun || t.is == perGPU || t.is == currency || t.is == bound
}

// orderTerm reads an order that begins with token i: "by ram", "most vram", "price desc". Without a
// direction, prices sort from the lowest and other fields from the largest.
func (r *reader) orderTerm(i int) (clause, int) {
	t, at := r.tokens[i], i
	if t.is == orderBy || t.is == most {
		at++
	}
	s := clause{from: t.from, to: t.to}
	is := func(k int, m meaning) bool { return k < len(r.tokens) && r.tokens[k].is == m }
	field := ""
	switch {
	case is(at, perGPU):
		field = "pergpu"
	case is(at, noun) && r.tokens[at].what == "price" && is(at+1, perGPU):
		field = "pergpu"
		at++
	case is(at, noun) && r.tokens[at].what != "memory":
		field = r.tokens[at].what
	default:
		s.wrong, s.dangling = fmt.Sprintf("a field follows %q: price, ram, vram, cores …", t.text), true
		return s, 1
	}
	f, _ := FieldNamed(field)
	down := f.Falls() || t.is == most
	at++
	if is(at, falling) || is(at, rising) {
		down = is(at, falling)
		at++
	}
	s.to = r.tokens[at-1].to
	s.order = SortKey{Field: f, Desc: down}.String()
	return s, at - i
}
