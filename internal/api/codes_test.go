package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryCodeIsInTheTable reads the source for the codes that faults are made with.
func TestEveryCodeIsInTheTable(t *testing.T) {
	where := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/") ||
			path == filepath.Join("..", "app", "accounts.go") { // the command line, which tells of a refusal and answers nobody
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if code := codeIn(n); code != "" {
				where[code] = path
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, c := range problemCodes() {
		known = append(known, c.code)
		if where[c.code] == "" {
			t.Errorf("no fault has the code %s", c.code)
		}
	}
	if !slices.IsSorted(known) {
		t.Error("the table is not sorted")
	}
	for code, path := range where {
		if !slices.Contains(known, code) {
			t.Errorf("%s answers with the code %s, which is not in the table of codes.go", path, code)
		}
	}
}

// codeIn gives the code that a call or a literal makes a fault or a problem with, "" for everything else.
func codeIn(n ast.Node) string {
	text := func(e ast.Expr) string {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, _ := strconv.Unquote(l.Value)
			return s
		}
		return ""
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			if p, ok := f.X.(*ast.Ident); ok && p.Name == "fault" {
				name = f.Sel.Name
			}
		case *ast.Ident: // in package fault
			name = f.Name
		}
		switch {
		case name == "New" && len(n.Args) == 3:
			return text(n.Args[1])
		case (name == "Conflict" || name == "Unauthenticated") && len(n.Args) == 2:
			return text(n.Args[0])
		}
	case *ast.CompositeLit:
		name := ""
		switch typ := n.Type.(type) {
		case *ast.Ident:
			name = typ.Name
		case *ast.SelectorExpr:
			name = typ.Sel.Name
		}
		if name != "Error" && name != "Problem" {
			return ""
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Code" {
					return text(kv.Value)
				}
			}
		}
	}
	return ""
}
