package known

import (
	"slices"
	"strings"
	"sync"
)

// Area is a part of the world that a filter can name: a country, a continent, a group of countries, a state, a
// side of the United States or a city.
type Area struct {
	countries  []string
	continents []string
	state      string // code of a state of the one country
	side       string
	city       string // folded name of a city of the one country
	other      *Area  // another place of the same name: San Jose
}

// Holds reports whether a place is in the area.
func (a Area) Holds(p Place) Truth {
	if a.other != nil {
		one := a
		one.other = nil
		return max(one.Holds(p), a.other.Holds(p))
	}
	switch {
	case !p.Known():
		return Unknown
	case slices.Contains(a.continents, p.Continent):
		return Yes
	case p.Country == "":
		for _, code := range a.countries {
			if countries()[code].continent == p.Continent {
				return Unknown
			}
		}
		return No
	case !slices.Contains(a.countries, p.Country):
		return No
	case a.city != "" && (p.State == "" || p.State == a.state || p.City != ""):
		return knownToBe(p.City, a.city)
	case a.city != "":
		return No
	case a.state != "":
		return knownToBe(p.State, a.state)
	case a.side != "":
		return knownToBe(p.Side, a.side)
	}
	return Yes
}

func knownToBe(have, want string) Truth {
	if have == "" {
		return Unknown
	}
	return Truly(have == want)
}

// groups are parts of the world that are neither continents nor countries.
var groups = []struct {
	name, countries string
	continents      string
}{
	{"nordics", "dk fi is no se", ""}, {"scandinavia", "dk no se", ""}, {"baltics", "ee lv lt", ""},
	{"benelux", "be nl lu", ""}, {"dach", "de at ch", ""},
	{"middle east", "ae bh eg il iq ir jo kw lb om ps qa sa sy tr ye", ""}, {"gulf", "ae bh kw om qa sa", ""},
	{"emea", "ae bh il iq ir jo kw lb om ps qa sa sy tr ye", "europe africa"},
	{"apac", "au bd bn bt cn fj hk id in jp kh kp kr la lk mm mn mo mv my nc np nz pf pg ph pk sg th tl tw vn",
		"oceania"},
	{"southeast asia", "bn id kh la mm my ph sg th tl vn", ""}, {"east asia", "cn hk jp kp kr mn mo tw", ""},
	{"south asia", "bd bt in lk mv np pk", ""},
	{"latam", "bz cr cu do gt hn ht mx ni pa pr sv", "southamerica"},
	{"latin america", "bz cr cu do gt hn ht mx ni pa pr sv", "southamerica"},
	{"americas", "", "northamerica southamerica"},
	{"eu", "", "europe"},
}

// subregions are parts of continents, with their codes in the United Nations' M.49 table.
var subregions = []struct{ name, code string }{
	{"western europe", "155"}, {"eastern europe", "151"}, {"northern europe", "154"}, {"southern europe", "039"},
	{"central america", "013"}, {"caribbean", "029"}, {"the caribbean", "029"},
	{"central asia", "143"}, {"western asia", "145"},
	{"northern africa", "015"}, {"north africa", "015"}, {"eastern africa", "014"}, {"east africa", "014"},
	{"western africa", "011"}, {"west africa", "011"}, {"central africa", "017"}, {"southern africa", "018"},
}

// continentNames maps names of continents in other languages to ours; the tables of countries do not have them.
var continentNames = map[string]string{
	"europa": "europe", "avrupa": "europe", "asien": "asia", "asie": "asia", "asya": "asia", "azie": "asia",
	"azja":   "asia",
	"afrika": "africa", "afrique": "africa", "afryka": "africa", "nordamerika": "northamerica",
	"ameriquedunord": "northamerica", "americadelnorte": "northamerica",
	"sudamerika": "southamerica", "ameriquedusud": "southamerica", "americadelsur": "southamerica",
	"ozeanien": "oceania", "oceanie": "oceania",
}

// areas maps folded names to areas. Except for us and uk, codes of countries and states are left to AreaNamed.
var areas = sync.OnceValue(func() map[string]Area {
	all := map[string]Area{}
	for _, f := range table("states.tsv") {
		if code := emptyIfDash(f[2]); code != "" {
			all[Fold(f[0])] = Area{countries: []string{f[1]}, state: code}
		}
	}
	for name, code := range englishNames() {
		all[name] = Area{countries: []string{code}}
	}
	for _, c := range continents {
		all[c.name] = Area{continents: []string{c.name}}
	}
	for _, g := range groups {
		all[Fold(g.name)] = Area{countries: strings.Fields(g.countries), continents: strings.Fields(g.continents)}
	}
	for _, r := range subregions {
		a := Area{}
		for code, c := range countries() {
			if slices.Contains(strings.Fields(c.parts), r.code) {
				a.countries = append(a.countries, code)
			}
		}
		slices.Sort(a.countries)
		all[Fold(r.name)] = a
	}
	for _, side := range []string{"east", "west", "central"} {
		all["us"+side] = Area{countries: []string{"us"}, side: side}
	}
	all["eastcoast"], all["westcoast"], all["asiapacific"] = all["useast"], all["uswest"], all["apac"]
	for name, continent := range continentNames {
		all[name] = Area{continents: []string{continent}}
	}
	all["us"], all["uk"] = Area{countries: []string{"us"}}, Area{countries: []string{"gb"}}
	for name, means := range names().cities {
		if _, there := all[name]; there || commonWords[name] {
			continue
		}
		a := Area{countries: []string{means[0].country}, state: means[0].state, city: means[0].city}
		if names().ambiguous[name] {
			a.other = &Area{countries: []string{means[1].country}, city: means[1].city}
		}
		all[name] = a
	}
	all["georgia"] = Area{countries: []string{"us"}, state: "ga", other: &Area{countries: []string{"ge"}}}
	return all
})

// commonWords are names of cities that usually mean something else.
var commonWords = wordSet("reading nice mobile split cork independence essen boden luster allen irving garland " +
	"vernon merritt cali " +
	"jackson lincoln madison montgomery monroe henderson victoria columbia")

// nameStarts has the beginnings, folded, of card and place names that consist of several words.
var nameStarts = sync.OnceValue(func() map[string]bool {
	starts := map[string]bool{}
	note := func(name string) {
		words := strings.Fields(name)
		for n := 1; n < len(words); n++ {
			starts[Fold(strings.Join(words[:n], " "))] = true
		}
	}
	for _, c := range countries() {
		note(c.title)
	}
	for _, c := range continents {
		note(c.title)
	}
	for _, name := range []string{"middle east", "southeast asia", "latin america", "asia pacific", "east coast",
		"west coast"} {
		note(name)
	}
	for _, r := range subregions {
		note(r.name)
	}
	for _, file := range []string{"states.tsv", "cities.tsv", "cards.tsv"} {
		for _, f := range table(file) {
			note(f[0])
		}
	}
	return starts
})

// StartsName reports whether folded words are the beginning of a longer name of a card or a place, as "south"
// is of South Korea.
func StartsName(words string) bool { return nameStarts()[words] }

// AreaWord returns the area that a word alone means. Codes of two letters do not count, except eu, us and uk:
// many are words.
func AreaWord(word string) (Area, bool) {
	w := Fold(word)
	if a, ok := areas()[w]; ok {
		return a, true
	}
	if code := foreignName(w); code != "" {
		return Area{countries: []string{code}}, true
	}
	return Area{}, false
}

// AreaNamed returns the area that area:NAME means: an area by name, a country by its code of two or three
// letters, or a state as in us-ca.
func AreaNamed(name string) (Area, bool) {
	if a, ok := AreaWord(name); ok {
		return a, true
	}
	w := Fold(name)
	if _, ok := countries()[w]; ok {
		return Area{countries: []string{w}}, true
	}
	if code := codes3()[w]; code != "" {
		return Area{countries: []string{code}}, true
	}
	of, state, isState := strings.Cut(strings.ToLower(name), "-")
	if isState && slices.ContainsFunc(names().stateCode[state], func(m meaning) bool { return m.country == of }) {
		return Area{countries: []string{of}, state: state}, true
	}
	return Area{}, false
}

// Overlaps reports whether a place can be in both areas.
func (a Area) Overlaps(b Area) bool {
	for _, x := range a.all() {
		for _, y := range b.all() {
			switch {
			case x.country != y.country && x.country != "" && y.country != "", x.continent != y.continent:
			case x.state != "" && y.state != "" && x.state != y.state, x.side != "" && y.side != "" && x.side != y.side,
				x.city != "" && y.city != "" && x.city != y.city:
			default:
				return true
			}
		}
	}
	return false
}

// areaPart is one part of an area: a continent, a country, or a state, side or city of a country.
type areaPart struct{ continent, country, state, side, city string }

func (a Area) all() []areaPart {
	var list []areaPart
	for _, c := range a.continents {
		list = append(list, areaPart{continent: c})
	}
	for _, c := range a.countries {
		list = append(list, areaPart{countries()[c].continent, c, a.state, a.side, a.city})
	}
	if a.other != nil {
		list = append(list, a.other.all()...)
	}
	return list
}

// RegionCode reports whether a word is a cloud's code of a region.
func RegionCode(word string) bool {
	return strings.ContainsAny(word, "-_0123456789") && len(regions()[strings.ToLower(word)]) > 0
}

// Flag returns the area of the country whose flag a text is, such as 🇨🇦.
func Flag(text string) (Area, bool) {
	const a, z = '🇦', '🇿'
	code := ""
	for _, r := range text {
		if r < a || r > z {
			return Area{}, false
		}
		code += string('a' + r - a)
	}
	if _, ok := countries()[code]; !ok {
		return Area{}, false
	}
	return Area{countries: []string{code}}, true
}

// CountryCode returns the area of a country's code of two letters. state is the state of the United States with
// the same code, empty if there is none.
func CountryCode(code string) (country, state string, ok bool) {
	if _, ok = countries()[code]; !ok || len(code) != 2 || codesThatAreWords[code] && code != "dc" {
		return "", "", false
	}
	for _, m := range names().stateCode[code] {
		if m.country == "us" {
			state = "us-" + code
		}
	}
	return AreaOf(Place{Country: code}), state, true
}

// StateCode returns the area of a state of the United States by its code of two letters. It is empty if no
// state has the code, or if the code is also a country's or a word.
func StateCode(code string) string {
	if _, country := countries()[code]; country || len(code) != 2 || codesThatAreWords[code] {
		return ""
	}
	if slices.ContainsFunc(names().stateCode[code], func(m meaning) bool { return m.country == "us" }) {
		return "us-" + code
	}
	return ""
}

// AreaNames returns the folded names of areas to suggest: continents, groups, and countries and states by their
// English names. The slice must not be changed.
func AreaNames() []string { return areaNames() }

// PlaceNames returns the names of AreaNames and those of cities. The slice must not be changed.
func PlaceNames() []string { return placeNames() }

var placeNames = sync.OnceValue(func() []string {
	list := slices.Clone(areaNames())
	for name, a := range areas() {
		if a.city != "" {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
})

var areaNames = sync.OnceValue(func() []string {
	var list []string
	for _, c := range continents {
		list = append(list, c.name)
	}
	for _, g := range groups {
		list = append(list, Fold(g.name))
	}
	for name := range areas() {
		if !slices.Contains(list, name) && continentNames[name] == "" && areas()[name].city == "" {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
})

// AreaOf returns the name, for area:NAME, of the area that a place is in: its country, or else its continent.
// It is empty if neither is known.
func AreaOf(p Place) string {
	if c, ok := countries()[p.Country]; ok {
		return c.spoken()
	}
	return strings.ToLower(continentTitle(p.Continent))
}

// written are the names of areas of several words, lower case, by their folded forms.
var written = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	note := func(name string) { all[Fold(name)] = strings.ToLower(name) }
	for _, r := range subregions {
		note(r.name)
	}
	for _, g := range groups {
		note(g.name)
	}
	for _, name := range []string{"us east", "us west", "us central", "east coast", "west coast", "asia pacific"} {
		note(name)
	}
	for _, file := range []string{"states.tsv", "cities.tsv"} {
		for _, f := range table(file) {
			note(f[0])
		}
	}
	return all
})

// Written is a folded name of an area as people write it, lower case: "northern europe" of northerneurope.
func Written(folded string) string {
	if name, ok := written()[folded]; ok {
		return name
	}
	return folded
}

// Name returns our name of an area, for area:NAME; empty unless it is a country or a continent.
func (a Area) Name() string {
	switch {
	case a.InCountry() || a.other != nil || len(a.countries)+len(a.continents) != 1:
		return ""
	case len(a.continents) == 1:
		return strings.ToLower(continentTitle(a.continents[0]))
	}
	return countries()[a.countries[0]].spoken()
}

// IsContinent reports whether the area is one continent.
func (a Area) IsContinent() bool { return len(a.continents) == 1 && len(a.countries) == 0 }

// Title is the name of a country or a continent as it is written in a heading; empty for other areas.
func (a Area) Title() string {
	switch {
	case a.IsContinent():
		return continentTitle(a.continents[0])
	case a.InCountry() || a.other != nil || len(a.countries) != 1 || len(a.continents) > 0:
		return ""
	}
	return countries()[a.countries[0]].title
}

// InCountry reports whether the area is a part of a country: a state, a side or a city.
func (a Area) InCountry() bool { return a.state != "" || a.side != "" || a.city != "" }

// Two returns the two countries of a name that means two places: "United States" and "Costa Rica" for San Jose.
// It is nil for any other area.
func (a Area) Two() []string {
	if a.other == nil {
		return nil
	}
	return []string{countries()[a.countries[0]].title, countries()[a.other.countries[0]].title}
}

// spoken returns what people call the country: us, uk, or its name in lower case. If the name also means
// something else, it returns the code.
func (c country) spoken() string {
	switch c.code {
	case "us":
		return "us"
	case "gb":
		return "uk"
	}
	name := strings.ToLower(c.title)
	if a := areas()[Fold(name)]; a.state == "" && slices.Equal(a.countries, []string{c.code}) {
		return name
	}
	return c.code
}
