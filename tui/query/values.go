package query

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"gpupick/tui/fits"
	"gpupick/tui/known"
)

// The values that may follow a field: texts, patterns, numbers, ranges, areas.

func (p *scanner) fieldTerm(field Field, op string, opAt int, values []value, negated bool) ([]Term, error) {
	if op == "!=" {
		op, negated = "=", !negated
	}
	if field == Fits {
		c, err := p.fitCondition(op, opAt, values)
		if err != nil {
			return nil, err
		}
		return []Term{{Negated: negated, any: []Condition{c}}}, nil
	}
	if field == GPU && op == ":" {
		if names, n, counted, err := p.cutCounts(values); err != nil || counted {
			if err != nil {
				return nil, err
			}
			return p.pair(names, n, negated)
		}
	}
	t := Term{Negated: negated}
	for _, v := range values {
		c, err := p.condition(field, op, opAt, v)
		if err != nil {
			return nil, err
		}
		t.any = append(t.any, c)
	}
	if len(values) > 1 && strings.ContainsAny(op, "<>") {
		return nil, p.fail(values[1].at, "one number follows %s%s", field, op)
	}
	return []Term{t}, nil
}

// fitCondition reads what has to fit. Its commas do not separate alternatives: fits:70b@fp8,32k,x4.
func (p *scanner) fitCondition(op string, opAt int, values []value) (Condition, error) {
	var parts []string
	for _, v := range values {
		parts = append(parts, v.text)
	}
	text, at := strings.Join(parts, ","), values[0].at
	if strings.ContainsAny(op, "<>") {
		return Condition{}, p.fail(opAt, "fits is a question; write fits:%s", text)
	}
	ask, err := fits.Parse(text)
	last := values[len(values)-1]
	typing := last.at+len(last.text) == len(p.text)
	var open *fits.NoFormatError
	switch {
	case errors.As(err, &open):
		e := p.fail(at, "fits:%s may be fits:%s: the format of the weights is open", text,
			strings.Join(open.Asks, ", fits:"))
		for _, a := range open.Asks {
			e.Choices = append(e.Choices, "fits:"+a)
		}
		e.Asked, e.Unfinished = true, typing
		return Condition{}, e
	case err != nil:
		e := p.fail(at, "%s", err)
		e.Unfinished = typing
		return Condition{}, e
	}
	return fitting(ask), nil
}

// fitting returns the condition that an ask fits.
func fitting(ask fits.Ask) Condition {
	exact := ask.String()
	return Condition{rel: isFit, field: Fits, value: exact, key: exact, fit: ask}
}

func (p *scanner) condition(field Field, op string, opAt int, v value) (Condition, error) {
	ordered := strings.ContainsAny(op, "<>")
	if !v.quoted && !ordered && strings.EqualFold(v.text, "none") {
		return Condition{rel: isMissing, field: field}, nil
	}
	switch {
	case field.IsNumber():
		return p.numberCondition(field, op, v)
	case ordered:
		return Condition{}, p.fail(opAt, "%s is text; write %s:%s", field, field, v.text)
	case field.IsPlace():
		if _, ok := known.AreaNamed(v.text); !ok {
			return Condition{}, p.unknownArea(v)
		}
		return areaCondition(field, v.text), nil
	case fields[field].values != nil:
		return p.oneOf(field, v)
	case field == Region && !v.quoted && isArea(v.text):
		a, _ := known.AreaWord(v.text)
		return Condition{rel: inArea, field: Region, value: v.text, area: a}, nil
	case op == "=" && (v.quoted || field != GPU || !namesModel(v.text)):
		return exactCondition(field, v.text), nil
	case strings.Contains(v.text, "*"):
		return Condition{rel: isLike, field: field, value: v.text, parts: strings.Split(strings.ToLower(v.text), "*")},
			nil
	}
	runs := known.Runs(v.text)
	if field == GPU {
		runs = cutPrefixes(runs)
	}
	if len(runs) == 0 {
		return Condition{}, p.fail(v.at, "%q has no letter or digit to look for", v.text)
	}
	c := Condition{rel: hasRuns, field: field, value: v.text, runs: runs}
	if m, ok := known.ModelNamed(v.text); ok && field == GPU {
		c.model = &m
	}
	return c, nil
}

// exactCondition returns the condition for one value of a field, in any spelling.
func exactCondition(f Field, text string) Condition {
	key := strings.ToLower(text)
	if f == GPU {
		key = known.CardOf(text).Key
	}
	return Condition{rel: isExactly, field: f, value: text, key: key}
}

// areaCondition returns the condition for the area with a name.
func areaCondition(f Field, name string) Condition {
	a, _ := known.AreaNamed(name)
	return Condition{rel: inArea, field: f, value: name, area: a}
}

func isArea(text string) bool {
	_, ok := known.AreaWord(text)
	return ok && !strings.Contains(text, "*")
}

func namesModel(text string) bool {
	_, ok := known.ModelNamed(text)
	return ok && !strings.Contains(text, "*")
}

// formerValues are other names of values of is:.
var formerValues = map[string]string{"dearer": "up", "cheaper": "down"}

// oneOf reads a value of a field that has a fixed list of values.
func (p *scanner) oneOf(field Field, v value) (Condition, error) {
	word := strings.ToLower(v.text)
	if now, renamed := formerValues[word]; renamed {
		word = now
	}
	names := fields[field].values
	for _, name := range names {
		switch {
		case name == word:
			return Condition{rel: isExactly, field: field, value: name, key: name}, nil
		case strings.HasPrefix(name, word) && v.at+len(v.text) == len(p.text):
			return Condition{}, p.unfinished("no offer is %q", v.text)
		}
	}
	if near := Nearest(word, names); near != "" {
		e := p.fail(v.at, "no offer is %q; did you mean %s:%s?", v.text, field, near)
		e.Choices = []string{field.String() + ":" + near}
		return Condition{}, e
	}
	return Condition{}, p.fail(v.at, "no offer is %q; offers are %s", v.text, strings.Join(names, ", "))
}

func (p *scanner) unknownArea(v value) *SyntaxError {
	w := known.Fold(v.text)
	names := known.AreaNames()
	for _, name := range names {
		if strings.HasPrefix(name, w) && v.at+len(v.text) == len(p.text) {
			return p.unfinished("no area %q", v.text)
		}
	}
	if near := Nearest(w, names); near != "" {
		e := p.fail(v.at, "no area %q; did you mean %s?", v.text, near)
		e.Choices = []string{"area:" + quoted(near)}
		return e
	}
	return p.fail(v.at, "no area %q; areas are continents and countries: europe, us, canada, asia", v.text)
}

var (
	exactNumber      = form(`^\$?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(gb|gib|g|tb|tib|t)?(?:usd|\$)?(/s|/h|/hr|/hour)?$`)
	exactNumberBegin = form(`^\$?[0-9]*\.?[0-9]*(gi?|ti?|us?|\$)?b?(/|/h|/ho|/hou)?$`)
	unitAlone        = form(`^(?i)(gb|gib|g|tb|tib|t|gb/s|tb/s|usd|\$|/h|/hr|/hour|\$/h|usd/h)$`)
)

func (p *scanner) numberCondition(field Field, op string, v value) (Condition, error) {
	c := Condition{rel: isBetween, field: field, lo: math.Inf(-1), hi: math.Inf(1)}
	from, to, isRange := strings.Cut(v.text, "..")
	if isRange && (op == ":" || op == "=") {
		return p.rangeCondition(c, v, from, to)
	}
	n, err := p.number(field, v.text, v.at)
	if err != nil {
		return c, err
	}
	switch op {
	case "<":
		c.rel, c.hi = isBelow, n
	case ">":
		c.rel, c.lo = isAbove, n
	case "<=":
		c.hi = n
	case ">=":
		c.lo = n
	default:
		c.lo, c.hi = n, n
	}
	return c, nil
}

// unitBehind adds a unit that follows the number after a space to the value, as
// in "mem >= 512 gb" and "price < 20 usd".
func (p *scanner) unitBehind(field Field, v *value) {
	if fields[field].unit == plain || v.quoted || !strings.ContainsAny(v.text[len(v.text)-1:], "0123456789") {
		return
	}
	ahead := *p
	ahead.spaces()
	unit, err := ahead.piece(false)
	if err != nil || unit.quoted || !unitAlone().MatchString(unit.text) ||
		strings.HasPrefix(ahead.rest(), ",") && !strings.HasPrefix(ahead.rest(), ", ") { // the comma continues a list
		return
	}
	v.text += unit.text
	p.pos = ahead.pos
}

func (p *scanner) rangeCondition(c Condition, v value, from, to string) (Condition, error) {
	var err error
	if from == "" && to == "" {
		return c, p.unfinished("a range has a number on at least one side: 2..8")
	}
	if from != "" {
		if c.lo, err = p.number(c.field, from, v.at); err != nil {
			return c, err
		}
	}
	if to != "" {
		if c.hi, err = p.number(c.field, to, v.at+len(v.text)-len(to)); err != nil {
			return c, err
		}
	}
	if c.lo > c.hi {
		e := p.fail(v.at, "the range %s is the wrong way round: %s..%s", v.text, to, from)
		e.Unfinished = v.at+len(v.text) == len(p.text) // 8..1 on the way to 8..16
		return c, e
	}
	return c, nil
}

func (p *scanner) number(field Field, text string, at int) (float64, error) {
	low := strings.ToLower(text)
	m := exactNumber().FindStringSubmatch(low)
	if m == nil {
		if at+len(text) == len(p.text) && (exactNumberBegin().MatchString(low) || strings.HasPrefix("none", low)) {
			return 0, p.unfinished("%q is not a number yet", text)
		}
		if a, b, ok := strings.Cut(low, "-"); ok && exactNumber().MatchString(a) && exactNumber().MatchString(b) {
			return 0, p.fail(at, "a range is written %s..%s", a, b)
		}
		return 0, p.fail(at, "%q is not a number", text)
	}
	digits := m[1]
	if strings.HasPrefix(m[2], "t") {
		digits += "e3" // in decimal, so that 1.001 TB are exactly 1001 GB
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, p.fail(at, "%q is too large a number", text)
	}
	unit := fields[field].unit
	if m[2] != "" && unit != gigabytes && unit != perSecond {
		return 0, p.fail(at, "%s is not measured in %s", field, strings.ToUpper(m[2]))
	}
	if m[3] == "/s" && unit != perSecond {
		return 0, p.fail(at, "%s is not measured per second", field)
	}
	return n, nil
}
