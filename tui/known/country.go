package known

import (
	"strings"
	"sync"
)

// continents lists the continents by their names in the filter language.
var continents = []struct{ name, title string }{
	{"europe", "Europe"}, {"northamerica", "North America"}, {"southamerica", "South America"}, {"asia", "Asia"},
	{"oceania", "Oceania"}, {"africa", "Africa"},
}

func continentTitle(name string) string {
	for _, c := range continents {
		if c.name == name {
			return c.title
		}
	}
	return ""
}

// country is a country of ISO 3166-1.
type country struct {
	code, title, continent string
	parts                  string // codes of the parts of its continent, in the United Nations' M.49 table
	foreign                string // its folded names in other languages
}

// countries maps codes, in lower case, to all countries.
var countries = sync.OnceValue(func() map[string]country {
	all := map[string]country{}
	for _, f := range table("countries.tsv") {
		all[f[0]] = country{code: f[0], title: f[1], continent: f[2], parts: emptyIfDash(f[3]),
			foreign: emptyIfDash(f[4])}
	}
	return all
})

// aliases are other names of countries in English.
var aliases = map[string]string{
	"usa": "us", "america": "us", "unitedstatesofamerica": "us", "uk": "gb", "greatbritain": "gb", "britain": "gb",
	"england":  "gb",
	"scotland": "gb", "wales": "gb", "northernireland": "gb", "uae": "ae", "emirates": "ae", "korea": "kr",
	"republicofkorea": "kr",
	"holland":         "nl", "thenetherlands": "nl", "czechrepublic": "cz", "turkey": "tr", "turkiye": "tr",
	"russianfederation": "ru", "hongkong": "hk",
	"burma": "mm", "swaziland": "sz", "macedonia": "mk", "vietnam": "vn", "viet nam": "vn", "ksa": "sa", "prc": "cn",
	"mainlandchina": "cn",
	"ireland":       "ie", "republicofireland": "ie", "slovakrepublic": "sk", "moldova": "md", "bosnia": "ba",
	"cotedivoire": "ci",
}

// englishNames maps folded English names to codes of countries.
var englishNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for code, c := range countries() {
		all[Fold(c.title)] = code
	}
	for name, code := range aliases {
		all[Fold(name)] = code
	}
	return all
})

// foreignName returns the country of a folded name in another language, empty if there is none. There are many of
// them, and they are seldom needed, so names that cannot be among them are not looked up.
func foreignName(name string) string {
	if isASCII(name) && len(name) < 4 || strings.ContainsAny(name, "0123456789") {
		return ""
	}
	return foreignNames()[name]
}

// foreignNames maps folded names in other languages to codes of countries.
var foreignNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for code, c := range countries() {
		for _, name := range strings.Fields(c.foreign) {
			all[name] = code
		}
	}
	return all
})

// codes3 maps codes of three letters to codes of countries. It does not have all ISO codes, since `per`, `arm`
// and `and` are usually words.
var codes3 = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, f := range table("codes3.tsv") {
		all[f[0]] = f[1]
	}
	return all
})
