package main

import (
	_ "embed"
	"io"
)

// licences is written by licensegen.
//
//go:embed licenses.txt
var licences string

type licensesCmd struct{}

func (licensesCmd) Run(term terminal) error {
	_, err := io.WriteString(term.out, licences)
	return err
}
