package catalog

import (
	"math"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// dictionary numbers the spellings of one field: a row holds the number, and what
// follows from a spelling (its searchable form, whether a term holds for it) is
// worked out once for all rows that have it. The number 0 is no text at all.
type dictionary struct {
	codes map[string]int32 // by spelling
	texts []*query.Text    // by number; the one of 0 is nil
	keys  []int32          // by number: the number of its value
	value map[string]int32 // by valueKey: spellings that one facet line stands for share a value
	names []string         // by number of value: its valueKey
	ours  []string         // by number of value: what we call it; empty where it is called as it is spelled
}

func newDictionary() *dictionary {
	return &dictionary{codes: map[string]int32{}, texts: []*query.Text{nil}, keys: []int32{0},
		value: map[string]int32{}, names: []string{""}, ours: []string{""}}
}

// code is the number of a spelling, which for a GPU names card, else nil.
func (d *dictionary) code(raw string, card *known.Card) int32 {
	if raw == "" {
		return 0
	}
	if n, known := d.codes[raw]; known {
		return n
	}
	n := int32(len(d.texts))
	d.codes[raw] = n
	t, ours := query.NewText(raw), ""
	if card != nil {
		t, ours = query.NewGPU(raw, card), card.Name
	}
	d.texts = append(d.texts, t)
	key := t.Key
	v, known := d.value[key]
	if !known {
		v = int32(len(d.names))
		d.value[key] = v
		d.names, d.ours = append(d.names, key), append(d.ours, ours)
	}
	d.keys = append(d.keys, v)
	return n
}

// The fields that have a dictionary, by their place in a row's codes.
const (
	gpuCode = iota
	regionCode
	typeCode
	coded
)

// codedFields are the fields of the dictionaries.
var codedFields = [coded]query.Field{query.GPU, query.Region, query.Type}

// codeOf is the dictionary of a field; ok is false if it has none.
func codeOf(f query.Field) (at int, ok bool) {
	for i, g := range codedFields {
		if f == g {
			return i, true
		}
	}
	return 0, false
}

// lineage is what catalogues share that came from one another by Add. It only
// grows; what it says of a spelling stays true.
type lineage struct {
	dictionaries [coded]*dictionary
	cards        map[string]*known.Card // by what the service calls them
	gpus         []*gpuName             // by number
	regions      []*regionName          // by number
	countCodes   map[int64]int32        // the number of a GPU count
	counts       []float64              // by number; NaN for 0
	numbers      int32                  // how many Adds and Sinces there were
	ids          *index                 // of all rows that were added
}

func newLineage() *lineage {
	l := &lineage{cards: map[string]*known.Card{}, gpus: []*gpuName{{}},
		regions: []*regionName{{Place: &known.Place{}}}, countCodes: map[int64]int32{}, counts: []float64{math.NaN()},
		ids: newIndex()}
	for i := range l.dictionaries {
		l.dictionaries[i] = newDictionary()
	}
	return l
}

// number is the next one.
func (l *lineage) number() int32 {
	l.numbers++
	return l.numbers
}

// card is the card that a name of the service means. Reading a name costs much more
// than finding it.
func (l *lineage) card(name string) *known.Card {
	card, there := l.cards[name]
	if !there {
		c := known.CardOf(name)
		card, l.cards[name] = &c, &c
	}
	return card
}

// fill makes a row of what the service says.
func (l *lineage) fill(r Row, it *api.InstanceType) {
	r.p.InstanceType = it
	card := l.card(it.GPUType)
	r.p.NoGPU = it.GPUCount.Known && it.GPUCount.Value < 1 || card.None
	r.p.codes[gpuCode] = 0 // none of its figures, and no line with those of a card
	if !r.p.NoGPU {
		r.p.codes[gpuCode] = l.dictionaries[gpuCode].code(it.GPUType, card)
	}
	r.p.codes[regionCode] = l.dictionaries[regionCode].code(it.Region, nil)
	r.p.codes[typeCode] = l.dictionaries[typeCode].code(it.DeploymentType, nil)
	gpus, regions := l.dictionaries[gpuCode], l.dictionaries[regionCode]
	for n := len(l.gpus); n < len(gpus.texts); n++ {
		card := l.card(gpus.texts[n].Raw)
		name := &gpuName{Card: *card, GPUKey: gpus.names[gpus.keys[n]], gpuText: gpus.texts[n]}
		for i, text := range [...]string{card.Form, card.Generation, card.Arch, card.Maker} {
			if text != "" {
				name.derived[i] = query.NewText(text)
			}
		}
		l.gpus = append(l.gpus, name)
	}
	for n := len(l.regions); n < len(regions.texts); n++ {
		place := known.PlaceOf(regions.texts[n].Raw)
		l.regions = append(l.regions, &regionName{Place: &place, regionText: regions.texts[n]})
	}
	r.p.gpuName, r.p.regionName = l.gpus[r.p.codes[gpuCode]], l.regions[r.p.codes[regionCode]]
	r.p.typeText = l.dictionaries[typeCode].texts[r.p.codes[typeCode]]
	if it.HourlyRate.Known && it.GPUCount.Known && !r.p.NoGPU {
		r.p.PerGPU = api.Some(api.TidyRate(it.HourlyRate.Value / float64(it.GPUCount.Value)))
	}
}

// tally is how many rows have each spelling, by dictionary and number, and behind
// them how many have each GPU count.
type tally [coded + 1][]int32

// tell counts n more rows that are like r.
func (l *lineage) tell(t *tally, r Row, n int32) {
	for i, c := range [coded + 1]int32{r.p.codes[0], r.p.codes[1], r.p.codes[2], l.countCode(r)} {
		for int(c) >= len(t[i]) {
			t[i] = append(t[i], 0)
		}
		t[i][c] += n
	}
}

// label is what a value is called: our name for it, or its commonest spelling.
func (l *lineage) label(t *tally, at int, value int32) string {
	if ours := l.dictionaries[at].ours[value]; ours != "" {
		return ours
	}
	return l.commonest(t, at, value)
}

// commonest is the spelling that most rows have of those with a value, of equally
// common ones the first in order; empty if no row has any.
func (l *lineage) commonest(t *tally, at int, value int32) string {
	d := l.dictionaries[at]
	best, most := "", int32(0)
	for n := 1; n < len(t[at]); n++ {
		if d.keys[n] != value || t[at][n] == 0 {
			continue
		}
		if raw := d.texts[n].Raw; t[at][n] > most || t[at][n] == most && strings.Compare(raw, best) < 0 {
			best, most = raw, t[at][n]
		}
	}
	return best
}
