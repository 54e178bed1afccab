// Package api loads the instance types that Runcrate lists. A listed instance type may
// already be taken: only the create call can tell.
//
// The service answers GET {base}/instances/types (with a bearer key) with
//
//	{"data": [{"id": "…", "gpu_type": "H100", "gpu_count": 8, …}], "meta": {"cursor": …, "hasMore": …}}
//
// sorted by price, in pages. A [Client] loads one page, a [Walk] knows
// whether there is a next page, and [Decode] turns the bytes into a [Page], whose [Rows]
// are columns from the beginning.
//
// This package alone decides what happens when an answer is faulty:
//
//   - A bad row affects no other row. A row without a usable id is dropped and
//     counted; any other field that is missing, has the wrong type or makes no
//     sense is unknown ([Optional]), never 0.
//   - All text that may be shown is cleaned while it is decoded ([CleanText]):
//     no character that could move the terminal's cursor or hide a letter
//     reaches the screen.
//   - A list that ends early says why ([Incomplete]); it never passes for a
//     complete list.
//   - Every failure has a type of its own and one sentence that tells the user
//     what happened and what to do ([Explain]).
//   - The key is sent only in the Authorization header, and only to its own
//     origin: see [Credentials], and the rule for redirects in client.go.
//
// The package knows nothing about the screen.
package api
