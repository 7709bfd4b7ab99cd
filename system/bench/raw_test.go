package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is measured without Rung is what Rung's driver says to the engine.
func TestTheRawStatementsAreTheDriversOwn(t *testing.T) {
	files, err := filepath.Glob("../../internal/driver/sqldb/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	all := plain(source.String())
	for _, query := range []string{rawNumber, rawTask, rawTaskNumber, rawEvent, rawActivity, rawHistory, rawHead, rawCount, rawLoad, rawQuarter} {
		if !strings.Contains(all, plain(query)) {
			t.Errorf("the driver does not say %s", query)
		}
	}
}
