package web

import (
	"io/fs"
	"testing"
)

// Without Node there is a page all the same.
func TestThereIsAlwaysAPage(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	if page, err := fs.ReadFile(files, "index.html"); err != nil || len(page) == 0 {
		t.Errorf("%d bytes, %v", len(page), err)
	}
}
