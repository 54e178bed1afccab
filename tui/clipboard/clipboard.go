// Package clipboard brings text to where the user can paste it, and says which
// way it went.
//
// On the machine that the user sits at, a tool of that machine is asked, and in
// tmux its buffer as well. Over SSH, or without a display, the terminal is the
// only thing that knows the user's clipboard: tmux is asked to pass the text
// on, or an OSC 52 sequence is written. Nobody confirms an OSC 52 sequence, and
// the notice says so. A tool that is missing, fails or hangs means the next way.
package clipboard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"gpupick/tui/environ"

	"github.com/aymanbagabas/go-osc52/v2"
)

// Budget is how long one tool may take, if Clipboard does not say.
const Budget = 2 * time.Second

// Mode is which ways may be taken.
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

// Clipboard is what Copy needs to know and to reach.
type Clipboard struct {
	Mode     Mode
	GOOS     string
	Environ  environ.Vars // of the process; the tools get it without the keys
	Terminal io.Writer    // the program's only output; OSC 52 is one write to it
	Budget   time.Duration
}

// Outcome is what became of a copy.
type Outcome struct {
	Copied bool
	Say    string // for the notice; the text itself follows it
}

// tool is a program that takes text on its standard input.
type tool []string

// Copy copies text. It returns within the budget for each tool that is tried, or
// when ctx is done.
func (c Clipboard) Copy(ctx context.Context, text string) Outcome {
	if c.Mode == Off {
		return Outcome{Say: "the clipboard is off (--clipboard off)"}
	}
	var failed []string
	if c.Mode == Native || c.Mode == Auto && !c.remote() {
		for _, t := range c.tools() {
			err := c.run(ctx, t, text)
			if err != nil {
				failed = append(failed, t[0]+" "+err.Error())
				continue
			}
			if c.inTmux() && c.run(ctx, tool{"tmux", "load-buffer", "-"}, text) == nil {
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
		if c.run(ctx, tool{"tmux", "load-buffer", "-w", "-"}, text) == nil {
			return Outcome{Copied: true, Say: "in the tmux buffer, prefix ] pastes"}
		}
		failed = append(failed, "tmux failed")
	}
	if _, err := io.WriteString(c.Terminal, c.sequence(text)); err != nil {
		return Outcome{Say: "not copied: " + strings.Join(append(failed, "the terminal took no output"), ", ")}
	}
	return Outcome{Copied: true, Say: "sent to terminal"}
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

// remote reports whether this machine is not the one that the user sits at, or
// has no clipboard of its own.
func (c Clipboard) remote() bool {
	if c.Environ.Getenv("SSH_TTY") != "" || c.Environ.Getenv("SSH_CONNECTION") != "" {
		return true
	}
	return len(c.tools()) == 0
}

// tools are the programs that may know the clipboard of this machine.
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

// secretless is the environment for a tool: a clipboard needs no key.
func (c Clipboard) secretless() []string {
	var out []string
	for _, v := range c.Environ {
		if !strings.HasPrefix(v, "RUNCRATE_") {
			out = append(out, v)
		}
	}
	return out
}

// run gives text to a tool. The tool stands in a session of its own, so that
// what it leaves behind to serve the clipboard outlives us; its outputs go
// nowhere, so that what it leaves behind keeps nobody waiting.
func (c Clipboard) run(ctx context.Context, t tool, text string) error {
	path, err := c.find(t[0])
	if err != nil {
		return errors.New("is not installed")
	}
	budget := cmp.Or(c.Budget, Budget)
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, t[1:]...)
	cmd.Stdin = strings.NewReader(text)
	cmd.Env = c.secretless()
	cmd.WaitDelay = budget / 10
	detach(cmd)
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("did not answer within %v", budget)
	case errors.Is(err, exec.ErrWaitDelay): // it has ended well; a child of it still has its input open
		return nil
	case err != nil:
		return errors.New("failed")
	}
	return nil
}
