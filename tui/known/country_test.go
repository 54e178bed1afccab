package known

import (
	"cmp"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

var update = flag.Bool("update", false, "write the table of countries anew")

// The table of countries has what golang.org/x/text knows of them. The program does not ask that package itself,
// because its tables are large and would be set up at every start.
func TestCountriesAreThoseOfXText(t *testing.T) {
	want := countriesOfXText()
	if *update {
		if err := os.WriteFile("countries.tsv", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("countries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Error("countries.tsv is not what golang.org/x/text knows; go test ./tui/known -run Countries -update")
	}
}

// m49 has the groups of the United Nations' M.49 table that make up a continent. The table has Türkiye, Israel and the
// Gulf in Asia, and Mexico in North America.
var m49 = map[string][]string{"europe": {"150"}, "northamerica": {"021", "013", "029"}, "southamerica": {"005"},
	"asia": {"142"}, "oceania": {"009"}, "africa": {"002"}}

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

// foreign are the languages in which names of countries are understood, besides each country's own language.
var foreign = []language.Tag{
	language.German, language.French, language.Spanish, language.Portuguese, language.Italian, language.Dutch,
	language.Polish, language.Turkish,
}

// notForeign are foreign names of countries that are also English words, have fewer than five letters, or mean
// another place.
var notForeign = wordSet("fas cad ira gana oman niger mali india peru china chile cuba iran irak malta togo benin " +
	"man guinea georgia jordan")

// besides are names that golang.org/x/text does not have.
var besides = map[string]string{"usamerica": "us"}

// countriesOfXText returns the table of countries.
func countriesOfXText() string {
	var list []country
	english := map[string]bool{}
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			r, err := language.ParseRegion(code)
			if err != nil || reserved[strings.ToLower(code)] || !r.IsCountry() || r.Canonicalize() != r ||
				r.String() != code {
				continue // not a country, or a former one
			}
			c := country{code: strings.ToLower(code), title: names.Name(r)}
			if t, ours := titles[c.code]; ours {
				c.title = t
			}
			for name, groups := range m49 {
				if slices.ContainsFunc(groups, func(g string) bool { return in(g, r) }) {
					c.continent = name
				}
			}
			if c.continent != "" {
				list = append(list, c)
				english[Fold(c.title)] = true
			}
		}
	}
	for name := range aliases {
		english[Fold(name)] = true
	}
	var parts []string
	for _, r := range subregions {
		parts = append(parts, r.code)
	}
	slices.Sort(parts)
	foreign := foreignOfXText(list, english)
	var b strings.Builder
	b.WriteString("code\tname\tcontinent\tparts (M.49)\tother names\tsource\n")
	for i, c := range list {
		within := slices.DeleteFunc(slices.Compact(slices.Clone(parts)), func(p string) bool {
			return !in(p, language.MustParseRegion(c.code))
		})
		source := `"`
		if i == 0 {
			source = "golang.org/x/text; country_test.go"
		}
		b.WriteString(strings.Join([]string{c.code, c.title, c.continent, cmp.Or(strings.Join(within, " "), "-"),
			cmp.Or(strings.Join(foreign[c.code], " "), "-"), source}, "\t") + "\n")
	}
	return b.String()
}

func in(group string, r language.Region) bool { return language.MustParseRegion(group).Contains(r) }

// foreignOfXText returns the folded names in other languages, by code of the country, that mean no other country.
func foreignOfXText(list []country, english map[string]bool) map[string][]string {
	codes, twice := map[string]string{}, map[string]bool{}
	for _, c := range list {
		r := language.MustParseRegion(c.code)
		tags := foreign
		if own, sure := language.Make("und-" + r.String()).Base(); sure > language.No {
			tags = append(tags[:len(tags):len(tags)], language.Make(own.String()))
		}
		for _, tag := range tags {
			names := display.Regions(tag)
			if names == nil {
				continue
			}
			name := Fold(names.Name(r))
			if len([]rune(name)) < 2 || isASCII(name) && len(name) < 4 || notForeign[name] || english[name] {
				continue
			}
			if other, there := codes[name]; there && other != c.code {
				twice[name] = true
			}
			codes[name] = c.code
		}
	}
	for name := range twice {
		delete(codes, name)
	}
	for name, code := range besides {
		codes[name] = code
	}
	all := map[string][]string{}
	for name, code := range codes {
		all[code] = append(all[code], name)
	}
	for _, names := range all {
		slices.Sort(names)
	}
	return all
}
