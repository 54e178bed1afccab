package view

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/fits"
	"gpupick/tui/query"
)

// Planner is a menu of what has to fit: a model, the format of its weights, the context and the number of users. It
// shows the cheapest offers that hold it, among those that match the rest of the filter.
type Planner struct {
	field int    // the chosen one of plannerFields
	typed string // the beginning of a model's name
	ask   fits.Ask

	of     *catalog.Catalog // what the answer is about
	filter string
	found  []catalog.Row
	total  int
}

// The fields of the planner.
const (
	plannedModel = iota
	plannedFormat
	plannedContext
	plannedUsers
	plannedFields
)

var (
	plannerContexts = []int{2 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10, 1 << 20}
	plannerUsers    = []int{1, 2, 4, 8, 16, 32, 64, 128}
	plannerSizes    = []string{"3b", "8b", "14b", "32b", "70b", "120b", "405b"}
)

const plannerOffers = 4 // offers that the planner shows

// NewPlanner returns the planner of what a filter asks to fit, or of a usual model.
func NewPlanner(q query.Query) Planner {
	ask, asked := q.Fit()
	if !asked {
		ask, _ = fits.Parse("llama-3.1-70b@fp8")
	}
	return Planner{ask: ask}
}

// Name identifies the view.
func (p Planner) Name() string { return "planner" }

// Fit finds the offers anew if the list, the filter or the ask has changed.
func (p Planner) Fit(f Frame) (View, Intent) {
	q := f.Query.Fitting(p.ask).WithSort(nil)
	if p.of == f.Catalog && p.filter == q.String() {
		return p, nil
	}
	rows := f.Catalog.Run(q).Rows
	p.of, p.filter, p.total = f.Catalog, q.String(), rows.Len()
	p.found = nil
	for i := range min(rows.Len(), plannerOffers) {
		p.found = append(p.found, rows.At(i))
	}
	return p, nil
}

// Target is what enter would put into the filter.
func (p Planner) Target(Frame) Target { return Target{Key: p.ask.String()} }

// Key changes the ask, or filters by it.
func (p Planner) Key(msg tea.KeyMsg, f Frame) (View, Intent) {
	k := f.Keys.Planner
	switch {
	case key.Matches(msg, k.Close):
		return p, Close{}
	case key.Matches(msg, k.Left):
		p.field, p.typed = (p.field+plannedFields-1)%plannedFields, ""
	case key.Matches(msg, k.Right):
		p.field, p.typed = (p.field+1)%plannedFields, ""
	case key.Matches(msg, k.Up):
		p.step(1)
	case key.Matches(msg, k.Down):
		p.step(-1)
	case key.Matches(msg, k.Erase) && p.typed != "":
		_, last := utf8.DecodeLastRuneInString(p.typed)
		p.typed = p.typed[:len(p.typed)-last]
		p.find()
	case key.Matches(msg, k.Take):
		return p, IfSeen{Filter{f.Query.Fitting(p.ask)}}
	case p.field == plannedModel && msg.Type == tea.KeyRunes && !msg.Alt && cell.Width(p.typed) < 20:
		p.typed += strings.ToLower(api.CleanText(string(msg.Runes)))
		p.find()
	default:
		return p, Pass{}
	}
	return p.Fit(f)
}

// plannerModels are the models to choose from: bare sizes, then those of the table.
func plannerModels() []string { return append(slices.Clone(plannerSizes), fits.Names()...) }

// step changes the chosen field to the next value in direction d.
func (p *Planner) step(d int) {
	switch p.field {
	case plannedModel:
		names := plannerModels()
		at := slices.Index(names, p.ask.Model.Name)
		p.choose(names[(at+d+len(names))%len(names)])
		p.typed = ""
	case plannedFormat:
		at := slices.Index(fits.Formats, p.ask.Format)
		p.ask.Format = fits.Formats[(at-d+len(fits.Formats))%len(fits.Formats)]
	case plannedContext:
		p.ask.Context = p.inContext(nextOf(plannerContexts, p.ask.Context, d))
	case plannedUsers:
		p.ask.Users = nextOf(plannerUsers, p.ask.Users, d)
	}
}

// find chooses the first model whose name contains the typed text.
func (p *Planner) find() {
	for _, name := range plannerModels() {
		if p.typed != "" && strings.Contains(name, p.typed) {
			p.choose(name)
			return
		}
	}
	if m, ok := fits.ModelNamed(p.typed); ok { // a size that is not in the list
		p.choose(m.Name)
	}
}

func (p *Planner) choose(name string) {
	if m, ok := fits.ModelNamed(name); ok {
		p.ask.Model = m
		p.ask.Context = p.inContext(p.ask.Context)
	}
}

// inContext returns a context that the model has.
func (p *Planner) inContext(tokens int) int {
	if most := p.ask.Model.Context; most > 0 {
		return min(tokens, most)
	}
	return tokens
}

// nextOf returns the value of a sorted list that comes after v in direction d, or v at the end of the list.
func nextOf(list []int, v, d int) int {
	if d < 0 {
		list = slices.Clone(list)
		slices.Reverse(list)
	}
	for _, next := range list {
		if (next-v)*d > 0 {
			return next
		}
	}
	return v
}

// Foot draws the ask, the sum, and the cheapest offers.
func (p Planner) Foot(f Frame) []string {
	st, a := f.Styles, p.ask
	model := a.Model.Name
	if p.typed != "" {
		model += " (" + p.typed + CaretAtEnd + ")"
	}
	var items []menuItem
	for i, text := range []string{model, a.Format.Name, fits.Tokens(a.Context) + " context",
		cell.Plural(a.Users, "user", "users")} {
		drawn := " " + st.Text.Render(text)
		if i == p.field {
			drawn = st.Accent.Render(CursorMark) + st.Row.Render(text)
		}
		items = append(items, menuItem{drawn, 1 + cell.Width(text)})
	}
	lines := f.menu(" fits ", items)
	sum := fmt.Sprintf("(%s + %s KV) + 10%% = %s GB, an estimate · %s", GB(a.Weights()), GB(a.KV()), GB(a.Total()),
		cell.Offers(p.total))
	if a.Model.Typical() {
		sum += " · typical shape"
	}
	lines = append(lines, st.Dim.Render(" "+cell.Cut(sum, max(f.Width-2, 1), "…")))
	for _, line := range InLines(p.found, catalog.Row{}, f.Width-3) {
		lines = append(lines, "  "+st.Text.Render(line))
	}
	k := f.Keys.Planner
	return append(lines, f.KeysLine(Hint{k.Take, "filter by it"}, Hint{k.Left, ""}, Hint{k.Right, "field"},
		Hint{k.Up, ""}, Hint{k.Down, "value"}, Hint{k.Close, "close"}))
}

// GB writes a size in GB: whole from a hundred on, else with one decimal if it is not whole.
func GB(v float64) string {
	if whole := math.Round(v); v >= 100 || math.Abs(v-whole) < 0.05 {
		return cell.Int(int(whole))
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}
