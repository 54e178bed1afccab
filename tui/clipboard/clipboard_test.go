//go:build unix

package clipboard

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tools puts scripts on a PATH without the real tools of this machine. It returns the environment for
// them, and the directory in which they save their input.
func tools(t *testing.T, env []string, scripts map[string]string) (environ []string, left string) {
	t.Helper()
	bin, left := t.TempDir(), t.TempDir()
	for name, body := range scripts {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+body+"\n"),
			0o755); err != nil {
			t.Fatal(err)
		}
	}
	return append([]string{"PATH=" + bin, "LEFT=" + left, "RUNCRATE_API_KEY=rc_live_canary",
		"RUNCRATE_ACCESS_TOKEN=rc_live_canary"}, env...), left
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

const (
	works  = `cat > "$LEFT/$(basename "$0")"; echo "$@" > "$LEFT/$(basename "$0").args"; env > "$LEFT/env"`
	fails  = `exit 1`
	hangs  = `exec sleep 60`
	forks  = `cat > "$LEFT/$(basename "$0")"; (sleep 5 <&0) & exit 0`
	floods = `cat > "$LEFT/$(basename "$0")"; yes | head -c 1000000 >&2`
)

const id = "stoic-tharp-h100x2-4d7a"

var sequence52 = "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(id)) + "\x07"

func TestFaultClipboardRoutes(t *testing.T) {
	x11, wayland, ssh, tmux := "DISPLAY=:0", "WAYLAND_DISPLAY=wayland-0", "SSH_CONNECTION=1.2.3.4 5 6.7.8.9 22",
		"TMUX=/tmp/tmux,1,0"
	for _, c := range []struct {
		name     string
		mode     Mode
		env      []string
		scripts  map[string]string
		say      string
		tool     string // the tool that receives the id
		terminal string
		failed   bool
	}{
		{name: "a tool of the machine", env: []string{x11}, scripts: map[string]string{"xclip": works}, say: "copied",
			tool: "xclip"},
		{name: "Wayland first", env: []string{x11, wayland},
			scripts: map[string]string{"xclip": works, "wl-copy": works}, say: "copied", tool: "wl-copy"},
		{name: "a tool is missing: the next is tried", env: []string{x11, wayland},
			scripts: map[string]string{"xsel": works, "xclip": fails}, say: "copied", tool: "xsel"},
		{name: "a tool hangs: the next is tried", env: []string{x11},
			scripts: map[string]string{"xclip": hangs, "xsel": works},
			say:     "copied", tool: "xsel"},
		{name: "a tool that leaves a process in the background", env: []string{x11},
			scripts: map[string]string{"xclip": forks}, say: "copied", tool: "xclip"},
		{name: "a tool that floods its error output", env: []string{x11}, scripts: map[string]string{"xclip": floods},
			say: "copied", tool: "xclip"},
		{name: "in tmux, also its buffer", env: []string{x11, tmux},
			scripts: map[string]string{"xclip": works, "tmux": works}, say: "copied, also to the tmux buffer",
			tool: "tmux"},
		{name: "all tools fail", env: []string{x11}, scripts: map[string]string{"xclip": fails, "xsel": fails},
			say: "sent to the terminal's clipboard (unconfirmed)", terminal: sequence52},
		{name: "without a display", say: "sent to the terminal's clipboard (unconfirmed)", terminal: sequence52},
		{name: "over SSH with a display", env: []string{ssh, x11}, scripts: map[string]string{"xclip": works},
			say: "sent to the terminal's clipboard (unconfirmed)", terminal: sequence52},
		{name: "over SSH in tmux", env: []string{ssh, tmux}, scripts: map[string]string{"tmux": works},
			say: "in the tmux buffer (prefix ] pastes)", tool: "tmux"},
		{name: "tmux fails", env: []string{ssh, tmux}, scripts: map[string]string{"tmux": fails},
			say: "sent to the terminal's clipboard (unconfirmed)", terminal: "\x1bPtmux;\x1b" + sequence52 + "\x1b\\"},
		{name: "in screen", env: []string{ssh, "STY=1.pts", "TERM=screen"},
			say:      "sent to the terminal's clipboard (unconfirmed)",
			terminal: "\x1bP" + sequence52 + "\x1b\\"},
		{name: "native only", mode: Native, env: []string{ssh, x11}, scripts: map[string]string{"xclip": works},
			say: "copied", tool: "xclip"},
		{name: "native only, all tools fail", mode: Native, env: []string{x11},
			scripts: map[string]string{"xclip": fails}, say: "not copied: xclip failed, xsel is not installed",
			failed: true},
		{name: "native only, no tool", mode: Native, say: "not copied: no clipboard tool for this system",
			failed: true},
		{name: "OSC 52 only", mode: OSC52, env: []string{x11}, scripts: map[string]string{"xclip": works},
			say: "sent to the terminal's clipboard (unconfirmed)", terminal: sequence52},
		{name: "off", mode: Off, env: []string{x11}, scripts: map[string]string{"xclip": works},
			say: "the clipboard is off (--clipboard off)", failed: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.mode == "" {
				c.mode = Auto
			}
			environ, left := tools(t, c.env, c.scripts)
			budget := time.Minute // a slow machine must not look like a hanging tool
			if c.scripts["xclip"] == hangs {
				budget = 2 * time.Second
			}
			var terminal writes
			outcome := Clipboard{Mode: c.mode, GOOS: "linux", Environ: environ, Terminal: &terminal,
				Budget: budget}.Copy(context.Background(), id)
			if outcome.Say != c.say || outcome.Copied == c.failed {
				t.Errorf("%+v, want %q", outcome, c.say)
			}
			if c.tool != "" && read(t, left, c.tool) != id {
				t.Errorf("%s has %q", c.tool, read(t, left, c.tool))
			}
			if strings.Join(terminal, "|") != c.terminal {
				t.Errorf("the terminal got %q, want %q in one write", []string(terminal), c.terminal)
			}
			if strings.Contains(read(t, left, "env"), "canary") {
				t.Error("the tool was given the key")
			}
		})
	}
}

// writes is a terminal that records each write separately.
type writes []string

func (w *writes) Write(p []byte) (int, error) {
	*w = append(*w, string(p))
	return len(p), nil
}

func TestTmuxPassesTheCopyOn(t *testing.T) {
	environ, left := tools(t, []string{"SSH_TTY=/dev/pts/1", "TMUX=x"}, map[string]string{"tmux": works})
	Clipboard{Mode: Auto, GOOS: "linux", Environ: environ, Terminal: &bytes.Buffer{}}.Copy(context.Background(), id)
	if args := strings.TrimSpace(read(t, left, "tmux.args")); args != "load-buffer -w -" {
		t.Errorf("tmux was called with %q", args)
	}
}

func TestFaultAHangingTool(t *testing.T) {
	environ, left := tools(t, []string{"DISPLAY=:0"},
		map[string]string{"xclip": `echo $$ > "$LEFT/pid"; exec sleep 60`, "xsel": fails})
	began := time.Now()
	Clipboard{Mode: Native, GOOS: "linux", Environ: environ, Terminal: &bytes.Buffer{},
		Budget: 200 * time.Millisecond}.Copy(context.Background(), id)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it was waited for %v", took)
	}
	pid := strings.TrimSpace(read(t, left, "pid"))
	if state := read(t, "/proc", pid+"/stat"); pid == "" || state != "" && !strings.Contains(state, ") Z ") {
		t.Errorf("process %q is still there: %s", pid, state)
	}
}

func TestFaultATerminalThatTakesNoCopy(t *testing.T) {
	outcome := Clipboard{Mode: OSC52, GOOS: "linux", Terminal: brokenTerminal{}}.Copy(context.Background(), id)
	if outcome.Copied || outcome.Say != "not copied: the terminal accepts no output" {
		t.Errorf("%+v", outcome)
	}
}

type brokenTerminal struct{}

func (brokenTerminal) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestToolsOfOtherSystems(t *testing.T) {
	for goos, want := range map[string]string{"darwin": "pbcopy", "windows": "clip.exe"} {
		list := Clipboard{GOOS: goos}.tools()
		if len(list) != 1 || list[0][0] != want {
			t.Errorf("%s: %v", goos, list)
		}
	}
	if list := (Clipboard{GOOS: "linux", Environ: []string{"WSL_DISTRO_NAME=Debian", "DISPLAY=:0"}}).
		tools(); list[0][0] != "clip.exe" {
		t.Errorf("WSL: %v", list)
	}
}

// One budget is for the whole copy: four tools that hang take no longer than one.
func TestFaultToolsThatHang(t *testing.T) {
	const budget = 2 * time.Second
	environ, _ := tools(t, []string{"DISPLAY=:0", "WAYLAND_DISPLAY=wayland-0", "TMUX=/tmp/tmux,1,0"},
		map[string]string{"wl-copy": hangs, "xclip": hangs, "xsel": hangs, "tmux": hangs})
	var terminal writes
	began := time.Now()
	outcome := Clipboard{Mode: Auto, GOOS: "linux", Environ: environ, Terminal: &terminal, Budget: budget}.Copy(
		context.Background(), id)
	if took := time.Since(began); took > 2*budget { // a budget for each would be four times as long
		t.Errorf("it took %v", took)
	}
	if !outcome.Sent {
		t.Errorf("%+v", outcome)
	}
}

// The clipboard of Windows gets UTF-16 with a byte order mark, whatever the code page.
func TestClipExeGetsUTF16(t *testing.T) {
	environ, left := tools(t, []string{"WSL_DISTRO_NAME=Ubuntu"}, map[string]string{"clip.exe": works})
	var terminal writes
	outcome := Clipboard{Mode: Auto, GOOS: "linux", Environ: environ, Terminal: &terminal, Budget: time.Minute}.Copy(
		context.Background(), "é…𝄞")
	have, want := read(t, left, "clip.exe"), "\xff\xfe\xe9\x00&\x20\x34\xd8\x1e\xdd"
	if have != want || !outcome.Copied {
		t.Errorf("%q, want %q, %+v", have, want, outcome)
	}
}
