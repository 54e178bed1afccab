package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tricks are the functions of the packages runtime and runtime/debug with which a program sets its garbage collector
// or its threads.
var tricks = []string{"SetGCPercent", "SetMemoryLimit", "SetMaxThreads", "SetMaxStack", "FreeOSMemory", "GC",
	"GOMAXPROCS", "LockOSThread", "KeepAlive"}

// Speed comes from doing less: no assembly, no unsafe, no settings of the runtime.
func TestNoTricksForSpeed(t *testing.T) {
	files := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case slices.Contains([]string{".s", ".S", ".c", ".h", ".pgo"}, filepath.Ext(path)):
			t.Errorf("%s: neither assembly nor C nor a profile is part of the program", path)
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, what := range tricksIn(f) {
			t.Errorf("%s: %s", path, what)
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatal(files, err)
	}
}

// tricksIn lists the tricks in a file.
func tricksIn(f *ast.File) (found []string) {
	names := map[string]bool{} // of the packages runtime and runtime/debug in this file
	for _, i := range f.Imports {
		switch path := strings.Trim(i.Path.Value, `"`); path {
		case "unsafe", "C":
			found = append(found, "it imports "+path)
		case "runtime", "runtime/debug":
			name := path[strings.LastIndexByte(path, '/')+1:]
			if i.Name != nil {
				name = i.Name.Name
			}
			names[name] = true
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(tricks, s.Sel.Name) {
			if of, ok := s.X.(*ast.Ident); ok && names[of.Name] {
				found = append(found, "it calls "+of.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	for _, group := range f.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//go:") && !strings.HasPrefix(c.Text, "//go:build ") &&
				!strings.HasPrefix(c.Text, "//go:embed ") && !strings.HasPrefix(c.Text, "//go:generate ") {
				found = append(found, c.Text)
			}
		}
	}
	return found
}

func TestTricksAreFound(t *testing.T) {
	const file = `package p
import ("unsafe"; d "runtime/debug"; "runtime")
//go:linkname a b
func f() { d.SetGCPercent(1); runtime.GC(); d.Stack(); x.GC() }`
	f, err := parser.ParseFile(token.NewFileSet(), "", file, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"it imports unsafe", "it calls d.SetGCPercent", "it calls runtime.GC", "//go:linkname a b"}
	if have := tricksIn(f); !slices.Equal(have, want) {
		t.Errorf("%q, want %q", have, want)
	}
}
