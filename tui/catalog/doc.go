// Package catalog is the query engine: it finds which rows match a filter, their order, and how many rows each
// facet value has. It has no screen, no clock, no input and no output.
//
//	api.Rows ─New/Add→ Catalog ─Run(Query)→ Result
//
// A [Catalog] is immutable: Add returns a new one. A [query.Query] is a value that is parsed from the filter
// language and prints back to it. Run is a function of the two. Everything that the screen says about rows
// (which, how many, cheapest, hidden, what removing a term would add) is in its [Result].
//
// Rows are stored by columns, in the order in which they came (api.Rows). A [Row] is a catalog and the number of a
// row. What rows have in common is stored once and has a number (GPUs, regions, types); everything that follows from
// it (the card, the place, the searchable text) is worked out once for each of them (dictionary.go):
//
//	row       0      1      2      3          number  GPUs            the card that they mean
//	GPU       0      1      0      0     ──→  0       "H100 SXM" ×8   H100 SXM, 80 GB, …
//	Region    0      2      1      0          1       "a100" ×1       A100, 40 or 80 GB, …
//	RAM GB    2048   120    2048   1024
//	$/hr      17.9   1.2    16.8   18.4
//	order     1  2  0  3                      row numbers by price, region and id
//
// A term of a query holds for a row, fails, or is unknown because the row lacks the value. Run reads the columns from
// the first row to the last, a block at a time (evaluate.go): a term about GPUs, regions or types is a lookup in a
// small table, one about numbers a comparison. The terms that do not hold are the bits of one word, and all counts
// follow from that word. No bit: the row matches. One bit: removing that term would add the row. Only bits of one
// facet's own terms: the row counts for that facet's values. The matching rows are then listed in order.
//
// Adding a page appends to the columns. When somebody asks for an order, what was added is sorted and merged into the
// order so far (order.go). A row that replaces one with the same id is appended, too, and the catalog notes that the
// other one is out. Catalogs that were made from each other share their columns.
package catalog
