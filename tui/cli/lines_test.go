package cli

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// mostColumns is the maximum width of a line of Go; a tab counts as four columns.
const mostColumns = 120

// Lines are short enough to read two files side by side, and for reviews.
func TestLinesFit(t *testing.T) {
	read := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			read++
			line := lines.Text()
			if wide := utf8.RuneCountInString(line) + 3*strings.Count(line, "\t"); wide > mostColumns {
				t.Errorf("%s:%d: %d columns", path, n, wide)
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 10_000 {
		t.Errorf("only %d lines were read", read)
	}
}
