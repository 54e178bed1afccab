package catalog

import (
	"cmp"
	"math"
	"strings"

	"gpupick/api"
	"gpupick/tui/known"
	"gpupick/tui/query"
)

// The dictionaries: what rows have in common, by number.
const (
	ofGPU = iota
	ofRegion
	ofType
	dictionaries
)

// gpu is what follows from the GPUs of an offer.
type gpu struct {
	api.GPUs
	none      bool         // the service says that there is no GPU; false if it just does not name one
	text      *query.Text  // the name; nil if there is none, and for offers without a GPU
	key       string       // equal for the same GPU; empty if it has no name
	card      *known.Card  // what the name says, from our table, not from the service; empty for offers without a GPU
	vram      known.Size   // of one GPU, GB
	total     known.Size   // of all GPUs, GB
	bandwidth known.Figure // of one GPU, GB/s
	tflops    known.Figure // of one GPU: dense 16-bit arithmetic

	form, generation, arch, maker, link *query.Text // nil where unknown
}

// region is what follows from the spelling of a region.
type region struct {
	place known.Place // from our table, not from the service
	text  *query.Text // nil if there is none
}

// understand works out what follows from GPUs, regions and types that are new.
func (c *columns) understand() {
	for n := len(c.gpus); n < len(c.offers.GPUs.Values); n++ {
		c.gpus = append(c.gpus, c.newGPU(c.offers.GPUs.Values[n]))
	}
	for n := len(c.regions); n < len(c.offers.Regions.Values); n++ {
		r := region{text: textOf(c.offers.Regions.Values[n])}
		if r.text != nil {
			r.place = known.PlaceOf(r.text.Raw)
		}
		c.regions = append(c.regions, r)
	}
	for n := len(c.types); n < len(c.offers.Types.Values); n++ {
		c.types = append(c.types, textOf(c.offers.Types.Values[n]))
	}
}

// textOf returns a text in searchable form, nil if it is empty.
func textOf(raw string) *query.Text {
	if raw == "" {
		return nil
	}
	return query.NewText(raw)
}

func (c *columns) newGPU(of api.GPUs) gpu {
	named := c.named(of.Type)
	if named.card.None || of.Count.Known && of.Count.Value < 1 {
		return gpu{GPUs: of, none: true, card: &known.Card{}}
	}
	g := gpu{GPUs: of, text: named.text, key: named.card.Key, card: named.card, form: textOf(named.card.Form),
		generation: textOf(named.card.Generation), arch: textOf(named.card.Arch), maker: textOf(named.card.Maker),
		link: textOf(named.card.Link)}
	if !of.Share.Known || g.card.Part {
		g.vram = g.card.Memory
	}
	switch {
	case of.Share.Known:
		g.total = g.vram
	case of.Count.Known:
		g.total = g.vram.Times(of.Count.Value)
	}
	if !of.Share.Known {
		g.bandwidth, g.tflops = g.card.Bandwidth, g.card.TFLOPS16
	}
	return g
}

// each returns the price per GPU for a rate, NaN if it is unknown.
func (g *gpu) each(rate float64) float64 {
	if !g.Count.Known || g.none {
		return math.NaN()
	}
	return api.TidyRate(rate / float64(g.Count.Value))
}

// named is what follows from the name of a GPU alone.
type named struct {
	card *known.Card
	text *query.Text
}

// named returns what follows from the name of a GPU. It is kept, because reading a name is slow and the same GPU is
// offered in different numbers.
func (c *columns) named(name string) named {
	if n, there := c.names[name]; there {
		return n
	}
	n := named{card: &known.Card{}}
	if name != "" {
		*n.card = known.CardOf(name)
		n.text = query.NewGPU(name, n.card)
	}
	c.names[name] = n
	return n
}

// numbers returns the column with the numbers of a dictionary.
func (c *Catalog) numbers(dictionary int) []int32 {
	switch dictionary {
	case ofGPU:
		return c.offers.GPU
	case ofRegion:
		return c.offers.Region
	}
	return c.offers.Type
}

// entries returns the number of entries of a dictionary.
func (c *Catalog) entries(dictionary int) int {
	switch dictionary {
	case ofGPU:
		return len(c.gpus)
	case ofRegion:
		return len(c.regions)
	}
	return len(c.types)
}

// counts counts rows by dictionary and number.
type counts struct {
	rows [dictionaries][]int
	some [dictionaries][]int32 // a row with that number
}

// tally returns the counts of the listed rows.
func (c *Catalog) tally() *counts {
	if c.counts != nil {
		return c.counts
	}
	t := &counts{}
	all := c.Rows().numbers
	for d := range dictionaries {
		t.rows[d], t.some[d] = make([]int, c.entries(d)), make([]int32, c.entries(d))
		column := c.numbers(d)
		for _, n := range all {
			t.rows[d][column[n]]++
			t.some[d][column[n]] = n
		}
	}
	c.counts = t
	return t
}

// Widest returns rows among which is the one with the longest text in a field, also of those no longer listed.
func (c *Catalog) Widest(f query.Field) Rows {
	all := Rows{c, c.inOrder(nil)}
	switch a := &accessors[f]; {
	case a.of != none:
		some := c.goneRows()
		for n, rows := range c.tally().rows[a.of] {
			if rows > 0 {
				some.numbers = append(some.numbers, c.tally().some[a.of][n])
			}
		}
		return some
	case a.column == nil || f.IsPrice() || all.Len() == 0:
		return all
	default:
		column, largest := a.column(c), all.numbers[0]
		for _, n := range all.numbers {
			if column[n] > column[largest] || math.IsNaN(column[largest]) {
				largest = n
			}
		}
		return Rows{c, []int32{largest}}
	}
}

// values are the different values of a field, which is a facet's or a GPU's: spellings of the same value have one
// number. Number 0 means no value.
type values struct {
	of      []int32          // by entry of the dictionary: number of its value
	keys    []string         // by number: equal for spellings of the value
	labels  []string         // by number: our name for it, or its commonest spelling
	numbers map[string]int32 // by key
}

// valuesOf returns the values of a field that follow from a dictionary.
func (c *Catalog) valuesOf(f query.Field) values {
	if v, there := c.spelled[f]; there {
		return v
	}
	v := values{keys: []string{""}, labels: []string{""}, numbers: map[string]int32{}}
	rows, spelled := c.tally().rows[accessors[f].of], map[string]int{}
	for n := range c.entries(accessors[f].of) {
		key, label, known := accessors[f].value(c, int32(n))
		at := int32(0)
		if known {
			var there bool
			if at, there = v.numbers[key]; !there {
				at = int32(len(v.keys))
				v.numbers[key] = at
				v.keys, v.labels = append(v.keys, key), append(v.labels, "")
			}
			spelled[label] += rows[n] // the same spelling has one number for each number of GPUs
		}
		v.of = append(v.of, at)
	}
	for n, at := range v.of {
		if at == 0 || rows[n] == 0 {
			continue
		}
		_, label, _ := accessors[f].value(c, int32(n))
		if best := v.labels[at]; best == "" ||
			cmp.Or(spelled[label]-spelled[best], strings.Compare(best, label)) > 0 {
			v.labels[at] = label
		}
	}
	if c.spelled == nil {
		c.spelled = map[query.Field]values{}
	}
	c.spelled[f] = v
	return v
}
