// Package catalog is the query engine: it finds which rows match a filter, their order, and how many rows each
// facet value has. It has no screen, no clock, no input and no output.
//
//	api.Page ─New/Add→ Catalog ─Run(Query)→ Result
//
// A [Catalog] is immutable: Add returns a new one. A [query.Query] is a value that is parsed from the filter
// language and prints back to it. Run is a function of the two. Everything that the screen says about rows
// (which, how many, cheapest, hidden, what removing a term would add) is in its [Result].
//
// Run looks at every row once. For each row, a term of the query holds, fails, or is unknown because the row
// lacks the value. The terms that do not hold are the bits of one word, and all counts follow from that word.
// No bit: the row matches. One bit: removing that term would add the row. Only bits of one facet's own terms:
// the row counts for that facet's values.
//
// Rows are stored in the default order (price, region, id). A sort is a stable sort by the requested keys, so
// every order is total. A requested order is cached as a list of row indexes.
//
// The engine is made for a hundred thousand rows and more. Spellings are numbered (dictionary), and what a term
// says about a spelling is computed once and looked up for each row (plan). Run reads 88 bytes per row, from an
// array in the order of the rows (packed), and counts into arrays by number (counter). Adding a page costs only
// that page: rows are merged when somebody asks for them (ordered), and catalogs that start with the same rows
// share their packed rows. The tests compare all of it with slow, simple code.
package catalog
