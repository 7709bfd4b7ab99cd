package main

import (
	_ "embed"
	"io"
)

// licences is written by licensegen.
//
//go:embed licenses.txt
var licences string

// webLicences is written by web/scripts/licenses.mjs.
//
//go:embed licenses_web.txt
var webLicences string

type licensesCmd struct{}

func (licensesCmd) Run(term terminal) error {
	_, err := io.WriteString(term.out, licences+"\n"+webLicences)
	return err
}
