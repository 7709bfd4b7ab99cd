package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestTheClientIsFresh fails when the API has changed and the client has not: make generate writes it again.
func TestTheClientIsFresh(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "..", "..", "client", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("client/%s is stale; run make generate", name)
		}
	}
}
