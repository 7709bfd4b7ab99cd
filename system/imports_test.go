package system

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/rung-app/rung/"

// rule is one row of the table in docs/architecture.md: what the packages of a folder may import of ours. A name stands
// for the folder and everything in it; a package may always import what is below its own folder.
type rule struct {
	folder string
	may    []string
	not    []string // of the standard library and of others
}

func rules() []rule {
	ports := []string{"internal/cache", "internal/jobs", "internal/events", "internal/files", "internal/mail", "internal/audit"}
	domains := []string{"internal/auth", "internal/users", "internal/tasks", "internal/notify"}
	const fault, text = "internal/fault", "internal/text"
	with := func(lists ...[]string) []string { return slices.Concat(append(lists, []string{fault, text})...) }

	transport := []string{"net/http", "database/sql", "github.com/danielgtaylor/huma", "modernc.org/sqlite", "zombiezen.com/go/sqlite", "gocloud.dev"}
	all := []rule{
		{folder: fault, not: transport},
		{folder: text, not: transport},
		{folder: "internal/config", not: transport},
		{folder: "internal/load", not: []string{"database/sql", "github.com/danielgtaylor/huma"}},
		{folder: "internal/disk", not: transport},
		{folder: "internal/driver/", may: with(ports, domains, []string{"internal/disk"}), not: []string{"github.com/danielgtaylor/huma"}},
		{folder: "internal/importer", may: with(ports, domains), not: []string{"database/sql", "github.com/danielgtaylor/huma"}},
		{folder: "internal/backup", may: with(ports, domains)},
		{folder: "internal/api", may: with(domains, []string{"internal/audit", "internal/importer", "internal/backup", "internal/disk"}), not: []string{"database/sql", "modernc.org/sqlite", "zombiezen.com/go/sqlite", "gocloud.dev"}},
		{folder: "internal/gateway", may: with([]string{"internal/cache", "internal/events"}), not: []string{"database/sql", "github.com/danielgtaylor/huma"}},
		{folder: "internal/worker", may: with(ports, domains, []string{"internal/importer", "internal/backup"})},
		{folder: "internal/app", may: []string{"internal/", "web"}},
		{folder: "cmd/rung", may: []string{"internal/app", "internal/config", "internal/importer", "internal/load", "client", fault}},
		{folder: "client", not: []string{"database/sql", "github.com/danielgtaylor/huma"}}, // other people's programs import it
		{folder: "web"},
		{folder: "system/bench", may: []string{"internal/driver/sqldb", "internal/tasks", "internal/users", "internal/auth"}}, // to fill databases
		{folder: "system", may: []string{"internal/app", "internal/config", "internal/api", "client"}},
	}
	for _, p := range ports {
		all = append(all, rule{folder: p, may: []string{fault}})
	}
	for _, d := range domains {
		all = append(all, rule{folder: d, may: with(ports), not: transport})
	}
	return all
}

// TestWhoImportsWhom keeps the layers apart. Tests of a package may use what they like of ours, save app.
func TestWhoImportsWhom(t *testing.T) {
	for _, p := range packages(t) {
		r, home := ruleFor(p.name)
		if r == nil {
			t.Errorf("%s has no row in the table of who may import whom", p.name)
			continue
		}
		for _, imported := range p.Imports {
			if ours, ok := strings.CutPrefix(imported, module); ok {
				if !within(ours, home) && !slices.ContainsFunc(r.may, func(f string) bool { return within(ours, f) }) {
					t.Errorf("%s must not import %s", p.name, ours)
				}
				continue
			}
			for _, no := range r.not {
				if within(imported, no) {
					t.Errorf("%s must not import %s", p.name, imported)
				}
			}
		}
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if imported == module+"internal/app" && !within(p.name, "cmd") && !within(p.name, "system") && p.name != "internal/app" {
				t.Errorf("%s must not import app: only cmd and system may", p.name)
			}
		}
	}
}

// ruleFor gives the row for a package and the folder that it may import from freely: each driver is one of its own.
func ruleFor(name string) (*rule, string) {
	for _, r := range rules() {
		if engine, ok := strings.CutPrefix(name, "internal/driver/"); ok && r.folder == "internal/driver/" {
			engine, _, _ = strings.Cut(engine, "/")
			return &r, r.folder + engine
		}
		if within(name, r.folder) {
			return &r, r.folder
		}
	}
	return nil, ""
}

// within reports whether a package is a folder or stands below it.
func within(pkg, folder string) bool {
	return pkg == folder || strings.HasPrefix(pkg, strings.TrimSuffix(folder, "/")+"/")
}

type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	name                               string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	list.Dir = ".."
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		p.name = strings.TrimPrefix(p.ImportPath, module)
		all = append(all, p)
	}
}
