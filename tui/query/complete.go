package query

import (
	"cmp"
	"slices"
	"strings"

	"gpupick/tui/known"
)

// Completing is a filter whose last word is to be completed.
type Completing struct {
	Head string // the filter before the word

	negated string // the sign before the word
	count   string // the term of a count before it: "count:8 " of 8xh
	word    string
}

// Candidate is a way to go on with the last word.
type Candidate struct {
	Term string // in the exact form, with the sign and the count that were typed before the word
	Word string // as somebody would say it
	Show string // for the list: a field stands there with an example
	Open bool   // it only begins a term: nothing can be counted yet
	Idle bool   // it is offered where it leaves nothing, too
}

// Complete takes the last word off a filter.
func Complete(text string) Completing {
	from := lastWord(text)
	word := strings.TrimLeft(text[from:], "-!")
	c := Completing{Head: text[:from], negated: text[from : len(text)-len(word)], word: word}
	if m := countFirst().FindStringSubmatch(word); m != nil && c.negated == "" {
		c.count, c.word = "count:"+m[1]+" ", m[2]
	}
	return c
}

// lastWord is where the last word of a filter begins: behind the last space
// that is not inside quotes.
func lastWord(text string) int {
	return behindLast(text, " ")
}

// behindLast is the byte behind the last of some signs that is not inside quotes.
func behindLast(text, signs string) int {
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

// Candidates are the ways to go on, the likeliest first. listed are the values that a list has of
// a field, those of most offers first.
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

// add offers a term, in the exact form, that people call by a word.
func (k *completer) add(term, word string) {
	if !k.seen[term] {
		k.seen[term] = true
		k.list = append(k.list, Candidate{Term: k.negated + k.count + term, Word: word,
			Show: k.negated + k.count + term})
	}
}

// fields offers the fields that begin with what is typed, with an example; and of one whose name
// is whole what it may be asked for.
func (k *completer) fields(typed string) {
	if k.count != "" {
		return
	}
	for _, f := range append(Fields()[1:], ID) { // an id is seldom typed
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

// operator is the one that a field is mostly asked with.
func (s *spec) operator() string {
	switch {
	case s.kind != numbers || s.facet:
		return ":"
	case s.falls:
		return ">="
	}
	return "<="
}

// values offers values of a field behind its operator. Those behind a comma
// come in addition to those before it.
func (k *completer) values(f Field, op, partial string) {
	from := behindLast(partial, ",|")
	given, typed := partial[:from], strings.Trim(partial[from:], `"`)
	head := f.String() + op + given
	switch {
	case f.IsPlace():
		k.areasAs(head, typed)
	case strings.ContainsAny(op, "<>"):
		if op = strings.TrimSuffix(op, "=") + "="; given == "" { // what is typed may go on to it
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
				k.list[len(k.list)-1].Idle = true // there are few, and each may come to be
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

// addValue offers a value that is meant exactly.
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

// areas offers the parts of the world that begin with what is typed.
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

// wholeModel offers the card or the family that what is typed is the whole name of.
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

// modelNames are the listed cards and families of cards that go on with what is typed, the
// shortest names first.
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

// phrases offers what else people say: makers, generations, forms, types, orders.
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
