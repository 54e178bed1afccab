package known

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Place is where a region is, as far as its text says. It is worked out by us, not by the service: a region is
// free text, and each cloud writes it in its own way.
type Place struct {
	Country   string // ISO 3166-1 alpha-2 in lower case; empty if unknown
	Continent string // "europe", "northamerica" …; empty if nothing is known
	State     string // code of a state of the country, in lower case: "ca" of "us"; empty if unknown
	Side      string // side of the United States: "east", "west", "central"; empty if unknown
	City      string // folded English name; empty if unknown
}

// Known reports whether at least the continent is known.
func (p Place) Known() bool { return p.Continent != "" }

// String is the place in words: "Europe, Sweden", "Asia", or empty.
func (p Place) String() string {
	if c, ok := countries()[p.Country]; ok {
		return continentTitle(p.Continent) + ", " + c.title
	}
	return continentTitle(p.Continent)
}

// Short returns the place in few words: "Sweden", "Asia", or empty.
func (p Place) Short() string {
	if c, ok := countries()[p.Country]; ok {
		return c.title
	}
	return continentTitle(p.Continent)
}

// meaning is one thing that a part of a region's text may mean.
type meaning struct {
	country    string
	continents []string // possible continents, if there is no country
	state      string   // code of a state of the country
	side       string
	city       string // folded name of a city of the country
}

// evidence is a part of a region's text with its possible meanings, the likeliest first. A wrong part weighs as
// much as a right one, so a part counts only if the others do not contradict it.
type evidence struct {
	means []meaning
	weigh float64
	equal bool // all meanings are equally likely
}

// Weights of the parts of a text.
const (
	asCountry   = 8.0 // a country's name
	asState     = 6.0 // a state's name
	asLastCode  = 4.0 // "…, DE"
	asCity      = 3.0
	asCode      = 3.0 // "US-…", "DEU"
	asCityCode  = 2.0 // "lhr"
	asContinent = 2.0
	likelier    = 0.5 // added for the likeliest meaning
)

// nameTable maps folded names and codes of countries, states and cities to their meanings.
type nameTable struct {
	countries map[string][]meaning
	states    map[string][]meaning
	cities    map[string][]meaning
	stateCode map[string][]meaning // by code of two or three letters
	cityCode  map[string][]meaning // by code of three letters
	ambiguous map[string]bool      // names of cities in several countries, none of them likelier
	longest   int                  // length of the longest name, in bytes
}

var names = sync.OnceValue(func() *nameTable {
	cities := table("cities.tsv")
	t := &nameTable{countries: map[string][]meaning{}, states: map[string][]meaning{},
		cities: make(map[string][]meaning, len(cities)), stateCode: map[string][]meaning{},
		cityCode: map[string][]meaning{}, ambiguous: map[string]bool{}}
	add := func(to map[string][]meaning, name string, m meaning) {
		if name != "" && !slices.ContainsFunc(to[name],
			func(o meaning) bool { return o.country == m.country && o.state == m.state && o.city == m.city }) {
			to[name] = append(to[name], m)
			t.longest = max(t.longest, len(name))
		}
	}
	for name, code := range englishNames() {
		add(t.countries, name, meaning{country: code})
	}
	sides := map[string]string{}
	for _, f := range table("states.tsv") {
		m := meaning{country: f[1], state: emptyIfDash(f[2]), side: emptyIfDash(f[3])}
		add(t.states, Fold(f[0]), m)
		if m.state != "" {
			add(t.stateCode, m.state, m)
			sides[m.country+m.state] = m.side
		}
	}
	for _, f := range cities {
		name, state := Fold(f[0]), emptyIfDash(f[2])
		m := meaning{country: f[1], state: state, side: sides[f[1]+state], city: cityName(name)}
		add(t.cities, name, m)
		for _, code := range strings.Fields(emptyIfDash(f[3])) {
			add(t.cityCode, code, m)
		}
		for _, also := range strings.Fields(emptyIfDash(f[4])) {
			if len(t.cities[name]) > 0 && equallyKnown[name] {
				t.ambiguous[name] = true
			}
			add(t.cities, name, meaning{country: also, city: cityName(name)})
		}
	}
	return t
})

// otherNames maps other names of cities to ours.
var otherNames = map[string]string{
	"frankfurtammain": "frankfurt", "koln": "cologne", "koeln": "cologne", "munchen": "munich", "muenchen": "munich",
	"nurnberg":  "nuremberg",
	"nuernberg": "nuremberg", "duesseldorf": "dusseldorf", "wien": "vienna", "genf": "geneva", "geneve": "geneva",
	"zuerich": "zurich",
	"lisboa":  "lisbon", "milano": "milan", "roma": "rome", "torino": "turin", "napoli": "naples",
	"firenze": "florence", "sevilla": "seville",
	"goteborg": "gothenburg", "kobenhavn": "copenhagen", "warszawa": "warsaw", "praha": "prague",
	"bucuresti": "bucharest",
	"beograd":   "belgrade", "athina": "athens", "moskva": "moscow", "bruxelles": "brussels", "brussel": "brussels",
	"antwerpen": "antwerp",
	"denhaag":   "thehague", "kiev": "kyiv", "odessa": "odesa", "ekaterinburg": "yekaterinburg",
	"stpetersburg": "saintpetersburg",
	"sofiacapital": "sofia", "cluj": "clujnapoca", "bengaluru": "bangalore", "taichungcity": "taichung",
	"saigon":      "hochiminhcity",
	"newyorkcity": "newyork", "newdelhi": "delhi",
}

// cityName returns our name of a city.
func cityName(name string) string { return cmp.Or(otherNames[name], name) }

// equallyKnown are names of several cities of which none is likelier.
var equallyKnown = wordSet("sanjose birmingham cambridge valencia cordoba manchester victoria santacruz")

// regions maps the clouds' codes of regions to their meanings.
var regions = sync.OnceValue(func() map[string][]meaning {
	lines := table("regions.tsv")
	all := make(map[string][]meaning, len(lines))
	for _, f := range lines {
		for _, code := range strings.Split(f[1], "|") {
			all[f[0]] = append(all[f[0]], meaning{country: code})
		}
	}
	return all
})

// continentWords maps words before or after a place ("eu-north-1", "AP-…", "…, NA") to continents.
var continentWords = map[string][]string{
	"europe": {"europe"}, "eu": {"europe"}, "eur": {"europe"},
	"northamerica": {"northamerica"}, "na": {"northamerica"}, "nam": {"northamerica"},
	"southamerica": {"southamerica"}, "sa": {"southamerica"}, "latam": {"southamerica", "northamerica"},
	"asia": {"asia"}, "as": {"asia"}, "sea": {"asia"}, "ap": {"asia", "oceania"}, "apac": {"asia", "oceania"},
	"asiapacific": {"asia", "oceania"},
	"me":          {"asia", "africa"}, "middleeast": {"asia", "africa"}, "mea": {"asia", "africa"},
	"emea":    {"europe", "asia", "africa"},
	"oceania": {"oceania"}, "oc": {"oceania"},
	"africa": {"africa"}, "af": {"africa"},
}

// nowhere are texts that name no place.
var nowhere = wordSet("na none unknown global worldwide world any anywhere multi multiregion remote international " +
	"default auto")

// directions are words for a direction in codes.
var directions = wordSet("east west north south central northeast northwest southeast southwest gov")

// PlaceOf returns where a region is, by its cloud's code or else by what all parts of its text say together.
// Values that they leave open are unknown.
func PlaceOf(region string) Place {
	text := strings.ToLower(strings.TrimSpace(region))
	if text == "" || nowhere[Fold(text)] {
		return Place{}
	}
	if m, ok := regionCode(text); ok {
		return m.place(text)
	}
	all := evidenceIn(text, bareCode.MatchString(strings.TrimSpace(region)))
	if m := regions()[text]; len(m) > 1 { // two clouds have the same code
		all = []evidence{{means: m, weigh: asCode, equal: true}}
	}
	best, sure := judge(all)
	if !sure {
		return Place{Continent: best.continent()}
	}
	return best.place(text)
}

// place returns the meaning as a place, with the side of the country that the text names.
func (m meaning) place(text string) Place {
	p := Place{Country: m.country, Continent: m.continent(), State: m.state, Side: m.side, City: m.city}
	if p.Country == "us" && p.Side == "" {
		for _, r := range Runs(text) {
			for _, side := range []string{"east", "west", "central"} {
				if strings.HasPrefix(r.Text, side) || strings.HasSuffix(r.Text, side) {
					p.Side = side
				}
			}
		}
	}
	return p
}

func (m meaning) continent() string {
	switch {
	case m.country != "":
		return countries()[m.country].continent
	case len(m.continents) == 1:
		return m.continents[0]
	}
	return ""
}

// regionCode looks a text up among the clouds' codes of regions: as it is, without the letter or number of a
// zone, and without the text after the region in a zone's name ("us-east-1-dfw-1"), if that is in the same
// country.
func regionCode(text string) (meaning, bool) {
	one := func(code string) (meaning, bool) {
		m := regions()[code]
		if len(m) != 1 {
			return meaning{}, false
		}
		return m[0], true
	}
	if strings.ContainsAny(text, ",()") {
		return meaning{}, false
	}
	code := strings.ReplaceAll(text, "_", "-")
	if m, ok := one(strings.ReplaceAll(code, " ", "")); ok && !strings.ContainsAny(code, "-") {
		return m, true // "East US"
	}
	for _, c := range []string{code, withoutZone(code)} {
		if m, ok := one(c); ok {
			return m.inStateOf(code), true
		}
	}
	for cut := strings.LastIndexByte(code, '-'); cut > 0; cut = strings.LastIndexByte(code[:cut], '-') {
		m, ok := one(code[:cut])
		if !ok {
			continue
		}
		for _, e := range evidenceOf(code[cut+1:]) {
			if !e.supports(m.country) && e.weigh >= asCityCode {
				return meaning{}, false
			}
			for _, o := range e.means {
				if o.country == m.country && o.state != "" {
					m = o
				}
			}
		}
		return m, true
	}
	return meaning{}, false
}

// inStateOf returns a country's meaning with the state that follows it in a code: "us-ca-2".
func (m meaning) inStateOf(code string) meaning {
	if parts := strings.Split(code, "-"); m.state == "" && len(parts) > 1 && parts[0] == m.country {
		for _, o := range names().stateCode[parts[1]] {
			if o.country == m.country {
				return o
			}
		}
	}
	return m
}

// withoutZone returns a code without the letter of its zone: "eu-west-2b", "us-central1-a".
func withoutZone(code string) string {
	n := len(code)
	switch {
	case n > 2 && isDigit(code[n-2]) && code[n-1] >= 'a' && code[n-1] <= 'f':
		return code[:n-1]
	case n > 3 && code[n-2] == '-' && code[n-1] >= 'a' && code[n-1] <= 'f':
		return code[:n-2]
	}
	return code
}

// bareCode matches a region that is just a country's code: "NO", "IN1".
var bareCode = regexp.MustCompile(`^[A-Z]{2}[0-9]{0,2}$`)

func evidenceOf(text string) []evidence { return evidenceIn(text, false) }

// evidenceIn reads the parts of a text: first the longest names, then codes. capital: the text is a code in
// capital letters, so it is not a word.
func evidenceIn(text string, capital bool) []evidence {
	var all []evidence
	segments := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;()|/[]", r) })
	for i, segment := range segments {
		words := wordsOf(segment)
		last := i == len(segments)-1 || i == len(segments)-2 && isContinentCode(segments[i+1])
		used := make([]bool, len(words))
		for _, named := range []func(string) (evidence, bool){named, foreignNamed} {
			for n := min(4, len(words)); n >= 1; n-- {
				for at := 0; at+n <= len(words); at++ {
					if slices.Contains(used[at:at+n], true) {
						continue
					}
					if e, ok := named(strings.Join(words[at:at+n], "")); ok {
						all = append(all, e)
						for k := range n {
							used[at+k] = true
						}
					}
				}
			}
		}
		compact := !strings.ContainsRune(strings.TrimSpace(segment), ' ')
		left := 0 // number of words that are neither names nor numbers nor directions
		for at, w := range words {
			if used[at] = used[at] || isDigit(w[0]) || directions[w]; !used[at] {
				left++
			}
		}
		for at, w := range words {
			if used[at] {
				continue
			}
			pos := position{first: at == 0, compact: compact || left == 1, last: i > 0 && last && left == 1,
				supported: len(all) > 0 || left > 1 || i > 0 || capital}
			if e, ok := coded(w, pos); ok {
				all = append(all, e)
			}
		}
	}
	return all
}

func isContinentCode(segment string) bool { return continentWords[Fold(segment)] != nil }

// wordsOf returns the runs of letters and digits in a segment. Known names that are written as one word are
// split: "germanywestcentral".
func wordsOf(segment string) []string {
	var words []string
	for _, r := range Runs(segment) {
		if r.Glued && len(r.Text) < 4 && len(words) > 0 && isDigit(words[len(words)-1][0]) && !isDigit(r.Text[0]) {
			continue // part of an id or a zone: 4bd5
		}
		if _, whole := named(r.Text); !whole && len(r.Text) > 5 && !isDigit(r.Text[0]) {
			if split := SplitWords(r.Text, isPlaceWord, names().longest, 0); split != nil {
				words = append(words, split...)
				continue
			}
		}
		words = append(words, r.Text)
	}
	return words
}

func isPlaceWord(w string) bool {
	if directions[w] || w == "us" || w == "uk" || w == "uae" {
		return true
	}
	_, ok := named(w)
	return ok && len(w) >= 4
}

// named returns what a name means.
func named(name string) (evidence, bool) {
	t := names()
	if c := continentWords[name]; c != nil && len(name) > 3 {
		return evidence{means: []meaning{{continents: c}}, weigh: asContinent}, true
	}
	country, state, city := t.countries[name], t.states[name], t.cities[name]
	switch {
	case len(name) < 4 || directions[name]:
		return evidence{}, false
	case country != nil && state != nil: // Georgia
		return evidence{means: append(slices.Clone(country), state...), weigh: asState, equal: true}, true
	case country != nil:
		return evidence{means: country, weigh: asCountry}, true
	case state != nil && city != nil: // New York, Washington, Victoria
		return evidence{means: append(slices.Clone(state), city...), weigh: asCity, equal: t.ambiguous[name]}, true
	case state != nil:
		return evidence{means: state, weigh: asState}, true
	case city != nil:
		return evidence{means: city, weigh: asCity, equal: t.ambiguous[name]}, true
	}
	return evidence{}, false
}

// foreignNamed returns the country that a name means in another language.
func foreignNamed(name string) (evidence, bool) {
	if len(name) < 5 {
		return evidence{}, false
	}
	if code := foreignName(name); code != "" {
		return evidence{means: []meaning{{country: code}}, weigh: asCountry}, true
	}
	return evidence{}, false
}

// position is where a code is in a region's text.
type position struct {
	first     bool // it is the first word of its segment
	compact   bool // the text consists of codes and names only
	last      bool // it is alone after the last comma
	supported bool // another part of the text may mean something, or the code is in capital letters
}

// codesThatAreWords are codes of countries and states that are usually words. They count only beside another part of
// the text, or in capital letters.
var codesThatAreWords = wordSet("in no is me my so to am an as at be by do id it la or hi ok oh pa ma al dc")

// coded returns what a code means: a country, a state, a city or a part of the world. Codes count only if the
// text consists of codes and names, or after the last comma.
func coded(w string, pos position) (evidence, bool) {
	t := names()
	e := evidence{weigh: asCode}
	if !pos.compact || len(w) > 3 || codesThatAreWords[w] && !pos.supported {
		return e, false
	}
	_, isCountry := countries()[w]
	switch {
	case w == "uk":
		e.means = []meaning{{country: "gb"}}
	case w == "usa":
		e.means, e.weigh = []meaning{{country: "us"}}, asCountry
	case len(w) == 2:
		if isCountry && w != "as" && !(continentWords[w] != nil && pos.first) {
			e.means = append(e.means, meaning{country: w})
		}
		if c := continentWords[w]; c != nil {
			e.means = append(e.means, meaning{continents: c})
		}
		if isCountry && continentWords[w] != nil && pos.first {
			e.means = append(e.means, meaning{country: w}) // sa-… is South America rather than Saudi Arabia
		}
		if pos.supported {
			for _, state := range t.stateCode[w] {
				if continentWords[w] == nil || state.country == "us" { // AP is Asia-Pacific rather than Andhra Pradesh
					e.means = append(e.means, state)
				}
			}
		}
		if pos.last { // "…, CO" may be Colombia or Colorado
			e.weigh, e.equal = asLastCode, isCountry && len(t.stateCode[w]) > 0
		}
	case len(w) == 3:
		if code := codes3()[w]; code != "" {
			e.means = append(e.means, meaning{country: code})
		}
		if city := t.cityCode[w]; city != nil {
			e.weigh, e.equal = asCityCode, len(e.means) > 0 && e.means[0].country != city[0].country
			e.means = append(e.means, city...)
		}
		if c := continentWords[w]; c != nil {
			e.means = append(e.means, meaning{continents: c})
		}
		if pos.last {
			e.means = append(e.means, t.stateCode[w]...)
		}
	}
	return e, len(e.means) > 0
}

// supports reports whether a meaning of the part is in a country.
func (e evidence) supports(code string) bool {
	return slices.ContainsFunc(e.means, func(m meaning) bool {
		return m.country == code || m.country == "" && slices.Contains(m.continents, countries()[code].continent)
	})
}

// candidate is a country that a text may mean, with the evidence for it.
type candidate struct {
	meaning
	weight      float64
	stateWeight float64  // weight of the part that names the state
	cities      []string // cities that the strongest parts may mean
	cityWeight  float64  // weight of each of these parts
}

// weighUp adds up the evidence for and against the country, and finds its state and cities.
func (c *candidate) weighUp(all []evidence) {
	for _, e := range all {
		if !e.supports(c.country) {
			c.weight -= e.weigh
			continue
		}
		c.weight += e.weigh
		if e.means[0].country == c.country && !e.equal {
			c.weight += likelier
		}
		for _, m := range e.means {
			if m.country == c.country && m.state != "" && (c.state == "" || e.weigh > c.stateWeight) {
				c.state, c.side, c.stateWeight = m.state, m.side, e.weigh
			}
			if m.country == c.country && c.side == "" {
				c.side = m.side
			}
			if m.country == c.country && m.city != "" && e.weigh >= c.cityWeight {
				if e.weigh > c.cityWeight {
					c.cities, c.cityWeight = nil, e.weigh
				}
				c.cities = append(c.cities, m.city)
			}
		}
	}
}

// judge weighs the parts of a text. sure is false if no country is clearly the best; then best has only the
// continents, if they are known.
func judge(all []evidence) (best meaning, sure bool) {
	var list []candidate
	for _, e := range all {
		for _, m := range e.means {
			if m.country != "" && !slices.ContainsFunc(list, func(c candidate) bool { return c.country == m.country }) {
				list = append(list, candidate{meaning: meaning{country: m.country}})
			}
		}
	}
	for i := range list {
		list[i].weighUp(all)
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.weight, a.weight) })
	switch {
	case len(list) == 0 || list[0].weight <= 0:
		return partOfTheWorld(all), false
	case len(list) > 1 && list[1].weight > list[0].weight-likelier:
		if a, b := list[0].continent(), list[1].continent(); a != b {
			return meaning{}, false
		}
		return meaning{continents: []string{list[0].continent()}}, false
	}
	best = list[0].meaning
	if cities := slices.Compact(list[0].cities); len(cities) == 1 { // a code may mean several cities
		best.city = cities[0]
	}
	for _, e := range all {
		if e.supports(best.country) || e.weigh < asLastCode {
			continue
		}
		if one := e.country(); one != "" && e.weigh == asLastCode {
			return e.means[0], true // a town named for a country: Lebanon, NJ
		}
		return meaning{}, false
	}
	return best, true
}

// country returns the country that all meanings of the part have; empty if they differ.
func (e evidence) country() string {
	for _, m := range e.means {
		if m.country != e.means[0].country {
			return ""
		}
	}
	return e.means[0].country
}

// partOfTheWorld returns the continents on which all parts agree, if any.
func partOfTheWorld(all []evidence) meaning {
	var of []string
	for _, e := range all {
		for _, m := range e.means {
			if m.country != "" || of != nil && !slices.Equal(of, m.continents) {
				return meaning{}
			}
			of = m.continents
		}
	}
	return meaning{continents: of}
}
