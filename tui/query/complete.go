package query

import (
	"cmp"
	"slices"
	"strings"

	"gpupick/tui/fits"
	"gpupick/tui/known"
)

// Completing is a filter whose last word is to be completed.
type Completing struct {
	Head string // the filter before the word

	negated string // "-" or "!" before the word
	count   string // the count before the word, as a term: "count:8 " of 8xh
	word    string
}

// Candidate is a possible completion of the last word.
type Candidate struct {
	Term string // in the exact form, with the sign and the count that were typed before the word
	Word string // as people would say it
	Show string // as the list of candidates shows it: a field has an example
	Open bool   // only the beginning of a term: matches cannot be counted yet
	Idle bool   // shown even if nothing matches
}

// Complete splits a filter before its last word.
func Complete(text string) Completing {
	from := lastWord(text)
	word := strings.TrimLeft(text[from:], "-!")
	c := Completing{Head: text[:from], negated: text[from : len(text)-len(word)], word: word}
	if m := countFirst().FindStringSubmatch(word); m != nil && c.negated == "" {
		c.count, c.word = "count:"+m[1]+" ", m[2]
	}
	return c
}

// Word returns the word that is to be completed, without a sign or a count before it.
func (c Completing) Word() string { return c.word }

// lastWord returns the byte at which the last word of a filter begins: after the
// last space outside quotes.
func lastWord(text string) int {
	return afterLast(text, " ")
}

// afterLast returns the byte after the last of the signs outside quotes, 0 if there is none.
func afterLast(text, signs string) int {
	at, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case strings.IndexByte(signs, c) >= 0 && !quoted:
			at = i + 1
		}
	}
	return at
}

// Candidates returns the possible completions, the likeliest first. listed returns a field's values
// in the list, the most frequent first.
func (c Completing) Candidates(listed func(Field) []string) []Candidate {
	k := completer{Completing: c, listed: listed, seen: map[string]bool{}}
	p := scanner{text: c.word}
	name, err := p.piece(true)
	at := p.pos
	p.skipOperator()
	f, isField := FieldNamed(name.text)
	switch op := c.word[at:p.pos]; {
	case err != nil || op != "" && !isField:
	case op != "":
		k.values(f, op, p.rest())
	case c.word == "" && c.negated != "":
		k.types("")
		k.fields("")
	case c.word == "" && c.count == "":
		k.fields("")
	default:
		k.wholeModel()
		k.fields(strings.ToLower(c.word))
		k.areas()
		k.models()
		k.phrases()
		k.regions()
		k.types(c.word)
	}
	return k.list
}

type completer struct {
	Completing
	listed func(Field) []string
	list   []Candidate
	seen   map[string]bool
}

// add adds a candidate: a term in the exact form, and the word that people use for it.
func (k *completer) add(term, word string) {
	if !k.seen[term] {
		k.seen[term] = true
		k.list = append(k.list, Candidate{Term: k.negated + k.count + term, Word: word,
			Show: k.negated + k.count + term})
	}
}

// fields adds the fields whose names begin with the typed text. For the full name of a number field
// it adds values.
func (k *completer) fields(typed string) {
	if k.count != "" {
		return
	}
	for _, f := range append(Fields()[1:], ID) { // ids are last: they are seldom typed
		s := &fields[f]
		switch {
		case s.name == typed && f.IsNumber():
			k.values(f, s.operator(), "")
		case strings.HasPrefix(s.name, typed) && !(k.negated != "" && f.IsNumber()):
			begun := k.negated + s.name + s.operator()
			k.list = append(k.list, Candidate{Term: begun, Word: begun, Show: k.negated + s.example, Open: true})
		}
	}
}

// operator returns the operator that is most common for the field.
func (s *spec) operator() string {
	switch {
	case s.kind != numbers || s.facet:
		return ":"
	case s.falls:
		return ">="
	}
	return "<="
}

// values adds values of a field after its operator. The values before the last
// comma are kept.
func (k *completer) values(f Field, op, partial string) {
	from := afterLast(partial, ",|")
	given, typed := partial[:from], strings.Trim(partial[from:], `"`)
	head := f.String() + op + given
	switch {
	case f.IsPlace():
		k.areasAs(head, typed)
	case strings.ContainsAny(op, "<>"):
		if op = strings.TrimSuffix(op, "=") + "="; given == "" { // "<" may still become "<="
			for _, step := range fields[f].steps {
				if strings.HasPrefix(step, typed) {
					k.add(f.String()+op+step, f.String()+op+step)
				}
			}
		}
	case fields[f].values != nil:
		for _, name := range fields[f].values {
			if strings.HasPrefix(name, strings.ToLower(typed)) {
				k.add(head+name, head+name)
				k.list[len(k.list)-1].Idle = true // there are few, and each may match later
			}
		}
	case f == Fits:
		for _, name := range fits.Names() {
			for _, format := range fits.Asked {
				if exact := name + "@" + format; strings.HasPrefix(exact, strings.ToLower(typed)) && given == "" {
					k.add(head+exact, head+exact)
				}
			}
		}
	case f == GPU && given == "" && (op == ":" || op == "="):
		for _, name := range k.modelNames(typed) {
			k.add("gpu:"+quoted(name), name)
		}
	default:
		for _, name := range k.listed(f) {
			if newText(name, known.Runs(name)).Contains(known.Fold(typed)) {
				k.addValue(f, op, given, name)
			}
		}
	}
}

// addValue adds a value of the list, as a term that means this very value.
func (k *completer) addValue(f Field, op, given, name string) {
	switch {
	case f.IsNumber() || f.OfCard():
		k.add(f.String()+op+given+quoted(strings.ToLower(name)), name)
	case given != "" || op == "!=" || op == "≠":
		k.add(f.String()+op+given+quote(name), name)
	default:
		k.add(Value{Field: f, Text: name}.Is().String(), name)
	}
}

// areas adds the areas whose names begin with the typed word.
func (k *completer) areas() {
	if len(known.Fold(k.word)) >= 2 && k.count == "" {
		k.areasAs("area:", k.word)
	}
}

func (k *completer) areasAs(head, typed string) {
	w := known.Fold(typed)
	names := known.AreaNames()
	if len(w) >= 3 {
		names = known.PlaceNames()
	}
	for _, name := range names {
		a, ok := known.AreaNamed(name)
		if !ok || !strings.HasPrefix(name, w) {
			continue
		}
		if ours := known.Fold(a.Name()); strings.HasPrefix(ours, w) {
			name = ours
		}
		k.add(head+quoted(cmp.Or(a.Name(), known.Written(name))), name)
	}
}

// wholeModel adds the card or card family whose full name is typed.
func (k *completer) wholeModel() {
	if namesModel(k.word) {
		k.add("gpu:"+quoted(strings.ToLower(k.word)), k.word)
	}
}

func (k *completer) models() {
	for _, name := range k.modelNames(k.word) {
		k.add("gpu:"+quoted(name), name)
	}
}

// modelNames returns the listed cards and card families whose names contain the typed text,
// the shortest names first.
func (k *completer) modelNames(typed string) []string {
	w := known.Fold(typed)
	var names []string
	note := func(name string) {
		name = strings.ToLower(name)
		folded := newText(name, cutPrefixes(known.Runs(name)))
		if name != "" && folded.Contains(w) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, label := range k.listed(GPU) {
		card := known.CardOf(label)
		switch family := card.FamilyName(); {
		case card.Name == "":
			note(label)
		default:
			if namesModel(family) {
				note(family)
			}
			note(known.ShortCard(card.Name))
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(a) - len(b) })
	return names
}

// phrases adds phrases of the vocabulary: makers, generations, forms, types, orders.
func (k *completer) phrases() {
	w := known.Fold(k.word)
	if len(w) < 2 || k.count != "" {
		return
	}
	var said []string
	for phrase, e := range vocabulary() {
		if strings.HasPrefix(phrase, w) && (e.is == term || e.is == order && k.negated == "") {
			said = append(said, phrase)
		}
	}
	slices.SortFunc(said, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	for _, phrase := range said {
		if e := vocabulary()[phrase]; e.is == term {
			k.add(e.what, phrase)
		} else {
			k.add(phrase, phrase)
		}
	}
}

func (k *completer) regions() {
	for _, name := range k.listed(Region) {
		if w := known.Fold(k.word); w != "" && k.count == "" && NewText(name).Contains(w) {
			k.addValue(Region, "=", "", name)
		}
	}
}

func (k *completer) types(typed string) {
	for _, name := range k.listed(Type) {
		if k.count == "" && NewText(name).Contains(known.Fold(typed)) {
			k.add(Value{Field: Type, Text: strings.ToLower(name)}.Named(), name)
		}
	}
}
