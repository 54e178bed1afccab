package tui

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// The README's tasks: a whole program does each of them with the keys that the README gives.
// The id that it picks or copies must be the one that a plain reading of the demo catalog
// gives.

// sample is a row of the demo catalog as it is in the file, decoded without the engine.
type sample struct {
	ID     string   `json:"id"`
	GPU    string   `json:"gpu_type"`
	Count  float64  `json:"gpu_count"`
	CPU    *float64 `json:"cpu_cores"`
	RAM    *float64 `json:"memory_gb"`
	Disk   *float64 `json:"storage_gb"`
	Region string   `json:"region"`
	Type   string   `json:"deployment_type"`
	Rate   float64  `json:"hourly_rate"`
}

func (s sample) gpu(pattern string) bool {
	return regexp.MustCompile(`(?i)` + pattern).MatchString(s.GPU)
}

func (s sample) in(regions string) bool {
	return s.Region != "" && slices.Contains(strings.Split(regions, "|"), s.Region)
}

const (
	europe = "Bács-Kiskun, HU, EU|EU-RO-1|EU-SE-1|EUR-IS-1|FIN-01|Iceland, IS, EU|NORWAY-1|Norway, NO|Sweden, " +
		"SE|eu-central-1|eu-north-1|eu-west-1|europe-west4|frankfurt-germany-1|london-uk-1|uksouth"
	canada = "CA-MTL-1|CANADA-1|Quebec, CA|ca-central-1|montreal-canada-2"
	h100   = `^(nvidia )?h100`
)

// first returns the id of the first sample that fits, in the order of keys, then of price,
// region and id.
func first(all []sample, fits func(sample) bool, keys ...func(sample) float64) string {
	return nth(0, all, fits, keys...).ID
}

func nth(n int, all []sample, fits func(sample) bool, keys ...func(sample) float64) sample {
	var list []sample
	for _, s := range all {
		if fits(s) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b sample) int {
		for _, k := range keys {
			if c := cmp.Compare(k(a), k(b)); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(a.Rate, b.Rate), cmp.Compare(a.Region, b.Region), cmp.Compare(a.ID, b.ID))
	})
	return list[n]
}

func atLeast(v *float64, n float64) bool { return v != nil && *v >= n }

// cheaperMatch returns the id of the cheapest sample with the GPU and count of as, and with at least as much of
// the rest, that costs less.
func cheaperMatch(all []sample, as sample) string {
	same := func(name string) string {
		return strings.NewReplacer(" ", "", "-", "", "_", "", "nvidia", "", "sxm5", "sxm", "80gbhbm3", "sxm").
			Replace(strings.ToLower(name))
	}
	enough := func(have, want *float64) bool { return want == nil || atLeast(have, *want) }
	return first(all, func(s sample) bool {
		return same(s.GPU) == same(as.GPU) && s.Count == as.Count && s.Rate < as.Rate && enough(s.RAM, as.RAM) &&
			enough(s.CPU, as.CPU) && enough(s.Disk, as.Disk)
	})
}

// tasks are the expected results of the README's table, in its order.
var tasks = []struct {
	title string
	want  func(all []sample) string // the id
	news  func(all []sample) []sample
	early bool // apply news before the first key, instead of at the … in the keys
	clip  bool // the task copies a text that ends in the wanted one, and picks nothing
}{
	{title: "the cheapest 8×H100 in Europe with 1 TB of RAM", want: func(all []sample) string {
		return first(all, func(s sample) bool {
			return s.gpu(h100) && s.Count == 8 && s.in(europe) &&
				atLeast(s.RAM, 1000)
		})
	}},
	{title: "where H200 is offered, and for how much", want: func(all []sample) string {
		return first(all, func(s sample) bool { return s.gpu(`^(nvidia )?h200`) })
	}},
	{title: "tell me when an 8×B200 under $20 appears", want: func([]sample) string { return "new-b200x8" },
		news: func(all []sample) []sample {
			return append(all, sample{ID: "new-b200x8", GPU: "B200", Count: 8, Region: "eu-west-1", Rate: 19.5})
		}},
	{title: "the cheapest single card with 80 GB in Canada", want: func(all []sample) string {
		return first(all, func(s sample) bool {
			return s.Count == 1 && s.in(canada) && (s.gpu(`a100.*80`) || s.gpu(`a100x`) || s.gpu(h100) && !s.gpu("nvl"))
		})
	}},
	{title: "an A100 with 80 GB, the cheapest per GPU", want: func(all []sample) string {
		return first(all, func(s sample) bool { return s.gpu(`a100.*80`) || s.gpu(`a100x`) },
			func(s sample) float64 { return s.Rate / s.Count })
	}},
	{title: "the most RAM for less than $10 an hour", want: func(all []sample) string {
		return first(all, func(s sample) bool { return s.Rate < 10 && s.RAM != nil },
			func(s sample) float64 { return -*s.RAM })
	}},
	{title: "8×H100 in Europe, but no spot instance", want: func(all []sample) string {
		return first(all, func(s sample) bool {
			return s.gpu(h100) && s.Count == 8 && s.in(europe) &&
				s.Type != "spot"
		})
	}},
	{title: "as good as the most expensive of them, but cheaper", want: func(all []sample) string {
		dearest := nth(0, all, func(s sample) bool { return s.gpu(h100) && s.Count == 8 && s.in(europe) },
			func(s sample) float64 { return -s.Rate })
		return cheaperMatch(all, dearest)
	}},
	{title: "of the two cheapest 8×H200 the one with more RAM for the money", want: func(all []sample) string {
		h200 := func(s sample) bool { return s.gpu(`^(nvidia )?h200`) && s.Count == 8 }
		a, b := nth(0, all, h200), nth(1, all, h200)
		if *a.RAM/a.Rate >= *b.RAM/b.Rate {
			return a.ID
		}
		return b.ID
	}},
	{title: "the create call for the cheapest 4×L40S", clip: true, want: func(all []sample) string {
		return "--type-id " + first(all, func(s sample) bool { return s.gpu(`^(nvidia )?l40s`) && s.Count == 4 }) +
			" --gpu-count 4"
	}},
	{title: "what went down in price since I looked", early: true, want: func(all []sample) string {
		return first(all, func(s sample) bool { return s.gpu("gh200") && s.Count == 1 })
	}, news: func(all []sample) []sample {
		changed := slices.Clone(all)
		id := first(all, func(s sample) bool { return s.gpu("gh200") && s.Count == 1 })
		for i := range changed {
			if changed[i].ID == id {
				changed[i].Rate /= 2
			}
		}
		return changed
	}},
	{title: "an A10G, by ticking", want: func(all []sample) string {
		return first(all, func(s sample) bool { return s.gpu(`a10g$`) })
	}},
	{title: "the cheapest H100s that hold a 70B model in fp16", want: func(all []sample) string {
		// 140 GB of weights and 2.7 GB for 8,192 tokens, and 10% more: two of at least 80 GB, by tensor parallelism
		// over 64 heads
		return first(all, func(s sample) bool { return s.gpu(h100) && (s.Count == 2 || s.Count == 4 || s.Count == 8) })
	}},
}

// maxKeys is the maximum number of keys for a task.
const maxKeys = 25

// readTasks returns the lines of the README's table: title, keys and number of keys.
func readTasks(t *testing.T) (lines [][3]string) {
	t.Helper()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(readme), "<!-- tasks -->")
	table, _, ended := strings.Cut(table, "<!-- /tasks -->")
	if !found || !ended {
		t.Fatal("the README has no tasks")
	}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[2:] {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) != 3 {
			t.Fatalf("%q has %d cells", line, len(cells))
		}
		lines = append(lines, [3]string(cells))
	}
	return lines
}

var keyInREADME = regexp.MustCompile("`([^`]+)`|…")

func TestTheREADMEsTasks(t *testing.T) {
	body, err := os.ReadFile("../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Data []sample `json:"data"`
	}
	if err := json.Unmarshal(body, &file); err != nil {
		t.Fatal(err)
	}
	lines := readTasks(t)
	if len(lines) != len(tasks) {
		t.Fatalf("%d tasks in the README, %d here", len(lines), len(tasks))
	}
	for n := range 2 * len(tasks) {
		i, size := n/2, [][2]int{{120, 30}, {80, 24}}[n%2]
		task := tasks[i]
		t.Run(fmt.Sprintf("%s/%dx%d", task.title, size[0], size[1]), func(t *testing.T) {
			title, keys := lines[i][0], lines[i][1]
			if title != task.title {
				t.Fatalf("the README has %q in its place", title)
			}
			p := startWith(t, func(o *Options) { o.Check, o.Alert = true, func(string) {} }, body, 200).
				shows("624 listed")
			p.tm.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			all := file.Data
			news := func() {
				all = task.news(all)
				changed, err := json.Marshal(map[string]any{"data": all})
				if err != nil {
					t.Fatal(err)
				}
				if err := p.server.SetCatalog(changed); err != nil {
					t.Fatal(err)
				}
			}
			if task.early {
				news()
			}
			pressed := 0
			for _, token := range keyInREADME.FindAllStringSubmatch(keys, -1) {
				switch name := token[1]; {
				case token[0] == "…":
					news()
					p.tm.Send(refreshDueMsg{number: 1})
					p.shows("matches now")
				case namedKeys[name] != 0:
					p.press(namedKeys[name])
					pressed++
				default:
					for _, c := range name {
						if c == ' ' {
							p.press(tea.KeySpace)
						} else {
							p.types(string(c))
						}
						pressed++
					}
				}
				if task.early && token[1] == "r" {
					p.shows("since 12:00")
				}
			}
			if said, err := strconv.Atoi(lines[i][2]); err != nil || said != pressed || pressed > maxKeys {
				t.Errorf("it takes %d keys; the README says %s, and at most %d are wanted", pressed, lines[i][2],
					maxKeys)
			}
			want := task.want(all)
			if task.clip {
				if have := <-p.copied; !strings.HasSuffix(have, want) {
					t.Errorf("copied %q, want %s", have, want)
				}
				p.types("q").ends()
				return
			}
			p.picks(want)
		})
	}
}
