//go:build unix

package cli

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gpupick/api/apitest"
)

var (
	sessions  = flag.Int("sessions", 30, "how many random sessions TestFaultPrintedIDWasHighlighted plays")
	firstSeed = flag.Uint64("seed", 0, "the seed of the first of them; 0: of the time")
)

// offers is a list that changes: offers are added and removed, and change their price, GPU
// count or region.
type offers struct {
	rnd  *rand.Rand
	rows []offer
	next int
}

type offer struct {
	id, gpu, region string
	count           int
	rate            float64
}

func (o *offers) add() {
	o.next++
	o.rows = append(o.rows, offer{fmt.Sprintf("id-%02d", o.next), []string{"H100", "L4"}[o.rnd.IntN(2)],
		[]string{"oslo", "us-east-1"}[o.rnd.IntN(2)], 1 + o.rnd.IntN(2), float64(1+o.rnd.IntN(20)) / 4})
}

func (o *offers) change() {
	i := 0
	if len(o.rows) > 0 {
		i = o.rnd.IntN(len(o.rows))
	}
	switch n := o.rnd.IntN(6); {
	case n == 0 || len(o.rows) < 4:
		o.add()
	case n == 1:
		o.rows = slices.Delete(o.rows, i, i+1)
	case n == 2:
		o.rows[i].rate *= 2
	case n == 3:
		o.rows[i].rate /= 2
	case n == 4:
		o.rows[i].count = 3 - o.rows[i].count
	default:
		o.rows[i].region = "paris"
	}
}

func (o *offers) catalog() []byte {
	var rows []string
	for _, r := range o.rows {
		rows = append(rows, fmt.Sprintf(
			`{"id":%q,"gpu_type":%q,"gpu_count":%d,"memory_gb":64,"region":%q,"hourly_rate":%g}`, r.id, r.gpu, r.count,
			r.region, r.rate))
	}
	return []byte(`{"data":[` + strings.Join(rows, ",") + `]}`)
}

// session is the real program in a terminal, with a service whose list changes.
type session struct {
	*console
	rnd    *rand.Rand
	server *apitest.Server
	offers *offers
	did    []string
	picks  []string // ids on which Enter was pressed
	gap    bool     // no row is highlighted: the cursor is between two rows
}

var anID = regexp.MustCompile(`id-[0-9]+`)

// looks reads from the screen the ids of the lines that j and k move through, and the index of
// the highlighted one, -1 if none is.
func (s *session) looks() (ids []string, at int) {
	s.gap = true
	at = -1 // in a gap, at is the index of the line above it
	lines := strings.Split(s.screen(), "\n")
	if i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Closest offers:") }); i >= 0 {
		lines = lines[i+1:]
	} else {
		lines = lines[min(2, len(lines)):max(len(lines)-2, 2)]
	}
	for _, line := range lines {
		if id := anID.FindString(line); id != "" {
			switch {
			case strings.HasPrefix(line, "▌"):
				at, s.gap = len(ids), false
			case strings.HasPrefix(line, "▏"):
				at, s.gap = len(ids)-1, true
			}
			ids = append(ids, id)
		}
	}
	return ids, at
}

// burst presses a few keys in one write and records what Enter picks on the current screen.
func (s *session) burst() {
	for drawn := -1; drawn != len(s.bytes()) && !s.stopAfterPause(0); { // until the screen stops changing
		drawn = len(s.bytes())
		s.stopAfterPause(40 * time.Millisecond)
	}
	ids, at := s.looks()
	var keys string
	for range 1 + s.rnd.IntN(3) {
		switch n := s.rnd.IntN(9); {
		case n < 3:
			keys += "j"
			at = min(at+1, len(ids)-1)
		case n < 5 && at < 0: // no line is above: move down instead
			keys += "j"
			at = min(0, len(ids)-1)
		case n < 5:
			keys += "k"
			at = max(at-1, min(0, len(ids)-1))
		case n < 8:
			keys += "\r"
			if at >= 0 && !(s.gap && !strings.ContainsAny(keys, "jk")) && !strings.Contains(s.screen(), "Checking") {
				s.picks = append(s.picks, ids[at])
			}
		default:
			keys += "r"
		}
	}
	s.did = append(s.did, fmt.Sprintf("%q on %d of %v", keys, at, ids))
	s.types(keys)
}

// stopAfterPause reports whether the program ends within wait.
func (c *console) stopAfterPause(wait time.Duration) bool {
	select {
	case err := <-c.end:
		c.end <- err
		return true
	case <-time.After(wait):
		return false
	}
}

func playSession(t *testing.T, seed uint64) (picked bool) {
	rnd := rand.New(rand.NewPCG(seed, 14))
	o := &offers{rnd: rnd}
	for range 8 {
		o.add()
	}
	server, env := service(t, o.catalog(), []int{0, 3}[rnd.IntN(2)])
	out := filepath.Join(t.TempDir(), "out")
	renderer := []string{"auto", "standard"}[rnd.IntN(2)]
	s := &session{console: opens(t,
		fmt.Sprintf("$GPUPICK --clipboard off --renderer %s >%s 2>%s.err", renderer, out, out), env...), rnd: rnd,
		server: server, offers: o}
	defer func() {
		if t.Failed() {
			t.Logf("seed %d: %s", seed, strings.Join(s.did, " · "))
		}
	}()
	s.shows("8 listed")
	for n := 0; n < 25 && !s.stopAfterPause(time.Duration(rnd.IntN(350))*time.Millisecond); n++ {
		for range rnd.IntN(3) {
			o.change()
		}
		if err := server.SetCatalog(o.catalog()); err != nil {
			t.Fatal(err)
		}
		if rnd.IntN(3) == 0 {
			s.did = append(s.did, "r")
			s.types("r")
		}
		s.burst()
	}
	if !s.stopAfterPause(0) {
		s.types("\x03")
	}
	s.waitForExit(patience)
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	id := strings.TrimSpace(string(text))
	if id != "" && !slices.Contains(s.picks[max(len(s.picks)-3, 0):], id) {
		said, _ := os.ReadFile(out + ".err")
		t.Errorf("%s was picked, Enter was pressed on %v; %s", id, s.picks, said)
	}
	return id != ""
}

// The id on stdout is one on which Enter was pressed, given the screen when the keys were
// sent and the moves in the same burst.
func TestFaultPrintedIDWasHighlighted(t *testing.T) {
	began, many := *firstSeed, *sessions
	if began == 0 {
		began = uint64(time.Now().UnixNano())
	}
	if testing.Short() {
		many = min(many, 6)
	}
	picks := make([]bool, many)
	t.Run("sessions", func(t *testing.T) {
		for i := range many {
			t.Run(fmt.Sprint(began+uint64(i)), func(t *testing.T) {
				t.Parallel()
				picks[i] = playSession(t, began+uint64(i))
			})
		}
	})
	n := len(slices.DeleteFunc(picks, func(p bool) bool { return !p }))
	t.Logf("seeds from %d: %d sessions, %d picks", began, many, n)
	if n < many/4 {
		t.Error("hardly any session picks")
	}
}

// Standard error describes the pick, also if stdout is captured: the offer, its price,
// whether it was confirmed, what has changed, and what was left out.
func TestFaultPickIsDescribedOnStderr(t *testing.T) {
	server, env := service(t, stock("a 20", "b 30", "c 40"), 0)
	said := func(script, keys string, change func(c *console), want ...string) {
		t.Helper()
		if err := server.SetCatalog(stock("a 20", "b 30", "c 40")); err != nil {
			t.Fatal(err)
		}
		c := opens(t, script+"; echo", env...).shows("3 listed")
		change(c)
		c.types(keys).shows("it is [")
		for _, text := range want {
			c.shows(text)
		}
		c.ends(0)
	}
	as := func(rows ...string) {
		if err := server.SetCatalog(stock(rows...)); err != nil {
			t.Error(err)
		}
	}
	const captured = `id=$($GPUPICK --multi); echo "it is [$id]"`
	said(captured, "j\r", func(*console) {}, "8× B200 · us-east-1 · $30.00/h · still listed, same price", "it is [b]")
	said(`id=$($GPUPICK --no-check); echo "it is [$id]"`, "\r", func(*console) {},
		"8× B200 · us-east-1 · $20.00/h · not checked", "it is [a]")
	said(captured, "\r", func(c *console) {
		as("a 200", "b 30", "c 40")
		c.types("\r").shows("Price went up: $20.00 → $200.00/h (×10)").stopAfterPause(350 * time.Millisecond)
	}, "changed: $20.00 → $200.00/h (×10)", "it is [a]")
	said(captured, "1\r", func(c *console) {
		as("b 30", "c 40")
		c.types("\r").shows("a ($20.00/h) is no longer listed. Closest offers:").stopAfterPause(350 * time.Millisecond)
	}, "in place of a, which is no longer listed", "it is [b]")
	said(captured, "\r", func(c *console) {
		c.types("   ").shows("3 marked")
		as("b 30")
		c.types("r").shows("1 listed").stopAfterPause(350 * time.Millisecond)
	}, "not picked, no longer listed: a c", "it is [b]")
}
