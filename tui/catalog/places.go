package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// Place is where a region is, as far as its name tells. It is ours, not the
// service's: a region is free text, and each provider writes it in its own way.
type Place struct {
	Country   string // ISO 3166-1 alpha-2, lower case; empty if the name does not tell
	Continent string // as in continents; empty if nothing is known
}

// Known reports whether at least the continent is known.
func (p Place) Known() bool { return p.Continent != "" }

// String is the place in words: "Europe, Sweden", "Asia", or empty.
func (p Place) String() string {
	if c, ok := countries[p.Country]; ok {
		return continents[p.Continent] + ", " + c.title
	}
	return continents[p.Continent]
}

// Short is the place where there is little room: "Sweden", "Asia", or empty.
func (p Place) Short() string {
	if c, ok := countries[p.Country]; ok {
		return c.title
	}
	return continents[p.Continent]
}

var continents = map[string]string{
	"europe": "Europe", "northamerica": "North America", "southamerica": "South America",
	"asia": "Asia", "oceania": "Oceania", "africa": "Africa",
}

type country struct{ title, continent string }

// countries by ISO code, with the continent of the UN's M49 table; Türkiye,
// Israel and the Gulf are in Asia there, Mexico is in North America.
var countries = map[string]country{
	"us": {"United States", "northamerica"}, "ca": {"Canada", "northamerica"}, "mx": {"Mexico", "northamerica"},
	"br": {"Brazil", "southamerica"}, "cl": {"Chile", "southamerica"}, "ar": {"Argentina", "southamerica"}, "pe": {"Peru", "southamerica"}, "co": {"Colombia", "southamerica"},
	"gb": {"United Kingdom", "europe"}, "ie": {"Ireland", "europe"}, "fr": {"France", "europe"}, "de": {"Germany", "europe"}, "nl": {"Netherlands", "europe"}, "be": {"Belgium", "europe"},
	"ch": {"Switzerland", "europe"}, "at": {"Austria", "europe"}, "it": {"Italy", "europe"}, "es": {"Spain", "europe"}, "pt": {"Portugal", "europe"}, "se": {"Sweden", "europe"},
	"no": {"Norway", "europe"}, "fi": {"Finland", "europe"}, "dk": {"Denmark", "europe"}, "is": {"Iceland", "europe"}, "pl": {"Poland", "europe"}, "cz": {"Czechia", "europe"},
	"hu": {"Hungary", "europe"}, "ro": {"Romania", "europe"}, "bg": {"Bulgaria", "europe"}, "gr": {"Greece", "europe"}, "hr": {"Croatia", "europe"}, "si": {"Slovenia", "europe"},
	"sk": {"Slovakia", "europe"}, "ee": {"Estonia", "europe"}, "lv": {"Latvia", "europe"}, "lt": {"Lithuania", "europe"}, "ua": {"Ukraine", "europe"}, "ru": {"Russia", "europe"},
	"rs": {"Serbia", "europe"}, "lu": {"Luxembourg", "europe"}, "md": {"Moldova", "europe"},
	"jp": {"Japan", "asia"}, "kr": {"South Korea", "asia"}, "cn": {"China", "asia"}, "hk": {"Hong Kong", "asia"}, "tw": {"Taiwan", "asia"}, "sg": {"Singapore", "asia"},
	"my": {"Malaysia", "asia"}, "id": {"Indonesia", "asia"}, "th": {"Thailand", "asia"}, "vn": {"Vietnam", "asia"}, "ph": {"Philippines", "asia"}, "in": {"India", "asia"},
	"kz": {"Kazakhstan", "asia"}, "tr": {"Türkiye", "asia"}, "il": {"Israel", "asia"}, "ae": {"United Arab Emirates", "asia"}, "qa": {"Qatar", "asia"}, "sa": {"Saudi Arabia", "asia"},
	"bh": {"Bahrain", "asia"}, "om": {"Oman", "asia"},
	"au": {"Australia", "oceania"}, "nz": {"New Zealand", "oceania"}, "za": {"South Africa", "africa"}, "sn": {"Senegal", "africa"}, "ng": {"Nigeria", "africa"}, "ke": {"Kenya", "africa"}, "ma": {"Morocco", "africa"}, "eg": {"Egypt", "africa"},
}

// countryWords are names of countries, states and cities as they stand in
// regions, folded, and the country they are in.
var countryWords = words([]named{
	{"us", "usa unitedstates newyork newjersey virginia ohio oregon california texas utah washington florida georgia nebraska tennessee michigan minnesota missouri maryland delaware indiana kansas oklahoma montana idaho arizona nevada pennsylvania illinois massachusetts northcarolina northdakota iowa colorado wyoming eastcoast westcoast atl"},
	{"ca", "canada quebec ontario alberta britishcolumbia montreal toronto calgary mon bhs tor"},
	{"gb", "uk unitedkingdom england london"}, {"ie", "ireland dublin"}, {"fr", "france paris gra rbx sbg"}, {"de", "germany frankfurt fra bavaria munich berlin"},
	{"nl", "netherlands thenetherlands amsterdam ams"}, {"be", "belgium"}, {"ch", "switzerland zurich"}, {"at", "austria vienna"}, {"it", "italy milan"}, {"es", "spain madrid"}, {"pt", "portugal"},
	{"se", "sweden stockholm"}, {"no", "norway oslo viken kristiansand"}, {"fi", "finland fin helsinki"}, {"dk", "denmark copenhagen"}, {"is", "iceland ice"}, {"pl", "poland warsaw waw"},
	{"cz", "czechia"}, {"hu", "hungary"}, {"ro", "romania bucharest"}, {"bg", "bulgaria sofia"}, {"gr", "greece"}, {"hr", "croatia"}, {"si", "slovenia"}, {"ee", "estonia"}, {"lt", "lithuania"},
	{"ua", "ukraine"}, {"ru", "russia moscow"}, {"jp", "japan tokyo tyo osaka"}, {"kr", "korea southkorea seoul"}, {"cn", "china"}, {"hk", "hongkong"}, {"tw", "taiwan"}, {"sg", "singapore sgp"},
	{"my", "malaysia"}, {"id", "indonesia jakarta"}, {"th", "thailand"}, {"vn", "vietnam"}, {"in", "india bangalore mumbai hyderabad"}, {"kz", "kazakhstan"}, {"tr", "turkiye turkey"},
	{"il", "israel telaviv"}, {"ae", "uae unitedarabemirates dubai"}, {"qa", "qatar"}, {"au", "australia sydney syd"}, {"nz", "newzealand"}, {"br", "brazil saopaulo"}, {"cl", "chile"}, {"mx", "mexico"},
	{"za", "southafrica johannesburg"},
})

// continentWords begin a region that names a part of the world: "eu-north-1",
// "EUR-IS-1", "asia-east1".
var continentWords = words([]named{
	{"europe", "europe eu eur"}, {"northamerica", "northamerica na"}, {"southamerica", "southamerica"}, {"asia", "asia ap sea me"}, {"oceania", "oceania oc"}, {"africa", "africa"},
})

// named are words, separated by spaces, for a country or a continent.
type named struct{ to, words string }

// words are what a table names, by word.
func words(table []named) func() map[string]string {
	return once(func() map[string]string {
		out := map[string]string{}
		for _, line := range table {
			for _, w := range strings.Fields(line.words) {
				out[w] = line.to
			}
		}
		return out
	})
}

// codes are region codes that do not say which country they are in, as their
// provider writes them, by country or by continent.
//
// Sources, by the titles of the providers' own pages: Amazon EC2 "Regions and
// Zones"; Google Cloud "Regions and zones"; Azure "List of Azure regions".
var codes = words([]named{
	// Amazon EC2
	{"ie", "eu-west-1"}, {"gb", "eu-west-2 europe-west2"}, {"fr", "eu-west-3 europe-west9"}, {"de", "eu-central-1 europe-west3 europe-west10"},
	{"se", "eu-north-1"}, {"it", "eu-south-1 europe-west8 europe-west12"}, {"es", "eu-south-2 europe-southwest1"}, {"ch", "eu-central-2 europe-west6"},
	{"jp", "ap-northeast-1 ap-northeast-3 asia-northeast1 asia-northeast2"}, {"kr", "ap-northeast-2 asia-northeast3"}, {"sg", "ap-southeast-1 asia-southeast1"},
	{"au", "ap-southeast-2 ap-southeast-4"}, {"nz", "ap-southeast-6"}, {"id", "ap-southeast-3 asia-southeast2"}, {"my", "ap-southeast-5"}, {"th", "ap-southeast-7"},
	{"hk", "ap-east-1 asia-east2"}, {"tw", "ap-east-2 asia-east1"}, {"in", "ap-south-1 ap-south-2 asia-south1 asia-south2"}, {"br", "sa-east-1 southamerica-east1"},
	{"mx", "mx-central-1 northamerica-south1"}, {"bh", "me-south-1"}, {"ae", "me-central-1"}, {"il", "me-west1"}, {"qa", "me-central1"}, {"sa", "me-central2"}, {"za", "af-south-1"},
	{"ca", "northamerica-northeast1 northamerica-northeast2"}, {"cl", "southamerica-west1"},
	// Google Cloud, where not above
	{"be", "europe-west1"}, {"nl", "europe-west4 westeurope"}, {"fi", "europe-north1"}, {"pl", "europe-central2"},
	// Azure, where no country is in the name
	{"us", "eastus westus centralus northcentralus southcentralus westcentralus"}, {"asia", "southeastasia eastasia"}, {"europe", "northeurope"},
})

// abroad are zones that lie in another country than their region: the last part
// of "us-east-1-scl-1", from Amazon's pages on Local Zones and Wavelength.
var abroad = words([]named{
	{"cl", "scl"}, {"pe", "lim"}, {"mx", "qro"}, {"tw", "tpe"}, {"th", "bkk"}, {"ph", "mnl"}, {"nz", "akl"}, {"pl", "waw"}, {"dk", "cph"}, {"fi", "hel"}, {"ma", "cmn"}, {"sn", "dss"}, {"ng", "los"}, {"om", "mct"},
})

// longWords are the countryWords that can be told inside a longer word
// ("germanywestcentral", "japaneast"), longest first.
var longWords = once(func() []string {
	var list []string
	for w := range countryWords() {
		if len(w) >= 5 || w == "uae" || w == "uk" {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return list
})

// placeOf finds where a region is. The rules go from the surest to the vaguest;
// what none of them knows is unknown.
func placeOf(region string) Place {
	t := newText(region, false)
	if len(t.runs) == 0 {
		return Place{}
	}
	for _, rule := range []func(*text) string{zoneAbroad, knownCode, lastPart, firstPart, anyWord} {
		if where := rule(t); where != "" {
			if c, ok := countries[where]; ok {
				return Place{Country: where, Continent: c.continent}
			}
			return Place{Continent: where}
		}
	}
	return Place{}
}

// zoneAbroad: "us-east-1-scl-1" is in Chile.
func zoneAbroad(t *text) string {
	if len(t.runs) < 5 {
		return ""
	}
	for _, r := range t.runs[3:] {
		if where := abroad()[r.text]; where != "" {
			return where
		}
	}
	return ""
}

// knownCode: a code of the table, with a zone ("us-east1-a", "eu-west-2-wl1")
// or a number ("eastus2") behind it.
func knownCode(t *text) string {
	for code := t.lower; code != ""; {
		if where := codes()[code]; where != "" {
			return where
		}
		cut := strings.LastIndexByte(code, '-')
		if cut < 0 {
			return codes()[strings.TrimRight(code, "0123456789")]
		}
		code = code[:cut]
	}
	return ""
}

// lastPart: "Texas, US, NA" and ", US".
func lastPart(t *text) string {
	parts := strings.Split(t.lower, ",")
	for i := len(parts) - 1; i > 0; i-- {
		p := strings.TrimSpace(parts[i])
		if _, ok := countries[p]; !ok {
			continue
		}
		if _, twice := countries[strings.TrimSpace(parts[i-1])]; twice && p == "sa" {
			continue // "São Paulo, BR, SA": South America, not Saudi Arabia
		}
		return p
	}
	return ""
}

var directions = map[string]bool{"east": true, "west": true, "north": true, "south": true, "central": true}

// firstPart: codes that begin with a part of the world ("EU-SE-1", "EUR-IS-2",
// "North America-CA"), or with a country ("US-TX-3", "ca-montreal-3", "SE",
// "DE1").
func firstPart(t *text) string {
	if strings.Contains(t.raw, ",") {
		return ""
	}
	first, rest := t.runs[0].text, t.runs[1:]
	if len(t.runs) > 1 && continentWords()[first+t.runs[1].text] != "" {
		first, rest = first+t.runs[1].text, t.runs[2:]
	}
	if first == "sa" && len(rest) > 0 && (countries[rest[0].text].title != "" || directions[rest[0].text]) {
		first = "southamerica" // "SA-BR-1", "sa-east1"; alone it is Saudi Arabia
	}
	if where := continentWords()[first]; where != "" {
		if len(rest) > 0 {
			if _, ok := countries[rest[0].text]; ok {
				return rest[0].text
			}
		}
		return where
	}
	if _, ok := countries[first]; ok && (len(rest) == 0 || strings.Contains(t.raw, "-") || digit(rune(rest[0].text[0]))) {
		return first
	}
	return ""
}

// anyWord: the name of a country, a state or a city, in one part or in
// neighbouring parts together ("NORTH_DAKOTA_USA"), or inside a part
// ("germanywestcentral").
func anyWord(t *text) string {
	for n := min(3, len(t.runs)); n >= 1; n-- {
		for i := len(t.runs) - n; i >= 0; i-- {
			w := ""
			for _, r := range t.runs[i : i+n] {
				w += r.text
			}
			if c := countryWords()[w]; c != "" {
				return c
			}
		}
	}
	for _, w := range longWords() {
		for _, r := range t.runs {
			if strings.HasPrefix(r.text, w) || len(w) >= 5 && strings.Contains(r.text, w) {
				return countryWords()[w]
			}
		}
	}
	return ""
}

// area is a part of the world that can be asked for.
type area struct{ country, continent string }

func (a area) holds(p Place) bool {
	if a.country != "" {
		return p.Country == a.country
	}
	return p.Continent == a.continent
}

// known reports whether p tells enough to judge by.
func (a area) known(p Place) bool {
	return a.country == "" && p.Known() || p.Country != "" || p.Known() && p.Continent != countries[a.country].continent
}

// areas by name, folded. Words that stand alone are looked up here too, so a
// country's code is in it only where it is no word of another meaning.
var areas = once(func() map[string]area {
	out := map[string]area{
		"eu": {continent: "europe"}, "us": {country: "us"}, "usa": {country: "us"}, "uk": {country: "gb"}, "uae": {country: "ae"},
		"america": {continent: "northamerica"}, "korea": {country: "kr"}, "holland": {country: "nl"},
	}
	for name := range continents {
		out[name] = area{continent: name}
	}
	for code, c := range countries {
		out[Fold(c.title)] = area{country: code}
	}
	return out
})

// areaNamed is what area:NAME means; codes of countries count there too.
func areaNamed(name string) (area, bool) {
	w := Fold(name)
	if a, ok := areas()[w]; ok {
		return a, true
	}
	if _, ok := countries[w]; ok {
		return area{country: w}, true
	}
	return area{}, false
}
