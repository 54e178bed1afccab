//go:build unix

package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// readme returns the text of the README and of the documents for contributors, and the code in them: lines
// of code blocks and words in backquotes.
func readme(t *testing.T) (text string, code []string) {
	t.Helper()
	for _, path := range []string{"README.md", ".github/CONTRIBUTING.md", ".github/DESIGN.md", ".github/decisions.md"} {
		body, err := os.ReadFile(filepath.Join("../..", path))
		if err != nil {
			t.Fatal(err)
		}
		if path == "README.md" && strings.Count(string(body), "\n") > 300 {
			t.Errorf("%s is longer than 300 lines: it is for the user first", path)
		}
		text += string(body) + "\n"
	}
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			code = append(code, strings.Split(part, "\n")...)
			continue
		}
		for j, word := range strings.Split(part, "`") {
			if j%2 == 1 {
				code = append(code, word)
			}
		}
	}
	return text, code
}

// The README's commands that need no terminal are run by a shell against a server, and
// give the expected output.
func TestTheREADMEsCommands(t *testing.T) {
	needs(t, "bash")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	_, env := service(t, demoCatalog(t), 100)
	bin := t.TempDir()
	if err := os.Symlink(path, filepath.Join(bin, "gpupick")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "runcrate"), []byte("#!/bin/sh\necho created \"$@\"\n"),
		0o755); err != nil {
		t.Fatal(err)
	}
	_, code := readme(t)
	ran := 0
	for _, line := range code {
		line, _, _ = strings.Cut(line, " && gpupick --file") // which needs a terminal
		want, is := map[string]string{
			"gpupick -o id -n 1 'gpu:h100 count:8 mem>=1tb' --sort pergpu": "-h100",
			"gpupick -o csv h200 europe > h200.csv":                        "id,gpu_type",
			"gpupick -o json > today.json":                                 `"hourly_rate"`,
			`id=$(gpupick --wait '8xb200 price<30' -n 1 --timeout 2h) && runcrate instances create --name train ` +
				`--type-id "$id"`: "created instances create --name train --type-id ",
			"gpupick -o create 8xh100 europe --sort pergpu | NAME=train sh": "created instances create --name train " +
				"--type-id ",
			"gpupick completion bash": "complete",
		}[line]
		if !is {
			if strings.HasPrefix(line, "gpupick -") && strings.Contains(line, " -o ") ||
				strings.Contains(line, "gpupick --wait") {
				t.Errorf("nobody has tried %s", line)
			}
			continue
		}
		ran++
		dir := t.TempDir()
		cmd := exec.Command("bash", "-c", line+"; status=$?; cat *.csv *.json 2>/dev/null; exit $status")
		cmd.Dir = dir
		cmd.Env = append([]string{"HOME=" + dir, "PATH=" + bin + ":" + os.Getenv("PATH")}, env...)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, %.300q; want %q", line, err, out, want)
		}
	}
	if ran != 6 {
		t.Errorf("%d of the commands are in the README", ran)
	}
}

// The README's go commands name packages, tests, benchmarks and fuzz targets that exist.
func TestTheREADMEsGoCommands(t *testing.T) {
	_, code := readme(t)
	checked := 0
	for _, line := range code {
		for _, command := range regexp.MustCompile(`\bgo (run|test|install) [^#>|;&]*`).FindAllString(line, -1) {
			words := strings.Fields(command)
			var dirs []string
			for _, w := range words {
				if w == "." || strings.HasPrefix(w, "./") && w != "./..." {
					dirs = append(dirs, filepath.Join("../..", w))
				}
			}
			source := ""
			for _, dir := range dirs {
				files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
				if len(files) == 0 {
					t.Errorf("%s: nothing in %s", command, dir)
				}
				for _, f := range files {
					body, err := os.ReadFile(f)
					if err != nil {
						t.Fatal(err)
					}
					source += string(body)
				}
			}
			for i, w := range words[:len(words)-1] {
				kind, is := map[string]string{"-run": "Test", "-bench": "Benchmark", "-fuzz": "Fuzz"}[w]
				if name := strings.Trim(words[i+1], "'"); is && name != "." && name != "^$" {
					if !regexp.MustCompile(fmt.Sprintf(`func %s\w*%s`, kind, strings.TrimPrefix(name, kind))).
						MatchString(source) {
						t.Errorf("%s: no %s of that name", command, kind)
					}
				}
				if w == "-update" && !strings.Contains(source, `"update"`) {
					t.Errorf("%s: nothing to update", command)
				}
			}
			checked++
		}
	}
	if checked < 12 {
		t.Errorf("%d commands were found", checked)
	}
}

// The README names every flag, and only flags and files that exist.
func TestTheREADMEsFlagsAndFiles(t *testing.T) {
	text, code := readme(t)
	flags := Command().Flags()
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !strings.Contains(text, "--"+f.Name) &&
			(f.Shorthand == "" || !strings.Contains(text, "-"+f.Shorthand+" ") &&
				!strings.Contains(text, "`-"+f.Shorthand+"`")) {
			t.Errorf("it says nothing of --%s", f.Name)
		}
	})
	for _, c := range code {
		if strings.HasPrefix(c, "--") || strings.HasPrefix(c, "gpupick ") {
			line, _, _ := strings.Cut(c, "&& runcrate")
			for _, name := range regexp.MustCompile(`(?:^| )--([a-z][a-z-]*)`).FindAllStringSubmatch(line, -1) {
				if flags.Lookup(name[1]) == nil && name[1] != "help" && name[1] != "version" {
					t.Errorf("%s: there is no --%s", c, name[1])
				}
			}
		}
		if regexp.MustCompile(`^(tui|api|keymap|styles|testdata|\.ci)/[a-z_/.]*$`).MatchString(c) {
			if _, err := os.Stat(filepath.Join("../..", c)); err != nil {
				t.Errorf("there is no %s", c)
			}
		}
	}
}
