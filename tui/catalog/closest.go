package catalog

import (
	"cmp"
	"slices"
	"strings"

	"gpupick/api"
)

// Closest returns at most n rows that are most like one that is no longer listed. They have the same GPU, or at
// least the same model (H100 PCIe for H100 SXM), or as many of a better card. Those with the same GPU are first, then
// those of the same model; then those with the same count, region, country and part of the world, those that have as
// much of everything, and the cheapest.
// Rows whose id is not safe in a command are skipped.
func (c *Catalog) Closest(r Row, n int) []Row {
	list := c.closest(r, func(o Row) bool { return o.ID() != r.ID() })
	return list[:min(n, len(list))]
}

// ClosestElsewhere returns the row of each other region that is most like r, the closest first, at most n.
func (c *Catalog) ClosestElsewhere(r Row, n int) []Row {
	var list []Row
	seen := map[string]bool{strings.ToLower(r.Region()): true}
	for _, o := range c.closest(r, func(o Row) bool { return o.Region() != "" }) {
		if region := strings.ToLower(o.Region()); !seen[region] && len(list) < n {
			seen[region] = true
			list = append(list, o)
		}
	}
	return list
}

// closest returns all rows that may stand in for r, the closest first.
func (c *Catalog) closest(r Row, may func(Row) bool) []Row {
	type scored struct {
		row Row
		far int
	}
	var all []scored
	for _, o := range c.Rows().All() {
		if !may(o) || o.GPUKey() == "" ||
			!sameModel(o, r) && !(o.GPUCount() == r.GPUCount() && o.gpu().asGoodAs(r.gpu())) ||
			api.CheckID(o.ID()) != nil {
			continue
		}
		all = append(all, scored{o, distanceTo(r, o)})
	}
	// rows are sorted by price, so a stable sort puts the cheapest of equals first
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(a.far, b.far) })
	list := make([]Row, len(all))
	for i, s := range all {
		list[i] = s.row
	}
	return list
}

// sameModel reports whether two GPUs are the same, or have the same name up to its number.
func sameModel(a, b Row) bool {
	x, y := model(a), model(b)
	return a.GPUKey() == b.GPUKey() || x != "" && x == y
}

func model(r Row) string {
	if r.gpu().text == nil {
		return ""
	}
	return r.gpu().text.Model()
}

// distanceTo returns how much a row differs from the wanted one. Each criterion outweighs all that follow it.
func distanceTo(want, have Row) int {
	far := 0
	for _, same := range []bool{
		have.GPUKey() == want.GPUKey(),
		sameModel(have, want),
		have.GPUCount() == want.GPUCount(),
		have.Region() == want.Region(),
		have.Place().Known() && have.Place().Country != "" && have.Place().Country == want.Place().Country,
		have.Place().Known() && have.Place().Continent == want.Place().Continent,
		have.hasAsMuch(want),
	} {
		far *= 2
		if !same {
			far++
		}
	}
	return far
}
