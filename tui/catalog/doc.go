// Package catalog is the engine: which rows, in what order, how many for each
// value of a facet. It has no screen, no clock, no input and no output.
//
//	api.Page ─New/Add→ Catalog ─Run(Query)→ Result
//
// A [Catalog] is immutable: Add returns a new one. A [Query] is a value that is
// parsed from the filter language ([Parse]) and prints back to it. Run is a
// function of the two, and everything that the screen says about rows (which,
// how many, cheapest, left out, what dropping a term would give) is in its
// [Result].
//
// Run looks at every row once. Each term of the query holds, does not hold, or
// cannot be told because the row lacks the value; the terms that do not hold
// are the bits of one word, and all counts follow from that word: no bit, the
// row is in; one bit, the row is what dropping that term would give; only bits
// of one facet's own terms, the row counts for that facet's values.
//
// Rows are kept in the order of last resort (price, region, id), so that a sort
// is a stable sort by the keys asked for, and the order is total.
package catalog
