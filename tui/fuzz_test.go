package tui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/clipboard"
	"gpupick/tui/terminal"
)

// fuzzedKeys are the keys without a character, which low bytes press; printable bytes press
// themselves.
var fuzzedKeys = []tea.KeyType{tea.KeyEnter, tea.KeyEsc, tea.KeyTab, tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight,
	tea.KeyPgUp, tea.KeyPgDown, tea.KeyHome, tea.KeyEnd,
	tea.KeyBackspace, tea.KeyDelete, tea.KeyCtrlA, tea.KeyCtrlE, tea.KeyCtrlU, tea.KeyCtrlK, tea.KeyCtrlW, tea.KeyCtrlB,
	tea.KeyCtrlF, tea.KeyCtrlD, tea.KeyCtrlN, tea.KeyCtrlP,
	tea.KeyCtrlZ, tea.KeyShiftLeft, tea.KeyShiftRight, tea.KeyShiftTab}

// oddities returns rows that a hostile service might send; every text is cleaned as the
// decoder does.
func oddities(text string) []api.InstanceType {
	clean := api.CleanText(text)
	return []api.InstanceType{
		{ID: "plain-1", GPUType: "H100 SXM", GPUCount: api.Some(int64(8)), Region: "eu-west-1",
			HourlyRate: api.Some(16.8), MemoryGB: api.Some(int64(1800))},
		{ID: "plain-2", GPUType: clean, GPUCount: api.Some(int64(0)), Region: clean, DeploymentType: clean,
			HourlyRate: api.Some(1e15)},
		{ID: clean, GPUType: api.CleanText("東京🧑‍🚀"), Region: ", US", HourlyRate: api.Some(0.00005)},
		{ID: "plain-3"},
		{ID: "plain-1", GPUType: "A100", HourlyRate: api.Some(2.5)},
	}
}

// fuzzed is a model that a fuzzer drives: each byte is an event, and the resulting commands
// are answered at once, late, twice or never.
type fuzzed struct {
	*rig
	hostile string
	hasHeld bool // a command was held back: its effect comes later
	waits   chan api.Wait
}

// act plays the event of byte b; rest are the bytes after it.
func (f *fuzzed) act(b byte, rest []byte) {
	m := f.m
	switch {
	case b >= ' ' && b < 0x7f:
		k := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{rune(b)}}
		if b == ' ' {
			k.Type = tea.KeySpace
		}
		f.send(k)
	case int(b) < len(fuzzedKeys):
		f.send(tea.KeyMsg{Type: fuzzedKeys[b]})
	case b == 0x7f && len(rest) > 1:
		f.send(tea.WindowSizeMsg{Width: int(rest[0]), Height: int(rest[1]) / 2})
	case b < 0x88:
		f.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(string(rest)), Paste: b < 0x84, Alt: b == 0x87})
	case b < 0xa0:
		f.source.steps = []step{{
			page: api.Page{Rows: api.RowsOf(oddities(string(rest))...), Dropped: int(b & 1), HasMore: b&2 > 0,
				Cursor: strings.Repeat("c", int(b&4)), Warning: api.CleanText(string(rest))}}}
		if b&8 > 0 {
			f.source.steps = []step{failing(
				&api.StatusError{Status: int(b) * 4, Message: api.CleanText(string(rest)),
					RequestID: api.CleanText(string(rest))})}
		}
	case b < 0xa8:
		f.send(pageLoadedMsg{load: m.load.number - int(b&1),
			step: stepOf(m.load.walk, api.Page{Rows: api.RowsOf(oddities(f.hostile)[:b&3]...), HasMore: b&4 > 0,
				Cursor: "next"})})
	case b < 0xb0:
		f.send(waitBeganMsg{load: m.load.number, waits: f.waits, page: m.load.walk.Pages() + int(b&1),
			wait: api.Wait{Attempt: int(b & 3), Until: f.now.Add(time.Duration(b) * time.Second),
				Why: errors.New(string(rest))}})
	case b < 0xb4:
		f.send(loadFailedMsg{load: m.load.number,
			err: &api.LaterError{Until: f.now.Add(time.Hour), Asked: f.now, Answer: &api.StatusError{Status: 429}}})
	case b < 0xb8:
		f.send(lastFoundMsg{load: m.load.number,
			list: api.List{Remark: api.CleanText(string(rest)), At: f.now.Add(-time.Hour)}, catalog: m.list.catalog})
	case b < 0xbc:
		f.send(copiedMsg{ids: []string{"plain-1"}, outcome: clipboard.Outcome{Say: "not all copied failed"}})
	case b < 0xc0:
		f.send(tea.MouseMsg{X: int(b) * len(rest) % 200, Y: len(rest) % 60, Button: tea.MouseButton(b & 7),
			Action: tea.MouseActionPress})
	case b < 0xc4:
		f.now = f.now.Add(time.Duration(len(rest)) * time.Second)
	case b < 0xc8:
		f.send(refreshDueMsg{number: m.refresh.number})
	case b < 0xcc:
		f.send(keptMsg{err: errors.New(string(rest))})
	case b < 0xd0:
		f.send(savedMsg{})
	case b < 0xd4:
		f.send(noticeExpiredMsg{number: m.notice.number})
	case b < 0xd8:
		f.send(terminal.StopAskedMsg{})
	case b < 0xda:
		f.hold, f.hasHeld = !f.hold, true
	case b < 0xdb:
		f.send(checkExpiredMsg{number: m.pick.number})
	case b < 0xde:
		v := verdict{now: map[string]api.InstanceType{}}
		for _, r := range oddities(string(rest))[:b&3] {
			r.HourlyRate = api.Some(float64(len(rest)))
			v.now[r.ID] = r
		}
		if b&1 > 0 {
			v.list = &api.List{Rows: api.RowsOf(oddities(f.hostile)[1:]...)}
		}
		f.send(checkedMsg{number: m.pick.number, verdict: v})
	default:
		if len(f.held) > 0 {
			f.runOne()
		}
	}
}

// FuzzModel plays keys and messages in any order. There is no panic; the screen has exactly
// the terminal's lines, none too wide, with only text and colors; and every copied id was
// listed and is safe.
func FuzzModel(f *testing.F) {
	f.Add([]byte("/8xh100 eu\x00jj y\x00"), "a\x1b[31mb\u202e")
	f.Add([]byte("p\x02\x02jC l>w\x01R1 a\x01X\x7f\x50\x30s\x01?"), "東京")
	f.Add([]byte("\x88abc\x00r\xa0\xa9\xb0\xb4\xb8\xbc\xc0r\xc4\xc8\xcc\xd0\xd4\xd8r\xdc\xdcq"),
		strings.Repeat("x", 300))
	f.Add([]byte(" j vjjvc\x06n12\x00b5\x00\x01x\x02l\x00uP\x04\x00Yr\x02\x00:y\x00\xda\x00\xdc\xdd\x00\x00"), "x")
	f.Add([]byte("\x7f\x14\x08\x80\x1b]0;x\x07\x83/\x85"), hostile)
	f.Fuzz(func(t *testing.T, in []byte, text string) {
		if len(in) > 200 || len(text) > 2000 {
			return
		}
		listed := map[string]bool{"plain-1": true, "plain-2": true, "plain-3": true}
		r := prepared(t, func(o *Options) {
			o.Multi = len(in)%2 == 0
			o.Check = len(in)%5 > 0
			o.Alert = func(string) {}
			o.ASCII = len(in)%3 == 0
			o.SaveColumns = func([]string) (string, error) { return "config.yaml", nil }
			o.Demo = o.Open
		}, whole(oddities(text)))
		waits := make(chan api.Wait)
		close(waits)
		fz := &fuzzed{rig: r, hostile: text, waits: waits}
		r.start(80, 24)
		strict := func(id string) {
			// The fuzzed text is a valid id, too, if it happens to be safe.
			if id != "" && (api.CheckID(id) != nil || !listed[id] && !strings.Contains(text+string(in), id)) {
				t.Fatalf("%q was copied", id)
			}
		}
		for i, b := range in {
			copies, from := len(r.copied), focusName(r.m)
			fz.act(b, in[i+1:])
			for _, copied := range r.copied[copies:] {
				// these views copy other texts, and a held copy comes later
				if from != "copyas" && from != "command" && !fz.hasHeld {
					for id := range strings.SplitSeq(copied, "\n") {
						strict(id)
					}
				}
				if strings.HasSuffix(copied, "\n") || strings.ContainsAny(copied, "\x1b\a") {
					t.Fatalf("%q was copied", copied)
				}
			}
			if r.quit || r.m.quitting {
				break
			}
			checkFrame(t, r.m.View(), r.m.width, r.m.height)
		}
		for _, p := range r.m.Outcome().Picked {
			strict(p.ID())
		}
	})
}
