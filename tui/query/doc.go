// Package query is the filter language. It understands what people type when they look
// for a machine: "8 h100 in south america", "under $3 per gpu", "no spot". Words without
// an operator are translated into the exact form of the language.
//
//	text ─Read→ Reading
//
// A wrong guess is worse than a question. Each word is understood, or the user is asked
// which of its meanings is meant, or the list is searched for it as text, or it is
// reported as not understood. The package does no input or output and does not depend
// on a list of offers; cards and places are in tui/known.
package query
