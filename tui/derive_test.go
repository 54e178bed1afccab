package tui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// modelFiles parses the files of this package, except tests.
func modelFiles(t *testing.T) (*token.FileSet, map[string]*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, set := map[string]*ast.File{}, token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	return set, files
}

// Derived fields are written in derive.go and nowhere else.
func TestDerivedFieldsHaveOneWriter(t *testing.T) {
	set, files := modelFiles(t)
	derived := map[string]bool{}
	ast.Inspect(files["derive.go"], func(n ast.Node) bool {
		if spec, is := n.(*ast.TypeSpec); is && spec.Name.Name == "derived" {
			for _, f := range spec.Type.(*ast.StructType).Fields.List {
				for _, name := range f.Names {
					derived[name.Name] = true
				}
			}
		}
		return true
	})
	if len(derived) < 10 {
		t.Fatalf("only %d derived fields", len(derived))
	}
	written := 0
	for name, file := range files {
		check := func(e ast.Expr) {
			if field, is := ofModel(e); is && derived[field] {
				if written++; name != "derive.go" {
					t.Errorf("%s: %s is written outside derive.go", set.Position(e.Pos()), field)
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, e := range n.Lhs {
					check(e)
				}
			case *ast.IncDecStmt:
				check(n.X)
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					check(n.X)
				}
			}
			return true
		})
	}
	if written < len(derived) {
		t.Errorf("%d writes to %d fields: this test does not see them", written, len(derived))
	}
}

// ofModel returns the field of the model that an expression writes to or into: "typed" for m.typed.Query.
func ofModel(e ast.Expr) (field string, is bool) {
	for {
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			if base, is := x.X.(*ast.Ident); is && base.Name == "m" && x.Sel.Name != "derived" {
				return x.Sel.Name, true
			}
			if inner, is := x.X.(*ast.SelectorExpr); is && inner.Sel.Name == "derived" {
				return x.Sel.Name, true
			}
			e = x.X
		default:
			return "", false
		}
	}
}

// Derived fields are computed after a key and after a message, never in between.
func TestDeriveIsCalledInOnePlace(t *testing.T) {
	set, files := modelFiles(t)
	callers := map[string]map[string]bool{"derive": {"settle": true},
		"settle": {"New": true, "Update": true, "byUser": true}}
	for _, file := range files {
		for _, d := range file.Decls {
			f, is := d.(*ast.FuncDecl)
			if !is {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, is := n.(*ast.CallExpr)
				if !is {
					return true
				}
				if s, is := call.Fun.(*ast.SelectorExpr); is && callers[s.Sel.Name] != nil &&
					!callers[s.Sel.Name][f.Name.Name] {
					t.Errorf("%s: %s calls %s", set.Position(call.Pos()), f.Name.Name, s.Sel.Name)
				}
				return true
			})
		}
	}
}
