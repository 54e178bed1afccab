package known

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// continents lists the continents by their names in the filter language, with their groups in the United
// Nations' M.49 table. That table has Türkiye, Israel and the Gulf in Asia, and Mexico in North America.
var continents = []struct {
	name, title string
	groups      []string
}{
	{"europe", "Europe", []string{"150"}},
	{"northamerica", "North America", []string{"021", "013", "029"}},
	{"southamerica", "South America", []string{"005"}},
	{"asia", "Asia", []string{"142"}},
	{"oceania", "Oceania", []string{"009"}},
	{"africa", "Africa", []string{"002"}},
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
type country struct{ code, title, continent string }

// titles are names of countries that golang.org/x/text (tables from 2017) lacks, or has in a form that nobody
// uses.
var titles = map[string]string{
	"hk": "Hong Kong", "mo": "Macao", "mm": "Myanmar", "tr": "Türkiye", "sz": "Eswatini", "mk": "North Macedonia",
	"cv": "Cape Verde", "ci": "Ivory Coast", "cd": "DR Congo", "cg": "Congo", "ba": "Bosnia and Herzegovina",
	"tt": "Trinidad and Tobago", "ag": "Antigua and Barbuda", "st": "São Tomé and Príncipe",
	"kn": "Saint Kitts and Nevis",
}

// reserved are codes of parts of countries, which nobody uses for them, and of former countries.
var reserved = wordSet("ac cp dg ea ic ta an bu cs dd fx nt qu su tp yd yu zr")

// countries maps codes, in lower case, to all countries.
var countries = sync.OnceValue(func() map[string]country {
	all := map[string]country{}
	names := display.English.Regions()
	var groups [][]language.Region
	for _, c := range continents {
		var of []language.Region
		for _, g := range c.groups {
			of = append(of, language.MustParseRegion(g))
		}
		groups = append(groups, of)
	}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || reserved[strings.ToLower(r.String())] || !r.IsCountry() || r.Canonicalize() != r ||
				r.String() != string([]rune{a, b}) {
				continue // not a country, or a former one
			}
			c := country{code: strings.ToLower(r.String()), title: names.Name(r)}
			if t, ours := titles[c.code]; ours {
				c.title = t
			}
			for i, of := range groups {
				for _, g := range of {
					if g.Contains(r) {
						c.continent = continents[i].name
					}
				}
			}
			if c.continent != "" {
				all[c.code] = c
			}
		}
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

// foreign are the languages in which names of countries are understood, besides each country's own language.
var foreign = []language.Tag{
	language.German, language.French, language.Spanish, language.Portuguese, language.Italian, language.Dutch,
	language.Polish, language.Turkish,
}

// notForeign are foreign names of countries that are also English words, have fewer than five letters, or mean
// another place.
var notForeign = wordSet("fas cad ira gana oman niger mali india peru china chile cuba iran irak malta togo benin " +
	"man guinea georgia jordan")

// foreignName returns the country of a folded name in another language, empty if there is none. The table is
// large and seldom needed, so names that cannot be in it are not looked up.
func foreignName(name string) string {
	if isASCII(name) && len(name) < 4 || strings.ContainsAny(name, "0123456789") {
		return ""
	}
	return foreignNames()[name]
}

// foreignNames maps folded names in other languages to codes of countries.
var foreignNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	twice := map[string]bool{}
	add := func(name, code string) {
		name = Fold(name)
		if len([]rune(name)) < 2 || isASCII(name) && len(name) < 4 || notForeign[name] || englishNames()[name] != "" {
			return
		}
		if other, there := all[name]; there && other != code {
			twice[name] = true
		}
		all[name] = code
	}
	namers := map[language.Tag]display.Namer{}
	in := func(tag language.Tag) display.Namer {
		names, there := namers[tag]
		if !there {
			names = display.Regions(tag)
			namers[tag] = names
		}
		return names
	}
	for code := range countries() {
		r := language.MustParseRegion(strings.ToUpper(code))
		tags := foreign
		if own, sure := language.Make("und-" + r.String()).Base(); sure > language.No {
			tags = append(tags[:len(tags):len(tags)], language.Make(own.String()))
		}
		for _, tag := range tags {
			if names := in(tag); names != nil {
				add(names.Name(r), code)
			}
		}
	}
	for name := range twice {
		delete(all, name)
	}
	for name, code := range map[string]string{"etatsunis": "us", "estadosunidos": "us", "usamerica": "us",
		"vereinigtestaaten": "us"} {
		all[name] = code
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
