// Package api asks Runcrate which instance types it lists. A listed one may turn out to be
// taken: only the create call knows.
//
// The service answers GET {base}/instances/types, with a bearer key, with
//
//	{"data": [{"id": "…", "gpu_type": "H100", "gpu_count": 8, …}], "meta": {"cursor": …, "hasMore": …}}
//
// sorted by price, in pages. A [Client] asks for one page, a [Walk] knows
// whether there is a next one, and [Decode] turns the bytes into a [Page].
//
// What happens when the service does not keep its word is decided here, once:
//
//   - A bad row costs only itself. A row without a usable id is left out and
//     counted; any other field that is missing, of another type or without
//     sense is unknown ([Optional]), and never 0.
//   - Whatever is text is cleaned as it is decoded ([CleanText]): nothing that
//     could move a cursor or hide a letter leaves this package.
//   - A list that breaks off says so ([Incomplete]); it is never passed off as
//     whole.
//   - Every failure has a type of its own and one sentence that tells the user
//     what happened and what to do ([Explain]).
//   - The key is in the Authorization header of a request to its own origin and
//     nowhere else: see [Credentials], and the rule for redirects in client.go.
//
// The package knows nothing of the screen.
package api
