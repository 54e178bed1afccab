//go:build linux

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gpupick/tui/crash"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

const (
	patience = time.Minute
	lull     = 40 * time.Millisecond // this long without output: the program has finished drawing
	jitter   = 20 * time.Millisecond // maximum random pause before a key, so that keys are not in step with a ticker
)

// console is a program in a terminal of its own.
type console struct {
	cmd     *exec.Cmd
	tty     *os.File
	began   time.Time
	arrived chan struct{} // receives a value when output arrives

	mu    sync.Mutex
	emu   *vt.Emulator
	bytes int
	last  time.Time // when the last byte arrived
}

func open(cmd *exec.Cmd, w, h int) (*console, error) {
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", "LANG=C.UTF-8")
	c := &console{cmd: cmd, emu: vt.NewEmulator(w, h), arrived: make(chan struct{}, 1), began: time.Now()}
	var err error
	if c.tty, err = pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		return nil, err
	}
	crash.Go(c.read, func(*crash.Crash) {})
	crash.Go(c.answer, func(*crash.Crash) {})
	return c, nil
}

func (c *console) read() {
	buf := make([]byte, 1<<16)
	for {
		n, err := c.tty.Read(buf)
		c.mu.Lock()
		_, _ = c.emu.Write(buf[:n])
		if n > 0 {
			c.bytes, c.last = c.bytes+n, time.Now()
		}
		c.mu.Unlock()
		select {
		case c.arrived <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// answer passes the terminal's answers on to the program that queries it.
func (c *console) answer() {
	buf := make([]byte, 1<<12)
	for {
		n, err := c.emu.Read(buf)
		if err != nil {
			return
		}
		_, _ = c.tty.Write(buf[:n])
	}
}

func (c *console) close() {
	_ = c.cmd.Process.Kill()
	_ = c.tty.Close()
	_ = c.cmd.Wait()
	_ = c.emu.Close()
}

// until returns how long after the start, in ms, a text was on the screen.
func (c *console) until(text string) (ms float64, err error) {
	give := time.After(patience)
	for {
		c.mu.Lock()
		screen, at := c.emu.String(), c.last
		c.mu.Unlock()
		if strings.Contains(screen, text) {
			return millis(at.Sub(c.began)), nil
		}
		select {
		case <-c.arrived:
		case <-give:
			return 0, fmt.Errorf("no %q within %v; the screen:\n%s", text, patience, screen)
		}
	}
}

// lull waits until nothing more is drawn.
func (c *console) lull() {
	for quiet := time.NewTimer(lull); ; {
		select {
		case <-c.arrived:
			quiet.Reset(lull)
		case <-quiet.C:
			return
		}
	}
}

// press presses a key. It returns the time until the last byte drawn, in ms, and the number of bytes.
func (c *console) press(key string) (ms float64, n int) {
	time.Sleep(rand.N(jitter))
	c.mu.Lock()
	before := c.bytes
	c.mu.Unlock()
	pressed := time.Now()
	_, _ = c.tty.WriteString(key)
	c.lull()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bytes == before {
		return 0, 0
	}
	return millis(c.last.Sub(pressed)), c.bytes - before
}

// idle returns how much of a processor the program uses while nothing happens, in percent.
func (c *console) idle(d time.Duration) (float64, error) {
	c.lull()
	time.Sleep(time.Second) // let work in the background finish
	before, err := c.used()
	if err != nil {
		return 0, err
	}
	time.Sleep(d)
	after, err := c.used()
	return 100 * float64(after-before) / float64(d), err
}

// used returns the processor time that the program has used, to the nanosecond: /proc/PID/stat counts in ticks of
// 10 ms, which is more than most programs use while they idle.
func (c *console) used() (used time.Duration, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", c.cmd.Process.Pid))
	if len(threads) == 0 {
		return 0, errors.New("the kernel does not count processor time in schedstat")
	}
	for _, thread := range threads {
		stat, _ := os.ReadFile(thread) // a thread may have ended
		running, _, _ := strings.Cut(string(stat), " ")
		n, _ := strconv.ParseInt(running, 10, 64)
		used += time.Duration(n)
	}
	return used, err
}

// memory returns the program's peak memory, in MB.
func (c *console) memory() (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kB, err := strconv.ParseFloat(f[1], 64)
			return kB / 1024, err
		}
	}
	return 0, nil
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// quantile returns the value below which the share q of the values lies; 0 if there are no values.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
