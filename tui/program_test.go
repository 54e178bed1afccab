package tui

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/teatest"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/keymap"
	"gpupick/tui/clipboard"
	"gpupick/tui/feed"
)

const testKey = "rc_live_program"

var fiveJSON = []byte(`{"data":[
{"id":"cheap-l4","gpu_type":"L4","gpu_count":1,"cpu_cores":8,"memory_gb":32,
 "storage_gb":100,"region":"us-east-1","deployment_type":"vm","hourly_rate":0.5},
{"id":"mid-a100","gpu_type":"A100","gpu_count":1,"cpu_cores":16,"memory_gb":128,
 "storage_gb":500,"region":"eu-west-1","deployment_type":"vm","hourly_rate":1.5},
{"id":"one-h100","gpu_type":"H100","gpu_count":1,"cpu_cores":24,"memory_gb":256,
 "storage_gb":500,"region":"us-east-1","deployment_type":null,"hourly_rate":2},
{"id":"two-h100","gpu_type":"H100","gpu_count":2,"cpu_cores":48,"memory_gb":512.0,
 "storage_gb":1000,"region":"eu-west-1","hourly_rate":4},
{"id":"big-h200","gpu_type":"H200","gpu_count":4,"cpu_cores":96,"memory_gb":1024,
 "storage_gb":4000,"region":"ap-northeast-1","deployment_type":"bare-metal","hourly_rate":12}]}`)

// program is the whole program except the terminal and the clipboard: the model under
// Bubble Tea, the ordinary client and a server on a loopback port.
type program struct {
	t      *testing.T
	tm     *teatest.TestModel
	clock  atomic.Int64 // time since noon; moved on by settleTime before each key
	server *apitest.Server
	seen   bytes.Buffer
	copied chan string
}

func start(t *testing.T, catalog []byte, pageSize int, faults ...http.Handler) *program {
	t.Helper()
	return startWith(t, func(*Options) {}, catalog, pageSize, faults...)
}

// startWith starts a program with changed options.
func startWith(t *testing.T, change func(*Options), catalog []byte, pageSize int, faults ...http.Handler) *program {
	t.Helper()
	server, err := apitest.New(catalog, testKey, pageSize)
	if err != nil {
		t.Fatal(err)
	}
	server.Then(faults...)
	origin, stop, err := apitest.Listen(server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	base, err := api.ParseBase(origin)
	if err != nil {
		t.Fatal(err)
	}
	client := api.NewClient(api.Config{Base: base,
		Credentials: api.NewCredentials(testKey, "the key from RUNCRATE_API_KEY")},
		api.Options{Pause: time.Millisecond})
	p := &program{t: t, server: server, copied: make(chan string, 10)}
	opt := Options{
		Open:       func() (feed.Source, error) { return client, nil },
		Keys:       keymap.Default(),
		Styles:     themed(t, "plain"),
		CanSuspend: func() bool { return false },
		Now:        func() time.Time { return noon.Add(time.Duration(p.clock.Load())) },
		Tick:       func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil },
		Copy: func(text string) clipboard.Outcome {
			p.copied <- text
			return clipboard.Outcome{Copied: true, Say: "copied"}
		},
	}
	change(&opt)
	p.tm = teatest.NewTestModel(t, New(opt), teatest.WithInitialTermSize(120, 24))
	return p
}

// shows waits until the program has drawn text.
func (p *program) shows(text string) *program {
	p.t.Helper()
	teatest.WaitFor(p.t, io.TeeReader(p.tm.Output(), &p.seen),
		func(all []byte) bool { return bytes.Contains(all, []byte(text)) },
		teatest.WithDuration(10*time.Second), teatest.WithCheckInterval(5*time.Millisecond))
	return p
}

func (p *program) types(text string) *program {
	for _, r := range text {
		p.clock.Add(int64(settleTime))
		p.tm.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	return p
}

func (p *program) press(k tea.KeyType) *program {
	msg := tea.KeyMsg{Type: k}
	if k == tea.KeySpace {
		msg.Runes = []rune{' '}
	}
	p.clock.Add(int64(settleTime))
	p.tm.Send(msg)
	return p
}

// ends waits for the program to end and returns the model.
func (p *program) ends() *Model {
	p.t.Helper()
	return p.tm.FinalModel(p.t, teatest.WithFinalTimeout(10*time.Second)).(*Model)
}

func (p *program) picks(want string) {
	p.t.Helper()
	var ids []string
	for _, pick := range p.ends().Outcome().Picked {
		ids = append(ids, pick.ID())
	}
	if strings.Join(ids, " ") != want {
		p.t.Errorf("picked %q, want %q", ids, want)
	}
}

// gains adds a row to the service's list.
func (p *program) gains(row string) *program {
	p.t.Helper()
	if err := p.server.SetCatalog(bytes.Replace(fiveJSON, []byte(`[`), []byte(`[`+row+`,`), 1)); err != nil {
		p.t.Fatal(err)
	}
	return p
}

func TestProgramLoadsAndPicks(t *testing.T) {
	start(t, fiveJSON, 0).shows("5 listed").types("jj").shows("one-h100").press(tea.KeyEnter).picks("one-h100")
}

func TestProgramFilters(t *testing.T) {
	start(t, fiveJSON, 0).shows("5 listed").types("/h100").shows("2 of 5").press(tea.KeyEnter).types("j").
		press(tea.KeyEnter).picks("two-h100")
}

func TestProgramSorts(t *testing.T) {
	start(t, fiveJSON, 0).shows("5 listed").types("s").shows("total VRAM").types("m").shows("by RAM ↓").
		press(tea.KeyEnter).picks("big-h200")
}

func TestProgramCopiesAndStays(t *testing.T) {
	p := start(t, fiveJSON, 0).shows("5 listed").types("y").shows("cheap-l4 copied")
	if id := <-p.copied; id != "cheap-l4" {
		t.Errorf("copied %q", id)
	}
	p.types("q")
	if id := p.ends().Outcome().Picked; len(id) > 0 {
		t.Errorf("picked %v", id)
	}
}

func TestProgramEmpty(t *testing.T) {
	p := start(t, []byte(`{"data":[]}`), 0).shows("Runcrate lists no offers right now")
	if err := p.server.SetCatalog(fiveJSON); err != nil {
		t.Fatal(err)
	}
	p.types("r").shows("5 listed").press(tea.KeyEnter).picks("cheap-l4")
}

func TestProgramNothingMatches(t *testing.T) {
	p := start(t, fiveJSON, 0).shows("5 listed").types("/h100 price<1").press(tea.KeyEnter).shows("No match").
		types("X").shows("5 of 5")
	p.press(tea.KeyEnter).picks("cheap-l4")
}

func TestProgramFailureThenRetry(t *testing.T) {
	p := start(t, fiveJSON, 0, apitest.Times(api.Attempts,
		apitest.Status(500, `{"error":{"message":"out of order"}}`))...).
		shows("returned an error (500): out of order")
	p.types("r").shows("5 listed").press(tea.KeyEnter).picks("cheap-l4")
}

func TestProgramSecondPageIsLate(t *testing.T) {
	server, err := apitest.New(fiveJSON, testKey, 3)
	if err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	p := start(t, fiveJSON, 3, server.OK(), server.Held(release)).shows("3 so far").types("jj").shows("one-h100").
		types("r").shows("Already loading, page 2")
	close(release)
	p.shows("5 listed").press(tea.KeyEnter).picks("one-h100")
}

func TestProgramReloadKeepsTheCursor(t *testing.T) {
	p := start(t, fiveJSON, 2).shows("5 listed").types("G")
	p.gains(`{"id":"new","gpu_type":"T4","gpu_count":1,"region":"x","hourly_rate":0.1}`).types("r").shows("6 listed").
		press(tea.KeyEnter).picks("big-h200")
}

func TestProgramInterrupted(t *testing.T) {
	m := start(t, fiveJSON, 0).shows("5 listed").types("/h").press(tea.KeyCtrlC).ends()
	if o := m.Outcome(); len(o.Picked) > 0 || !o.Interrupted {
		t.Errorf("picked %v", o.Picked)
	}
}

func TestProgramTicks(t *testing.T) {
	p := start(t, fiveJSON, 0).shows("5 listed").types("1j").press(tea.KeySpace).shows(`gpu="H100"`).types("2j").
		press(tea.KeyEnter).shows("1 of 5")
	p.press(tea.KeyEnter).picks("one-h100")
}

func TestProgramLineTicksTheFacet(t *testing.T) {
	p := start(t, fiveJSON, 0).shows("5 listed").types("/gpu:h100").press(tea.KeyEnter).shows("✓ H100")
	p.types("q").ends()
}

func TestProgramRescueLine(t *testing.T) {
	p := start(t, fiveJSON, 0).shows("5 listed").types("/gpu:h100 us count:2").press(tea.KeyEnter).
		shows("Remove area:us").press(tea.KeyEnter).shows("1 of 5")
	p.press(tea.KeyEnter).picks("two-h100")
}

func TestProgramMarksSurviveALoad(t *testing.T) {
	p := start(t, fiveJSON, 2).shows("5 listed").types("j").press(tea.KeySpace).shows("1 marked")
	p.gains(`{"id":"new","gpu_type":"T4","gpu_count":1,"region":"x","hourly_rate":0.1}`).types("r").shows("6 listed").
		types("gt").shows("only 1 marked")
	p.press(tea.KeyEnter).picks("mid-a100")
}

func TestProgramAsGoodOrBetter(t *testing.T) {
	rows := []byte(`{"data":[{"id":"cheap","gpu_type":"H100","gpu_count":2,"memory_gb":512,"region":"a",` +
		`"hourly_rate":4},{"id":"dear","gpu_type":"H100","gpu_count":2,"memory_gb":256,"region":"b","hourly_rate":5}]}`)
	p := start(t, rows, 0).shows("2 listed").types("Gp").shows("same or better specs").press(tea.KeyTab).
		press(tea.KeyTab).
		press(tea.KeyEnter).shows("by price ↑ · ").press(tea.KeyEnter)
	p.picks("cheap")
}

func TestProgramCompletes(t *testing.T) {
	p := start(t, fiveJSON, 0).shows("5 listed").types("/h200").press(tea.KeyTab).shows("gpu:h200").press(tea.KeyEnter).
		press(tea.KeyEnter)
	p.picks("big-h200")
}
