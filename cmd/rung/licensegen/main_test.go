package main

import (
	"os"
	"testing"
)

func TestTheLicencesAreFresh(t *testing.T) {
	want, err := generate("../../..")
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("../licenses.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Error("cmd/rung/licenses.txt is stale; run make generate")
	}
}
