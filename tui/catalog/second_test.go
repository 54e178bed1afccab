package catalog

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gpupick/api"
	"gpupick/tui/query"
)

// A second implementation of the language, independent of the first: phrases are generated together with their
// meaning, as plain code over the service's answer.

var phraseSeed = flag.Uint64("phrase-seed", 0, "the seed of TestPhrasesAgainstPlainCode; 0: the time")

// wish is one requirement: how it is said, and which offers meet it. An offer that lacks the value meets
// neither the requirement nor its negation.
type wish struct {
	about string
	said  string
	known func(api.InstanceType) bool
	holds func(api.InstanceType) bool
}

// saidCards maps names of cards as people say them to the service's names in the demo catalog.
var saidCards = map[string]*regexp.Regexp{
	"h100": regexp.MustCompile(`(^|[^g])h100`), "h100 pcie": regexp.MustCompile(`h100[ _]pcie`),
	"h200": regexp.MustCompile(`(^|[^g])h200`),
	"a100": regexp.MustCompile(`a100([^x]|$)`), "l4": regexp.MustCompile(`\bl4\b`),
	"l40": regexp.MustCompile(`\bl40\b`), "l40s": regexp.MustCompile(`\bl40s\b`),
	"t4": regexp.MustCompile(`\bt4\b`), "a10": regexp.MustCompile(`\ba10\b`), "a10g": regexp.MustCompile(`\ba10g\b`),
	"4090":        regexp.MustCompile(`4090([^d]|$)`),
	"rtx 3060 ti": regexp.MustCompile(`3060 ?ti`), "v100": regexp.MustCompile(`\bv100`),
	"b200": regexp.MustCompile(`\bb200`), "mi300x": regexp.MustCompile(`mi300x`),
	"gh200": regexp.MustCompile(`gh200`), "a40": regexp.MustCompile(`\ba40\b`),
	"rtx 6000 ada": regexp.MustCompile(`6000[ -]ada`),
}

func someWish(rnd *rand.Rand) wish {
	one := func(of ...string) string { return of[rnd.IntN(len(of))] }
	n := []int64{1, 2, 4, 8}[rnd.IntN(4)]
	dollars := float64(1 + rnd.IntN(30))
	switch rnd.IntN(8) {
	case 0:
		said := one(fmt.Sprintf("%dx", n), fmt.Sprintf("%d gpus", n), fmt.Sprintf("%d x", n),
			fmt.Sprintf("count:%d", n))
		return wish{"count", said, func(it api.InstanceType) bool { return it.GPUCount.Known },
			func(it api.InstanceType) bool { return it.GPUCount.Value == n }}
	case 1, 2:
		card := one(sortedCards...)
		form := saidCards[card]
		return wish{"gpu", one(card, "nvidia "+card, card),
			func(it api.InstanceType) bool { return hasGPU(it) && it.GPUType != "" },
			func(it api.InstanceType) bool { return form.MatchString(strings.ToLower(it.GPUType)) }}
	case 3:
		said := one(fmt.Sprintf("under $%v", dollars), fmt.Sprintf("less than %v dollars", dollars),
			fmt.Sprintf("price<%v", dollars), fmt.Sprintf("below %v usd per hour", dollars))
		return wish{"price", said, func(it api.InstanceType) bool { return it.HourlyRate.Known },
			func(it api.InstanceType) bool { return it.HourlyRate.Value < dollars }}
	case 4:
		each := dollars / 4
		said := one(fmt.Sprintf("max $%v per gpu", each), fmt.Sprintf("$%v/gpu", each),
			fmt.Sprintf("at most $%v each", each))
		return wish{"pergpu", said, func(it api.InstanceType) bool {
			return it.HourlyRate.Known && it.GPUCount.Known &&
				hasGPU(it)
		},
			func(it api.InstanceType) bool { return it.HourlyRate.Value/float64(it.GPUCount.Value) <= each+1e-12 }}
	case 5:
		gb := int64(32 << rnd.IntN(6))
		said := one(fmt.Sprintf("%dgb ram", gb), fmt.Sprintf("at least %d gb of ram", gb), fmt.Sprintf("ram %dgb", gb),
			fmt.Sprintf("%dgb+ ram", gb))
		return wish{"mem", said, func(it api.InstanceType) bool { return it.MemoryGB.Known },
			func(it api.InstanceType) bool { return it.MemoryGB.Value >= gb }}
	case 6:
		cores := int64(8 << rnd.IntN(5))
		said := one(fmt.Sprintf("%d cores", cores), fmt.Sprintf("min %d vcpus", cores), fmt.Sprintf("cpu>=%d", cores))
		return wish{"cpu", said, func(it api.InstanceType) bool { return it.CPUCores.Known },
			func(it api.InstanceType) bool { return it.CPUCores.Value >= cores }}
	default:
		kind := one("vm", "spot", "bare metal")
		is := func(it api.InstanceType) bool { return strings.ReplaceAll(it.DeploymentType, "-", " ") == kind }
		if rnd.IntN(2) == 0 {
			return wish{"type", one("no ", "not ", "without ") + kind,
				func(it api.InstanceType) bool {
					return it.DeploymentType != ""
				}, func(it api.InstanceType) bool { return !is(it) }}
		}
		return wish{"type", kind, func(it api.InstanceType) bool { return it.DeploymentType != "" }, is}
	}
}

var sortedCards = func() []string {
	var names []string
	for name := range saidCards {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}()

func hasGPU(it api.InstanceType) bool {
	return !(it.GPUCount.Known && it.GPUCount.Value < 1) && !strings.EqualFold(it.GPUType, "cpu")
}

// Whatever the phrases and their order, the offers and the facet counts are those that plain code over the
// service's answer gives.
func TestPhrasesAgainstPlainCode(t *testing.T) {
	seed := *phraseSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	c, rnd := demo(t), rand.New(rand.NewPCG(seed, 1))
	for range 1500 {
		var wishes []wish
		for range 1 + rnd.IntN(4) {
			w := someWish(rnd)
			if w.about == "gpu" && strings.HasPrefix(w.said, "nvidia mi") {
				continue
			}
			if !slices.ContainsFunc(wishes, func(o wish) bool { return o.about == w.about }) {
				wishes = append(wishes, w)
			}
		}
		var said []string
		for _, w := range wishes {
			said = append(said, w.said)
		}
		text := strings.Join(said, []string{" ", ", ", " and ", ", please "}[rnd.IntN(4)])
		typed := c.Read(text)
		if typed.Err != nil {
			t.Fatalf("seed %d: %q: %v", seed, text, typed.Err)
		}
		res := c.Run(typed.Query)
		meets := func(it api.InstanceType, but string) bool {
			return !slices.ContainsFunc(wishes,
				func(w wish) bool { return w.about != but && !(w.known(it) && w.holds(it)) })
		}
		var want []string
		counts := map[string]int{}
		for _, r := range c.Rows().All() {
			if meets(r.InstanceType(), "") {
				want = append(want, r.ID())
			}
			if meets(r.InstanceType(), "count") && r.GPUCount().Known {
				counts[fmt.Sprint(r.GPUCount().Value)]++
			}
		}
		if have := idsOf(res.Rows); !slices.Equal(have, want) {
			t.Fatalf("seed %d: %q, read as %q, gives %d offers; by the second reading %d", seed, text, typed.Query,
				len(have), len(want))
		}
		for _, v := range res.Facets[query.Count].Values {
			if v.Label != "" && v.Rows != counts[v.Label] {
				t.Fatalf("seed %d: %q: %s GPUs leaves %d, by the second reading %d", seed, text, v.Label, v.Rows,
					counts[v.Label])
			}
		}
	}
}
