// Package query knows what people say when they look for a machine: "8 h100 in south
// america", "under $3 per gpu", "no spot". It reads words of a filter that have no
// operator and says in the exact form of the filter language what they mean.
//
//	[]Word ─Read→ []Part
//
// Its rule is that a wrong guess is worse than a question. A word is understood, asked
// about with all that it may mean, left open for the list to look for as text, or named
// as not understood; it never becomes something else. The package is pure and knows
// nothing of a list; what it knows of cards and places is in tui/known.
package query
