//go:build linux

// Command peers measures gpupick, a plain table program, and fzf and VisiData if they are installed, on the same rows,
// each in its own terminal, and prints a table:
//
//	go run ./tui/terminal/peers
//
// gpupick loads the rows over HTTP from a server on this machine, in one page and in pages of 500, and from a file,
// which the plain program reads too. fzf and VisiData read a tab-separated file, which needs no decoding. The times are
// those that a user sees: from the start until rows are on the screen, and from a key to the last byte drawn.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/tui/cell"
)

const apiKey = "rc_live_0123456789abcdef0123456789abcdef" // accepted by the server on this machine

// peer is a program that is measured.
type peer struct {
	name          string
	program       string // prints its version with --version; empty for a program that does not
	start         func(dir string) *exec.Cmd
	first         string // text on the screen once there are rows
	whole         string // text on the screen once all rows are loaded
	open          string // keys to type before a filter
	filtersPerKey bool   // the program filters after every key
}

func main() {
	runs := flag.Int("runs", 5, "starts of each program, of which the middle one counts")
	small, large := flag.Int("small", 5000, "rows"), flag.Int("large", 100_000, "rows")
	catalog := flag.String("rows", "testdata/api/catalog.json", "what the rows are made from")
	flag.Parse()
	if err := run(*runs, []int{*small, *large}, *catalog); err != nil {
		log.Fatal(err)
	}
}

func run(runs int, sizes []int, catalog string) error {
	dir, err := os.MkdirTemp("", "gpupick-peers")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program := filepath.Join(dir, "gpupick")
	plain := "gpupick/tui/terminal/peers/plain"
	for name, pkg := range map[string]string{program: "gpupick", program + "-plain": plain} {
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", name, pkg)
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is released
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	body, err := os.ReadFile(catalog)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %s, %d processors (%s)\n", time.Now().Format("2 January 2006"), processor(), runtime.NumCPU(),
		runtime.GOOS+"/"+runtime.GOARCH)
	for _, n := range sizes {
		many, err := apitest.Many(body, n)
		if err != nil {
			return err
		}
		peers, stop, err := peersOf(program, dir, many)
		if err != nil {
			return err
		}
		err = compare(peers, dir, n, runs)
		stop()
		if err != nil {
			return err
		}
	}
	return nil
}

// peersOf returns the installed programs, ready to be started on rows.
func peersOf(program, dir string, rows []byte) (peers []peer, stop func(), err error) {
	page, err := api.Decode(rows)
	if err != nil {
		return nil, nil, err
	}
	var tabs bytes.Buffer
	tabs.WriteString("id\tgpu\tcount\tregion\tprice\tram\tcpu\tdisk\ttype\n") // fzf counts the header as a row
	for r := range page.Rows.All() {
		fmt.Fprintf(&tabs, "%s\t%s\t%d\t%s\t%v\t%d\t%d\t%d\t%s\n", r.ID, r.GPUType, r.GPUCount.Value, r.Region,
			r.HourlyRate.Value, r.MemoryGB.Value, r.CPUCores.Value, r.StorageGB.Value, r.DeploymentType)
	}
	file := filepath.Join(dir, "rows.tsv")
	if err := os.WriteFile(file, tabs.Bytes(), 0o600); err != nil {
		return nil, nil, err
	}
	answer := filepath.Join(dir, "rows.json")
	if err := os.WriteFile(answer, rows, 0o600); err != nil {
		return nil, nil, err
	}
	seen := page.Rows.At(0).ID[:12]
	if path, err := exec.LookPath("fzf"); err == nil {
		peers = append(peers, peer{name: "fzf" + versionOf(path), program: path, first: seen,
			whole: fmt.Sprintf("%d/%d", page.Rows.Len()+1, page.Rows.Len()+1), filtersPerKey: true,
			start: func(string) *exec.Cmd { return exec.Command("sh", "-c", "exec "+path+" < "+file) }})
	}
	if path, err := exec.LookPath("vd"); err == nil {
		peers = append(peers, peer{name: "VisiData" + versionOf(path), program: path, first: seen,
			whole: fmt.Sprintf("%d rows", page.Rows.Len()),
			start: func(string) *exec.Cmd { return exec.Command(path, file) }})
	}
	ours, stops, err := gpupicks(program, answer, rows, page.Rows.Len())
	stop = func() {
		for _, s := range stops {
			s()
		}
	}
	peers = append(append(peers, ours...), peer{name: "plain table, the file", first: seen,
		whole: fmt.Sprintf("%d rows", page.Rows.Len()),
		start: func(string) *exec.Cmd { return exec.Command(program+"-plain", answer) }})
	return peers, stop, err
}

// gpupicks returns gpupick with n rows from a server, in one page and in pages of 500, and from the file answer.
func gpupicks(program, answer string, rows []byte, n int) (peers []peer, stops []func(), err error) {
	whole := cell.Int(n) + " listed"
	for _, size := range []int{0, 500} {
		server, err := apitest.New(rows, apiKey, size)
		if err != nil {
			return nil, stops, err
		}
		origin, end, err := apitest.Listen(server)
		if err != nil {
			return nil, stops, err
		}
		stops = append(stops, end)
		name := "gpupick, one page"
		if size > 0 {
			name = fmt.Sprintf("gpupick, pages of %d", size)
		}
		peers = append(peers, peer{name: name, program: program, first: "▌", whole: whole, open: "/",
			filtersPerKey: true,
			start: func(home string) *exec.Cmd {
				cmd := exec.Command(program, "--clipboard", "off")
				cmd.Env = append(os.Environ(), "HOME="+home, "RUNCRATE_API_KEY="+apiKey, "RUNCRATE_API_URL="+origin)
				return cmd
			}})
	}
	return append(peers, peer{name: "gpupick, a file", program: program, first: "▌", whole: whole, open: "/",
		filtersPerKey: true,
		start: func(home string) *exec.Cmd {
			cmd := exec.Command(program, "--clipboard", "off", "--file", answer)
			cmd.Env = append(os.Environ(), "HOME="+home)
			return cmd
		}}), stops, nil
}

// versionOf returns a space and the version that a program prints, empty if it prints none.
func versionOf(path string) string {
	out, _ := exec.Command(path, "--version").Output()
	if version := regexp.MustCompile(`[0-9]+(\.[0-9]+)+`).Find(out); version != nil {
		return " " + string(version)
	}
	return ""
}

// words are the filters to type, each once, because fzf keeps its results for a filter.
var words = []string{"h100", "us", "a100", "eu", "spot"}

const clearLine = "\x15" // ctrl+u

// figures are the measurements of one program.
type figures struct {
	version      []float64 // ms from the start until --version has ended
	first, all   []float64 // ms from the start until rows are on the screen
	key, down    []float64 // ms from the key to the last byte
	bytes        []float64 // drawn for a move one row down
	memory, idle []float64 // peak in MB; percent of a processor
}

func compare(peers []peer, dir string, rows, runs int) error {
	measured, failed := make([]figures, len(peers)), make([]error, len(peers))
	for range runs { // in turn, so that other load on the machine affects all programs
		for i, p := range peers {
			if failed[i] != nil {
				continue
			}
			home, err := os.MkdirTemp(dir, "home")
			if err != nil {
				return err
			}
			if failed[i] = measured[i].measure(p, p.start(home)); failed[i] != nil {
				fmt.Printf("%s could not be measured: %v\n", p.name, failed[i])
				measured[i] = figures{}
			}
		}
	}
	fmt.Printf("\n%d rows, 160×45; in brackets the ratio to %s\n\n", rows, peers[0].name)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	line := func(name string, of func(figures) string) {
		fmt.Fprintf(w, "%s", name)
		for _, m := range measured {
			fmt.Fprintf(w, "\t%s", of(m))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, "")
	for _, p := range peers {
		fmt.Fprintf(w, "\t%s", p.name)
	}
	fmt.Fprintln(w)
	ratio := func(unit string, values func(figures) []float64, at float64) func(figures) string {
		return func(f figures) string {
			v, base := quantile(values(f), at), quantile(values(measured[0]), at)
			switch {
			case len(values(f)) == 0:
				return "–"
			case base > 0:
				return fmt.Sprintf("%.3g%s (%.2f)", v, unit, v/base)
			}
			return fmt.Sprintf("%.3g%s", v, unit)
		}
	}
	line("--version", ratio(" ms", func(f figures) []float64 { return f.version }, 0.5))
	line("start → first rows", ratio(" ms", func(f figures) []float64 { return f.first }, 0.5))
	line("start → all on screen", ratio(" ms", func(f figures) []float64 { return f.all }, 0.5))
	line("filter key → drawn, median", ratio(" ms", func(f figures) []float64 { return f.key }, 0.5))
	line("filter key → drawn, p95", ratio(" ms", func(f figures) []float64 { return f.key }, 0.95))
	line("row down → drawn, median", ratio(" ms", func(f figures) []float64 { return f.down }, 0.5))
	line("row down, bytes", ratio("", func(f figures) []float64 { return f.bytes }, 0.5))
	line("peak memory", ratio(" MB", func(f figures) []float64 { return f.memory }, 0.5))
	line("idle", ratio(" %", func(f figures) []float64 { return f.idle }, 0.5))
	return w.Flush()
}

// measure starts a program, uses it, and ends it.
func (f *figures) measure(p peer, cmd *exec.Cmd) error {
	if p.program != "" {
		for range 10 {
			began := time.Now()
			if err := exec.Command(p.program, "--version").Run(); err != nil {
				return err
			}
			f.version = append(f.version, millis(time.Since(began)))
		}
	}
	c, err := open(cmd, 160, 45)
	if err != nil {
		return err
	}
	defer c.close()
	first, err := c.until(p.first)
	if err != nil {
		return err
	}
	all, err := c.until(p.whole)
	if err != nil {
		return err
	}
	f.first, f.all = append(f.first, first), append(f.all, all)
	c.lull()
	for range 20 {
		ms, n := c.press("\x1b[B")
		f.down, f.bytes = append(f.down, ms), append(f.bytes, float64(n))
	}
	if p.filtersPerKey {
		if p.open != "" {
			c.press(p.open)
		}
		for _, word := range words {
			for _, k := range word {
				ms, _ := c.press(string(k))
				f.key = append(f.key, ms)
			}
			c.press(clearLine)
		}
	}
	if idle, err := c.idle(2 * time.Second); err == nil {
		f.idle = append(f.idle, max(idle, 0)) // less than 0 if a thread has ended
	}
	memory, err := c.memory()
	f.memory = append(f.memory, memory)
	return err
}

// processor returns the name of the machine's processor.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, is := strings.CutPrefix(line, "model name"); is {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return "an unknown processor"
}
