package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHistoryLastsOverRuns(t *testing.T) {
	home := t.TempDir()
	r := &run{environ: []string{"HOME=" + home, "RUNCRATE_API_KEY=short"}, disk: newDisk()}
	for _, filter := range []string{"h100", "us", "h100", "x rc_live_abc", "a short key", "Bearer x",
		strings.Repeat("k", 40)} {
		if err := r.keepFilter(filter); err != nil {
			t.Fatal(err)
		}
	}
	path := r.historyPath()
	if have := fmt.Sprint(loadHistory(path)); have != "[us h100]" {
		t.Errorf("%s", have)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for i := range historyMost + 5 {
		if err := r.keepFilter(fmt.Sprint("price<", i)); err != nil {
			t.Fatal(err)
		}
	}
	if lines := loadHistory(path); len(lines) != historyMost || lines[len(lines)-1] != "price<504" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	r.flags.noHistory = true
	if err := r.keepFilter("off"); err != nil || r.historyPath() != "" {
		t.Error("it is kept although the user wants none")
	}
	// What is no history is none.
	for name, body := range map[string]string{"binary": "\xff\xfe\n", "empty": "", "blank": "\n \n"} {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if have := loadHistory(path); len(have) > 0 {
			t.Errorf("%s: %q", name, have)
		}
	}
	if have := loadHistory(home); have != nil {
		t.Errorf("a folder: %q", have)
	}
	if err := os.WriteFile(path, []byte("h100\x1b[31m us\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if have := loadHistory(path); len(have) != 1 || strings.Contains(have[0], "\x1b") {
		t.Errorf("%q", have)
	}
}
