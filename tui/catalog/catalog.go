package catalog

import (
	"slices"
	"strings"

	"gpupick/api"
)

// Row is an instance type and what follows from it.
type Row struct {
	api.InstanceType
	PerGPU api.Optional[float64] // USD per hour and GPU: the rate over the count
	VRAM   api.Optional[int64]   // GB per card; from our table, not the service's
	Place  Place                 // from our table, not the service's
	GPUKey string                // equal for rows of the same GPU; empty if there is no name
	Change Change                // against an earlier list
	Was    api.Optional[float64] // USD per hour: the rate before it became dearer or cheaper

	seen                                  int   // how many lists have shown the change
	idText, gpuText, regionText, typeText *text // nil where there is no text
}

// Catalog is all rows there are. It is immutable. The zero Catalog is empty.
type Catalog struct {
	rows  []*Row            // in the order of last resort: price, region, id
	byID  map[string]int    // index in rows
	names map[string]string // by GPUKey: the commonest spelling

	gone    []*Row // no longer in the list; in the order of last resort
	changes Changes
}

// forms are the searchable forms of names that many rows share.
type forms struct {
	gpu, other map[string]*text
	keys       map[string]string
	vram       map[string]api.Optional[int64]
	places     map[string]Place
}

func newForms() *forms {
	return &forms{gpu: map[string]*text{}, other: map[string]*text{}, keys: map[string]string{}, vram: map[string]api.Optional[int64]{}, places: map[string]Place{}}
}

// New is the catalogue of rows. Of rows with the same id the last one counts.
func New(rows []api.InstanceType) *Catalog { return (&Catalog{}).Add(rows) }

// Add is the catalogue with rows added to it; a row with an id that is there
// already takes its place.
func (c *Catalog) Add(rows []api.InstanceType) *Catalog {
	next := &Catalog{rows: slices.Clone(c.rows), byID: make(map[string]int, len(c.rows)+len(rows)), gone: c.gone, changes: c.changes}
	at, forms := next.byID, newForms()
	for i, r := range next.rows {
		at[r.ID] = i
	}
	for _, r := range rows {
		row := forms.row(r)
		// Ids that cleaning has changed may be two ids and look like one.
		if i, twice := at[r.ID]; twice && api.CheckID(r.ID) == nil {
			next.rows[i] = row
			continue
		}
		at[r.ID] = len(next.rows)
		next.rows = append(next.rows, row)
	}
	slices.SortFunc(next.rows, lastResort)
	for i, r := range next.rows {
		at[r.ID] = i
	}
	next.names = commonest(next.rows)
	return next
}

func (f *forms) row(it api.InstanceType) *Row {
	r := &Row{InstanceType: it, idText: newText(it.ID, false)}
	if it.GPUType != "" {
		if f.gpu[it.GPUType] == nil {
			t := newText(it.GPUType, true)
			f.gpu[it.GPUType], f.keys[it.GPUType], f.vram[it.GPUType] = t, GPUKey(it.GPUType), vram(t)
		}
		r.gpuText, r.GPUKey, r.VRAM = f.gpu[it.GPUType], f.keys[it.GPUType], f.vram[it.GPUType]
	}
	if it.Region != "" {
		if _, seen := f.places[it.Region]; !seen {
			f.places[it.Region] = placeOf(it.Region)
		}
		r.regionText, r.Place = f.shared(it.Region), f.places[it.Region]
	}
	if it.DeploymentType != "" {
		r.typeText = f.shared(it.DeploymentType)
	}
	if it.HourlyRate.Known && it.GPUCount.Known && it.GPUCount.Value > 0 {
		r.PerGPU = api.Some(api.TidyRate(it.HourlyRate.Value / float64(it.GPUCount.Value)))
	}
	return r
}

func (f *forms) shared(s string) *text {
	if f.other[s] == nil {
		f.other[s] = newText(s, false)
	}
	return f.other[s]
}

// commonest finds for each GPU the spelling that most rows have; of equally
// common ones the first in order.
func commonest(rows []*Row) map[string]string {
	count := map[string]int{}
	for _, r := range rows {
		count[r.GPUType]++
	}
	names := map[string]string{}
	for _, r := range rows {
		best, seen := names[r.GPUKey]
		if !seen || count[r.GPUType] > count[best] || count[r.GPUType] == count[best] && r.GPUType < best {
			names[r.GPUKey] = r.GPUType
		}
	}
	return names
}

// Len is how many rows there are.
func (c *Catalog) Len() int { return len(c.rows) }

// Rows are all rows, by price, region and id. The slice is not to be changed.
func (c *Catalog) Rows() []*Row { return c.rows }

// At is the row with that id.
func (c *Catalog) At(id string) (*Row, bool) {
	i, ok := c.byID[id]
	if !ok {
		return nil, false
	}
	return c.rows[i], true
}

// Name is the commonest spelling of the GPU with that key.
func (c *Catalog) Name(gpuKey string) string { return c.names[gpuKey] }

// valueKey is equal for values of a field that one facet line stands for.
func valueKey(f Field, r *Row) (key string, known bool) {
	s := &fields[f]
	switch {
	case f == GPU:
		return r.GPUKey, r.gpuText != nil
	case s.text != nil:
		if t := s.text(r); t != nil {
			return t.lower, true
		}
	case s.number != nil:
		if v := s.number(r); v.Known {
			return formatNumber(v.Value), true
		}
	case s.place != nil:
		p := s.place(r)
		return strings.ToLower(p.String()), p.Known()
	}
	return "", false
}
