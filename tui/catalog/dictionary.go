package catalog

import (
	"math"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// dictionary numbers the spellings of one field. A row holds the number; values derived from a spelling (its
// searchable form, whether a term holds for it) are computed once for all rows that have it. The number 0 means
// no text.
type dictionary struct {
	codes map[string]int32 // by spelling
	texts []*query.Text    // by number; nil for 0
	keys  []int32          // by number: the number of its value
	value map[string]int32 // by valueKey: spellings that share one facet value have one number
	names []string         // by number of value: its valueKey
	ours  []string         // by number of value: our name for it; empty if we have none
}

func newDictionary() *dictionary {
	return &dictionary{codes: map[string]int32{}, texts: []*query.Text{nil}, keys: []int32{0},
		value: map[string]int32{}, names: []string{""}, ours: []string{""}}
}

// code returns the number of a spelling, adding it if it is new. card is the card that a GPU's name means, nil
// for other fields.
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

// Indexes of the dictionaries, in a row's codes too. coded is their number and the index of the GPU counts.
const (
	gpuCode = iota
	regionCode
	typeCode
	coded
)

// codedFields are the fields of the dictionaries.
var codedFields = [coded]query.Field{query.GPU, query.Region, query.Type}

// codeOf returns the index of a field's dictionary; ok is false if it has none.
func codeOf(f query.Field) (at int, ok bool) {
	for i, g := range codedFields {
		if f == g {
			return i, true
		}
	}
	return 0, false
}

// lineage is the data that catalogs share if one was made from the other by Add. It only grows; what it says
// about a spelling never changes.
type lineage struct {
	dictionaries [coded]*dictionary
	cards        map[string]*known.Card // by the service's name for them
	gpus         []*gpuName             // by number of the spelling
	regions      []*regionName          // by number of the spelling
	countCodes   map[int64]int32        // by GPU count: its number
	counts       []float64              // by number; NaN for 0
	numbers      int32                  // number of Adds and Sinces so far
	ids          *index                 // all rows that were ever added
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

// number returns the next number for an Add or a Since.
func (l *lineage) number() int32 {
	l.numbers++
	return l.numbers
}

// card returns the card that the service's name means. Cards are cached, as reading a name is much slower than
// a lookup.
func (l *lineage) card(name string) *known.Card {
	card, there := l.cards[name]
	if !there {
		c := known.CardOf(name)
		card, l.cards[name] = &c, &c
	}
	return card
}

// fill sets a row from the service's data.
func (l *lineage) fill(r Row, it *api.InstanceType) {
	r.p.InstanceType = it
	card := l.card(it.GPUType)
	r.p.NoGPU = it.GPUCount.Known && it.GPUCount.Value < 1 || card.None
	r.p.codes[gpuCode] = 0 // offers without a GPU have no GPU spelling, so they do not count for a card
	if !r.p.NoGPU {
		r.p.codes[gpuCode] = l.dictionaries[gpuCode].code(it.GPUType, card)
	}
	r.p.codes[regionCode] = l.dictionaries[regionCode].code(it.Region, nil)
	r.p.codes[typeCode] = l.dictionaries[typeCode].code(it.DeploymentType, nil)
	gpus, regions := l.dictionaries[gpuCode], l.dictionaries[regionCode]
	for n := len(l.gpus); n < len(gpus.texts); n++ {
		card := l.card(gpus.texts[n].Raw)
		name := &gpuName{Card: *card, GPUKey: gpus.names[gpus.keys[n]], gpuText: gpus.texts[n]}
		for i, text := range [...]string{card.Form, card.Generation, card.Arch, card.Maker, card.Link} {
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

// tally counts the rows of each spelling, by dictionary and number. Its last entry counts the rows of each GPU
// count.
type tally [coded + 1][]int32

// addRows adds n rows like r to a tally.
func (l *lineage) addRows(t *tally, r Row, n int32) {
	for i, c := range [coded + 1]int32{r.p.codes[0], r.p.codes[1], r.p.codes[2], l.countCode(r)} {
		for int(c) >= len(t[i]) {
			t[i] = append(t[i], 0)
		}
		t[i][c] += n
	}
}

// label returns the label of a value: our name for it, or its commonest spelling.
func (l *lineage) label(t *tally, at int, value int32) string {
	if ours := l.dictionaries[at].ours[value]; ours != "" {
		return ours
	}
	return l.commonest(t, at, value)
}

// commonest returns the spelling of a value that most rows have, the alphabetically first of equally common
// ones. It is empty if no row has the value.
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
