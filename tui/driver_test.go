package tui

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/vt"

	"gpupick/api"
	"gpupick/tui/clipboard"
	"gpupick/tui/view"
)

var (
	sequences = flag.Int("sequences", 2000, "how many random sequences TestTheIDThatLeaves plays")
	firstSeed = flag.Uint64("seed", 0, "the seed of the first of them; 0: of the time")
)

// fickle is a service whose list changes: offers leave, come, change their price,
// their size, their region.
type fickle struct {
	rnd  *rand.Rand
	rows []api.InstanceType
	next int
}

func newFickle(rnd *rand.Rand) *fickle {
	k := &fickle{rnd: rnd}
	for range 3 + rnd.IntN(9) {
		k.add()
	}
	return k
}

func (k *fickle) add() {
	k.next++
	r := api.InstanceType{ID: fmt.Sprintf("id-%02d", k.next), GPUType: []string{"H100", "A100", "L4"}[k.rnd.IntN(3)],
		Region: []string{"us-east-1", "eu-west-1", "Oslo"}[k.rnd.IntN(3)], DeploymentType: "vm",
		GPUCount: api.Some(int64(1 + k.rnd.IntN(2))), CPUCores: api.Some(int64(8)),
		MemoryGB: api.Some(int64(64 * (1 + k.rnd.IntN(3)))), StorageGB: api.Some(int64(100)),
		HourlyRate: api.Some(float64(1+k.rnd.IntN(12)) / 2)}
	k.rows = slices.Insert(k.rows, k.rnd.IntN(len(k.rows)+1), r)
}

// change changes one thing.
func (k *fickle) change() {
	if len(k.rows) < 2 {
		k.add()
		return
	}
	i := k.rnd.IntN(len(k.rows))
	k.rows = slices.Clone(k.rows)
	switch r := &k.rows[i]; k.rnd.IntN(7) {
	case 0, 1:
		k.rows = slices.Delete(k.rows, i, i+1)
	case 2:
		r.HourlyRate.Value *= 2
	case 3:
		r.HourlyRate.Value /= 2
	case 4:
		r.GPUCount = api.Some(1 + r.GPUCount.Value%2)
	case 5:
		r.Region = "Paris"
	case 6:
		k.add()
	}
}

// answer is what the service says: in pages, in no order, and now and then not at all.
func (k *fickle) answer() []step {
	if k.rnd.IntN(12) == 0 {
		return []step{failing(errDown)}
	}
	rows := slices.Clone(k.rows)
	if n := len(rows); n > 2 && k.rnd.IntN(2) == 0 {
		cut := 1 + k.rnd.IntN(n-1)
		return []step{part(rows[:cut], "c2"), whole(rows[cut:])}
	}
	return []step{whole(rows)}
}

// driver plays a changing service, keys and sizes at random.
type driver struct {
	*rig
	rnd     *rand.Rand
	service *fickle
	frame   *Model // as it was when it was last drawn
	did     []string
	acts    int // bursts in which something was picked, copied, marked or filtered
}

var driverKeys = []string{"enter", "enter", "enter", "y", "Y", "space", "v", "j", "j", "k", "G", "g", "1", "2", "3",
	"tab", "x", "P", "c", "p", "esc", "esc", "backspace", "t", "M", "u", "X", "s", "n",
	"@", "!", "o", "type:/h100 ", "type:/price<3 ", "click", "click", "r", "R", "down", "up", "left", "right", "pgdown",
	"alt+enter", "alt+j", "?", "C", ":"}

func newDriver(t *testing.T, seed uint64) *driver {
	rnd := rand.New(rand.NewPCG(seed, 14))
	d := &driver{rnd: rnd, service: newFickle(rnd)}
	d.rig = prepared(t, func(o *Options) {
		o.Check, o.Multi, o.Captured = rnd.IntN(4) > 0, rnd.IntN(2) == 0, rnd.IntN(2) == 0
		o.Mouse = rnd.IntN(3) == 0
		if rnd.IntN(3) == 0 {
			o.Refresh = time.Minute
		}
		o.Filter = []string{"", "", "h100", "price<3"}[rnd.IntN(4)]
	}, d.service.answer()...)
	d.hold = true
	w, h := d.size()
	d.sendAtOnce(tea.WindowSizeMsg{Width: w, Height: h})
	d.run(d.m.Init())
	d.draw()
	return d
}

func (d *driver) size() (w, h int) { return 76 + d.rnd.IntN(60), 10 + d.rnd.IntN(25) }

// draw is the screen, which the user looks at. What it highlights is what is chosen.
func (d *driver) draw() {
	view := d.m.View()
	d.frame = twin(d.m)
	if d.m.focus == onTable && d.m.stateLines() == nil && d.rnd.IntN(50) == 0 {
		want := ""
		if row := d.m.current(); !row.None() {
			want = row.ID()
		}
		if have := highlighted(view, d.m.width, d.m.height); have != want {
			d.t.Fatalf("%q is highlighted, %q is chosen:\n%s", have, want, view)
		}
	}
}

// twin is a model of its own that is as m is now. What it copies goes nowhere.
func twin(m *Model) *Model {
	c := *m
	c.seen, c.copying = seen{}, false // a copy that is under way may end before the key
	c.load.cancel, c.pick.cancel = func() {}, func() {}
	c.opt.Copy = func(string) clipboard.Outcome { return clipboard.Outcome{Copied: true} }
	for _, line := range []struct{ of, from *textinput.Model }{{&c.line, &m.line},
		{&c.facets.finder, &m.facets.finder}} {
		*line.of = view.NewEditor()
		line.of.SetValue(line.from.Value())
		line.of.SetCursor(line.from.Position())
		if line.from.Focused() {
			line.of.Focus()
		}
	}
	c.pick.picks = map[string]Pick{}
	for id, p := range m.pick.picks {
		c.pick.picks[id] = p
	}
	return &c
}

// messages are the keys of a burst.
func (d *driver) burst() (names []string, msgs []tea.Msg) {
	for range 1 + d.rnd.IntN(4)*d.rnd.IntN(2) {
		name := driverKeys[d.rnd.IntN(len(driverKeys))]
		names = append(names, name)
		press := func(msg tea.Msg) { msgs = append(msgs, msg) }
		if name == "click" {
			x, y := d.rnd.IntN(d.m.width), d.rnd.IntN(d.m.height)
			names[len(names)-1] = fmt.Sprintf("click %d,%d", x, y)
			press(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
			continue
		}
		if key, alt := strings.CutPrefix(name, "alt+"); alt {
			(&rig{}).pressed(func(msg tea.Msg) {
				k := msg.(tea.KeyMsg)
				k.Alt = true
				press(k)
			}, []string{key})
			continue
		}
		(&rig{}).pressed(press, []string{name})
	}
	return names, msgs
}

// effects are what a burst has done that the user would have to live with.
type effects struct {
	copies []string
	meant  []string // what Enter has begun to pick
	leaves []string // what Enter has agreed to, with all that is said of it
	marks  map[string]bool
	ticks  []string // the filters that single keys and clicks have made
}

// effectsOn are the effects of a burst on a model; ahead is called before each of its keys.
func effectsOn(m *Model, msgs []tea.Msg, sameFilter bool, ahead func(i int), run func(tea.Cmd)) effects {
	e := effects{marks: map[string]bool{}}
	for i, msg := range msgs {
		ahead(i)
		errand, phase, copying, left := m.pick.number, m.pick.phase, m.copying, m.quitting
		meant, filter, typed := strings.Join(view.IDs(m.pick.meant), " "), m.line.Value(), typing(m)
		marks := m.marks.ids
		_, cmd := m.Update(msg)
		run(cmd)
		for id := range m.marks.ids {
			e.marks[id] = e.marks[id] || !marks[id]
		}
		if !copying && m.copying {
			if text := copiedBy(cmd); text != view.TheCommand { // which is no id
				e.copies = append(e.copies, text)
			}
		}
		if actsOnAValue(msg) && m.line.Value() != filter && !typed && !typing(m) && sameFilter && len(e.meant) == 0 {
			e.ticks = append(e.ticks, m.line.Value())
		}
		sameFilter = sameFilter && !m.seen.refused // what follows is about another filter
		if now := strings.Join(view.IDs(m.pick.meant), " "); m.pick.phase != idle && m.pick.phase != offering &&
			(phase == idle || m.pick.number != errand || now != meant) {
			e.meant = append(e.meant, now)
		}
		if phase != m.pick.phase && (m.pick.phase == beingCopied || m.pick.phase == queued) ||
			!left && len(m.outcome.Picked) > 0 {
			for _, r := range m.pick.now {
				e.leaves = append(e.leaves, fmt.Sprint(r.InstanceType()))
			}
		}
	}
	return e
}

// actsOnAValue reports whether a message is a click or a key that ticks or filters by what
// is chosen.
func actsOnAValue(msg tea.Msg) bool {
	k, isKey := msg.(tea.KeyMsg)
	return !isKey || slices.Contains([]string{"enter", " ", "o", "@", "!"}, k.String())
}

const beingCopied = copying // the phase, where copying is a flag, too

// copiedBy is the text that a command copies.
func copiedBy(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	switch msg := cmd().(type) {
	case copiedMsg:
		return strings.Join(msg.ids, " ") + msg.what
	case tea.BatchMsg:
		for _, c := range msg {
			if text := copiedBy(c); text != "" {
				return text
			}
		}
	}
	return ""
}

// step is one thing that happens.
func (d *driver) step() {
	switch d.rnd.IntN(9) {
	case 0, 1, 2:
		d.pressBurst()
	case 3, 4, 5:
		if len(d.held) > 0 {
			d.did = append(d.did, "a message")
			d.one()
		}
	case 6:
		for range 1 + d.rnd.IntN(3) {
			d.service.change()
		}
		d.source.steps = d.service.answer()
		if d.m.load.phase != loading {
			d.did = append(d.did, "the list is loaded again")
			d.sendAtOnce(refreshDueMsg{number: d.m.refresh.number})
			d.run(d.m.reload())
		}
	case 7:
		w, h := d.size()
		d.did = append(d.did, fmt.Sprintf("%d×%d", w, h))
		d.sendAtOnce(tea.WindowSizeMsg{Width: w, Height: h})
	case 8:
		d.did = append(d.did, "a notice has gone")
		d.sendAtOnce(noticeExpiredMsg{number: d.m.notice.number})
	}
	if d.rnd.IntN(3) > 0 {
		d.now = d.now.Add(time.Duration(d.rnd.IntN(500)) * time.Millisecond)
	}
	if d.rnd.IntN(4) > 0 && !d.m.quitting {
		d.did = append(d.did, "drawn")
		d.draw()
	}
}

// pressBurst presses a burst of keys, into which a message may come, and compares what
// it does with what it would have done on the screen as it was last drawn.
func (d *driver) pressBurst() {
	names, msgs := d.burst()
	d.did = append(d.did, strings.Join(names, " "))
	frozen := d.frame
	sameFilter := frozen.line.Value() == d.m.line.Value()
	want := effectsOn(frozen, msgs, true, func(int) { frozen.copying = false }, func(tea.Cmd) {})
	between := -1
	if d.rnd.IntN(3) == 0 {
		between = d.rnd.IntN(len(msgs))
	}
	have := effectsOn(d.m, msgs, sameFilter && !d.m.seen.refused, func(i int) {
		if i == between {
			d.did = append(d.did, fmt.Sprintf("a message before the key %d", i+1))
			d.one()
		}
	}, d.run)
	if *firstSeed > 0 {
		d.t.Logf("%v\n  %+v\n  %+v", names, have, want)
	}
	d.compare(have, want)
	if len(have.copies)+len(have.meant)+len(have.leaves) > 0 {
		d.acts++
	}
}

func (d *driver) compare(have, want effects) {
	d.t.Helper()
	all := []effects{have, want}
	subset := func(what string, have, want []string) {
		for _, h := range have {
			if !slices.Contains(want, h) {
				d.t.Fatalf("%s %q; on the screen that was there it would have been %q (%+v, %+v)", what, have, want,
					all[0], all[1])
			}
		}
	}
	subset("copied", have.copies, want.copies)
	subset("meant", have.meant, want.meant)
	subset("leaves", have.leaves, want.leaves)
	subset("filtered by", have.ticks, want.ticks)
	for id, marked := range have.marks {
		if marked && !want.marks[id] {
			d.t.Fatalf("marked %s; on the screen that was there it would have been %v (%+v, %+v)", id, want.marks, have,
				want)
		}
	}
}

// The id that leaves is the id that was highlighted when the key was pressed: whatever
// comes between the screen and the key, a burst of keys does what it would have done on
// the screen as it was last drawn, or nothing.
func TestTheIDThatLeaves(t *testing.T) {
	began := *firstSeed
	if began == 0 {
		began = uint64(time.Now().UnixNano())
	}
	many := *sequences
	if testing.Short() {
		many = min(many, 200)
	}
	var acts, picked atomic.Int64
	t.Run("sequences", func(t *testing.T) {
		for share := range runtime.GOMAXPROCS(0) {
			t.Run(fmt.Sprint(share), func(t *testing.T) {
				t.Parallel()
				for i := share; i < many; i += runtime.GOMAXPROCS(0) {
					d := playSequence(t, began+uint64(i))
					acts.Add(int64(d.acts))
					picked.Add(int64(len(d.m.Outcome().Picked)))
				}
			})
		}
	})
	t.Logf("seeds from %d: %d sequences, %d bursts that acted, %d picks", began, many, acts.Load(), picked.Load())
	if !t.Failed() && (acts.Load() < int64(many/10) || picked.Load() < int64(many/20)) {
		t.Error("hardly anything acts")
	}
}

func playSequence(t *testing.T, seed uint64) *driver {
	d := newDriver(t, seed)
	defer func() {
		if t.Failed() {
			t.Logf("seed %d: %s", seed, strings.Join(d.did, " · "))
		}
	}()
	for n := 0; n < 40 && !d.m.quitting; n++ {
		d.step()
	}
	return d
}

var anID = regexp.MustCompile(`id-[0-9]+`)

// highlighted is the id of the row that a screen highlights, read from an emulated
// terminal; empty if there is none.
func highlighted(screen string, w, h int) string {
	emu := vt.NewEmulator(w, h)
	_, _ = emu.WriteString(strings.ReplaceAll(screen, "\n", "\r\n"))
	for _, line := range strings.Split(emu.String(), "\n") {
		if _, at, found := strings.Cut(line, view.CursorMark); found {
			return anID.FindString(at)
		}
	}
	return ""
}
