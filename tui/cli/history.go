package cli

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gpupick/api"
	"gpupick/api/wholefile"
)

// The history of the filter line lasts over runs, in a file that only its owner can read.

const (
	historyMost  = 500 // lines
	historyBytes = 1 << 20
)

// historyPath returns the file of the history; empty if there is no folder for it, or the user wants none.
func (r *run) historyPath() string {
	dir := r.environ.State()
	if dir == "" || r.flags.noHistory {
		return ""
	}
	return filepath.Join(dir, "history")
}

// loadHistory returns the filters of earlier runs, the oldest first. A file that cannot be read is no history.
func loadHistory(path string) (filters []string) {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(f, historyBytes))
	if err != nil || !utf8.Valid(body) {
		return nil
	}
	for line := range strings.Lines(string(body)) {
		if line = strings.TrimSpace(api.CleanText(strings.TrimSpace(line))); line != "" {
			filters = append(filters, line)
		}
	}
	return filters[max(len(filters)-historyMost, 0):]
}

// keepFilter adds a filter to the history of all runs. It reads the file again, because other runs write to it too.
func (r *run) keepFilter(filter string) error {
	path := r.historyPath()
	if path == "" || r.looksSecret(filter) {
		return nil
	}
	return r.disk.write(func() error {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		filters := slices.DeleteFunc(loadHistory(path), func(line string) bool { return line == filter })
		filters = append(filters, filter)
		return wholefile.Rewrite(path, 0o600, func(w io.Writer) error {
			_, err := io.WriteString(w, strings.Join(filters[max(len(filters)-historyMost, 0):], "\n")+"\n")
			return err
		})
	})
}

// keyLike is what looks like a key or a token: one of Runcrate's, or a long run of letters and digits.
var keyLike = regexp.MustCompile(`(?i)\brc_[a-z]+_|bearer|[A-Za-z0-9_+/=]{32,}`)

// looksSecret reports whether a text may have a key in it.
func (r *run) looksSecret(text string) bool {
	for _, name := range []string{"RUNCRATE_API_KEY", "RUNCRATE_ACCESS_TOKEN"} {
		if secret := strings.TrimSpace(r.environ.Getenv(name)); secret != "" && strings.Contains(text, secret) {
			return true
		}
	}
	return keyLike.MatchString(text)
}
