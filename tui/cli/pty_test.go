//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"gpupick/api/apitest"
	"gpupick/tui/terminal"
)

// console is a program in a real pseudo-terminal with an emulated screen. The terminal
// answers no queries.
type console struct {
	t      *testing.T
	cmd    *exec.Cmd
	tty    *os.File // the end of the terminal that the test uses
	theirs *os.File // the program's end, kept open to check its mode at the end
	before unix.Termios
	home   string

	mu   sync.Mutex
	emu  *vt.Emulator
	raw  bytes.Buffer
	more chan struct{}
	end  chan error
}

// opens runs script in bash in a terminal of 100×30 cells, or an interactive bash if it is
// empty. $GPUPICK is the program.
func opens(t *testing.T, script string, env ...string) *console {
	t.Helper()
	needs(t, "bash")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, home: t.TempDir(), emu: vt.NewEmulator(100, 30), more: make(chan struct{}, 1),
		end: make(chan error, 1)}
	c.tty, c.theirs, err = pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(c.tty, &pty.Winsize{Rows: 30, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	c.before = c.mode()
	c.cmd = exec.Command("bash", "--norc", "--noprofile", "-c", script)
	if script == "" {
		c.cmd = exec.Command("bash", "--norc", "--noprofile", "-i")
	}
	c.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.home, "TERM=xterm-256color", "LANG=C.UTF-8",
		"PS1=ready> ", "GPUPICK=" + path}, env...)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = c.theirs, c.theirs, c.theirs
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.read()
	go func() { c.end <- c.cmd.Wait() }()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		_ = c.theirs.Close()
		_ = c.tty.Close()
	})
	return c
}

func (c *console) mode() unix.Termios {
	c.t.Helper()
	m, err := unix.IoctlGetTermios(int(c.theirs.Fd()), termiosRequest)
	if err != nil {
		c.t.Fatal(err)
	}
	return *m
}

func (c *console) read() {
	buf := make([]byte, 1<<14)
	for {
		n, err := c.tty.Read(buf)
		c.mu.Lock()
		c.raw.Write(buf[:n])
		_, _ = c.emu.Write(buf[:n])
		c.mu.Unlock()
		select {
		case c.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (c *console) screen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.emu.String()
}

func (c *console) bytes() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// resize changes the size of the terminal.
func (c *console) resize(w, h int) *console {
	c.t.Helper()
	c.mu.Lock()
	c.emu.Resize(w, h)
	c.mu.Unlock()
	if err := pty.Setsize(c.tty, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)}); err != nil {
		c.t.Fatal(err)
	}
	return c
}

const patience = 20 * time.Second

// until waits until ok holds, which it checks after each output.
func (c *console) until(what string, ok func() bool) *console {
	c.t.Helper()
	give := time.After(patience)
	for !ok() {
		select {
		case <-c.more:
		case <-give:
			c.t.Fatalf("%s: not within %v; the screen:\n%s", what, patience, c.screen())
		}
	}
	return c
}

func (c *console) shows(text string) *console {
	c.t.Helper()
	return c.until("waiting for "+text, func() bool { return strings.Contains(c.screen(), text) })
}

func (c *console) types(keys string) *console {
	c.t.Helper()
	if _, err := c.tty.WriteString(keys); err != nil {
		c.t.Fatal(err)
	}
	return c
}

// picks presses Enter until the program ends: Enter does nothing while the list has just
// changed.
func (c *console) picks() *console {
	c.t.Helper()
	for range 20 {
		c.types("\r")
		select {
		case err := <-c.end:
			c.end <- err
			return c.ends(0)
		case <-time.After(time.Second):
		}
	}
	return c.ends(0)
}

// ends waits for the program to end, and fails unless its exit status is status and the
// terminal is restored.
func (c *console) ends(status int) *console {
	c.t.Helper()
	select {
	case <-c.end:
	case <-time.After(patience):
		c.t.Fatalf("it does not end; the screen:\n%s", c.screen())
	}
	c.drain()
	if have := c.cmd.ProcessState.ExitCode(); have != status {
		c.t.Errorf("status %d, want %d; the screen:\n%s", have, status, c.screen())
	}
	c.restored()
	return c
}

// drain waits until all output of the program has been read. It writes a mark to the
// program's end of the terminal, which is read after that output.
func (c *console) drain() {
	c.t.Helper()
	const mark = "\x1b]999;end\x07" // a sequence that draws nothing
	if _, err := c.theirs.WriteString(mark); err != nil {
		c.t.Fatal(err)
	}
	c.until("reading the rest", func() bool { return strings.Contains(c.bytes(), mark) })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw.Truncate(bytes.Index(c.raw.Bytes(), []byte(mark)))
}

// restored fails unless the terminal is in its earlier mode, on its main screen, with a
// cursor, and without bracketed paste.
func (c *console) restored() {
	c.t.Helper()
	if after := c.mode(); after != c.before {
		c.t.Errorf("the terminal's mode was changed:\n%+v\n%+v", c.before, after)
	}
	raw := c.bytes()
	for _, pair := range []struct{ on, off string }{{"\x1b[?1049h", "\x1b[?1049l"}, {"\x1b[?25l", "\x1b[?25h"},
		{"\x1b[?2004h", "\x1b[?2004l"}} {
		if on, off := strings.LastIndex(raw, pair.on), strings.LastIndex(raw, pair.off); on > off {
			c.t.Errorf("%q was not taken back by %q", pair.on, pair.off)
		}
	}
}

func TestFaultSignals(t *testing.T) {
	for _, c := range []struct {
		name   string
		keys   string
		signal syscall.Signal
		status int
	}{
		{"q", "q", 0, 0},
		{"q with a filter typed", "/h100\rq", 0, 0},
		{"ctrl+c", "\x03", 0, 130},
		{"ctrl+c in the line", "/h1\x03", 0, 130},
		{"enter", "j\r", 0, 0},
		{"TERM", "", syscall.SIGTERM, 143},
		{"INT", "", syscall.SIGINT, 130},
		{"HUP", "", syscall.SIGHUP, 129},
		{"QUIT", "", syscall.SIGQUIT, 131},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := opens(t, "exec $GPUPICK --demo --clipboard off").shows("624 listed")
			if c.signal != 0 {
				if err := s.cmd.Process.Signal(c.signal); err != nil {
					t.Fatal(err)
				}
			}
			s.types(c.keys).ends(c.status)
		})
	}
}

var asksTheTerminal = regexp.MustCompile(
	`\x1b\](10|11|4;[0-9]+);\?|\x1b\[[>=?]?[0-9;]*[cn]|\x1b\[\?[0-9;]*\$p|\x1bP[+$]q|\x1b\[>q`)

// Bubble Tea v1 queries the terminal before main runs, and waits five seconds if it does
// not answer. This program sends no query, and without a screen it writes only its output.
func TestFaultASilentTerminal(t *testing.T) {
	version := opens(t, "exec $GPUPICK --version").ends(0)
	if strings.Contains(version.bytes(), "\x1b") || !strings.HasPrefix(version.bytes(), "gpupick ") {
		t.Errorf("--version wrote %q", version.bytes())
	}
	printed := opens(t, "exec $GPUPICK --demo -o id -n 3").ends(0)
	if strings.Contains(printed.bytes(), "\x1b") || strings.Count(printed.bytes(), "\n") != 3 {
		t.Errorf("-o id wrote %q", printed.bytes())
	}
	browsed := opens(t, "exec $GPUPICK --demo").shows("624 listed").types("q").ends(0)
	if asked := asksTheTerminal.FindString(browsed.bytes()); asked != "" {
		t.Errorf("the terminal was asked %q", asked)
	}
}

func TestCapturedInAShell(t *testing.T) {
	s := opens(t, `id=$($GPUPICK --demo 8xh100 europe); echo "status $? id [$id]"`)
	s.shows("16 of 624").shows("enter pick")
	if raw := s.bytes(); !strings.Contains(raw, "\x1b[1;36m") && !strings.Contains(raw, "\x1b[36m") {
		t.Errorf("without colors: %q", raw)
	}
	s.types("jk\r").shows("status 0 id [rapid-turing-h100x8-8616]").ends(0)
	if !strings.Contains(s.screen(), "demo id, not a real offer") {
		t.Errorf("it does not say that it was the demo:\n%s", s.screen())
	}
	opens(t, `id=$($GPUPICK --demo); echo "status $? id [$id]"`).shows("624 listed").types("q").
		shows("status 130 id []").ends(0)
	opens(t, `id=$($GPUPICK); echo "status $? id [$id]"`).shows("status 4 id []").ends(0)
	piped := opens(t, `$GPUPICK --demo -o csv -n 5 | cat`).shows("hourly_rate").ends(0)
	if strings.Contains(piped.bytes(), "\x1b") {
		t.Errorf("an escape in %q", piped.bytes())
	}
}

func TestKeysComeFromTheTerminalWhenRowsComeFromAPipe(t *testing.T) {
	path, err := filepath.Abs("../../testdata/api/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	opens(t, "cat "+path+" | $GPUPICK --file - --clipboard off; echo status $?").shows("standard input").
		shows("624 listed").types("/gh200\r\r").shows("status 0").ends(0)
}

// A load that brings a matching offer rings the bell and sends the terminal a notification.
func TestAlertRings(t *testing.T) {
	server, env := service(t, stock("dear 40"), 0)
	c := opens(t, "exec $GPUPICK --clipboard off --alert --refresh 1h '8xb200 price<30'", env...).shows("1 listed").
		shows("alert, every 60 min")
	if strings.Contains(c.bytes(), "\x1b]9;") {
		t.Error("it rings at the start")
	}
	if err := server.SetCatalog(stock("dear 40", "cheap 29")); err != nil {
		t.Fatal(err)
	}
	c.types("r").shows("matches now: 8× B200 · us-east-1 · $29.00/h").until("for the bell", func() bool {
		return strings.Contains(c.bytes(), "\a\x1b]9;gpupick: 8× B200 · us-east-1 · $29.00/h\a")
	})
	c.picks()
	if !strings.Contains(c.screen(), "cheap") {
		t.Error(c.screen())
	}
}

func TestEnterPrintsTheIDAndTheOffer(t *testing.T) {
	s := opens(t, "exec $GPUPICK --demo --clipboard osc52 8xh100 eu").shows("16 of 624").types("\r").ends(0)
	for _, want := range []string{"rapid-turing-h100x8-8616",
		"8× H100_SXM5 · europe-west4 · $11.628/h · still listed, same price · sent to the terminal"} {
		if !strings.Contains(s.screen(), want) {
			t.Errorf("%q is not on the screen:\n%s", want, s.screen())
		}
	}
	if n := strings.Count(s.bytes(), "\x1b]52;c;cmFwaWQtdHVyaW5nLWgxMDB4OC04NjE2\x07"); n != 1 {
		t.Errorf("OSC 52 was sent %d times", n)
	}
}

func TestPickingSeveral(t *testing.T) {
	s := opens(t, `ids=$($GPUPICK --demo --multi gh200); echo "$ids" | sed 's/^/picked /'`).shows("8 of 624").
		types(" jv").shows("v again").types("jv\r")
	s.until("three ids", func() bool { return strings.Count(s.screen(), "picked ") == 3 }).ends(0)
}

func TestMouseModeIsRestored(t *testing.T) {
	for _, renderer := range terminal.Renderers {
		t.Run(renderer, func(t *testing.T) { testMouseModeRestored(t, renderer) })
	}
}

func testMouseModeRestored(t *testing.T, renderer string) {
	s := opens(t, "exec $GPUPICK --demo --renderer "+renderer).shows("624 listed")
	if strings.Contains(s.bytes(), "\x1b[?1002h") {
		t.Error("the mouse is on at first")
	}
	s.types("m").until("the mouse to be on", func() bool { return strings.Contains(s.bytes(), "\x1b[?1002h") })
	s.types("\x1b[<0;60;8M\x1b[<0;60;8m").shows("by price ↑ · stoic-hilbert-rtx3060ti-f1eb").types("q").ends(0)
	if on, off := strings.LastIndex(s.bytes(), "\x1b[?1002h"),
		strings.LastIndex(s.bytes(), "\x1b[?1002l"); on < 0 || on > off {
		t.Error("the mouse was not given back")
	}
}

func TestWelcomeOnFirstStartOnly(t *testing.T) {
	s := opens(t, "$GPUPICK --demo && exec $GPUPICK --demo h100").shows("what you need: 8xh100").types("q").
		shows("/ h100").
		shows("624")
	if strings.Contains(s.screen(), "what you need") {
		t.Error("the second start greets too")
	}
	s.types("q").ends(0)
	s = opens(t, "exec $GPUPICK --demo", "HOME=/dev/null/x").shows("624 listed") // the start cannot be recorded
	if strings.Contains(s.screen(), "what you need") {
		t.Error("it would greet every time")
	}
	s.types("q").ends(0)
}

func TestMissingKeyOffersTheDemo(t *testing.T) {
	opens(t, "exec $GPUPICK").shows("No Runcrate key found").types("d").shows("DEMO").shows("624 listed").types("q").
		ends(0)
}

func TestFaultUnexpectedTerminalReplies(t *testing.T) {
	s := opens(t, "exec $GPUPICK --demo").shows("624 listed")
	s.types("\x1b]11;rgb:ffff/ffff/ffff\x1b\\").types("\x1bP>|xterm(370)\x1b\\").types("\x1b[?62;22c").
		types("\x1b[3;1R")
	s.types("j").shows("by price ↑ · tidy-lovelace-rtx3060-2c83") // j moves: the filter line does not have the focus
	if !strings.Contains(s.screen(), "try: 8xh100") {
		t.Errorf("something was typed into the filter:\n%s", s.screen())
	}
	s.types("/gh").shows("/ gh█").types("\x1b]11;rgb:ffff/ffff/ffff\x1b\\").types("\x1bP>|xterm(370)\x1b\\").
		types("\x1b[?62;22c").types("200").shows("/ gh200█").shows("8 of 624").types("\x03").ends(130)
}

// The width of a dot or a frame is one column, whatever the environment tells the width library.
func TestFaultWidthsFromTheEnvironment(t *testing.T) {
	opens(t, "exec $GPUPICK --demo", "RUNEWIDTH_EASTASIAN=1", "LC_ALL=ja_JP.UTF-8").shows("by price ↑ · quiet-bohr").
		types("q").ends(0)
}

// A paste whose end is lost is over after a pause, and at once for ctrl+c.
func TestFaultAPasteThatNeverEnds(t *testing.T) {
	opens(t, "exec $GPUPICK --demo --clipboard off").shows("624 listed").types("\x1b[200~gh200").shows("8 of 624").
		types("\r").shows("enter copy").types("q").ends(0)
	opens(t, "exec $GPUPICK --demo --clipboard off").shows("624 listed").types("/\x1b[200~gh200").types("\x03").
		ends(130)
}

// A large paste is one paste, however many reads it takes.
func TestALargePaste(t *testing.T) {
	opens(t, "exec $GPUPICK --demo --clipboard off").shows("624 listed").
		types("\x1b[200~gh200 " + strings.Repeat(" ", 1<<20) + "\x1b[201~").shows("8 of 624").types("\x03").ends(130)
}

// Keys in the encodings of other terminals do what they say: enter of a keypad, ctrl+→, esc, G, ctrl+c.
func TestFaultKeysInOtherEncodings(t *testing.T) {
	c := opens(t, "exec $GPUPICK --demo --clipboard off").shows("624 listed").types("/gh200\x1bOc").shows("8 of 624").
		types("\x1bOM").shows("enter copy").types("\x1b[103;2u")
	c.types("/a\x1b[27uj").shows("8 of 624").types("\x1b[27;5;99~").ends(130)
	opens(t, "exec $GPUPICK --demo --clipboard off").shows("624 listed").types("\x1b[1089::99;5u").ends(130)
}

// Without a screen, a signal that asks for a core dump ends the program with 128 and its number, and prints no stack.
func TestFaultSignalsWithoutAScreen(t *testing.T) {
	busy, env := service(t, demoCatalog(t), 0)
	busy.Always(apitest.With(apitest.Status(503, `{"error":"too busy"}`), "Retry-After", "20"))
	for flags, shows := range map[string]string{"-o id": "attempt 2 of 4",
		"--demo --wait 'price<0'": "reloading every"} {
		c := opens(t, "exec $GPUPICK "+flags, env...).shows(shows)
		if err := c.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
			t.Fatal(err)
		}
		if c.ends(131); strings.Contains(c.screen(), "goroutine") {
			t.Errorf("%s: a stack is printed:\n%s", flags, c.screen())
		}
	}
}

func TestADebugLogThatNothingReads(t *testing.T) {
	c := opens(t, "mkfifo ~/pipe; $GPUPICK --demo -o id -n 1 --debug ~/pipe; echo status $?")
	c.shows("is a pipe that nothing reads").shows("status 2").ends(0)
}

// The tab key in a real bash: a second word in open quotes, and a sign that would be a redirection.
func TestTheTabKeyInBash(t *testing.T) {
	c := opens(t, "").types("ln -s $GPUPICK ~/gpupick; PATH=~:$PATH; source <(gpupick completion bash)\n")
	c.types(`gpupick --demo -f "h100 germ` + "\t").shows(`"h100 germany"`)
	c.types(` -o id mem` + "\t").shows(`id mem\>=`).types("6\t").shows(`mem\>=64gb`)
	c.types("\n").shows("fancy-gauss-h100x8-0739").types("exit\n").ends(0)
}

func TestATableFitsTheTerminal(t *testing.T) {
	c := opens(t, `$GPUPICK --demo -o table -n 3 h100`).ends(0)
	if screen := c.screen(); !strings.Contains(screen, "REGION") || strings.Contains(screen, "DISK") {
		t.Errorf("the table is not that of 100 columns:\n%s", screen)
	}
}

func TestADumbTerminalGetsTheTable(t *testing.T) {
	for _, term := range []string{"TERM=dumb", "TERM="} {
		s := opens(t, "exec $GPUPICK --demo gh200", term).ends(0)
		if strings.Contains(s.bytes(), "\x1b") || !strings.Contains(s.screen(), "GH200") ||
			!strings.Contains(s.screen(), "$/GPU·HR") {
			t.Errorf("%s: %q", term, s.bytes())
		}
	}
}

func TestFaultStoppedAndContinued(t *testing.T) {
	for _, renderer := range terminal.Renderers {
		s := opens(t, "")
		s.shows("ready>").types("$GPUPICK --demo --renderer " + renderer + "\r").shows("624 listed")
		s.types("\x1a").shows("Stopped")
		s.types("echo cooked $((40+2))\r").shows("cooked 42")
		s.resize(140, 40) // while the program is stopped
		s.types("fg\r").until("it is drawn again, at the new size", func() bool {
			lines := strings.Split(s.screen(), "\n")
			return strings.Count(s.bytes(), "\x1b[?1049h") == 2 && strings.Contains(s.screen(), "624 listed") &&
				strings.Contains(lines[len(lines)-1], "? help")
		})
		s.resize(90, 20) // while the program runs
		s.until("it is drawn at the new size", func() bool {
			lines := strings.Split(s.screen(), "\n")
			return len(lines) == 20 && strings.Contains(lines[len(lines)-1], "? help")
		})
		s.types("/gh200").shows("8 of 624").types("\x03").shows("ready>").types("exit\r")
	}

	// Stopped from outside, by a signal that can be caught and by one that cannot.
	for _, signal := range []syscall.Signal{syscall.SIGTSTP, syscall.SIGSTOP} {
		s := opens(t, "").shows("ready>").stops("$GPUPICK --demo", signal)
		drawn := strings.Count(s.bytes(), "\x1b[?1049h")
		s.resize(140, 40).types("fg\r").until("it is drawn again, at the new size", func() bool {
			lines := strings.Split(s.screen(), "\n")
			return strings.Count(s.bytes(), "\x1b[?1049h") == drawn+1 && strings.Contains(lines[len(lines)-1], "? help")
		})
		s.types("/gh200").shows("8 of 624").types("\x03").shows("ready>").types("exit\r")
	}

	// Ended while it is stopped.
	s := opens(t, "").shows("ready>").types("$GPUPICK --demo\r").shows("624 listed").types("\x1a").shows("Stopped")
	s.types("p=$(jobs -p); kill %1; while kill -0 $p 2>/dev/null; do :; done; wait $p; echo status $?\r").
		shows("status 143").types("exit\r")
	opens(t, "exec $GPUPICK --demo").shows("624 listed").types("\x1a").shows("Cannot suspend here").types("q").ends(0)
}

// stops runs a command line in the shell and stops it from outside with signal.
func (c *console) stops(run string, signal syscall.Signal) *console {
	c.t.Helper()
	c.types(run + " & echo pid $!,; fg %1\r").shows("624 listed")
	pid, err := strconv.Atoi(regexp.MustCompile(`pid ([0-9]+),`).FindStringSubmatch(c.bytes())[1])
	if err != nil {
		c.t.Fatal(err)
	}
	if err := syscall.Kill(pid, signal); err != nil {
		c.t.Fatal(err)
	}
	return c.shows("Stopped")
}

// In the background the program neither writes to the terminal nor changes its mode, so
// that a signal ends it at once and the shell can go on using the terminal.
func TestFaultInTheBackground(t *testing.T) {
	shell := func(t *testing.T) *console {
		s := opens(t, "").shows("ready>")
		t.Cleanup(func() {
			s.types("echo still $((40+2))\r").shows("still 42").types("exit\r").ends(0)
		})
		return s
	}
	// Until the forked shell has executed the program, the shell gets the signal and may lose it.
	const begun = "comm() { cat /proc/$1/comm 2>/dev/null || ps -o comm= -p $1; }\r"
	const ended = "p=$!; while [[ $(comm $p) = *bash ]]; do :; done; %s; wait $p; echo status $?\r"
	for _, renderer := range terminal.Renderers {
		run := "$GPUPICK --demo --renderer " + renderer
		for name, status := range map[string]int{"TERM": 143, "INT": 130, "HUP": 129} {
			want := fmt.Sprintf("status %d", status)
			t.Run(renderer+" started in the background, "+name, func(t *testing.T) {
				s := shell(t).types(begun).types(run + " &\r").shows("[1]").
					types(fmt.Sprintf(ended, "kill -"+name+" %1")).shows(want)
				if strings.Contains(s.bytes(), "\x1b[?1049h") {
					t.Error("it has written to the terminal")
				}
			})
			t.Run(renderer+" started in the background, "+name+" by an outside kill", func(t *testing.T) {
				shell(t).types(begun).types(run + " &\r").shows("[1]").
					types(fmt.Sprintf(ended, "env kill -"+name+" $p")).shows(want)
			})
			end := "bg\rp=$(jobs -p %+); kill -" + name + " $p; wait $p; echo status $?\r"
			t.Run(renderer+" sent to the background, "+name, func(t *testing.T) {
				shell(t).types(run + "\r").shows("624 listed").types("\x1a").shows("Stopped").types(end).shows(want)
			})
			t.Run(renderer+" stopped from outside and sent to the background, "+name, func(t *testing.T) {
				s := opens(t, "").shows("ready>") // without the checks of shell: SIGSTOP leaves the screen as it is
				s.stops(run, syscall.SIGSTOP).types(end).shows(want).types("exit\r")
			})
		}
		t.Run(renderer+" into the foreground", func(t *testing.T) {
			s := shell(t).types(run + " &\r").shows("[1]").types("fg\r").shows("624 listed").types("\x1a").
				shows("Stopped")
			s.types("bg\r").types("fg\r").shows("624 listed").types("/gh200").shows("8 of 624").types("\x03").
				until("the shell", func() bool {
					return strings.HasSuffix(strings.TrimSpace(s.screen()), "ready>")
				})
		})
	}
}

var color = regexp.MustCompile(`\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9;]*)?m`)

// Plain themes write no color, and a locale without UTF-8 gets only ASCII.
func TestPlainAndASCII(t *testing.T) {
	for _, c := range []struct {
		args  string
		env   []string
		plain bool
		ascii bool
	}{
		{"", nil, false, false},
		{"--theme plain", nil, true, false},
		{"", []string{"NO_COLOR=1"}, true, false},
		{"--theme dark", []string{"NO_COLOR=1"}, false, false}, // a named theme overrides NO_COLOR
		{"", []string{"LANG=C"}, false, true},
		{"", []string{"LC_ALL=C"}, false, true},
	} {
		s := opens(t, "exec $GPUPICK --demo --clipboard off "+c.args, c.env...).shows("624 listed").types("/h100").
			shows("gpu").types("\x03").ends(130)
		raw := s.bytes()
		if color.MatchString(raw) == c.plain {
			t.Errorf("%q %v: color %v", c.args, c.env, !c.plain)
		}
		if isASCII := strings.IndexFunc(raw, func(r rune) bool { return r > 0x7e }) < 0; isASCII != c.ascii {
			t.Errorf("%q %v: ASCII only: %v", c.args, c.env, isASCII)
		}
		if c.plain && !strings.Contains(raw, "\x1b[1;7m") {
			t.Errorf("%q %v: the cursor's row is not set off", c.args, c.env)
		}
	}
}
