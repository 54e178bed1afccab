package query

import (
	"regexp"
	"strconv"
	"strings"

	"gpupick/tui/known"
)

// Patterns for a count written together with a GPU: 8xh100, h100x8, h100:8, 8x,
// x8. A name before "x8" must contain a digit; otherwise gtx780 would mean 780
// GPUs named "gt".
var (
	countBefore = form(`(?i)^([0-9]{1,3})[x×](.*)$`)
	countBehind = form(`(?i)^(.*[0-9].*|)[x×]([0-9]{1,3})$`)

	countColon = form(`^([^:]+):([0-9]{1,4})$`)
)

// cutCount splits a word into a name and a count; ok is false if it has no count.
func cutCount(word string) (name string, n int, ok bool) {
	if m := countBefore().FindStringSubmatch(word); m != nil && (m[2] == "" || known.Fold(m[2]) != "") {
		n, _ = strconv.Atoi(m[1])
		return strings.TrimLeft(m[2], "!"), n, true
	}
	for _, behind := range []*regexp.Regexp{countBehind(), countColon()} {
		if m := behind.FindStringSubmatch(word); m != nil {
			n, _ = strconv.Atoi(m[2])
			return strings.TrimRight(m[1], sentenceEnds), n, true
		}
	}
	return word, 0, false
}

// cutCounts removes the count from a list of GPUs that share it: 8xh100,h200.
// names are the GPUs without the count; counted is false if there is none.
func (p *scanner) cutCounts(values []value) (names []value, count int, counted bool, err error) {
	for _, v := range values {
		if v.quoted {
			names = append(names, v)
			continue
		}
		name, n, ok := cutCount(v.text)
		if ok && counted && n != count {
			return nil, 0, false, p.fail(v.at, "one term has one count; for several write count:%d,%d", count, n)
		}
		if ok {
			v.text, count, counted = name, n, true
		}
		if v.text != "" {
			names = append(names, v)
		}
	}
	return names, count, counted, nil
}

// wordTerm makes terms of words without a field: a count with or without a
// GPU, or words to search for in GPU, region and type.
func (p *scanner) wordTerm(values []value, negated bool) ([]Term, error) {
	names, count, counted, err := p.cutCounts(values)
	if err != nil {
		return nil, err
	}
	if counted {
		return p.pair(names, count, negated)
	}
	t := Term{Negated: negated}
	for _, v := range values {
		c, err := p.word(v)
		if err != nil {
			return nil, err
		}
		t.any = append(t.any, c)
	}
	return []Term{t}, nil
}

func (p *scanner) word(v value) (Condition, error) {
	w := known.Fold(v.text)
	if w == "" {
		return Condition{}, p.fail(v.at, "%q has no letter or digit to look for", v.text)
	}
	if begin, ok := strings.CutSuffix(v.text, "*"); ok && !v.quoted {
		if strings.Contains(begin, "*") {
			return Condition{}, p.fail(v.at, "a pattern names its field: gpu:%s", v.text)
		}
		if len(known.Fold(begin)) < 2 {
			return Condition{}, p.fail(v.at, "a pattern without a field has at least two letters: h1*")
		}
		return Beginning(begin), nil
	}
	return Condition{rel: hasWord, value: v.text, word: w, inID: strings.Contains(v.text, "-")}, nil
}

// pair makes the two terms of 8xh100: gpu:h100 and count:8.
func (p *scanner) pair(names []value, n int, negated bool) ([]Term, error) {
	number := Condition{rel: isBetween, field: Count, lo: float64(n), hi: float64(n)}
	count := Term{Negated: negated, any: []Condition{number}}
	if len(names) == 0 {
		return []Term{count}, nil
	}
	if negated {
		return nil, p.fail(p.term, "without which of the two? write -gpu:%s or -count:%d", names[0].text, n)
	}
	gpu := Term{}
	for _, v := range names {
		c, err := p.condition(GPU, ":", v.at, v)
		if err != nil {
			return nil, err
		}
		gpu.any = append(gpu.any, c)
	}
	return []Term{gpu, count}, nil
}
