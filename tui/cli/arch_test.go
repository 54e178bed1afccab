package cli

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// edges lists, for each package of this module, the others that it may import. Any other import is a mistake,
// or a change of the design that must be made here first.
var edges = map[string][]string{
	"":                         {"tui/cli", "tui/terminal/quiet"},
	"api":                      {"api/when", "api/yamlfile"},
	"api/when":                 {},
	"tui/environ":              {},
	"tui/crash":                {},
	"api/yamlfile":             {},
	"api/apitest":              {},
	"api/snapshot":             {"api", "api/wholefile"},
	"api/wholefile":            {},
	"api/apitest/serve":        {"api/apitest"},
	"keymap":                   {},
	"styles":                   {"tui/environ"},
	"tui/scroll":               {},
	"tui/cell":                 {"api"},
	"tui/known":                {},
	"tui/fits":                 {},
	"tui/query":                {"tui/fits", "tui/known"},
	"tui/catalog":              {"api", "tui/known", "tui/query"},
	"tui/clipboard":            {"tui/environ"},
	"tui/settings":             {"api/wholefile", "api/yamlfile", "keymap", "tui/query"},
	"tui/export":               {"api", "tui/catalog", "tui/cell"},
	"tui/terminal":             {"tui/crash", "tui/environ", "tui/terminal/paint"},
	"tui/terminal/paint":       {"tui/cell"},
	"tui/terminal/peers":       {"api", "api/apitest", "tui/cell", "tui/crash", "tui/terminal"},
	"tui/terminal/peers/plain": {},
	"tui/terminal/quiet":       {},
	"tui": {"tui/catalog", "tui/feed", "tui/fits", "tui/known", "tui/query", "tui/scroll", "tui/clipboard",
		"tui/export", "tui/terminal", "tui/view", "tui/cell", "api", "api/when", "keymap", "styles"},
	"tui/view": {"api", "keymap", "styles", "tui/catalog", "tui/cell", "tui/export", "tui/fits", "tui/known",
		"tui/query", "tui/scroll"},
	"tui/cli/manual": {"keymap", "tui/cli"},
	"tui/feed":       {"api", "tui/crash"},
	"tui/cli": {"api", "api/apitest", "api/snapshot", "api/when", "api/wholefile", "api/yamlfile", "keymap", "styles",
		"tui", "tui/catalog", "tui/cell", "tui/clipboard", "tui/crash", "tui/environ", "tui/export", "tui/feed",
		"tui/query", "tui/settings", "tui/terminal"},
}

// drawing lists the packages that a package without a screen must not import.
var drawing = []string{"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles",
	"github.com/charmbracelet/lipgloss", "github.com/charmbracelet/x", "github.com/muesli"}

// outside lists the packages that a pure package must not import: it has no input, output or clock.
var outside = []string{"os", "io", "net", "time", "context", "log", "math/rand", "syscall", "bufio", "sync"}

func TestImportsFollowTheDesign(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(pkg, path string, imports []string) {
		allowed, known := edges[pkg]
		if !known {
			t.Errorf("%s: the package %s is not in the design", path, pkg)
			return
		}
		seen[pkg] = true
		for _, imp := range imports {
			own, ours := strings.CutPrefix(imp, "gpupick/")
			switch {
			case ours && !slices.Contains(allowed, own):
				t.Errorf("%s: %s must not import %s", path, pkg, own)
			case pkg == "tui/terminal/quiet" && imp != "os":
				t.Errorf("%s: it must import os only, to be initialized first", path)
			case (pkg == "api" || pkg == "tui/catalog" || pkg == "tui/known" || pkg == "tui/query" ||
				pkg == "tui/scroll" || pkg == "tui/feed" || pkg == "tui/fits") && begins(imp, drawing):
				t.Errorf("%s: %s must not know of a screen, but imports %s", path, pkg, imp)
			// allowed for tables that never change
			case imp == "sync" && (filepath.Base(path) == "once.go" || pkg == "tui/known" || pkg == "tui/fits"):
			case (pkg == "tui/catalog" || pkg == "tui/known" || pkg == "tui/query" || pkg == "tui/scroll" ||
				pkg == "tui/terminal/paint" || pkg == "tui/fits") && begins(imp, outside):
				t.Errorf("%s: %s is pure, but imports %s", path, pkg, imp)
			case pkg != "api/apitest" && pkg != "api/apitest/serve" && strings.Contains(imp, "jsonschema"):
				t.Errorf("%s: the validator is for tests only", path)
			}
		}
	})
	for pkg := range edges {
		if !seen[pkg] {
			t.Errorf("the package %q of the design is not there", pkg)
		}
	}
}

// At the top level there are the entries of the design, LICENSE and dotfiles, and what git ignores.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil || len(entries) < 10 {
		t.Fatal(entries, err)
	}
	ignored, err := os.ReadFile(filepath.Join("..", "..", ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	may := strings.Fields(strings.ReplaceAll(string(ignored), "/", ""))
	may = append(may, "go.mod", "go.sum", "main.go", "tui", "api", "keymap", "styles", "testdata", "README.md",
		"LICENSE")
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(may, name) {
			t.Errorf("%q does not belong at the top level", name)
		}
	}
}

func begins(imp string, list []string) bool {
	for _, p := range list {
		if imp == p || strings.HasPrefix(imp, p+"/") {
			return true
		}
	}
	return false
}

// eachFile visits every Go file of the module except the tests.
func eachFile(t *testing.T, visit func(pkg, path string, imports []string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range f.Imports {
			imports = append(imports, strings.Trim(i.Path.Value, `"`))
		}
		visit(strings.TrimPrefix(filepath.ToSlash(rel), "."), path, imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
