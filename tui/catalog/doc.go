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
// is a stable sort by the keys asked for, and the order is total. An order that was
// asked for is kept as the places of the rows in it.
//
// It is made for a hundred thousand rows and more. Spellings are numbered (dictionary),
// and what a term says of a spelling is worked out once and looked up for each row
// (plan); of a row, Run reads 64 bytes from an array that lies in the order of the
// rows (packed), and counts into arrays by number (counter). Adding a page costs the
// page: rows are put in order when that is asked for (ordered), and what was packed
// before is shared by the catalogues that begin alike. The tests compare all of it with
// the slow and obvious way.
package catalog
