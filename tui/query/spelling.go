package query

import "strings"

// Nearest returns the name that s is most likely a misspelling of, empty if there is none.
func Nearest(s string, names []string) string {
	if len(s) > 32 { // too long for a typing error
		return ""
	}
	best, at := "", -1
	for _, name := range names {
		if d := slip(strings.ToLower(s), name); d >= 0 && (at < 0 || d < at) {
			best, at = name, d
		}
	}
	return best
}

// slip returns how far s is from a name; -1 if s is no likely misspelling of it.
func slip(s, name string) int {
	begins := len(s) > 1 && strings.HasPrefix(name, s)
	if more := len(name) - len(s); !begins && (more > 2 || more < -2) {
		return -1
	}
	d := distance(s, name)
	if begins {
		d = min(d, 1)
	}
	if d > 2 || d > max(len(name)/3, 1) || d >= len(name) {
		return -1
	}
	return d
}

// NearestField returns the field name that s is most likely a misspelling of.
func NearestField(s string) string {
	var names []string
	for f := range fields {
		names = append(names, fields[f].name)
	}
	for f := range fields {
		names = append(names, fields[f].also...)
	}
	return Nearest(s, names)
}

// distance returns how many letters must be changed, added, removed or swapped
// with their neighbor to turn a into b.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
