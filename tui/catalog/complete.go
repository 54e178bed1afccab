package catalog

import (
	"cmp"
	"slices"
	"strings"

	"gpupick/tui/known"
)

// Completion is a way to go on with what is being typed.
type Completion struct {
	Text string // the whole filter, if it is taken
	Show string // what it adds, for the list
	Rows int    // that it would leave; -1 for a field, which leaves nothing yet
}

// completionsMost is how many are offered.
const completionsMost = 8

// Complete lists the ways to go on with the last word of a filter: fields that
// begin with it, areas, and values that contain it, with the rows that each
// would leave under the terms before it. A value is quoted, since it is meant
// exactly.
func (c *Catalog) Complete(text string) []Completion {
	from := lastWord(text)
	head, err := Parse(text[:from])
	if err != nil {
		return nil
	}
	word := text[from:]
	bare := strings.TrimLeft(word, "-!")
	k := completer{catalog: c, head: head, before: text[:from] + word[:len(word)-len(bare)]}
	name, op, partial := splitTerm(bare)
	if f, known := FieldNamed(name); op != "" && known {
		k.values(f, op, partial)
	} else if op == "" {
		k.names(bare)
		k.areas(bare)
		for _, f := range []Field{GPU, Region, Type} {
			k.matching(f, bare)
		}
	}
	return k.list[:min(len(k.list), completionsMost)]
}

// lastWord is where the last word of a filter begins: behind the last space
// that is not inside quotes.
func lastWord(text string) int {
	at, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quoted:
			i++
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ' ' && !quoted:
			at = i + 1
		}
	}
	return at
}

// lastSeparator is where the value behind the last comma begins that is not
// inside quotes.
func lastSeparator(values string) int {
	at, quoted := 0, false
	for i := 0; i < len(values); i++ {
		switch c := values[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case (c == ',' || c == '|') && !quoted:
			at = i + 1
		}
	}
	return at
}

// splitTerm cuts a term at its operator; what is behind the last comma is the
// value that is being typed.
func splitTerm(term string) (name, op, partial string) {
	p := parser{text: term}
	first, err := p.piece(true)
	if err != nil {
		return "", "", ""
	}
	at := p.pos
	p.skipOperator()
	return first.text, term[at:p.pos], term[p.pos:]
}

type completer struct {
	catalog *Catalog
	head    Query
	before  string // the text in front of what is completed
	list    []Completion
}

// names offers the fields that begin with what is typed.
func (k *completer) names(typed string) {
	if typed == "" {
		return
	}
	for f := range fields {
		s := &fields[f]
		if !strings.HasPrefix(s.name, strings.ToLower(typed)) || s.name == strings.ToLower(typed) {
			continue
		}
		op := ":"
		switch {
		case s.number != nil && s.falls:
			op = ">="
		case s.number != nil:
			op = "<="
		}
		k.list = append(k.list, Completion{Text: k.before + s.name + op, Show: s.name + op, Rows: -1})
	}
}

// areas offers the parts of the world that begin with what is typed.
func (k *completer) areas(typed string) {
	w := known.Fold(typed)
	if len(w) < 2 {
		return
	}
	for _, name := range known.AreaNames() {
		if strings.HasPrefix(name, w) {
			k.add(name, name)
		}
	}
}

// add offers a term, if it leaves anything.
func (k *completer) add(term, show string) {
	q, err := Parse(k.before + term)
	if err != nil {
		return
	}
	res := k.catalog.Run(q)
	rows := len(res.Rows)
	if rows == 0 {
		rows = len(res.Gone)
	}
	if rows > 0 {
		k.list = append(k.list, Completion{Text: k.before + term, Show: show, Rows: rows})
	}
}

// values offers values of a field behind its operator. Those behind a comma
// come in addition to those before it.
func (k *completer) values(f Field, op, partial string) {
	typed := partial[lastSeparator(partial):]
	given := partial[:len(partial)-len(typed)]
	typed = strings.Trim(typed, `"`)
	if f == Area {
		for _, name := range known.AreaNames() {
			if strings.HasPrefix(name, known.Fold(typed)) {
				k.add("area"+op+given+name, name)
			}
		}
		return
	}
	if fields[f].values != nil {
		for _, name := range fields[f].values() {
			if strings.HasPrefix(name, strings.ToLower(typed)) {
				k.add(f.String()+op+given+name, f.String()+":"+name)
			}
		}
		return
	}
	if !f.HasFacet() || strings.ContainsAny(op, "<>") {
		return
	}
	for _, v := range k.found(f, typed) {
		text := exactValues(f, []FacetValue{v}).String()
		if given != "" || op == "!=" || op == "≠" {
			value := v.Label
			if fields[f].text != nil {
				value = quote(value)
			}
			text = f.String() + op + given + value
		}
		k.add(text, text)
	}
}

// matching offers the values of f that contain what is typed.
func (k *completer) matching(f Field, typed string) {
	if len(known.Fold(typed)) < 1 {
		return
	}
	for _, v := range k.found(f, typed) {
		text := exactValues(f, []FacetValue{v}).String()
		k.add(text, text)
	}
}

// found are the live values of f that contain what is typed, those that leave
// most first.
func (k *completer) found(f Field, typed string) []FacetValue {
	var list []FacetValue
	for _, v := range k.catalog.Run(k.head).Facets[f].Values {
		if v.Rows > 0 && v.known && (typed == "" || newText(v.Label, f == GPU).contains(known.Fold(typed))) {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b FacetValue) int { return cmp.Compare(b.Rows, a.Rows) })
	return list[:min(len(list), completionsMost)]
}
