package known

import (
	"slices"
	"strings"
	"testing"
)

// where is a place's country, else its continent.
func where(p Place) string {
	if p.Country != "" {
		return p.Country
	}
	return p.Continent
}

func TestPlaces(t *testing.T) {
	for kind, regions := range map[string]map[string]string{
		"codes of clouds": {"us-east-1": "us", "eu-west-1": "ie", "eu-west-2b": "gb", "eu-west-3c": "fr",
			"europe-west4-a": "nl", "ap-southeast-2a": "au", "me-central-1b": "ae", "me-west1": "il", "sa-east-1": "br",
			"ca-west-1": "ca", "af-south-1": "za", "cn-north-1": "cn",
			"us-gov-west-1": "us", "eastus": "us", "westus3": "us", "uksouth": "gb", "germanywestcentral": "de",
			"northeurope": "ie", "westeurope": "nl", "eastasia": "hk", "centralindia": "in", "uaenorth": "ae",
			"africa-south1": "za", "asia-southeast3": "th",
			"northamerica-northeast1": "ca", "us-east4-c": "us", "GRA9": "fr", "BHS5": "ca", "fsn1": "de", "hel1": "fi",
			"nyc3": "us", "blr1": "in", "lon1": "gb", "sfo3": "us", "FIN-01": "fi", "ICE-01": "is"},
		"their names": {"East US": "us", "West Europe": "nl", "Southeast Asia": "sg", "Japan East": "jp",
			"UAE North": "ae", "US East (Ohio)": "us", "Europe (Stockholm)": "se", "Asia Pacific (Seoul)": "kr",
			"South America (São Paulo)": "br", "Middle East (UAE)": "ae", "EU (Ireland)": "ie"},
		"zones in another land": {"us-east-1-scl-1": "cl", "af-south-1-los-1": "ng", "ap-southeast-2-akl-1": "nz",
			"eu-central-1-waw-1": "pl", "eu-west-2-wl1-lon1": "gb", "us-east-1-dfw-1": "us"},
		"a part of the world, then a code or a city": {"EU-SE-1": "se", "EUR-IS-3": "is", "Europe-PL": "pl",
			"AP-JP-1": "jp", "OC-AU-1": "au", "SEA-SG-1": "sg", "SA-BR-1": "br", "AF-ZA-1": "za",
			"North America-CA": "ca", "sa-bogota-1": "co", "sa-riyadh-1": "sa",
			"me-jeddah-1": "sa", "ap-osaka-1": "jp", "ap-melbourne-1": "au", "eu-zurich-1": "ch", "na-montreal": "ca",
			"il-jerusalem-1": "il"},
		"a country, then a state or a city": {"US-TX-3": "us", "US-DE-1": "us", "US-CA-1": "us", "CA-MTL-3": "ca",
			"de-fra-1": "de", "it-mil-1": "it", "in-che": "in", "gb-lon": "gb", "no-oslo": "no", "toronto-ca": "ca",
			"los-angeles-ca": "us"},
		"a code alone": {"US": "us", "CA": "ca", "NO": "no", "IN1": "in", "DE1": "de", "UK1": "gb",
			"JPN": "jp", "lhr": "gb", "jnb": "za", "sea": "us", "SEA-1": "us"},
		"words that are no codes": {"per": "", "PER": "", "and": "", "ARM": "", "in": "", "no": "", "dc1": "",
			"id-1": "", "zone-a": "", "can": "", "home": ""},
		"cities and states of the United States": {"Austin, TX": "us", "Denver, CO": "us", "Mobile, AL": "us",
			"Portland, ME": "us", "Nashville, TN": "us", "Omaha, NE": "us", "Salt Lake City, UT": "us",
			"Atlanta, GA": "us", "Wilmington, DE": "us",
			"Indiana, US": "us", "California, CA": "us", "NORTH_DAKOTA_USA": "us", "New England": "us",
			"newmexico-1": "us", "New Mexico": "us", "Silicon Valley": "us", "East Coast (NY2)": "us", "Rome, GA": "us",
			"Moscow, ID": "us", "Paris, TX": "us", "Dublin, OH": "us", "Lebanon, NJ": "us"},
		"and elsewhere": {"Berlin, DE": "de", "Toronto, CA": "ca", "London, ON": "ca", "London, Ontario": "ca",
			"London": "gb", "Vancouver, WA": "us", "Vancouver, BC": "ca", "Cambridge, UK": "gb", "Cambridge, MA": "us",
			"Tbilisi, Georgia": "ge", "Belfast, Northern Ireland": "gb",
			"Norway, NO, EU": "no", "São Paulo, BR, SA": "br", "Bács-Kiskun, HU, EU": "hu", "Türkiye, TR": "tr",
			"Japan, JP, AS": "jp", ", US, NA": "us", "Quebec, CA, NA": "ca", "Riyadh, SA": "sa", "Göteborg": "se",
			"München": "de", "Ho Chi Minh City": "vn"},
		"other languages": {"Deutschland": "de", "Allemagne": "de", "España": "es", "Suède": "se",
			"Brasil": "br", "Norwegen": "no", "Almanya": "de", "日本": "jp", "中国": "cn", "대한민국": "kr", "Россия": "ru"},
		"two places of a name": {"Georgia": "", "Birmingham": "", "San Jose": "northamerica", "Great Falls, MT": "",
			"Peru, IN": "", "FRA": "europe"},
		"a part of the world": {"Europe": "europe", "EU": "europe", "North America": "northamerica", "Asia": "asia"},
		"nowhere": {"global": "", "N/A": "", "n/a": "", "none": "", "": "", "-": "", "default": "",
			"unknown": "", "a3111bd4-550a-47d0-838a-0a52bff2ae3f": "", "Datacenter 1": "", "東": ""},
		"as others have told us": {"mumbai-india-1": "in", "Oslo": "no", "Montreal": "ca", "Helsinki": "fi",
			"Paris": "fr", "UKR-KBP-1": "ua", "AP-SOUTHEAST-SYD": "au", "newyork-usa-1": "us"},
	} {
		for region, want := range regions {
			if have := where(PlaceOf(region)); have != want {
				t.Errorf("%s: %q is in %q, want %q", kind, region, have, want)
			}
		}
	}
}

func TestStatesAndSides(t *testing.T) {
	for region, want := range map[string]string{"us-east-1": " east", "US-CA-2": "ca west", "us-GA-1": "ga east",
		"us-de-1": "de east", "ca-on-1": "on ", "Portland, ME": "me east", "US West (Oregon)": "or west",
		"westus2": " west", "Dallas, TX": "tx central", "us-central1": " central", "Toronto, CA": "on ", "Oslo": " "} {
		if p := PlaceOf(region); p.State+" "+p.Side != want {
			t.Errorf("%q: %+v, want %q", region, p, want)
		}
	}
}

func TestAreas(t *testing.T) {
	for name, cases := range map[string]map[string]Truth{
		"europe":        {"Oslo": Yes, "us-east-1": No, "global": Unknown, "EU": Yes},
		"germany":       {"eu-frankfurt-1": Yes, "EU": Unknown, "Asia": No, "Paris": No},
		"nordics":       {"Helsinki": Yes, "Berlin, DE": No, "Europe": Unknown},
		"middle east":   {"me-dubai-1": Yes, "Tokyo": No, "Asia": Unknown, "Cairo": Yes},
		"emea":          {"Paris": Yes, "me-dubai-1": Yes, "af-south-1": Yes, "Tokyo": No},
		"apac":          {"Tokyo": Yes, "Sydney": Yes, "me-dubai-1": No},
		"latam":         {"sa-east-1": Yes, "Mexico City": Yes, "us-east-1": No},
		"us east":       {"us-east-1": Yes, "us-west-2": No, "US": Unknown, "Toronto, CA": No, "Boston, MA": Yes},
		"us-ca":         {"Los Angeles, CA": Yes, "Dallas, TX": No, "us-west-1": Unknown},
		"california":    {"Los Angeles, CA": Yes},
		"usa":           {"Texas, US": Yes},
		"DEU":           {"Berlin, DE": Yes},
		"no":            {"Oslo": Yes},
		"Allemagne":     {"Berlin, DE": Yes},
		"united states": {"San Jose, CA": Yes, "San Jose": Unknown},
	} {
		a, ok := AreaNamed(name)
		if !ok {
			t.Errorf("%s is no area", name)
			continue
		}
		for region, want := range cases {
			if have := a.Holds(PlaceOf(region)); have != want {
				t.Errorf("%s holds %q: %v, want %v", name, region, have, want)
			}
		}
	}
	for city, want := range map[string]map[string]Truth{
		"frankfurt": {"Frankfurt, DE": Yes, "Berlin": No, "Germany, DE": Unknown, "FRA2": Unknown,
			"eu-central-1": Unknown, "Paris, FR": No, "global": Unknown},
		"münchen":  {"Munich": Yes, "Germany": Unknown},
		"dallas":   {"Dallas, TX": Yes, "US-TX-3": Unknown, "Houston, TX": No, "Chicago, IL": No},
		"san jose": {"San Jose, CA": Yes, "San José, Costa Rica": Yes, "Santa Clara, CA": No},
		"georgia":  {"Atlanta, GA": Yes, "Tbilisi, GE": Yes, "Texas, US": No},
	} {
		a, ok := AreaWord(city)
		for region, truth := range want {
			if have := a.Holds(PlaceOf(region)); !ok || have != truth {
				t.Errorf("%s holds %q: %v, want %v", city, region, have, truth)
			}
		}
	}
	for _, name := range []string{"nice", "reading", "fas", "cad", "in", "no", "per", "somewhere"} {
		if _, ok := AreaWord(name); ok {
			t.Errorf("%s is an area by itself", name)
		}
	}
}

// Each line of the tables is complete, has a source, and its country exists.
func TestPlaceTables(t *testing.T) {
	for file, columns := range map[string]int{"regions.tsv": 3, "cities.tsv": 6, "states.tsv": 5, "codes3.tsv": 3} {
		seen := map[string]bool{}
		for i, f := range table(file) {
			if len(f) != columns || strings.TrimSpace(f[columns-1]) == "" {
				t.Fatalf("%s, line %d: %q", file, i+2, f)
			}
			for _, code := range strings.Split(f[1], "|") {
				if _, ok := countries()[code]; !ok {
					t.Errorf("%s, line %d: no country %q", file, i+2, code)
				}
			}
			if key := f[0] + "\t" + f[1]; seen[key] {
				t.Errorf("%s, line %d: %q is set twice", file, i+2, f[0])
			} else {
				seen[key] = true
			}
			if file == "regions.tsv" && !strings.Contains(f[1], "|") {
				if have := PlaceOf(f[0]); have.Country != f[1] {
					t.Errorf("%s, line %d: %q is read as %q", file, i+2, f[0], have.Country)
				}
			}
		}
	}
	// A filter can find every country by our name of it.
	for code, c := range countries() {
		p := Place{Country: code, Continent: c.continent}
		if a, ok := AreaNamed(AreaOf(p)); !ok || a.Holds(p) != Yes {
			t.Errorf("%s is not in %q", code, AreaOf(p))
		}
		if p.String() == "" || p.Short() == "" {
			t.Errorf("%s has no name", code)
		}
	}
	if names := AreaNames(); !slices.Contains(names, "europe") || !slices.Contains(names, "germany") ||
		slices.Contains(names, "") {
		t.Error("the names of areas are not those")
	}
}

// A text that names several parts of the world, or the code of one, is no country.
func TestPartsOfTheWorld(t *testing.T) {
	for text, want := range map[string]string{
		"Europe": "Europe", "AP": "", "ap": "", "Europe Asia": "", "Asia, Europe": "", "Europe, Europe": "Europe",
	} {
		p := PlaceOf(text)
		if have := continentTitle(p.Continent); have != want || p.Country != "" {
			t.Errorf("%q is %+v, want %q", text, p, want)
		}
	}
}
