package api

import "time"

// Budgets: the limits of a request in time and memory. Exceeding one is an error
// with its own sentence; the program never hangs or grows without bound.
const (
	dialBudget    = 5 * time.Second
	tlsBudget     = 5 * time.Second
	headerBudget  = 10 * time.Second // from the request to the answer's headers
	attemptBudget = 20 * time.Second // one attempt, including the answer's body
	pageBudget    = 45 * time.Second // all attempts at one page, and the pauses between them

	Attempts   = 4                // per page: the first attempt and three retries
	firstPause = time.Second      // before the second attempt, varied by up to half; doubled for each later one
	pauseMost  = 10 * time.Second // longest pause of our own; the service may ask for a longer one

	bodyBudget    = 64 << 20  // bytes per page, decompressed
	headersBudget = 64 << 10  // bytes
	cursorBudget  = 4 << 10   // bytes
	fileBudget    = 512 << 20 // bytes of a saved answer

	// The body of a failed answer has a message at most, which is worth no long wait.
	failureBodyBudget = 64 << 10 // bytes
	failureBudget     = 2 * time.Second
	hopBudget         = 2 // redirects

	MaxPages = 500
	MaxRows  = 1_000_000
)
