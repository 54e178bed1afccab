// Package clipboard copies text to the user's clipboard, and says which way the text went.
//
// On the user's own machine it runs a clipboard tool, and in tmux also fills the tmux buffer. Over SSH,
// or without a display, only the terminal can reach the user's clipboard: tmux passes the text on, or
// the package writes an OSC 52 sequence. Terminals do not confirm that sequence, and the notice says
// so. If a tool is missing, fails or hangs, the next way is tried.
package clipboard

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os/exec"
	"strings"
	"time"
	"unicode/utf16"

	"gpupick/tui/environ"

	"github.com/aymanbagabas/go-osc52/v2"
)

// Budget is the default of Clipboard.Budget, the time that a whole copy may take.
const Budget = 2 * time.Second

// Mode says which ways of copying are allowed.
type Mode string

// The modes of --clipboard.
const (
	Auto   Mode = "auto"
	Native Mode = "native"
	OSC52  Mode = "osc52"
	Off    Mode = "off"
)

// Modes lists the modes.
var Modes = []string{string(Auto), string(Native), string(OSC52), string(Off)}

// Clipboard is the configuration of Copy.
type Clipboard struct {
	Mode     Mode
	GOOS     string
	Environ  environ.Vars // of the process; tools get it without the RUNCRATE_ variables
	Terminal io.Writer    // the program's only output; OSC 52 is one write to it
	Budget   time.Duration
}

// Outcome is the result of a copy.
type Outcome struct {
	Copied bool
	Sent   bool   // it went to the terminal, which confirms nothing
	Say    string // for the notice, which adds the text itself
}

// tool is a program that takes text on its standard input.
type tool []string

// encoded returns text as the tool reads it: clip.exe takes bytes for the Windows code page, unless they are UTF-16
// with a byte order mark.
func (t tool) encoded(text string) []byte {
	if t[0] != "clip.exe" {
		return []byte(text)
	}
	var b []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

// Copy copies text. It takes no longer than the budget, however many tools do not answer, and ends when ctx is done.
func (c Clipboard) Copy(ctx context.Context, text string) Outcome {
	if c.Mode == Off {
		return Outcome{Say: "the clipboard is off (--clipboard off)"}
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(c.Budget, Budget))
	defer cancel()
	var failed []string
	if c.Mode == Native || c.Mode == Auto && !c.remote() {
		tools := c.tools()
		for i, t := range tools {
			others := len(tools) - i - 1
			if c.inTmux() {
				others++
			}
			err := c.run(ctx, t, text, others)
			if err != nil {
				failed = append(failed, t[0]+" "+err.Error())
				continue
			}
			if c.inTmux() && c.run(ctx, tool{"tmux", "load-buffer", "-"}, text, 0) == nil {
				return Outcome{Copied: true, Say: "copied, also to the tmux buffer"}
			}
			return Outcome{Copied: true, Say: "copied"}
		}
	}
	if c.Mode == Native {
		if len(failed) == 0 {
			failed = []string{"no clipboard tool for this system"}
		}
		return Outcome{Say: "not copied: " + strings.Join(failed, ", ")}
	}
	if c.Mode == Auto && c.inTmux() {
		if c.run(ctx, tool{"tmux", "load-buffer", "-w", "-"}, text, 0) == nil {
			return Outcome{Copied: true, Say: "in the tmux buffer (prefix ] pastes)"}
		}
		failed = append(failed, "tmux failed")
	}
	if _, err := io.WriteString(c.Terminal, c.sequence(text)); err != nil {
		return Outcome{Say: "not copied: " + strings.Join(append(failed, "the terminal accepts no output"), ", ")}
	}
	return Outcome{Copied: true, Sent: true, Say: "sent to the terminal's clipboard (unconfirmed)"}
}

// sequence is the OSC 52 sequence for text, wrapped so that tmux and screen
// pass it on.
func (c Clipboard) sequence(text string) string {
	s := osc52.New(text)
	switch {
	case c.inTmux():
		s = s.Tmux()
	case c.Environ.Getenv("STY") != "" || strings.HasPrefix(c.Environ.Getenv("TERM"), "screen"):
		s = s.Screen()
	}
	return s.String()
}

// remote reports whether the user sits at another machine, or this one has no clipboard.
func (c Clipboard) remote() bool {
	if c.Environ.Getenv("SSH_TTY") != "" || c.Environ.Getenv("SSH_CONNECTION") != "" {
		return true
	}
	return len(c.tools()) == 0
}

// tools returns the programs that may reach the clipboard of this machine.
func (c Clipboard) tools() []tool {
	switch {
	case c.GOOS == "darwin":
		return []tool{{"pbcopy"}}
	case c.GOOS == "windows", c.Environ.Getenv("WSL_DISTRO_NAME") != "":
		return []tool{{"clip.exe"}}
	}
	var list []tool
	if c.Environ.Getenv("WAYLAND_DISPLAY") != "" {
		list = append(list, tool{"wl-copy"})
	}
	if c.Environ.Getenv("DISPLAY") != "" {
		list = append(list, tool{"xclip", "-selection", "clipboard"}, tool{"xsel", "--clipboard", "--input"})
	}
	return list
}

func (c Clipboard) inTmux() bool { return c.Environ.Getenv("TMUX") != "" }

// withoutKeys returns the environment for a tool, without the API key: no tool needs it.
func (c Clipboard) withoutKeys() []string {
	var out []string
	for _, v := range c.Environ {
		if !strings.HasPrefix(v, "RUNCRATE_") {
			out = append(out, v)
		}
	}
	return out
}

// run passes text to a tool, and leaves their share of the time to the others that may be tried after it. The tool runs
// in its own session, so that a process it leaves behind to serve the clipboard outlives gpupick. Its output is
// discarded, so that nothing waits for that process.
func (c Clipboard) run(ctx context.Context, t tool, text string, others int) error {
	path, err := c.find(t[0])
	if err != nil {
		return errors.New("is not installed")
	}
	end, _ := ctx.Deadline()
	share := time.Until(end) / time.Duration(others+1)
	ctx, cancel := context.WithTimeout(ctx, share*9/10)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, t[1:]...)
	cmd.Stdin = bytes.NewReader(t.encoded(text))
	cmd.Env = c.withoutKeys()
	cmd.WaitDelay = share / 10
	detach(cmd)
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return errors.New("did not answer")
	case errors.Is(err, exec.ErrWaitDelay): // the tool has succeeded; its child keeps the input open
		return nil
	case err != nil:
		return errors.New("failed")
	}
	return nil
}
