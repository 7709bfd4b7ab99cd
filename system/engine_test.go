package system

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// The engine in Go has crashed programs with any other version of its C library than the one that it was made with.
func TestTheEngineHasTheLibraryThatItWasMadeWith(t *testing.T) {
	module := func(path, what string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", what, path).Output()
		if err != nil {
			t.Fatalf("go list -m %s: %v", path, err)
		}
		return strings.TrimSpace(string(out))
	}
	file := module("modernc.org/sqlite", "{{.GoMod}}")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.ParseLax(file, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	const library = "modernc.org/libc"
	for _, r := range mod.Require {
		if got := module(library, "{{.Version}}"); r.Mod.Path == library && got != r.Mod.Version {
			t.Errorf("%s is at %s, the engine was made with %s: go get %s@%[3]s", library, got, r.Mod.Version, library)
		}
	}
}
