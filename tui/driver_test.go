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
	sequences = flag.Int("sequences", 2000, "how many random sequences TestPickedIDWasHighlighted plays")
	firstSeed = flag.Uint64("seed", 0, "the seed of the first of them; 0: of the time")
)

// changingService is a service whose list changes: offers are added and removed, and change their
// price, GPU count or region.
type changingService struct {
	rnd  *rand.Rand
	rows []api.InstanceType
	next int
}

func newFickle(rnd *rand.Rand) *changingService {
	k := &changingService{rnd: rnd}
	for range 3 + rnd.IntN(9) {
		k.add()
	}
	return k
}

func (k *changingService) add() {
	k.next++
	r := api.InstanceType{ID: fmt.Sprintf("id-%02d", k.next), GPUType: []string{"H100", "A100", "L4"}[k.rnd.IntN(3)],
		Region: []string{"us-east-1", "eu-west-1", "Oslo"}[k.rnd.IntN(3)], DeploymentType: "vm",
		GPUCount: api.Some(int64(1 + k.rnd.IntN(2))), CPUCores: api.Some(int64(8)),
		MemoryGB: api.Some(int64(64 * (1 + k.rnd.IntN(3)))), StorageGB: api.Some(int64(100)),
		HourlyRate: api.Some(float64(1+k.rnd.IntN(12)) / 2)}
	k.rows = slices.Insert(k.rows, k.rnd.IntN(len(k.rows)+1), r)
}

// change makes one random change to the list.
func (k *changingService) change() {
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

// answer returns the steps of the next load: one or two pages, and now and then a failure.
func (k *changingService) answer() []step {
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

// driver plays random keys, screen sizes and changes of the service's list.
type driver struct {
	*rig
	rnd     *rand.Rand
	service *changingService
	frame   *Model // a copy of the model as last drawn
	did     []string
	acts    int // bursts that picked or copied something
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

// draw draws the screen and copies the model as it is then. Now and then it checks that the chosen row is
// highlighted.
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

// twin returns an independent model in the state of m. It does not use the clipboard.
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

// burst returns random keys, by name and as messages.
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

// effects are the lasting results of a burst of keys.
type effects struct {
	copies []string
	meant  []string // ids that Enter began to pick
	leaves []string // offers that Enter accepted, with all their values
	marks  map[string]bool
	ticks  []string // filters that single keys and clicks have set
}

// effectsOn returns the effects of a burst on a model. ahead is called before each key, run with each command.
func effectsOn(m *Model, msgs []tea.Msg, sameFilter bool, ahead func(i int), run func(tea.Cmd)) effects {
	e, refused := effects{marks: map[string]bool{}}, false
	for i, msg := range msgs {
		ahead(i)
		errand, phase, copying, left := m.pick.number, m.pick.phase, m.copying, m.quitting
		meant, filter, typed := strings.Join(view.IDs(m.pick.meant), " "), m.line.Value(), typing(m)
		marks := m.marks.ids
		_, cmd := m.Update(msg)
		run(cmd)
		for id := range m.marks.ids {
			// an undo behind a refused key may meet another place, and goes back through what the user did
			e.marks[id] = e.marks[id] || !marks[id] && !(refused && isUndo(msg))
		}
		refused = refused || m.seen.refused
		if !copying && m.copying {
			if text := copiedBy(cmd); text != view.TheCommand { // the command is not an id
				e.copies = append(e.copies, text)
			}
		}
		if actsOnAValue(msg) && m.line.Value() != filter && !typed && !typing(m) && sameFilter && len(e.meant) == 0 {
			e.ticks = append(e.ticks, m.line.Value())
		}
		sameFilter = sameFilter && !m.seen.refused // the keys after a refused one meet another filter
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

func isUndo(msg tea.Msg) bool {
	k, isKey := msg.(tea.KeyMsg)
	return isKey && (k.String() == "u" || k.String() == "ctrl+r")
}

// actsOnAValue reports whether a message is a click or a key that ticks or filters by the
// chosen value.
func actsOnAValue(msg tea.Msg) bool {
	k, isKey := msg.(tea.KeyMsg)
	return !isKey || slices.Contains([]string{"enter", " ", "o", "@", "!"}, k.String())
}

const beingCopied = copying // the phase, for functions with a variable called copying

// copiedBy returns the text that a command copies, empty if it copies none.
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

// step plays one random event.
func (d *driver) step() {
	switch d.rnd.IntN(9) {
	case 0, 1, 2:
		d.pressBurst()
	case 3, 4, 5:
		if len(d.held) > 0 {
			d.did = append(d.did, "a message")
			d.runOne()
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

// pressBurst presses a burst of keys, perhaps with a message in between, and compares its
// effects with those it would have had on the screen as last drawn.
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
			d.runOne()
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

// The picked id is the one that was highlighted when the key was pressed: whatever happens
// between the screen and the key, a burst of keys does what it would have done on the screen
// as last drawn, or nothing.
func TestPickedIDWasHighlighted(t *testing.T) {
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

// highlighted returns the id of the row that is highlighted on an emulated terminal; empty
// if none is.
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
