package api

import "time"

// Budgets: everything that asking may cost. What is over budget is a failure
// with a sentence of its own, never a program that hangs or grows.
const (
	dialBudget    = 5 * time.Second
	tlsBudget     = 5 * time.Second
	headerBudget  = 10 * time.Second // from the request to the answer's headers
	attemptBudget = 20 * time.Second // one attempt, with its body
	pageBudget    = 45 * time.Second // all attempts at one page, and the pauses between them

	Attempts   = 4                // at one page: the first one and three retries
	firstPause = time.Second      // before the second attempt, give or take half; doubled from pause to pause
	pauseMost  = 10 * time.Second // of our own; the service may ask for more

	bodyBudget    = 64 << 20 // bytes a page, decompressed
	headersBudget = 64 << 10 // bytes
	hopBudget     = 2        // redirects

	MaxPages = 500
	MaxRows  = 1_000_000
)
