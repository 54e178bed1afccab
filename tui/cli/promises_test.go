package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// promises lists what can go wrong, each with the names of the tests that check what
// the program does then.
var promises = []struct{ promise, tests string }{
	// Network
	{"no such host", "api.TestFaultNoAnswer"},
	{"refused, unreachable, timeouts of DNS and connection", "api.TestFaultNoAnswer api.TestFaultConnectionRefused"},
	{"certificates: expired, not yet valid, of another host or issuer",
		"api.TestFaultCertificates api.TestFaultAnUnknownIssuer api.TestFaultNoAnswer"},
	{"headers that never come, a body that drips", "api.TestFaultAServerThatNeverAnswers " +
		"api.TestFaultAListenerThatNeverAnswers api.TestFaultADrippingBody api.TestFaultAllAttemptsShareOneBudget"},
	{"a reset or an end in mid-body",
		"api.TestFaultConnectionsThatBreakInMidBody api.TestFaultHalfAnAnswerIsNeverDecoded"},
	{"broken JSON, trailing data, depth, byte order mark", "api.TestFaultEnvelopes"},
	{"the first bytes say it, the rest drips", "api.TestFaultAnswersWhoseFirstBytesSayIt"},
	{"answers that never get better", "api.TestFaultWhatNeverGetsBetter"},
	{"rows with an error beside them", "api.TestFaultRowsWithAnError"},
	{"a cursor without measure", "api.TestFaultACursorWithoutMeasure"},
	{"the key repeated in another spelling", "api.TestAKeyIsMaskedInEverySpelling api.TestAKeyInAnAnswerIsNotKept"},
	{"files in other encodings, of other kinds, without an end", "api.TestFilesInOtherEncodings " +
		"api.TestFilesThatAreNoAnswer api.TestFilesWithoutAnEnd"},
	{"a web page with status 200", "api.TestFaultStatuses api.TestFaultEnvelopes"},
	{"a gzip bomb, an endless body, endless headers",
		"api.TestFaultAGzipBomb api.TestFaultAnEndlessBody api.TestFaultHeadersWithoutEnd"},
	{"redirects", "api.TestFaultRedirects"},
	{"addresses with http:// or a user name", "api.TestFaultUnusableCredentials"},
	{"proxies", "api.TestFaultProxies"},
	{"an answer that comes after a newer load", "tui.TestFaultLateAnswers"},
	{"a wait shows what for, which attempt, how long; keys answer", "tui.TestFaultAWaitIsShown " +
		"tui.TestFaultAWaitAtALaterPage tui/cli.TestFaultKeysAnswerDuringAPause api.TestFaultCancelEndsAPauseAtOnce"},
	{"a million rows from a slow server", "tui.TestFaultAMillionRowsFromASlowServer"},
	{"`r` held down; many marked offers checked", "tui.TestFaultTheReloadKeyHeldDown " +
		"tui.TestFaultTheServiceNamesAPause tui.TestCheckOfManyIsOneList"},
	// Status
	{"401", "api.TestFaultStatuses tui.TestFaultARejectedKey tui/cli.TestScripts"},
	{"a login that has run out", "api.TestFaultALoginThatHasRunOut tui/cli.TestScripts"},
	{"401 and 403 that are not the service's", "api.TestFaultStatuses"},
	{"402, 403, 404, 400, 422", "api.TestFaultStatuses"},
	{"408 and 425; 203", "api.TestFaultServerErrorsAreTriedThreeTimesMore"},
	{"429 and 503 with Retry-After or X-RateLimit-Reset", "api.TestFaultRetryAfter tui.TestFaultAskedToWaitForLong"},
	{"500, 502, 503, 504, 52x, and 501",
		"api.TestFaultServerErrorsAreTriedThreeTimesMore tui.TestFaultAReloadThatFails"},
	{"error bodies of every shape", "api.TestFaultStatuses"},
	// Envelope and pages
	{"data: []", "tui.TestFaultEmptyList tui/cli.TestScripts"},
	{"data: null, missing, an object, a bare array; no meta", "api.TestFaultEnvelopes"},
	{"hasMore without a way on, cursors in a circle, the budget of pages",
		"api.TestFaultListsWithoutEnd tui.TestFaultAListThatIsNotWhole"},
	{"the same id twice", "tui/catalog.TestFaultTheSameIDTwice"},
	{"a page fails", "tui.TestFaultAPageThatFails tui/cli.TestFaultListWithFailedPageIsNotPrinted"},
	// Rows
	{"no usable id", "api.TestFaultBadRows tui.TestFaultRowsWithoutAnID"},
	{"another field missing or of another type; numbers in other spellings; negative and huge ones; names twice",
		"api.TestFaultBadRows"},
	{"a rate of 0.00005", "tui/cell.TestFaultSmallRates"},
	// Text
	{"escape sequences, controls, invisible characters", "api.TestFaultHostileText"},
	{"wide, combining, very long text", "tui.TestFaultHostileTextOnTheScreen"},
	{"an id that is not safe in a command", "api.TestFaultUnsafeIDs tui.TestFaultAnUnsafeIDIsNotCopied"},
	{"the same text on stderr, in a log, in CSV", "tui/cli.TestScripts api.TestFaultStatuses"},
	// Terminal
	{"any size", "tui.TestFaultEverySize"},
	{"TERM, INT, HUP, QUIT; a second one; a terminal that takes no output", "tui/cli.TestFaultSignals " +
		"tui/cli.TestFaultSignalsWithoutAScreen " +
		"tui/cli.TestFaultASecondSignalEndsAtOnce tui/cli.TestFaultATerminalThatTakesNoOutput"},
	{"ctrl+z, TSTP from outside, CONT, ended while stopped", "tui/cli.TestFaultStoppedAndContinued"},
	{"started or put into the background", "tui/cli.TestFaultInTheBackground"},
	{"the window is closed, stdout is gone",
		"tui/cli.TestFaultTheWindowIsClosed tui/cli.TestFaultOutputThatCannotBeWritten"},
	{"a panic", "tui/terminal.TestFaultPanics"},
	{"a terminal that does not know its size", "tui/terminal.TestFaultATerminalWithoutASize"},
	{"characters that Unicode has not assigned", "api.TestFaultUnassignedCharacters"},
	{"a width library that reads the environment", "tui/cli.TestFaultWidthsFromTheEnvironment"},
	{"a paste whose end is lost", "tui/cli.TestFaultAPasteThatNeverEnds"},
	{"keys in the encodings of other terminals", "tui/cli.TestFaultKeysInOtherEncodings"},
	{"odd replies of a terminal", "tui/cli.TestFaultUnexpectedTerminalReplies"},
	{"a terminal that answers no question", "tui/cli.TestFaultASilentTerminal"},
	// Clipboard
	{"every way, in its order; tools that are missing, fail, fork, flood", "tui/clipboard.TestFaultClipboardRoutes"},
	{"tools that hang", "tui/clipboard.TestFaultAHangingTool tui/clipboard.TestFaultToolsThatHang"},
	{"a terminal that takes no OSC 52", "tui/clipboard.TestFaultATerminalThatTakesNoCopy"},
	{"a real tmux", "tui/cli.TestFaultCopyingInARealTmux"},
	// Files
	{"a snapshot that must not be used", "api/snapshot.TestFaultSnapshotsThatMustNotBeUsed"},
	{"killed while it is written", "api/snapshot.TestFaultKilledWhileItWrites"},
	{"no home, read-only, disk full", "api/snapshot.TestFaultUnusableFolder api/snapshot.TestFaultTheDiskIsFull " +
		"tui/cli.TestFaultNowhereToKeepTheList tui.TestFaultUnsavedListIsNotedOnce"},
	{"no network: the last answer",
		"tui.TestFaultOfflineTheLastAnswerIsStillUseful tui/cli.TestFaultOfflineInATerminal"},
	{"the settings file", "tui/settings.TestFaultAnUnusableSettingsFile " +
		"tui/settings.TestFaultASettingsPathThatIsNotAFile tui/cli.TestFaultASettingsFileThatIsWrong"},
	{"~/.runcrate/config.yaml, and keys that cannot be one", "api.TestFaultUnusableCredentials"},
	// Picking
	{"the id that leaves is the id that was highlighted",
		"tui.TestPickedIDWasHighlighted tui/cli.TestFaultPrintedIDWasHighlighted"},
	{"the chosen offer goes while the key is on its way", "tui.TestFaultASecondEnterTakesNoOtherOffer " +
		"tui.TestFaultALoadThatEmptiesTheViewRemovesNoTerm tui.TestFaultUnseenRowOfTheFirstListIsNotPicked"},
	{"a question or a menu that opens by itself", "tui.TestFaultASecondEnterTakesNoOtherOffer " +
		"tui.TestFaultASecondEnterAcceptsNoPrice tui.TestFaultALoadThatEmptiesTheViewRemovesNoTerm"},
	{"a chosen thing in any list goes",
		"tui.TestFaultRemovedChoiceIsNotReplaced tui.TestFaultRemovedOfferOfTheComparisonIsNotReplaced"},
	{"the check finds another value in any field", "tui.TestFaultTheCheckComparesEverything"},
	{"stdout is captured: stderr says the same", "tui/cli.TestFaultPickIsDescribedOnStderr"},
	{"marked offers that are no longer listed",
		"tui.TestFaultUnlistedMarksAreNamed tui/cli.TestFaultPickIsDescribedOnStderr"},
	{"alt and a key", "tui.TestFaultAltKeysDoNothing"},
	{"the offer that is picked is no longer listed", "tui.TestFaultPickedOfferIsNoLongerListed"},
	{"a pick that cannot be checked, or not in time",
		"tui.TestFaultAPickThatCannotBeChecked tui.TestFaultCheckTimesOut"},
	{"an offer without a GPU", "tui/catalog.TestFaultOffersWithoutAGPU tui.TestFaultOffersWithoutAGPUOnTheScreen"},
	{"failures while one waits", "tui/cli.TestFaultWaitThroughFailures tui/cli.TestFaultWaitEndsOnPermanentFailures"},
	// Secrets
	{"the key", "tui/cli.TestFaultKeyIsNeverWritten"},
}

// TestEveryPromiseHasItsTest checks that every test in the list above exists, and that
// the list has every test whose name begins with TestFault.
func TestEveryPromiseHasItsTest(t *testing.T) {
	there := map[string]bool{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, decl := range f.Decls {
			if fn, is := decl.(*ast.FuncDecl); is && strings.HasPrefix(fn.Name.Name, "Test") {
				there[filepath.ToSlash(rel)+"."+fn.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, p := range promises {
		for _, test := range strings.Fields(p.tests) {
			named[test] = true
			if !there[test] {
				t.Errorf("%s: there is no %s", p.promise, test)
			}
		}
	}
	for test := range there {
		if strings.Contains(test, ".TestFault") && !named[test] {
			t.Errorf("%s is in no promise", test)
		}
	}
}
